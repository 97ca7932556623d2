"""Seeks, jumps and loops: a seek is the viewer's, unless the player says so, is loading, or goes round."""

from typing import TYPE_CHECKING, Final

from videospec.hearing.loading import next_content
from videospec.hearing.playing import arrive, paused
from videospec.hearing.reports import at_length, is_apart, position_of
from videospec.player_events import PlayerEvent
from videospec.telling import NUDGE_S, prove

if TYPE_CHECKING:
    from videospec.session import Session

# A seek that starts this soon after the player's word of a jump is that jump.
_JUMP_MS: Final = 1000
# A seek that goes farther than this from where the player said that it went is not that jump.
_JUMPS_TO_S: Final = 2.0
# After the play of a live stream what was paused at may be gone: players go back into the window at once (video.js) or
# when they next look (Shaka looks every 250 ms).
_LEAPS_MS: Final = 500
# Frames that were on for so long were seen, though no report came yet: players report every 250 ms at best. What a player
# seeks by itself when it begins, it does at once.
_SEEN_MS: Final = 50
# A loop goes from the last second to the first half one.
_LOOP_FROM_S, _LOOP_TO_S = 1.0, 0.5


def jump(s: "Session", event: PlayerEvent | None, at: float) -> None:
    held = s.hold()
    held.jump_at = at
    # most players say it when the media clock shows already where they went
    held.jump_to = position_of(s) if s.seen.seeking else None


def jumped(s: "Session", at: float, where: float | None) -> bool:
    """Whether the player just said that it moves its own playhead there; it may take several seeks to get there."""
    held = s.held
    there = where is None or held.jump_to is None or abs(where - held.jump_to) <= _JUMPS_TO_S
    return there and (s.state.seek == "jumping" or (bool(held.jump_at) and at - held.jump_at <= _JUMP_MS))


def leaps(s: "Session", at: float, was_at: float, target: float | None) -> bool:
    """Whether a seek is the way back into a live window, which no player tells: after a pause, or out of a stall."""
    late = at - s.play_at <= _LEAPS_MS or s.state.stall == "said"
    return bool(s.names.livestream) and s.state.ad != "on" and target is not None and target > was_at and late


def loops(s: "Session", at: float, target: float | None) -> bool:
    # the player's own length, since the metadata's may be off by more than what is told apart here
    length = s.seen.duration or s.content.length
    return (
        s.state.playback == "playing"
        and s.state.pod == "open"
        and s.state.seek == "none"
        and s.content.length is not None
        and length is not None
        and length > _LOOP_FROM_S + _LOOP_TO_S
        and s.content.value(at) >= length - _LOOP_FROM_S
        and target is not None
        and target < _LOOP_TO_S
    )


def loop(s: "Session", at: float) -> None:
    """The content again from its start, without an end: reading `loop`."""
    at_length(s, at)
    s.turn("ended", at)
    if s.settings.loop == "replay":
        s.finish(goes_on=True)
        return
    index = s.names.index
    next_content(s, index, at)
    s.turn("play", at)


def reach(s: "Session", where: float) -> float:
    """How far the seek has gone; one to the position that was reported last goes nowhere, though the playhead rolled on."""
    return max(s.held.seek_reach, min(abs(where - s.held.seek_from), abs(where - s.held.seek_seen)))


def flushes(s: "Session", at: float, target: float | None) -> bool:
    """Whether a seek goes to where the last one of the scrub went, and the content still is: a player that flushes its
    buffer. When it did no more than that for long, the scrub was over before it, and what comes next is none of it."""
    held = s.held
    stays = target is not None and max(abs(target - held.seek_to), abs(target - s.playhead.reported)) <= NUDGE_S
    if s.state.seek == "settling":
        s.hold().stay_at = held.seeked_at if stays else 0.0
    elif s.state.seek == "moving" and held.stay_at and not stays:
        over = at - held.stay_at > s.settings.seek_settle * 1000
        if over:
            s.turn("seek_end", at)
            held.seeked_at = held.stay_at
            s.release(at)
        held.stay_at = 0.0
    return stays and s.state.seek in ("moving", "settling")


def seek_start(s: "Session", event: PlayerEvent | None, at: float) -> None:
    state, target = s.state, position_of(s)
    if state.asset == "loading" or state.playback in ("ending", "idle") or is_apart(s):
        # the return after a break, a reload, a rewind after the end; an ad that is elsewhere
        return
    if state.brk != "none" and state.ad != "on":
        return
    # a pause proves the content, though the seek that follows may yet swallow it
    paused(s)
    if s.state.pod == "pending" and s.state.stall == "none" and at - s.pending_at >= _SEEN_MS:
        prove(s, at)
    state = s.state
    playhead = s.playhead
    was_at = playhead.value(at)
    leapt = state.seek == "none" and leaps(s, at, was_at, target)
    if leapt:
        s.hold().jump_to = None  # where an earlier jump went tells nothing of this one
    if leapt or jumped(s, at, target):
        s.turn("jump", at)
        return
    if loops(s, at, target):
        loop(s, at)
        return
    held = s.hold()
    held.jump_at = 0.0
    if state.playback == "hushed" and at - held.pause_at <= s.settings.pause_settle * 1000:
        # a pause this soon before a seek is made by it, also where the seek before is still on the way
        held.pause_within = False
    if state.seek == "moving" and target is not None and held.seek_reach <= NUDGE_S < reach(s, target):
        # the one so far went nowhere: the player's, to which the viewer's does not belong
        s.turn("nudged", at)
    flush = flushes(s, at, target)
    if s.state.seek in ("none", "jumping"):
        held.stay_at = 0.0  # of a seek that was cut short
        held.seek_seen = playhead.reported
        held.seek_from, held.seek_reach = playhead.tell(at), 0.0
    if not flush:
        held.seek_to = playhead.value(at) if target is None else target
    held.seek_reach = reach(s, held.seek_to)
    s.turn("seek_start", at)
    if s.state.seek == "moving":
        held.seeked_at = at  # until the player is there: a break may come first


def seek_end(s: "Session", event: PlayerEvent | None, at: float) -> None:
    state, position = s.state, position_of(s)
    where = s.held.seek_to if position is None else position
    if state.seek == "settling" and state.stall == "held":
        # a push out of a stall that came after the seek
        s.playhead.report(where, at)
    elif state.seek in ("moving", "settling"):
        held = s.hold()
        held.seek_to = where
        held.seek_reach = reach(s, where)
        arrive(s, at, where)
    elif state.seek == "jumping":
        s.hold().jump_at = at
        s.content.report(where, at)
        s.turn("seek_end", at)
    elif (
        position is not None
        and state.pod == "open"
        and state.brk == "none"
        and state.asset == "loaded"
        and not jumped(s, at, where)
        and min(abs(where - s.content.value(at)), abs(where - s.content.reported)) > NUDGE_S
    ):
        # an end without a start is told as a pair; a player may report beyond the length, where no playhead goes
        held = s.hold()
        held.seek_from, held.seek_to = s.content.tell(at), where
        held.seek_reach = abs(where - held.seek_from)
        s.turn("seek_start", at)
        (s.content.move if s.state.seek == "moving" else s.content.report)(where, at)
        s.turn("seek_end", at)
