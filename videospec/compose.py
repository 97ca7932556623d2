"""A moment becomes the properties of a Track: one function for each object of the spec.

Each builds its object from the viewing at an instant (epoch ms): what is not known is left out, a livestream's
`total_length` is null. Positions and lengths are floored here and nowhere else, so that sums are made before flooring.
Plain code and not a table of small functions, because half of a replay's time beyond reading goes through here.
"""

from collections.abc import Iterable
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final

from videospec.player_events import AD_TYPES, About
from videospec.texts import LONGEST_ID, fit_all

if TYPE_CHECKING:
    from videospec.session import Session

Properties = dict[str, Any]

# Ids in an array of Video Playback Started: so many bytes of JSON at most, so that the message stays one (Segment: 32 KB).
_MOST_IDS: Final = 4000
_FASTEST: Final = 1e5  # frames a second
_ABOUT: Final = About.__struct_fields__
_about = attrgetter(*_ABOUT)


def playback(s: "Session", at: float, where: float | None = None) -> Properties:
    """The playback object, with the singular ids of what is playing. `where` replaces where the content is (s)."""
    names = s.names
    properties: Properties = {
        "session_id": s.id,
        "content_asset_id": names.asset,
        "content_pod_id": names.pod_id(),
    }
    if s.in_ad and names.ad is not None and names.brk is not None:
        properties["ad_asset_id"] = names.ad.asset_id
        properties["ad_pod_id"] = names.brk.pod_id
        properties["ad_type"] = names.brk.type
    return _picture(s, at, where, properties)


def playback_started(s: "Session", at: float) -> Properties:
    """The playback object of Video Playback Started: the plural ids, and arrays of the ads that are scheduled."""
    names = s.names
    properties: Properties = {
        "session_id": s.id,
        "content_asset_ids": _unique(names.assets_expected()),
        "content_pod_ids": _unique(names.pods_expected()),
    }
    if names.pods:
        # one type a pod, so that ad_pod_id and ad_type read side by side, as in the page's example
        ids = _unique(slot.asset_id for pod in names.pods for slot in pod)
        pods = _unique(pod[0].pod_id for pod in names.pods)
        types = [pod[0].type for pod in names.pods[: len(AD_TYPES) * 100] if pod[0].type in AD_TYPES]
        for name, value in (("ad_asset_id", ids), ("ad_pod_id", pods), ("ad_type", types)):
            if value:
                properties[name] = value
    return _picture(s, at, None, properties)


def _picture(s: "Session", at: float, where: float | None, properties: Properties) -> Properties:
    """What both playback objects say of the player and the picture."""
    names, seen = s.names, s.seen
    position = _position(s, at, where)
    total = names.total_length(s.content.value(s.last_at), ended=s.state.playback == "completed")
    properties["position"] = int(position if total is None or position < total else total)
    live = names.livestream
    if live:
        properties["total_length"] = None
    elif total is not None:
        properties["total_length"] = int(total)
    if names.ad is None:
        _rendition(s, properties)
    properties["video_player"] = s.player
    if seen.muted:
        properties["sound"] = 0
    elif seen.volume is not None:
        properties["sound"] = round(min(1, max(0, seen.volume)) * 100)  # in this order what is no number is 0
    if seen.fullscreen is not None:
        properties["full_screen"] = seen.fullscreen
    height = seen.height
    if height and 0 < height < 100_000:
        properties["quality"] = f"{int(height)}p"
    if live is not None:
        properties["livestream"] = live
    return properties


def _position(s: "Session", at: float, where: float | None) -> float:
    """Seconds of contents and ads seen."""
    before = s.names.before
    if s.in_ad:
        return before + s.content.tell(at) + (s.ad.tell(at) if where is None else where)
    return before + (s.content.tell(at) if where is None else where)


def content(s: "Session", at: float, content_at: float | None = None) -> Properties:
    """The content object. `content_at` replaces where the content is (s)."""
    return _content(s, at, {"session_id": s.id}, content_at)


def _content(s: "Session", at: float, properties: Properties, content_at: float | None = None) -> Properties:
    names = s.names
    properties["asset_id"] = names.asset
    properties["pod_id"] = names.pod_id()
    for name, value in zip(_ABOUT, _about(names.content), strict=True):
        if value is not None:
            properties[name] = value
    properties["position"] = int(s.content.tell(at) if content_at is None else content_at)
    live = names.livestream
    if live:
        properties["total_length"] = None
    elif names.length is not None:
        properties["total_length"] = int(names.length)
    if live is not None:
        properties["livestream"] = live
    if names.ad is None:
        _rendition(s, properties)
    return properties


def ad(s: "Session", at: float, where: float | None = None) -> Properties:
    """The ad object, with the content object in it for destinations that want both. `where` replaces where the ad is (s)."""
    names = s.names
    shown, brk = names.ad, names.brk
    if shown is None or brk is None:
        raise RuntimeError("no ad is on")
    properties: Properties = {
        "session_id": s.id,
        "asset_id": shown.asset_id,
        "pod_id": brk.pod_id,
        "pod_position": shown.position,
    }
    if brk.length is not None:
        properties["pod_length"] = brk.length
    properties["type"] = brk.type
    if shown.title:
        properties["title"] = shown.title
    if shown.publisher:
        properties["publisher"] = shown.publisher
    properties["position"] = int(s.ad.tell(at) if where is None else where)
    if shown.length is not None:
        properties["total_length"] = int(shown.length)
    if shown.load_type:
        properties["load_type"] = shown.load_type
    properties["content"] = _content(s, at, {})
    return properties


def quality(s: "Session", at: float) -> Properties:
    """The properties of Video Quality Updated: camelCase, as the page writes them."""
    properties: Properties = {"session_id": s.id}
    if s.names.ad is None:
        _rendition(s, properties)
    if s.startup_ms is not None:
        properties["startupTime"] = s.startup_ms
    if s.seen.dropped is not None:
        properties["droppedFrames"] = s.seen.dropped
    return properties


def _rendition(s: "Session", properties: Properties) -> None:
    """Bitrate (kbps) and frame rate of the rendition that is shown, known by its height; never of one only chosen."""
    known = s.renditions.get(s.shown_height) if s.renditions and s.shown_height else None
    bitrate = s.shown_bitrate or (known[0] if known else None)
    if bitrate:
        properties["bitrate"] = int(bitrate / 1000)
    framerate = s.seen.framerate or (known[1] if known else None)
    if framerate and 0 < framerate < _FASTEST:
        properties["framerate"] = float(framerate)


def _unique(ids: Iterable[str | None]) -> list[str]:
    found = list(dict.fromkeys(i for i in ids if i is not None))
    # few are never too many: an id is bounded
    return found if len(found) * 2 * LONGEST_ID <= _MOST_IDS else fit_all(found, _MOST_IDS)
