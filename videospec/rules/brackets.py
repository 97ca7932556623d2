"""What opens must close, once, in its order."""

from typing import Final

from videospec.rules.rule import CONTENT, Rule, Told
from videospec.rules.said import Said
from videospec.rules.view import View
from videospec.spec import events as e

_STALL: Final = (e.PLAYBACK_BUFFER_STARTED, e.PLAYBACK_BUFFER_COMPLETED)
_SEEK: Final = (e.PLAYBACK_SEEK_STARTED, e.PLAYBACK_SEEK_COMPLETED)
_PAUSE: Final = (e.PLAYBACK_PAUSED, e.PLAYBACK_RESUMED)


def _pair(opens: str, line: int, it: Said, cut: int = 0) -> Told:
    if it.event == opens:
        return f"it is open since line {line} already" if line else None
    return None if line or cut else f"there was no {opens} before it"


def _stall(view: View, it: Said) -> Told:
    return _pair(e.PLAYBACK_BUFFER_STARTED, view.stalled, it, view.cut_stall)


def _seek(view: View, it: Said) -> Told:
    return _pair(e.PLAYBACK_SEEK_STARTED, view.seeking, it, view.cut_seek)


def _pause(view: View, it: Said) -> Told:
    return _pair(e.PLAYBACK_PAUSED, view.paused or (it.event == e.PLAYBACK_RESUMED and view.interrupted) or 0, it)


def _nested(view: View, it: Said) -> Told:
    if it.event == e.PLAYBACK_BUFFER_STARTED and view.seeking:
        return f"a stall begins inside the seek of line {view.seeking}"
    if it.event == e.PLAYBACK_SEEK_COMPLETED and view.seeking and view.stalled > view.seeking:
        return f"the seek ends inside the stall of line {view.stalled}"
    return None


def _content(view: View, it: Said) -> Told:
    if it.event == e.CONTENT_STARTED:
        return f"a content pod is open since line {view.content.line}" if view.content is not None else None
    return None if view.content is not None else "no content pod is open"


def _same_content(view: View, it: Said) -> Told:
    if view.content is None:
        return None
    started = view.content.properties
    # by that reading a mid-roll changes the pod and starts none
    for name in ("asset_id",) if view.readings["midroll"] == "lifecycle" else ("asset_id", "pod_id"):
        was, now = started.get(name), it.properties.get(name)
        if was != now:
            return f"{name} is {now}, but line {view.content.line} started {was}"
    return None


def _together(view: View, it: Said) -> Told:
    if it.event == e.AD_STARTED:
        if view.content is None or (view.readings["midroll"] == "lifecycle" and it.get("type") == "mid-roll"):
            return None
        return f"an ad starts inside the content pod of line {view.content.line}"
    return f"{it.event} inside the ad of line {view.ad.line}" if view.ad is not None else None


RULES: Final = (
    Rule(
        "bracket.buffer",
        "error",
        "video-playback-buffer-started",
        "Stall time is measured from Buffer Started to Buffer Completed; one without the other has no length.",
        "send each Buffer Started once, and one Buffer Completed after it",
        _stall,
        _STALL,
    ),
    Rule(
        "bracket.seek",
        "error",
        "video-playback-seek-started",
        "A seek leads from where the viewer was to where playback goes on: one Started and one Completed.",
        "send each Seek Started once, and one Seek Completed after it; a scrub is one pair",
        _seek,
        _SEEK,
    ),
    Rule(
        "bracket.pause",
        "error",
        "video-playback-paused",
        "Paused time is measured from Paused to Resumed, and Resumed follows a pause or an interruption.",
        "send each Paused once, and one Resumed after it",
        _pause,
        _PAUSE,
    ),
    Rule(
        "bracket.nested",
        "warning",
        "video-playback-seek-started",
        "Waiting for the new place is part of a seek; told as a stall too, the time counts twice.",
        "send no buffer events inside a seek",
        _nested,
        (e.PLAYBACK_BUFFER_STARTED, e.PLAYBACK_SEEK_COMPLETED),
    ),
    Rule(
        "bracket.content",
        "error",
        "content-event-object",
        "A content pod is started once and completed once; heartbeats belong in between.",
        "send Video Content Started first, Video Content Completed last, and neither twice",
        _content,
        CONTENT,
    ),
    Rule(
        "bracket.same-content",
        "error",
        "content-event-object",
        "asset_id and pod_id say which content plays; a heartbeat or an end under other ids is of a content that never "
        "started.",
        "send the ids of Video Content Started until the pod is completed",
        _same_content,
        (e.CONTENT_PLAYING, e.CONTENT_COMPLETED),
    ),
    Rule(
        "bracket.content-or-ad",
        "error",
        "content-event-object",
        "Either content plays or an ad does: a mid-roll divides the content into two pods, each started and completed.",
        "send Video Content Completed before the ad and Video Content Started after it",
        _together,
        (e.AD_STARTED, *CONTENT),
    ),
)
