"""The player-log line, checked at the wall (docs/reference/capture-format.md).

A line is read straight into typed structs; whatever is wrong with it is a `Refused` that names the field and the
mend. What JSON cannot say (NaN, infinities) and what Unicode cannot (lone surrogates) becomes unknown.
"""

import json
import math
import re
import sys
from typing import Annotated, Any, Final, TypeVar

import msgspec
from msgspec import Meta

from videospec.player_events import Number, Snapshot

LONGEST_LINE: Final = 1 << 20
"""Bytes of a line; a longer one is refused unread."""
LAST_MS: Final = 253_402_300_799_999  # the end of the year 9999, the last that ISO 8601's four digits can say


class Line(msgspec.Struct, kw_only=True, gc=False):
    """One native event. `t` is epoch ms, `mono` ms on a clock that never jumps.

    The fields are in the order in which logs write them, which is the order in which they are read fastest.
    """

    session: Annotated[str, Meta(min_length=1, max_length=100)]
    seq: Annotated[int, Meta(ge=0, le=1 << 53)]
    t: Annotated[int, Meta(ge=0, le=LAST_MS)]
    mono: Number | None = None
    player: Annotated[str, Meta(min_length=1, max_length=200)]
    src: Annotated[str, Meta(max_length=50)]
    type: Annotated[str, Meta(min_length=1, max_length=200)]
    data: msgspec.Raw = msgspec.Raw()
    state: Snapshot | None = None


class Where(msgspec.Struct, gc=False, rename={"position": "currentTime"}):
    """What a position report is there for."""

    position: Number | None = None
    seeking: bool | None = None


class Tick(msgspec.Struct, kw_only=True, gc=False):
    """What the tick path needs of a line (slot.py): to read the rest would be half of its cost."""

    session: str
    seq: int
    t: Annotated[int, Meta(ge=0, le=LAST_MS)]
    mono: Number | None = None
    src: str
    type: str
    state: Where | None = None


class Refused(ValueError):
    """A line that cannot be used. `reason` is a stable word to count by; the text names the field and the mend."""

    def __init__(self, reason: str, text: str) -> None:
        super().__init__(text)
        self.reason = reason


_T = TypeVar("_T")

decode_tick = msgspec.json.Decoder(Tick).decode
"""As much of a line as a position report needs; it raises UNREADABLE for what `read_line` explains."""
_decode = msgspec.json.Decoder(Line).decode
UNREADABLE: Final = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)


def as_bytes(line: object) -> bytes:
    """A line that is not bytes, as bytes: hosts hand on texts and buffers, and what is neither is no line."""
    if isinstance(line, bytearray | memoryview):
        return bytes(line)
    return (line if isinstance(line, str) else repr(line)).encode("utf-8", "surrogatepass")


def _is_utf8(raw: bytes) -> bool:
    """The fast reading passes over what it does not need, and does not see whether that is UTF-8."""
    try:
        raw.decode()
    except UnicodeDecodeError:
        return False
    return True


def read_line(raw: bytes) -> Line:
    """The line in `raw` (with or without its line end). Refused if it is not one."""
    try:
        if len(raw) <= LONGEST_LINE and (raw.isascii() or _is_utf8(raw)):
            return _decode(raw)
    except UNREADABLE:
        pass
    return explained(raw, Line)


def explained(raw: bytes, kind: type[_T]) -> _T:
    """The slow reading of a line that the fast one refused: mends what may be unknown, explains what may not."""
    if len(raw) > LONGEST_LINE:
        raise Refused("too-long", f"the line has {len(raw)} bytes: at most {LONGEST_LINE} are read")
    try:
        value = json.loads(raw.decode("utf-8-sig"), parse_constant=lambda _: None)
    except UnicodeDecodeError as error:
        raise Refused("not-utf8", f"byte {error.start} is not UTF-8: write the log as UTF-8") from None
    except RecursionError:
        raise Refused("too-deep", "nested too deep: a payload is a flat object or nearly so") from None
    except ValueError as error:
        raise Refused("not-json", f"not a JSON object ({error}): one whole object a line") from None
    try:
        return msgspec.json.decode(msgspec.json.encode(sayable(value)), type=kind)
    except msgspec.ValidationError as error:
        raise Refused("wrong-field", in_words(str(error))) from None
    except (RecursionError, msgspec.DecodeError, ValueError, OverflowError) as error:
        raise Refused("wrong-field", f"cannot be read ({error}): see the capture format") from None


def sayable(value: Any, levels: int = sys.maxsize) -> Any:
    """The value without what JSON in UTF-8 or Segment cannot carry. RecursionError if it nests deeper than `levels`."""
    if isinstance(value, str):
        return value if value.isascii() or _encodes(value) else None
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, int):
        return value if value.bit_length() <= 63 else None
    if isinstance(value, dict | list) and levels == 0:
        raise RecursionError("nested too deep")
    if isinstance(value, dict):
        return {key: sayable(item, levels - 1) for key, item in value.items() if key.isascii() or _encodes(key)}
    if isinstance(value, list):
        return [sayable(item, levels - 1) for item in value]
    return value


def _encodes(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


_AT = re.compile(r"(.*?)(?: - at `\$\.?(.*)`)?$", re.S)
_MISSING = re.compile(r"missing required field `(\w+)`")


def in_words(error: str) -> str:
    """msgspec's finding in plain words: which field, what is there, what should be."""
    match = _AT.match(error)
    what, where = (match[1], match[2]) if match else (error, None)
    missing = _MISSING.search(what)
    if missing:
        return f"field `{missing[1]}` is missing: every line needs session, seq, t, player, src and type"
    return f"field `{where or 'line'}`: {what[:1].lower()}{what[1:]}"
