"""What the snapshot of an event tells: positions, lengths, rate; and whose they are."""

from typing import TYPE_CHECKING, Final

from videospec.player_events import LATEST_S, LONGEST_S, PlayerEvent

if TYPE_CHECKING:
    from videospec.session import Session

# A length that grows by more than this while playing is a live window (MSE players correct theirs by up to 0.1 s).
_GROWS_S: Final = 1.5
# A player that still answers with an ad's very beginning after so long does not speak of the ad.
_STANDS_S: Final = 1.0
_TALLEST: Final = 1e5


def position_of(s: "Session") -> float | None:
    """The reported position within the asset that is shown, if it can be one."""
    position = s.seen.position
    if position is None or not 0 <= position < LATEST_S or is_apart(s):
        return None
    position -= s.playhead.base
    return position if position > 0 else 0.0


def height_of(s: "Session") -> int | None:
    """The picture's height in pixels, if it can be one."""
    height = s.seen.height
    return int(height) if height and 0 < height < _TALLEST else None


def is_apart(s: "Session") -> bool:
    """Whether an ad is on of which the player's reports do not speak."""
    ad = s.names.ad
    return ad is not None and ad.apart


def learn_length(s: "Session") -> None:
    state, duration = s.state, s.seen.duration
    if duration and state.asset != "failed":
        # a source that loads after a fatal error takes its place
        s.fault = None
    if s.seen.live and s.names.sign is None and state.brk == "none":
        s.names.learn_live(True)
    if duration is None or not 0 < duration < LONGEST_S or state.asset == "loading":
        return
    if state.brk == "none" and duration == s.first_duration and s.content.length is not None:
        return  # most reports: it is known
    if is_apart(s):
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


def take_report(s: "Session", at: float) -> None:
    """Takes the snapshot: length, rate, and the position of whichever asset it belongs to."""
    state, seen = s.state, s.seen
    learn_length(s)
    rate = seen.rate if seen.rate and 0 < seen.rate < 100 else None
    position = position_of(s)
    if position is None or seen.seeking or state.asset == "loading":
        return
    playhead = s.playhead
    if state.seek == "moving" or (state.ad != "on" and (state.brk != "none" or state.pod == "shut")):
        return
    ad = s.names.ad
    if state.ad == "on" and ad is not None and seen.position == s.ad.base and playhead.value(at) > _STANDS_S:
        # the player answers where it stood when the ad began: the ad is somewhere else
        ad.apart = True
        return
    playhead.report(position, at)
    if rate is not None:
        playhead.rate = rate


def at_length(s: "Session", at: float) -> None:
    """At an end the position is the length."""
    length = s.names.length
    if length is not None and not s.names.livestream:
        s.content.report(length, at)


def report(s: "Session", event: PlayerEvent | None, at: float) -> None:
    take_report(s, at)
