"""Shaka Player 5.2 (DASH and HLS): the media element's voice, Shaka's own for buffering, renditions and errors, and its ad
manager (HLS interstitials, VAST, VMAP).

Source: shaka-player 5.2.12 as recorded, and its externs. Traps: Shaka sets the element's rate to 0 to buffer and then
no `waiting` comes, so `buffering` is heard too. `ad-started` of the next ad comes before `ad-complete` of the last,
and the ad object of an event that carries none is a guess: ads end at `ad-stopped` or `ad-skipped`. The main element
is reused for ads (`unloading`, `loading`). Segment errors (category 1) are critical again and again and never the
last word, so a player that starves on 404s cannot be told from one that stalls; all other critical errors end
playback. A rejected `load()` has no event: a page that records its promises tells it as `action.rejected`. Jumps over
gaps are announced by `gapjumped`.
"""

import re

from videospec.adapter import Adapter, Heard, Says, merged
from videospec.player_events import (
    AdClick,
    AdEnd,
    AdFail,
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
    Renditions,
)
from videospec_adapters.html5 import MEDIA, PAGE, fault
from videospec_adapters.html5 import error as media_error

_NETWORK, _CRITICAL = 1, 2
_CODE = re.compile(r'"code":\s*(\d+)')


def unloading(heard: Heard) -> Says:
    """The main element is emptied; for an ad if a break is on, else the player is taken down or loads another source."""
    if not heard.memory.get("break"):
        yield Dispose(heard.at, heard.seen)


def buffering(heard: Heard) -> Says:
    """Shaka's own word for an empty buffer, and for a filled one."""
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


def element_error(heard: Heard) -> Says:
    """The main element's error; in a break its source is an ad's, and Shaka goes on."""
    if heard.memory.get("break"):
        return [AdFail(heard.at, heard.seen)]
    return media_error(heard)


def rejected(heard: Heard) -> Says:
    """A promise of the player that the page saw rejected: a `load()` that failed is a fatal error."""
    if heard.text("name") != "load":
        return ()
    found = _CODE.search(str(heard.data.get("message")))
    code = found[1] if found else None
    # Shaka's code is its category, then three digits
    return fault(heard, code, network=code is not None and len(code) == 4 and code.startswith(str(_NETWORK)))


def break_start(heard: Heard) -> Says:
    """`timeOffset` in seconds: 0 before, -1 after the content."""
    heard.memory["break"] = True
    offset = heard.data.get("timeOffset")
    yield BreakStart(heard.at, heard.seen, offset=float(offset) if isinstance(offset, int | float) else None)


def break_end(heard: Heard) -> Says:
    """The content comes back."""
    heard.memory.pop("break", None)
    yield BreakEnd(heard.at, heard.seen)


def ad_start(heard: Heard) -> Says:
    """The ad object is its own only where `adFrom` is not `last`; -1 is not known."""
    if heard.text("adFrom") == "last" or heard.denied("ad", "isLinear"):
        return
    yield AdStart(
        heard.at,
        heard.seen,
        asset_id=heard.text("ad", "id"),
        title=heard.text("ad", "title"),
        position=heard.count("ad", "position") or None,
        length=heard.count("ad", "length") or None,
        duration=heard.number("ad", "duration"),
    )


adapter = Adapter(
    name="shaka-player",
    proven="recording",
    also=("shaka",),
    rows=merged(
        MEDIA,
        PAGE,
        {
            "page": {"action.rejected": rejected},
            "media": {"error": element_error},
            "player": {
                "loading": Load,
                "unloading": unloading,
                "buffering": buffering,
                "adaptation": variant,
                "variantchanged": variant,
                "error": error,
                "gapjumped": Jump,
                "ad-break-started": break_start,
                "ad-break-ended": break_end,
                "ad-started": ad_start,
                "ad-stopped": AdEnd,
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
