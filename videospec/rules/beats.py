"""Heartbeats, the order of time, and ids that are told once."""

from typing import Final

from videospec.rules.rule import Rule, Told
from videospec.rules.said import Said
from videospec.rules.view import HEARTBEATS, LONGEST_GAP_MS, View
from videospec.spec import events as e

_AT_ONCE_MS: Final = 1000
# What an interruption left open ends where playback goes on.
_ENDS_WITH_IT: Final = (e.PLAYBACK_BUFFER_COMPLETED, e.PLAYBACK_SEEK_COMPLETED)


def _paused(view: View, it: Said) -> Told:
    return f"playback is paused since line {view.paused}" if view.paused else None


def _standing(view: View, it: Said) -> Told:
    if view.resumed is not None:
        return None  # the one that the page wants at once after Resumed, also of a viewer who resumes inside a seek
    if view.seeking:
        return f"the viewer seeks since line {view.seeking}"
    return f"playback stands since line {view.stalled}" if view.stalled else None


def _gap(view: View, it: Said) -> Told:
    if view.unbeaten <= LONGEST_GAP_MS:
        return None
    return f"{view.unbeaten / 1000:.1f} s were played without a heartbeat"


def _after_resumed(view: View, it: Said) -> Told:
    resumed = view.resumed
    if resumed is None or it.event in _ENDS_WITH_IT:
        return None
    view.resumed = None
    if it.event in HEARTBEATS and it.at - resumed.at <= _AT_ONCE_MS:
        return None
    return (
        resumed.line,
        f"no heartbeat follows at once; the next is {it.event} after {(it.at - resumed.at) / 1000:.1f} s",
    )


def _back(view: View, it: Said) -> Told:
    return f"its timestamp is {(view.at - it.at) / 1000:.3f} s before the one before it" if it.at < view.at else None


def _repeated(view: View, it: Said) -> Told:
    return f"messageId {it.id} was sent in this session already" if it.id in view.ids else None


RULES: Final = (
    Rule(
        "heartbeat.paused",
        "error",
        "video-content-playing",
        "Heartbeats stop with Paused; one that comes in a pause counts as watching.",
        "stop the heartbeat at Video Playback Paused until Video Playback Resumed",
        _paused,
        HEARTBEATS,
        calm=False,
    ),
    Rule(
        "heartbeat.standing",
        "warning",
        "video-content-playing",
        "A heartbeat says that something plays, and while it stalls or seeks nothing does.",
        "stop the heartbeat between Started and Completed of a stall or a seek",
        _standing,
        HEARTBEATS,
        calm=False,
    ),
    Rule(
        "heartbeat.cadence",
        "warning",
        "video-content-playing",
        "While something plays there is a heartbeat every ten seconds; where they are missing, watched time is missing.",
        "send Video Content Playing or Video Ad Playing every 10 s while it plays",
        _gap,
        calm=False,
    ),
    Rule(
        "heartbeat.resumed",
        "warning",
        "resuming-playback",
        "A heartbeat follows Video Playback Resumed at once, so that the new position is known.",
        "send Video Content Playing or Video Ad Playing right after Video Playback Resumed",
        _after_resumed,
        calm=False,
    ),
    Rule(
        "time.order",
        "error",
        "playback-events",
        "The page tells a playback as a sequence; messages out of their order open and close the wrong things.",
        "send the messages of a session in the order of their timestamps",
        _back,
        calm=False,
    ),
    Rule(
        "id.unique",
        "error",
        "playback-events",
        "Segment drops a message whose messageId it has seen, so the second of two different ones is lost.",
        "send a messageId of its own with each message",
        _repeated,
        calm=False,
    ),
)
