"""Shaka Player 5.2 and 4 (DASH and HLS): the media element's voice, Shaka's own for buffering, renditions and errors, and
its ad manager (HLS interstitials, VAST, VMAP, Google IMA).

Source: shaka-player 5.2.12, 4.16.5 and 4.11.7 as recorded, and its externs. Traps: Shaka sets the element's rate to 0 to
buffer and then no `waiting` comes, so `buffering` is heard too. Segment errors (category 1) are critical again and again
and never the last word, so a player that starves on 404s cannot be told from one that stalls; all other critical errors
end playback. A rejected `load()` has no event: a page that records its promises tells it as `action.rejected`. Jumps over
gaps are announced by `gapjumped`.

Ads. `ad-started` of the next ad comes before `ad-complete` of the last, and the ad object of an event that carries none is
a guess: ads end at `ad-stopped` or `ad-skipped`. A main element with `controls` is reused for ads (`unloading`,
`loading`). Else ads have an element of their own (a line that is about it says so in `element`, and in `own` what that
element answers), while the main one is paused and says nothing of them. Before 5, and with Google IMA, no
`ad-break-started` comes: the break begins with its first ad and ends with its last, or when the main element plays on.
"""

import re
from collections.abc import Callable

from msgspec.structs import replace

from videospec.adapter import Adapter, Heard, Row, Says, merged
from videospec.player_events import (
    AdClick,
    AdEnd,
    AdFail,
    AdFrame,
    AdQuartile,
    AdSkip,
    AdStart,
    AllAdsDone,
    BreakEnd,
    BreakStart,
    Buffered,
    Buffering,
    Dispose,
    Fault,
    Jump,
    Load,
    Pause,
    Play,
    Playing,
    Renditions,
    Report,
    Snapshot,
)
from videospec_adapters.html5 import MEDIA, PAGE, fault
from videospec_adapters.html5 import error as media_error
from videospec_adapters.html5 import pause as media_pause

_NETWORK, _CRITICAL = 1, 2
_CODE = re.compile(r'"code":\s*(\d+)')


# What `memory` holds: `break` while one is on ("ads" where no `ad-break-started` told it), `ad` the id of the ad that is
# on, `shown` its first frame was, `last` it is the last of its break, `apart` ads have an element of their own, `voice` and
# that element's lines are in the log.
_BREAK = ("break", "ad", "shown", "last")


def unloading(heard: Heard) -> Says:
    """The main element is emptied; for an ad if it is an ad's too, else the player is taken down or loads another source."""
    if not heard.memory.get("break") or heard.memory.get("apart"):
        yield Dispose(heard.at, heard.seen)


def loading(heard: Heard) -> Says:
    """Content loads: what comes back after a break if no ad is on, else another that takes the break's place."""
    instead = "break" in heard.memory and bool(heard.memory.get("apart") or heard.memory.get("shown"))
    if instead:
        forget(heard)
    yield Load(heard.at, heard.seen, instead=instead)


def buffering(heard: Heard) -> Says:
    """Shaka's own word for an empty buffer, and for a filled one. Of an ad that has its own element it is not."""
    if not ("break" in heard.memory and heard.memory.get("apart")):
        yield (Buffering if heard.flag("buffering") else Buffered)(heard.at, heard.seen)


def variant(heard: Heard) -> Says:
    """A variant was chosen; when it is shown the element's `resize` tells."""
    height = heard.count("newTrack", "height")
    bitrate = heard.number("newTrack", "videoBandwidth") or heard.number("newTrack", "bandwidth")
    if height and bitrate:
        offered = [(height, bitrate, heard.number("newTrack", "frameRate") or None)]
        yield Renditions(heard.at, heard.seen, offered=offered)


def error(heard: Heard) -> Says:
    """Critical errors that are not of the network."""
    if heard.count("detail", "severity") == _CRITICAL and heard.count("detail", "category") != _NETWORK:
        yield Fault(heard.at, heard.seen, code=heard.text("detail", "code"))


def rejected(heard: Heard) -> Says:
    """A promise of the player that the page saw rejected: a `load()` that failed is a fatal error."""
    if heard.text("name") != "load":
        return ()
    found = _CODE.search(str(heard.data.get("message")))
    code = found[1] if found else None
    # Shaka's code is its category, then three digits
    return fault(heard, code, network=code is not None and len(code) == 4 and code.startswith(str(_NETWORK)))


def forget(heard: Heard) -> None:
    """The break is over."""
    for key in _BREAK:
        heard.memory.pop(key, None)


def break_start(heard: Heard) -> Says:
    """`timeOffset` in seconds: 0 before, -1 after the content."""
    heard.memory["break"] = "told"
    offset = heard.data.get("timeOffset")
    yield BreakStart(heard.at, heard.seen, offset=float(offset) if isinstance(offset, int | float) else None)


def break_end(heard: Heard) -> Says:
    """The content comes back."""
    forget(heard)
    yield BreakEnd(heard.at, heard.seen)


def ad_start(heard: Heard) -> Says:
    """The ad object is its own only where `adFrom` is not `last`; -1 is not known. IMA's ads are told when the content is to
    pause for them, and again when they show."""
    memory = heard.memory
    if heard.text("adFrom") == "last" or heard.denied("ad", "isLinear"):
        return
    asset_id, position, length = heard.text("ad", "id"), heard.count("ad", "position"), heard.count("ad", "length")
    if "break" not in memory:
        memory.update({"break": "ads", "apart": True})
        yield BreakStart(heard.at, heard.seen, length=length or None)
    key = f"{asset_id} {position}"
    if memory.get("ad") == key:
        yield from first_frame(heard)
        return
    memory.update(ad=key, shown=False, last=bool(position and length and position >= length))
    yield AdStart(
        heard.at,
        heard.seen,
        asset_id=asset_id,
        title=heard.text("ad", "title"),
        position=position or None,
        length=length or None,
        duration=heard.number("ad", "duration"),
    )


def ad_stop(heard: Heard) -> Says:
    """An ad is over, and where nothing else tells it so is the break with its last ad."""
    memory = heard.memory
    memory.pop("ad", None)
    yield AdEnd(heard.at, heard.seen)
    if memory.get("break") == "ads" and memory.get("last"):
        yield from break_end(heard)


def first_frame(heard: Heard) -> Says:
    """The open ad shows: told by whatever first presumes it."""
    if "ad" in heard.memory and not heard.memory.get("shown"):
        heard.memory["shown"] = True
        yield AdFrame(heard.at, of_ad(heard), apart=bool(heard.memory.get("apart")))


def of_ad(heard: Heard) -> Snapshot:
    """What an ad's own element answered; its position is where the ad's playhead rolls to."""
    own = heard.data.get("own")
    own = own if isinstance(own, dict) else {}
    duration = own.get("duration")
    return replace(
        heard.seen,
        position=None,
        duration=duration if isinstance(duration, int | float) else None,
        paused=own.get("paused") is True,
        ended=own.get("ended") is True,
        seeking=False,
    )


def silent_voice(word: type[Pause] | type[Play]) -> Callable[[Heard], Says]:
    """A row of the ad manager that counts where the ad's element is not heard."""

    def row(heard: Heard) -> Says:
        if heard.memory.get("break") == "ads" and not heard.memory.get("voice"):
            if word is Play:
                yield from first_frame(heard)
            yield word(heard.at, of_ad(heard))

    return row


def ad_shows(heard: Heard) -> Says:
    """`ad-progress` (IMA), and `ad-playing` where the ad's element is not heard."""
    return first_frame(heard) if heard.memory.get("apart") and not heard.memory.get("voice") else ()


def quartile(number: int) -> Callable[[Heard], Says]:
    """The ad manager's quartiles, of ads whose positions nobody reports."""

    def row(heard: Heard) -> Says:
        if heard.memory.get("apart"):
            yield from first_frame(heard)
            yield AdQuartile(heard.at, of_ad(heard), quartile=number)

    return row


def ad_playing(heard: Heard) -> Says:
    """Frames of an ad's own element."""
    yield from first_frame(heard)
    yield Playing(heard.at, of_ad(heard))


def ad_pause(heard: Heard) -> Says:
    """A pause of an ad's own element that is not its end's."""
    seen = of_ad(heard)
    if not seen.ended:
        yield Pause(heard.at, seen)


def plays(heard: Heard) -> Says:
    """Frames of the main element. When ads have their own they are the content's, and the break is over."""
    memory = heard.memory
    if "break" in memory and memory.get("apart"):
        yield from break_end(heard)
    elif "ad" in memory:
        memory["shown"] = True
    yield Playing(heard.at, heard.seen)


def pauses(heard: Heard) -> Says:
    """A pause of the main element, unless a break that has shown nothing yet makes it."""
    return () if "break" in heard.memory and not heard.memory.get("shown") else media_pause(heard)


def fails(heard: Heard) -> Says:
    """The main element's error; in a break its source is an ad's, and Shaka goes on."""
    return [AdFail(heard.at, heard.seen)] if "break" in heard.memory else media_error(heard)


def of_either(main: Row, own: Row) -> Row:
    """A row of the media elements: the main one's, and that of an ad's own element."""

    def row(heard: Heard) -> Says:
        says, seen = main, heard.seen
        if b'"element"' in heard.raw and heard.text("element"):
            heard.memory.update(apart=True, voice=True)
            says, seen = own, of_ad(heard)
        elif "break" in heard.memory and heard.memory.get("apart") and main not in _ALWAYS:
            return ()
        if isinstance(says, type):
            return (says(heard.at, seen),)
        return says(heard) if callable(says) else ()

    return row


_OWN: dict[str, Row] = {"play": Play, "playing": ad_playing, "pause": ad_pause, "waiting": Buffering, "error": AdFail}
_MAIN: dict[str, Row] = {**MEDIA["media"], "playing": plays, "pause": pauses, "error": fails}
# What the main element says also in a break of ads that have their own.
_ALWAYS = (plays, Report)

adapter = Adapter(
    name="shaka-player",
    proven="recording",
    also=("shaka",),
    rows=merged(
        MEDIA,
        PAGE,
        {
            "page": {"action.rejected": rejected},
            "media": {name: of_either(row, _OWN.get(name)) for name, row in _MAIN.items() if callable(row)},
            "player": {
                "loading": loading,
                "unloading": unloading,
                "buffering": buffering,
                "adaptation": variant,
                "variantchanged": variant,
                "error": error,
                "gapjumped": Jump,
                "ad-break-started": break_start,
                "ad-break-ended": break_end,
                "ad-started": ad_start,
                "ad-playing": ad_shows,
                "ad-progress": ad_shows,
                "ad-paused": silent_voice(Pause),
                "ad-resumed": silent_voice(Play),
                "ad-first-quartile": quartile(1),
                "ad-midpoint": quartile(2),
                "ad-third-quartile": quartile(3),
                "ad-stopped": ad_stop,
                "ad-skipped": AdSkip,
                "ad-error": AdFail,
                "ad-clicked": AdClick,
                "all-ads-completed": AllAdsDone,
            },
        },
    ),
    ignores=(
        "ad-",
        "ads-",
        "abr",
        "audiotrack",
        "boundary",
        "bufferappending",
        "canupdate",
        "complete",
        "configuration",
        "current",
        "download",
        "drmsession",
        "emsg",
        "expiration",
        "firstquartile",
        "items",
        "keystatus",
        "loaded",
        "manifest",
        "media",
        "metadata",
        "midpoint",
        "nospatial",
        "onstatechange",
        "prft",
        "programinformation",
        "ratechange",
        "segment",
        "sessiondata",
        "spatial",
        "stalldetected",
        "started",
        "statechanged",
        "streaming",
        "text",
        "thirdquartile",
        "timeline",
        "tracks",
    ),
)
