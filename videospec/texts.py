"""How much of a text a message has room for.

Segment takes 32 KB a message. The largest of ours, an ad's, holds a context (8 KB at most, see metadata.py), what the
settings add, the texts and keywords of its content, two texts of its own, and the ids of who watches what; these bounds
keep their sum below that.
"""

from json import dumps
from typing import Final

LONGEST_TEXT: Final = 1500
LONGEST_KEYWORDS: Final = 3000
LONGEST_ID: Final = 500
LONGEST_SETTING: Final = 2000
"""All in bytes of ASCII JSON, as Segment's library sends them."""


def fit(text: str, most: int) -> str:
    """The beginning of a text that is at most `most` bytes as ASCII JSON."""
    if len(text) * 12 <= most:  # a character is at most twelve bytes: a pair of surrogates
        return text
    while (size := len(dumps(text)) - 2) > most:
        text = text[: min(len(text) - 1, len(text) * most // size)]
    return text


def fit_all(texts: list[str], most: int) -> list[str]:
    """The first of some texts that together are at most `most` bytes as ASCII JSON, without the empty ones."""
    kept, room = [], most
    for text in filter(None, texts):
        room -= len(dumps(text)) + 1
        if room < 0:
            break
        kept.append(text)
    return kept
