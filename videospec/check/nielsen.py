"""What Segment's calls come to at Nielsen: what is loaded, and the seconds of playhead that are told."""

from datetime import UTC, date, datetime
from typing import Any

from videospec.check.flat import at
from videospec.check.truth import Number
from videospec.check.vendor import Vendor
from videospec.rules.view import Said, View
from videospec.simulators.stage import Call
from videospec.simulators.values import shown_all
from videospec.spec import events as e


def _hour(airdate: object) -> int | None:
    """The hour of UTC that an airdate says; 12 for a mere day, which says none; None for what is no date."""
    try:
        return 12 if date.fromisoformat(str(airdate)) else None
    except ValueError:
        pass
    try:
        said = datetime.fromisoformat(str(airdate))
        return said.hour if said.tzinfo is None else said.astimezone(UTC).hour
    except (ValueError, OverflowError):
        return None


class NielsenDCR(Vendor):
    """Metadata and seconds; each second of playhead is one that Nielsen credits."""

    name = "Nielsen DCR"

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.contents = self.ads = self.ends = 0
        self.credited = 0
        self.loaded: dict[str, View] = {}
        self.ended: set[str] = set()

    def called(self, it: Said, view: View, name: str, args: tuple[Any, ...], call: Call) -> None:
        match shown_all(args):
            case ["loadMetadata", {"type": "content"} as told]:
                self.contents += it.event == e.CONTENT_STARTED or it.session not in self.loaded
                self._beside(it)
                self.loaded[it.session] = view
                self._aired(it, str(told.get("airdate")))
            case ["loadMetadata", _]:
                self.ads += 1
            case ["setPlayheadPosition", _] if call.get("event") == "(timer)":
                self.credited += 1
            case ["end", _]:
                self.ends += 1
                self.ended.add(it.session)
            case ["stop", position] if (
                e.EVENTS[it.event].family == "playback" and view.ads_seen and not it.live and position == it.position
            ):
                text = f"on {it.event} the playhead is {position}, with {view.ads_seen:g} s of ads in it"
                self.quirk("N8", it, text)

    def _aired(self, it: Said, told: str) -> None:
        """The airdate that Nielsen gets, beside the one that was sent."""
        sent = at(self.heard, "content.airdate") if it.event == e.AD_STARTED else at(self.heard, "airdate")
        sent = sent or at(self.heard, "content.airdate")
        if sent is None:
            text = f"no airdate is sent: Nielsen gets {told}, the day of the playback"
            self.quirk("N15", it, text, severity="warning", fate="altered")
        elif (hour := _hour(sent)) is None or not 1 <= hour <= 12:
            text = f"airdate {sent} is {told} at Nielsen"
            self.quirk("N5", it, text, severity="warning", fate="altered")

    def over(self, view: View) -> None:
        start = view.seen.get(e.CONTENT_STARTED) or view.seen.get(e.AD_STARTED)
        if start and view.id not in self.loaded:
            event = e.CONTENT_STARTED if e.CONTENT_STARTED in view.seen else e.AD_STARTED
            told = Said(start, event, view.at, view.id, None, {})
            text = f"session {view.id} is not measured at all: no content event says load_type dynamic"
            self.quirk("N1", told, text, fate="ignored")
            self.unheard(view)
        elif view.id in self.loaded and view.id not in self.ended and (view.ended or view.interrupted):
            ending = Said(view.line, view.event, view.at, view.id, None, {})
            text = f"{view.event} stops the measurement of {view.id} and does not end it"
            self.quirk("N10", ending, text)
        self.loaded.pop(view.id, None)
        self.ended.discard(view.id)

    def _beside(self, it: Said) -> None:
        """Whether another session is measured while one begins."""
        for other, view in self.loaded.items():
            if other != it.session and other not in self.ended and not view.ended and not view.interrupted:
                self.quirk("N14", it, f"{it.session} is measured while {other} goes on: they share one playhead")
                return

    def numbers(self) -> list[Number]:
        true = self.truth
        return [
            Number("contents loaded", true.contents, self.contents),
            Number("ads loaded", sum(true.ads.values()), self.ads),
            Number("playhead told", true.played_s + true.ad_s, self.credited, "s"),
            Number("sessions ended", true.completed + true.exited + true.interrupted, self.ends),
        ]


class NielsenDTVR(Vendor):
    """Streams loaded, and ID3 tags passed on."""

    name = "Nielsen DTVR"

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.contents = self.tags = 0
        self.loaded: set[str] = set()
        self.again: set[str] = set()

    def called(self, it: Said, view: View, name: str, args: tuple[Any, ...], call: Call) -> None:
        match shown_all(args):
            case ["loadMetadata", _]:
                self.contents += it.event == e.CONTENT_STARTED
                self.loaded.add(it.session)
                if it.event in _AGAIN:
                    self.again.add(it.session)
            case ["sendID3", _]:
                self.tags += 1

    def over(self, view: View) -> None:
        listed = self.account.get("sendId3Events")
        for name in listed if isinstance(listed, list) else ():
            known = next((event for event in e.EVENTS if event.lower() == str(name).lower()), name)
            if known != name and known in view.seen:
                self.quirk("T4", None, f"{name} in sendId3Events is not {known}: the web sends no tag of it")
        start = view.seen.get(e.CONTENT_STARTED)
        if start and view.id not in self.loaded:
            told = Said(start, e.CONTENT_STARTED, view.at, view.id, None, {})
            text = f"session {view.id} is not measured: no content event says load_type linear, and channel"
            self.quirk("T2", told, text, fate="ignored")
            self.unheard(view)
        resumed = next((view.seen[name] for name in _AGAIN if name in view.seen), 0)
        if resumed and view.id in self.loaded and view.id not in self.again:
            told = Said(resumed, e.PLAYBACK_RESUMED, view.at, view.id, None, {})
            self.quirk("T1", told, "an event that goes on without load_type linear ends the measurement of the stream")
        self.loaded.discard(view.id)
        self.again.discard(view.id)

    def numbers(self) -> list[Number]:
        return [
            Number("contents loaded", self.truth.contents, self.contents),
            Number("ID3 tags sent", self.tags, self.tags),
        ]


_AGAIN = (e.PLAYBACK_RESUMED, e.PLAYBACK_SEEK_COMPLETED, e.PLAYBACK_BUFFER_COMPLETED)
