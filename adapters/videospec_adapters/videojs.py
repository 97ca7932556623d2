"""video.js 8: the media element's voice, with video.js's own errors, disposal and renditions (VHS).

Source: video.js 8.24 as recorded. `player.error()` carries the code; `qualityLevels:change` is a choice that the
picture follows 5 to 8 s later, so only the element's `resize` tells that the picture changed. Nothing in video.js
says live: the metadata must. Its seek bar pauses while the mouse is down: the session takes such a pause into the
seek.
"""

from videospec.adapter import Adapter, Heard, Says, merged
from videospec.player_events import Dispose, Jump, Renditions
from videospec_adapters.html5 import ELEMENT_NAMES, MEDIA, PAGE, error, silent


def rendition(heard: Heard) -> Says:
    """A rendition of `qualityLevels()`; bitrate in bit/s."""
    height, bitrate = heard.count("height"), heard.number("bitrate")
    if height and bitrate:
        yield Renditions(heard.at, heard.seen, offered=[(height, bitrate, None)])


def usage(heard: Heard) -> Says:
    """VHS tells its own moves of the playhead as usage of a feature."""
    if heard.text("name") in ("vhs-gap-skip", "vhs-live-resync"):
        yield Jump(heard.at, heard.seen)


OWN = {
    "player": {
        **silent(ELEMENT_NAMES),
        # a MediaError with video.js's codes (5 is encryption)
        "error": error,
        "dispose": Dispose,
        "usage": usage,
        "tech:usage": usage,
        "qualityLevels:addqualitylevel": rendition,
        "qualityLevels:change": rendition,
        **silent(
            "ready fullscreenchange fullscreenerror sourceset playerreset playerresize componentresize languagechange "
            "useractive userinactive texttrackchange posterchange loadedmetadata firstplay controlsenabled controlsdisabled "
            "usingcustomcontrols usingnativecontrols autoplay-success autoplay-failure playbackrateschange mousemove "
            "seekablerangeschanged bufferedrangeschanged appendsdone timelinechange tap touchstart touchend click dblclick "
            "enterFullWindow exitFullWindow xhr-hooks-ready segmenttimemapping audiotrackchange"
        ),
    }
}

IGNORES = (
    "beforepluginsetup",
    "pluginsetup",
    "playlist",
    "segment",
    "rendition",
    "streaming",
    "vhs.",
    "vhs-",
    "tech:",
    "tech",
    "control",
    "contentsteering",
    "codecs",
    "dashfirst",
    "trackschange",
    "bandwidth",
)

adapter = Adapter(
    name="video.js",
    proven="recording",
    also=("videojs", "vhs"),
    rows=merged(MEDIA, PAGE, OWN),
    ignores=IGNORES,
)
