"""Lines of a file of tracks as messages. What is no track is refused with the field, what is wrong and the mend."""

import json
import math
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

import msgspec
from attrs import frozen

from videospec.simulators.dates import timestamp_ms
from videospec.simulators.facade import sound
from videospec.simulators.values import Thrown
from videospec.spec.depths import nested
from videospec.spec.lines import ONE_A_LINE, instead, is_message
from videospec.spec.stamps import exact

_DEEPEST: Final = 100
"""Levels of nesting that are read: more than any player sends, fewer than Python's own bound."""
_NEAR: Final = 4
_PLAIN: Final = str | int | float | bool | None
_UNSOUND: Final = ord("O")
"""Of the names of `hasOwnProperty` and `valueOf`, the letter that few lines have, which is soonest found not to be there."""
_decode: Final = msgspec.json.Decoder().decode
_ANY: Final[Any] = nested(_PLAIN, _NEAR)
_decode_near: Final = msgspec.json.Decoder(dict[str, _ANY]).decode
"""The same of an object as deep as messages are: what is deeper has to be measured."""


@frozen
class Refused:
    """A line that no integration gets, or one whose time is unknown."""

    line: int
    field: str
    text: str
    mend: str


def messages(lines: Iterable[bytes], refused: Callable[[Refused], None]) -> Iterator[tuple[int, dict[str, Any]]]:
    """The track messages of a file with their line numbers, from 1. Empty lines are passed over.

    A message whose timestamp cannot be read happens when the last one did, and is told; before the first that can be
    read there is no time for it to happen in, so it is refused.
    """
    timed = False
    for number, line in enumerate(lines, 1):
        try:
            message = _decode_near(line)
            usual = message["type"] == "track" and exact(message["timestamp"]) is not None
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, KeyError, TypeError):
            usual = False
        if not usual:
            if not line or line.isspace():
                continue
            told = _message(number, line)
            if isinstance(told, Refused):
                refused(told)
                continue
            if (untimed := _untimed(number, told)) is not None:
                refused(untimed)
                if not timed:
                    continue
            message = told
        elif _UNSOUND in line:
            message = _sound(line, message)
        timed = True
        yield number, message


def _message(number: int, line: bytes) -> dict[str, Any] | Refused:
    try:
        message = _decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        # msgspec refuses half surrogate pairs and numbers beyond a double, which JavaScript reads
        try:
            message = json.loads(line.decode(), parse_constant=_no_constant)
        except (ValueError, RecursionError) as error:
            return Refused(number, "", f"not JSON in UTF-8: {error}", ONE_A_LINE)
    if not is_message(message):
        found, mend = instead(message) or (type(message).__name__, ONE_A_LINE)
        return Refused(number, "", f"found {found}, expected one message", mend)
    if message.get("type", "track") != "track":
        found = json.dumps(message["type"])[:50]
        return Refused(number, "type", f'found {found}, expected "track"', "leave other calls out")
    if line.count(b"{") + line.count(b"[") > _DEEPEST and _depth(message) > _DEEPEST:
        return Refused(number, "", f"nested more than {_DEEPEST} levels deep", "send a flatter object")
    return _sound(line, message)


def _sound(line: bytes, message: dict[str, Any]) -> dict[str, Any]:
    return sound(message) if b"OwnProp" in line or b"valueOf" in line else message


def _no_constant(name: str) -> None:
    raise ValueError(f"found {name}, which JSON has not")


def _depth(value: Any) -> int:
    """How deep a value nests."""
    deepest, rest = 0, [(value, 1)]
    while rest:
        one, depth = rest.pop()
        deepest = max(deepest, depth)
        if isinstance(one, (dict, list)):
            rest += [(item, depth + 1) for item in (one.values() if isinstance(one, dict) else one)]
    return deepest


def _untimed(number: int, message: dict[str, Any]) -> Refused | None:
    if "timestamp" not in message:
        found = "found none"
    else:
        stamp = message["timestamp"]
        try:
            if stamp is not None and not math.isnan(timestamp_ms(stamp)):
                return None
        except Thrown:
            pass
        found = f"found {json.dumps(stamp)[:50]}"
    mend = "send when it happened, in ISO 8601 with a time zone"
    return Refused(number, "timestamp", f"{found}, expected a time", mend)
