"""A finding: what is wrong with a message, and what to change. Here pydantic's errors become plain words."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from functools import cache, lru_cache
from typing import Any, Final, Literal, get_args

from attrs import frozen
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from videospec.spec.fields import MOST, SpecObject, is_text

Severity = Literal["error", "warning"]
Path = tuple[str | int, ...]

RULES: Final[dict[str, str]] = {
    "spec.json": "a line is one JSON text in UTF-8, and nothing in it nests too deep",
    "spec.object": "a message is an object, and one: no list or batch of them",
    "spec.size": "a message is no larger than Segment takes",
    "spec.required": "what a message cannot do without is there",
    "spec.identity": "a message says whose it is",
    "spec.type": "a value has the type that the page gives it",
    "spec.range": "a number is within its limits",
    "spec.length": "a text is not empty, and no longer than Segment takes",
    "spec.choice": "a value is one of those that the page lists",
    "spec.date": "a date or time is ISO 8601, and exists",
    "spec.number": "a number is finite, and fits 64 bits",
    "spec.text": "a text can be written as UTF-8",
    "spec.livestream-length": "total_length is null for a livestream, and only then",
    "spec.livestream-position": "position is null only for a livestream",
    "spec.position-length": "position is not past total_length",
    "spec.ad-together": "the ad properties of a playback event come together",
    "spec.unknown-event": "the event is one of the spec's",
    "spec.unknown-property": "a property is one of the spec's (warning)",
    "spec.misplaced-property": "a property is on an event that may carry it",
}
"""Every rule id and what it asks for."""


@frozen
class Finding:
    """`line` counts from 1, None outside a file. `field` is a dotted path such as `properties.keywords.0`, empty for
    the message as a whole. `rule` is a key of RULES."""

    line: int | None
    field: str
    rule: str
    severity: Severity
    message: str
    mend: str


def finding(path: Path, rule: str, message: str, mend: str, severity: Severity = "error") -> Finding:
    """A finding at a path, of no line yet."""
    return Finding(None, ".".join(map(str, path)), rule, severity, message, mend)


def shown(value: object) -> str:
    """A value as a short phrase that any terminal can print."""
    match value:
        case int() if value.bit_length() > 64:
            return "a huge number"
        case None | int() | float():
            return json.dumps(value)
        case str():
            clipped = value if len(value) <= 40 else value[:40] + "…"
            return json.dumps(clipped, ensure_ascii=not is_text(clipped))
        case list():
            return "a list"
        case dict():
            return "an object"
    return f"a {type(value).__name__}"


def nearest(word: str, words: Iterable[str]) -> str | None:
    """The word that was probably meant, if any is near. No name has 100 letters, so no more of a word is looked at."""
    near = {known.casefold(): known for known in words}
    # 0.85 is where `seek_position` is no longer near to `position`.
    found = get_close_matches(word[:100].casefold(), near, n=1, cutoff=0.85)
    return near[found[0]] if found else None


# -- pydantic's errors -------------------------------------------------------------------------------------------------

_PLAIN: Final[dict[str, tuple[str, str]]] = {
    "int_type": ("spec.type", "a whole number"),
    "float_type": ("spec.type", "a number"),
    "string_type": ("spec.type", "text"),
    "bool_type": ("spec.type", "true or false"),
    "list_type": ("spec.type", "a list"),
    "dict_type": ("spec.type", "an object"),
    "model_type": ("spec.type", "an object"),
    "greater_than_equal": ("spec.range", "{ge} or more"),
    "greater_than": ("spec.range", "more than {gt:g}"),
    "less_than_equal": ("spec.range", "{le} or less"),
    "finite_number": ("spec.number", "a finite number"),
    "string_too_short": ("spec.length", "text that is not empty"),
    "string_too_long": ("spec.length", "text of at most {max_length} characters"),
    "string_unicode": ("spec.text", "text that can be written as UTF-8"),
    "literal_error": ("spec.choice", "{expected}"),
    "not_date": ("spec.date", "an ISO 8601 date such as 2024-05-31"),
    "not_timestamp": ("spec.date", "an ISO 8601 time with its zone, such as 2024-05-31T18:30:00.000Z"),
    "unknown_event": ("spec.unknown-event", "an event of the Video Spec, such as Video Playback Started"),
}
"""What a field's error is called here, and what was expected. Names that pydantic does not know are raised in fields.py
and message.py."""


def _meant(kind: str, value: object, words: Iterable[str]) -> object:
    """What a near miss was probably meant to be; None if nothing is near."""
    match kind, value:
        case (("int_type" | "float_type"), str() | float()):
            try:
                number = float(value)
            except ValueError:
                return None
            if not 0 <= number <= MOST:
                return None
            return int(number) if kind == "int_type" else number
        case "string_type", int() | float() if not isinstance(value, bool) and -MOST <= value <= MOST:
            return str(value)
        case "bool_type", "true" | "false":
            return value == "true"
        case "list_type", str():
            return [value]
        case (("literal_error" | "unknown_event"), str()):
            return nearest(value, words)
    return None


def _of_field(error: ErrorDetails, path: Path, optional: bool) -> Finding:
    kind, value, context = error["type"], error["input"], error.get("ctx", {})
    rule, expected = _PLAIN.get(kind, ("spec.type", "what pydantic asks for: {msg}"))
    expected = expected.format_map({**context, "msg": error["msg"]})
    words = context.get("words") or re.findall("'([^']*)'", expected)
    meant = _meant(kind, value, words)
    if meant is not None:
        mend = f"send {json.dumps(meant)}"
    elif value is None and optional:
        mend = "leave it out while it is not known"
    else:
        mend = f"send {expected}" + (", or leave it out" if optional else "")
    return finding(path, rule, f"found {shown(value)}, expected {expected}", mend)


def faults(model: type[SpecObject], data: object, path: Path) -> Iterator[Finding]:
    """What the model refuses in `data`, which stands at `path`."""
    try:
        model.model_validate(data)
    except ValidationError as refusal:
        for error in refusal.errors(include_url=False):
            at = (*path, *error["loc"])
            name = error["loc"][-1] if error["loc"] else ""
            field = model.model_fields.get(str(name)) if len(error["loc"]) == 1 else None
            if error["type"] == "missing" and field:
                yield finding(at, "spec.required", f"{name} is missing", f"add {name}: {field.description}")
            elif error["type"].startswith("spec."):
                yield finding(at, error["type"], error["msg"], error["ctx"]["mend"])
            else:
                yield _of_field(error, at, optional=not (field and field.is_required()))


# -- what no model refuses ---------------------------------------------------------------------------------------------


@cache
def nested_models(model: type[SpecObject]) -> dict[str, type[SpecObject]]:
    """The fields of a model that hold an object of the spec, and its model."""
    return {
        name: kind
        for name, field in model.model_fields.items()
        for kind in get_args(field.annotation)
        if isinstance(kind, type) and issubclass(kind, SpecObject)
    }


@lru_cache(maxsize=1024)
def _near(name: str, model: type[SpecObject]) -> str | None:
    """The field that was probably meant. A stream has one stranger in each of its messages."""
    return nearest(name, model.model_fields)


def strangers(
    model: type[SpecObject], data: Mapping[str, Any], path: Path, elsewhere: Mapping[str, str] | None = None
) -> Iterator[Finding]:
    """The properties that the model does not know. `elsewhere` maps one that another event may carry to that event."""
    fields = model.model_fields
    for name in data:
        if name in fields:
            continue
        meant = _near(name[:100], model)
        if elsewhere and name in elsewhere:
            mend = f"send {meant}" if meant else f"leave it out; {elsewhere[name]} may carry it"
            yield finding((*path, name), "spec.misplaced-property", f"{name} does not belong to this event", mend)
        else:
            mend = f"send {meant}" if meant else "leave it out, or know that destinations may ignore it"
            found = f"{shown(name)} is no property of the Video Spec"
            yield finding((*path, name), "spec.unknown-property", found, mend, "warning")
    for name, kind in nested_models(model).items():
        if isinstance(data.get(name), dict):
            yield from strangers(kind, data[name], (*path, name))
