"""Another source loads: the same content again, another one, or one that nobody plays. And players and viewers that go."""

from typing import TYPE_CHECKING, Final

from videospec.hearing.ads import ad_over, break_end
from videospec.hearing.reports import take_report
from videospec.names import Names
from videospec.player_events import Load, PlayerEvent
from videospec.spec import events
from videospec.telling import NUDGE_S, prove

if TYPE_CHECKING:
    from videospec.session import Session

# Lengths that differ by no more than this may be of one content: metadata are rounded, players measure.
_SAME_LENGTH_S: Final = 0.5


def load(s: "Session", event: Load, at: float) -> None:
    if event.instead and s.state.brk != "none":
        ad_over(s, "ad_fail", at)
        break_end(s, event, at)
    state = s.state
    if event.source is not None:
        s.load_source = named_source(event.source)
    elif state.asset != "loading":
        s.load_source = named_source(s.seen.source)
    if s.over:
        s.loaded_since = True
        return
    if state.seek == "moving" and s.held.seek_reach <= NUDGE_S:
        s.turn("nudged", at)
    if state.brk == "none":
        if state.playback == "idle":
            s.names.begin_at(s.names.find(s.load_source), s.load_source)
        elif state.playback != "ending" and (state.pod != "shut" or event.instead):
            replaced(s, at)
    s.turn("load", at)
    if state.playback == "playing" and state.brk == "none" and s.seen.paused:
        # the element does not play what it loads, and says no pause of it; who wants to go on says so
        s.turn("drop", at)


def named_source(source: str | None) -> str | None:
    """A source that a URL names. What feeds an element through Media Source Extensions has a new `blob:` each time."""
    return None if source is None or source.startswith("blob:") else source


def replaced(s: "Session", at: float) -> None:
    """Another source while content or an ad is on: the same content again, unless its URL is another content's."""
    index = s.names.find(s.load_source)
    if index is not None and index != s.names.index:
        replace(s, index, at)


def replace(s: "Session", index: int, at: float) -> None:
    """Another content takes the place of this one; whether it plays is for what follows to tell."""
    s.release(at)
    if s.state.pod == "pending":
        prove(s, at)
    if s.state.seek == "moving":
        s.content.move(s.held.seek_to, at)
        s.hold().seeked_at = at
    if s.queue is not None:
        # since this began to load no heartbeat was the old one's
        s.queue = [draft for draft in s.queue if draft.at < at or draft.event != events.CONTENT_PLAYING] or None
    since = [draft for draft in s.queue or () if draft.at >= at and "content_asset_id" in draft.properties]
    s.turn("replaced", at)
    next_content(s, index, at)
    for draft in since:
        # a press meanwhile was of the new one
        draft.properties.update(content_asset_id=s.names.asset, content_pod_id=s.names.pod_id())


def other_by_length(s: "Session", at: float) -> None:
    """A source that loaded in mid-play, or for a further viewing, and that no URL tells is another content if it is as
    long, or live."""
    first, duration = s.first_duration, s.seen.duration
    if s.names.find(s.load_source) is not None or (first and duration and abs(duration - first) <= _SAME_LENGTH_S):
        return
    index = other_as_long(s.names, duration, live=s.seen.live is True, measured=first is not None)
    if index is not None:
        replace(s, index, s.held.load_at if s.state.pod == "open" and s.state.asset == "loading" else at)


def other_as_long(names: Names, length: float | None, *, live: bool, measured: bool) -> int | None:
    """The content that a source of this length (s) is, if it cannot be this one: the next, else the only other. Where the
    player has `measured` this one, a length that is nobody's is of the content whose length nobody knows."""
    others = [(index, content) for index, content in enumerate(names.contents) if index != names.index]
    if live:
        found = [index for index, content in others if content.livestream and not names.livestream]
    elif not length or (names.length and abs(length - names.length) <= _SAME_LENGTH_S):
        return None
    else:
        found = [index for index, content in others if abs(length - (content.duration or -1)) <= _SAME_LENGTH_S]
        if not found and measured and names.length:
            found = [index for index, content in others if not content.duration]
    following = names.index + 1
    return following if following in found else found[0] if len(found) == 1 else None


def next_content(s: "Session", index: int, at: float) -> None:
    s.names.go_to(index, s.content.value(at), s.load_source)
    s.load_source = None
    s.content.move(0.0, at)
    s.content.length = s.names.bound
    s.first_duration = s.shown_height = s.shown_bitrate = None


def leave(s: "Session", event: PlayerEvent | None, at: float) -> None:
    s.release(at)
    gone = s.state.door != "none"
    if not gone:
        take_report(s, at)
    s.turn("leave", s.held.door_at if gone else at)


def dispose(s: "Session", event: PlayerEvent | None, at: float) -> None:
    if s.state.playback not in ("cut", "ending"):
        s.release(at)
        s.turn("dispose", at)
