"""Which video event a name means that is not spelled as the Video Spec has it."""

import re
from functools import lru_cache
from typing import Final

from videospec.spec.events import EVENTS
from videospec.spelling import fold

_WORDS: Final = re.compile("[a-z]+")


def _keys(event: str) -> tuple[str, str]:
    """An event's name without spaces and case, and its words in no order."""
    return fold(event), " ".join(sorted(_WORDS.findall(event.lower())))


def _action_first(event: str) -> str:
    *thing, action = event.split()
    return " ".join([action, *thing])


_READ_AS: Final = {key: name for name in EVENTS for key in (*_keys(name), fold(_action_first(name)))}


@lru_cache(maxsize=256)
def meant(event: str) -> str | None:
    """The video event that integrations read in a name however it is spelled; None where there is none."""
    return event if event in EVENTS else next((_READ_AS[key] for key in _keys(event) if key in _READ_AS), None)
