"""What Segment's calls come to at Parse.ly: plays, pauses and resets, each of a video id."""

from typing import Any

from videospec.check.truth import Number
from videospec.check.vendor import Vendor
from videospec.rules.view import Said, View
from videospec.simulators.stage import Call
from videospec.simulators.values import UNDEFINED
from videospec.spec import events as e


class Parsely(Vendor):
    """Plays by session, and sums."""

    name = "Parsely"

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.plays = self.pauses = 0
        self.measured_ms = 0.0
        self.playing: dict[str, tuple[float, float]] = {}
        """Since when each session plays there, and the milliseconds of ads that it had seen."""
        self.again: set[str] = set()

    def called(self, it: Said, view: View, name: str, args: tuple[Any, ...], call: Call) -> None:
        does = name.rpartition(".")[2]
        if does == "trackPlay":
            self.plays += 1
            self.playing.setdefault(it.session, (it.at, view.ad_ms))
            if it.event == e.PLAYBACK_RESUMED:
                self.again.add(it.session)
        elif does in ("trackPause", "reset"):
            self.pauses += does == "trackPause"
            if args[0] is None or args[0] is UNDEFINED:
                text = f"{it.event} names no asset_id: {does} is told of no video, and the one that plays goes on"
                self.quirk("P1", it, text)
            else:
                self._stops(it, view)

    def _stops(self, it: Said, view: View) -> None:
        """What was measured is settled."""
        began, ads = self.playing.pop(it.session, (it.at, view.ad_ms))
        self.measured_ms += it.at - began
        if view.ad_ms > ads:
            text = f"{(view.ad_ms - ads) / 1000:.1f} s of ads within {it.session} are time of its video"
            self.quirk("P7", it, text, severity="warning", fate="altered")

    def over(self, view: View) -> None:
        ending = Said(view.line, view.event, view.at, view.id, None, {})
        if e.PLAYBACK_RESUMED in view.seen and view.id not in self.again:
            resumed = Said(view.seen[e.PLAYBACK_RESUMED], e.PLAYBACK_RESUMED, view.at, view.id, None, {})
            self.quirk(
                "P3", resumed, "a play that was resumed is not started again: what is watched after it is missing"
            )
        if view.id in self.playing and (view.ended or view.interrupted):
            self.quirk("P5", ending, f"the play of {view.id} goes on after {view.event}")
        self._stops(ending, view)
        self.again.discard(view.id)

    def numbers(self) -> list[Number]:
        true = self.truth
        return [
            Number("plays", true.contents, self.plays),
            Number("pauses", true.pauses, self.pauses),
            Number("measured", true.played_s, self.measured_ms / 1000, "s"),
            Number("ads", sum(true.ads.values()), None),
        ]
