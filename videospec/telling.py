"""What a change of state is called in the Video Spec, when it is stamped, and with which object it is told.

TELL maps each name that the machine gives a change to the function that queues its tracks.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from videospec import compose
from videospec.player_events import MID
from videospec.spec import events

if TYPE_CHECKING:
    from videospec.session import Session

_FAR: Final = 9e15
_NOT_IN_A_SEEK: Final = (events.PLAYBACK_SEEK_COMPLETED, events.CONTENT_PLAYING)
# A seek that goes no farther than this is a player's push to itself (hls.js nudges by 0.1 s, Shaka skips 0.1 s).
NUDGE_S: Final = 0.2


def _playback(s: "Session", event: str, at: float, **extra: Any) -> None:
    s.say(event, at, {**compose.playback(s, at), **extra})


def _content(s: "Session", event: str, at: float) -> None:
    s.say(event, at, compose.content(s, at))


def _ad(s: "Session", event: str, at: float) -> None:
    s.say(event, at, compose.ad(s, at))


# -- playback ----------------------------------------------------------------------------------------------------------


def _started(s: "Session", at: float) -> None:
    s.play_at = at
    s.content.length = s.names.bound
    s.say(events.PLAYBACK_STARTED, at, compose.playback_started(s, at))


def _paused(s: "Session", at: float) -> None:
    # A pause kept back for a seek is said when the seek is over, of the instant at which it was pressed: from before the
    # seek it is where that began, from within it where it goes.
    held = s.held
    where = None
    if held.pause_at < held.seek_at:
        where = held.seek_from
    elif held.pause_at < held.seeked_at:
        where = held.seek_to
    s.say(events.PLAYBACK_PAUSED, held.pause_at, compose.playback(s, held.pause_at, where))
    if held.join_at and s.state.seek == "none":
        held.join_at = 0.0  # the viewer's, so the scrub before it is over


def _goes_to(s: "Session") -> float:
    """Where the seek that is on the way goes (s), within what it is in."""
    length = s.playhead.length
    return s.held.seek_to if length is None else min(s.held.seek_to, length)


def _resumed(s: "Session", at: float) -> None:
    # pressed within a seek, playback goes on from where that goes, if it goes anywhere
    where = None
    if s.state.seek == "moving" and s.held.seek_reach > NUDGE_S:
        where = _goes_to(s)
    s.play_at = at
    s.say(events.PLAYBACK_RESUMED, at, compose.playback(s, at, where))
    if s.held.stall_owed:
        s.hold().stall_owed = False
        if s.state.stall == "none":
            _playback(s, events.PLAYBACK_BUFFER_COMPLETED, at)
    if s.held.seek_owed:
        # an interruption broke the seek off; playback begins again here
        s.hold().seek_owed = False
        _playback(s, events.PLAYBACK_SEEK_COMPLETED, at)
    s.restart_beat(at)
    heartbeat(s, at, where)


def _interrupted(s: "Session", at: float) -> None:
    if s.state.stall == "said":
        s.hold().stall_owed = True
    _playback(s, events.PLAYBACK_INTERRUPTED, at, method=s.method or "unknown")


def _exited(s: "Session", at: float) -> None:
    _playback(s, events.PLAYBACK_EXITED, at)


def _completed(s: "Session", at: float) -> None:
    properties = compose.playback(s, s.held.end_at)
    if properties.get("total_length") is not None:
        # At an end the position is the length, also of a session in which ads were skipped.
        properties["position"] = properties["total_length"]
    s.say(events.PLAYBACK_COMPLETED, s.held.end_at, properties)


def _buffer_started(s: "Session", at: float) -> None:
    _playback(s, events.PLAYBACK_BUFFER_STARTED, s.held.stall_at)


def _buffer_completed(s: "Session", at: float) -> None:
    if s.held.stall_owed:
        # nothing is said between an interruption and the resume, which tells it
        return
    _playback(s, events.PLAYBACK_BUFFER_COMPLETED, at)


def _seek_started(s: "Session", at: float) -> None:
    held = s.held
    properties = compose.playback(s, held.seek_at, held.seek_from)
    properties["seek_position"] = compose.playback(s, held.seek_at, held.seek_to)["position"]
    s.say(events.PLAYBACK_SEEK_STARTED, held.seek_at, properties)


def _seek_open(s: "Session", at: float) -> None:
    _seek_started(s, at)
    s.hold().seek_owed = True


def _seek(s: "Session", at: float) -> None:
    held = s.held
    done = max(held.seeked_at, held.seek_at)
    void = _joined(s, done)
    if void is None:
        _seek_started(s, at)
    s.say(events.PLAYBACK_SEEK_COMPLETED, done, compose.playback(s, done, held.seek_to))
    if void and events.CONTENT_PLAYING in void:
        heartbeat(s, done, held.seek_to)


def _joined(s: "Session", done: float) -> set[str] | None:
    """A seek bar was let go and taken again: what was told of the seek before is of the same scrub, and what followed on
    it until the scrub is `done` is void. Returns the names of that, or None if it is no such seek."""
    held = s.held
    if not held.join_at:
        return None
    began, s.hold().join_at = held.join_at, 0.0
    first = next((one for one in s.queue or () if (one.at, one.event) == (began, events.PLAYBACK_SEEK_STARTED)), None)
    if first is None or s.queue is None or s.state.playback != "playing":
        return None
    first.properties["seek_position"] = compose.playback(s, held.seek_at, held.seek_to)["position"]
    void = [one for one in s.queue if began <= one.at <= done and one.event in _NOT_IN_A_SEEK]
    s.queue = [one for one in s.queue if one not in void]
    return {one.event for one in void}


# -- content and ads ---------------------------------------------------------------------------------------------------


def _content_started(s: "Session", at: float) -> None:
    s.names.pod += 1
    at = s.pending_at
    if s.names.pod > 1 and s.settings.midroll == "lifecycle":
        _content(s, events.CONTENT_PLAYING, at)
    else:
        _content(s, events.CONTENT_STARTED, at)
    s.restart_beat(at)


def _content_completed(s: "Session", at: float) -> None:
    brk = s.names.brk
    if s.settings.midroll == "lifecycle" and brk is not None and brk.type == MID:
        return
    _content(s, events.CONTENT_COMPLETED, at)


def _ad_started(s: "Session", at: float) -> None:
    s.in_ad = True
    _ad(s, events.AD_STARTED, at)
    s.restart_beat(at)


def _ad_completed(s: "Session", at: float) -> None:
    _ad(s, events.AD_COMPLETED, at)


def _ad_skipped(s: "Session", at: float) -> None:
    _ad(s, events.AD_SKIPPED, at)


def _nothing(s: "Session", at: float) -> None:
    """An ad that failed: what was said of it stands, no more is said."""


TELL: Final[dict[str, Callable[["Session", float], None]]] = {
    "started": _started,
    "paused": _paused,
    "resumed": _resumed,
    "interrupted": _interrupted,
    "exited": _exited,
    "completed": _completed,
    "buffer_started": _buffer_started,
    "buffer_completed": _buffer_completed,
    "seek": _seek,
    "seek_open": _seek_open,
    "content_started": _content_started,
    "content_completed": _content_completed,
    "ad_started": _ad_started,
    "ad_completed": _ad_completed,
    "ad_skipped": _ad_skipped,
    "ad_failed": _nothing,
}

# -- what the machine does not know ------------------------------------------------------------------------------------


def beat(s: "Session", at: float, where: float | None = None) -> tuple[str, dict[str, Any]]:
    """The heartbeat of what is open: the ad, else the content; `where` puts it elsewhere (s)."""
    if s.in_ad:
        return events.AD_PLAYING, compose.ad(s, at, where)
    return events.CONTENT_PLAYING, compose.content(s, at, where)


def heartbeat(s: "Session", at: float, where: float | None = None) -> None:
    """Tells a heartbeat, if anything is open."""
    if s.in_ad or s.state.pod == "open":
        event, properties = beat(s, at, where)
        s.say(event, at, properties)


def prove(s: "Session", at: float) -> None:
    """What happens at an instant proves the content that was pending: it has played since `pending_at`, and its
    heartbeats fell due; unless the player answered since that it is where it was."""
    where = s.content.position
    stood = s.content.at > s.pending_at and where <= s.pending_position
    s.turn("moved", s.pending_at)
    if stood:
        s.content.report(where, at)
        s.restart_beat(at)
        return
    interval, rolls = s.settings.heartbeat * 1000, s.content.rolling
    due = s.pending_at + interval
    s.content.roll(True, s.pending_at)
    while due <= at:
        heartbeat(s, due)
        due += interval
    s.content.roll(rolls, at)
    if rolls:
        s.beat_due = due
    else:
        s.beat_left = due - at


def quartile(s: "Session") -> float:
    """The ad's position (s) at which its next quartile is crossed."""
    ad = s.names.ad
    if ad is None or ad.length is None or ad.quartile >= 3:
        return _FAR
    return ad.length * (ad.quartile + 1) / 4


def cross_quartiles(s: "Session", at: float, upto: int) -> None:
    """Says each quartile of the ad up to `upto` that was not said yet."""
    ad = s.names.ad
    where = _goes_to(s) if s.state.seek == "moving" else None  # the player's own word, on the way there
    while s.in_ad and ad is not None and ad.quartile < min(upto, 3):
        ad.quartile += 1
        s.say(events.AD_PLAYING, at, {**compose.ad(s, at, where), "quartile": ad.quartile})


def ad_clicked(s: "Session", at: float) -> None:
    """The viewer opened the ad's page."""
    _ad(s, events.AD_CLICKED, at)


def quality_updated(s: "Session", at: float) -> None:
    """The picture changed."""
    s.say(events.QUALITY_UPDATED, at, compose.quality(s, at))
