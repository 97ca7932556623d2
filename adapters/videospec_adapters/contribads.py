"""video.js with videojs-contrib-ads 7: one element for content and ads, told apart by the plugin's prefixes.

Source: videojs-contrib-ads 7.5 as recorded, and its documented integrator API and common interface. Only
`player.on()` is heard: in ad mode the plugin prefixes the element's names with `ad`, while content comes back with
`content`. `adstart` and `adend` are the *break*; `adskip` skips what is left of the ad. The content's own end is
`contentended`; a plain `ended` may or may not come after a post-roll. Where a plugin speaks the common interface
(`ads-ad-started` …), the ads' names and quartiles come from there.
"""

from collections.abc import Callable

from videospec.adapter import TICK, Adapter, Heard, Row, Rows, Says, merged
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
    Buffering,
    Dispose,
    Ended,
    Load,
    Pause,
    Play,
    Playing,
    QualityShown,
    Report,
    SeekEnd,
    SeekStart,
)
from videospec_adapters.html5 import ELEMENT_NAMES, PAGE, empties, error, loads, pause, silent
from videospec_adapters.videojs import IGNORES, OWN

_TYPES = {"PREROLL": "pre-roll", "MIDROLL": "mid-roll", "POSTROLL": "post-roll"}


def break_start(heard: Heard) -> Says:
    """`adstart`, or the common interface's `ads-pod-started`. A plugin that looks for its breaks while the element seeks
    comes before the word of that seek, which then is an ad's."""
    heard.memory.update(swapped=False, loads=False)
    if heard.seen.seeking:
        yield SeekStart(heard.at, heard.seen)
    yield BreakStart(
        heard.at, heard.seen, type=_TYPES.get(heard.text("ad", "type") or ""), length=heard.count("pod", "size")
    )


def ad_named(heard: Heard) -> Says:
    """`ads-ad-started`: the common interface names the ad before or while it plays. Its index counts from 0."""
    index = heard.count("indexInBreak")
    yield AdStart(
        heard.at,
        heard.seen,
        asset_id=heard.text("ad", "id"),
        position=None if index is None else index + 1,
        duration=heard.number("ad", "duration"),
    )
    yield AdFrame(heard.at, heard.seen)


def ad_playing(heard: Heard) -> Says:
    """Frames in ad mode: the first of each ad is its start, as the plugin itself does not tell ads apart. Before the ad's
    source is there they are the content's, of a seek across the break."""
    if not heard.memory.get("swapped", True):
        return
    heard.memory.pop("loads", None)
    yield AdFrame(heard.at, heard.seen)
    yield Playing(heard.at, heard.seen)


def ad_loads(heard: Heard) -> Says:
    """The ad's own source takes the content's place."""
    heard.memory.update(swapped=True, loads=True, halts=False)
    yield Load(heard.at, heard.seen)


def pauses(heard: Heard) -> Says:
    """A pause that is neither an end's nor an ad's error's: that one comes a moment after the error, out of ad mode."""
    return () if heard.memory.pop("halts", False) else pause(heard)


def plays(heard: Heard) -> Says:
    """Frames of the content: an ad's error pauses it no more."""
    heard.memory.pop("halts", None)
    yield Playing(heard.at, heard.seen)


def ad_pauses(heard: Heard) -> Says:
    """A pause in ad mode. Before the ad's source is there it is the content's, which the break takes away."""
    return pauses(heard) if heard.memory.get("swapped", True) else ()


def ad_fails(heard: Heard) -> Says:
    """An error in ad mode. An ad that fails before its first frame had its place in the pod all the same."""
    if heard.memory.pop("loads", False):
        yield AdStart(heard.at, heard.seen)
    heard.memory["halts"] = heard.seen.paused
    yield AdFail(heard.at, heard.seen)


def ad_plays(heard: Heard) -> Says:
    """The ad plugin presses play."""
    heard.memory["swapped"] = True
    yield Play(heard.at, heard.seen)


def ad_seeks(said: type[SeekStart | SeekEnd]) -> Callable[[Heard], Says]:
    """A seek in ad mode. Before the ad's source is there it is the content's, across the break."""
    return lambda heard: [said(heard.at, heard.seen)] if heard.memory.get("swapped", True) else ()


def ad_ended(heard: Heard) -> Says:
    """The ad's media ended."""
    yield AdEnd(heard.at, heard.seen)


def quartile(number: int) -> Callable[[Heard], Says]:
    """A row of the common interface's quartiles."""

    def row(heard: Heard) -> Says:
        yield AdQuartile(heard.at, heard.seen, quartile=number)

    return row


_CONTENT: dict[str, Row] = {
    "timeupdate": TICK,
    "play": Play,
    "pause": pauses,
    "playing": plays,
    "seeking": SeekStart,
    "seeked": SeekEnd,
    "waiting": Buffering,
    "ended": Ended,
    "emptied": empties,
    "loadstart": loads,
    "resize": QualityShown,
    "loadedmetadata": Report,
    "durationchange": Report,
    "volumechange": Report,
    "ratechange": Report,
}
_AD: dict[str, Row] = {
    "adtimeupdate": TICK,
    "adplay": ad_plays,
    "adpause": ad_pauses,
    "adplaying": ad_playing,
    "adseeking": ad_seeks(SeekStart),
    "adseeked": ad_seeks(SeekEnd),
    "adwaiting": Buffering,
    "adended": ad_ended,
    "aderror": ad_fails,
    "ademptied": ad_loads,
    "adloadstart": ad_loads,
    "adresize": QualityShown,
    "addurationchange": Report,
    "advolumechange": Report,
    "adratechange": Report,
}
_BREAKS: dict[str, Row] = {
    "adstart": break_start,
    "adend": BreakEnd,
    "adskip": AdSkip,
    "adtimeout": BreakEnd,
    "adserror": AdFail,
    "ads-pod-started": break_start,
    "ads-pod-ended": BreakEnd,
    "ads-ad-started": ad_named,
    "ads-ad-ended": AdEnd,
    "ads-ad-skipped": AdSkip,
    "ads-click": AdClick,
    "ads-pause": Pause,
    "ads-play": Play,
    "ads-first-quartile": quartile(1),
    "ads-midpoint": quartile(2),
    "ads-third-quartile": quartile(3),
    "ads-allpods-completed": AllAdsDone,
    **silent(
        "adsready contentupdate readyforpreroll readyforpostroll nopreroll nopostroll contentchanged contentresumed "
        "resumeended vjsadserror adscanceled ads-request ads-load ads-mute adsmanager ads-ad-skippable playing-ad"
    ),
}

ROWS: Rows = {
    "player": {
        **_CONTENT,
        **{f"content{name}": row for name, row in _CONTENT.items()},
        **_AD,
        **_BREAKS,
        **silent(
            f"{prefix}{name}"
            for prefix in ("", "ad", "content")
            for name in (*ELEMENT_NAMES, "firstplay")
            if f"{prefix}{name}" not in _AD and (prefix == "ad" or name not in _CONTENT)
        ),
        "error": error,
        "dispose": Dispose,
    },
    "media": silent(ELEMENT_NAMES),
}

adapter = Adapter(
    name="video.js+contrib-ads",
    proven="recording",
    also=("videojs-contrib-ads", "brightcove"),
    rows=merged(PAGE, OWN, ROWS),
    ignores=IGNORES,
)
