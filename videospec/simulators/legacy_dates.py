"""What V8 makes of a date that is not ISO 8601, such as `Aug 30, 2019 9:05 pm` or `30/08/19`; local time is UTC.

The rules are those that V8 documents in its date parser: words before the first number are passed over, a word after it
must be a month, a zone, am or pm; numbers with colons are a time, a signed number after a time is an offset, the others
are day, month and year.
"""

import math
import re
from typing import Final

from attrs import define, field

from videospec.simulators.calendar import utc
from videospec.simulators.values import SPACE

_TOKEN: Final = re.compile(
    rf"(?P<number>[0-9]+)|(?P<sign>[-+])|(?P<mark>[:.)])|(?P<space>[{SPACE}]+)"
    rf"|(?P<word>(?:[A-Za-z]|[\[-\U0010ffff](?<![{SPACE}]))+)|(?P<other>.)",
    re.S,
)
# A beginning as of ISO 8601; what follows is read by the rules for the others.
_DATE_FIRST: Final = re.compile(
    r"([0-9]{4}|[-+][0-9]{6})(?![0-9])(?:-(?:(0[1-9]|1[0-2])(?![0-9])(?:-(?:(0[1-9]|[12][0-9]|3[01])(?![0-9]))?)?)?)?"
)
_NAMES: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTHS: Final = {name: n for n, name in enumerate(_NAMES, 1)}
_ZONES: Final = {
    "ut": 0,
    "utc": 0,
    "z": 0,
    "gmt": 0,
    "est": -5,
    "edt": -4,
    "cst": -6,
    "cdt": -5,
    "mst": -7,
    "mdt": -6,
    "pst": -8,
    "pdt": -7,
}
_HALVES: Final = {"am": 0, "pm": 12}


class _NoDate(Exception):
    pass


@define
class _Reading:
    """What was read so far."""

    tokens: list[tuple[str, str]]
    at: int = 0
    days: list[int] = field(factory=list)
    month: int | None = None
    time: list[int] = field(factory=list)
    half: int | None = None
    sign: int | None = None
    off_hour: int | None = None
    off_minute: int | None = None
    numbered: bool = False

    def peek(self) -> tuple[str, str]:
        return self.tokens[self.at] if self.at < len(self.tokens) else ("end", "")

    def skip(self, mark: str) -> bool:
        if self.peek()[1] == mark:
            self.at += 1
            return True
        return False

    def timed(self, n: int) -> None:
        if len(self.time) == 4:
            raise _NoDate
        self.time.append(n)

    def wants(self, n: int) -> bool:
        """Whether a time was begun that this number may go on with."""
        return (len(self.time) in (1, 2) and n < 60) or (len(self.time) == 3 and n < 1000)


def read(value: str) -> float:
    """ms since 1970, NaN for what is no date."""
    first = _DATE_FIRST.match(value)
    reading = _Reading(_tokens(value[first.end() :] if first else value))
    if first is not None:
        reading.numbered = True
        reading.days = [int(part) for part in first.groups() if part]
    try:
        while reading.at < len(reading.tokens):
            kind, told = reading.tokens[reading.at]
            reading.at += 1
            if kind in _READERS:
                _READERS[kind](reading, told)
        return _written(reading)
    except _NoDate:
        return math.nan


def _tokens(value: str) -> list[tuple[str, str]]:
    """The parts of the text; what stands in brackets is none."""
    tokens, at = [], 0
    while at < len(value):
        if value[at] == "(":
            depth = 0
            while at < len(value) and (depth or value[at] == "("):
                depth += (value[at] == "(") - (value[at] == ")")
                at += 1
                if not depth:
                    break
            tokens.append(("other", "("))
            continue
        if (found := _TOKEN.match(value, at)) is not None:  # the last choice takes anything
            tokens.append((str(found.lastgroup), found[0]))
            at = found.end()
    return tokens


def _value(digits: str) -> int:
    return int(digits.lstrip("0")[:9] or 0)


def _number(reading: _Reading, digits: str) -> None:
    reading.numbered = True
    n = _value(digits)
    if reading.skip(":"):
        if reading.skip(":"):
            if reading.time:
                raise _NoDate
            reading.time += [n, 0]
            return
        reading.timed(n)
        reading.skip(".")
        return
    if reading.skip(".") and reading.wants(n):
        reading.timed(n)
        kind, part = reading.peek()
        if kind != "number":
            raise _NoDate
        reading.at += 1
        reading.time = [*reading.time, _milli(part), 0, 0][:4]
    elif reading.off_hour is not None and reading.off_minute is None and n < 60:
        reading.off_minute = n
    elif reading.wants(n):
        reading.time += [n, *[0] * (3 - len(reading.time))]
        kind, told = reading.peek()
        if kind not in ("end", "space", "sign") and told.lower() != "z":
            raise _NoDate
    else:
        if len(reading.days) == 3:
            raise _NoDate
        reading.days.append(n)
        reading.skip("-")


def _milli(digits: str) -> int:
    n, length = _value(digits), min(len(digits), 9)
    return n * (100, 10, 1)[length - 1] if length <= 3 else n // int(10 ** (length - 3))


def _word(reading: _Reading, word: str) -> None:
    low = word.lower()
    if low in _HALVES and reading.time:
        reading.half = _HALVES[low]
    elif low[:3] in _MONTHS:
        reading.month = _MONTHS[low[:3]]
        reading.skip("-")
    elif low in _ZONES and reading.numbered:
        hours = _ZONES[low]
        reading.sign, reading.off_hour, reading.off_minute = (-1 if hours < 0 else 1), abs(hours), 0
    elif reading.numbered or reading.peek()[0] == "number":
        raise _NoDate


def _sign(reading: _Reading, sign: str) -> None:
    if not reading.time and (reading.off_hour, reading.off_minute) != (0, 0):
        if reading.numbered:
            raise _NoDate
        return
    reading.sign = 1 if sign == "+" else -1
    n = length = 0
    if reading.peek()[0] == "number":
        digits = reading.peek()[1]
        n, length = _value(digits), len(digits)
        reading.at += 1
    reading.numbered = True
    if reading.peek()[1] == ":":
        reading.off_hour, reading.off_minute = n, None
    elif length in (1, 2):
        reading.off_hour, reading.off_minute = n, 0
    elif length in (3, 4):
        reading.off_hour, reading.off_minute = divmod(n, 100)
    else:
        raise _NoDate


def _mark(reading: _Reading, mark: str) -> None:
    if mark == ")" and reading.numbered:
        raise _NoDate


_READERS: Final = {"number": _number, "word": _word, "sign": _sign, "mark": _mark}


def _written(reading: _Reading) -> float:
    if not reading.days:
        raise _NoDate
    one, two, three = [*reading.days, 1, 1][:3]
    if reading.month is not None:
        month = reading.month
        day, year = (one, two) if 1 <= one <= 31 else (two, one)
    elif 1 <= one <= 31:
        month, day, year = one, two, three
    else:
        year, month, day = one, two, three
    if 0 <= year < 100:
        year += 2000 if year < 50 else 1900
    hour, minute, second, milli = [*reading.time, 0, 0, 0, 0][:4]
    if reading.half is not None:
        if hour > 12:
            raise _NoDate
        hour = hour % 12 + reading.half
    on_time = hour < 24 and minute < 60 and second < 60 and milli < 1000
    if not (1 <= month <= 12 and 1 <= day <= 31 and (on_time or (hour, minute, second, milli) == (24, 0, 0, 0))):
        raise _NoDate
    offset = (reading.sign or 0) * ((reading.off_hour or 0) * 60 + (reading.off_minute or 0))
    return utc(year, month, day, hour, minute - offset, second, milli)
