"""The exported JSON Schema, run by a validator that knows nothing of us."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from videospec.spec.events import EVENTS
from videospec.spec.message import validate_message
from videospec.spec.schema import schema

ALL = Draft202012Validator(schema())
BEYOND = {"spec.position-length", "spec.size", "spec.date", "spec.text", "spec.number", "spec.json"}


def message(event: str, /, **properties: Any) -> dict[str, Any]:
    return {
        "type": "track",
        "event": event,
        "messageId": "m",
        "userId": "u",
        "timestamp": "2024-05-31T18:30:00.000Z",
        "properties": {"session_id": "s", **properties},
    }


@pytest.mark.parametrize("event", [None, *EVENTS])
def test_it_is_a_schema_of_its_draft(event: str | None) -> None:
    document = schema(event)
    assert document["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    Draft202012Validator.check_schema(document)


@pytest.mark.parametrize("event", EVENTS)
def test_each_event_passes_its_own_schema_and_no_other(event: str) -> None:
    passed = [other for other in EVENTS if Draft202012Validator(schema(other)).is_valid(message(event))]
    assert passed == [event]
    assert ALL.is_valid(message(event))


def test_the_order_is_stable() -> None:
    assert json.dumps(schema()) == json.dumps(schema())
    assert [branch["title"] for branch in schema()["oneOf"]] == list(EVENTS)


def test_a_caller_may_change_its_copy() -> None:
    schema()["oneOf"].clear()
    assert len(schema()["oneOf"]) == len(EVENTS)


def test_extensions_are_marked() -> None:
    document = schema()
    marked = {branch["title"] for branch in document["oneOf"] if branch.get("x-extension")}
    assert marked == {"Video Ad Skipped", "Video Ad Clicked"}
    assert schema("Video Ad Skipped")["x-extension"] is True
    assert "x-extension" not in schema("Video Ad Started")
    assert {
        f"{name}.{field}"
        for name, model in document["$defs"].items()
        for field, said in model["properties"].items()
        if said.get("x-extension")
    } == {"Quality.session_id"}


def test_a_field_has_no_default_and_no_title() -> None:
    fields = [said for model in schema()["$defs"].values() for said in model["properties"].values()]
    assert [said for said in fields if "default" in said or "title" in said] == []


def test_an_unknown_event_has_no_schema() -> None:
    with pytest.raises(KeyError, match="Video Playback Begun"):
        schema("Video Playback Begun")


@pytest.mark.parametrize(
    ("event", "properties", "valid"),
    [
        ("Video Playback Paused", {"position": 3, "mood": "good"}, True),
        ("Video Playback Paused", {"position": "3"}, False),
        ("Video Playback Paused", {"quality": None}, False),
        ("Video Playback Paused", {"ad_type": None, "ad_pod_id": None}, True),
        ("Video Playback Paused", {"ad_asset_id": "a"}, False),
        ("Video Playback Paused", {"ad_asset_id": "a", "ad_pod_id": "p", "ad_type": "pre-roll"}, True),
        ("Video Playback Paused", {"livestream": True}, False),
        ("Video Playback Paused", {"livestream": True, "total_length": None, "position": None}, True),
        ("Video Playback Paused", {"livestream": False, "total_length": None}, False),
        ("Video Playback Paused", {"position": None}, False),
        ("Video Playback Paused", {"method": "call"}, False),
        ("Video Playback Interrupted", {"method": "call"}, True),
        ("Video Playback Started", {"ad_type": ["pre-roll"]}, True),
        ("Video Playback Started", {"ad_type": "pre-roll"}, False),
        ("Video Ad Playing", {"quartile": 3}, True),
        ("Video Ad Playing", {"quartile": 4}, False),
        ("Video Ad Playing", {"content": {"title": 1}}, False),
        ("Video Ad Playing", {"content": {"total_length": None}}, False),
        ("Video Content Started", {"airdate": "1991"}, False),
        ("Video Content Started", {"airdate": "1991-08-13"}, True),
    ],
)
def test_it_takes_and_refuses(event: str, properties: dict[str, Any], valid: bool) -> None:
    assert ALL.is_valid(message(event, **properties)) is valid
    assert Draft202012Validator(schema(event)).is_valid(message(event, **properties)) is valid


@pytest.mark.parametrize("name", ["type", "event", "messageId", "userId", "timestamp", "properties"])
def test_the_envelope_is_needed(name: str) -> None:
    cut = message("Video Playback Paused")
    del cut[name]
    assert not ALL.is_valid(cut)
    assert not Draft202012Validator(schema("Video Playback Paused")).is_valid(cut)


VALUES: dict[str, list[Any]] = {
    "position": [0, 5, -1, "5", True, None],
    "total_length": [5, 0.5, None],
    "livestream": [True, False, None],
    "ad_asset_id": ["a", "", ["a"], None],
    "ad_pod_id": ["p", ["p"], None],
    "ad_type": ["pre-roll", ["pre-roll"], "preroll", None],
    "content_asset_ids": [["c"], [], "c"],
    "framerate": [25, 29.97, 0, None],
    "sound": [0, 100, 101],
    "quartile": [1, 4],
    "content": [{}, {"livestream": True}, {"position": None}, {"title": ""}, None],
    "keywords": [["a"], [""], "a"],
    "mood": ["good", None],
}


@given(
    st.sampled_from(sorted(EVENTS)),
    st.fixed_dictionaries({}, optional={name: st.sampled_from(values) for name, values in VALUES.items()}),
)
def test_it_agrees_with_the_findings(event: str, properties: dict[str, Any]) -> None:
    errors = {found.rule for found in validate_message(message(event, **properties)) if found.severity == "error"}
    assert ALL.is_valid(message(event, **properties)) is not bool(errors - BEYOND)
