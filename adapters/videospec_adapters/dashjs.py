"""dash.js 5.2: the media element's voice, dash.js's own for renditions, errors and live.

Source: dash.js 5.2.1 as recorded and its typings (MediaPlayerEvents). dash.js queues `play()` until its stream is
ready: the viewer's press has no sign of its own before `play`. With separate audio the picture may freeze up to 2 s
before the element says `waiting`; a stall is told from `waiting`, when the playhead stops too.
`qualityChangeRequested` is a choice and can be taken back; `qualityChangeRendered` follows the picture, which the
element's `resize` tells first. Internal seeks say no `seeking`. `streamTeardownComplete` also comes when another
source is attached. At the end dash.js may seek to the end again and again and the element then says no `ended`, so
its own `playbackEnded` is heard too; with `isLast: false` only a period ended.
"""

from videospec.adapter import Adapter, Heard, Says, merged
from videospec.player_events import (
    Dispose,
    Ended,
    LiveSign,
    Load,
    QualityShown,
    Renditions,
    Report,
    SeekEnd,
    SeekStart,
)
from videospec_adapters.html5 import MEDIA, PAGE, fault

# DOWNLOAD_ERROR_ID_MANIFEST, _SIDX, _CONTENT, _INITIALIZATION, _XLINK
_DOWNLOADS = ("25", "26", "27", "28", "29")


def manifest_loading(heard: Heard) -> Says:
    """A source begins to load; the same again, with no teardown between, is a live manifest that is refreshed."""
    url = heard.url("request", "url") or ""
    known, heard.memory["manifest"] = heard.memory.get("manifest"), url.partition("?")[0]
    if known != heard.memory["manifest"]:
        yield Load(heard.at, heard.seen, source=url or None)


def torn_down(heard: Heard) -> Says:
    """`streamTeardownComplete`: what loads next is a source of its own."""
    heard.memory.pop("manifest", None)
    yield Dispose(heard.at, heard.seen)


def seeking(heard: Heard) -> Says:
    """The element seeks. dash.js says `playbackSeeking` of every seek but its own over a gap (PlaybackController's
    `internalSeek`), right after the element or right before. Whether the log has that is known from the first on, or
    where the log has all that dash.js says."""
    if "seeks" not in heard.memory or heard.memory.pop("told", None):
        yield SeekStart(heard.at, heard.seen)
    else:
        heard.memory["jumps"] = True


def all_told(heard: Heard) -> Says:
    """`playbackInitialized`: nobody logs this who does not log all."""
    heard.memory["seeks"] = True
    return ()


def seek_told(heard: Heard) -> Says:
    """`playbackSeeking`."""
    heard.memory["seeks"] = True
    if heard.memory.pop("jumps", None):
        yield SeekStart(heard.at, heard.seen)
    else:
        heard.memory["told"] = True


def seeked(heard: Heard) -> Says:
    """The element is there. Of a jump it is but a position."""
    heard.memory.pop("told", None)
    said = Report if heard.memory.pop("jumps", None) else SeekEnd
    yield said(heard.at, heard.seen)


def _rendition(heard: Heard) -> tuple[int, float] | None:
    height, bitrate = heard.count("newRepresentation", "height"), heard.number("newRepresentation", "bandwidth")
    return (height, bitrate) if heard.text("mediaType") == "video" and height and bitrate else None


def switched(heard: Heard) -> Says:
    """`representationSwitch`: what is fetched from here on. Until dash.js 5 nothing else names a rendition."""
    height = heard.count("currentRepresentation", "height")
    bitrate = heard.number("currentRepresentation", "bandwidth")
    if heard.text("mediaType") == "video" and height and bitrate:
        yield Renditions(heard.at, heard.seen, offered=[(height, bitrate, None)])


def requested(heard: Heard) -> Says:
    """A representation is chosen."""
    found = _rendition(heard)
    if found:
        yield Renditions(heard.at, heard.seen, offered=[(*found, None)])


def rendered(heard: Heard) -> Says:
    """A representation is at the playhead."""
    found = _rendition(heard)
    if found:
        yield Renditions(heard.at, heard.seen, offered=[(*found, None)])
        yield QualityShown(heard.at, heard.seen, height=found[0], bitrate=found[1])


def ended(heard: Heard) -> Says:
    """`playbackEnded`: the end of a period, mostly the last. Where the element has ended it says so itself."""
    if not heard.denied("isLast") and not heard.seen.ended:
        yield Ended(heard.at, heard.seen)


def error(heard: Heard) -> Says:
    """dash.js reports an error when its own retries are used up."""
    code = heard.text("error", "code") or heard.text("error")
    return fault(heard, code, network=code in _DOWNLOADS)


def became_vod(heard: Heard) -> Says:
    """`dynamicToStatic`: the live stream ended."""
    yield LiveSign(heard.at, heard.seen, live=False)


adapter = Adapter(
    name="dash.js",
    proven="recording",
    also=("dashjs",),
    rows=merged(
        MEDIA,
        PAGE,
        {
            "media": {"seeking": seeking, "seeked": seeked},
            "player": {
                "playbackInitialized": all_told,
                "playbackSeeking": seek_told,
                "manifestLoadingStarted": manifest_loading,
                "representationSwitch": switched,
                "qualityChangeRequested": requested,
                "qualityChangeRendered": rendered,
                "playbackEnded": ended,
                "error": error,
                "dynamicToStatic": became_vod,
                "streamTeardownComplete": torn_down,
            },
        },
    ),
    ignores=(
        "playback",
        "buffer",
        "fragment",
        "manifest",
        "stream",
        "period",
        "track",
        "throughput",
        "metric",
        "representation",
        "canPlay",
        "allTextTracks",
        "textTrack",
        "baseUrl",
        "internal_",
        "newTrack",
        "protection",
        "key",
        "license",
        "content",
        "cue",
        "caption",
        "event",
        "managed",
        "gap",
        "conformance",
        "conformity",
        "inband",
        "xlink",
        "wallclock",
        "utc",
        "adaptation",
        "ttml",
        "data",
        "init",
        "current",
        "quality",
        "media",
        "log",
        "dynamic",
        "timedText",
        "dvb",
        "cmcd",
        "source",
        "enhancement",
        "public_",
        "urn:",
        "http",
    ),
)
