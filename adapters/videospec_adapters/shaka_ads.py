"""Shaka Player's ad manager: HLS interstitials, VAST, VMAP and Google IMA.

Sources as in shaka.py. `ad-started` of the next ad comes before `ad-complete` of the last, and the ad object of an event
that carries none is a guess: ads end at `ad-stopped` or `ad-skipped`. A main element with `controls` is reused for ads
(`unloading`, `loading`). Else ads have an element of their own (a line that is about it says so in `element`, and in `own`
what that element answers), while the main one is paused and says nothing of them. Before 5, and with Google IMA, no
`ad-break-started` comes: the break begins with its first ad and ends with its last, or when the main element plays on.
"""

from collections.abc import Callable, Mapping

from msgspec.structs import replace

from videospec.adapter import Heard, Row, Says
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
    Pause,
    Play,
    Playing,
    Report,
    SeekStart,
    Snapshot,
)
from videospec_adapters.html5 import error as media_error
from videospec_adapters.html5 import pause as media_pause

# Cue points of one a content that are kept; how late after its cue point a break begins (s).
_MOST_CUES, _LATE_S = 200, 1.0

# What `memory` holds: `break` while one is on ("ads" where no `ad-break-started` told it), `ad` the id of the ad that is
# on, `shown` its first frame was, `last` it is the last of its break, `apart` ads have an element of their own, `voice` and
# that element's lines are in the log; `cues` where breaks are scheduled (content seconds), `gone` nothing is loaded,
# `dry` the viewer paused in a stall, `full` the main element of a break still has the content's frames.
_BREAK = ("break", "ad", "shown", "last", "full")


def forget(heard: Heard) -> None:
    """The break is over."""
    for key in _BREAK:
        heard.memory.pop(key, None)


def break_start(heard: Heard) -> Says:
    """`timeOffset` in seconds: 0 before, -1 after the content. Shaka looks for breaks while the element seeks, and may come
    before the word of that seek."""
    heard.memory["break"] = "told"
    if heard.seen.seeking:
        yield SeekStart(heard.at, heard.seen)
    offset = heard.data.get("timeOffset")
    yield BreakStart(heard.at, heard.seen, offset=float(offset) if isinstance(offset, int | float) else None)


def break_end(heard: Heard) -> Says:
    """The content comes back."""
    forget(heard)
    yield BreakEnd(heard.at, heard.seen)


def cues(heard: Heard) -> Says:
    """`ad-cue-points-changed` lists the breaks that are still to come."""
    known = heard.memory.get("cues", [])
    starts = [one.get("start") for one in heard.items("cuepoints")]
    fresh = [start for start in starts if isinstance(start, int | float) and start not in known]
    if fresh and len(known) < _MOST_CUES:
        heard.memory["cues"] = [*known, *fresh][:_MOST_CUES]
    return ()


def cue_of(heard: Heard) -> float | None:
    """The scheduled break that the content has come to, where there is one: players look for it a little late."""
    position, length = heard.seen.position, heard.seen.duration
    if position is None:
        return None
    if length and position >= length - _LATE_S:
        return -1.0
    return max((at for at in heard.memory.get("cues", ()) if 0 <= position - at < _LATE_S), default=None)


def ad_start(heard: Heard) -> Says:
    """The ad object is its own only where `adFrom` is not `last`; -1 is not known. IMA's ads are told when the content is to
    pause for them, and again when they show."""
    memory = heard.memory
    if heard.text("adFrom") == "last" or heard.denied("ad", "isLinear"):
        return
    asset_id, position, length = heard.text("ad", "id"), heard.count("ad", "position"), heard.count("ad", "length")
    if "break" not in memory:
        memory.update({"break": "ads", "apart": True})
        yield BreakStart(heard.at, heard.seen, offset=cue_of(heard), length=length or None)
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
    """Frames of the main element. When ads have their own they are the content's, and the break is over. An element that is
    paused for a break when its `playing` is told says nothing, nor does one that is yet to be emptied for an ad."""
    memory = heard.memory
    if "break" in memory and (heard.seen.paused or memory.get("full")):
        return
    if "break" in memory and memory.get("apart"):
        yield from break_end(heard)
    elif "ad" in memory:
        memory["shown"] = True
    yield Playing(heard.at, heard.seen)
    if memory.pop("dry", False) and heard.seen.rate == 0:
        # paused in a stall, and still in it: Shaka says no second word of it
        yield Buffering(heard.at, heard.seen)


def pauses(heard: Heard) -> Says:
    """A pause of the main element, unless a break that has shown nothing yet makes it. One at rate 0 is in a stall."""
    if "break" in heard.memory and not heard.memory.get("shown"):
        return ()
    heard.memory["dry"] = heard.seen.rate == 0
    return media_pause(heard)


def paced(heard: Heard) -> Says:
    """The main element's rate: Shaka sets it to 0 to buffer, and of an ad `buffering` does not tell."""
    yield Report(heard.at, heard.seen)
    if "break" in heard.memory and not heard.memory.get("apart"):
        yield (Buffering if heard.seen.rate == 0 else Buffered)(heard.at, heard.seen)


def fails(heard: Heard) -> Says:
    """The main element's error; in a break its source is an ad's, and Shaka goes on."""
    return [AdFail(heard.at, heard.seen)] if "break" in heard.memory else media_error(heard)


def of_either(main: Row, own: Row) -> Row:
    """A row of the media elements: the main one's, and that of an ad's own element."""

    def row(heard: Heard) -> Says:
        says, seen = main, heard.seen
        if b'"element"' in heard.raw and heard.text("element"):
            if "break" not in heard.memory:
                return ()
            heard.memory.update(apart=True, voice=True)
            says, seen = own, of_ad(heard)
        elif "break" in heard.memory and heard.memory.get("apart") and main not in (plays, paced, Report):
            return ()
        if isinstance(says, type):
            return (says(heard.at, seen),)
        return says(heard) if callable(says) else ()

    return row


def of_elements(rows: Mapping[str, Row]) -> dict[str, Row]:
    """The rows of the main element, with those of an ad's own beside them."""
    rows = {**rows, "playing": plays, "pause": pauses, "ratechange": paced, "error": fails}
    return {name: of_either(row, _OWN.get(name)) for name, row in rows.items() if callable(row)}


_OWN: dict[str, Row] = {"play": Play, "playing": ad_playing, "pause": ad_pause, "waiting": Buffering, "error": AdFail}

ADS: dict[str, Row] = {
    "ad-break-started": break_start,
    "ad-break-ended": break_end,
    "ad-cue-points-changed": cues,
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
}
