"""How destinations see properties: names folded to columns, and values by what they are."""

import math
import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from operator import itemgetter
from typing import Any, Final

_EDGE: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_OTHER: Final = re.compile(r"[^a-z0-9]+")


SHAPES: Final = 4096
"""How many shapes are remembered."""


@lru_cache(maxsize=1024)
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
    if "." not in path and properties.__class__ is dict:
        return properties.get(path)
    value: Any = properties
    for name in _steps(path):
        if not isinstance(value, dict) or name not in value:
            return None
        value = value[name]
    return value


@lru_cache(maxsize=1024)
def _steps(path: str) -> tuple[str, ...]:
    return tuple(path.split("."))


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


class Shape:
    """Which properties an event has, and of what kinds; one object for all messages of a shape. They break the same limits
    on names and kinds."""

    __slots__ = ("_boxes", "_inner", "_outer")

    def __init__(self, properties: dict[str, Any]) -> None:
        self._outer = _texts(properties)
        self._boxes = [name for name, value in properties.items() if isinstance(value, (dict, list))]
        others = {name: value for name, value in properties.items() if isinstance(value, dict)}
        inner = others.pop("content", None)
        self._inner = None if inner is None else _texts(inner)
        if others or (inner is not None and any(isinstance(value, dict) for value in inner.values())):
            self._outer = None

    def longest(self, properties: dict[str, Any]) -> float:
        """Characters of the longest text in the properties of a message of this shape; infinite where that takes a longer
        look."""
        if self._outer is None:
            return math.inf
        most = max(map(len, self._outer(properties)))
        return most if self._inner is None else max(most, *map(len, self._inner(properties["content"])))

    def boxes(self, properties: dict[str, Any]) -> dict[str, Any]:
        """The properties of a message of this shape that are objects or arrays."""
        return {name: properties[name] for name in self._boxes}


def _texts(properties: dict[str, Any]) -> Callable[[dict[str, Any]], tuple[str, ...]] | None:
    """What gets the texts; None where there are none. The last comes twice: with one name there would be no tuple."""
    names = [name for name, value in properties.items() if isinstance(value, str)]
    return itemgetter(*names, names[-1]) if names else None


class Shapes:
    """The shapes of a stream, as many as are kept."""

    def __init__(self) -> None:
        self._known: dict[tuple[object, ...], Shape] = {}
        self._last: tuple[str, dict[str, Any], Shape] | None = None

    def of(self, event: str, properties: dict[str, Any]) -> Shape:
        """The shape of an event with its properties."""
        if self._last is not None and self._last[1] is properties and self._last[0] == event:
            return self._last[2]
        looks: tuple[object, ...] = (event, tuple(properties), tuple(map(type, properties.values())))
        inner = properties.get("content")
        if isinstance(inner, dict):
            looks = (*looks, tuple(inner), tuple(map(type, inner.values())))
        known = self._known.get(looks)
        if known is None:
            if len(self._known) >= SHAPES:
                self._known.clear()
            known = self._known[looks] = Shape(properties)
        self._last = (event, properties, known)
        return known
