"""What Segment's calls come to at Nielsen: what is loaded, and the seconds of playhead that are told."""

from typing import Any

from videospec.check.flat import at
from videospec.check.truth import Number
from videospec.check.vendor import Vendor
from videospec.rules.view import Said, View
from videospec.simulators.stage import Call
from videospec.spec import events as e


class NielsenDCR(Vendor):
    """Metadata and seconds; each second of playhead is one that Nielsen credits."""

    name = "Nielsen DCR"

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.contents = self.ads = self.ends = 0
        self.credited = 0
        self.loaded: set[str] = set()
        self.ended: set[str] = set()

    def called(self, it: Said, view: View, name: str, args: list[Any], call: Call) -> None:
        match args:
            case ["loadMetadata", {"type": "content"} as told]:
                self.contents += it.event == e.CONTENT_STARTED or it.session not in self.loaded
                self.loaded.add(it.session)
                if at(self.heard, "airdate") is None and at(self.heard, "content.airdate") is None:
                    day = told.get("airdate")
                    self.quirk(
                        "N5", it, f"no airdate is sent: Nielsen gets {day}, the day of the playback", severity="warning"
                    )
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
            self.quirk("N10", ending, f"{view.event} stops the measurement of {view.id} and does not end it")
        self.loaded.discard(view.id)
        self.ended.discard(view.id)

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

    def called(self, it: Said, view: View, name: str, args: list[Any], call: Call) -> None:
        match args:
            case ["loadMetadata", _]:
                self.contents += it.event == e.CONTENT_STARTED
                self.loaded.add(it.session)
                if it.event in _AGAIN:
                    self.again.add(it.session)
            case ["sendID3", _]:
                self.tags += 1

    def over(self, view: View) -> None:
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
