"""One viewing in one player: names, playheads and time around the finite machine.

Time is data. `feed` takes what the player said at a moment of the session's clock, `progress` a mere position report,
`tick` the news that time has passed; `due` is the next instant at which time alone changes something. Nothing here
reads a clock, so live, replay and a cluster say the same bytes.

What is told late is stamped early (a seek, a stall, a content start, an end). Tracks leave in time order, so while
something is held, what happened after it waits behind it in `queue`.

How an event is heard is in hearing.py, what a change of state is called and stamped in telling.py.
"""

from bisect import insort
from collections.abc import Callable
from functools import cache
from typing import Any, Final, Self

import msgspec

from videospec.hearing import HEAR
from videospec.machine import IDLE, OVER, State, rolls, turn
from videospec.names import Names
from videospec.player_events import NOTHING_SEEN, PlayerEvent, Snapshot
from videospec.settings import DEFAULTS, Settings
from videospec.telling import TELL, beat, heartbeat, quartile
from videospec.tracks import Track, iso, merged_context, message_id

NOTHING: Final[list[Track]] = []
NEVER: Final = 9e15
"""An instant (epoch ms) that does not come; finite, so that it survives JSON."""
SNAPSHOT_VERSION: Final = 1
# What is worth hearing when all is over: it names what a successor will show.
_STILL_HEARD: Final = frozenset({"named", "renditions", "live", "load"})
# What a player that is taken down says no more of, unless it is taken up again.
_REVIVES: Final = frozenset({"load", "play", "playing", "leave", "named"})
# Another source that loads after an end is waited for this many times the end's grace before the session is over.
_NEXT_IN_SIGHT = 10


class Playhead(msgspec.Struct, omit_defaults=True, gc=False):
    """Where an asset is: `position` seconds at the instant `at`, rolling by elapsed time x rate, never past `length`."""

    position: float = 0.0
    at: float = 0.0
    rate: float = 1.0
    length: float | None = None
    rolling: bool = False
    base: float = 0.0
    """What a player of stitched ads adds to this asset's position; reports have it taken off."""

    def value(self, at: float) -> float:
        """The position at an instant; before the last report it is reckoned back."""
        position = self.position + (at - self.at) / 1000 * self.rate if self.rolling else self.position
        if self.length is not None and position > self.length:
            return self.length
        return max(position, 0.0)

    def report(self, position: float, at: float) -> None:
        """A reported position wins."""
        self.position, self.at = position, at

    def roll(self, rolling: bool, at: float) -> None:
        """Starts or stops at an instant. A report later than that instant stays."""
        if self.rolling and not rolling and at > self.at:
            self.position, self.at = self.value(at), at
        elif rolling and not self.rolling and at > self.at:
            self.at = at
        self.rolling = rolling


class Draft(msgspec.Struct, gc=False):
    """A track without its number, waiting until nothing earlier can still be told."""

    at: float
    order: int
    event: str
    properties: dict[str, Any]


class Session(msgspec.Struct, kw_only=True, omit_defaults=True, gc=False):
    """One viewing. Build it with an id; feed it; when `over`, what follows belongs to `successor()`."""

    base: str
    player: str = "unknown"
    number: int = 1
    settings: Settings = DEFAULTS
    names: Names = msgspec.field(default_factory=Names)
    state: State = IDLE
    seen: Snapshot = msgspec.field(default_factory=Snapshot)
    content: Playhead = msgspec.field(default_factory=Playhead)
    ad: Playhead = msgspec.field(default_factory=Playhead)
    in_ad: bool = False
    queue: list[Draft] | None = None
    drafted: int = 0
    said: int = 0
    released_at: float = 0.0
    last_at: float = 0.0
    closed: bool = False
    goes_on: bool = False
    """Over, and the event that ended it begins the successor."""

    # when what is held began, and where
    play_at: float = 0.0
    pending_at: float = 0.0
    pending_position: float = 0.0
    pause_at: float = 0.0
    stall_at: float = 0.0
    stall_position: float = 0.0
    seek_at: float = 0.0
    seek_from: float = 0.0
    seek_to: float = 0.0
    seeked_at: float = 0.0
    rests: bool = False
    """The end came while paused."""
    seek_owed: bool = False
    """A seek was broken off by an interruption: its completion is told when playback resumes."""
    end_at: float = 0.0
    door_at: float = 0.0
    jump_at: float = 0.0
    drift_at: float = 0.0
    drift_position: float = 0.0
    beat_from: float | None = None
    beat_left: float = 0.0

    # what the player is known to show and offer
    renditions: dict[int, tuple[float, float | None]] | None = None
    shown_height: int | None = None
    shown_bitrate: float | None = None
    ad_height: int | None = None
    first_duration: float | None = None
    startup_ms: int | None = None
    load_source: str | None = None
    loaded_since: bool = False
    """Over, and another source was loaded since."""
    break_key: str = ""
    fault: str | None = None
    method: str | None = None

    # the tick path: until this instant and below this position, a report changes nothing but the playhead
    quick_until: float = 0.0
    quick_below: float = 0.0

    # -- what a user calls -----------------------------------------------------------------------------------------

    @property
    def id(self) -> str:
        """The session id that tracks carry: the log's, with `~2` … for each further viewing in it."""
        return self.base if self.number == 1 else f"{self.base}~{self.number}"

    @property
    def over(self) -> bool:
        """Whether nothing more will be said."""
        return self.closed or self.state.playback in OVER

    @property
    def due(self) -> float | None:
        """The next instant (epoch ms) at which time alone changes something; None if there is none."""
        if self.over or self.state.playback == "idle":
            return None
        timer = self._timer()
        idle = self.last_at + self.settings.idle * 1000
        return idle if timer is None else min(timer[0], idle)

    def feed(self, event: PlayerEvent) -> list[Track]:
        """Hears one event and returns what is now certain, in time order. An event may not go back in time: an
        earlier `at` counts as now."""
        return self.hear(event.kind, event.at, event.seen, event)

    def hear(self, kind: str, at: float, seen: Snapshot, event: PlayerEvent | None = None) -> list[Track]:
        """`feed` without an object, for the many kinds of event that have no fields of their own."""
        at = max(at, self.last_at)
        if self._advance(at, heard=True) and (self.state.door == "none" or kind in _REVIVES):
            if seen is not NOTHING_SEEN:
                self.seen = seen
                self.drift_at = 0.0
            HEAR[kind](self, event, at)
            self._beats(at)
            self._arm(at)
        elif kind in _STILL_HEARD:
            HEAR[kind](self, event, at)
        return self._drain()

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
        if self._advance(at, heard=True) and self.state.door == "none":
            self.seen = seen
            HEAR["progress"](self, None, at)
            self._beats(at)
            self._arm(at)
        return self._drain()

    def _only_beats(self, at: float, seen: Snapshot, position: float) -> list[Track]:
        """A report in a stretch in which nothing is held: heartbeats fall due, the playhead moves, no more."""
        interval = self.settings.heartbeat * 1000
        tracks = []
        quick_until = at + self.settings.idle * 1000
        if self.beat_from is not None:
            while (due := self.beat_from + self.beat_left) <= at:
                self.beat_from, self.beat_left = due, interval
                event, properties = beat(self, due)
                tracks.append(self._track(event, due, properties))
            quick_until = min(due, quick_until)
        playhead = self.ad if self.in_ad else self.content
        playhead.position, playhead.at = position - playhead.base, at
        self.seen, self.last_at, self.quick_until = seen, at, quick_until
        return tracks

    def tick(self, at: float) -> list[Track]:
        """Lets time pass without news. Says what time decides (a stall long enough, a seek settled, an end, a silence);
        a heartbeat waits for the next event, because a silence that ends the session has none."""
        if not self.over and at > self.last_at:
            self._advance(at, heard=False)
        return self._drain()

    def close(self) -> list[Track]:
        """The log stops here. Reading `abandoned` decides whether an open session is told to be interrupted."""
        if not self.over:
            if self.state.stall == "held":
                # too short to tell, and no word of its end will come
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
            shown_height=self.shown_height,
            shown_bitrate=self.shown_bitrate,
        )

    def snapshot(self) -> bytes:
        """All of it as versioned JSON. `Session.restore(session.snapshot())` goes on as if never stopped."""
        return msgspec.json.encode({"version": SNAPSHOT_VERSION, "session": self})

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

    def playback_position(self, at: float, content: float | None = None) -> float:
        """Seconds of contents and ads seen; `content` replaces where the content is."""
        ad = self.ad.value(at) if self.in_ad else 0.0
        return self.names.before + (self.content.value(at) if content is None else content) + self.names.ads_seen + ad

    def say(self, event: str, at: float, properties: dict[str, Any]) -> None:
        """Queues a track."""
        if self.queue is None:
            self.queue = [Draft(at, self.drafted, event, properties)]
        else:
            insort(self.queue, Draft(at, self.drafted, event, properties), key=_when)
        self.drafted += 1

    def turn(self, kind: str, at: float) -> None:
        """Moves the machine at an instant and tells what happened."""
        was = self.state
        now, moments, begun, rolled, rolling = _turned(was, kind)
        if now is was:
            return
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
            self.turn("settled", self.seeked_at)
            self._beats(at)

    def restart_beat(self, at: float) -> None:
        """The heartbeat's interval begins anew."""
        self.beat_left = self.settings.heartbeat * 1000
        if self.beat_from is not None:
            self.beat_from = at

    def finish(self, *, goes_on: bool = False) -> None:
        """The end that was waited for is certain."""
        self.turn("finished", self.end_at)
        self.goes_on = goes_on

    # -- time ------------------------------------------------------------------------------------------------------

    def _advance(self, at: float, *, heard: bool) -> bool:
        """Lets time pass up to `at`; False when the session is over and cannot hear."""
        if at < self.quick_until:
            # the tick path is open: nothing is held, no heartbeat is due, nobody has been silent
            if heard:
                self.last_at = at
            return True
        if self.over:
            return False
        if self.state.playback != "idle" and at - self.last_at >= self.settings.idle * 1000:
            self._until(self.last_at + self.settings.idle * 1000)
            if not self.over:
                self._silence(tell=True)
                self.goes_on = True
            return False
        self._until(at)
        if heard:
            self._beats(at)
            self.last_at = at
        return not self.over

    def _until(self, at: float) -> None:
        while (timer := self._timer()) is not None and timer[0] <= at:
            self.turn(timer[1], timer[2])
            self._beats(self.last_at)

    def _timer(self) -> tuple[float, str, float] | None:
        """The next thing that time decides: when, the machine's word, and the instant that it is stamped with."""
        state, settings = self.state, self.settings
        timers = []
        if state.playback == "pausing":
            timers.append((self.pause_at + settings.pause_settle * 1000, "paused", self.pause_at))
        if state.stall == "held":
            timers.append((self.stall_at + settings.stall_min * 1000, "stalled", self.stall_at))
        if state.seek == "settling":
            timers.append((self.seeked_at + settings.seek_settle * 1000, "settled", self.seeked_at))
        if state.playback == "ending" and state.brk == "none":
            grace = settings.end_grace * (_NEXT_IN_SIGHT if state.asset == "loading" else 1)
            timers.append((self.end_at + grace * 1000, "finished", self.end_at))
        if state.door == "held":
            timers.append((self.door_at + settings.end_grace * 1000, "left", self.door_at))
        return min(timers) if timers else None

    def _silence(self, *, tell: bool) -> None:
        self.method = "timeout"
        if tell or self.state.playback == "ending":
            self.turn("silence", self.last_at)
        self.closed, self.quick_until = True, 0.0

    def _beats(self, upto: float) -> None:
        """Heartbeats that fell due, each with the playhead of then. What is held may yet prove that none was due."""
        while (
            self.beat_from is not None
            and (at := self.beat_from + self.beat_left) <= upto
            and self.state.stall != "held"
            and self.state.door != "held"
        ):
            self.beat_from, self.beat_left = at, self.settings.heartbeat * 1000
            heartbeat(self, at)

    def _roll(self, now: State, at: float, rolled: bool, rolling: bool) -> None:
        self.content.roll(rolling and now.ad != "on", at)
        self.ad.roll(rolling and now.ad == "on", at)
        if rolled and not rolling and self.beat_from is not None:
            self.beat_left -= max(at - self.beat_from, 0.0)
            self.beat_from = None
        elif rolling and not rolled:
            self.beat_from = at

    def _arm(self, at: float) -> None:
        """How long and how far the tick path may go without asking."""
        state = self.state
        self.quick_until = 0.0
        if state.pod != "open" and state.ad != "on":
            return
        if state.stall != "none" or state.door != "none" or state.asset != "loaded" or state.playback == "pausing":
            return
        idle = at + self.settings.idle * 1000
        beat = NEVER if self.beat_from is None else self.beat_from + self.beat_left
        if state.ad == "on":
            self.quick_until, self.quick_below = min(beat, idle), quartile(self)
        elif state.pod == "open" and state.brk == "none" and state.seek == "none":
            self.quick_until, self.quick_below = min(beat, idle), NEVER

    # -- what leaves -----------------------------------------------------------------------------------------------

    def _barrier(self) -> float:
        """The earliest instant that something held may yet be stamped with."""
        state = self.state
        barrier = NEVER
        if self.over:
            return barrier
        if state.pod == "pending":
            barrier = self.pending_at
        if state.playback in ("pausing", "hushed"):
            barrier = min(barrier, self.pause_at)
        elif state.playback == "ending":
            barrier = min(barrier, self.end_at)
        if state.stall == "held":
            barrier = min(barrier, self.stall_at)
        if state.seek in ("moving", "settling"):
            barrier = min(barrier, self.seek_at)
        if state.door == "held":
            barrier = min(barrier, self.door_at)
        return barrier

    def _drain(self) -> list[Track]:
        queue = self.queue
        if queue is None:
            return NOTHING
        barrier = self._barrier()
        ready = 0
        while ready < len(queue) and queue[ready].at < barrier:
            ready += 1
        self.queue = queue[ready:] or None
        return [self._track(draft.event, draft.at, draft.properties) for draft in queue[:ready]]

    def _track(self, event: str, at: float, properties: dict[str, Any]) -> Track:
        """Numbers what is certain."""
        settings, names = self.settings, self.names
        self.released_at = max(self.released_at, at)
        user_id = settings.user_id or names.user_id
        anonymous_id = settings.anonymous_id or names.anonymous_id
        if user_id is None and anonymous_id is None:
            # Segment refuses a message that names nobody; a viewing is at least a viewer of its own.
            anonymous_id = self.base
        ordinal = self.said
        self.said = ordinal + 1
        context = names.context
        if settings.context is not None:
            context = merged_context(context, settings.context)
        return Track(
            event,
            message_id(settings.route, self.id, ordinal, settings.run),
            user_id,
            anonymous_id,
            iso(self.released_at),
            None if context is None else msgspec.Raw(context),
            settings.integrations,
            properties,
        )


@cache
def _turned(was: State, kind: str) -> tuple[State, tuple[str, ...], tuple[str, ...], bool, bool]:
    """The machine's turn, with what began to be held and whether the playhead rolled and rolls."""
    now, moments = turn(was, kind)
    begun = tuple(
        name
        for name, region, values, before in _BEGINS
        if getattr(now, region) in values
        and (getattr(was, region) not in values if before is None else getattr(was, region) in before)
    )
    return (was if now == was else now), moments, begun, rolls(was), rolls(now)


# What begins to be held when a region comes to a value (from one of the given, else from any other).
_BEGINS: Final[tuple[tuple[str, str, tuple[str, ...], tuple[str, ...] | None], ...]] = (
    ("pending", "pod", ("pending",), None),
    ("confirmed", "pod", ("open",), ("pending",)),
    ("pause", "playback", ("pausing", "hushed"), None),
    ("stall", "stall", ("held",), None),
    ("seek", "seek", ("moving",), ("none",)),
    ("seeked", "seek", ("settling",), None),
    ("end", "playback", ("ending",), None),
    ("door", "door", ("held",), None),
    ("rest", "playback", ("ending",), ("paused",)),
    ("rested", "playback", ("starting", "playing"), ("ending",)),
)


def _pending(s: Session, at: float) -> None:
    s.pending_at, s.pending_position = at, s.content.position


def _confirmed(s: Session, at: float) -> None:
    s.content.report(s.pending_position, s.pending_at)


def _stall(s: Session, at: float) -> None:
    s.stall_at, s.stall_position = at, s.seen.position or 0.0


def _rest(s: Session, at: float) -> None:
    s.rests = True


def _rested(s: Session, at: float) -> None:
    """An end came while paused (a seek to it); what goes on after it was never resumed by a press."""
    if s.rests:
        s.rests = False
        TELL["resumed"](s, at)


def _instant(name: str) -> Callable[[Session, float], None]:
    def begin(s: Session, at: float) -> None:
        setattr(s, name, at)

    return begin


BEGUN: Final[dict[str, Callable[[Session, float], None]]] = {
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
}


class _Saved(msgspec.Struct):
    version: int
    session: msgspec.Raw


def _when(draft: Draft) -> tuple[float, int]:
    return draft.at, draft.order
