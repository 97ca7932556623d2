"""A finding: what is wrong with a message, in plain words, with what to change. Here pydantic's errors become findings."""

import json
import math
from collections.abc import Callable, Iterable, Iterator
from difflib import get_close_matches
from typing import Any, Final, Literal

from attrs import frozen
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from videospec.spec.fields import SpecObject, is_text

Severity = Literal["error", "warning"]
Path = tuple[str | int, ...]

RULES: Final[dict[str, str]] = {
    "spec.json": "a line is one JSON text in UTF-8, and nothing in it nests too deep",
    "spec.object": "a message is an object",
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
    """`line` counts from 1, None outside a file. `field` is a dotted path such as `properties.keywords.0`, empty for the
    message as a whole. `rule` is a key of RULES."""

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
        case None | bool():
            return json.dumps(value)
        case int() if value.bit_length() > 64:
            return "a huge number"
        case int() | float():
            return repr(value)
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
    found = get_close_matches(word[:100].casefold(), near, n=1, cutoff=0.75)
    return near[found[0]] if found else None


# -- pydantic's errors -------------------------------------------------------------------------------------------------


def _whole(value: object) -> object:
    if isinstance(value, str):
        value = _number(value)
    return int(value) if isinstance(value, float) and math.isfinite(value) and value >= 0 else None


def _number(value: object) -> object:
    try:
        number = float(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return number if number is not None and math.isfinite(number) else None


def _string(value: object) -> object:
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _boolean(value: object) -> object:
    spoken = value.casefold() if isinstance(value, str) else value
    return {"true": True, "1": True, 1: True, "false": False, "0": False, 0: False}.get(spoken) if _plain(spoken) else None


def _plain(value: object) -> bool:
    return isinstance(value, str | int)


def _listed(value: object) -> object:
    return [value] if isinstance(value, str) else None


_Convert = Callable[[object], object]
_PLAIN: Final[dict[str, tuple[str, str, _Convert | None]]] = {
    "int_type": ("spec.type", "a whole number", _whole),
    "float_type": ("spec.type", "a number", _number),
    "string_type": ("spec.type", "text", _string),
    "bool_type": ("spec.type", "true or false", _boolean),
    "list_type": ("spec.type", "a list", _listed),
    "dict_type": ("spec.type", "an object", None),
    "model_type": ("spec.type", "an object", None),
    "greater_than_equal": ("spec.range", "{ge} or more", None),
    "greater_than": ("spec.range", "more than {gt}", None),
    "less_than_equal": ("spec.range", "{le} or less", None),
    "finite_number": ("spec.number", "a finite number", None),
    "string_too_short": ("spec.length", "text of at least {min_length} character", None),
    "string_too_long": ("spec.length", "text of at most {max_length} characters", None),
    "string_unicode": ("spec.text", "text that can be written as UTF-8", None),
    "literal_error": ("spec.choice", "{expected}", None),
}
"""Pydantic's error type: our rule, what is expected, and what would turn a near miss into it."""
