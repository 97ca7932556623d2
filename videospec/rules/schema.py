"""The rules about one message by itself: those of `videospec validate`, as findings beside the others."""

import re
from functools import lru_cache
from typing import Any, Final

from videospec.rules.finding import Finding
from videospec.spec.events import EVENTS
from videospec.spec.message import validate_message
from videospec.spec.quick import fine
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
def _meant(event: str) -> str | None:
    """The video event that integrations and overrides read in a name however it is spelled; None where there is none."""
    return next((_READ_AS[key] for key in _keys(event) if key in _READ_AS), None)


def schema(line: int, message: dict[str, Any]) -> list[Finding]:
    """What is wrong with a video event by itself. Other events of a stream are none of the Video Spec's business, unless
    their name begins as those of video events do, or is one of them in another spelling."""
    event = message.get("event")
    if not isinstance(event, str):
        return []
    meant = event if event in EVENTS else _meant(event)
    if meant is None and not event.lower().startswith("video "):
        return []
    if fine(message):
        return []
    wrong = validate_message(message)
    if not wrong:
        return []
    properties = message.get("properties")
    session = properties.get("session_id") if isinstance(properties, dict) else None
    return [
        Finding(
            found.rule,
            found.severity,
            line,
            f"{found.field}: {found.message}" if found.field else found.message,
            f'send "{meant}"' if meant and found.rule == "spec.unknown-event" else found.mend,
            session=session if isinstance(session, str) else "",
            field=found.field,
        )
        for found in wrong
    ]
