"""What we say: a Segment `track` message, and its one canonical JSON text."""

from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, Final

import msgspec

_encode = msgspec.json.Encoder().encode

# The last part of an instant; a table, because each track has one.
_MILLIS: Final = tuple(f".{ms:03}Z" for ms in range(1000))


@lru_cache(maxsize=4096)
def _second(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%S")


def iso(ms: float) -> str:
    """Epoch milliseconds as ISO 8601 UTC with milliseconds and `Z`."""
    seconds, rest = divmod(int(ms), 1000)
    return _second(seconds) + _MILLIS[rest]


@lru_cache(maxsize=256)
def _merged(context: tuple[str, ...], over: bytes) -> str:
    return _encode({**msgspec.json.decode(context_text(context)), **msgspec.json.decode(over)}).decode()


def merged_context(context: tuple[str, ...] | None, over: dict[str, Any]) -> str:
    """A session's context with a host's own laid over it, key by key."""
    return _merged(context or (), _encode(over))


def context_text(members: tuple[str, ...]) -> str:
    """A context of its members."""
    return f"{{{','.join(members)}}}"


class Track(
    msgspec.Struct,
    frozen=True,
    gc=False,
    omit_defaults=True,
    tag="track",
    tag_field="type",
    rename={"id": "messageId", "user_id": "userId", "anonymous_id": "anonymousId", "raw_context": "context"},
):
    """One message, in the canonical order of its keys. `properties` holds JSON values only."""

    event: str
    id: str
    user_id: str | None = None
    anonymous_id: str | None = None
    timestamp: str = ""
    """When it happened at the player: ISO 8601, UTC, milliseconds."""
    raw_context: msgspec.Raw | None = None
    """Segment's context, as JSON."""
    integrations: dict[str, Any] | None = None
    properties: dict[str, Any] = {}

    @property
    def session_id(self) -> str:
        """The viewing that it belongs to."""
        session_id: str = self.properties["session_id"]
        return session_id

    @property
    def message_id(self) -> str:
        """The id by which Segment drops repeats."""
        return self.id

    @property
    def at(self) -> int:
        """Its timestamp as epoch milliseconds."""
        return round(datetime.fromisoformat(self.timestamp).timestamp() * 1000)

    @property
    def context(self) -> dict[str, Any] | None:
        """Segment's context, as a dict of its own."""
        return None if self.raw_context is None else msgspec.json.decode(self.raw_context)

    def message(self) -> dict[str, Any]:
        """The message as Segment's HTTP API takes it; the keys in the canonical order."""
        message: dict[str, Any] = {"type": "track", "event": self.event, "messageId": self.id}
        named = {"userId": self.user_id, "anonymousId": self.anonymous_id, "timestamp": self.timestamp}
        message |= {key: value for key, value in named.items() if value}
        if self.raw_context is not None:
            message["context"] = self.context
        if self.integrations is not None:
            message["integrations"] = self.integrations
        return message | {"properties": self.properties}

    def json(self) -> bytes:
        """The canonical text: UTF-8, no spaces, keys in one order, no line end."""
        return _encode(self)

    @classmethod
    def read(cls, text: bytes) -> "Track":
        """The track whose `json` this is. ValueError if it is none."""
        try:
            read = msgspec.json.decode(text, type=_Written)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise ValueError(f"not a track: {error}") from error
        fields = {name: getattr(read, name) for name in cls.__struct_fields__}
        return cls(**fields | {"raw_context": read.raw_context if bytes(read.raw_context) else None})


class _Written(Track, frozen=True, gc=False, tag="track", tag_field="type", rename={"raw_context": "context"}):
    """A track as it is read: a raw part cannot be optional."""

    raw_context: msgspec.Raw = msgspec.Raw()
