"""Playing, stalling, ending, breaking off: what of it is the viewer's and what is noise."""

from typing import TYPE_CHECKING, Final

from videospec.hearing import picture
from videospec.hearing.ads import ad_frame_at, break_end
from videospec.hearing.loading import next_content, other_by_length
from videospec.hearing.reports import at_length, height_of, learn_length, position_of, take_report
from videospec.player_events import Cut, Fault, LatePlay, PlayerEvent
from videospec.telling import NUDGE_S, cross_quartiles, prove

if TYPE_CHECKING:
    from videospec.session import Session

# A playhead that moved less than this did not move (players report a position with jitter at a pause).
_MOVED_S: Final = 0.001
# A stall is over when the playhead moved by more than this.
_FLOWS_S: Final = 0.2
# Buffering this close to the end is the end.
_AT_END_S: Final = 0.3
# Positions that move this far, for at least this long, are playback even when the player did not say `playing`.
_DRIFT_S, _DRIFT_FOR_S, _FASTEST = 0.5, 0.4, 4


def stood(s: "Session", at: float) -> None:
    """What stood goes on. When it stood for long since a seek, no other one is to come of that scrub."""
    if s.state.seek == "settling" and s.state.stall == "held" and at - s.held.stall_at >= s.settings.stall_min * 1000:
        s.release(at)


def paused(s: "Session") -> None:
    """A pause that is certain is the viewer's, so it proves the content."""
    if s.state.playback == "pausing" and s.state.pod == "pending":
        prove(s, s.held.pause_at)


def frames(s: "Session", at: float, position: float | None) -> None:
    """Frames move: of the announced ad, else of the content."""
    stood(s, at)
    paused(s)
    state = s.state
    if state.ad == "announced":
        ad_frame_at(s, at, position)
    elif state.ad != "on" and position is not None and state.seek != "moving" and not s.seen.seeking:
        s.content.report(position, at)
        if s.seen.rate and 0 < s.seen.rate < 100:
            s.content.rate = s.seen.rate
    if s.startup_ms is None:
        s.startup_ms = 0 if state.playback == "idle" else int(at - s.play_at)
    between = picture.is_between(s)
    s.turn("playing", at)
    if between:
        picture.shown(s, at)
    elif s.shown_height is None and not s.in_ad:
        s.shown_height = height_of(s)
    take_report(s, at)


def after_the_end(s: "Session", at: float) -> None:
    """A play after an end: the next content if another source was loaded, else a replay, which is a new session."""
    following = s.names.follows(s.load_source) if s.state.asset == "loading" else None
    if following is None:
        s.finish(goes_on=True)
        return
    next_content(s, following, at)
    s.turn("play", at)


def let_go(s: "Session", at: float) -> bool:
    """Whether a play so soon after a seek is the end of the pause that its seek bar made while it was held."""
    state, held = s.state, s.held
    return (
        state.playback == "hushed"
        and state.seek == "settling"
        and not held.pause_within
        and at - held.seeked_at <= s.settings.pause_settle * 1000
    )


def play(s: "Session", event: PlayerEvent | None, at: float) -> None:
    state = s.state
    if state.playback == "ending":
        if state.brk == "none":
            after_the_end(s, at)
        return
    if state.playback == "cut" and at == s.play_at:
        # the same press again, of a session that a fatal error had doomed
        return
    barred, again = let_go(s, at), state.playback == "playing"
    word = "let_go" if again or (barred and s.held.pause_with) else "play"
    if not (barred or again):
        s.release(at)
    paused(s)
    if state.playback == "idle" and state.brk == "none" and (position := position_of(s)) is not None:
        s.content.report(position, at)
        s.content.length = s.names.bound
    if state.playback == "cut" and state.asset == "loading" and (position := position_of(s)) is not None:
        # what loads after a fatal error begins where the player says
        s.content.move(position, at)
    take_report(s, at)
    if s.startup_ms is not None:
        s.play_at = at
    # what was asked for first is the first that is said, so it may be stamped early
    s.turn(word, event.since if isinstance(event, LatePlay) and state.playback == "idle" else at)
    fault, s.fault = s.fault, None
    if fault is not None and state.playback == "idle":  # what plays already has got over it
        s.method = fault
        s.turn("fault", at)


def playing(s: "Session", event: PlayerEvent | None, at: float) -> None:
    if s.seen.seeking and s.state.asset == "loading" and s.state.brk == "none":
        # the player seeks in what it loads, and says `playing` again when it is there
        return
    if s.state.brk == "announced" and s.state.ad == "none":
        # the content goes on: no ad came of the announcement
        break_end(s, event, at)
    if s.state.playback == "ending" and s.state.brk == "none":
        after_the_end(s, at)
        if s.over:
            return
    rolling(s, at, position_of(s))


def rolling(s: "Session", at: float, position: float | None) -> None:
    """Frames move, perhaps of a source that was loading."""
    state = s.state
    loading = state.playback == "playing" and state.asset == "loading" and state.pod != "pending"
    if state.brk == "none" and (loading or (state.playback == "starting" and s.number > 1)):
        other_by_length(s, at)
    if s.state.seek == "moving" and s.state.asset == "loading":
        # what was sought in is gone
        s.turn("seek_end", at)
    frames(s, at, position)


def pause(s: "Session", event: PlayerEvent | None, at: float) -> None:
    state, held = s.state, s.held
    # made together with a seek, it may be a seek bar's, or that of a key which is one: the scrub may go on
    join_at = held.join_at if state.seek == "moving" else 0.0
    if state.seek == "settling" and s.seen.seeking:
        join_at = held.join_at or held.seek_at
    s.release(at)
    take_report(s, at)
    s.turn("pause", at)
    if state.playback != s.state.playback:
        held = s.hold()
        held.join_at, held.pause_within, held.pause_with = join_at, state.seek == "moving", s.seen.seeking is True


def waiting(s: "Session", event: PlayerEvent | None, at: float) -> None:
    take_report(s, at)
    playhead = s.playhead
    if s.state.seek == "jumping":
        # as in a viewer's seek; a stall that the player jumps out of was there before
        return
    if s.seen.ended or (playhead.length is not None and playhead.value(at) >= playhead.length - _AT_END_S):
        return
    if s.seen.seeking and s.state.seek in ("none", "settling"):
        # a seek that has begun, of which the player has yet to say so, or one in an ad
        return
    if s.state.seek == "settling" and not is_past(s, s.held.seek_to):
        # the seek itself buffers on
        return
    s.turn("waiting", at)


def is_past(s: "Session", where: float) -> bool:
    """Whether the player reports that the content has played on from there."""
    position = position_of(s)
    return position is not None and position - where > _FLOWS_S


def flowing(s: "Session", event: PlayerEvent | None, at: float) -> None:
    stood(s, at)
    take_report(s, at)
    s.turn("flowing", at)


def progress(s: "Session", event: PlayerEvent | None, at: float) -> None:
    state, position = s.state, position_of(s)
    if position is None or s.seen.seeking:
        return
    if state.stall != "none" and abs(position - s.held.stall_position) > _FLOWS_S:
        stood(s, at)
        s.turn("flowing", at)
        state = s.state
    if state.seek == "moving" and state.asset == "loaded" and is_there(s, at, position):
        arrive(s, at, position)
        state = s.state
    if state.pod == "pending" and state.asset == "loaded":
        if position > s.pending_position + _MOVED_S:
            s.turn("moved", s.pending_at)
        elif position < s.pending_position:
            s.pending_position = position  # the player went back by itself
    elif state.brk == "none" and (state.pod == "shut" or state.asset == "loading"):
        drift(s, at, position)
    take_report(s, at)
    if (
        s.in_ad
        and state.playback == "playing"
        and state.seek != "moving"
        and s.names.ad is not None
        and s.names.ad.length
    ):
        cross_quartiles(s, at, int(min(s.ad.position / s.names.ad.length, 1) * 4))


def arrive(s: "Session", at: float, where: float) -> None:
    """The player is where a seek goes."""
    held = s.hold()
    held.stay_at = 0.0
    # a seek bar that is pressed again at the content's very beginning goes on with its scrub
    sought = held.seek_reach > NUDGE_S or held.join_at > 0
    playhead = s.playhead
    (playhead.move if sought else playhead.report)(where, at)
    if s.state.seek == "settling":
        held.seeked_at = at
    s.turn("seek_end" if sought else "nudged", at)


def is_there(s: "Session", at: float, position: float) -> bool:
    """Whether the content has played on from where a seek goes, in the time that there was: that it arrived was lost."""
    moved, elapsed = position - s.held.seek_to, (at - s.held.seek_at) / 1000
    return s.seen.seeking is False and _FLOWS_S < moved <= elapsed * s.playhead.rate + _FLOWS_S


def drift(s: "Session", at: float, position: float) -> None:
    """Positions that go on without a `playing`: stitched ads end so, and logs that begin in the middle."""
    since, where = s.held.drift_at, s.held.drift_position
    moved, elapsed = position - where, (at - since) / 1000
    if s.seen.paused or s.seen.ended or s.state.playback in ("ending", "cut", "paused", "pausing"):
        if since:
            s.held.drift_at = 0.0
    elif not since or elapsed >= s.settings.idle or not 0 <= moved <= elapsed * _FASTEST + _DRIFT_S:
        held = s.hold()
        held.drift_at, held.drift_position = at, position
    elif moved >= _DRIFT_S and elapsed >= _DRIFT_FOR_S:
        s.held.drift_at = 0.0
        rolling(s, max(since, s.released_at), where)
        s.turn("moved", s.pending_at)
        s.beats(at)  # before the position of now is taken: theirs are of the way here


def ended(s: "Session", event: PlayerEvent | None, at: float) -> None:
    state = s.state
    if state.brk != "none" or state.playback in ("idle", "ending", "cut"):
        return
    if state.playback == "hushed" and s.held.pause_with and not s.held.pause_within:
        # a seek bar that is held all the way to the end
        s.turn("let_go", at)
    s.release(at)
    if state.pod == "pending":
        prove(s, at)
    if state.seek == "moving":
        s.hold().seeked_at = at
    learn_length(s)
    position = position_of(s)
    if position:
        s.content.report(position, at)
    at_length(s, at)
    s.turn("ended", at)
    s.load_source = None


def fault(s: "Session", event: Fault, at: float) -> None:
    code = "unknown" if event.code is None or event.code == "" else str(event.code)
    method = event.method or f"error:{code}"
    if s.state.playback == "idle":
        s.fault = method
        s.turn("doom", at)
        return
    s.release(at)
    s.method = method
    s.turn("fault", at)


def cut(s: "Session", event: Cut, at: float) -> None:
    s.release(at)
    s.method = event.method
    s.turn("fault", at)
