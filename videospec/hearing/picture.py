"""What is shown and what it is called: renditions, size, live, metadata."""

from typing import TYPE_CHECKING

from videospec.hearing.reports import height_of, take_report
from videospec.player_events import LiveSign, Named, QualityShown, Renditions
from videospec.telling import quality_updated

if TYPE_CHECKING:
    from videospec.session import Session


def renditions(s: "Session", event: Renditions, at: float) -> None:
    if event.offered:
        s.renditions = {**(s.renditions or {}), **{height: (rate, fps) for height, rate, fps in event.offered}}


def quality(s: "Session", event: QualityShown, at: float) -> None:
    """The picture's size is the sign. A player's word counts when it names the size that is shown: it may be early."""
    take_report(s, at)
    if not is_between(s):
        shown(s, at, event.height, event.bitrate)


def is_between(s: "Session") -> bool:
    """Whether a source loads in the middle of content. Its picture is on with its first frame: players put blank ones in
    between (Plyr)."""
    return s.state.asset == "loading" and s.state.pod == "open"


def shown(s: "Session", at: float, said: int | None = None, bitrate: float | None = None) -> None:
    """The picture that is on: as the snapshot answers, and as the player said."""
    height = height_of(s)
    if said is not None and height is not None and said != height:
        return
    height = height or said
    if s.in_ad and (ad := s.names.ad) is not None:
        changed, ad.height = ad.height not in (None, height), height
    elif s.state.brk == "none":
        known = s.renditions.get(height) if s.renditions and height else None
        changed = s.shown_height is not None and (
            s.shown_height != height or (bitrate is not None and s.shown_bitrate not in (None, bitrate))
        )
        s.shown_height, s.shown_bitrate = height, bitrate or (known[0] if known else None)
        changed = changed and s.state.pod == "open"
    else:
        return
    if changed:
        quality_updated(s, at)


def live(s: "Session", event: LiveSign, at: float) -> None:
    if s.state.brk == "none":
        s.names.learn_live(event.live)
        s.content.length = s.names.bound


def named(s: "Session", event: Named, at: float) -> None:
    s.names.update(event)
    s.content.length = s.names.bound
