"""A short way to say that a message is right, for streams of which nearly all are.

It knows no rule of its own. What a field takes is asked of its own pydantic type once; a value that is no plain text, count
or flag is taken when `validate_message` took it before, on the same field; the rules between fields are the models' own.
Where it is not sure it says so, and the message is judged in full.
"""

from collections.abc import Callable
from datetime import datetime
from functools import cache
from re import compile as pattern
from typing import Any, Final

from attrs import define, field
from pydantic import TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from videospec.spec.events import EVENTS, model_for
from videospec.spec.fields import SpecObject
from videospec.spec.findings import nested_models
from videospec.spec.message import Message

_LONGEST: Final = 100
_MOST: Final = 10**9
_MOST_KNOWN: Final = 4096
_STAMP: Final = pattern(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z").fullmatch
_MARGIN: Final = 1000
"""The longest remembered value, as ASCII: with it no message of a model's fields comes near to Segment's 32 KB."""


def _text(value: object) -> bool:
    return value.__class__ is str and 0 < len(value) <= _LONGEST and value.isascii() and value.isprintable()


def _count(value: object) -> bool:
    return value.__class__ is int and 0 <= value <= _MOST


def _flag(value: object) -> bool:
    return value is True or value is False


def _stamp(value: object) -> bool:
    if value.__class__ is not str or not _STAMP(value):
        return False
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True


def _unsure(value: object) -> bool:
    return False


_PROBES: Final[tuple[tuple[Callable[[object], bool], tuple[object, ...], tuple[object, ...]], ...]] = (
    (_text, ("x", "a b", "0", "x" * _LONGEST), ("", 1)),
    (_count, (0, 7, 101, _MOST), (-1, "1", 1.5)),
    (_flag, (True, False), (1, "true")),
    (_stamp, ("2024-02-29T23:59:59.999Z", "0001-01-01T00:00:00.000Z"), ("2023-02-29T00:00:00.000Z", "x")),
)
"""A check, values that a field of its kind takes, and values that it does not."""


def _kind(info: FieldInfo) -> Callable[[object], bool]:
    asks = TypeAdapter[Any](info.rebuild_annotation())

    def takes(value: object) -> bool:
        try:
            asks.validate_python(value, strict=True)
        except ValidationError:
            return False
        return True

    for check, taken, refused in _PROBES:
        if all(map(takes, taken)) and not any(map(takes, refused)):
            return check
    return _unsure


@define
class _Shape:
    """What is known of the objects of one model."""

    model: type[SpecObject]
    kinds: dict[str, Callable[[object], bool]]
    inner: dict[str, "_Shape"]
    required: frozenset[str]
    known: set[object] = field(factory=set)

    def fine(self, data: dict[str, Any]) -> bool:
        """Whether it is surely right."""
        kinds, known = self.kinds, self.known
        for name, value in data.items():
            check = kinds.get(name)
            if check is None:
                return False
            if check(value):
                continue
            if name in self.inner and value.__class__ is dict:
                if not self.inner[name].fine(value):
                    return False
            elif _mark(name, value) not in known:
                return False
        return self.required <= data.keys() and not any(bond.broken(data) for bond in self.model.BONDS)

    def learn(self, data: dict[str, Any]) -> None:
        """Remembers the values of an object that is right."""
        for name, value in data.items():
            if name in self.inner and value.__class__ is dict:
                self.inner[name].learn(value)
            elif name in self.kinds and not self.kinds[name](value):
                if len(self.known) >= _MOST_KNOWN:
                    self.known.clear()
                mark = _mark(name, value)
                if len(ascii(value)) <= _MARGIN:
                    self.known.add(mark)


def _mark(name: str, value: object) -> object:
    if value.__class__ in (str, int, float, bool, type(None)):
        return name, value.__class__, value
    return name, value.__class__, repr(value)


@cache
def _shape(model: type[SpecObject]) -> _Shape:
    fields = model.model_fields
    return _Shape(
        model,
        {name: _kind(info) for name, info in fields.items()},
        {name: _shape(inner) for name, inner in nested_models(model).items()},
        frozenset(name for name, info in fields.items() if info.is_required()),
    )


def fine(message: dict[str, Any]) -> bool:
    """Whether `validate_message` surely finds nothing. False means that it has to be asked."""
    event, properties = message.get("event"), message.get("properties")
    if event.__class__ is not str or event not in EVENTS or properties.__class__ is not dict:
        return False
    rest = {name: value for name, value in message.items() if name != "properties"}
    rest["properties"] = _NONE
    return _shape(Message).fine(rest) and _shape(model_for(event)).fine(properties)


def learn(message: dict[str, Any]) -> None:
    """Takes a message in which `validate_message` found nothing."""
    _shape(Message).learn({**message, "properties": _NONE})
    _shape(model_for(message["event"])).learn(message["properties"])


_NONE: Final[dict[str, Any]] = {}
