"""One session of the log: its adapter and notes, its place in the order, its clock, and the viewing that goes on in it.

The tick path. Nearly all lines of a log are position reports between two moments at which something can happen. The
viewing says until when and below which position that holds (`quick_until`, `quick_below`). While the path is open, a report
is read for its position alone, which the slot keeps; `settle` hands it over, with the clock, before anything else is done
with the viewing. So a tick costs one look-up and a few assignments, and touches no object but the slot. What else the
report says of the player (its volume, its picture) is read when something is to be said.
"""

from typing import Any, Final

import msgspec

from videospec.adapter import TICK, Adapter
from videospec.capture import LAST_MS
from videospec.player_events import PlayerEvent, Snapshot
from videospec.plugins import find_adapter
from videospec.session import Session
from videospec.tracks import Track

_VERSION: Final = 1
_NEVER: Final = -1.0


class Waiting(msgspec.Struct):
    """Lines that came before their turn, by seq: each with its number in the log and its time. `since` is the time of the
    first."""

    since: int
    lines: dict[int, tuple[int, int, bytes]]
    size: int = 0


class _Kept(msgspec.Struct):
    version: int
    player: str
    session: msgspec.Raw
    next_seq: int
    base: float
    elapsed: float
    anchor: float | None
    by_mono: bool
    last_t: int
    skew: float
    memory: dict[str, Any] | None
    waiting: Waiting | None
    gaps: tuple[tuple[int, int], ...]


_KEPT: Final = _Kept.__struct_fields__[3:]
# Lines of one session that may wait for a gap, and their bytes; a log that misses more is taken as it is.
_MOST_WAITING: Final = 1000
_MOST_WAITING_BYTES: Final = 4 << 20


class Slot:
    """One session of the log. `base` is its first `t`; its clock is `base + elapsed` (ms)."""

    # the tick path's fields first, so that they share a cache line
    __slots__ = (  # noqa: RUF023 -- not by name, but as they are used
        "next_seq",
        "ticks",
        "by_mono",
        "last_m",
        "until_m",
        "below",
        "position",
        "last_t",
        "waiting",
        "adapter",
        "session",
        "base",
        "elapsed",
        "anchor",
        "skew",
        "memory",
        "gaps",
        "ticked",
    )

    def __init__(self, adapter: Adapter, session: Session) -> None:
        self.adapter = adapter
        self.session = session
        self.ticks = _ticks(adapter)
        self.next_seq = 0
        self.base = self.elapsed = 0.0
        self.anchor: float | None = None
        self.skew = 0.0
        self.memory: dict[str, Any] | None = None
        self.waiting: Waiting | None = None
        self.gaps: tuple[tuple[int, int], ...] = ()
        self.by_mono = False
        self.last_m = self.until_m = self.below = _NEVER
        self.position: float | None = None
        self.last_t = 0
        self.ticked: tuple[float, float] | None = None

    def clock(self, mono: float | None, t: int) -> float:
        """The session's time of a line (epoch ms): `mono` where both lines have it, else `t`; a step back counts 0."""
        by_mono = mono is not None
        if self.anchor is None:
            step, self.base = 0.0, t
        elif by_mono == self.by_mono:
            step = (t if mono is None else mono) - self.anchor
        else:
            step = t - self.last_t
        if step > 0:
            # the sum is of small numbers, so that many small steps and one large one give the same instant
            self.elapsed += step
            if self.base + self.elapsed > LAST_MS:
                self.elapsed = LAST_MS - self.base
        self.anchor, self.by_mono, self.last_t = t if mono is None else mono, by_mono, t
        return self.base + self.elapsed

    def wait(self, seq: int, number: int, raw: bytes, t: int) -> None:
        """Keeps a line whose turn it is not."""
        self.until_m = _NEVER
        if self.waiting is None:
            self.waiting = Waiting(t, {})
        self.waiting.lines[seq] = number, t, raw
        self.waiting.size += len(raw)

    def latest(self) -> float:
        """The session's time of the newest line (epoch ms), of one that waits as far as is known."""
        anchor = self.anchor
        if anchor is None:
            return self.last_t
        at = self.base + self.elapsed
        if self.position is not None:
            at += self.last_m - anchor
        return at if self.waiting is None else at + max(self.waiting.since - self.last_t, 0)

    def is_full(self, t: float) -> bool:
        """Whether the lines that wait for a gap have waited for the window, or are too many to keep."""
        one = self.waiting
        return one is not None and (
            t - one.since > self.session.settings.window * 1000
            or len(one.lines) > _MOST_WAITING
            or one.size > _MOST_WAITING_BYTES
        )

    def silence(self, at: float) -> float:
        """How long (ms) nothing was heard, at least, at an instant of the host's clock that is no earlier than the last."""
        now = self.latest()
        if self.ticked is None or self.ticked[1] != now:
            self.ticked = at, now
        return at - self.ticked[0]

    def settle(self) -> None:
        """Gives the viewing what ticks moved: its clock and its playhead."""
        reported = self.position
        if reported is None:
            return
        self.position = None
        session = self.session
        at = self.clock(self.last_m if self.by_mono else None, self.last_t)
        session.playhead.hear(reported, at)
        session.seen.position, session.last_at = reported, at

    def arm(self, at: float) -> None:
        """Opens the tick path as far as the viewing allows, from the line that was just heard."""
        session = self.session
        # the line that fills a gap is to be followed by those that wait: it is read in full
        if session.quick_until <= at or self.waiting is not None:
            self.until_m = _NEVER
            return
        self.last_m = self.anchor or 0
        self.until_m = self.last_m + (session.quick_until - at)
        self.below = session.quick_below

    def progress(self, at: float, seen: Snapshot) -> list[Track]:
        """A position report that may change more than the playhead."""
        session = self.session
        tracks = session.progress(at, seen)
        if session.goes_on and session.over:
            self.session = session.successor()
            tracks = [*tracks, *self.session.progress(at, seen)]
        return tracks

    def feed(self, event: PlayerEvent) -> list[Track]:
        """The viewing hears an event, and its successor where the event begins one."""
        return self.hear(event.kind, event.at, event.seen, event)

    def hear(self, kind: str, at: float, seen: Snapshot, event: PlayerEvent | None = None) -> list[Track]:
        """`feed` without an object, for events that have no fields of their own."""
        session = self.session
        tracks = session.hear(kind, at, seen, event)
        if (session.goes_on or kind == "play") and session.over:
            self.session = session.successor()
            # a loop begins its next round without a word of its own
            kind, event = ("play", None) if kind == "seek_start" else (kind, event)
            tracks = [*tracks, *self.session.hear(kind, at, seen, event)]
        return tracks

    def snapshot(self) -> bytes:
        """All of it as versioned JSON."""
        self.settle()
        self.until_m = _NEVER
        kept = [getattr(self, name) for name in _KEPT]
        return msgspec.json.encode(_Kept(_VERSION, self.adapter.name, msgspec.Raw(self.session.snapshot()), *kept))


class Gone(msgspec.Struct, gc=False):
    """What is remembered of a session that was closed: its id, and which viewing and which seq would come next."""

    gone: str
    number: int = 1
    next_seq: int = 0

    def snapshot(self) -> bytes:
        """All of it as JSON."""
        return msgspec.json.encode(self)


NOT_GONE: Final = Gone("")


def restored(data: bytes) -> Slot | Gone:
    """What `snapshot` saved. ValueError if the bytes are none that can be read here."""
    try:
        try:
            return msgspec.json.decode(data, type=Gone)
        except msgspec.ValidationError:
            kept = msgspec.json.decode(data, type=_Kept)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ValueError(f"not a snapshot: {error}") from error
    adapter = find_adapter(kept.player)
    if kept.version != _VERSION or adapter is None:
        raise ValueError(f"snapshot version {kept.version} of player {kept.player!r} cannot be read here")
    slot = Slot(adapter, Session.restore(bytes(kept.session)))
    for name in _KEPT:
        setattr(slot, name, getattr(kept, name))
    return slot


_TICKS: dict[str, dict[str, str]] = {}


def _ticks(adapter: Adapter) -> dict[str, str]:
    """The adapter's position reports: type -> who says it."""
    if adapter.name not in _TICKS:
        _TICKS[adapter.name] = {t: src for src, rows in adapter.rows.items() for t, row in rows.items() if row is TICK}
    return _TICKS[adapter.name]
