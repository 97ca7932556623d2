"""What we say: a Segment `track` message, and its one canonical JSON text."""

import json
from datetime import UTC, datetime
from functools import lru_cache
from hashlib import sha1
from typing import Any, Final

import msgspec

NAMESPACE: Final = bytes.fromhex("6d0f9b1e5b3a4d0c9e5b7f5a3c1e8d42")
"""The UUID namespace of every messageId of videospec; it must never change, or replays would count twice."""

# a copy costs half of what a new one does
_BEGUN: Final = sha1(NAMESPACE, usedforsecurity=False)
_encode = msgspec.json.Encoder().encode
# RFC 9562: the two highest bits of this digit are 10.
_VARIANT: Final = dict(zip("0123456789abcdef", "89ab" * 4, strict=True))


# The last part of an instant; a table, because each track has one.
_MILLIS: Final = tuple(f".{ms:03}Z" for ms in range(1000))


@lru_cache(maxsize=4096)
def _second(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%S")


def iso(ms: float) -> str:
    """Epoch milliseconds as ISO 8601 UTC with milliseconds and `Z`."""
    seconds, rest = divmod(int(ms), 1000)
    return _second(seconds) + _MILLIS[rest]


def message_id(route: str, session_id: str, ordinal: int, run: str = "") -> str:
    """UUIDv5 (RFC 9562) of `NAMESPACE` and the JSON text `[route,session_id,ordinal,run]`: the same log, the same id.

    Segment drops a second message of one id for at least 24 h, so a route is named when one session is sent twice on
    purpose, and a run when it is sent again on purpose.
    """
    return _uuid5((route, session_id, ordinal, run))


def copy_id(original: str, destination: str, ordinal: int = 0) -> str:
    """The messageId of what is sent to one destination for the message `original`: UUIDv5 of `NAMESPACE` and the JSON
    text `[original,destination]`; of what else is sent there for it, `[original,destination,ordinal]` from 1."""
    return _uuid5((original, destination, ordinal) if ordinal else (original, destination))


def _uuid5(named: tuple[str | int, ...]) -> str:
    hashed = _BEGUN.copy()
    try:
        hashed.update(_encode(named))
    except UnicodeEncodeError:  # half of a surrogate pair, which a host's own message may have
        hashed.update(json.dumps(named, separators=(",", ":")).encode())
    digest = hashed.hexdigest()
    return f"{digest[:8]}-{digest[8:12]}-5{digest[13:16]}-{_VARIANT[digest[16]]}{digest[17:20]}-{digest[20:32]}"


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
