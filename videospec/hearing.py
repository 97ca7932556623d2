"""How a viewing hears what a player says: what is believed, what is noise, and which word the machine gets.

HEAR maps each kind of player event to a function. Here live the rules that need names or positions; the finite ones
are in machine.py. Each rule's source is docs/reference/semantics.md.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from videospec.player_events import (
    LONGEST_S,
    POST,
    AdQuartile,
    AdStart,
    BreakStart,
    Cut,
    Fault,
    LiveSign,
    Load,
    Named,
    PlayerEvent,
    QualityShown,
    Renditions,
)
from videospec.telling import ad_clicked, cross_quartiles, quality_updated

if TYPE_CHECKING:
    from videospec.session import Session

# A playhead that moved less than this did not move (players report a position with jitter at a pause).
_MOVED_S: Final = 0.001
# A stall is over when the playhead moved by more than this.
_FLOWS_S: Final = 0.2
# Buffering this close to the end is the end.
_AT_END_S: Final = 0.3
# A seek that starts this soon after the player's word of a jump is that jump.
_JUMP_MS: Final = 1000
# A loop goes from the last second to the first half one.
_LOOP_FROM_S, _LOOP_TO_S = 1.0, 0.5
# Positions that move this far, for at least this long, are playback even when the player did not say `playing`.
_DRIFT_S, _DRIFT_FOR_S, _FASTEST = 0.5, 0.4, 4
# A length that grows by more than this while playing is a live window (MSE players correct theirs by up to 0.1 s).
_GROWS_S: Final = 1.5


# -- reports -----------------------------------------------------------------------------------------------------------


def _position(s: "Session") -> float | None:
    """The reported position, if it can be one."""
    position = s.seen.position
    return position if position is not None and 0 <= position < LONGEST_S else None


def _report(s: "Session", at: float) -> None:
    """Takes the snapshot: length, rate, and the position of whichever asset it belongs to."""
    state, seen = s.state, s.seen
    _learn_length(s)
    rate = seen.rate if seen.rate and 0 < seen.rate < 100 else None
    position = _position(s)
    if position is None or seen.seeking or state.asset == "loading":
        return
    playhead = s.ad if state.ad == "on" else s.content
    if state.ad != "on" and (state.brk != "none" or state.pod == "shut" or state.seek == "moving"):
        return
    playhead.report(position, at)
    if rate is not None:
        playhead.rate = rate


def _learn_length(s: "Session") -> None:
    state, duration = s.state, s.seen.duration
    if duration:
        # a source that loads after a fatal error takes its place
        s.fault = None
    if s.seen.live and s.names.sign is None and state.brk == "none":
        s.names.learn_live(True)
    if duration is None or not 0 < duration < LONGEST_S or state.asset == "loading":
        return
    if state.ad == "on":
        # In an ad's first moments some players still answer with the content's length.
        ad = s.names.ad
        if ad is not None and ad.length is None and abs(duration - (s.names.length or -1)) > 0.5:
            ad.length = s.ad.length = duration
    elif state.brk == "none" and state.pod != "shut" and not s.names.livestream:
        if s.first_duration is None:
            s.first_duration = duration
        elif duration > s.first_duration + _GROWS_S and s.names.content.duration is None and s.names.sign is None:
            s.names.learn_live(True)
            s.content.length = None
            return
        s.names.learn_length(duration)
        s.content.length = s.names.bound


def _heard(s: "Session", event: PlayerEvent | None, at: float) -> None:
    _report(s, at)


def _progress(s: "Session", event: PlayerEvent | None, at: float) -> None:
    state, position = s.state, _position(s)
    if position is None or s.seen.seeking:
        return
    if state.stall != "none" and abs(position - s.stall_position) > _FLOWS_S:
        s.turn("flowing", at)
    if state.pod == "pending" and state.asset == "loaded":
        if position > s.pending_position + _MOVED_S:
            s.turn("moved", s.pending_at)
    elif state.pod == "shut" and state.brk == "none":
        _drift(s, at, position)
    _report(s, at)
    if s.in_ad and s.names.ad is not None and s.names.ad.length:
        cross_quartiles(s, at, int(s.ad.position / s.names.ad.length * 4))


def _drift(s: "Session", at: float, position: float) -> None:
    """Positions that go on without a `playing`: stitched ads end so, and logs that begin in the middle."""
    moved, elapsed = position - s.drift_position, (at - s.drift_at) / 1000
    if s.seen.paused or s.seen.ended or s.state.playback in ("ending", "cut", "paused", "pausing"):
        s.drift_at = 0.0
    elif not s.drift_at or not 0 <= moved <= elapsed * _FASTEST + _DRIFT_S:
        s.drift_at, s.drift_position = at, position
    elif moved >= _DRIFT_S and elapsed >= _DRIFT_FOR_S:
        began, s.drift_at = s.drift_at, 0.0
        _frames(s, max(began, s.released_at), s.drift_position)
        s.turn("moved", s.pending_at)


# -- playing -----------------------------------------------------------------------------------------------------------


def _play(s: "Session", event: PlayerEvent | None, at: float) -> None:
    state = s.state
    if state.playback == "ending":
        if state.brk == "none":
            _after_the_end(s, at)
        return
    if state.playback == "cut" and at == s.play_at:
        # the same press again, of a session that a fatal error had doomed
        return
    s.release(at)
    if state.playback == "idle" and state.brk == "none" and (position := _position(s)) is not None:
        s.content.report(position, at)
        s.content.length = s.names.bound
    _report(s, at)
    s.turn("play", at)
    if s.fault is not None:
        s.method = f"error:{s.fault}"
        s.fault = None
        s.turn("fault", at)


def _after_the_end(s: "Session", at: float) -> None:
    """A play after an end: the next content if another source was loaded, else a replay, which is a new session."""
    following = s.names.follows(s.load_source) if s.state.asset == "loading" else None
    if following is None:
        s.finish(goes_on=True)
        return
    _next_content(s, following, at)
    s.turn("play", at)


def _next_content(s: "Session", index: int, at: float) -> None:
    s.names.go_to(index, s.content.value(at), s.load_source)
    s.load_source = None
    s.content.report(0.0, at)
    s.content.length = s.names.bound
    s.first_duration = s.shown_height = s.shown_bitrate = None


def _playing(s: "Session", event: PlayerEvent | None, at: float) -> None:
    if s.state.brk == "announced" and s.state.ad == "none":
        # the content goes on: no ad came of the announcement
        _break_end(s, event, at)
    if s.state.playback == "ending" and s.state.brk == "none":
        _after_the_end(s, at)
        if s.over:
            return
    _frames(s, at, _position(s))


def _frames(s: "Session", at: float, position: float | None) -> None:
    """Frames move: of the announced ad, else of the content."""
    state = s.state
    if state.ad == "announced":
        _ad_frame_at(s, at, position)
    elif state.ad != "on" and position is not None and state.seek != "moving" and not s.seen.seeking:
        s.content.report(position, at)
        if s.seen.rate and 0 < s.seen.rate < 100:
            s.content.rate = s.seen.rate
    if s.startup_ms is None:
        s.startup_ms = 0 if state.playback == "idle" else int(at - s.play_at)
    s.turn("playing", at)
    if s.shown_height is None and not s.in_ad and s.seen.height:
        s.shown_height = int(s.seen.height)
    _report(s, at)


def _pause(s: "Session", event: PlayerEvent | None, at: float) -> None:
    s.release(at)
    _report(s, at)
    s.turn("pause", at)


def _waiting(s: "Session", event: PlayerEvent | None, at: float) -> None:
    _report(s, at)
    playhead = s.ad if s.state.ad == "on" else s.content
    if s.seen.ended or (playhead.length is not None and playhead.value(at) >= playhead.length - _AT_END_S):
        return
    s.turn("waiting", at)


def _flowing(s: "Session", event: PlayerEvent | None, at: float) -> None:
    _report(s, at)
    s.turn("flowing", at)


# -- seeking -----------------------------------------------------------------------------------------------------------


def _jump(s: "Session", event: PlayerEvent | None, at: float) -> None:
    s.jump_at = at


def _jumped(s: "Session", at: float) -> bool:
    """Whether the player just said that it moves its own playhead; it may take several seeks to get there."""
    return bool(s.jump_at) and at - s.jump_at <= _JUMP_MS


def _seek_start(s: "Session", event: PlayerEvent | None, at: float) -> None:
    state, target = s.state, _position(s)
    if state.asset == "loading" or state.brk != "none" or state.playback in ("ending", "idle"):
        # the return after a break, a reload, a rewind after the end
        return
    if state.seek == "jumping" or _jumped(s, at):
        s.turn("jump", at)
        return
    was_at = s.content.value(at)
    if _loops(s, target):
        _loop(s, at)
        return
    if state.seek == "none":
        s.seek_from = was_at
    s.seek_to = was_at if target is None else target
    s.turn("seek_start", at)


def _loops(s: "Session", target: float | None) -> bool:
    # the player's own length, since the metadata's may be off by more than what is told apart here
    length = s.seen.duration or s.content.length
    return (
        s.state.playback == "playing"
        and s.state.pod == "open"
        and s.state.seek == "none"
        and s.content.length is not None
        and length is not None
        and length > _LOOP_FROM_S + _LOOP_TO_S
        and s.content.position >= length - _LOOP_FROM_S
        and target is not None
        and target < _LOOP_TO_S
    )


def _loop(s: "Session", at: float) -> None:
    """The content again from its start, without an end: reading `loop`."""
    _at_length(s, at)
    s.turn("ended", at)
    if s.settings.loop == "replay":
        s.finish(goes_on=True)
        return
    index = s.names.index
    _next_content(s, index, at)
    s.turn("play", at)


def _seek_end(s: "Session", event: PlayerEvent | None, at: float) -> None:
    state, where = s.state, _position(s)
    if where is None:
        where = s.seek_to
    if state.seek in ("moving", "settling"):
        s.seek_to = where
        s.content.report(where, at)
        if state.seek == "settling":
            s.seeked_at = at
        s.turn("seek_end", at)
    elif state.seek == "jumping":
        s.jump_at = at
        s.content.report(where, at)
        s.turn("seek_end", at)
    elif state.pod == "open" and state.brk == "none" and state.asset == "loaded" and not _jumped(s, at):
        # an end without a start is told as a pair
        s.seek_from, s.seek_to = s.content.value(at), where
        s.turn("seek_start", at)
        s.content.report(where, at)
        s.turn("seek_end", at)


# -- loading, ending ---------------------------------------------------------------------------------------------------


def _load(s: "Session", event: Load, at: float) -> None:
    state = s.state
    if event.source is not None:
        s.load_source = event.source
    elif state.asset != "loading":
        s.load_source = s.seen.source
    if s.over:
        s.loaded_since = True
        return
    if state.brk == "none":
        if state.playback == "idle":
            s.names.begin_at(s.names.find(s.load_source), s.load_source)
        elif state.playback != "ending" and state.pod != "shut":
            _replaced(s, at)
    s.turn("load", at)


def _replaced(s: "Session", at: float) -> None:
    """Another source while content is open: the same content again, unless its URL is another content's."""
    index = s.names.find(s.load_source)
    if index is None or index == s.names.index:
        return
    s.release(at)
    if s.state.pod == "pending":
        s.turn("moved", s.pending_at)
    s.turn("ended", at)


def _at_length(s: "Session", at: float) -> None:
    """At an end the position is the length."""
    length = s.names.length
    if length is not None and not s.names.livestream:
        s.content.report(length, at)


def _ended(s: "Session", event: PlayerEvent | None, at: float) -> None:
    state = s.state
    if state.brk != "none" or state.playback in ("idle", "ending", "cut"):
        return
    s.release(at)
    if state.pod == "pending":
        s.turn("moved", s.pending_at)
    if state.seek == "moving":
        s.seeked_at = at
    _learn_length(s)
    position = _position(s)
    if position:
        s.content.report(position, at)
    _at_length(s, at)
    s.turn("ended", at)
    s.load_source = None


def _fault(s: "Session", event: Fault, at: float) -> None:
    code = "unknown" if event.code is None or event.code == "" else str(event.code)
    if s.state.playback == "idle":
        s.fault = code
        s.turn("doom", at)
        return
    s.release(at)
    s.method = f"error:{code}"
    s.turn("fault", at)


def _cut(s: "Session", event: Cut, at: float) -> None:
    s.release(at)
    s.method = event.method
    s.turn("fault", at)


def _leave(s: "Session", event: PlayerEvent | None, at: float) -> None:
    s.release(at)
    _report(s, at)
    s.turn("leave", at)


def _dispose(s: "Session", event: PlayerEvent | None, at: float) -> None:
    if s.state.playback not in ("cut", "ending"):
        s.release(at)
        s.turn("dispose", at)


# -- ads ---------------------------------------------------------------------------------------------------------------


def _break_start(s: "Session", event: BreakStart, at: float) -> None:
    key = f"{event.pod_id}|{event.type}|{event.offset}"
    if s.state.brk != "none":
        if key == s.break_key or event.pod_id is None or s.state.ad == "none":
            return
        _break_end(s, event, at)
    s.break_key = key
    s.release(at)
    s.names.open_break(event, s.content.value(at), s.state.playback == "ending")
    s.turn("break_start", at)


def _ad_start(s: "Session", event: AdStart, at: float) -> None:
    ad = s.names.ad
    if ad is not None:
        if event.asset_id is not None and event.asset_id == ad.said and event.position in (None, ad.position):
            return
        _ad_over(s, "ad_end", at)
    if s.names.brk is None:
        s.break_key = ""
        s.names.open_break(BreakStart(at, s.seen), s.content.value(at), s.state.playback == "ending")
        s.turn("break_start", at)
    s.names.start_ad(event)
    s.turn("ad_start", at)


def _ad_frame(s: "Session", event: PlayerEvent | None, at: float) -> None:
    if s.names.ad is None:
        _ad_start(s, AdStart(at, s.seen), at)
    if s.state.ad == "announced":
        _ad_frame_at(s, at, _position(s))
        s.turn("ad_frame", at)
        _report(s, at)


def _ad_frame_at(s: "Session", at: float, position: float | None) -> None:
    ad = s.names.ad
    if ad is None:
        return
    duration = s.seen.duration
    if ad.length is None and duration and 0 < duration < LONGEST_S and abs(duration - (s.names.length or -1)) > 0.5:
        ad.length = duration
    begins = position is not None and (ad.length is None or position < ad.length)
    s.ad.length, s.ad.rate = ad.length, 1.0
    s.ad.report(position if begins and position is not None else 0.0, at)
    s.ad_height = int(s.seen.height) if s.seen.height else None


def _ad_over(s: "Session", kind: str, at: float) -> None:
    if s.names.ad is None:
        return
    if s.state.ad == "on" and kind == "ad_end" and s.names.ad.length is not None:
        s.ad.report(s.names.ad.length, at)
    s.turn(kind, at)
    s.names.end_ad(s.ad.value(at), failed=kind == "ad_fail" or not s.in_ad)
    s.in_ad = False


def _over(kind: str) -> "Callable[[Session, PlayerEvent, float], None]":
    def hear(s: "Session", event: PlayerEvent | None, at: float) -> None:
        if s.state.ad != "none" and s.state.playback not in ("cut",):
            if kind == "ad_skip":
                _report(s, at)
            _ad_over(s, kind, at)

    return hear


def _break_end(s: "Session", event: PlayerEvent | None, at: float) -> None:
    brk = s.names.brk
    if brk is None:
        return
    shown = s.state.brk == "on"
    _ad_over(s, "ad_end", at)
    s.turn("break_end", at)
    s.names.brk, s.break_key = None, ""
    if not shown:
        return
    if brk.type == POST and s.state.playback != "cut":
        s.turn("ended", at)
        if not s.names.post_rolls_ahead() and s.names.index + 1 >= len(s.names.contents):
            s.finish()
            return
    # the content is on its way back: what it says of positions and seeks means nothing until it plays
    s.turn("load", at)
    s.load_source = None


def _ad_click(s: "Session", event: PlayerEvent | None, at: float) -> None:
    if s.in_ad:
        _report(s, at)
        ad_clicked(s, at)


def _ad_quartile(s: "Session", event: AdQuartile, at: float) -> None:
    _report(s, at)
    cross_quartiles(s, at, event.quartile)


def _all_done(s: "Session", event: PlayerEvent | None, at: float) -> None:
    if s.state.playback == "ending" and s.state.brk == "none":
        s.finish()


# -- picture, names ----------------------------------------------------------------------------------------------------


def _renditions(s: "Session", event: Renditions, at: float) -> None:
    if event.offered:
        s.renditions = {**(s.renditions or {}), **{height: (rate, fps) for height, rate, fps in event.offered}}


def _quality(s: "Session", event: QualityShown, at: float) -> None:
    """The picture's size is the sign. A player's word counts when it names the size that is shown: it may be early."""
    _report(s, at)
    height = int(s.seen.height) if s.seen.height and 0 < s.seen.height < 1e5 else None
    if event.height is not None and height is not None and event.height != height:
        return
    height = height or event.height
    if s.in_ad:
        changed, s.ad_height = s.ad_height not in (None, height), height
    elif s.state.brk == "none":
        known = s.renditions.get(height) if s.renditions and height else None
        bitrate = event.bitrate or (known[0] if known else None)
        changed = s.shown_height is not None and (
            s.shown_height != height or (event.bitrate is not None and s.shown_bitrate not in (None, event.bitrate))
        )
        s.shown_height, s.shown_bitrate = height, bitrate
        changed = changed and s.state.pod == "open"
    else:
        return
    if changed:
        quality_updated(s, at)


def _live(s: "Session", event: LiveSign, at: float) -> None:
    if s.state.brk == "none":
        s.names.learn_live(event.live)
        s.content.length = s.names.bound


def _named(s: "Session", event: Named, at: float) -> None:
    s.names.update(event)
    s.content.length = s.names.bound


HEAR: Final[dict[str, Callable[["Session", Any, float], None]]] = {
    "report": _heard,
    "progress": _progress,
    "named": _named,
    "load": _load,
    "play": _play,
    "playing": _playing,
    "pause": _pause,
    "seek_start": _seek_start,
    "seek_end": _seek_end,
    "jump": _jump,
    "waiting": _waiting,
    "flowing": _flowing,
    "ended": _ended,
    "fault": _fault,
    "cut": _cut,
    "leave": _leave,
    "dispose": _dispose,
    "break_start": _break_start,
    "break_end": _break_end,
    "ad_start": _ad_start,
    "ad_frame": _ad_frame,
    "ad_end": _over("ad_end"),
    "ad_skip": _over("ad_skip"),
    "ad_fail": _over("ad_fail"),
    "ad_click": _ad_click,
    "ad_quartile": _ad_quartile,
    "all_done": _all_done,
    "renditions": _renditions,
    "quality": _quality,
    "live": _live,
}
