"""The player-log line, checked at the wall (docs/reference/capture-format.md).

A line is read straight into typed structs; whatever is wrong with it is a `Refused` that names the field and the
mend. What JSON cannot say (NaN, infinities) and what Unicode cannot (lone surrogates) becomes unknown.
"""

import json
import math
import re
from typing import Annotated, Any, Final, TypeVar

import msgspec
from msgspec import Meta

from videospec.player_events import AdSlot, Content, Named, Number, Snapshot

LONGEST_LINE: Final = 1 << 20
"""Bytes of a line; a longer one is refused unread."""
LONGEST_CONTEXT: Final = 8 << 10
META: Final = "session.meta"

_LAST_MS: Final = 253_402_300_799_999  # the end of the year 9999, the last that ISO 8601's four digits can say


class Line(msgspec.Struct):
    """One native event. `t` is epoch ms, `mono` ms on a clock that never jumps."""

    session: Annotated[str, Meta(min_length=1, max_length=100)]
    seq: Annotated[int, Meta(ge=0, le=1 << 53)]
    t: Annotated[int, Meta(ge=0, le=_LAST_MS)]
    player: Annotated[str, Meta(min_length=1, max_length=200)]
    src: Annotated[str, Meta(max_length=50)]
    type: Annotated[str, Meta(min_length=1, max_length=200)]
    state: Snapshot | None = None
    data: msgspec.Raw = msgspec.Raw()
    mono: Number | None = None


class _MetaLine(msgspec.Struct):
    user_id: Annotated[str, Meta(max_length=500)] | int | None = None
    anonymous_id: Annotated[str, Meta(max_length=500)] | int | None = None
    content: Content | None = None
    contents: list[Content] | None = None
    ads: list[AdSlot] | None = None
    context: msgspec.Raw = msgspec.Raw(b"null")


class Refused(ValueError):
    """A line that cannot be used. `reason` is a stable word to count by; the text names the field and the mend."""

    def __init__(self, reason: str, text: str) -> None:
        super().__init__(text)
        self.reason = reason


_T = TypeVar("_T")

decode_line = msgspec.json.Decoder(Line).decode
"""The fast reading; it raises UNREADABLE for what `read_line` explains."""
UNREADABLE: Final = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
_meta = msgspec.json.Decoder(_MetaLine).decode


def read_line(raw: bytes) -> Line:
    """The line in `raw` (with or without its line end). Refused if it is not one."""
    try:
        return decode_line(raw)
    except UNREADABLE:
        return _again(raw, Line)


def read_meta(raw: bytes, at: float) -> Named:
    """What a `session.meta` line names, as an event at `at`."""
    try:
        meta = _meta(raw)
    except UNREADABLE:
        meta = _again(raw, _MetaLine)
    context = bytes(meta.context)
    if context[:1] not in b"{n":
        raise Refused("wrong-field", "field `context`: expected an object: send what Segment's context takes")
    if len(context) > LONGEST_CONTEXT:
        raise Refused("too-long", f"context is over {LONGEST_CONTEXT} bytes: send what Segment's context needs")
    return Named(
        at,
        Snapshot(),
        user_id=_id(meta.user_id),
        anonymous_id=_id(meta.anonymous_id),
        contents=meta.contents or ([meta.content] if meta.content is not None else None),
        ads=meta.ads,
        context=context.decode() if context[:1] == b"{" else None,
    )


def _id(value: str | int | None) -> str | None:
    return None if value is None or value == "" else str(value)


def _again(raw: bytes, kind: type[_T]) -> _T:
    """The slow reading of a line that the fast one refused: mends what may be unknown, explains what may not."""
    if len(raw) > LONGEST_LINE:
        raise Refused("too-long", f"the line has {len(raw)} bytes: at most {LONGEST_LINE} are read")
    try:
        value = json.loads(raw, parse_constant=lambda _: None)
    except UnicodeDecodeError as error:
        raise Refused("not-utf8", f"byte {error.start} is not UTF-8: write the log as UTF-8") from None
    except RecursionError:
        raise Refused("too-deep", "nested too deep: a payload is a flat object or nearly so") from None
    except ValueError as error:
        raise Refused("not-json", f"not a JSON object ({error}): one whole object a line") from None
    try:
        return msgspec.json.decode(msgspec.json.encode(_sayable(value)), type=kind)
    except msgspec.ValidationError as error:
        raise Refused("wrong-field", _explain(str(error))) from None
    except (RecursionError, msgspec.DecodeError, ValueError, OverflowError) as error:
        raise Refused("wrong-field", f"cannot be read ({error}): see the capture format") from None


def _sayable(value: Any) -> Any:
    if isinstance(value, str):
        return value if value.isascii() or _encodes(value) else None
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {key: _sayable(item) for key, item in value.items() if _encodes(key)}
    if isinstance(value, list):
        return [_sayable(item) for item in value]
    return value


def _encodes(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


_AT = re.compile(r"(.*?)(?: - at `\$\.?(.*)`)?$", re.S)
_MISSING = re.compile(r"missing required field `(\w+)`")


def _explain(error: str) -> str:
    """msgspec's finding in plain words: which field, what is there, what should be."""
    match = _AT.match(error)
    what, where = (match[1], match[2]) if match else (error, None)
    missing = _MISSING.search(what)
    if missing:
        return f"field `{missing[1]}` is missing: every line needs session, seq, t, player, src and type"
    return f"field `{where or 'line'}`: {what[:1].lower()}{what[1:]}"
