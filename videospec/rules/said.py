"""A message as the rules read it."""

from datetime import datetime
from typing import Any, Final

import msgspec

from videospec.spec.events import EVENTS
from videospec.spec.naming import meant
from videospec.spec.stamps import exact

_MOST: Final = 2.0**53
"""Beyond this a double skips whole numbers; sums of more are no seconds of anything."""


class Said(msgspec.Struct, eq=False, gc=False):
    """One message of a session. `at` is epoch ms; `position` is None where there is no number."""

    line: int
    event: str
    at: float
    session: str
    id: str | None
    properties: dict[str, Any]
    position: float | None = None
    live: bool = False

    def get(self, name: str) -> Any:
        """A property, or None."""
        return self.properties.get(name)


def number(value: object) -> float | None:
    """A number that a playhead may have, or None."""
    if (value.__class__ is int or value.__class__ is float) and -_MOST < value < _MOST:
        return value
    return None


def _seconds(stamp: Any) -> float | None:
    try:
        return datetime.fromisoformat(stamp).timestamp()
    except (TypeError, ValueError, OverflowError):
        return None


def said(line: int, message: dict[str, Any], before: float) -> Said | None:
    """A message as the rules read it; None for one that is no video event. One without a time that can be read
    happened when the one before it did."""
    event, properties = message.get("event"), message.get("properties")
    if event.__class__ is not str or not isinstance(properties, dict):
        return None
    if event not in EVENTS and (event := meant(event)) is None:
        return None
    stamp = message.get("timestamp")
    seconds = exact(stamp) if stamp.__class__ is str else None
    if seconds is None:
        seconds = _seconds(stamp)
    at = before if seconds is None else seconds * 1000
    session, name, position = properties.get("session_id"), message.get("messageId"), properties.get("position")
    return Said(
        line,
        event,
        at,
        session if isinstance(session, str) else "",
        name if isinstance(name, str) else None,
        properties,
        # nearly all are small, and whole
        position if position.__class__ is int and 0 <= position < _MOST else number(position),
        properties.get("livestream") is True,
    )
