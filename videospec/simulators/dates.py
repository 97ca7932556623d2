"""Dates as the libraries under the integrations read and write them; local time is UTC.

Sources: @segment/isodate 1.0.3 and isodate-traverse 1.1.1 (which texts become Dates), new-date (timestamps), ECMA-262
21.4 (Date), and V8's legacy reading of what is not ISO 8601.
"""

import math
import re
from typing import Final

from videospec.simulators import legacy_dates
from videospec.simulators.calendar import utc
from videospec.simulators.values import Date, Value, is_number, text
from videospec.spec.stamps import exact

_FARTHEST: Final = 8.64e15
"""ms from 1970 that a Date can be, either way."""
_ISO: Final = re.compile(
    r"([0-9]{4})(?:-?([0-9]{2})(?:-?([0-9]{2}))?)?"
    r"(?:([ T])([0-9]{2}):?([0-9]{2})(?::?([0-9]{2})(?:[,.]([0-9]+))?)?(?:(Z)|([+-])([0-9]{2})(?::?([0-9]{2}))?)?)?"
)
# A day in full is asked for where texts become Dates; a year and month alone are none.
_WHOLE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_STANDARD: Final = re.compile(
    r"([0-9]{4}|[+-][0-9]{6})(?:-([0-9]{2})(?:-([0-9]{2}))?)?"
    r"(?:T([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:\.([0-9]+))?)?(?:(Z)|([+-])([0-9]{2})(?::?([0-9]{2})))?)?",
    re.I | re.A,
)
_BEFORE_TIME: Final = re.compile(
    r"(?:[0-9]{4}|[+-][0-9]{6})(?:-[0-9]{2}(?:-[0-9]{2})?)?T(?![A-Za-z\[-`{-\U0010ffff])", re.I | re.A
)
_DIGITS: Final = re.compile(r"\s*([+-]?[0-9]+)")


def dated(value: str) -> Date | None:
    """The Date that a text within a message becomes, or None where it stays a text."""
    if len(value) < 10 or value[4] != "-" or value[7] != "-" or not _WHOLE.match(value):
        return None
    ms = _isodate(value)
    return None if ms is None else Date(ms)


def _isodate(value: str) -> int | None:
    found = _ISO.fullmatch(value)
    if found is None:
        return None
    year, month, day, mark, hour, minute, second, part, zulu, sign, off_hour, off_minute = found.groups()
    offset = 0
    if mark != " " and zulu is None and sign:
        offset = int(off_hour) * 60 + int(off_minute or 0)
        offset = -offset if sign == "+" else offset
    century = 1900 if int(year) < 100 else 0  # Date.UTC takes a year of two digits for one of the last century
    return utc(
        int(year) + century,
        int(month or 0) or 1,
        int(day or 0) or 1,
        int(hour or 0),
        int(minute or 0) + offset,
        int(second or 0),
        int(f"{part}00"[:3]) if part else 0,
    )


def timestamp_ms(value: Value) -> float:
    """The ms that a message's `timestamp` says, NaN where it says none (new-date)."""
    # elsewhere what runs over is carried on, and a year below 100 is one of the last century
    if value.__class__ is str and value > "1" and (seconds := exact(value)) is not None:
        return round(seconds * 1000)
    return _new_date(value)


def _new_date(value: Value) -> float:
    if is_number(value):
        return _clipped(value * 1000 if value < 31_557_600_000 else value)
    if isinstance(value, str) and (ms := _isodate(value)) is not None:
        return ms
    written = text(value)
    for digits, unit in ((13, 1), (10, 1000)):
        if re.search(f"[0-9]{{{digits}}}", written):
            # the number is read from the front of the text, wherever the digits stand
            found = _DIGITS.match(written)
            return _clipped(int(found[1]) * unit) if found and len(found[1]) < 20 else math.nan
    return date_ms(value)


def date_ms(value: Value) -> float:
    """The ms of `new Date(value)`; raises Thrown for an object without a text."""
    if isinstance(value, Date):
        return value.ms
    if value is None or isinstance(value, bool):
        return int(value or 0)
    if is_number(value):
        return _clipped(value)
    return _read(text(value))  # undefined has a text that is no date


def _clipped(ms: float) -> float:
    return int(ms) if abs(ms) <= _FARTHEST else math.nan


def _read(value: str) -> float:
    if (found := _STANDARD.fullmatch(value)) is not None and (ms := _standard(found)) is not None:
        return _clipped(ms)
    return math.nan if _BEFORE_TIME.match(value) else _clipped(legacy_dates.read(value))


def _standard(found: re.Match[str]) -> int | None:
    """ISO 8601 as ECMA-262 has it; None where a part is out of its range."""
    year, month, day, hour, minute, second, part, _, sign, off_hour, off_minute = found.groups()
    parts = [int(one or low) for one, low in ((month, 1), (day, 1), (hour, 0), (minute, 0), (second, 0))]
    milli = int(f"{part}00"[:3]) if part else 0
    whole = parts[2] < 24 or (parts[2] == 24 and not parts[3] and not parts[4] and not milli)
    good = 1 <= parts[0] <= 12 and 1 <= parts[1] <= 31 and whole and parts[3] < 60 and parts[4] < 60
    off = (int(off_hour or 0), int(off_minute or 0))
    if not good or off[0] > 23 or off[1] > 59 or year == "-000000":
        return None
    shift = (off[0] * 60 + off[1]) * (-1 if sign == "+" else 1)
    return utc(int(year), parts[0], parts[1], parts[2], parts[3] + shift, parts[4], milli)
