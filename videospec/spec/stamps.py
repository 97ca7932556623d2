"""The time of a message as nearly all write it, read once for all who ask."""

from datetime import datetime
from typing import Final

_KEPT: Final = 64


class _Read(dict[str, float | None]):
    """Texts of this length that were read, and what they say. It is asked for where a line is read, where it is judged, and
    in each session that it is told to; so the newest are enough."""

    def __missing__(self, text: str) -> float | None:
        if len(text) != 24:
            return None
        if len(self) >= _KEPT:
            self.clear()
        # among the forms that fromisoformat reads, these places tell this one
        form = text[4] == text[7] == "-" and text[10] == "T" and text[13] == text[16] == ":" and text[19] == "."
        try:
            told = datetime.fromisoformat(text).timestamp() if form and text[23] == "Z" and text.isascii() else None
        except ValueError:
            told = None
        self[text] = told
        return told


exact: Final = _Read().__getitem__
"""Seconds since 1970 of a time like `2024-05-31T18:30:00.000Z`; None for a text of any other form, and for a time that no
calendar has."""
