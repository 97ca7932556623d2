"""How destinations see properties: names folded to columns, and values by what they are."""

import re
from collections.abc import Iterator
from typing import Any, Final

_EDGE: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_OTHER: Final = re.compile(r"[^a-z0-9]+")


def column(name: str) -> str:
    """A name in snake case, as warehouses keep it: startupTime is startup_time, and a leading digit gets a `_`."""
    told = _OTHER.sub("_", _EDGE.sub("_", name).lower()).strip("_")
    return f"_{told}" if told[:1].isdigit() else told


def flat(properties: dict[str, Any], path: str = "") -> Iterator[tuple[str, Any]]:
    """Properties with those of objects under dotted names."""
    for name, value in properties.items():
        if isinstance(value, dict):
            yield from flat(value, f"{path}{name}.")
        else:
            yield f"{path}{name}", value


def at(properties: dict[str, Any], path: str) -> Any:
    """What stands at a dotted path; None where nothing does."""
    value: Any = properties
    for name in path.split("."):
        value = value.get(name) if isinstance(value, dict) else None
    return value


def kind(value: object) -> str:
    """What a value is, in the words of the rows."""
    match value:
        case None:
            return "null"
        case bool():
            return "boolean"
        case int() | float():
            return "number"
        case str():
            return "string"
        case list():
            return "array"
        case _:
            return "object"


def shape(event: str, properties: dict[str, Any]) -> tuple[object, ...]:
    """Which properties an event has, and of what kinds: messages of one shape break the same limits on names and kinds."""
    kinds = tuple([(name, value.__class__) for name, value in properties.items()])
    inner = properties.get("content")
    if not isinstance(inner, dict):
        return event, kinds
    return event, kinds, tuple([(name, value.__class__) for name, value in inner.items()])
