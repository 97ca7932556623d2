"""What is shown and what it is called: renditions, size, live, metadata."""

from typing import TYPE_CHECKING

from videospec.hearing.reports import take_report
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


def live(s: "Session", event: LiveSign, at: float) -> None:
    if s.state.brk == "none":
        s.names.learn_live(event.live)
        s.content.length = s.names.bound


def named(s: "Session", event: Named, at: float) -> None:
    s.names.update(event)
    s.content.length = s.names.bound
