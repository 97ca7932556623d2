"""What the calls of a simulated integration come to at the vendor."""

from collections.abc import Iterable
from typing import Any, ClassVar, Final

from videospec.check.tally import Fate, Tally
from videospec.check.truth import Number, Truth
from videospec.destinations.destination import Destination, Quirk
from videospec.rules.finding import Severity
from videospec.rules.said import Said
from videospec.rules.view import View
from videospec.simulators.integration import Settings
from videospec.simulators.stage import Call
from videospec.spec.events import QUALITY_UPDATED

_GONE_MS: Final = 30 * 60 * 1000
"""A session that says nothing for this long is over, as it is to a replay."""


def goes_on(view: View, at: float) -> bool:
    """Whether a session is live at an instant, as far as it has said."""
    return not view.ended and not view.interrupted and at - view.at <= _GONE_MS


class Vendor:
    """A reading of the calls: a subclass keeps what the vendor would have counted."""

    name: ClassVar[str]
    settings: ClassVar[Settings] = {}
    """Settings without which the integration makes no calls: what is taken for granted of an account that is not told."""

    def __init__(self, it: Destination, tally: Tally, truth: Truth, account: Settings) -> None:
        self.it, self.tally, self.truth, self.account = it, tally, truth, account
        self.heard: dict[str, Any] = {}
        """The properties with which the message came that is being heard: after overrides, they are not its own."""
        self.message: dict[str, Any] = {}
        """The message with them."""
        self.page = ""
        """The name of the page on which it comes."""
        self.beside: Iterable[str] = ()
        """The live sessions of that page, its own among them."""
        self.quirks: dict[str, Quirk] = {quirk.id: quirk for quirk in it.quirks}

    def hear(self, it: Said, view: View, calls: list[Call]) -> None:
        """A message, once its session has taken it, and the calls that it and the timers before it made."""
        for call in calls:
            if "throws" in call:
                self.throws(it, call)
            elif "call" in call:
                self.called(it, view, call["call"], call["args"], call)
            else:
                self.reads(it, view, call)

    def said(self, it: Said, view: View) -> None:
        """A message that is sent to it, whether it makes calls or not."""

    def heard_all(self, it: Said, view: View) -> None:
        """The same message, once its calls have been heard."""

    def called(self, it: Said, view: View, name: str, args: tuple[Any, ...], call: Call) -> None:
        """One call."""

    def reads(self, it: Said, view: View, call: Call) -> None:
        """No call, but the SDK reads something else from now on."""

    def over(self, view: View) -> None:
        """A session that is over."""

    def numbers(self) -> list[Number]:
        """The vendor's numbers beside the true ones, when all has been heard."""
        return []

    # -- findings

    def quirk(
        self,
        name: str,
        it: Said | None,
        text: str,
        *,
        severity: Severity = "error",
        fate: Fate = "harmful",
        mended: bool = True,
    ) -> None:
        """One more of a quirk: `text` tells of the first. `mended` is false where the override of the quirk, if there is
        one, does not reach; those are counted apart."""
        event = it.event if it is not None else ""
        if event:
            self.tally.fate(event, fate)
        line = it.line if it is not None else None
        key = (name, mended)
        if not self.tally.met(key, line):
            mend, override = self.quirks[name].mend.rstrip("."), None if mended else False
            self.tally.add(key, line, f"quirk.{name}", severity, text, mend, override=override)

    def uncounted(self, it: Said) -> None:
        """A message that names no session: whose numbers it would change is not known."""
        if it.event != QUALITY_UPDATED and not self.tally.met("uncounted", it.line):
            text = f"{it.event} names no session: neither the true numbers nor those at {self.it.name} have it in them"
            mend = "send the session_id of Video Playback Started as a text on every event"
            self.tally.add("uncounted", it.line, "count.session", "warning", text, mend, override=False)

    def unheard(self, view: View) -> None:
        """Nothing of a session meant anything."""
        for event in view.seen:
            self.tally.fate(event, "ignored")

    def throws(self, it: Said, call: Call) -> None:
        """The integration fails at a message."""
        self.tally.fate(it.event, "ignored")
        key = ("throws", call["throws"])
        if not self.tally.met(key, it.line):
            text = f"the integration throws on {it.event}, and what it would have done is lost: {call['throws']}"
            mend = "send what the integration reads; videospec simulate shows each call"
            self.tally.add(key, it.line, "simulator.throws", "error", text, mend)
