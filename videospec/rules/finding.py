"""A finding: which rule is broken, where, what comes of it, and what to change."""

from typing import Final, Literal

from attrs import frozen

Severity = Literal["note", "warning", "error"]

SEVERITIES: Final[tuple[Severity, ...]] = ("note", "warning", "error")
"""From the mildest to the worst."""


@frozen
class Finding:
    """`line` is the line in the tracks, from 1; None for what is about the whole stream. `count` is how many messages
    it is about, the first of them in `line`."""

    rule: str
    severity: Severity
    line: int | None
    message: str
    mend: str
    destination: str = ""
    session: str = ""
    field: str = ""
    count: int = 1
    override: bool | None = None
    """Whether an override mends it; None where nobody has looked, and without a destination."""


def at_least(severity: Severity, least: Severity) -> bool:
    """Whether a severity is as bad as another, or worse."""
    return SEVERITIES.index(severity) >= SEVERITIES.index(least)
