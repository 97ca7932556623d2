"""The short way says that a message is right only where the long way finds nothing."""

import json
from copy import deepcopy
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rules.story import messages

from videospec.spec.events import EVENTS
from videospec.spec.message import validate_message
from videospec.spec.quick import fine, judged

STORY = """
0 Playback Started ad_asset_id=["a"] ad_pod_id=["p"] ad_type=["mid-roll"] sound=50 full_screen=false framerate=29.97
0.5 Content Started 0 title=T keywords=["k"] airdate=1991-08-13 full_episode=true bitrate=760 livestream=false
10.5 Content Playing 10
12 Playback Seek Started 11 seek_position=30
13 Playback Seek Completed 30
20 Content Completed 60
20 Ad Started 0 load_type=linear content={"asset_id":"c","title":"T","position":10,"total_length":60}
24 Ad Playing 4 quartile=1
35 Ad Completed 15
36 Quality Updated - bitrate=800 startupTime=1 droppedFrames=2
40 Playback Interrupted 30 method=call
"""
RIGHT = messages(STORY)
for one in RIGHT:
    assert validate_message(one) == []

ODD: list[Any] = [None, True, False, 0, 1, -1, 7, 101, 1.0, 29.97, float("nan"), float("inf"), 10**400, 2**53]
ODD += ["", "x", "T", "mid-roll", "pre-roll", "c" * 200, "é", "\x00", "\ud800", "1991-08-13", "1991-02-30", "track"]
ODD += ["2024-02-30T00:00:00.000Z", "Video Ad Started", [], ["k"], ["a", 1], [True], ["mid-roll"], {}]
DEEP: Any = {}
for _ in range(40):
    DEEP = {"x": DEEP, "y": [DEEP]} if len(repr(DEEP)) < 20 else {"x": DEEP}
ODD += [
    DEEP,
    {"x": {"y": ["\ud800"]}},
    {"\ud800": 1},
    {"x": float("nan")},
    {"x": [2**64]},
    {"x": "é" * 8000},
    "é" * 6000,
]
ODD += ["\x1f" * 2000, "😀" * 3000, {str(n): n for n in range(4000)}, 2**63, 0.0, -0.0, 1e300, 5e-324, -1.5]
ODD += ["2024-05-31T18:30:00Z", "2024-05-31T18:30:00.000+01:00", "2024-W22-5T18:30:00.000Z", "2024-05-31T24:00:00.000Z"]
ODD += [
    "2024-05-31 18:30:00.000Z",
    "2024-05-31T18:30:00,000Z",
    "٢٠٢٤-05-31T18:30:00.000Z",
    "20240531",
    "1991-08-13T10:00",
]
ODD += [{"asset_id": "c"}, {"asset_id": 1}, {"position": 61, "total_length": 60}]
NAMES = sorted({name for one in RIGHT for name in one["properties"]} | {"stranger", "content_asset_id"})
TOP = [
    "type",
    "event",
    "messageId",
    "userId",
    "timestamp",
    "context",
    "integrations",
    "properties",
    "sentAt",
    "version",
    "channel",
    "anonymousId",
    "stranger",
]


@st.composite
def changed(draw: st.DrawFn) -> dict[str, Any]:
    """A right message with some of it changed, left out or added."""
    message: dict[str, Any] = deepcopy(draw(st.sampled_from(RIGHT)))
    for _ in range(draw(st.integers(0, 3))):
        at, names = draw(st.sampled_from([(message, TOP), (message["properties"], NAMES)]))
        if not isinstance(at, dict):
            continue
        name = draw(st.sampled_from(names))
        if draw(st.booleans()):
            at[name] = draw(st.sampled_from(ODD))
        else:
            at.pop(name, None)
        if not isinstance(message.get("properties"), dict):
            break
    return message


def test_what_is_right_is_surely_right() -> None:
    assert [one for one in RIGHT if not fine(one)] == []


def test_other_positions_and_ids_are_no_news() -> None:
    told = deepcopy(RIGHT[2])
    told["messageId"], told["timestamp"] = "another", "2026-01-01T00:00:00.000Z"
    told["properties"] |= {"session_id": "t", "position": 33}
    assert fine(told)


def test_rules_between_fields_are_asked() -> None:
    told = deepcopy(RIGHT[2])
    told["properties"]["position"] = 61
    assert not fine(told)
    assert [one.rule for one in validate_message(told)] == ["spec.position-length"]


@settings(max_examples=1500)
@given(changed())
def test_it_is_never_sure_of_what_is_wrong(message: dict[str, Any]) -> None:
    if fine(message):
        assert validate_message(message) == []


@settings(max_examples=1500)
@given(changed())
def test_the_judgement_is_the_long_one(message: dict[str, Any]) -> None:
    assert judged(message) == validate_message(message)


@pytest.mark.parametrize("odd", [{"\ud800": 1}, {"x": {"\ud800": 1}}, {"x": "\ud800"}, {"x": 2**70}, {"x": "é" * 8000}])
def test_a_stranger_that_cannot_be_sent_is_told(odd: dict[str, Any]) -> None:
    for told in (RIGHT[2] | odd, RIGHT[2] | {"properties": RIGHT[2]["properties"] | odd}, RIGHT[2] | {"context": odd}):
        assert not fine(told)
        assert [one for one in validate_message(told) if one.severity == "error"]
        assert judged(told) == validate_message(told)


def test_a_stranger_takes_no_long_way(monkeypatch: pytest.MonkeyPatch) -> None:
    told = deepcopy(RIGHT[6]) | {"stranger": 1}
    told["properties"] |= {"stranger": "x", "quartile": 1, "Position": 3}
    told["properties"]["content"] |= {"stranger": ["x"]}
    long = validate_message(told)
    assert len(long) == 5
    monkeypatch.setattr("videospec.spec.quick.validate_message", lambda message: pytest.fail("it is asked"))
    assert judged(told) == long


def test_the_size_in_ascii_is_at_most_seven_times_that_in_messagepack() -> None:
    odd: list[Any] = ["", "\x1f", "\x1f" * 40, "é", True, False, None, 0, -1, 127, 128, -33, 2**53, 1e300, -5e-324, 0.1]
    for one in odd:
        for told in ([one], [one] * 20, {"": one}, {"x": {"y": [one]}}):
            assert len(json.dumps(told)) <= 7 * len(msgspec.msgpack.encode(told))


def test_true_is_not_one() -> None:
    told = deepcopy(RIGHT[7])
    assert fine(told)
    told["properties"]["quartile"] = True
    assert not fine(told)


@given(
    st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=30), st.floats(allow_nan=False), st.integers()
)
def test_the_size_in_ascii_is_at_most_three_times_that_in_utf8(text: str, number: float, whole: int) -> None:
    told: Any
    for told in ([text], [number], {text: [text]}, [whole % 2**63], [[], {}, None, True]):
        assert len(json.dumps(told)) <= 3 * len(msgspec.json.encode(told))


def test_every_event_is_judged_in_short() -> None:
    for event in EVENTS:
        told = deepcopy(RIGHT[2]) | {
            "event": event,
            "properties": {"session_id": "s", "position": 1, "total_length": 2},
        }
        if EVENTS[event].family == "quality":
            told["properties"] = {"session_id": "s"}
        assert fine(told), event


@pytest.mark.parametrize(
    "wrong",
    [
        (2, {"livestream": True}),
        (2, {"total_length": None}),
        (2, {"position": None}),
        (2, {"position": 61}),
        (3, {"ad_asset_id": "a"}),
        (6, {"position": 16}),
        (6, {"content": {"position": 2, "total_length": 1}}),
        (6, {"content": {"position": 1, "total_length": 2, "livestream": True}}),
        (6, {"content": {"airdate": "1991-02-30"}}),
    ],
)
def test_no_rule_between_fields_is_passed_over(wrong: tuple[int, dict[str, Any]]) -> None:
    told = deepcopy(RIGHT[wrong[0]])
    told["properties"] = {"total_length": 60 if wrong[0] == 2 else 15, **told["properties"], **wrong[1]}
    assert validate_message(told) != []
    assert not fine(told)


@pytest.mark.parametrize("name", ["timestamp", "sentAt", "receivedAt", "originalTimestamp"])
def test_no_calendar_is_passed_over(name: str) -> None:
    assert not fine(RIGHT[2] | {name: "2023-02-29T00:00:00.000Z"})
    assert fine(RIGHT[2] | {name: "2024-02-29T00:00:00.000Z"})


def test_somebody_is_named() -> None:
    assert not fine({name: value for name, value in RIGHT[2].items() if name not in ("userId", "anonymousId")})
