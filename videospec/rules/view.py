"""What is known of one viewing while its messages go by: what is open, where its playheads are, where its time went."""

from collections.abc import Callable, Mapping
from typing import Final

from attrs import define, field

from videospec.rules.said import Said, number
from videospec.spec import events as e
from videospec.spec.readings import BY_DEFAULT

HEARTBEATS: Final = (e.CONTENT_PLAYING, e.AD_PLAYING)
_BEGUN: Final = frozenset({*HEARTBEATS, e.CONTENT_STARTED, e.AD_STARTED, e.PLAYBACK_RESUMED})
_FAMILY: Final = {name: event.family for name, event in e.EVENTS.items()}
ENDS_ADS: Final = (e.CONTENT_STARTED, e.AD_STARTED, e.PLAYBACK_COMPLETED)
"""What cannot be said while an ad plays, so that the ad is over."""
_PLAYED: Final = frozenset(name for name, family in _FAMILY.items() if family == "playback") - {e.PLAYBACK_STARTED}
LONGEST_GAP_MS: Final = 15_000
"""Playing time without a heartbeat that is a gap: half as much again as the page's ten seconds."""
_ROUNDING_S: Final = 1.0  # lengths are rounded, and messages come late


@define(eq=False)
class View:
    """One session. `line`s are those of the messages that opened what they are named for; 0: it is not open."""

    id: str
    readings: Mapping[str, str] = BY_DEFAULT
    """The readings of the spec by which its stream was made."""
    line: int = 0
    touched: int = 0
    """When its last message came, counted in messages of the stream."""
    at: float = 0.0
    event: str = ""
    """The last message that was taken."""
    started: int = 0
    start: Said | None = None
    ended: str = ""
    interrupted: int = 0
    live: bool = False
    """Whether its start, or a content that has started, is a livestream."""
    method: str = ""
    """What interrupted it last."""
    paused: int = 0
    stalled: int = 0
    seeking: int = 0
    content: Said | None = None
    """Content Started of the content pod that is open."""
    ad: Said | None = None
    """Ad Started of the ad that is open."""
    ad_began: float = 0.0  # `ad_ms` at its start
    broken_off: Said | None = None
    """Ad Started of an ad that the message at hand shows to be over, without an end and before its length."""
    contents: int = 0
    pod: tuple[str, float] | None = None
    """The ad pod that was last, and the place in it of its last ad."""
    quartile: float = 0
    cut_stall: int = 0
    cut_seek: int = 0
    """What was open when playback was interrupted: it may be completed once playback goes on."""
    seeks: int = 0
    """How many seek events so far, and interruptions: either may move the playheads anywhere."""
    sought: bool = False
    """Whether the last seek went where no content event has been since: a break or an end came of it."""
    was: tuple[object, float, int] | None = None
    """Asset, position and `seeks` of the last content event."""
    playback: tuple[float, int, int] | None = None
    """Position, `seeks` and `contents` of the last playback event."""
    ad_position: float = 0.0
    ads_seen: float = 0.0
    ads_since: float = 0.0
    """Seconds of ads since the last content event."""
    length: tuple[object, float] | None = None
    """Asset and total_length of the content that was last, as it was said first."""
    began: tuple[float, float, int] = (0.0, 0.0, 0)
    """Position of the last Content Started or Playing, and `played_ms` and `seeks` then."""
    completed: Said | None = None
    """A Content Completed whose position is short of its length: fine before a mid-roll or another content."""
    resumed: Said | None = None
    """A Resumed that waits for its heartbeat."""
    ids: set[str] = field(factory=set)
    seen: dict[str, int] = field(factory=dict)
    """The line on which each event was last."""
    unbeaten: float = 0.0
    """Milliseconds of playing since the last heartbeat, or since it began to play."""
    played_ms: float = 0.0
    paused_ms: float = 0.0
    stalled_ms: float = 0.0
    seeking_ms: float = 0.0
    ad_ms: float = 0.0

    @property
    def rolling(self) -> bool:
        """Whether something plays, as far as was said."""
        return not (self.paused or self.stalled or self.seeking or self.interrupted or self.ended) and bool(
            self.content or self.ad
        )

    @property
    def content_length(self) -> float | None:
        """The total_length of the content that was last, in seconds."""
        return None if self.length is None else self.length[1]

    @property
    def unnamed(self) -> int:
        """The line of the last playback event (Started apart) since a content was named by its start; 0 for none."""
        named = self.seen.get(e.CONTENT_STARTED, 0)
        return max((line for event, line in self.seen.items() if line > named and event in _PLAYED), default=0)

    def calm(self, it: Said) -> bool:
        """Whether a message comes after others of a session of which nothing stands, waits or is over, in its time, with an
        id that was not seen: then no rule that is not asked in calm (`Rule.calm`) is broken."""
        return not (
            self.paused
            or self.stalled
            or self.seeking
            or self.interrupted
            or self.ended
            or self.completed
            or self.resumed
            or not self.line
            or it.at < self.at
            or self.unbeaten > LONGEST_GAP_MS
            or it.id in self.ids
        )

    def advance(self, at: float) -> None:
        """Time passes, to the instant of the next message."""
        passed = at - self.at
        if not self.line or passed <= 0:
            self.at = max(self.at, at)
            return
        self.at = at
        if self.ended or self.interrupted:
            return
        if self.paused:
            self.paused_ms += passed
        elif self.seeking:
            self.seeking_ms += passed
        elif self.stalled:
            self.stalled_ms += passed
        elif self.ad is not None:
            self.ad_ms += passed
            self.unbeaten += passed
        elif self.content is not None:
            self.played_ms += passed
            self.unbeaten += passed

    def break_off(self) -> None:
        """The ad is over, as what comes next shows. One that had run its length was completed, and was not told to be."""
        length = None if self.ad is None else number(self.ad.get("total_length"))
        if length is None or self.ad_ms - self.ad_began < (length - _ROUNDING_S) * 1000:
            self.broken_off, self.ad = self.ad, None

    def take(self, it: Said) -> None:
        """A message, once the rules have seen it."""
        event = it.event
        self.seen[event] = it.line
        if (change := _CHANGES.get(event)) is not None:
            change(self, it)
        if event in _BEGUN or self.unbeaten > LONGEST_GAP_MS:
            self.unbeaten = 0.0
        if it.id is not None:
            self.ids.add(it.id)
        family = _FAMILY[event]
        if it.position is not None:
            if family == "playback":
                self.playback = (it.position, self.seeks, self.contents)
            elif family == "content":
                asset = it.properties.get("asset_id")
                self.was = (asset, it.position, self.seeks)
                self.ads_since = 0.0
                if self.length is None or self.length[0] != asset:
                    length = number(it.properties.get("total_length"))
                    if length is not None:
                        self.length = (asset, length)
            elif family == "ad":
                self.ad_position = it.position
        if event == e.PLAYBACK_INTERRUPTED or self.seeking:
            # what goes on may be loaded again; within a seek the playheads are on either side of it
            self.seeks += 1
        if family != "quality":
            self.event = event
        self.line = it.line


# -- what each event changes -------------------------------------------------------------------------------------------


def _started(view: View, it: Said) -> None:
    view.started, view.start, view.live = it.line, it, view.live or it.live


def _paused(view: View, it: Said) -> None:
    view.paused = it.line


def _resumed(view: View, it: Said) -> None:
    view.paused = view.interrupted = 0
    view.resumed = it if view.content or view.ad else None


def _buffer_started(view: View, it: Said) -> None:
    view.stalled = it.line


def _buffer_completed(view: View, it: Said) -> None:
    view.stalled = view.cut_stall = 0


def _seek_started(view: View, it: Said) -> None:
    view.seeking = it.line
    view.seeks += 1


def _seek_completed(view: View, it: Said) -> None:
    view.seeking = view.cut_seek = 0
    view.seeks += 1
    view.sought = True


def _interrupted(view: View, it: Said) -> None:
    view.interrupted, view.method = it.line, str(it.get("method"))
    view.cut_stall, view.cut_seek = view.stalled, view.seeking
    view.stalled = view.seeking = view.paused = 0


def _over(view: View, it: Said) -> None:
    view.ended = it.event


def _content_started(view: View, it: Said) -> None:
    view.sought = False
    view.content, view.live = it, view.live or it.live
    view.contents += 1
    _plays_from(view, it)


def _plays_from(view: View, it: Said) -> None:
    view.began = it.position or 0.0, view.played_ms, view.seeks


def _content_playing(view: View, it: Said) -> None:
    view.resumed = None
    _plays_from(view, it)
    # the heartbeat of a Resumed has played nothing yet
    view.sought = view.sought and view.event == e.PLAYBACK_RESUMED


def _content_completed(view: View, it: Said) -> None:
    view.content = None
    length = number(it.get("total_length"))
    if it.position is not None and length is not None and length - it.position > 1:
        view.completed = it


def _ad_started(view: View, it: Said) -> None:
    view.ad, view.quartile, view.ad_position, view.ad_began = it, 0, 0.0, view.ad_ms
    place = number(it.get("pod_position"))
    if place is not None:
        view.pod = (str(it.get("pod_id")), place)


def _ad_playing(view: View, it: Said) -> None:
    view.resumed = None
    view.quartile = number(it.properties.get("quartile")) or view.quartile


def _ad_over(view: View, it: Said) -> None:
    view.ad = None
    seen = view.ad_position if it.position is None else it.position
    view.ads_seen += seen
    view.ads_since += seen


_CHANGES: Final[dict[str, Callable[[View, Said], None]]] = {
    e.PLAYBACK_STARTED: _started,
    e.PLAYBACK_PAUSED: _paused,
    e.PLAYBACK_RESUMED: _resumed,
    e.PLAYBACK_BUFFER_STARTED: _buffer_started,
    e.PLAYBACK_BUFFER_COMPLETED: _buffer_completed,
    e.PLAYBACK_SEEK_STARTED: _seek_started,
    e.PLAYBACK_SEEK_COMPLETED: _seek_completed,
    e.PLAYBACK_INTERRUPTED: _interrupted,
    e.PLAYBACK_COMPLETED: _over,
    e.PLAYBACK_EXITED: _over,
    e.CONTENT_STARTED: _content_started,
    e.CONTENT_PLAYING: _content_playing,
    e.CONTENT_COMPLETED: _content_completed,
    e.AD_STARTED: _ad_started,
    e.AD_PLAYING: _ad_playing,
    e.AD_COMPLETED: _ad_over,
    e.AD_SKIPPED: _ad_over,
}
