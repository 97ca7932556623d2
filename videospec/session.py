"""One viewing in one player: names, playheads and time around the finite machine.

Time is data. `feed` takes what the player said at a moment of the session's clock, `progress` a mere position report,
`tick` the news that time has passed; `due` is the next instant at which time alone changes something. Nothing here
reads a clock, so live, replay and a cluster say the same bytes.

What is told late is stamped early (a seek, a stall, a content start, an end). Tracks leave in time order, so while
something is held, what happened after it waits behind it in `queue`.

How an event is heard is in hearing.py, what a change of state is called and stamped in telling.py.
"""

import re
from bisect import insort
from operator import attrgetter
from typing import Any, Final, Self

import msgspec
from msgspec.structs import replace

from videospec.drafts import Draft, numbered
from videospec.hearing import HEAR
from videospec.holding import BEGUN, NEVER, NOTHING_HELD, Held, barrier, holds, interval_ms, steady, timer, turned
from videospec.machine import IDLE, OVER, State
from videospec.names import Names
from videospec.player_events import NOTHING_SEEN, PlayerEvent, Snapshot
from videospec.playhead import NO_AD, Playhead
from videospec.settings import DEFAULTS, Settings
from videospec.telling import TELL, beat, heartbeat, prove
from videospec.tracks import Track

SNAPSHOT_VERSION: Final = 1
# What is worth hearing when all is over: it names what a successor will show.
_STILL_HEARD: Final = frozenset({"named", "renditions", "live", "load"})
# What a player that is taken down says no more of, unless it is taken up again.
_REVIVES: Final = frozenset({"load", "play", "playing", "leave", "named"})


class Session(msgspec.Struct, kw_only=True, omit_defaults=True, gc=False):
    """One viewing. Build it with the log's session id; feed it; when `over`, what follows belongs to `successor()`.
    Tracks carry its `id`: the log's, with `~2` … for each further viewing in it."""

    base: str
    player: str = "unknown"
    number: int = 1
    id: str = ""

    settings: Settings = DEFAULTS
    names: Names = msgspec.field(default_factory=Names)
    state: State = IDLE
    seen: Snapshot = msgspec.field(default_factory=Snapshot)
    content: Playhead = msgspec.field(default_factory=Playhead)
    ad: Playhead = NO_AD
    in_ad: bool = False
    queue: list[Draft] | None = None
    said: int = 0
    released_at: float = 0.0
    last_at: float = 0.0
    closed: bool = False
    goes_on: bool = False  # over, and the event that ended it begins the successor

    # when what is told later began, and where
    play_at: float = 0.0
    pending_at: float = 0.0
    pending_position: float = 0.0
    held: Held = NOTHING_HELD
    beat_due: float | None = None  # when the next heartbeat falls due; None while nothing rolls
    beat_left: float = 0.0  # ms to it, when rolling began

    # what the player is known to show and offer
    renditions: dict[int, tuple[float, float | None]] | None = None
    shown_height: int | None = None
    shown_bitrate: float | None = None
    first_duration: float | None = None
    startup_ms: int | None = None
    load_source: str | None = None
    loaded_since: bool = False  # over, and another source was loaded since
    break_key: str = ""
    fault: str | None = None
    method: str | None = None

    # the tick path: until this instant and below this position, a report changes nothing but the playhead
    quick_until: float = 0.0
    quick_below: float = 0.0

    # -- what a user calls -----------------------------------------------------------------------------------------

    def __post_init__(self) -> None:
        if not self.id:
            alone = self.number == 1 and not ("~" in self.base and _NUMBERED.search(self.base))
            self.id = self.base if alone else f"{self.base}~{self.number}"

    @property
    def over(self) -> bool:
        """Whether nothing more will be said."""
        return self.closed or self.state.playback in OVER

    @property
    def playhead(self) -> Playhead:
        """Of what is on: the ad, else the content."""
        return self.ad if self.in_ad else self.content

    @property
    def due(self) -> float | None:
        """The next instant (epoch ms) at which time alone changes something; None if there is none."""
        if self.over or self.state.playback == "idle":
            return None
        first = timer(self)
        idle = self.last_at + self.settings.idle * 1000
        return idle if first is None else min(first[0], idle)

    def feed(self, event: PlayerEvent) -> list[Track]:
        """Hears one event and returns what is now certain, in time order. An event may not go back in time: an
        earlier `at` counts as now."""
        return self.hear(event.kind, event.at, event.seen, event)

    def hear(self, kind: str, at: float, seen: Snapshot, event: PlayerEvent | None = None) -> list[Track]:
        """`feed` without an object, for the many kinds of event that have no fields of their own."""
        if not at >= self.last_at:  # nor is what is no number
            at = self.last_at
        if at < self.quick_until:  # the tick path is open: nothing is held or due, nobody has been silent
            self.last_at, awake = at, True
        else:
            awake = self._advance(at, heard=True)
        if awake and (self.state.door != "held" or kind in _REVIVES):
            if seen is not NOTHING_SEEN:
                self.seen = seen
                if self.held.drift_at:
                    self.held.drift_at = 0.0  # whoever says what it does is not drifting
            HEAR[kind](self, event, at)
            if self.beat_due is not None and self.beat_due <= at:
                self.beats(at)
            self.quick_until, self.quick_below = steady(self, at)
        elif kind in _STILL_HEARD:
            HEAR[kind](self, event, at)
        return [] if self.queue is None else self._drain()

    def progress(self, at: float, seen: Snapshot) -> list[Track]:
        """Hears a position report. The tick path in slot.py calls this only when a report may change more than the
        playhead: most often because a heartbeat is due."""
        position = seen.position
        if (
            self.quick_until
            and self.queue is None
            and position is not None
            and 0 <= position < self.quick_below
            and not seen.seeking
            and self.last_at <= at < self.last_at + self.settings.idle * 1000
        ):
            return self._only_beats(at, seen, position)
        at = max(at, self.last_at)
        if self._advance(at, heard=True) and self.state.door != "held":
            self.seen = seen
            HEAR["progress"](self, None, at)
            self.beats(at)
            self.quick_until, self.quick_below = steady(self, at)
        return [] if self.queue is None else self._drain()

    def _only_beats(self, at: float, seen: Snapshot, position: float) -> list[Track]:
        """A report in a stretch in which nothing is held: heartbeats fall due, the playhead moves, no more."""
        interval = interval_ms(self.settings.heartbeat)
        tracks = []
        quick_until = at + self.settings.idle * 1000
        if (due := self.beat_due) is not None:
            while due <= at:
                event, properties = beat(self, due)
                tracks.append(numbered(self, event, due, properties))
                due, self.beat_left = due + interval, interval
            self.beat_due = due
            quick_until = min(due, quick_until)
        self.playhead.hear(position, at)
        # as on the tick path, whichever way the report came; an event's own snapshot is not ours to change
        self.seen = seen if at >= self.quick_until else replace(self.seen, position=position)
        self.last_at, self.quick_until = at, quick_until
        return tracks

    def tick(self, at: float) -> list[Track]:
        """Lets time pass without news. Says what time decides (a stall long enough, a seek settled, an end, a silence);
        a heartbeat waits for the next event, because a silence that ends the session has none."""
        if not self.over and at > self.last_at:
            self._advance(at, heard=False)
        return self._drain()

    def close(self) -> list[Track]:
        """The log stops here. Reading `abandoned` says what becomes of an open session."""
        if not self.over:
            self._until(self.last_at)
            if self.state.stall == "held":  # too short to tell, and no word of its end will come
                self.turn("flowing", self.last_at)
            self._until(NEVER)
            if not self.over and self.state.playback != "idle":
                self._silence(tell=self.settings.abandoned == "timeout")
            self.closed = True
        return self._drain()

    def successor(self) -> "Session":
        """The next viewing of the same log session: same names and player, nothing said yet."""
        names = self.names
        following = names.follows(self.load_source) if self.loaded_since else None
        return Session(
            base=self.base,
            player=self.player,
            number=self.number + 1,
            settings=self.settings,
            names=names.afresh(following, self.load_source),
            seen=self.seen,
            last_at=self.last_at,
            renditions=self.renditions,
            shown_height=self.shown_height if following is None else None,
            shown_bitrate=self.shown_bitrate if following is None else None,
        )

    def snapshot(self) -> bytes:
        """All of it as versioned JSON. `Session.restore(session.snapshot())` goes on as if never stopped."""
        kept = replace(self, settings=self.settings.of_a_viewing())
        return msgspec.json.encode({"version": SNAPSHOT_VERSION, "session": kept})

    @classmethod
    def restore(cls, data: bytes) -> Self:
        """The session that `snapshot` saved. ValueError if the bytes are not a snapshot of this version."""
        try:
            saved = msgspec.json.decode(data, type=_Saved)
            if saved.version != SNAPSHOT_VERSION:
                raise ValueError(f"snapshot version {saved.version}: this videospec reads version {SNAPSHOT_VERSION}")
            return msgspec.json.decode(saved.session, type=cls)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise ValueError(f"not a session snapshot: {error}") from error

    # -- what hearing and telling use ------------------------------------------------------------------------------

    def hold(self) -> Held:
        """What is held, to be written."""
        if self.held is NOTHING_HELD:
            self.held = Held()
        return self.held

    def say(self, event: str, at: float, properties: dict[str, Any]) -> None:
        """Queues a track."""
        draft = Draft(at, event, properties)
        if self.queue is None:
            self.queue = [draft]
        elif at >= self.queue[-1].at:
            self.queue.append(draft)
        else:
            insort(self.queue, draft, key=attrgetter("at"))

    def turn(self, kind: str, at: float) -> None:
        """Moves the machine at an instant and tells what happened."""
        was = self.state
        now, moments, begun, rolled, rolling = turned(was, kind)
        if now is was:
            return
        if rolled and not rolling:
            self.beats(at, certain=True)
        self.state, self.quick_until = now, 0.0
        for name in begun:
            BEGUN[name](self, at)
        if rolled or rolling:
            self._roll(now, at, rolled, rolling)
        for moment in moments:
            TELL[moment](self, at)

    def release(self, at: float) -> None:
        """Ends the wait for another seek: what follows shows that none comes."""
        if self.state.seek == "settling":
            self.turn("settled", max(self.held.seeked_at, self.play_at))
            self.beats(at)
            self._until(at)

    def restart_beat(self, at: float) -> None:
        """The heartbeat's interval begins anew."""
        self.beat_left = interval_ms(self.settings.heartbeat)
        if self.beat_due is not None:
            self.beat_due = at + self.beat_left

    def finish(self, *, goes_on: bool = False) -> None:
        """The end that was waited for is certain."""
        self.turn("finished", self.held.end_at)
        self.goes_on = goes_on

    # -- time ------------------------------------------------------------------------------------------------------

    def _advance(self, at: float, *, heard: bool) -> bool:
        """Lets time pass up to `at`; False when the session is over and cannot hear."""
        if self.over:
            return False
        if at - self.last_at >= self.settings.idle * 1000 and self.state.playback != "idle":
            self._until(self.last_at + self.settings.idle * 1000)
            if not self.over:
                self._silence(tell=True)
                self.goes_on = True
            return False
        if held := holds(self.state):
            self._until(at)
        if heard:
            if self.beat_due is not None:
                self.beats(at)
            self.last_at = at
        return not (held and self.over)

    def _until(self, at: float) -> None:
        while (next_ := timer(self)) is not None and next_[0] <= at:
            if self.state.pod == "pending":
                prove(self, next_[2])
            self.turn(next_[1], next_[2])
            self.beats(self.last_at)

    def _silence(self, *, tell: bool) -> None:
        self.method = "timeout"
        if tell or self.state.playback == "ending":
            self.turn("silence", self.last_at)
        self.closed, self.quick_until = True, 0.0

    def beats(self, upto: float, *, certain: bool = False) -> None:
        """Heartbeats that fell due, each with the playhead of then. What is held may yet prove that none was due."""
        if certain or (self.state.stall != "held" and self.state.door != "held"):
            while (at := self.beat_due) is not None and at <= upto:
                self.beat_left = interval_ms(self.settings.heartbeat)
                self.beat_due = at + self.beat_left
                heartbeat(self, at)

    def _roll(self, now: State, at: float, rolled: bool, rolling: bool) -> None:
        self.content.roll(rolling and now.ad != "on", at)
        if self.ad is not NO_AD:
            self.ad.roll(rolling and now.ad == "on", at)
        if rolled and not rolling and self.beat_due is not None:
            self.beat_left, self.beat_due = min(self.beat_due - at, self.beat_left), None
        elif rolling and not rolled:
            self.beat_due = at + self.beat_left

    # -- what leaves -----------------------------------------------------------------------------------------------

    def _drain(self) -> list[Track]:
        if self.queue is None:
            return []
        certain, self.queue = self.queue, None
        if holds(self.state):
            held = barrier(self)
            count = sum(draft.at < held for draft in certain)  # the queue is in the order of time
            certain, self.queue = certain[:count], certain[count:] or None
        return [numbered(self, draft.event, draft.at, draft.properties) for draft in certain]


# A log's own id that looks like a further viewing is numbered from the first, so that it is nobody else's.
_NUMBERED: Final = re.compile(r"~\d+$")


class _Saved(msgspec.Struct):
    version: int
    session: msgspec.Raw
