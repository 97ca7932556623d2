"""A short way to say that a message is right, for streams of which nearly all are.

It knows no rule of its own. The models' JSON Schemas become msgspec's types, which judge a whole message in one call and are
stricter where a schema says less than its model; the rules between fields are the models' own. Where it is not sure it says
so, and the message is judged in full.
"""

import re
from collections.abc import Callable
from datetime import datetime
from functools import cache, reduce
from operator import or_
from typing import Annotated, Any, Final, Literal

import msgspec
from attrs import frozen
from msgspec import Meta

from videospec.spec.depths import nested
from videospec.spec.events import EVENTS, model_for
from videospec.spec.fields import TIMELINE, Given, SpecObject, plain
from videospec.spec.findings import Finding, nested_models, strangers
from videospec.spec.message import LIMIT, Message, elsewhere, validate_message
from videospec.spec.sizes import fits
from videospec.spec.stamps import exact

_MOST: Final = 2**53 - 1
_DEEP: Final = 4

# -- the models as msgspec's types -------------------------------------------------------------------------------------

_PLAIN: Final = (
    str | Annotated[int, Meta(ge=-_MOST, le=_MOST)] | Annotated[float, Meta(ge=-_MOST, le=_MOST)] | bool | None
)
_ANY: Final[Any] = nested(_PLAIN, _DEEP)
"""What JSON can hold, as deep as messages are."""
# of a struct msgspec keeps what it needs to know; of another type it is found anew with each call
_Message: Final = msgspec.defstruct("_Message", [("message", dict[str, _ANY])], gc=False)
_TOLD_ELSEWHERE: Final = {"title", "description", "default", "type", "x-extension"}
_ASKED: Final[dict[str, dict[str, str]]] = {
    "string": {"minLength": "min_length", "maxLength": "max_length", "pattern": ""},
    "integer": {"minimum": "ge", "maximum": "le"},
    "number": {"minimum": "ge", "maximum": "le", "exclusiveMinimum": "gt"},
}
"""What a schema may ask of a value, and how msgspec calls it; a pattern is held by us."""
_CLASSES: Final[dict[str, Any]] = {"string": str, "integer": int, "number": float, "boolean": bool, "null": None}


def _type(schema: dict[str, Any]) -> Any:
    """The type of a field. KeyError for what cannot be said in msgspec's types."""
    asked = {name: value for name, value in schema.items() if name not in _TOLD_ELSEWHERE}
    match asked:
        case {"anyOf": choices}:
            return reduce(or_, map(_type, choices))
        case {"enum": words}:
            return Literal[tuple(words)]
        case {"const": word}:
            return Literal[word]
        case {"items": items}:
            return list[_type(items)]  # type: ignore[misc] # a type made when it runs
    kind = schema.get("type")
    if kind is None or kind == "object":
        return _ANY if kind is None else dict[str, _ANY]
    known = _ASKED.get(kind, {})
    held = {known[name]: value for name, value in asked.items()}
    held.pop("", None)
    if kind in ("integer", "number"):
        held.setdefault("le", _MOST)
    return Annotated[_CLASSES[kind], Meta(**held)] if held else _CLASSES[kind]


@cache
def _fields(model: type[SpecObject]) -> dict[str, Any]:
    fields: dict[str, Any] = model.model_json_schema()["properties"]
    return fields


@cache
def _types(model: type[SpecObject]) -> dict[str, Any]:
    """The types of a model's fields."""
    inner = nested_models(model)
    return {name: _struct(inner[name]) if name in inner else _type(told) for name, told in _fields(model).items()}


def _struct(model: type[SpecObject], **given: Any) -> type[msgspec.Struct]:
    """The type of an object of a model, some of its fields given."""
    fields: list[Any] = []
    for name, kind in (_types(model) | given).items():
        fields.append((name, kind) if model.model_fields[name].is_required() else (name, kind, None))
    return msgspec.defstruct(model.__name__, fields, kw_only=True, forbid_unknown_fields=True, gc=False)


# -- what types cannot say ---------------------------------------------------------------------------------------------


@frozen
class _Rest:
    """Of the objects of a model: the rules between fields, and dates that a calendar has."""

    bonds: tuple[Callable[[Given], str | None], ...]
    timeline: tuple[Callable[[Given], str | None], ...]
    dated: tuple[tuple[str, Callable[[str], Any]], ...]
    name: str
    inner: "_Rest | None"
    """What is asked of the object inside, by its name: no object has two."""

    @classmethod
    def of(cls, model: type[SpecObject], **given: "_Rest") -> "_Rest":
        fields = {name: told["pattern"] for name, told in _fields(model).items() if "pattern" in told}
        dated = {name: re.compile(form).fullmatch for name, form in fields.items()}
        inner = given | {name: cls.of(nested) for name, nested in nested_models(model).items()}
        bonds = tuple(bond.broken for bond in model.BONDS if bond not in TIMELINE)
        timeline = tuple(bond.broken for bond in model.BONDS if bond in TIMELINE)
        [(name, rest)] = inner.items() or [("", None)]
        return cls(bonds, timeline, tuple(dated.items()), name, rest)

    def holds(self, data: dict[str, Any] | None) -> bool:
        """Whether it does, of one whose types are right."""
        rest: _Rest | None = self
        while rest is not None and data is not None:
            for broken in rest.bonds:
                if broken(data):
                    return False
            if rest.timeline and not plain(data) and any(broken(data) for broken in rest.timeline):
                return False
            for name, form in rest.dated:
                if name in data and exact(data[name]) is None and not _dated(data[name], form):
                    return False
            data, rest = data.get(rest.name), rest.inner
        return True


def _dated(value: str, form: Callable[[str], Any]) -> bool:
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return form(value) is not None


@cache
def _asked(event: str) -> tuple[type[msgspec.Struct], _Rest]:
    model = model_for(event)
    whole = _struct(Message, event=Literal[event], properties=_struct(model))
    return whole, _Rest.of(Message, properties=_Rest.of(model))


def fine(message: dict[str, Any]) -> bool:
    """Whether `validate_message` surely finds nothing in an object that was read from JSON. False means that it has to be
    asked."""
    event = message.get("event")
    if event.__class__ is not str or event not in EVENTS:
        return False
    whole, rest = _asked(event)
    try:
        msgspec.convert(message, whole)
    except (msgspec.ValidationError, UnicodeEncodeError):  # half a surrogate pair in a name
        return False
    return fits(message, LIMIT) and rest.holds(message)


def judged(message: dict[str, Any]) -> list[Finding]:
    """What `validate_message` finds in an object that was read from JSON."""
    if fine(message):
        return []
    event, properties = message.get("event"), message.get("properties")
    if event.__class__ is str and event in EVENTS and isinstance(properties, dict):
        model = model_for(event)
        known = _known(Message, message) | {"properties": _known(model, properties)}
        if fine(known) and _plain(message):
            return [*strangers(Message, message, ()), *strangers(model, properties, ("properties",), elsewhere(event))]
    return validate_message(message)


def _known(model: type[SpecObject], data: dict[str, Any]) -> dict[str, Any]:
    """What the model knows of an object."""
    fields, inner = _types(model), nested_models(model)
    return {
        name: _known(inner[name], value) if name in inner and isinstance(value, dict) else value
        for name, value in data.items()
        if name in fields
    }


def _plain(message: dict[str, Any]) -> bool:
    """Whether a message is surely JSON, and not too large, whatever is in it."""
    try:
        msgspec.convert({"message": message}, _Message)
    except (msgspec.ValidationError, UnicodeEncodeError):  # half a surrogate pair in a name
        return False
    return fits(message, LIMIT)
