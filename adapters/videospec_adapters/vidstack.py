"""Vidstack 1.15: the media element's voice, Vidstack's own for sources, live, renditions and errors.

Source: vidstack 1.15.6 as recorded and its typings. Vidstack's own `waiting` comes 300 ms late and its `can-play`
before any data, so the element is heard for both. With live, every `play` seeks to the live edge by itself and says
so (`media-live-edge-request`), as its live button does; what triggered the request tells them apart. A rejected `play()`
(`play-fail`) is no request: the element then says no `play`.
"""

from videospec.adapter import Adapter, Heard, Says, merged
from videospec.player_events import Dispose, Jump, LiveSign, Load, QualityShown, Renditions
from videospec_adapters.hlsjs import listed, trouble
from videospec_adapters.html5 import MEDIA, PAGE, fault


def source_change(heard: Heard) -> Says:
    """Another source; an empty one is the player being built."""
    url = heard.url("detail", "src")
    if url:
        yield Load(heard.at, heard.seen, source=url)


def provider_change(heard: Heard) -> Says:
    """A provider that goes: the player is taken down, or changes from one kind of source to another."""
    if isinstance(heard.data.get("detail"), dict):
        heard.memory["provider"] = True
    elif heard.memory.pop("provider", False):
        yield Dispose(heard.at, heard.seen)


def live(heard: Heard) -> Says:
    """`live-change` carries a boolean, `stream-type-change` a word such as `live` or `live:dvr`."""
    detail = heard.data.get("detail")
    if isinstance(detail, bool):
        yield LiveSign(heard.at, heard.seen, live=detail)
    elif isinstance(detail, str) and detail != "unknown":
        yield LiveSign(heard.at, heard.seen, live="live" in detail)


def qualities(heard: Heard) -> Says:
    """`qualities-change`: all renditions so far. The picture's size changes before `quality-change` names the new one."""
    yield Renditions(heard.at, heard.seen, offered=[(*found, None) for found in listed(heard.items("detail"))])


def quality(heard: Heard) -> Says:
    """`quality-change`: which rendition, in bit/s. The size that is shown is the element's to tell."""
    height, bitrate = heard.count("detail", "height"), heard.number("detail", "bitrate")
    if height and bitrate:
        yield Renditions(heard.at, heard.seen, offered=[(height, bitrate, None)])
        yield QualityShown(heard.at, heard.seen, height=height, bitrate=bitrate)


def live_edge(heard: Heard) -> Says:
    """Vidstack asks for the live edge by itself at a play; its live button asks for the viewer."""
    trigger = heard.data.get("trigger")
    first = str(trigger[0]) if isinstance(trigger, list) and trigger else "play"
    if first.startswith("play"):
        yield Jump(heard.at, heard.seen)


def hls_error(heard: Heard) -> Says:
    """hls.js's errors."""
    return trouble(heard, "detail")


def error(heard: Heard) -> Says:
    """Vidstack's own error, after the provider's."""
    code = heard.text("detail", "code")
    return fault(heard, code, network=code == "2")


adapter = Adapter(
    name="vidstack",
    proven="recording",
    rows=merged(
        MEDIA,
        PAGE,
        {
            "player": {
                "source-change": source_change,
                "provider-change": provider_change,
                "live-change": live,
                "stream-type-change": live,
                "qualities-change": qualities,
                "quality-change": quality,
                "hls-error": hls_error,
                "error": error,
                "media-live-edge-request": live_edge,
                # at a play after what Vidstack takes for the end, it goes back to the start
                "replay": Jump,
                "destroy": Dispose,
            }
        },
    ),
    ignores=(
        "abort",
        "audio-",
        "auto-play",
        "can-",
        "controls-",
        "duration-",
        "emptied",
        "end",
        "fullscreen",
        "hls-",
        "live-",
        "load",
        "loop",
        "media-",
        "orientation",
        "pause",
        "picture",
        "play",
        "poster",
        "progress",
        "provider",
        "rate-",
        "remote",
        "seek",
        "sources-",
        "stalled",
        "started",
        "suspend",
        "text-",
        "time-",
        "title",
        "user-",
        "view",
        "volume",
        "waiting",
        "dash-",
        "google-cast",
        "vds-",
        "find-",
    ),
)
