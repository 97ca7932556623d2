"""What Segment's calls come to at Adobe Analytics: sessions, ad breaks and ads, pauses, and the ids that name them."""

from typing import Any, Final

from attrs import define, field

from videospec.check.truth import Number
from videospec.check.vendor import Vendor, goes_on
from videospec.rules.said import Said
from videospec.rules.view import View
from videospec.simulators.stage import Call
from videospec.simulators.values import shown
from videospec.spec import events as e

_HOLDS: Final = {"SeekStart": "seek", "BufferStart": "stall", "AdBreakStart": "ad"}
_GOES_ON: Final = {"SeekComplete": "seek", "BufferComplete": "stall", "AdBreakComplete": "ad"}
_STALE_S: Final = 1.5
"""The playhead should be moved each second; this much is a second and a late message."""
_MOST_NAMED: Final = 5


@define
class _Open:
    view: View
    at: float
    silent: bool = False
    """Whether no Video Playback Started opened it."""
    playing: bool = False
    paused: float | None = None
    held: set[str] = field(factory=set)
    """What keeps the content from playing: an ad break, a seek, a stall."""
    fresh_ms: float = 0.0
    """Milliseconds that had been played when the playhead was last moved."""
    playhead: object = None
    """Where to: it is the page's, and may stand there already by another session."""


class Adobe(Vendor):
    """Sessions by name, and sums."""

    name = "Adobe Analytics"
    settings = {"heartbeatTrackingServerUrl": "check.invalid", "marketingCloudOrgId": "check"}  # noqa: RUF012 -- read only

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.open: dict[str, _Open] = {}
        self.known: set[str] = set()
        """The sessions that it heard anything of."""
        self.sessions = self.ended = self.breaks = self.ads = 0
        self.paused_ms = self.played_ms = self.behind_ms = 0.0

    def said(self, it: Said, view: View) -> None:
        theirs, position = self.open.get(it.session), self.heard.get("position")
        if theirs is not None and it.event == e.CONTENT_PLAYING and position not in (None, theirs.playhead):
            theirs.playhead = position
            self._behind(it, theirs)

    def hear(self, it: Said, view: View, calls: list[Call]) -> None:
        self.known.add(it.session)
        super().hear(it, view, calls)

    def called(self, it: Said, view: View, name: str, args: tuple[Any, ...], call: Call) -> None:
        theirs = self.open.get(it.session)
        if theirs is not None:
            self._advance(theirs, it.at)
        match name.partition(".")[2], args:
            case "trackSessionStart", (media, *_):
                self.sessions += 1
                self._beside(it)
                silent = it.event != e.PLAYBACK_STARTED
                if silent:
                    self.quirk("A17", it, f"{it.event} opens a session of {it.session} that is none")
                self.open[it.session] = _Open(view, it.at, silent)
                if "unknown video id" in str(shown(media)):
                    self.quirk("A2", it, "the media's id is 'unknown video id': all contents are one at Adobe")
            case "trackSessionEnd", _:
                self.ended += 1
                if (ended := self.open.pop(it.session, None)) is not None:
                    self._behind(it, ended)
            case "trackPause", _ if theirs is not None:
                theirs.paused = it.at if theirs.paused is None else theirs.paused
            case "trackPlay", _ if theirs is not None:
                self.paused_ms += it.at - theirs.paused if theirs.paused is not None else 0
                theirs.playing, theirs.paused = True, None
            case "trackEvent", (str(what), *_) if what in _HOLDS and theirs is not None:
                self.breaks += what == "AdBreakStart"
                self._beside_a_break(it, what)
                theirs.held.add(_HOLDS[what])
            case "trackEvent", (str(what), *_) if what in _GOES_ON and theirs is not None:
                theirs.held.discard(_GOES_ON[what])
            case "trackEvent", ("AdStart", *_):
                self.ads += 1
                if (place := it.get("pod_position")) not in (None, 1):
                    text = f"ad {place} of pod {it.get('pod_id')}"
                    if not (len(args) > 1 and place in shown(args[1]).get("createAdObject", ())):
                        self.quirk("A7", it, f"{text} is the first at Adobe")
                    text = f"{text} is a break of its own"
                    self.quirk("A7", it, text, severity="warning", fate="altered", mended=False)
                self._raw(it)
            case "trackEvent", ("ChapterStart", *_) if it.event == e.PLAYBACK_RESUMED:
                mended = e.CONTENT_STARTED in view.seen
                self.quirk("A9", it, "the resume opens a chapter that is none, 6000 s long", mended=mended)

    def _raw(self, it: Said) -> None:
        """What of the content becomes the ad's context data as it is."""
        content = self.heard.get("content")
        found = (
            [name for name, value in content.items() if not isinstance(value, str)] if isinstance(content, dict) else []
        )
        if found:
            text = f"{', '.join(found[:_MOST_NAMED])} of the content are no texts in the ad's context data"
            self.quirk("A12", it, text, severity="note", fate="delivered")

    def _advance(self, theirs: _Open, at: float) -> None:
        if theirs.playing and theirs.paused is None and not theirs.held:
            self.played_ms += max(0.0, at - theirs.at)
        theirs.at = max(theirs.at, at)

    def _behind(self, it: Said, theirs: _Open) -> None:
        """How long it has played since the playhead was moved."""
        behind = theirs.view.played_ms - theirs.fresh_ms
        theirs.fresh_ms = theirs.view.played_ms
        self.behind_ms = max(self.behind_ms, behind)
        if behind > _STALE_S * 1000:
            text = f"the playhead stood still for {behind / 1000:.1f} s of playing, and should move each second"
            self.quirk("A5", it, text, severity="note", fate="delivered")

    def _beside_a_break(self, it: Said, what: str) -> None:
        if what == "AdBreakStart":
            found = ((name, self.open.get(name)) for name in self.beside if name != it.session)
            other = next((name for name, one in found if one is not None and "ad" in one.held), None)
            if other is not None:
                text = f"{it.session} begins an ad while one of {other} is on: its break is none of its own"
                self.quirk("A16", it, text, severity="warning", fate="altered")

    def _beside(self, it: Said) -> None:
        """Whether another session is live while one begins."""
        for other in self.beside:
            theirs = self.open.get(other)
            if other != it.session and theirs is not None and goes_on(theirs.view, it.at):
                text = f"{it.session} begins while {other} goes on: they share a playhead and an ad break"
                self.quirk("A15", it, text, severity="warning", fate="altered")
                return

    def reads(self, it: Said, view: View, call: Call) -> None:
        if it.event == e.QUALITY_UPDATED and it.get("framerate") is not None and self.heard.get("fps") is None:
            text = f"frames a second are 0 at Adobe: framerate {it.get('framerate')} is not read"
            self.quirk("A3", it, text, severity="warning", fate="altered")

    def throws(self, it: Said, call: Call) -> None:
        if self.account.get("marketingCloudOrgId"):
            unnamed = self.heard.get("asset_id") is None
            if e.EVENTS[it.event].family != "ad" or not (unnamed or it.session not in self.open):
                super().throws(it, call)
                return
            why = "has no asset_id" if unnamed else "comes before Video Playback Started"
            self.quirk("A6", it, f"{it.event} throws, since it {why}: what it would have done is lost", fate="ignored")
        else:
            self.quirk("A8", it, "every event throws: the account has no marketingCloudOrgId", fate="ignored")

    def over(self, view: View) -> None:
        theirs = self.open.pop(view.id, None)
        if view.started and view.id not in self.known:
            it = Said(view.started, e.PLAYBACK_STARTED, view.at, view.id, None, {})
            text = f"nothing of {view.id} is heard: it is not sent under the Video Spec's own names"
            self.quirk("A17", it, text, fate="ignored")
            self.unheard(view)
        self.known.discard(view.id)
        if theirs is None:
            return
        ending = Said(view.line, view.event, view.at, view.id, None, {})
        self._advance(theirs, view.at)
        self._behind(ending, theirs)
        if (view.ended or view.interrupted) and not theirs.silent:
            text = f"the session of {view.id} goes on after {view.event}, and its heartbeats with it"
            self.quirk("A10", ending, text)

    def numbers(self) -> list[Number]:
        true = self.truth
        ended = true.completed + true.exited + true.interrupted
        return [
            Number("sessions started", true.sessions, self.sessions),
            Number("sessions ended", ended, self.ended),
            Number("ad breaks", true.pods, self.breaks),
            Number("ads", sum(true.ads.values()), self.ads),
            Number("played", true.played_s, self.played_ms / 1000, "s"),
            Number("paused", true.paused_s, self.paused_ms / 1000, "s"),
            Number("playhead behind", 0, self.behind_ms / 1000, "s"),
        ]
