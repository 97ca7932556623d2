"""What Segment's calls come to at Adobe Analytics: sessions, ad breaks and ads, pauses, and the ids that name them."""

from typing import Any

from attrs import define

from videospec.check.truth import Number
from videospec.check.vendor import Vendor
from videospec.rules.view import Said, View
from videospec.simulators.stage import Call
from videospec.spec import events as e


@define
class _Open:
    view: View
    chapters: int = 0
    paused: float | None = None


class Adobe(Vendor):
    """Sessions by name, and sums."""

    name = "Adobe Analytics"
    settings = {"heartbeatTrackingServerUrl": "check.invalid", "marketingCloudOrgId": "check"}  # noqa: RUF012 -- read only

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.open: dict[str, _Open] = {}
        self.sessions = self.ended = self.breaks = self.ads = 0
        self.paused_ms = 0.0

    def called(self, it: Said, view: View, name: str, args: list[Any], call: Call) -> None:
        theirs = self.open.get(it.session)
        match name.partition(".")[2], args:
            case "trackSessionStart", [media, *_]:
                self.sessions += 1
                self._beside(it)
                self.open[it.session] = _Open(view)
                if "unknown video id" in str(media):
                    self.quirk("A2", it, "the media's id is 'unknown video id': all contents are one at Adobe")
            case "trackSessionEnd", _:
                self.ended += 1
                self.open.pop(it.session, None)
            case "trackPause", _ if theirs is not None:
                theirs.paused = it.at if theirs.paused is None else theirs.paused
            case "trackPlay", _ if theirs is not None and theirs.paused is not None:
                self.paused_ms += it.at - theirs.paused
                theirs.paused = None
            case "trackEvent", ["AdBreakStart", *_]:
                self.breaks += 1
            case "trackEvent", ["AdStart", *_]:
                self.ads += 1
                if (place := it.get("pod_position")) not in (None, 1):
                    counted = len(args) > 1 and place in args[1].get("createAdObject", ())
                    text = f"ad {place} of pod {it.get('pod_id')} is a break of its own"
                    if counted:
                        self.quirk("A7", it, text, severity="warning", fate="altered")
                    else:
                        self.quirk("A7", it, f"{text}, and the first in it")
            case "trackEvent", ["ChapterStart", *_] if it.event == e.PLAYBACK_RESUMED:
                self.quirk("A9", it, "the resume opens a chapter that is none, 6000 s long")

    def _beside(self, it: Said) -> None:
        """Whether another session is live while one begins."""
        for other, theirs in self.open.items():
            if other != it.session and not theirs.view.ended and not theirs.view.interrupted:
                text = f"{it.session} begins while {other} goes on: they share a playhead and an ad break"
                self.quirk("A15", it, text, severity="warning", fate="altered")
                return

    def reads(self, it: Said, view: View, call: Call) -> None:
        if it.event == e.QUALITY_UPDATED and it.get("framerate") is not None and self.heard.get("fps") is None:
            text = f"frames a second are 0 at Adobe: framerate {it.get('framerate')} is not read"
            self.quirk("A3", it, text, severity="warning", fate="altered")

    def throws(self, it: Said, call: Call) -> None:
        if self.account.get("marketingCloudOrgId"):
            super().throws(it, call)
        else:
            self.quirk("A8", it, "every event throws: the account has no marketingCloudOrgId", fate="ignored")

    def over(self, view: View) -> None:
        if self.open.pop(view.id, None) is not None and (view.ended or view.interrupted):
            ending = Said(view.line, view.event, view.at, view.id, None, {})
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
            Number("paused", true.paused_s, self.paused_ms / 1000, "s"),
        ]
