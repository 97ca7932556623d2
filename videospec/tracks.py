"""What we say: a Segment `track` message, and its one canonical JSON text."""

import hashlib
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, Final

import msgspec
from attrs import frozen

NAMESPACE: Final = bytes.fromhex("6d0f9b1e5b3a4d0c9e5b7f5a3c1e8d42")
"""The UUID namespace of every messageId of videospec; it must never change, or replays would count twice."""

_encode = msgspec.json.Encoder().encode


@lru_cache(maxsize=4096)
def _day(days: int) -> str:
    return datetime.fromtimestamp(days * 86_400, UTC).strftime("%Y-%m-%dT")


def iso(ms: float) -> str:
    """Epoch milliseconds as ISO 8601 UTC with milliseconds and `Z`."""
    days, ms = divmod(int(ms), 86_400_000)
    minutes, ms = divmod(ms, 60_000)
    return f"{_day(days)}{minutes // 60:02}:{minutes % 60:02}:{ms // 1000:02}.{ms % 1000:03}Z"


def message_id(route: str, session_id: str, ordinal: int, run: str = "") -> str:
    """UUIDv5 (RFC 9562) of `NAMESPACE` and the JSON text `[route,session_id,ordinal,run]`: the same log, the same id.

    Segment drops a second message of one id for at least 24 h, so a route is named when one session is sent twice on
    purpose, and a run when it is sent again on purpose.
    """
    digest = hashlib.sha1(NAMESPACE + _encode([route, session_id, ordinal, run]), usedforsecurity=False).hexdigest()
    variant = "89ab"[int(digest[16], 16) & 3]
    return f"{digest[:8]}-{digest[8:12]}-5{digest[13:16]}-{variant}{digest[17:20]}-{digest[20:32]}"


@frozen
class Track:
    """One message. `at` is epoch milliseconds; `properties` holds JSON values only. Treat both dicts as read-only:
    tracks of a session share them."""

    event: str
    at: int
    session_id: str
    ordinal: int
    message_id: str
    properties: dict[str, Any]
    user_id: str | None = None
    anonymous_id: str | None = None
    context: dict[str, Any] | None = None
    integrations: dict[str, Any] | None = None

    @property
    def timestamp(self) -> str:
        """When it happened at the player, as Segment wants it."""
        return iso(self.at)

    def message(self) -> dict[str, Any]:
        """The message as Segment's HTTP API takes it; keys in the canonical order."""
        message: dict[str, Any] = {"type": "track", "event": self.event, "messageId": self.message_id}
        if self.user_id is not None:
            message["userId"] = self.user_id
        if self.anonymous_id is not None:
            message["anonymousId"] = self.anonymous_id
        message["timestamp"] = iso(self.at)
        if self.context:
            message["context"] = self.context
        if self.integrations:
            message["integrations"] = self.integrations
        message["properties"] = self.properties
        return message

    def json(self) -> bytes:
        """The canonical text: UTF-8, no spaces, keys in the order of `message()`, no line end."""
        return _encode(self.message())
