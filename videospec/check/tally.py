"""Findings about a whole stream, counted as it goes by: one for each thing that is wrong, not one for each message."""

from typing import Final, Literal

from attrs import define, field

from videospec.rules.finding import Finding, Severity

Fate = Literal["delivered", "ignored", "altered", "harmful"]

FATES: Final[tuple[Fate, ...]] = ("delivered", "ignored", "altered", "harmful")
"""What becomes of an event, from the best to the worst: as said; nothing; with a part of it lost or changed; with a number
at the vendor that is wrong because of it."""


@define
class Seen:
    """How often, where first, and on which events."""

    finding: Finding
    count: int = 0
    events: dict[str, int] = field(factory=dict)


@define
class Tally:
    """What was found for one destination so far. Its size is that of the rows, not of the stream."""

    destination: str
    seen: dict[object, Seen] = field(factory=dict)
    fates: dict[str, Fate] = field(factory=dict)

    def met(self, key: object, line: int, event: str) -> bool:
        """Counts one more of something that was found before; False if this is the first."""
        one = self.seen.get(key)
        if one is None:
            return False
        one.count += 1
        one.events[event] = one.events.get(event, 0) + 1
        return True

    def add(
        self,
        key: object,
        line: int | None,
        event: str,
        rule: str,
        severity: Severity,
        message: str,
        mend: str,
        field: str,
    ) -> None:
        """The first of something."""
        finding = Finding(rule, severity, line, message, mend, self.destination, field=field)
        self.seen[key] = Seen(finding, 1, {event: 1} if event else {})

    def fate(self, event: str, fate: Fate) -> None:
        """What becomes of an event at worst."""
        if FATES.index(fate) > FATES.index(self.fates.get(event, "delivered")) or event not in self.fates:
            self.fates[event] = fate
