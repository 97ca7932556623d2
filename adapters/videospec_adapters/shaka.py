"""Shaka Player 5.2 and 4 (DASH and HLS): the media element's voice, Shaka's own for buffering, renditions and errors, and
its ad manager (HLS interstitials, VAST, VMAP, Google IMA).

Source: shaka-player 5.2.12, 4.16.5 and 4.11.7 as recorded, and its externs. Traps: Shaka sets the element's rate to 0 to
buffer and then no `waiting` comes, so `buffering` is heard too. Segment errors (category 1) are critical again and again
and never the last word, so a player that starves on 404s cannot be told from one that stalls; all other critical errors
end playback. A rejected `load()` has no event: a page that records its promises tells it as `action.rejected`; a manifest
that cannot be had shows in the last `downloadfailed` too, and an `unloading` at once. Jumps over gaps are announced by
`gapjumped`. The ad manager is in shaka_ads.py.
"""

import re
from collections.abc import Callable

from videospec.adapter import Adapter, Heard, Says, merged
from videospec.player_events import (
    Buffered,
    Buffering,
    Dispose,
    Fault,
    Jump,
    Load,
    Renditions,
)
from videospec_adapters.html5 import MEDIA, PAGE, empties, fault, loads
from videospec_adapters.shaka_ads import ADS, forget, of_elements

_NETWORK, _CRITICAL = 1, 2
_MANIFEST = 0  # NetworkingEngine.RequestType
_EXHAUSTED = "1010"  # ATTEMPTS_EXHAUSTED
_AT_ONCE_MS = 100
_CODE = re.compile(r'"code":\s*(\d+)')


def download_failed(heard: Heard) -> Says:
    """A try at the manifest (version 4 does not say of what). When the last has failed Shaka says that they are exhausted,
    and unloads."""
    code = heard.text("error", "code")
    if heard.count("requestType") in (_MANIFEST, None):
        heard.memory["tried"] = [heard.memory.get("tried", [None])[0], heard.at] if code == _EXHAUSTED else [code]
    return ()


def unloading(heard: Heard) -> Says:
    """The main element is emptied: for an ad if it is an ad's too, else since the manifest cannot be had, or the player is
    taken down or loads another source."""
    memory = heard.memory
    code, *at = memory.pop("tried", [None])
    if at and heard.at - at[0] < _AT_ONCE_MS:
        memory["gone"] = True
        yield from fault(heard, code, network=True)
    elif "break" not in memory or memory.get("apart") or ("ad" in memory and memory.get("shown")):
        # in an ad that shows there is nothing of the content left to unload
        memory["gone"] = True
        yield Dispose(heard.at, heard.seen)
    else:
        memory["full"] = True


def loading(heard: Heard) -> Says:
    """Content loads: what comes back after a break if no ad is on, else another that takes the break's place."""
    instead = "break" in heard.memory and ("ad" in heard.memory or bool(heard.memory.get("apart")))
    if instead:
        forget(heard)
    heard.memory.pop("gone", None)
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


def drops(heard: Heard) -> Says:
    """The main element is empty: what plays from here on in a break is an ad."""
    heard.memory.pop("full", None)
    return empties(heard)


def unless_gone(row: Callable[[Heard], Says]) -> Callable[[Heard], Says]:
    """A row of the main element that counts while content is loaded: Shaka gives it an empty source when it unloads."""
    return lambda heard: () if "gone" in heard.memory else row(heard)


adapter = Adapter(
    name="shaka-player",
    proven="recording",
    also=("shaka",),
    rows=merged(
        MEDIA,
        PAGE,
        {
            "page": {"action.rejected": rejected},
            "media": of_elements({**MEDIA["media"], "emptied": unless_gone(drops), "loadstart": unless_gone(loads)}),
            "player": {
                "loading": loading,
                "unloading": unloading,
                "downloadfailed": download_failed,
                "buffering": buffering,
                "adaptation": variant,
                "variantchanged": variant,
                "error": error,
                "gapjumped": Jump,
                **ADS,
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
