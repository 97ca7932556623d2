"""What Segment's calls come to at Youbora (NPAW): views, ads by position, pauses, stalls and seeks.

The library's own rules that matter here, read in youboralib 6.4.13 and 6.8.67 (Y3 and Y10 of the rows): before its view has
joined it drops pauses, stalls and seeks; inside an ad it drops them too, since the integration never says that the ad has
joined; an ad whose position nobody gives is `pre` before the join and `mid` after it. While an ad is open it does not join,
and another ad is none. A pause in which an ad, a seek or a stall is open has no time (RUN). Played time is what lies between
join and stop (or the session's end) less the pauses, stalls, seeks and ads that the library heard of.
"""

from collections.abc import Callable
from typing import Any, Final

from attrs import define, field

from videospec.check.truth import AD_TYPES, Number
from videospec.check.vendor import Vendor
from videospec.destinations.youbora_overrides import HARMLESS
from videospec.rules.rule import CONTENT
from videospec.rules.said import Said
from videospec.rules.view import View
from videospec.simulators.stage import Call
from videospec.spec import events as e
from videospec.spec.naming import meant

_PLACES: Final = dict(zip(("pre", "mid", "post"), AD_TYPES, strict=True))
_HARMLESS: Final = (*HARMLESS, "timeout")
_OPENS: Final = {"firePause": "paused", "fireBufferBegin": "stalled", "fireSeekBegin": "seeking"}
_CLOSES: Final = {"fireResume": "paused", "fireBufferEnd": "stalled", "fireSeekEnd": "seeking"}
_SILENT: Final = frozenset(
    {"Plugin.setAdapter", "Plugin.setAdsAdapter", "Plugin.setOptions", "Adapter.monitorPlayhead"}
)
_CLOCK_S: Final = 1e9
"""A position from here on is a time of day: seconds since 1970."""
_OFF_S: Final = 2.0
"""Playheads that are no further apart are the same: positions are rounded, and reports are seconds old."""
_KBPS_MOST: Final = 100_000
"""A bitrate above this cannot be kbit/s any more: somebody has scaled it."""


@define
class _View:
    begun: bool = False
    joined: bool = False
    stopped: bool = False
    asset: object = None
    ad: Said | None = None
    began: float = 0.0
    heard: float = 0.0
    """Milliseconds since it began that were no playing, as far as the library heard."""
    stands: float = 0.0
    """Since when it has not played."""
    open: dict[str, float] = field(factory=dict)
    """Since when there is a pause, a stall, a seek or an ad."""
    timeless: bool = False
    """Whether the pause has no time there."""
    in_break: bool = False
    """Whether the break of an ad is open after the ad: to the library the content is paused, until it is resumed."""

    def stand(self, what: str, at: float) -> None:
        """Something begins in which the content does not play."""
        if not self.open:
            self.stands = at
        self.open.setdefault(what, at)

    def go_on(self, what: str, at: float) -> float:
        """It is over; returns its milliseconds, 0 if it never began."""
        began = self.open.pop(what, None)
        if began is None:
            return 0.0
        if not self.open:
            self.heard += at - self.stands
        return at - began


class Youbora(Vendor):
    """Views by session, and sums."""

    name = "Youbora"
    settings = {"accountCode": "check"}  # noqa: RUF012 -- read only

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.views: dict[str, dict[str, _View]] = {}
        """By session of the stream, then by the session that Youbora was told: an override makes several of one."""
        self.begun = self.stopped = self.errors = self.open_ads = 0
        self.ads: dict[str, int] = {}
        self.skipped: dict[str, int] = {}
        """The line of each session's last Video Ad Skipped."""
        self.played_ms = 0.0
        self.ms: dict[str, float] = dict.fromkeys(("paused", "stalled", "seeking"), 0.0)

    def said(self, it: Said, view: View) -> None:
        if it.event == e.AD_SKIPPED:
            self.skipped[it.session] = it.line

    def called(self, it: Said, view: View, name: str, args: tuple[Any, ...], call: Call) -> None:
        sessions = self.views.get(it.session)
        if sessions is None:
            sessions = self.views[it.session] = {}
        theirs = sessions.get(session := call.get("session", it.session))
        if theirs is None:
            theirs = sessions[session] = _View()
        # what an override puts before a message is of another moment of the content
        mine = call["event"] == it.event or meant(call["event"]) == it.event
        if mine and "reads" in call and name not in _SILENT:
            self._playhead(it, view, call["reads"])
        if (does := _CALLS.get(name)) is not None:
            does(self, it, theirs, call)

    def reads(self, it: Said, view: View, call: Call) -> None:
        self._playhead(it, view, call["reads"])

    # -- each of them

    def _init(self, it: Said, theirs: _View, call: Call) -> None:
        if theirs.begun:
            self.quirk("Y9", it, f"session {it.session} begins again: the pings of its first view go on beside it")
        theirs.begun = True

    def _join(self, it: Said, theirs: _View, call: Call) -> None:
        if theirs.joined:
            return
        if theirs.ad is not None:
            self._unended(theirs.ad, then=": while it is open no content joins")
            return
        self.begun += 1
        theirs.joined, theirs.began = True, it.at

    def _ad_stops(self, it: Said, theirs: _View, call: Call) -> None:
        theirs.go_on("ad", it.at)
        theirs.ad = None

    def _opens_in_ad(self, it: Said, theirs: _View, call: Call) -> None:
        what = _OPENS[call["call"].removeprefix("AdsAdapter.")]
        if theirs.ad is None:
            named = self.heard.get("ad_asset_id")
            text = f"{it.event} counts for an ad, and none is on: its ad_asset_id is {named}"
            self.quirk("Y2", it, text[:200], mended=named in ([], "", {}))
            return
        text = f"{it.event} inside an ad makes no request: its {what} time is missing at Youbora"
        self.quirk("Y3", it, text, severity="warning", fate="altered")

    def _error(self, it: Said, theirs: _View, call: Call) -> None:
        self.errors += 1
        if (method := it.get("method")) in _HARMLESS:
            self.quirk("Y7", it, f"the interruption by {method} is counted as an error")

    def _stop(self, it: Said, theirs: _View, call: Call) -> None:
        self._stops(theirs, it.at)
        self.stopped += theirs.joined and not theirs.stopped
        theirs.stopped = True
        if theirs.ad is not None and self._was_skipped(theirs.ad):
            self._unended(theirs.ad, "lasts until the view ends")
        # the library ends what is open with the view, an ad too
        theirs.ad = None

    def _start(self, it: Said, theirs: _View, call: Call) -> None:
        asset = it.get("asset_id")
        if theirs.joined and asset != theirs.asset:
            text = (
                f"content {asset} starts no view of its own: it goes on in that of {theirs.asset}, under the new title"
            )
            self.quirk("Y8", it, text)
        theirs.asset = asset

    def _opens(self, it: Said, theirs: _View, call: Call) -> None:
        what = _OPENS[call["call"].removeprefix("Adapter.")]
        if theirs.joined:
            self._stands(it, theirs, what)
        else:
            text = f"{it.event} before Video Content Started is dropped: it counts as joining"
            self.quirk("Y10", it, text, severity="warning", fate="altered")

    def _closes(self, it: Said, theirs: _View, call: Call) -> None:
        what = _CLOSES[call["call"].removeprefix("Adapter.")]
        self._goes_on(theirs, what, it.at)

    def _stands(self, it: Said, theirs: _View, what: str) -> None:
        if what in theirs.open:
            return  # as the library does with what it has heard already
        before = theirs.timeless
        theirs.timeless = bool(theirs.open) if what == "paused" else before or "paused" in theirs.open
        if what == "paused" and theirs.in_break:
            theirs.timeless = before = True
        if theirs.timeless and not before and theirs.ad is None:
            text = f"with {it.event} a pause and a seek or a stall are in one another: the pause has no time at Youbora"
            self.quirk("Y14", it, text, severity="warning", fate="altered")
        theirs.stand(what, it.at)

    def _goes_on(self, theirs: _View, what: str, at: float) -> None:
        passed = theirs.go_on(what, at)
        if what == "paused":
            theirs.in_break = False
            passed = 0.0 if theirs.timeless else passed
        self.ms[what] += passed

    def _stops(self, theirs: _View, at: float) -> None:
        """Played time is settled, once."""
        if theirs.began and not theirs.stopped:
            for what in theirs.open.keys() & self.ms.keys():
                self._goes_on(theirs, what, at)
            theirs.go_on("ad", at)
            self.played_ms += at - theirs.began - theirs.heard

    def _ad(self, it: Said, theirs: _View, call: Call) -> None:
        said = call.get("reads", {}).get("getPosition")
        place = _PLACES.get(str(said)) or ("mid-roll" if theirs.joined else "pre-roll")
        true = str(it.get("type"))
        if theirs.ad is not None:
            if (asset := it.get("asset_id")) != theirs.ad.get("asset_id"):
                self._unended(theirs.ad, then=f": ad {asset} is lost in it")
            return
        self.ads[place] = self.ads.get(place, 0) + 1
        theirs.ad = it
        if theirs.joined:
            theirs.stand("ad", it.at)
            # an ad without a title opens no break (_adStartListener)
            theirs.in_break = theirs.in_break or bool(self.heard.get("title"))
        if place == "mid-roll":
            text = "the break of a mid-roll closes with the next pause in 6.8.67, which has no time; no ad of it has joined"
            self.quirk("Y13", it, text, severity="note", fate="delivered")
        if place != true:
            text = f"the {true} {it.get('asset_id')} is counted as a {place}"
            self.quirk(
                "Y1", it, text + (", and in 6.8.67 as a pre-roll" if said is None and place != "pre-roll" else "")
            )

    def _left_open(self, ad: Said) -> None:
        self.open_ads += 1
        self._unended(ad)

    def _unended(self, ad: Said, how: str = "never ends", then: str = "") -> None:
        skipped = self._was_skipped(ad)
        why = "nothing tells Youbora that it was skipped" if skipped else "nothing tells that it is over"
        self.quirk("Y11", ad, f"ad {ad.get('asset_id')} {how}, since {why}{then}")

    def _was_skipped(self, ad: Said) -> bool:
        return self.skipped.get(ad.session, 0) > ad.line

    def _playhead(self, it: Said, view: View, reads: Call) -> None:
        """The playhead and the bitrate that the library reads, against the content's own."""
        playhead = reads.get("getPlayhead")
        if isinstance(playhead, (int, float)) and not (it.live or view.live) and it.event != e.PLAYBACK_STARTED:
            true = self._content(it, view)
            # what is no second of a content (a clock's time, an ad that the position has not in it) says nothing of it
            if true is not None and 0 <= true < _CLOCK_S and abs(playhead - true) > _OFF_S:
                where = "in an ad" if it.event in (e.AD_STARTED, e.AD_COMPLETED) else f"at {it.event}"
                self.quirk("Y4", it, f"{where} the playhead is shown as {playhead:g} while the content is at {true:g}")
        bitrate = reads.get("getBitrate")
        if bitrate is None:
            return
        if isinstance(bitrate, (int, float)) and 0 < bitrate < _KBPS_MOST and it.get("bitrate") is not None:
            text = (
                f"bitrate {bitrate:g} is read as bit/s and is kbit/s: Youbora shows a thousandth of {bitrate * 1000:g}"
            )
            self.quirk("Y5", it, text)

    def _content(self, it: Said, view: View) -> float | None:
        inner = it.properties.get("content")
        if isinstance(inner, dict) and isinstance(inner.get("position"), (int, float)):
            return float(inner["position"])
        if it.event in CONTENT:
            return it.position
        if it.event == e.PLAYBACK_COMPLETED:
            # its position is the whole length by rule, also of ads that were skipped; where it is less it says nothing
            length = view.content_length
            return length if length is None or it.position is None or it.position > length - _OFF_S else None
        if view.was is None or view.seeks != view.was[2] or it.position is None:
            return None
        if view.ad is not None or e.EVENTS[it.event].family == "ad":
            # in an ad it stands, unless the ad is over and was not told to be
            shut = view.content is None and view.seen.get(e.CONTENT_PLAYING, 0) < view.seen.get(e.AD_STARTED, 0)
            return view.was[1] if shut else None
        # of a playback event the content's position is known by the ads that were seen
        return it.position - view.ads_seen if view.ads_seen else None

    def over(self, view: View) -> None:
        for theirs in self.views.pop(view.id, {}).values():
            self._over(view, theirs)
        self.skipped.pop(view.id, None)

    def _over(self, view: View, theirs: _View) -> None:
        if theirs.ad is not None and view.ad is None:
            self._left_open(theirs.ad)
        if theirs.begun and not theirs.joined and theirs.asset is None:
            start = Said(view.started, e.PLAYBACK_STARTED, view.at, view.id, None, {})
            text = f"{view.id} has no title and no content at Youbora: its content never began"
            self.quirk("Y12", start, text, severity="note", fate="altered")
        if theirs.joined and not theirs.stopped:
            self._stops(theirs, view.at)
            ending = Said(view.line, view.event, view.at, view.id, None, {})
            ends = bool(view.ended or view.interrupted)
            told = "ends without Video Playback Completed" if ends else "has no last event that an override could mend"
            text = f"the view of {view.id} never stops: the session {told}, and pings go on"
            self.quirk("Y6", ending, text, mended=ends)

    def numbers(self) -> list[Number]:
        true = self.truth
        told = [
            Number("views started", true.contents, self.begun),
            Number("views ended", true.contents_over, self.stopped),
            *(Number(f"{kind} ads", true.ads.get(kind, 0), self.ads.get(kind, 0)) for kind in AD_TYPES),
            Number("ads that never end", 0, self.open_ads),
            Number("errors", true.errors, self.errors),
            Number("played", true.played_s, self.played_ms / 1000, "s"),
            Number("paused", true.paused_s, self.ms["paused"] / 1000, "s"),
            Number("stalled", true.stalled_s, self.ms["stalled"] / 1000, "s"),
            Number("seeking", true.seeking_s, self.ms["seeking"] / 1000, "s"),
        ]
        return [one for one in told if one.true or one.theirs]


_CALLS: Final[dict[str, Callable[[Youbora, Said, _View, Call], None]]] = {
    "Plugin.fireInit": Youbora._init,
    "Adapter.fireStart": Youbora._start,
    "Adapter.fireJoin": Youbora._join,
    **{f"Adapter.{name}": Youbora._opens for name in _OPENS},
    **{f"Adapter.{name}": Youbora._closes for name in _CLOSES},
    "AdsAdapter.fireStart": Youbora._ad,
    "AdsAdapter.fireStop": Youbora._ad_stops,
    **{f"AdsAdapter.{name}": Youbora._opens_in_ad for name in _OPENS},
    "Plugin.fireError": Youbora._error,
    "Plugin.fireStop": Youbora._stop,
}
