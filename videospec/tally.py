"""What happened to every line of a log."""

from collections import Counter

from attrs import Factory, define, frozen


@frozen
class Refusal:
    """A line that was kept out: its number (from 1), a stable reason to count by, a text with the mend, and the line."""

    number: int
    reason: str
    text: str
    raw: bytes


@define
class Tally:
    """What happened to every line of a log."""

    lines: int = 0
    sessions: int = 0
    tracks: int = 0
    blank: int = 0
    duplicates: int = 0
    left_out: int = 0
    """Lines of players that the settings include or exclude."""
    refused: Counter[str] = Factory(Counter)
    unknown: Counter[tuple[str, str, str]] = Factory(Counter)
    """Native events that no row knows: (player, src, type). At most 10 000 kinds are told apart."""
