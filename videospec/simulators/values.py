"""JavaScript's values in Python, as far as an integration can tell them apart.

`null` is None, `undefined` is UNDEFINED, a number is an int or a float, an object a dict, an array a list, a Date a Date.
The rules are ECMA-262's, sections 7.1 (conversions) and 7.2 (comparisons).
"""

import math
from collections.abc import Iterable
from typing import Any, Final

from attrs import define, frozen

from videospec.simulators.calendar import iso_text, long_text

Value = Any
"""Any of these values."""

SAFE: Final = 1 << 53
SPACE: Final = (
    "\t\n\v\f\r \xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000\ufeff"
)
"""What counts as white space there."""
INHERITED: Final = frozenset(
    {
        *("constructor", "toString", "toLocaleString", "valueOf", "hasOwnProperty", "isPrototypeOf", "__proto__"),
        *("propertyIsEnumerable", "__defineGetter__", "__defineSetter__", "__lookupGetter__", "__lookupSetter__"),
    }
)
"""Names that every plain object answers to without having them."""


class _Undefined:
    """What a name that is not there gives."""

    __slots__ = ()

    def __bool__(self) -> bool:
        return False

    def __repr__(self) -> str:
        return "undefined"


UNDEFINED: Final = _Undefined()


class Thrown(Exception):
    """What the real code would throw; its text is the error's name and message."""


@frozen(eq=False)
class Date:
    """A Date: ms since 1970, UTC; NaN when it is invalid."""

    ms: float


@define(eq=False)
class Made:
    """An object of a vendor's SDK: what made it, of what, and what was set on it."""

    factory: str
    args: list[Value]
    has: dict[str, Value]


def truthy(value: Value) -> bool:
    """Whether an `if` takes the value."""
    if value:
        return value.__class__ is not float or not math.isnan(value)  # NaN is true here
    return isinstance(value, (dict, list))


def either(value: Value, other: Value) -> Value:
    """`value || other`."""
    return value if truthy(value) else other


def given(**values: Value) -> dict[str, Value]:
    """An object without what is null or undefined (npm's `reject`)."""
    return {name: value for name, value in values.items() if value is not None and value is not UNDEFINED}


def same(one: Value, other: Value) -> bool:
    """`one === other` for two values out of Facades: those copy on every read, so no object is ever another."""
    if isinstance(one, (dict, list, Date)):
        return False
    return isinstance(one, bool) == isinstance(other, bool) and bool(one == other)


def is_number(value: Value) -> bool:
    """`typeof value === 'number'`."""
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def number(value: float) -> float:
    """The double that a JSON number is: an int where it is whole and exact, so that it is written as such."""
    if isinstance(value, int):
        return value if -SAFE <= value <= SAFE else _double(value)
    return int(value) if -SAFE <= value <= SAFE and value == int(value) else value


def _double(value: int) -> float:
    try:
        return float(value)
    except OverflowError:
        return math.inf if value > 0 else -math.inf


def plus(one: float, other: float) -> float:
    """`one + other` of two numbers."""
    return number(one + other)


def text(value: Value) -> str:
    """`String(value)`; raises Thrown for an object that hides its own toString."""
    if isinstance(value, str):
        return value
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return _digits(value)
    if isinstance(value, list):
        return joined(value)
    if isinstance(value, Date):
        return long_text(value.ms)
    if isinstance(value, dict):
        if "toString" in value:
            raise Thrown("TypeError: Cannot convert object to primitive value")
        return "[object Object]"
    return "undefined"


def joined(values: list[Value]) -> str:
    """`values.join()`: null and undefined are empty there."""
    return ",".join("" if value is None or value is UNDEFINED else text(value) for value in values)


def _digits(value: float) -> str:
    """A number in decimal: plain between 1e-7 and 1e21, with an exponent outside (ECMA-262, 6.1.6.1.20)."""
    if isinstance(value, int):
        return str(value)
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    if value == 0:
        return "0"
    whole, _, exponent = f"{abs(value)!r}".partition("e")
    before, _, after = whole.partition(".")
    digits = (before + after).lstrip("0")
    point = len(before) + int(exponent or 0) - (len(before + after) - len(digits))
    digits = digits.rstrip("0")
    if len(digits) <= point <= 21:
        told = digits.ljust(point, "0")
    elif 0 < point <= 21:
        told = f"{digits[:point]}.{digits[point:]}"
    elif -6 < point <= 0:
        told = f"0.{'0' * -point}{digits}"
    else:
        told = f"{digits[0]}{'.' if digits[1:] else ''}{digits[1:]}e{point - 1:+d}"
    return f"-{told}" if value < 0 else told


def parse_int(value: Value) -> float:
    """`parseInt(value, 10)`."""
    rest = text(value).lstrip(SPACE)
    sign = end = int(rest[:1] in ("+", "-"))
    while end < len(rest) and rest[end] in "0123456789":
        end += 1
    if end == sign:
        return math.nan
    # beyond a double's range only the size counts, and Python reads no number of more than 4300 digits
    return number(int(rest[:end])) if end < 400 else math.inf * (-1 if rest[0] == "-" else 1)


_AS_IT_IS: Final = frozenset({str, bool, int, type(None), _Undefined})


def shown(value: Value) -> Value:
    """The value as it is written in a call: a Date by its ISO text, NaN by name, an SDK's object by what made it.

    Undefined stays; within a list it is written null, within an object left out.
    """
    if value.__class__ in _AS_IT_IS:
        return value
    if isinstance(value, (str, bool)):
        return value
    if isinstance(value, (int, float)):
        if isinstance(value, int) or abs(value) < SAFE:
            return value
        # JavaScript writes these out in full, with zeros for the digits that a double does not hold
        return _digits(value) if not math.isfinite(value) else int(_digits(value)) if abs(value) < 1e21 else value
    if isinstance(value, dict):
        return {key: told for key, item in value.items() if (told := shown(item)) is not UNDEFINED}
    if isinstance(value, list):
        return shown_all(value)
    if isinstance(value, Date):
        return iso_text(value.ms)
    return {value.factory: shown_all(value.args), **shown(value.has)}


def shown_all(values: Iterable[Value]) -> list[Value]:
    """Values as they are written in a list, or in a call."""
    return [None if (told := shown(value)) is UNDEFINED else told for value in values]
