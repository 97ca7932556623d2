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


def _begins(event: str) -> re.Pattern[str]:
    """What a name begins with that says the action first: in analytics-events anything may follow."""
    return re.compile("[ _]?" + "[ _]?".join(_action_first(event).split()), re.I | re.A)


# the longest first, so that the buffer of a playback is none of the playback itself
_BEGIN: Final = [(_begins(name), name) for name in sorted(EVENTS, key=len, reverse=True)]
_READ_AS: Final = {key: name for name in EVENTS for key in (*_keys(name), fold(_action_first(name)))}


@lru_cache(maxsize=256)
def meant(event: str) -> str | None:
    """The video event that integrations read in a name however it is spelled; None where there is none."""
    if event in EVENTS:
        return event
    if (key := next((key for key in _keys(event) if key in _READ_AS), None)) is not None:
        return _READ_AS[key]
    return next((name for begins, name in _BEGIN if begins.match(event)), None)
