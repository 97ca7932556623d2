"""What one destination hears of a stream after its overrides, and its sessions as it hears them."""

from collections.abc import Iterator, Sequence
from typing import Any

from attrs import frozen

from videospec.destinations.destination import Accounts, Destination
from videospec.destinations.places import Origin, Platform
from videospec.hooks import Hooks
from videospec.overriding import Overriding
from videospec.rules.finding import Finding
from videospec.rules.said import Said, said
from videospec.rules.view import View
from videospec.spec.copies import copy_for

Message = dict[str, Any]


@frozen
class Heard:
    """One message as it is heard, `it` in `view`, with the message that it is for."""

    of: Said
    of_view: View
    message: Message
    it: Said | None
    """None for one that is no video event."""
    view: View


class Fixed:
    """The overrides of one destination, with the sessions that come of each session of the stream."""

    def __init__(self, it: Destination, origin: Origin, own: Hooks, accounts: Accounts) -> None:
        self.overriding = Overriding.to([it], origin, own, accounts)
        self.views: dict[str, dict[str, View]] = {}

    def take(self, it: Said, view: View, message: Message) -> Iterator[Heard]:
        """What one message becomes, and what waited for it."""
        for (of, of_view), told in self.overriding.take((it, view), message):
            yield from self._heard(of, of_view, told)

    def close(self) -> Iterator[Heard]:
        """What still waits."""
        for (of, of_view), told in self.overriding.close():
            yield from self._heard(of, of_view, told)

    def over(self, session: str) -> list[View]:
        """The sessions that came of one that is over."""
        return list(self.views.pop(session, {}).values())

    def _heard(self, of: Said, of_view: View, message: Message) -> Iterator[Heard]:
        """None for a copy that the stream has already: Segment drops what it has by its id."""
        it = said(of.line, message, of.at)
        name = of.session if it is None else it.session
        view = self.views.setdefault(of.session, {}).setdefault(name, View(name))
        if it is None or it.id not in view.ids or copy_for(message) is None:
            yield Heard(of, of_view, message, it, view)


def mended(found: Finding, it: Destination, on: Sequence[Platform]) -> bool | None:
    """Whether the destination's override mends a finding: of a quirk, and of a limit that tells one, what its rows say,
    unless the finding knows better; else None, which is for a check with the overrides to show."""
    name = found.rule.removeprefix("quirk.")
    return found.override if name == found.rule or found.override is False else mends(it, name, on)


def mends(it: Destination, quirk: str, on: Sequence[Platform], event: str = "") -> bool:
    """Whether the destination's override mends a quirk on some platforms, and of an event if one is named, by what its
    rows say."""
    if it.amend is not None and quirk in it.amend.says:
        return True
    return any(
        quirk in row.mends
        and (not row.on or not set(row.on).isdisjoint(on))
        and (not event or not row.events or event in row.events)
        for row in it.overrides
    )
