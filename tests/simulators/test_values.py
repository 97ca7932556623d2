"""JavaScript's values, against what Node says of them.

`fixtures/values.jsonl` was recorded once in Node, in UTC: of each value, the ms of `new Date(value)`, of new-date (the
Facade's timestamps) and of the Date that isodate-traverse makes of it; its `String` and `parseInt(value, 10)`; and what
@segment/trample makes of it. NaN and infinities are texts there, `T:` is the name of what was thrown.
"""

import json
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from videospec.simulators.dates import date_ms, dated, timestamp_ms
from videospec.simulators.facade import Track, copied, find
from videospec.simulators.trample import trample
from videospec.simulators.values import UNDEFINED, Date, Made, Thrown, is_number, parse_int, same, shown, text, truthy

ROWS = [
    json.loads(line) for line in Path(__file__).with_name("fixtures").joinpath("values.jsonl").read_text().splitlines()
]
SAYS: dict[str, Callable[[Any], Any]] = {
    "date": date_ms,
    "timestamp": timestamp_ms,
    "text": text,
    "int": parse_int,
    "flat": trample,
    "becomes": lambda value: None if (found := dated(value)) is None else found.ms,
}


def told(does: Callable[[Any], Any], value: Any) -> Any:
    try:
        found = does(value)
    except Thrown as error:
        return f"T:{str(error).partition(':')[0]}"
    if isinstance(found, float) and not math.isfinite(found):
        return "NaN" if math.isnan(found) else "Infinity"
    return float(found) if is_number(found) else found


@pytest.mark.parametrize("row", ROWS, ids=lambda row: json.dumps(row["value"])[:40])
def test_a_value_is_what_node_says(row: dict[str, Any]) -> None:
    # as a message holds it: a number is a double
    value = copied(row["value"]) if is_number(row["value"]) else row["value"]
    want = {name: float(one) if is_number(one) else one for name, one in row.items() if name in SAYS}
    assert {name: told(SAYS[name], value) for name in want} == want


@pytest.mark.parametrize(
    ("value", "taken"),
    [
        (UNDEFINED, False),
        (None, False),
        ("", False),
        (0, False),
        (math.nan, False),
        ([], True),
        ({}, True),
        ("0", True),
    ],
)
def test_truth(value: Any, taken: bool) -> None:
    assert truthy(value) is taken


def test_nothing_is_the_same_as_an_object_and_one_is_not_true() -> None:
    assert same("a", "a")
    assert not same(["a"], ["a"])
    assert not same(1, True)
    assert not same(None, UNDEFINED)


def test_values_as_they_are_written() -> None:
    made = Made("create", [UNDEFINED, Date(math.nan), math.nan], {"key": UNDEFINED, "other": Date(0)})
    assert shown(made) == {"create": [None, "Invalid Date", "NaN"], "other": "1970-01-01T00:00:00.000Z"}
    assert json.dumps(shown([2.0**53, 1.5, 1e21])) == "[9007199254740992, 1.5, 1e+21]"


@pytest.mark.parametrize(
    ("thing", "path", "found"),
    [
        ({"sessionId": "a"}, "session_id", "a"),
        ({"Session ID!": "a"}, "session_id", "a"),
        ({"sessionId": None, "session_id": "a"}, "session_id", None),
        ({"content": {"Load-Type": 1}}, "content.load_type", 1),
        ({"content": None}, "content.load_type", None),
        ({"content.load_type": 1}, "content.load_type", 1),
        ({"content": {}, "content.load_type": 1}, "content.load_type", UNDEFINED),
        ({"content": "text"}, "content.load_type", UNDEFINED),
        ({"": 1}, "", UNDEFINED),
        ([["a"]], "0.0", "a"),
        (5, "a", UNDEFINED),
    ],
)
def test_a_path_is_found_in_any_spelling(thing: Any, path: str, found: Any) -> None:
    assert find(thing, path) == found
    assert Track({"properties": thing}).property(path) == found
