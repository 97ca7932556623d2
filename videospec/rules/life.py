"""How a session begins, goes on and ends."""

from typing import Final

from videospec.rules.rule import Rule, Told
from videospec.rules.said import Said
from videospec.rules.view import View
from videospec.spec import events as e

_AFTER_INTERRUPTED: Final = (e.PLAYBACK_RESUMED, e.PLAYBACK_COMPLETED, e.PLAYBACK_EXITED, e.QUALITY_UPDATED)


def _session_id(view: View, it: Said) -> Told:
    return None if it.session or it.event == e.QUALITY_UPDATED else "no session_id: it belongs to no viewing"


def _started_first(view: View, it: Said) -> Told:
    if view.line or it.event in (e.PLAYBACK_STARTED, e.QUALITY_UPDATED) or not it.session:
        return None
    return f"the session begins with {it.event}"


def _started_once(view: View, it: Said) -> Told:
    return f"the session was started at line {view.started} already" if view.started else None


def _after_end(view: View, it: Said) -> Told:
    return f"said after {view.ended}" if view.ended else None


def _after_interrupted(view: View, it: Said) -> Told:
    if view.interrupted and not view.ended and it.event not in _AFTER_INTERRUPTED:
        return f"playback stands since it was interrupted at line {view.interrupted}, and nothing says that it goes on"
    return None


def _ends(view: View) -> Told:
    return (
        None if view.ended or view.interrupted or not view.id else "the session stops after this, and nothing ends it"
    )


def _method(view: View, it: Said) -> Told:
    return None if it.get("method") else "nothing says what interrupted playback"


def _open_at_end(view: View, it: Said) -> Told:
    left = {
        "the content": view.content is not None,
        "an ad": view.ad is not None,
        "a stall": bool(view.stalled),
        "a seek": bool(view.seeking),
        # a viewer who pauses and then seeks to the end has seen it, and presses nothing more
        "a pause": bool(view.paused) and not view.sought,
    }
    still = [name for name, open_ in left.items() if open_]
    return (
        f"playback is completed while {' and '.join(still)} {'is' if len(still) == 1 else 'are'} open"
        if still
        else None
    )


def _unnamed(view: View, it: Said) -> Told:
    named = view.start.get("content_asset_ids") if view.start is not None else None
    if not isinstance(named, list) or it.get("asset_id") is None or it.get("asset_id") in named:
        return None
    return f"content {it.get('asset_id')} is not among the content_asset_ids of Video Playback Started"


RULES: Final = (
    Rule(
        "life.session-id",
        "error",
        "playback-event-object",
        "One session_id ties together all that is told of one playback; an event without it counts for nothing.",
        "send the session_id of Video Playback Started on every event",
        _session_id,
    ),
    Rule(
        "life.started-first",
        "error",
        "video-playback-started",
        "Destinations open their view on Video Playback Started and drop what comes before it.",
        "send Video Playback Started before anything else of a session",
        _started_first,
        calm=False,
    ),
    Rule(
        "life.started-once",
        "error",
        "video-playback-started",
        "A session is one playback: a second start counts another view, and the first one never ends.",
        "send it once, and begin a new session_id for a new playback",
        _started_once,
        (e.PLAYBACK_STARTED,),
    ),
    Rule(
        "life.after-end",
        "error",
        "video-playback-completed",
        "Completed and Exited are said when the session is over, so nothing of it can follow.",
        "send it before the end, or under a new session_id that starts with Video Playback Started",
        _after_end,
        calm=False,
    ),
    Rule(
        "life.after-interrupted",
        "warning",
        "video-playback-interrupted",
        "After an interruption nothing plays until playback is resumed; what is said in between has no place.",
        "send Video Playback Resumed first",
        _after_interrupted,
        calm=False,
    ),
    Rule(
        "life.ends",
        "warning",
        "video-playback-completed",
        "A session without Completed, Exited or Interrupted leaves every total of it open.",
        "send Video Playback Completed, Exited or Interrupted when it is over",
        at_end=_ends,
    ),
    Rule(
        "life.method",
        "warning",
        "video-playback-interrupted",
        "An interruption without its method cannot be told apart from any other.",
        "send method, such as `network loss` or `call`",
        _method,
        (e.PLAYBACK_INTERRUPTED,),
    ),
    Rule(
        "life.open-at-end",
        "error",
        "video-playback-completed",
        "Completed is said once all content and ads are done; what is open then stays open at every destination.",
        "close what is open before Video Playback Completed, or send Exited or Interrupted",
        _open_at_end,
        (e.PLAYBACK_COMPLETED,),
    ),
    Rule(
        "life.contents-named",
        "warning",
        "video-playback-started",
        "Video Playback Started lists all contents of the session; one that it does not list cannot be joined to it.",
        "list every content in content_asset_ids, under the id that its own events carry",
        _unnamed,
        (e.CONTENT_STARTED,),
    ),
)
