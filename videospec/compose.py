"""A moment becomes the properties of a Track: for each object of the spec, where each property comes from.

SOURCES is the whole mapping. A source gets the viewing and the instant (epoch ms) and returns a JSON value; `None`
leaves the property out, `NULL` sends a null (the spec's `total_length` of a livestream). Positions and lengths are
floored here and nowhere else, so that sums are made before flooring.
"""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, Final

from videospec.names import AD_TYPES

if TYPE_CHECKING:
    from videospec.session import Session

NULL: Final = object()
Source = Callable[["Session", float], Any]


def _whole(value: float | None) -> int | None:
    return None if value is None else int(value)


def _text(value: str | int | None) -> str | None:
    return None if value is None else str(value) or None


def _unique(ids: Iterable[str | int | None]) -> list[str] | None:
    return list(dict.fromkeys(str(i) for i in ids if i is not None)) or None


# -- shared ------------------------------------------------------------------------------------------------------------


def _session_id(s: "Session", at: float) -> str:
    return s.id


def _bitrate(s: "Session", at: float) -> int | None:
    """kbps of the rendition that is shown, known by its height; never of one that is only chosen."""
    if s.names.ad is not None:
        return None
    known = s.renditions.get(s.shown_height or 0)
    rate = s.shown_bitrate or (known[0] if known else None)
    return int(rate / 1000) if rate else None


def _framerate(s: "Session", at: float) -> float | None:
    if s.names.ad is not None:
        return None
    known = s.renditions.get(s.shown_height or 0)
    return s.seen.framerate or (known[1] if known else None)


def _livestream(s: "Session", at: float) -> bool | None:
    return s.names.livestream


# -- playback ----------------------------------------------------------------------------------------------------------


def _playback_position(s: "Session", at: float) -> int:
    position, total = s.playback_position(at), _playback_total(s)
    return int(position if total is None else min(position, total))


def _playback_total(s: "Session") -> float | None:
    return s.names.total_length(s.content.value(s.last_at), ended=s.state.playback == "completed")


def _playback_length(s: "Session", at: float) -> Any:
    return NULL if s.names.livestream else _whole(_playback_total(s))


def _sound(s: "Session", at: float) -> int | None:
    volume = s.seen.volume
    if s.seen.muted:
        return 0
    return None if volume is None else round(min(max(volume, 0), 1) * 100)


def _quality(s: "Session", at: float) -> str | None:
    height = s.seen.height
    return f"{int(height)}p" if height and 0 < height < 100_000 else None


_PLAYBACK_TAIL: Final[dict[str, Source]] = {
    "position": _playback_position,
    "total_length": _playback_length,
    "bitrate": _bitrate,
    "framerate": _framerate,
    "video_player": lambda s, at: s.player,
    "sound": _sound,
    "full_screen": lambda s, at: s.seen.fullscreen,
    "quality": _quality,
    "livestream": _livestream,
}

PLAYBACK_STARTED: Final[dict[str, Source]] = {
    "session_id": _session_id,
    "content_asset_ids": lambda s, at: s.names.assets_expected(),
    "content_pod_ids": lambda s, at: s.names.pods_expected(),
    "ad_asset_id": lambda s, at: _unique(slot.asset_id for pod in s.names.pods for slot in pod),
    "ad_pod_id": lambda s, at: _unique(pod[0].pod_id for pod in s.names.pods),
    # one a pod, so that ad_pod_id and ad_type read side by side, as in the page's example
    "ad_type": lambda s, at: [pod[0].type for pod in s.names.pods if pod[0].type in AD_TYPES] or None,
    **_PLAYBACK_TAIL,
}


PLAYBACK: Final[dict[str, Source]] = {
    "session_id": _session_id,
    "content_asset_id": lambda s, at: s.names.asset_id(),
    "content_pod_id": lambda s, at: s.names.pod_id(),
    "ad_asset_id": lambda s, at: s.names.ad.asset_id if s.in_ad and s.names.ad else None,
    "ad_pod_id": lambda s, at: s.names.brk.pod_id if s.in_ad and s.names.brk else None,
    "ad_type": lambda s, at: s.names.brk.type if s.in_ad and s.names.brk else None,
    **_PLAYBACK_TAIL,
}

# -- content -----------------------------------------------------------------------------------------------------------


def _of(name: str) -> Source:
    def source(s: "Session", at: float) -> Any:
        return getattr(s.names.content, name) or None

    return source


CONTENT: Final[dict[str, Source]] = {
    "session_id": _session_id,
    "asset_id": lambda s, at: s.names.asset_id(),
    "pod_id": lambda s, at: s.names.pod_id(),
    "title": _of("title"),
    "description": _of("description"),
    "keywords": _of("keywords"),
    "season": lambda s, at: _text(s.names.content.season),
    "episode": lambda s, at: _text(s.names.content.episode),
    "genre": _of("genre"),
    "program": _of("program"),
    "publisher": _of("publisher"),
    "channel": _of("channel"),
    "position": lambda s, at: int(s.content.value(at)),
    "total_length": lambda s, at: NULL if s.names.livestream else _whole(s.names.length),
    "full_episode": lambda s, at: s.names.content.full_episode,
    "livestream": _livestream,
    "airdate": _of("airdate"),
    "bitrate": _bitrate,
    "framerate": _framerate,
}

# -- ads ---------------------------------------------------------------------------------------------------------------


def _ad(name: str) -> Source:
    def source(s: "Session", at: float) -> Any:
        return getattr(s.names.ad, name, None)

    return source


def _pod(name: str) -> Source:
    def source(s: "Session", at: float) -> Any:
        return getattr(s.names.brk, name, None)

    return source


AD: Final[dict[str, Source]] = {
    "session_id": _session_id,
    "asset_id": _ad("asset_id"),
    "pod_id": _pod("pod_id"),
    "pod_position": _ad("position"),
    "pod_length": _pod("length"),
    "type": _pod("type"),
    "title": _ad("title"),
    "publisher": _ad("publisher"),
    "position": lambda s, at: int(s.ad.value(at)),
    "total_length": lambda s, at: _whole(s.names.ad.length) if s.names.ad else None,
    "load_type": _ad("load_type"),
    "content": lambda s, at: composed(CONTENT, s, at, leave_out=("session_id",)),
}

# -- quality -----------------------------------------------------------------------------------------------------------

QUALITY: Final[dict[str, Source]] = {
    "session_id": _session_id,
    "bitrate": _bitrate,
    "framerate": _framerate,
    "startupTime": lambda s, at: s.startup_ms,
    "droppedFrames": lambda s, at: s.seen.dropped,
}

SOURCES: Final[dict[str, dict[str, Source]]] = {
    "playback_started": PLAYBACK_STARTED,
    "playback": PLAYBACK,
    "content": CONTENT,
    "ad": AD,
    "quality": QUALITY,
}


def composed(
    sources: dict[str, Source], session: "Session", at: float, *, leave_out: tuple[str, ...] = ()
) -> dict[str, Any]:
    """The properties that are known at an instant, in the table's order."""
    properties: dict[str, Any] = {}
    for name, source in sources.items():
        value = source(session, at)
        if value is not None and name not in leave_out:
            properties[name] = None if value is NULL else value
    return properties
