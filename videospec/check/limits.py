"""The limits of a destination, held against each message."""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Any, Final

from videospec.check.flat import at, column, flat, kind
from videospec.destinations import limits as lim
from videospec.destinations.destination import Limit
from videospec.spec.sizes import fits

Broken = Iterable[tuple[str, str]]
"""What breaks a limit: a property (or nothing, for the message) and what is wrong with it."""
Message = dict[str, Any]

_CAPITAL: Final = re.compile("([A-Z])")
_NUMERIC: Final = lru_cache(maxsize=4096)(re.compile(r"\s*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?\s*").fullmatch)
_DATE: Final = lru_cache(maxsize=4096)(re.compile(r"\d{4}-\d\d-\d\d([T ]\d\d:\d\d.*)?").fullmatch)


def _names(limit: Any, message: Message, properties: Message) -> Iterator[tuple[str, str]]:
    """The property that a name is of, and the name as the destination sees it."""
    match limit.of:
        case "event":
            yield "", str(message.get("event"))
        case "table":
            yield "", column(str(message.get("event")))
        case "column":
            yield from ((path, column(path)) for path, _ in flat(properties))
        case _:
            yield from ((name, name) for name in properties)


def _name_length(limit: lim.NameLength, message: Message, properties: Message) -> Broken:
    for path, name in _names(limit, message, properties):
        size = len(name.encode()) if limit.unit == "bytes" else len(name)
        if size > limit.most:
            yield path, f"its name has {size} {limit.unit}, and {limit.most} are taken"


@lru_cache(maxsize=64)
def _pattern(text: str) -> "re.Pattern[str]":
    return re.compile(text)


def _name_pattern(limit: lim.NamePattern, message: Message, properties: Message) -> Broken:
    pattern = _pattern(limit.pattern)
    for path, name in _names(limit, message, properties):
        # the column of a name always fits; what is told is that it is another name
        given = path.rpartition(".")[2] if limit.of == "column" else name
        if not pattern.fullmatch(given):
            yield path, f"{given} is not like {limit.pattern}" + (f": it becomes {name}" if name != given else "")


def _reserved(limit: lim.ReservedNames, message: Message, properties: Message) -> Broken:
    for path, name in _names(limit, message, properties):
        if name in limit.names or (limit.prefixes and name.startswith(limit.prefixes)):
            yield path, f"the name {name} is reserved"


def _same_column(limit: lim.SameColumn, message: Message, properties: Message) -> Broken:
    first: dict[str, str] = {}
    for path, _ in flat(properties):
        name = column(path)
        if name in first:
            yield path, f"{first[name]} and {path} are one column, {name}"
        first.setdefault(name, path)


def _most(limit: lim.MostProperties, message: Message, properties: Message) -> Broken:
    if len(properties) > limit.most:
        yield "", f"it has {len(properties)} properties, and {limit.most} are taken"


def _text_length(limit: lim.TextLength, message: Message, properties: Message) -> Broken:
    most = limit.most
    for path, value in (
        flat(properties) if any(isinstance(v, dict) for v in properties.values()) else properties.items()
    ):
        if value.__class__ is str and len(value) * 4 > most and (not limit.properties or path in limit.properties):
            size = len(value.encode("utf-8", "replace")) if limit.unit == "bytes" else len(value)
            if size > most:
                yield path, f"{path} has {size} {limit.unit}, and {most} are taken"


def _text_at_least(limit: lim.TextAtLeast, message: Message, properties: Message) -> Broken:
    for name in limit.fields:
        value = message.get(name)
        if isinstance(value, str) and len(value) < limit.least:
            yield "", f"{name} has {len(value)} characters, and {limit.least} are the least"


_PLAIN: Final[dict[str, type]] = {"null": type(None), "array": list, "object": dict}


def _values(limit: lim.Values, message: Message, properties: Message) -> Broken:
    classes = tuple(_PLAIN[one] for one in limit.kinds if one in _PLAIN)
    numeric, dated = "numeric text" in limit.kinds, "date text" in limit.kinds
    for name, value in properties.items():
        if classes and isinstance(value, classes):
            yield name, f"{name} is {'null' if value is None else 'a list' if isinstance(value, list) else 'an object'}"
        elif numeric and value.__class__ is str and _NUMERIC(value):
            yield name, f"{name} is a text that reads as a number, {value[:40]}"
        elif dated and value.__class__ is str and _DATE(value):
            yield name, f"{name} is a text that reads as a date, {value[:40]}"


def _items(limit: lim.Items, message: Message, properties: Message) -> Broken:
    classes = tuple(_PLAIN[one] for one in limit.kinds)
    for name, value in properties.items():
        if isinstance(value, (dict, list)) and isinstance(value, classes) and len(value) > limit.most:
            yield name, f"{name} has {len(value)} items, and {limit.most} are taken"


def _depth(value: dict[str, Any] | list[Any], lists: bool) -> int:
    most = 0
    for one in value.values() if isinstance(value, dict) else value:
        if isinstance(one, (dict, list)):
            most = max(most, _depth(one, lists))
    return most + (isinstance(value, list) is lists)


def _deep(limit: lim.Depth, message: Message, properties: Message) -> Broken:
    for name, value in properties.items():
        if isinstance(value, (dict, list)) and (deep := _depth(value, limit.lists)) > limit.most:
            yield name, f"{name} is nested {deep} deep, and {limit.most} is taken"


def _size(limit: lim.Size, message: Message, properties: Message) -> Broken:
    if not fits(message, limit.most) and (size := len(json.dumps(message))) > limit.most:
        yield "", f"the message has {size} bytes, and {limit.most} are taken"


def _required(limit: lim.Required, message: Message, properties: Message) -> Broken:
    wanted = "number" if limit.kind == "integer" else limit.kind
    for path in limit.one_of:
        value = at(properties, path)
        if kind(value) == wanted or (wanted == "string" and kind(value) == "array" and value):
            return
    yield limit.one_of[0], f"no {limit.kind} in {' or '.join(limit.one_of)}"


def _not_zero(limit: lim.NotZero, message: Message, properties: Message) -> Broken:
    if kind(at(properties, limit.name)) == "number" and at(properties, limit.name) == 0:
        yield limit.name, f"{limit.name} is 0"


def _not_above(limit: lim.NotAbove, message: Message, properties: Message) -> Broken:
    one, other = at(properties, limit.name), at(properties, limit.other)
    if kind(one) == kind(other) == "number" and one > other:
        yield limit.name, f"{limit.name} {one} is above {limit.other} {other}"


_HELD: Final[dict[type[Limit], Callable[[Any, Message, Message], Broken]]] = {
    lim.NameLength: _name_length,
    lim.NamePattern: _name_pattern,
    lim.ReservedNames: _reserved,
    lim.SameColumn: _same_column,
    lim.MostProperties: _most,
    lim.TextLength: _text_length,
    lim.TextAtLeast: _text_at_least,
    lim.Values: _values,
    lim.Items: _items,
    lim.Depth: _deep,
    lim.Size: _size,
    lim.Required: _required,
    lim.NotZero: _not_zero,
    lim.NotAbove: _not_above,
}
_ON_NAMES: Final = (lim.NameLength, lim.NamePattern, lim.ReservedNames, lim.SameColumn, lim.MostProperties)
APART: Final = (lim.Oldest,)
"""Those that no message can break by itself."""


def rule_of(kind: type[Limit]) -> str:
    """The id of the rule that a kind of limit is held by."""
    return "limit." + _CAPITAL.sub(r"-\1", kind.__name__).lower().lstrip("-")


RULES: Final = tuple(map(rule_of, (*_HELD, *APART)))


def by_shape(limit: Limit) -> bool:
    """Whether messages of one shape all break a limit, or none does."""
    if isinstance(limit, lim.Values):
        return not {"numeric text", "date text"} & set(limit.kinds)
    return isinstance(limit, _ON_NAMES)


def settled(limit: Limit, properties: Message) -> bool:
    """Whether a limit on values is broken, or kept, by all messages of the shape that has these properties alike."""
    match limit:
        case lim.Values():
            return not any(isinstance(value, str) for value in properties.values())
        case lim.Items() | lim.Depth():
            inner = properties.get("content")
            flat_inside = not isinstance(inner, dict) or not any(
                isinstance(one, (list, dict)) for one in inner.values()
            )
            others = (value for name, value in properties.items() if name != "content" or not isinstance(value, dict))
            return flat_inside and not any(isinstance(value, (list, dict)) for value in others)
        case lim.Required(one_of=names):
            return all("." not in name and not isinstance(properties.get(name), list) for name in names)
        case _:
            return False


def boxed(limit: Limit) -> bool:
    """Whether only objects and arrays can break a limit."""
    return isinstance(limit, (lim.Items, lim.Depth))


def shortest(limit: Limit) -> float | None:
    """Characters of a text that may break a limit, at the least; None where it is not about the length of texts."""
    if not isinstance(limit, lim.TextLength):
        return None
    return limit.most / 4 if limit.unit == "bytes" else limit.most


def broken(limit: Limit, message: Message, properties: Message) -> Broken:
    """How a message breaks a limit; nothing if it does not. KeyError for a kind of limit that nobody can hold yet."""
    return _HELD[type(limit)](limit, message, properties)
