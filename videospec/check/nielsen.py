"""What Segment's calls come to at Nielsen: what is loaded, and the seconds of playhead that are told."""

from datetime import UTC, date, datetime
from typing import Any, Final

from videospec.check.flat import at
from videospec.check.truth import Number
from videospec.check.vendor import Vendor, goes_on
from videospec.destinations import nielsen_dcr_quirks as dcr
from videospec.destinations import nielsen_dtvr_overrides as dtvr
from videospec.destinations.destination import listed
from videospec.rules.said import Said
from videospec.rules.view import LONGEST_GAP_MS, View
from videospec.simulators.stage import TIMER, Call
from videospec.simulators.values import shown_all
from videospec.spec import events as e

_PAUSE: Final = "pause"
_STANDS: Final = (_PAUSE, "stall or a seek")


def _stands(view: View) -> str:
    """In what a session stands; nothing if it plays."""
    return _STANDS[0] if view.paused else _STANDS[1] if view.stalled or view.seeking else ""


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
        self.told: dict[str, tuple[int, object]] = {}
        """The seconds of playhead that each session told so far, and the last of them."""
        self.loaded: dict[str, View] = {}
        self.assets: dict[str, object] = {}
        """The content that each session loaded last: that of a further pod is loaded again, and is no other."""
        self.current: dict[str, str] = {}
        """By page the session whose content is loaded: what is ended is that, whoever ends it."""
        self.pages: dict[str, str] = {}
        """The page of each session that is loaded."""
        self.shared: set[str] = set()
        """The sessions of which another was measured at a time."""
        self.first: dict[str, Said] = {}
        """The first content or ad of each session."""
        self.ended: set[str] = set()
        self.last: dict[str, Said] = {}
        self.stands: dict[str, str] = {}
        """In what each session stands, where its last event let the playhead go on all the same."""
        self.standing: dict[tuple[str, str], int] = {}
        """The seconds that were told then, by session and by what it was."""

    def said(self, it: Said, view: View) -> None:
        if it.event in (e.CONTENT_STARTED, e.AD_STARTED):
            self.first.setdefault(it.session, it)

    def hear(self, it: Said, view: View, calls: list[Call]) -> None:
        super().hear(it, view, calls)
        told = [args[0] for call in calls if call["event"] != "(timer)" and (args := call.get("args"))]
        if it.event in dcr.ON and "end" in told and "loadMetadata" not in told:
            self.quirk("N4", it, f"{it.event} names another content, and tells nothing of it: the measurement stops")

    def heard_all(self, it: Said, view: View) -> None:
        self.last[it.session] = it
        if it.event in dcr.RESTARTS:
            self.stands[it.session] = _stands(view)
        elif it.event != e.QUALITY_UPDATED:
            self.stands.pop(it.session, None)

    def called(self, it: Said, view: View, name: str, args: tuple[Any, ...], call: Call) -> None:
        match shown_all(args):
            case ["loadMetadata", {"type": "content"} as told]:
                self._has_ads(it)
                self.contents += told.get("assetid") != self.assets.get(it.session)
                self.assets[it.session] = told.get("assetid")
                self._beside(it)
                self.loaded[it.session], self.pages[it.session] = view, self.page
                self.current[self.page] = it.session
                self.ended.discard(it.session)
                self._aired(it, str(told.get("airdate")))
            case ["loadMetadata", _]:
                self.ads += 1
            case ["setPlayheadPosition", position]:
                self._position(it, position, call)
            case ["end", _]:
                self.ends += 1
                self.ended.add(self.current.get(self.page, it.session))
            case ["stop", position] if it.live:
                self._ahead(it, position, call)
            case ["stop", position] if (
                e.EVENTS[it.event].family == "playback" and view.ads_seen and position == it.position
            ):
                text = f"on {it.event} the playhead is {position}, with {view.ads_seen:g} s of ads in it"
                self.quirk("N8", it, text)

    def _position(self, it: Said, position: object, call: Call) -> None:
        """A playhead. What the timer tells is a second more, of the session that is loaded, whosever message comes next; at
        an end it only says where that was."""
        session = it.session
        if timed := call["event"] == TIMER:
            session = self.current.get(self.page, session)
            if session != it.session and call["at"] - self.loaded[session].at > LONGEST_GAP_MS:
                return  # nothing more comes of it, and its page is closed
        seconds, last = self.told.get(session, (0, None))
        more = timed and position != last
        self.told[session] = seconds + more, position
        self.credited += more
        if timed and (what := self.stands.get(session)):
            self.standing[session, what] = self.standing.get((session, what), 0) + more
        self._ahead(self.last.get(session, it) if timed else it, position, call)

    def _ahead(self, it: Said, position: object, call: Call) -> None:
        """Whether a livestream tells a time that is to come."""
        now = call["at"] / 1000
        if isinstance(position, (int, float)) and position > now + 1:
            text = f"at {it.event} the playhead of the livestream is {position - now:.0f} s ahead of now: its position "
            self.quirk("N8", it, text + "is to be the seconds behind now, below 0")

    def _has_ads(self, it: Said) -> None:
        """The option, which says nothing as a text."""
        said = self.message.get("integrations")
        for name in self.it.names:
            options = said.get(name) if isinstance(said, dict) else None
            if isinstance(options, dict) and isinstance(options.get("hasAds"), str):
                text = "hasAds is a text, and the content is told to have none"
                self.quirk("N6", it, text, severity="warning", fate="altered")

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
        first = self.first.pop(view.id, None)
        if first is not None and view.id not in self.loaded:
            text = f"session {view.id} is not measured at all: no content event says load_type dynamic"
            self.quirk("N1", first, text, fate="ignored")
            self.unheard(view)
        elif view.id in self.loaded.keys() - self.ended - self.shared and (view.ended or view.interrupted):
            ending = Said(view.line, view.event, view.at, view.id, None, {})
            text = f"{view.event} stops the measurement of {view.id} and does not end it"
            self.quirk("N10", ending, text)
        seconds, _ = self.told.pop(view.id, (0, None))
        if view.id in self.loaded and view.id not in self.shared:
            self._told(view, seconds)
        for what in _STANDS:
            self.standing.pop((view.id, what), None)
        self.last.pop(view.id, None)
        self.stands.pop(view.id, None)
        self.shared.discard(view.id)
        self.loaded.pop(view.id, None)
        page = self.pages.pop(view.id, "")
        if self.current.get(page) == view.id:
            del self.current[page]
        self.assets.pop(view.id, None)
        self.ended.discard(view.id)

    def _told(self, view: View, seconds: int) -> None:
        """The playhead that was told, beside the seconds that were seen."""
        seen = (view.played_ms + view.ad_ms) / 1000
        ending = Said(view.line, view.event, view.at, view.id, None, {})
        added = {what: more for what in _STANDS if (more := self.standing.get((view.id, what)))}
        for what, more in added.items():
            text = f"{view.id} tells {more} s of playhead while it stands in a {what}"
            self.quirk("N17", ending, text, mended=what == _PAUSE)
        if (seconds := seconds - sum(added.values())) < seen - 1:
            text = f"{view.id} tells {seconds} s of playhead, and {seen:.0f} were seen"
            self.quirk("N18", ending, text, severity="note", fate="delivered")

    def _beside(self, it: Said) -> None:
        """Whether another session is measured while one begins."""
        for other in self.beside:
            view = self.loaded.get(other)
            if other != it.session and view is not None and goes_on(view, it.at):
                self.shared |= {it.session, other}
                self.quirk("N14", it, f"{it.session} is measured while {other} goes on: they share one playhead")
                return

    def numbers(self) -> list[Number]:
        true = self.truth
        return [
            Number("contents loaded", true.contents, self.contents),
            Number("ads loaded", sum(true.ads.values()), self.ads),
            Number("playhead told", true.played_s + true.ad_s, self.credited, "s", rounding=1.0),
            Number("contents ended", true.contents_over, self.ends),
        ]


class NielsenDTVR(Vendor):
    """Streams loaded, and ID3 tags passed on."""

    name = "Nielsen DTVR"

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.contents = self.tags = self.listed = 0
        self.first: dict[str, Said] = {}
        """The first content of each session."""
        self.last_tags: dict[str, object] = {}
        """By session the last ID3 tag of an event that the account lists."""
        self.loaded: dict[str, object] = {}
        """The content with which each session was loaded last."""
        self.again: set[str] = set()
        self.spelt = spelt if isinstance(spelt := self.account.get(dtvr.LISTED), list) else []
        self.lists = listed(self.spelt)

    def said(self, it: Said, view: View) -> None:
        if it.event == e.CONTENT_STARTED:
            self.first.setdefault(it.session, it)
        tag = self.heard.get(str(self.account.get("id3Property") or "id3")) if it.event in self.lists else None
        if tag and tag != self.last_tags.get(it.session):
            self.listed, self.last_tags[it.session] = self.listed + 1, tag

    def called(self, it: Said, view: View, name: str, args: tuple[Any, ...], call: Call) -> None:
        match shown_all(args):
            case ["loadMetadata", _]:
                if it.event == e.CONTENT_STARTED:
                    self.contents += it.get("asset_id") != self.loaded.get(it.session, self)
                    self.loaded[it.session] = it.get("asset_id")
                if it.event in dtvr.ON:
                    self.again.add(it.session)
            case ["sendID3", _]:
                self.tags += 1
                if it.session not in self.loaded and it.event not in (*dtvr.ON, e.CONTENT_STARTED):
                    text = f"the ID3 tag of {it.event} is sent, and {it.session} is not linear"
                    self.quirk("T9", it, text, severity="warning", fate="altered", mended=self._dynamic(it.session))

    def over(self, view: View) -> None:
        for name in self.spelt:
            known = next((event for event in e.EVENTS if event.lower() == str(name).lower()), name)
            if known != name and known in view.seen:
                self.quirk("T4", None, f"{name} in {dtvr.LISTED} is not {known}: the web sends no tag of it")
        first = self.first.get(view.id)
        if first is not None and view.id not in self.loaded:
            if self._dynamic(view.id):
                text = f"session {view.id} is not measured: its load_type is dynamic, which is for DCR"
                self.quirk("T3", first, text, severity="note", fate="ignored", mended=False)
            else:
                text = f"session {view.id} is not measured: no content event says load_type linear, and channel"
                self.quirk("T2", first, text, fate="ignored", mended=first.get("channel") is not None)
            self.unheard(view)
        self.first.pop(view.id, None)
        resumed = next((view.seen[name] for name in dtvr.ON if name in view.seen), 0)
        if resumed and view.id in self.loaded and view.id not in self.again:
            told = Said(resumed, e.PLAYBACK_RESUMED, view.at, view.id, None, {})
            self.quirk("T1", told, "an event that goes on without load_type linear ends the measurement of the stream")
        self.loaded.pop(view.id, None)
        self.last_tags.pop(view.id, None)
        self.again.discard(view.id)

    def numbers(self) -> list[Number]:
        return [
            Number("contents loaded", self.truth.contents, self.contents),
            Number("ID3 tags sent", self.listed, self.tags),
        ]

    def _dynamic(self, session: str) -> bool:
        """Whether it is of the other kind of stream, which DTVR is not to count."""
        first = self.first.get(session)
        return first is not None and first.get("load_type") == "dynamic"
