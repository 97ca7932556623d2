"""Findings about a whole stream, counted as it goes by: one for each thing that is wrong, not one for each message."""

from typing import Final, Literal

from attrs import define, evolve, field

from videospec.rules.finding import Finding, Severity

Fate = Literal["delivered", "altered", "ignored", "harmful"]

FATES: Final[tuple[Fate, ...]] = ("delivered", "altered", "ignored", "harmful")
"""What becomes of an event, from the best to the worst: as said; with a part of it lost or changed; nothing; with a number
at the vendor that is wrong because of it."""
_MOST_NAMES: Final = 12


@define
class Seen:
    finding: Finding
    count: int
    line: int | None
    names: dict[str, None] = field(factory=dict)

    def again(self, line: int | None) -> None:
        """One more message."""
        if line != self.line:
            self.count, self.line = self.count + 1, line


@define
class Tally:
    """What was found for one destination so far, by what it is about. Its size is that of the rows, not of the stream."""

    destination: str
    seen: dict[object, Seen] = field(factory=dict)
    fates: dict[str, Fate] = field(factory=dict)

    def met(self, key: object, line: int | None, name: str = "") -> bool:
        """Counts one more message, and another property, of something that was found before; False if this is the
        first."""
        one = self.seen.get(key)
        if one is None:
            return False
        one.again(line)
        if len(one.names) < _MOST_NAMES:
            one.names[name] = None
        return True

    def add(
        self,
        key: object,
        line: int | None,
        rule: str,
        severity: Severity,
        message: str,
        mend: str,
        name: str = "",
        override: bool | None = None,
    ) -> None:
        """The first of something; `name` is the property that it is about."""
        at = f"properties.{name}" if name else ""
        finding = Finding(rule, severity, line, message, mend, self.destination, field=at, override=override)
        self.seen[key] = Seen(finding, 1, line, {name: None})

    def fate(self, event: str, fate: Fate) -> None:
        """What becomes of an event at worst."""
        before = self.fates.get(event)
        if before != fate and (before is None or FATES.index(fate) > FATES.index(before)):
            self.fates[event] = fate

    def findings(self) -> list[Finding]:
        """What was found, the worst first."""
        rank = {"error": 0, "warning": 1, "note": 2}
        told = [evolve(one.finding, count=one.count, message=_whole(one)) for one in self.seen.values()]
        return sorted(told, key=lambda one: (rank[one.severity], not one.rule.startswith("quirk."), one.line or 0))


def _whole(one: Seen) -> str:
    others = [name for name in one.names if name][1:]
    return one.finding.message + (f"; likewise {', '.join(others)}" if others else "")
