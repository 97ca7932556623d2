"""The time of a message as nearly all write it, read once for all who ask."""

from datetime import datetime
from functools import lru_cache


# it is asked for where a line is read, where it is judged, and in each session that it is told to
@lru_cache(maxsize=16)
def exact(text: str) -> float | None:
    """Seconds since 1970 of a time like `2024-05-31T18:30:00.000Z`; None for a text of any other form, and for a time
    that no calendar has."""
    if len(text) != 24 or text[10] != "T" or text[19] != "." or text[23] != "Z" or not text.isascii():
        return None
    # among the forms that fromisoformat reads, these places tell this one
    if text[4] != "-" or text[7] != "-" or text[13] != ":" or text[16] != ":":
        return None
    try:
        return datetime.fromisoformat(text).timestamp()
    except ValueError:
        return None
