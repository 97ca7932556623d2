"""Which spellings of an event's name a destination takes for the event, by its rows."""

from collections.abc import Callable
from typing import Final

from videospec.check.flat import column
from videospec.check.tally import Tally
from videospec.destinations.destination import EVERY, Destination
from videospec.destinations.places import Platform
from videospec.rules.finding import Severity
from videospec.rules.said import Said
from videospec.spec.naming import meant

KEYS: Final[dict[str, Callable[[str], str | None]]] = {
    "exact": str,
    "case": str.lower,
    "words": meant,
    "underscores": lambda name: name.strip().replace(" ", "_"),
    "lower": lambda name: name.lower().replace(" ", "_"),
    "column": column,
}
"""What two names have in common that are one event, by how names are read."""


_SAYS: Final[dict[str, tuple[Severity, str, bool]]] = {
    "lost": ("error", "{name} is not taken for {event} at {it}; what becomes of it: {otherwise}", True),
    "other": ("warning", "{name} is not {event} at {it}; what becomes of it: {otherwise}", False),
    "unread": ("note", "nobody has read whether {it} takes {name} for {event}; if not, it is {otherwise}", True),
}
"""By rule: how bad it is, the text, and whether an override, which sends the Video Spec's own name, mends it."""


class Names:
    """One destination, on some platforms."""

    def __init__(self, it: Destination, on: tuple[Platform, ...], tally: Tally) -> None:
        self.it, self.tally = it, tally
        self.uses = frozenset(event for platform in on for event in it.used(platform))
        self.every = self.uses.issuperset(EVERY)
        rows = [next((row for row in it.spellings if row.holds_on(platform)), None) for platform in on]
        self.reads = {row.reads if row is not None else "exact" if self.every else "unread" for row in rows}
        self.otherwise = next((row.otherwise for row in rows if row is not None), "an event of its own name")

    def takes(self, sent: str, it: Said) -> bool:
        """Whether a name is heard at all. Where it is not, or as another event than is meant, that is said."""
        if it.event not in self.uses:
            return True
        keys = (KEYS[one] for one in self.reads if one in KEYS)
        differs = any(key(sent) != key(it.event) for key in keys)
        if not differs and "unread" not in self.reads:
            return True
        rule = "unread" if not differs else "other" if self.every else "lost"
        if rule == "other":
            self.tally.fate(it.event, "altered")
        if not self.tally.met(("name", rule), it.line):
            severity, text, mended = _SAYS[rule]
            text = text.format(name=sent[:60], event=it.event, it=self.it.name, otherwise=self.otherwise)
            self.tally.add(("name", rule), it.line, f"name.{rule}", severity, text, f"send {it.event}", override=mended)
        return rule != "lost"
