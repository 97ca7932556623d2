"""A turn of the machine, and what of the viewing's times begins with it.

What is told late is stamped with when it began, so the beginning of each held value is kept: BEGUN maps what begins to the
function that keeps when, and where.
"""

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Final

import msgspec

from videospec.machine import OVER, State, rolls, turn
from videospec.telling import TELL, quartile

if TYPE_CHECKING:
    from videospec.session import Session

NEVER: Final = 9e15
"""An instant (epoch ms) that does not come; finite, so that it survives JSON."""
# Stall, seek, door and asset of what just plays.
_STEADY: Final = ("none", "none", "none", "loaded")
# Another source that loads is waited for this many times the end's grace before the session is over.
_NEXT_IN_SIGHT = 10


class Held(msgspec.Struct, omit_defaults=True, gc=False):
    """When what is held began (epoch ms on the session's clock), and where (seconds). Most viewings hold nothing for most
    of their time, and share one."""

    pause_at: float = 0.0
    pause_with: bool = False  # made together with a seek: of a seek bar, and the scrub may go on when that is let go
    pause_within: bool = False  # pressed within a seek, so by no seek bar: that pauses before it seeks
    stall_at: float = 0.0
    stall_position: float = 0.0
    seek_at: float = 0.0
    join_at: float = 0.0  # when the seek began that this one goes on with, if a seek bar made the pause between them
    seek_from: float = 0.0
    seek_seen: float = 0.0  # the last position reported before it
    seek_to: float = 0.0
    seek_reach: float = 0.0  # how far it went, at the farthest
    seeked_at: float = 0.0
    stay_at: float = 0.0  # when the seek was over, if the player only seeks to where that went since
    rests: bool = False  # the end came while paused
    seek_owed: bool = False  # broken off by an interruption: its completion is told when playback resumes
    stall_owed: bool = False  # open when playback was interrupted: it ends with the resume
    end_at: float = 0.0
    door_at: float = 0.0
    load_at: float = 0.0  # another source began to load in mid-play: perhaps another content
    jump_at: float = 0.0
    jump_to: float | None = None  # where the player said that it went
    drift_at: float = 0.0
    drift_position: float = 0.0


class _Nothing(Held, frozen=True):  # type: ignore[misc] # mypy takes a struct for a dataclass
    """What is shared is not written to."""


NOTHING_HELD: Final = _Nothing()

# What begins to be held when a region comes to a value (from one of the given, else from any other).
_BEGINS: Final[tuple[tuple[str, str, tuple[str, ...], tuple[str, ...] | None], ...]] = (
    ("pending", "pod", ("pending",), None),
    ("confirmed", "pod", ("open",), ("pending",)),
    ("pause", "playback", ("pausing", "hushed"), None),
    ("stall", "stall", ("held",), None),
    ("seek", "seek", ("moving",), ("none", "jumping")),
    ("seeked", "seek", ("settling",), None),
    ("end", "playback", ("ending",), None),
    ("door", "door", ("held", "dropped"), None),
    ("load", "asset", ("loading",), None),
    ("rest", "playback", ("ending",), ("paused",)),
    ("rested", "playback", ("starting", "playing"), ("ending",)),
)


@cache
def turned(was: State, kind: str) -> tuple[State, tuple[str, ...], tuple[str, ...], bool, bool]:
    """The machine's turn, with what began to be held and whether the playhead rolled and rolls."""
    now, moments = turn(was, kind)
    begun = tuple(
        name
        for name, region, values, before in _BEGINS
        if getattr(now, region) in values
        and (getattr(was, region) not in values if before is None else getattr(was, region) in before)
    )
    return (was if now == was else now), moments, begun, rolls(was), rolls(now)


def _pending(s: "Session", at: float) -> None:
    s.pending_at, s.pending_position = at, s.content.position


def _confirmed(s: "Session", at: float) -> None:
    s.content.move(s.pending_position, s.pending_at)


def _stall(s: "Session", at: float) -> None:
    held = s.hold()
    held.stall_at, held.stall_position = at, s.seen.position or 0.0


def _rest(s: "Session", at: float) -> None:
    s.hold().rests = True


def _rested(s: "Session", at: float) -> None:
    """An end came while paused (a seek to it); what goes on after it was never resumed by a press."""
    if s.held.rests:
        s.hold().rests = False
        TELL["resumed"](s, at)


def _load(s: "Session", at: float) -> None:
    """Another content may replace an open one alone."""
    if s.state.pod == "open":
        s.hold().load_at = at


def _instant(name: str) -> Callable[["Session", float], None]:
    def begin(s: "Session", at: float) -> None:
        setattr(s.hold(), name, at)

    return begin


BEGUN: Final[dict[str, Callable[["Session", float], None]]] = {
    "pending": _pending,
    "confirmed": _confirmed,
    "stall": _stall,
    "rest": _rest,
    "rested": _rested,
    "pause": _instant("pause_at"),
    "seek": _instant("seek_at"),
    "seeked": _instant("seeked_at"),
    "end": _instant("end_at"),
    "door": _instant("door_at"),
    "load": _load,
}


@cache
def holds(state: State) -> bool:
    """Whether anything is held: what time may decide, or what may yet be stamped with an instant that is past."""
    return (
        state.pod == "pending"
        or state.playback in ("pausing", "hushed", "ending")
        or state.stall == "held"
        or state.seek in ("moving", "settling")
        or state.door != "none"
        or (state.asset == "loading" and state.pod == "open")
    )


def timer(s: "Session") -> tuple[float, str, float] | None:
    """The next thing that time decides: when, the machine's word, and the instant that it is stamped with."""
    state, settings, held = s.state, s.settings, s.held
    timers = []
    if state.playback == "pausing":
        timers.append((held.pause_at + settings.pause_settle * 1000, "paused", held.pause_at))
    if state.stall == "held" and state.seek != "settling":  # which may yet prove to be in a scrub
        timers.append((held.stall_at + settings.stall_min * 1000, "stalled", held.stall_at))
    if state.seek == "settling":
        timers.append((held.seeked_at + settings.seek_settle * 1000, "settled", max(held.seeked_at, s.play_at)))
    if state.playback == "ending" and state.brk == "none":
        grace = settings.end_grace * (_NEXT_IN_SIGHT if state.asset == "loading" else 1)
        timers.append((held.end_at + grace * 1000, "finished", held.end_at))
    if state.door != "none":
        grace = settings.end_grace * (_NEXT_IN_SIGHT if state.door == "dropped" else 1)
        timers.append((held.door_at + grace * 1000, "left", held.door_at))
    return min(timers) if timers else None


def barrier(s: "Session") -> float:
    """The earliest instant that something held may yet be stamped with."""
    state, held = s.state, s.held
    first = NEVER
    if s.closed or state.playback in OVER:
        return first
    if state.pod == "pending":
        first = s.pending_at
    if state.playback in ("pausing", "hushed"):
        first = min(first, held.join_at or held.pause_at)
    elif state.playback == "ending":
        first = min(first, held.end_at)
    if state.stall == "held":
        first = min(first, held.stall_at)
    if state.seek in ("moving", "settling"):
        first = min(first, held.join_at or held.seek_at)
    if state.door != "none":
        first = min(first, held.door_at)
    if state.asset == "loading" and state.pod == "open":
        first = min(first, held.load_at)
    return first


def steady(s: "Session", at: float) -> tuple[float, float]:
    """Until when, and below which position, a report changes nothing but the playhead; (0, 0) where it may."""
    state = s.state
    if (state.stall, state.seek, state.door, state.asset) != _STEADY or state.playback == "pausing":
        return 0.0, 0.0
    beat = NEVER if s.beat_due is None else s.beat_due
    until = min(beat, at + s.settings.idle * 1000)
    if state.ad == "on":
        apart = s.names.ad is not None and s.names.ad.apart
        return (0.0, 0.0) if apart else (until, quartile(s) + s.ad.base)
    if state.pod == "open" and state.brk == "none":
        return until, NEVER
    return 0.0, 0.0


@cache
def interval_ms(heartbeat: float) -> float:
    """Between heartbeats: one object, since every live viewing has it."""
    return heartbeat * 1000
