"""What we say: a Segment `track` message, and its one canonical JSON text."""

from datetime import UTC, datetime
from functools import lru_cache
from hashlib import sha1
from typing import Any, Final

import msgspec
from attrs import frozen

NAMESPACE: Final = bytes.fromhex("6d0f9b1e5b3a4d0c9e5b7f5a3c1e8d42")
"""The UUID namespace of every messageId of videospec; it must never change, or replays would count twice."""

_encode = msgspec.json.Encoder().encode


@lru_cache(maxsize=4096)
def _second(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%S")


def iso(ms: float) -> str:
    """Epoch milliseconds as ISO 8601 UTC with milliseconds and `Z`."""
    seconds, rest = divmod(int(ms), 1000)
    return f"{_second(seconds)}.{rest:03}Z"


@lru_cache(maxsize=16_384)
def _stem(route: str, session_id: str) -> bytes:
    return NAMESPACE + _encode([route, session_id])[:-1]


@lru_cache(maxsize=64)
def _tail(run: str) -> bytes:
    return _encode(["", run])[3:]


def message_id(route: str, session_id: str, ordinal: int, run: str = "") -> str:
    """UUIDv5 (RFC 9562) of `NAMESPACE` and the JSON text `[route,session_id,ordinal,run]`: the same log, the same id.

    Segment drops a second message of one id for at least 24 h, so a route is named when one session is sent twice on
    purpose, and a run when it is sent again on purpose.
    """
    name = b"%b,%d%b" % (_stem(route, session_id), ordinal, _tail(run))
    digest = sha1(name, usedforsecurity=False).hexdigest()
    variant = "89ab89ab89ab89ab"[int(digest[16], 16)]
    return f"{digest[:8]}-{digest[8:12]}-5{digest[13:16]}-{variant}{digest[17:20]}-{digest[20:32]}"


@lru_cache(maxsize=256)
def _merged(context: str, over: bytes) -> str:
    return _encode({**msgspec.json.decode(context), **msgspec.json.decode(over)}).decode()


def merged_context(context: str | None, over: dict[str, Any]) -> str:
    """A session's context with a host's own laid over it, key by key."""
    return _merged(context or "{}", _encode(over))


@frozen
class Track:
    """One message. `at` is epoch milliseconds; `properties` holds JSON values only."""

    event: str
    at: int
    session_id: str
    ordinal: int
    message_id: str
    properties: dict[str, Any]
    user_id: str | None = None
    anonymous_id: str | None = None
    raw_context: str | None = None
    """The context as JSON."""
    integrations: dict[str, Any] | None = None

    @property
    def timestamp(self) -> str:
        """When it happened at the player, as Segment wants it."""
        return iso(self.at)

    @property
    def context(self) -> dict[str, Any] | None:
        """Segment's context, as a dict of its own."""
        return None if self.raw_context is None else msgspec.json.decode(self.raw_context)

    def message(self) -> dict[str, Any]:
        """The message as Segment's HTTP API takes it; keys in the canonical order."""
        message = self._envelope()
        if self.raw_context is not None:
            message["context"] = self.context
        return message

    def json(self) -> bytes:
        """The canonical text: UTF-8, no spaces, keys in the order of `message()`, no line end."""
        return _encode(self._envelope())

    def _envelope(self) -> dict[str, Any]:
        message: dict[str, Any] = {"type": "track", "event": self.event, "messageId": self.message_id}
        if self.user_id is not None:
            message["userId"] = self.user_id
        if self.anonymous_id is not None:
            message["anonymousId"] = self.anonymous_id
        message["timestamp"] = iso(self.at)
        if self.raw_context is not None:
            message["context"] = msgspec.Raw(self.raw_context)
        if self.integrations:
            message["integrations"] = self.integrations
        message["properties"] = self.properties
        return message
