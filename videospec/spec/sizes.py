"""How large a message is in ASCII JSON, as Segment's libraries write it, said without writing it."""

from typing import Any, Final

import msgspec

_packed: Final = msgspec.msgpack.Encoder().encode
_PACKED_LONGER: Final = 7
"""How much longer ASCII JSON with spaces can be than MessagePack: `false, ` has seven bytes and one."""
_encode: Final = msgspec.json.Encoder().encode
_LONGER: Final = 3
"""The same of UTF-8 without spaces: `\\u00e9` has six bytes and two, a comma two and one."""


def fits(message: dict[str, Any], most: int) -> bool:
    """Whether a message surely has no more bytes than that; False, too, for one that is not JSON in UTF-8."""
    try:
        return len(_packed(message)) * _PACKED_LONGER <= most or len(_encode(message)) * _LONGER <= most
    except (UnicodeEncodeError, OverflowError, RecursionError):
        return False
