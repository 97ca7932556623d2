"""The ids of messages: UUIDv5 by name, so that the same log has the same ids."""

import json
from hashlib import sha1
from typing import Final

import msgspec

NAMESPACE: Final = bytes.fromhex("6d0f9b1e5b3a4d0c9e5b7f5a3c1e8d42")
"""The UUID namespace of every messageId of videospec; it must never change, or replays would count twice."""

# a copy costs half of what a new one does
_BEGUN: Final = sha1(NAMESPACE, usedforsecurity=False)
_encode = msgspec.json.Encoder().encode
# RFC 9562: the two highest bits of this digit are 10.
_VARIANT: Final = dict(zip("0123456789abcdef", "89ab" * 4, strict=True))


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
