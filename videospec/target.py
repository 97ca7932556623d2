"""A destination as messages of one origin meet it: its overrides there, what turns it on and off, and what it hears."""

from collections.abc import Iterable
from typing import Any, Final

from attrs import field, frozen

from videospec.destinations.destination import EVERY, Accounts, Destination, listed
from videospec.destinations.overrides import Copy, Override, apply, for_events
from videospec.destinations.places import Origin
from videospec.destinations.viewing import Draft, Viewing
from videospec.hooks import Hooks, Message
from videospec.spec.events import PLAYBACK_STARTED

_NONE: Final[Accounts] = {}
# More kinds of events than a stream has; an event may have any name.
_MOST_PICKED: Final = 256


@frozen
class Target:
    """A destination with what holds for the code that it is reached by."""

    destination: Destination
    overrides: tuple[Override, ...]
    platforms: frozenset[str]
    uses: frozenset[str]
    """The events that mean something to it: a copy of another would be heard by warehouses alone."""
    general: bool
    """Whether it takes every event as its sender calls it; others read names, and some code reads the Video Spec's alone."""
    waits: bool
    """Whether its Video Playback Started needs what only later messages tell of the content."""
    account: dict[str, Any] = field(factory=dict, hash=False)
    """Its settings in Segment, as far as they are known."""
    _picked: dict[frozenset[str], tuple[Override, ...]] = field(factory=dict, init=False, eq=False, repr=False)

    @classmethod
    def of(
        cls,
        destination: Destination,
        origin: Origin,
        more: tuple[Override, ...] = (),
        accounts: Accounts = _NONE,
    ) -> "Target":
        """The destination for messages of an origin, with overrides beside its own, which come after them, and its
        account among those that are known."""
        code = destination.platforms_from(origin)
        platforms = frozenset[str](code)
        account = destination.account(accounts)
        uses = frozenset(event for platform in code for event in destination.used(platform))
        uses |= listed(account.get(destination.listed))
        rows = (*destination.overrides, *more)
        rows = tuple(row for row in rows if not row.on or not platforms.isdisjoint(row.on))
        waits = any(isinstance(row, Copy) and row.where == "content" and PLAYBACK_STARTED in row.events for row in rows)
        return cls(destination, rows, platforms, uses, uses.issuperset(EVERY), waits, account)

    def viewing(self, *, alone: bool = False) -> Viewing:
        """A session of which nothing was heard yet; `alone`: that of a message which names none."""
        return Viewing(self.platforms, self.account, alone=alone)

    # -- what the user's own `integrations` say of it -------------------------------------------------------------------

    def options(self, integrations: Any) -> dict[str, Any] | None:
        """The options that a message has for it; None where the message is not meant for it, or where none can be meant for
        it alone: a copy for a warehouse would be one more in all of them."""
        if not self.destination.switches:
            return None
        said = integrations if isinstance(integrations, dict) else {}
        found = [said[name] for name in self.destination.names if name in said]
        switched = [said[name] for name in self.destination.switches if name in said]
        if any(one is False for one in switched) or (not switched and said.get("All", said.get("all")) is False):
            return None
        return {name: value for one in found if isinstance(one, dict) for name, value in one.items()}

    def on(self, options: dict[str, Any]) -> dict[str, Any]:
        """What turns it on in `integrations`, with options."""
        told: dict[str, Any] = dict.fromkeys(self.destination.switches, True)
        if options:
            for key in self.destination.keys:
                if key.under == "integrations" and key.reads != "switch" and self._has(key.on):
                    told[key.name] = options
        return told

    def _has(self, platforms: Iterable[str]) -> bool:
        return not platforms or not self.platforms.isdisjoint(platforms)

    def _rows(self, events: frozenset[str]) -> tuple[Override, ...]:
        """The overrides that drafts of these events may meet, picked once."""
        rows = self._picked.get(events)
        if rows is None:
            if len(self._picked) >= _MOST_PICKED:
                self._picked.clear()
            rows = self._picked[events] = for_events(self.overrides, events)
        return rows

    def drafts(self, draft: Draft, viewing: Viewing, message: Message, hooks: Hooks) -> list[Draft]:
        """What it should hear instead of a message."""
        amend, event, spelled = self.destination.amend, draft.event, message["event"]
        plain = draft if event in self.uses else Draft(spelled, dict(draft.properties), draft.options)
        drafts = [draft] if amend is None or amend.after else list(amend.does(draft, viewing))
        drafts = apply(self._rows(frozenset(one.event for one in drafts)), drafts, viewing)
        if amend is not None and amend.after:
            drafts = [one for each in drafts for one in amend.does(each, viewing)]
        drafts = hooks.formatted(self.destination.name, drafts, viewing, message)
        if event in self.uses:
            if self.general and spelled != event:
                for one in drafts:
                    one.event = spelled if one.event == event else one.event
            return drafts
        others = [one for one in drafts if one.event != event]
        return others if len(others) == len(drafts) else [plain, *others]
