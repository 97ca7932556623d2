"""What Segment's calls come to at Parse.ly: plays, pauses and resets, each of a video id.

A video's first trackPlay, and the first after a reset of it, is a play; the others go on with it (Parse.ly's API reference).
"""

from typing import Any, Final

from videospec.check.truth import Number
from videospec.check.vendor import Vendor
from videospec.rules.said import Said
from videospec.rules.view import View
from videospec.simulators.stage import Call
from videospec.simulators.values import UNDEFINED
from videospec.spec import events as e

_ROUNDING_S: Final = 0.5
_DOES: Final = ("trackPlay", "trackPause", "reset")


def _from(it: Said, view: View) -> tuple[float, float, float]:
    return it.at, view.ad_ms, view.stalled_ms + view.seeking_ms


class Parsely(Vendor):
    """Plays by session, and sums."""

    name = "Parsely"

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.plays = self.pauses = 0
        self.measured_ms = 0.0
        self.playing: dict[str, dict[str, tuple[float, float, float]]] = {}
        """Since when each video of each session plays there, and the milliseconds of ads that the session had seen, and of
        stalls and seeks."""
        self.stood: dict[str, float] = {}
        """The milliseconds of stalls and seeks within the videos of each session."""
        self.newest: dict[str, str] = {}
        """The video that each session played last."""
        self.started: dict[str, set[str]] = {}
        """The videos that each session has played, and not reset."""
        self.resumed: dict[str, Said] = {}
        """The first Resumed of each session's content: in an ad nothing is to go on, and before a content nothing can."""
        self.again: set[str] = set()

    def said(self, it: Said, view: View) -> None:
        if it.event == e.PLAYBACK_RESUMED and view.content is not None and view.ad is None:
            self.resumed.setdefault(it.session, it)

    def called(self, it: Said, view: View, name: str, args: tuple[Any, ...], call: Call) -> None:
        does, of = name.rpartition(".")[2], args[0] if args else UNDEFINED
        if does not in _DOES:
            return
        if of is None or of is UNDEFINED:
            if does != "trackPlay":
                text = f"{it.event} names no asset_id: {does} is told of no video, and the one that plays goes on"
                self.quirk("P1", it, text)
            return
        video = str(of)
        if does == "trackPlay":
            started = self.started.setdefault(it.session, set())
            self.plays += video not in started
            started.add(video)
            self.newest[it.session] = video
            self.playing.setdefault(it.session, {}).setdefault(video, _from(it, view))
            if it.event == e.PLAYBACK_RESUMED:
                self.again.add(it.session)
            return
        self.pauses += does == "trackPause"
        if does == "reset":
            self.started.get(it.session, set()).discard(video)
        self._stops(it, view, video)

    def _stops(self, it: Said, view: View, video: str) -> None:
        """What was measured is settled."""
        now = _from(it, view)
        began, ads, stood = self.playing.get(it.session, {}).pop(video, now)
        self.measured_ms += it.at - began
        self.stood[it.session] = self.stood.get(it.session, 0) + now[2] - stood
        if view.ad_ms > ads:
            text = f"{(view.ad_ms - ads) / 1000:.1f} s of ads within {it.session} are time of its video"
            self.quirk("P7", it, text, severity="warning", fate="altered")

    def over(self, view: View) -> None:
        ending = Said(view.line, view.event, view.at, view.id, None, {})
        resumed = self.resumed.pop(view.id, None)
        if resumed is not None and view.id in self.started and view.id not in self.again:
            text = "a play that was resumed is not started again: what is watched after it is missing"
            self.quirk("P3", resumed, text)
        playing = list(self.playing.get(view.id, ()))
        if before := [video for video in playing if video != self.newest.get(view.id)]:
            text = (
                f"the play of {', '.join(before)} in {view.id} goes on beside that of the next content: nothing ends it"
            )
            self.quirk("P5", ending, text)
        elif playing and (view.ended or view.interrupted):
            self.quirk("P5", ending, f"the play of {view.id} goes on after {view.event}")
        for video in playing:
            self._stops(ending, view, video)
        if (stood := self.stood.pop(view.id, 0) / 1000) > _ROUNDING_S:
            text = f"{stood:.1f} s of stalls and seeks in {view.id} are time of its video"
            self.quirk("P8", ending, text, severity="note", fate="delivered")
        self.playing.pop(view.id, None)
        self.newest.pop(view.id, None)
        self.started.pop(view.id, None)
        self.again.discard(view.id)

    def numbers(self) -> list[Number]:
        true = self.truth
        return [
            Number("plays", true.contents, self.plays),
            Number("pauses", true.pauses, self.pauses),
            Number("measured", true.played_s, self.measured_ms / 1000, "s"),
            Number("ads", sum(true.ads.values()), None),
        ]
