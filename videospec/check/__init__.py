"""Is this stream safe for this destination? The rules of the Video Spec, the destination's rows, and where there is a model
of its integration, what that makes of the stream, in the vendor's numbers beside the true ones.

One pass, in memory by live session. It reads no clock: what time it is comes from the caller.
"""

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from datetime import datetime
from typing import Any, Final

from attrs import evolve, frozen
from msgspec.structs import replace

from videospec.check.adobe import Adobe
from videospec.check.fixing import Fixed, Heard, mended
from videospec.check.flat import Shapes
from videospec.check.names import Names
from videospec.check.nielsen import NielsenDCR, NielsenDTVR
from videospec.check.originals import Originals
from videospec.check.pages import Pages
from videospec.check.parsely import Parsely
from videospec.check.reach import off, old, silent, unreached
from videospec.check.rows import Rows
from videospec.check.tally import FATES, Fate, Tally
from videospec.check.truth import COUNTED, Number, Truth
from videospec.check.vendor import Vendor
from videospec.check.youbora import Youbora
from videospec.destinations.destination import Accounts, Destination
from videospec.destinations.limits import Oldest
from videospec.destinations.places import Origin
from videospec.hooks import NONE, Hooks
from videospec.rules import Finding, Lint, View
from videospec.rules.said import Said
from videospec.simulators import find_simulator
from videospec.spec.copies import copy_for
from videospec.spec.readings import BY_DEFAULT

VENDORS: Final[tuple[type[Vendor], ...]] = (Youbora, Adobe, NielsenDCR, NielsenDTVR, Parsely)


@frozen
class Verdict:
    """What one destination makes of a stream. `reached` is false where nothing of it arrives. There are no numbers where
    nothing is meant for it, or names a session."""

    destination: str
    reached: bool
    fates: dict[str, Fate]
    numbers: list[Number]


class Check:
    """One pass over a stream for some destinations, with the settings that they have in Segment as far as they are
    known; with `fix`, as they hear it after their overrides and the user's `own`. `now`: when it would be sent;
    `readings` of the spec: all that are in force."""

    def __init__(
        self,
        destinations: Sequence[Destination],
        origin: Origin = "web",
        now: datetime | None = None,
        *,
        accounts: Accounts | None = None,
        fix: bool = False,
        own: Hooks | None = None,
        readings: Mapping[str, str] = BY_DEFAULT,
    ) -> None:
        self.truth = Truth()
        self.originals = Originals()
        self.lint = Lint(self._over, readings)
        self.shapes = Shapes()
        heard = [Fixed(it, origin, own or NONE, accounts or {}) if fix else None for it in destinations]
        self.ones = [
            _One(it, origin, now, self.truth, self.shapes, it.account(accounts or {}), fixed)
            for it, fixed in zip(destinations, heard, strict=True)
        ]

    @property
    def views(self) -> Mapping[str, View]:
        """The live sessions by their ids."""
        return self.lint.views

    def first(self) -> Iterator[Finding]:
        """What can be said before the stream: whether it arrives."""
        for one in self.ones:
            if one.lost is not None:
                yield one.lost

    def take(self, line: int, message: dict[str, Any]) -> list[Finding]:
        """A message; the findings of the Video Spec's rules. Those about destinations come at the end."""
        it = self.lint.read(line, message)
        if it is None:
            return []
        if (destination := copy_for(message)) is not None:
            self._copy(it, message, destination)
            return []
        view = self.lint.views.get(it.session)
        self.originals.add(it, view)
        if it.session and it.event in COUNTED:
            self.truth.hear(it, view)
        for one in self.ones:
            one.before(it, message, view)
        found = self.lint.hear(it)
        if self.ones:
            # without a session each is alone
            view = self.lint.views.get(it.session) or View(it.session)
            for one in self.ones:
                one.after(it, message, view)
        return found

    def _copy(self, it: Said, message: dict[str, Any], destination: str) -> None:
        """A copy is no part of the stream as it is for everybody. Its destination hears it in the session that it was
        made of, which an override may have numbered, or given another name."""
        of = self.originals.of(it, destination) or it
        known = self.lint.views
        # of a session of which nothing else is known, each is alone
        view = known.get(of.session) or known.get(of.session.rpartition("#")[0]) or View(it.session)
        told = Heard(replace(of, line=it.line, session=view.id), view, message, it, view)
        for one in self.ones:
            one.copied(told)

    def close(self) -> Iterator[Finding]:
        """The findings at the end: of the rules, then of each destination, the worst first."""
        for one in self.ones:
            one.drain()
        yield from self.lint.close()
        for one in self.ones:
            yield from one.close()

    def _over(self, view: View) -> None:
        self.truth.over(view)
        self.originals.over(view.id)
        for one in self.ones:
            one.over(view)

    def verdicts(self) -> list[Verdict]:
        """What each destination makes of the stream, once it has been closed."""
        return [one.verdict() for one in self.ones]


class _One:
    """One destination."""

    def __init__(
        self,
        it: Destination,
        origin: Origin,
        now: datetime | None,
        truth: Truth,
        shapes: Shapes,
        account: dict[str, Any],
        fixed: Fixed | None,
    ) -> None:
        self.it, self.now, self.fixed = it, now, fixed
        self.lost = unreached(it, origin)
        self.tally = Tally(it.name)
        on = it.platforms_from(origin)
        self.rows = Rows(it, on, self.tally, shapes, account, now)
        self.names = Names(it, on, self.tally)
        kind = find_simulator(it.name) if it.simulated and "web" in on else None
        model = next((one for one in VENDORS if one.name == it.name), None)
        self.vendor: Vendor | None = None
        self.pages: Pages | None = None
        if kind is not None and model is not None:
            # an account that is told is the account; of one that is not, that it works is taken for granted
            told = {name: value for name, value in account.items() if name in kind.settings} or model.settings
            self.vendor, self.pages = model(it, self.tally, truth, told), Pages(kind, told)
            self.lost = self.lost or silent(it, kind.silent(told))
        self.switches = it.switches
        self.apart: dict[str, dict[str, View]] = {}
        """By session of the stream: its sessions as they are heard here, from the first message that only everybody or only
        this destination hears."""
        self.sent = True
        """Whether the message at hand is sent to it."""
        self.kept_out: bool | None = None
        """Whether `integrations` has let no message through to it so far; None before the first."""
        self.counts = False
        """Whether any session was heard, so that there are numbers."""

    def before(self, it: Said, message: dict[str, Any], view: View | None) -> None:
        sent = "integrations" not in message or self._sent(message)
        if self.kept_out is not False:
            self.kept_out = not sent
        self.sent = sent
        self.counts = self.counts or bool(it.session)
        if sent and not it.session and self.vendor is not None and self.lost is None:
            self.vendor.uncounted(it)
        if self.lost is not None or self.fixed is not None:
            return
        apart = self.apart.get(it.session)
        if not sent:
            if apart is None:
                self._parts(it.session, view)
            return
        if apart is None:
            self._row(it, message, view)
        else:
            self._row(it, message, apart[it.session])
            apart[it.session].take(it)

    def _row(self, it: Said, message: dict[str, Any], view: View | None) -> None:
        """What the rows say of a message, unless the integration does not read its name as they do."""
        if self._named(it, message):
            self.rows.hear(it, message, view)
        else:
            self.tally.fate(it.event, "ignored")

    def _named(self, it: Said, message: dict[str, Any]) -> bool:
        """Whether the name of a message is taken for what it means: by the model of the integration, else by the rows."""
        if (sent := message["event"]) == it.event:
            return True
        if self.pages is None:
            return self.names.takes(sent, it)
        return self.pages.knows(sent) or not self.pages.knows(it.event)

    def copied(self, told: Heard) -> None:
        """A copy, for this destination or for another."""
        if not self._sent(told.message) or self.lost is not None or told.it is None:
            return
        self.kept_out, self.sent = False, True
        if self.fixed is not None:
            self.after(told.of, told.message, told.of_view)
            return
        if told.of_view.line:
            apart = self.apart.get(told.of.session) or self._parts(told.of.session, told.of_view)
            told = evolve(told, view=apart.setdefault(told.it.session, View(told.it.session)))
        self._heard(told)

    def _parts(self, session: str, view: View | None) -> dict[str, View]:
        """What is heard here is something else from now on; until now it was what everybody heard."""
        apart = self.apart[session] = {session: View(session) if view is None else deepcopy(view)}
        return apart

    def after(self, it: Said, message: dict[str, Any], view: View) -> None:
        if self.lost is not None:
            return
        if self.fixed is None:
            self._called(it, view, message, it.properties)
        else:
            for told in self.fixed.take(it, view, message):
                self._heard(told)
            if not it.session:
                self.fixed.over("")

    def drain(self) -> None:
        """The stream is over: what waited for more of it is heard."""
        for told in self.fixed.close() if self.fixed is not None else ():
            self._heard(told)

    def _heard(self, told: Heard) -> None:
        """A message after the overrides: its rows are held against the sessions as they are heard, the vendor's numbers
        against the stream as it was."""
        it = told.it
        self.sent = self._sent(told.message)
        if it is not None and self.sent:
            self._row(it, told.message, told.view)
            told.view.take(it)
        self._called(told.of, told.of_view, told.message, told.of.properties if it is None else it.properties)

    def _called(self, it: Said, view: View, message: dict[str, Any], heard: dict[str, Any]) -> None:
        if self.pages is None or self.vendor is None or not it.session:
            return
        page, name = self.pages.of(it.session, message), self.pages.names[it.session]
        self.vendor.page, self.vendor.beside = name, self.pages.sessions[name]
        self.vendor.heard, self.vendor.message = heard, message
        named = self.sent and self._named(it, message)
        if named:
            self.vendor.said(it, view)
        if calls := page.take(it.line, message):
            self.vendor.hear(it, view, calls)
        if named:
            self.vendor.heard_all(it, view)

    def _sent(self, message: dict[str, Any]) -> bool:
        """Whether `integrations` lets a message through to it; a warehouse takes all."""
        said = message.get("integrations")
        if not isinstance(said, dict) or not self.switches:
            return True
        named = [said[name] for name in self.switches if name in said]
        return bool(named[0] if named else said.get("All", said.get("all", True)))

    def over(self, view: View) -> None:
        if self.lost is None:
            apart = self.apart.pop(view.id, {view.id: view}).values()
            for one in apart if self.fixed is None else self.fixed.over(view.id):
                self.rows.over(one)
                if self.pages is not None:
                    self.pages.leave(view.id, one.id)
            if self.vendor is not None and self.pages is not None:
                self.vendor.over(view)
                self.pages.over(view.id)

    def close(self) -> Iterator[Finding]:
        if self.lost is not None:
            return
        if self.kept_out:
            yield off(self.it)
            return
        on = self.rows.on
        known = [evolve(found, override=mended(found, self.it, on)) for found in self.rows.known()]
        for found in self.tally.findings():
            told = mended(found, self.it, on)
            # what is found after the overrides is what they do not mend
            yield evolve(found, override=False if told and self.fixed is not None else told)
        yield from (found for found in known if self.fixed is None or not found.override)
        for limit in self.rows.apart:
            if isinstance(limit, Oldest) and self.now is None:
                text = f"{self.it.name}: {limit.then}; a stream that is sent later than that is lost"
                mend = f"send it within {limit.hours:g} hours of when it happened"
                yield Finding("limit.oldest", "note", None, text, mend, self.it.name)
        if self.now is not None:
            yield from old(self.it, self.now.date())

    def verdict(self) -> Verdict:
        reached = self.lost is None and not self.kept_out
        shown = self.counts and not self.kept_out
        numbers = self.vendor.numbers() if self.vendor is not None and shown else []
        return Verdict(self.it.name, reached, {} if self.kept_out else self.tally.fates, numbers)


__all__ = ["FATES", "VENDORS", "Check", "Fate", "Number", "Verdict"]
