"""Many viewings at once: which one a line belongs to, in which order, and when one is over.

Lines of any number of sessions may be mixed. Each session of the log has a `Slot` (slot.py); what a line says is in its
adapter's table. `run` begins with the tick path that slot.py explains.
"""

import logging
from collections.abc import Callable, Iterable, Iterator
from sys import intern
from typing import Any, Final

from attrs import Factory, define

from videospec.adapter import TICK, Heard
from videospec.capture import UNREADABLE, Line, Refused, as_bytes, decode_tick, read_line
from videospec.metadata import META, read_meta
from videospec.player_events import NOTHING_SEEN, PLAIN, PlayerEvent, Report, Snapshot
from videospec.plugins import find_adapter, is_wanted, no_adapter, unknown_adapter
from videospec.present import Present
from videospec.session import Session
from videospec.settings import DEFAULTS, Settings
from videospec.slot import NOT_GONE, Gone, Slot, restored
from videospec.tally import Refusal, Tally
from videospec.tracks import Track

_MOST_GAPS: Final = 64
_NOTHING: Final[list[Track]] = []  # never handed out: what a caller gets is the caller's to change
_NO_TICK: Final = (*UNREADABLE, TypeError, UnicodeEncodeError)  # the last two: of a host that hands on what is no line
_SWEEP_MS: Final = 60_000
_MOST_GONE: Final = 50_000
_TRACED: Final = 10  # failures of which the log has a traceback; the rest are told as refusals
_MOST_UNKNOWN: Final = 10_000
_UNKNOWN: Final = object()
_log = logging.getLogger(__name__)

HeardAs = Callable[[Session, float, str, str, Snapshot, list[str]], None]


@define
class Sessions:
    """Takes lines of any number of sessions, mixed in any way, and returns their tracks as they become certain.

    `refused` hears of every line that is kept out; `heard` of every native event that said something (for timelines); what
    they raise comes out of the call. ValueError for settings that are for the commands alone, or an unknown adapter.
    """

    settings: Settings = DEFAULTS
    refused: Callable[[Refusal], None] | None = None
    heard: HeardAs | None = None
    tally: Tally = Factory(Tally)
    slots: dict[str, Slot] = Factory(dict)
    present: Present = Factory(Present)
    sweep_at: float = 0.0
    gone: dict[str, Gone] = Factory(dict)
    """Sessions that were closed lately."""

    def __attrs_post_init__(self) -> None:
        one = self.settings
        if one is not one.of_a_viewing():
            told = "destinations, accounts, overrides and override_function are for the commands"
            raise ValueError(f"{told}: in Python, Overriding makes tracks right for a destination")
        if one.adapter and find_adapter(one.adapter) is None:
            raise ValueError(unknown_adapter(one.adapter))

    def take(self, raw: bytes) -> list[Track]:
        """Hears one line of the log. Never raises for what is in it; a text is read as UTF-8."""
        return [track for tracks in self.run((raw,)) for track in tracks]

    def run(self, lines: Iterable[bytes]) -> Iterator[list[Track]]:
        """Hears lines, and yields tracks whenever some become certain."""
        slots, number = self.slots, self.tally.lines
        try:
            for raw in lines:
                number += 1
                try:
                    tick = decode_tick(raw)
                except _NO_TICK:
                    pass
                else:
                    slot = slots.get(tick.session)
                    # the tick path: a report that comes in order, on the same clock, and moves nothing but the playhead
                    if slot is not None and tick.seq == slot.next_seq:
                        m = tick.mono
                        same_clock = slot.by_mono == (m is not None)
                        if m is None:
                            m = tick.t
                        if same_clock and slot.last_m <= m < slot.until_m and slot.ticks.get(tick.type) == tick.src:
                            where = tick.state
                            if where is not None:
                                position = where.position
                                if position is not None and 0 <= position < slot.below and not where.seeking:
                                    slot.next_seq += 1
                                    slot.last_m = m
                                    slot.last_t = tick.t
                                    slot.position = position
                                    continue
                self.tally.lines = number
                tracks = self._read(raw)
                if tracks:
                    yield self._counted(tracks)
        finally:
            # one that was left half-way may be finished when others have gone on
            self.tally.lines = max(self.tally.lines, number)

    def close(self) -> Iterator[Track]:
        """The log is over: what waited is heard, and every session ends."""
        for session_id in list(self.slots):
            if session_id in self.slots:
                yield from self._counted(self._close(session_id))

    def tick(self, at: float) -> Iterator[Track]:
        """Lets time pass for all sessions, for hosts that read a clock: `at` (ms) is by that clock. A session's silence
        is counted from the first tick after its last line, so no clock need agree with another."""
        for slot in list(self.slots.values()):
            yield from self._counted(self._pass_time(slot, slot.silence(at)))

    def silent(self, session_id: str, seconds: float) -> list[Track]:
        """Tells a session that nothing has been heard of it for so long, by the host's clock. KeyError if it is not
        open."""
        return self._counted(self._pass_time(self.slots[session_id], seconds * 1000))

    def snapshot(self, session_id: str) -> bytes:
        """One session of the log with its order, clock and notes, as versioned JSON; of one that is over what keeps its ids
        from being said anew. KeyError if it is neither in `slots` nor in `gone`."""
        if session_id in self.slots:
            return self.slots[session_id].snapshot()
        return self.gone[session_id].snapshot()

    def restore(self, data: bytes) -> None:
        """Takes up a session that `snapshot` saved, in this process or another. ValueError if it is not one."""
        slot = restored(data)
        if isinstance(slot, Gone):
            self.gone[slot.gone] = slot
            return
        self.slots[slot.session.base] = slot
        self.present.newest = max(self.present.newest, slot.latest() + slot.skew)

    # -- one line --------------------------------------------------------------------------------------------------

    def _read(self, raw: Any) -> list[Track]:
        """A line that may say something: read in full."""
        if not isinstance(raw, bytes):
            raw = as_bytes(raw)
        try:
            line = read_line(raw)
        except Refused as refused:
            if raw.strip():
                return self._refuse(refused.reason, str(refused), raw)
            self.tally.blank += 1
            return _NOTHING
        slot = self.slots.get(line.session)
        begins = slot is None
        if slot is None:
            slot = self._open(line, raw)
            if slot is None:
                return _NOTHING
        if line.seq == slot.next_seq:
            slot.next_seq += 1
            tracks = self._hear(slot, line, raw, self.tally.lines)
            if slot.waiting:
                tracks = [*tracks, *self._catch_up(slot)]
        else:
            tracks = self._out_of_order(slot, line, raw)
        self.present.hear(slot, begins=begins)
        if self.present.newest > self.sweep_at:
            tracks = [*tracks, *self._sweep()]
        return tracks

    def _hear(self, slot: Slot, line: Line, raw: bytes, number: int) -> list[Track]:
        """A line whose turn it is."""
        if slot.position is not None:
            slot.settle()
        at = slot.clock(line.mono, line.t)
        rows = slot.adapter.rows.get(line.src)
        row: Any = _UNKNOWN if rows is None else rows.get(line.type, _UNKNOWN)
        seen = line.state
        tracks: list[Track] = []
        try:
            if row is TICK and seen is not None:
                tracks = slot.progress(at, seen)
            elif row in PLAIN and self.heard is None:
                tracks = slot.hear(row.kind, at, seen or NOTHING_SEEN)
            elif row is None or row is TICK or row is _UNKNOWN:
                tracks = self._nothing(slot, line, raw, at, number, known=row is not _UNKNOWN)
            else:
                for event in self._said(slot, line, at, row):
                    tracks += slot.feed(event)
        except Exception:
            # An adapter may be anybody's, and a fault of ours is not the viewer's: the session goes on without the line.
            if self.tally.refused["internal"] < _TRACED:
                _log.exception("line %d could not be heard", number)
            text = f"the {slot.adapter.name} adapter or the machine failed on {line.src} {line.type[:100]}: report it"
            self._refuse("internal", text, raw, number)
        slot.arm(at)
        return tracks

    def _said(self, slot: Slot, line: Line, at: float, row: Any) -> tuple[PlayerEvent, ...]:
        """What a native event says by its row, at least that it was heard."""
        seen = line.state or NOTHING_SEEN
        if isinstance(row, type):
            events: tuple[PlayerEvent, ...] = (row(at, seen),)
        else:
            memory = {} if slot.memory is None else slot.memory
            events = tuple(row(Heard(at, line.src, line.type, seen, bytes(line.data), memory)))
            slot.memory = memory or None
            if not events:
                return self._passed(slot, at)
        if self.heard is not None:
            self.heard(slot.session, at, line.src, line.type, seen, [event.kind for event in events])
        return events

    def _nothing(self, slot: Slot, line: Line, raw: bytes, at: float, number: int, *, known: bool) -> list[Track]:
        """A native event that says nothing; it still shows that the session lives."""
        if line.type == META:
            try:
                named, refused = read_meta(raw, at)
            except Refused as refusal:
                return self._refuse(refusal.reason, str(refusal), raw, number)
            for one in refused:
                self._refuse(one.reason, str(one), raw, number)
            return slot.feed(named)
        if not known and not slot.adapter.knows(line.src, line.type):
            key = (slot.adapter.name, line.src, line.type)
            if key in self.tally.unknown or len(self.tally.unknown) < _MOST_UNKNOWN:
                self.tally.unknown[key] += 1
        return [track for event in self._passed(slot, at) for track in slot.feed(event)]

    def _passed(self, slot: Slot, at: float) -> tuple[PlayerEvent, ...]:
        """A line without news: what time decided meanwhile is told with the next news, stamped the same."""
        session = slot.session
        if at < session.last_at + session.settings.idle * 1000 or session.state.playback == "idle":
            session.last_at = max(session.last_at, at)
            return ()
        return (Report(at, NOTHING_SEEN),)

    def _pass_time(self, slot: Slot, ms: float) -> list[Track]:
        """Nothing was heard of a session for so long."""
        slot.settle()
        tracks: list[Track] = []
        while slot.is_full(slot.last_t + ms):
            tracks += self._pass_over(slot)
        tracks += slot.session.tick(slot.latest() + ms)
        slot.arm(slot.session.last_at)
        return tracks

    # -- order -----------------------------------------------------------------------------------------------------

    def _out_of_order(self, slot: Slot, line: Line, raw: bytes) -> list[Track]:
        seq = line.seq
        if seq < slot.next_seq:
            # what is older than all gaps that are remembered may be of one that is not
            gaps = slot.gaps
            if any(start <= seq < end for start, end in gaps) or (len(gaps) > _MOST_GAPS and seq < gaps[0][0]):
                window = slot.session.settings.window
                text = f"seq {seq} of session {line.session!r} came after its gap was given up: raise window ({window:g} s)"
                return self._refuse("late", f"{text} or replay with --order any", raw)
            self.tally.duplicates += 1
            return _NOTHING
        slot.settle()
        if slot.waiting is not None and seq in slot.waiting.lines:
            self.tally.duplicates += 1
            return _NOTHING
        slot.wait(seq, self.tally.lines, raw, line.t)
        return self._pass_over(slot) if slot.is_full(line.t) else _NOTHING

    def _pass_over(self, slot: Slot) -> list[Track]:
        """The gap before the first waiting line is given up."""
        if slot.waiting is None:
            return _NOTHING
        first = min(slot.waiting.lines)
        slot.gaps = (*slot.gaps[-_MOST_GAPS:], (slot.next_seq, first))
        slot.next_seq = first
        return self._catch_up(slot)

    def _catch_up(self, slot: Slot) -> list[Track]:
        """Hears what waited and now is next."""
        tracks: list[Track] = []
        waiting = slot.waiting
        while waiting is not None and (kept := waiting.lines.pop(slot.next_seq, None)) is not None:
            slot.next_seq += 1
            number, _, raw = kept
            waiting.size -= len(raw)
            tracks += self._hear(slot, read_line(raw), raw, number)
        if waiting is not None and waiting.lines:
            _, waiting.since, _ = waiting.lines[min(waiting.lines)]
        else:
            slot.waiting = None
        return tracks

    # -- beginnings and ends ---------------------------------------------------------------------------------------

    def _open(self, line: Line, raw: bytes) -> Slot | None:
        settings = self.settings
        player = intern(line.player.partition("@")[0])
        if not is_wanted(player, settings.include, settings.exclude):
            self.tally.left_out += 1
            return None
        adapter = find_adapter(settings.adapter or player)
        if adapter is None:
            self._refuse("unknown-player", no_adapter(settings.adapter or player), raw)
            return None
        gone = self.gone.pop(line.session, NOT_GONE)
        slot = Slot(adapter, Session(base=line.session, player=player, settings=settings, number=gone.number))
        slot.next_seq, slot.last_t = gone.next_seq, line.t
        self.slots[line.session] = slot
        self.tally.sessions += 1
        return slot

    def end(self, session_id: str) -> list[Track]:
        """Ends one session of the log, for hosts that know that no more of it comes. KeyError if it is not open."""
        return self._counted(self._close(session_id))

    def _close(self, session_id: str) -> list[Track]:
        slot = self.slots.pop(session_id)
        slot.settle()
        tracks: list[Track] = []
        while slot.waiting:
            tracks += self._pass_over(slot)
        tracks = [*tracks, *slot.session.close()]
        # should it speak again it is another viewing: an id, once said, is never said anew
        session = slot.session
        self.gone[session_id] = Gone(session_id, session.number + (session.said > 0), slot.next_seq)
        if len(self.gone) > _MOST_GONE:
            self.gone.pop(next(iter(self.gone)))
        return tracks

    def _sweep(self) -> list[Track]:
        """Closes the sessions that the log has left behind. `linger` is the slack for logs whose sessions were not
        written in the order of their times."""
        self.sweep_at = self.present.newest + _SWEEP_MS
        limit = self.present.newest - (self.settings.idle + self.settings.linger) * 1000
        gone = [name for name, slot in self.slots.items() if slot.latest() + slot.skew < limit]
        tracks: list[Track] = []
        for session_id in gone:
            tracks += self._close(session_id)
        return tracks

    # -- counting --------------------------------------------------------------------------------------------------

    def _refuse(self, reason: str, text: str, raw: bytes, number: int | None = None) -> list[Track]:
        self.tally.refused[reason] += 1
        if self.refused is not None:
            self.refused(Refusal(number or self.tally.lines, reason, text, raw))
        return _NOTHING

    def _counted(self, tracks: list[Track]) -> list[Track]:
        self.tally.tracks += len(tracks)
        return tracks
