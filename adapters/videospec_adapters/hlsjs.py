"""hls.js 1.7: the media element's voice for play and pause, hls.js's own for renditions, errors, live and interstitials.

Source: hls.js 1.7.4 as recorded and its typings (`Events`). Traps: `InterstitialStarted` and `AssetStarted` come at
load, before anybody presses play, also for ads that then fail, so an ad starts with its first frame (`playing`). A
skip has no event: `AssetEnded` comes before the asset's duration. In an ad's first moments `video.duration` is still
the content's, so an ad's length comes from its asset. Only `fatal: true` is an error; `bufferStalledError` and the
like are daily bread. Live is in `LevelLoaded`, because the element's duration is finite and grows.
"""

from typing import Any

from videospec.adapter import Adapter, Heard, Says, merged
from videospec.player_events import (
    AdEnd,
    AdFail,
    AdSkip,
    AdStart,
    BreakEnd,
    BreakStart,
    Dispose,
    Jump,
    LiveSign,
    Load,
    QualityShown,
    Renditions,
    Report,
)
from videospec_adapters.html5 import MEDIA, PAGE, fault

# Errors that hls.js mends by moving the playhead; the element's `seeking` comes after.
_JUMPS = ("bufferSeekOverHole", "bufferNudgeOnStall")
# An asset that ends this long before its duration was skipped.
_SKIPPED_S = 0.5


def manifest_loading(heard: Heard) -> Says:
    """A source begins; its URL is in the payload. An interstitial's assets have an hls.js of their own, so this one takes
    the place of a break that is on."""
    yield Load(heard.at, heard.seen, source=heard.url("url"), instead=True)


def listed(items: list[dict[str, Any]]) -> list[tuple[int, float]]:
    """Height and bit/s of the renditions in a list that have both."""
    found = [(item.get("height"), item.get("bitrate")) for item in items]
    return [
        (int(h), float(b)) for h, b in found if isinstance(h, int | float) and isinstance(b, int | float) and h and b
    ]


def levels(heard: Heard) -> Says:
    """`ManifestParsed`: the renditions. hls.js later speaks of them by index."""
    known = listed(heard.items("levels"))
    heard.memory["levels"] = known
    yield Renditions(heard.at, heard.seen, offered=[(height, bitrate, None) for height, bitrate in known])


def level_switched(heard: Heard) -> Says:
    """The fragment at the playhead is of another level; a change of size is told by the element's `resize`."""
    index, known = heard.count("level"), heard.memory.get("levels") or []
    if index is not None and index < len(known):
        height, bitrate = known[index]
        yield QualityShown(heard.at, heard.seen, height=height, bitrate=bitrate)


def level_loaded(heard: Heard) -> Says:
    """`details.live` is the only sign of live."""
    live = heard.flag("details", "live")
    if live != heard.memory.get("live", False):
        heard.memory["live"] = live
        yield LiveSign(heard.at, heard.seen, live=live)


def trouble(heard: Heard, *path: str) -> Says:
    """hls.js's ErrorData at `path`: only a fatal one ends playback; its `details` is its name."""
    details = heard.text(*path, "details")
    if heard.flag(*path, "fatal"):
        return fault(heard, details, network=heard.text(*path, "type") == "networkError")
    return [Jump(heard.at, heard.seen)] if details in _JUMPS else ()


def error(heard: Heard) -> Says:
    """`hlsError`."""
    return trouble(heard)


def interstitial_started(heard: Heard) -> Says:
    """An interstitial is a break; its asset list may still be on its way."""
    pre, post = heard.flag("event", "cue", "pre"), heard.flag("event", "cue", "post")
    yield BreakStart(
        heard.at,
        heard.seen,
        pod_id=heard.text("event", "identifier"),
        offset=0.0 if pre else -1.0 if post else heard.number("event", "startTime"),
        length=len(heard.items("event", "assetList")) or None,
    )


def asset_started(heard: Heard) -> Says:
    """An asset of the interstitial is next; `assetListIndex` counts from 0."""
    index = heard.count("assetListIndex")
    yield from given_up(heard)
    yield AdStart(
        heard.at,
        heard.seen,
        asset_id=heard.text("asset", "identifier"),
        position=None if index is None else index + 1,
        length=len(heard.items("event", "assetList")) or None,
        duration=heard.number("asset", "duration"),
    )


def asset_error(heard: Heard) -> Says:
    """`InterstitialAssetError` is never `fatal`: whether the asset is tried again or given up shows in what comes next."""
    heard.memory["failing"] = heard.text("asset", "identifier") or ""
    yield Report(heard.at, heard.seen)


def given_up(heard: Heard) -> Says:
    """The asset that had an error is not heard of again: it failed. hls.js says `InterstitialAssetEnded` of every other that
    plays (`setSchedulePosition`), so if that one was yet to come, no ad is on that could fail."""
    if heard.memory.pop("failing", None) is not None:
        yield AdFail(heard.at, heard.seen)


def interstitial_ended(heard: Heard) -> Says:
    """The content comes back."""
    yield from given_up(heard)
    yield BreakEnd(heard.at, heard.seen)


def asset_ended(heard: Heard) -> Says:
    """An asset ended, or was skipped or given up when it had not come to its duration."""
    duration, position = heard.number("asset", "duration"), heard.seen.position
    skipped = (
        duration is not None and position is not None and not heard.seen.ended and position < duration - _SKIPPED_S
    )
    failed = heard.memory.pop("failing", None) == (heard.text("asset", "identifier") or "")
    yield (AdEnd if not skipped else AdFail if failed else AdSkip)(heard.at, heard.seen)


adapter = Adapter(
    name="hls.js",
    proven="recording",
    also=("hlsjs",),
    rows=merged(
        MEDIA,
        PAGE,
        {
            "player": {
                "hlsManifestLoading": manifest_loading,
                "hlsManifestParsed": levels,
                "hlsLevelSwitched": level_switched,
                "hlsLevelLoaded": level_loaded,
                "hlsError": error,
                "hlsDestroying": Dispose,
                "hlsInterstitialStarted": interstitial_started,
                "hlsInterstitialAssetStarted": asset_started,
                "hlsInterstitialAssetEnded": asset_ended,
                "hlsInterstitialAssetError": asset_error,
                "hlsInterstitialEnded": interstitial_ended,
            }
        },
    ),
    ignores=("hls",),
)
