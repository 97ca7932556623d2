"""Dates of the Gregorian calendar as JavaScript counts and writes them, for any year; local time is UTC."""

import math
from functools import lru_cache
from typing import Final

_DAY: Final = 86_400_000
_DAYS: Final = ("Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat")
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def utc(year: int, month: int, day: int, hour: int = 0, minute: int = 0, second: int = 0, ms: int = 0) -> int:
    """ms since 1970 of a date of the Gregorian calendar; what runs over (month 13, minute 75) is carried on."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    # counted from the first of March, so that the leap day is the last of its year
    shifted = year - (month <= 2)
    era, of_era = divmod(shifted, 400)
    of_year = (153 * ((month + 9) % 12) + 2) // 5 + day - 1
    days = era * 146_097 + of_era * 365 + of_era // 4 - of_era // 100 + of_year - 719_468
    return days * _DAY + ((hour * 60 + minute) * 60 + second) * 1000 + ms


def civil(ms: float) -> tuple[int, int, int, int, int, int, int, int]:
    """Year, month, day, hour, minute, second, ms and weekday (0 is Sunday) of a valid Date."""
    days, rest = divmod(int(ms), _DAY)
    era, of_era = divmod(days + 719_468, 146_097)
    year = (of_era - of_era // 1460 + of_era // 36_524 - of_era // 146_096) // 365
    of_year = of_era - (365 * year + year // 4 - year // 100)
    shifted = (5 * of_year + 2) // 153
    day, month = of_year - (153 * shifted + 2) // 5 + 1, shifted + 3 if shifted < 10 else shifted - 9
    second, milli = divmod(rest, 1000)
    minute, second = divmod(second, 60)
    hour, minute = divmod(minute, 60)
    return year + era * 400 + (month <= 2), month, day, hour, minute, second, milli, (days + 4) % 7


@lru_cache(maxsize=16)  # one message makes many calls
def iso_text(ms: float) -> str:
    """`toISOString()`; years outside four digits carry a sign and six."""
    if math.isnan(ms):
        return "Invalid Date"
    days, rest = divmod(int(ms), _DAY)
    second, milli = divmod(rest, 1000)
    minute, second = divmod(second, 60)
    hour, minute = divmod(minute, 60)
    return f"{_day_text(days)}T{hour:02}:{minute:02}:{second:02}.{milli:03}Z"


@lru_cache(maxsize=64)
def _day_text(days: int) -> str:
    year, month, day, *_ = civil(days * _DAY)
    return f"{f'{year:04}' if 0 <= year <= 9999 else f'{year:+07}'}-{month:02}-{day:02}"


def long_text(ms: float) -> str:
    """`toString()`."""
    if math.isnan(ms):
        return "Invalid Date"
    year, month, day, hour, minute, second, _, weekday = civil(ms)
    told = f"{year:04}" if year >= 0 else f"-{-year:06}"
    clock = f"{hour:02}:{minute:02}:{second:02} GMT+0000 (Coordinated Universal Time)"
    return f"{_DAYS[weekday]} {_MONTHS[month - 1]} {day:02} {told} {clock}"
