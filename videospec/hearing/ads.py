"""Ad breaks and ads: announced, shown, over. An ad starts with its first frame, not with its announcement."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from videospec.hearing.reports import at_length, height_of, position_of, take_report
from videospec.player_events import LONGEST_S, POST, AdFrame, AdQuartile, AdStart, BreakStart, PlayerEvent
from videospec.playhead import NO_AD, Playhead
from videospec.telling import ad_clicked, cross_quartiles

if TYPE_CHECKING:
    from videospec.session import Session

# A position this close to where the content was, and this far from 0, is not an ad's own.
_STITCHED_S: Final = 1.5
# A player's clock that has moved by less in an ad stood still: the ad was somewhere else.
_STANDS_S: Final = 0.5


def ad_frame_at(s: "Session", at: float, position: float | None) -> None:
    ad, brk = s.names.ad, s.names.brk
    if ad is None:
        return
    if brk is not None and brk.type == POST and s.state.pod == "open":
        at_length(s, at)
    duration = s.seen.duration
    if ad.length is None and duration and 0 < duration < LONGEST_S and abs(duration - (s.names.length or -1)) > 0.5:
        ad.length = duration
    s.ad = Playhead(length=ad.length)
    if position is not None and s.names.pod and abs(position - s.content.value(at)) < _STITCHED_S < position:
        # a stitched ad: the player's clock goes on where the content was, so the ad's own begins here
        s.ad.base, position = position + s.content.base, 0.0
    begins = position is not None and (ad.length is None or position < ad.length)
    s.ad.move(position if begins and position is not None else 0.0, at)
    ad.height = height_of(s)


def ad_over(s: "Session", kind: str, at: float) -> None:
    if s.names.ad is None:
        return
    if s.state.ad == "on" and kind == "ad_end" and s.names.ad.length is not None:
        s.ad.report(s.names.ad.length, at)
        if not s.names.ad.apart and s.state.playback in ("playing", "pausing"):
            cross_quartiles(s, at, 3)  # those that fell between the last report and here
    if s.in_ad and s.ad.base and (s.seen.position is None or s.seen.position > s.ad.base + _STANDS_S):
        # a stitched ad: the player's clock is by so much ahead of the content from here on
        s.content.base = s.ad.base + s.ad.value(at) - s.content.position
    s.turn(kind, at)
    s.names.end_ad(s.ad.value(at), failed=kind == "ad_fail" or not s.in_ad)
    s.in_ad = False
    if s.state.ad != "on":
        s.ad = NO_AD


def ends(kind: str) -> "Callable[[Session, PlayerEvent, float], None]":
    def hear(s: "Session", event: PlayerEvent | None, at: float) -> None:
        if s.state.ad != "none" and s.state.playback not in ("cut",):
            if kind == "ad_skip":
                take_report(s, at)
            ad_over(s, kind, at)

    return hear


def is_cut(s: "Session") -> bool:
    """Whether playback was interrupted in a break that was on: it stays open until playback goes on."""
    return s.state.playback == "cut" and s.state.brk == "on"


def break_end(s: "Session", event: PlayerEvent | None, at: float) -> None:
    brk = s.names.brk
    if brk is None or is_cut(s):
        return
    shown = s.state.brk == "on"
    ad_over(s, "ad_end", at)
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


def break_start(s: "Session", event: BreakStart, at: float) -> None:
    if is_cut(s):
        return
    key = f"{event.pod_id}|{event.type}|{event.offset}"
    if s.state.brk != "none":
        if key == s.break_key or event.pod_id is None or s.state.ad == "none":
            return
        break_end(s, event, at)
    announce(s, event, at, key)


def announce(s: "Session", said: BreakStart, at: float, key: str = "") -> None:
    """A break is announced, by itself or by its first ad."""
    s.break_key = key
    s.release(at)
    if s.state.seek == "moving":
        # the break is what the seek arrives at: a seek across a mid-roll
        s.content.move(s.held.seek_to, at)
    s.names.open_break(said, s.content.value(at), s.state.playback == "ending")
    s.turn("break_start", at)


def ad_start(s: "Session", event: AdStart, at: float) -> None:
    if is_cut(s):
        return
    ad = s.names.ad
    if ad is not None:
        if event.asset_id is not None and event.asset_id == ad.said and event.position in (None, ad.position):
            return
        ad_over(s, "ad_end", at)
    if s.names.brk is None:
        announce(s, BreakStart(at, s.seen), at)
    s.names.start_ad(event)
    s.turn("ad_start", at)


def ad_frame(s: "Session", event: AdFrame | None, at: float) -> None:
    if s.names.ad is None:
        ad_start(s, AdStart(at, s.seen), at)
    if s.state.ad == "announced":
        if event is not None and event.apart and s.names.ad is not None:
            s.names.ad.apart = True
        ad_frame_at(s, at, position_of(s))
        s.turn("ad_frame", at)
        take_report(s, at)


def ad_click(s: "Session", event: PlayerEvent | None, at: float) -> None:
    if s.in_ad:
        take_report(s, at)
        ad_clicked(s, at)


def ad_quartile(s: "Session", event: AdQuartile, at: float) -> None:
    take_report(s, at)
    s.turn("flowing", at)
    cross_quartiles(s, at, event.quartile)


def all_done(s: "Session", event: PlayerEvent | None, at: float) -> None:
    if s.state.playback == "ending" and s.state.brk == "none":
        s.finish()
