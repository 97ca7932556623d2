"""Whole messages and files of them: what is found, in which words."""

import json
from typing import Any

import pytest

from videospec.spec.events import EVENTS
from videospec.spec.fields import SpecObject
from videospec.spec.findings import Finding, faults
from videospec.spec.message import DEEPEST, LIMIT, validate_message

ENVELOPE = {"type": "track", "messageId": "m", "userId": "u", "timestamp": "2024-05-31T18:30:00.000Z"}


def message(event: str = "Video Playback Paused", /, **properties: Any) -> dict[str, Any]:
    return {**ENVELOPE, "event": event, "properties": {"session_id": "s", **properties}}


def said(found: list[Finding]) -> list[tuple[str, str, str, str, str]]:
    return [(each.severity, each.field, each.rule, each.message, each.mend) for each in found]


def rules(found: list[Finding]) -> list[tuple[str, str]]:
    return [(each.field, each.rule) for each in found]


@pytest.mark.parametrize("event", EVENTS)
def test_a_plain_message_has_no_findings(event: str) -> None:
    assert validate_message(message(event)) == []


def test_a_full_message_has_no_findings() -> None:
    content = {
        "asset_id": "c",
        "pod_id": "c-1",
        "title": "Ålesund",
        "keywords": ["sea"],
        "season": "1",
        "position": 12,
        "total_length": 60,
        "airdate": "2020-01-31",
        "livestream": False,
        "framerate": 25.0,
    }
    ad = {"asset_id": "a", "pod_id": "p", "pod_position": 1, "pod_length": 2, "type": "mid-roll", "load_type": "linear"}
    full = {
        **message("Video Ad Playing", **ad, position=7, total_length=30, quartile=1, content=content),
        "context": {"library": {"name": "x"}},
        "integrations": {"All": True},
        "anonymousId": None,
        "sentAt": "2024-05-31T18:30:01+02:00",
    }
    assert validate_message(full) == []


WORDS = [
    ({"position": "12"}, "position", "spec.type", 'found "12", expected a whole number', "send 12"),
    ({"position": 12.7}, "position", "spec.type", "found 12.7, expected a whole number", "send 12"),
    (
        {"position": True},
        "position",
        "spec.type",
        "found true, expected a whole number",
        "send a whole number, or leave it out",
    ),
    ({"position": -1}, "position", "spec.range", "found -1, expected 0 or more", "send 0 or more, or leave it out"),
    ({"sound": 150}, "sound", "spec.range", "found 150, expected 100 or less", "send 100 or less, or leave it out"),
    ({"framerate": 0}, "framerate", "spec.range", "found 0, expected more than 0", "send more than 0, or leave it out"),
    ({"framerate": "25"}, "framerate", "spec.type", 'found "25", expected a number', "send 25.0"),
    ({"framerate": "x"}, "framerate", "spec.type", 'found "x", expected a number', "send a number, or leave it out"),
    ({"framerate": float("nan")}, "framerate", "spec.number", "found NaN, which JSON has not", "leave it out"),
    (
        {"bitrate": 2**70},
        "bitrate",
        "spec.number",
        "found a number beyond 64 bits",
        "leave it out, or send it as text",
    ),
    ({"quality": 1080}, "quality", "spec.type", "found 1080, expected text", 'send "1080"'),
    (
        {"quality": ""},
        "quality",
        "spec.length",
        'found "", expected text that is not empty',
        "send text that is not empty, or leave it out",
    ),
    ({"quality": None}, "quality", "spec.type", "found null, expected text", "leave it out while it is not known"),
    ({"full_screen": "false"}, "full_screen", "spec.type", 'found "false", expected true or false', "send false"),
    (
        {"video_player": "\udc00"},
        "video_player",
        "spec.text",
        'found "\\udc00", half of a surrogate pair',
        "send text that can be written as UTF-8",
    ),
    (
        {"ad_asset_id": "a", "ad_pod_id": "p", "ad_type": "preroll"},
        "ad_type",
        "spec.choice",
        "found \"preroll\", expected 'pre-roll', 'mid-roll' or 'post-roll'",
        'send "pre-roll"',
    ),
    (
        {"ad_asset_id": "a", "ad_type": "pre-roll"},
        "ad_asset_id",
        "spec.ad-together",
        "an ad is named without its ad_pod_id",
        "send ad_asset_id, ad_pod_id and ad_type together while an ad plays, and none of them otherwise",
    ),
    (
        {"livestream": True, "total_length": 5},
        "total_length",
        "spec.livestream-length",
        "livestream is true, but total_length is 5",
        "send total_length: null, or livestream: false if the length is known",
    ),
    (
        {"livestream": True},
        "total_length",
        "spec.livestream-length",
        "livestream is true, but total_length is missing",
        "send total_length: null, or livestream: false if the length is known",
    ),
    (
        {"total_length": None},
        "total_length",
        "spec.livestream-length",
        "total_length is null, but livestream is not true",
        "send livestream: true, or leave total_length out while it is not known",
    ),
    (
        {"position": None},
        "position",
        "spec.livestream-position",
        "position is null, but livestream is not true",
        "send livestream: true, or leave position out while it is not known",
    ),
    (
        {"position": 9, "total_length": 5},
        "position",
        "spec.position-length",
        "position 9 is past total_length 5",
        "send a position that is at most total_length; at an end they are equal",
    ),
    (
        {"content_asset_ids": ["a"]},
        "content_asset_ids",
        "spec.misplaced-property",
        "content_asset_ids does not belong to this event",
        "send content_asset_id",
    ),
    (
        {"seek_position": 3},
        "seek_position",
        "spec.misplaced-property",
        "seek_position does not belong to this event",
        "leave it out; Video Playback Seek Started may carry it",
    ),
]


@pytest.mark.parametrize(("properties", "field", "rule", "text", "mend"), WORDS)
def test_the_words_of_an_error(properties: dict[str, Any], field: str, rule: str, text: str, mend: str) -> None:
    assert said(validate_message(message(**properties))) == [("error", f"properties.{field}", rule, text, mend)]


@pytest.mark.parametrize(
    ("name", "mend"),
    [
        ("mood", "leave it out, or know that destinations may ignore it"),
        ("ad_types", "send ad_type"),
        ("fullscreen", "send full_screen"),
    ],
)
def test_an_unknown_property_is_a_warning(name: str, mend: str) -> None:
    found = validate_message(message(**{name: 1}))
    text = f'"{name}" is no property of the Video Spec'
    assert said(found) == [("warning", f"properties.{name}", "spec.unknown-property", text, mend)]


def test_warnings_reach_into_the_content_of_an_ad_and_the_envelope() -> None:
    odd = {**message("Video Ad Started", content={"mood": "good"}), "action": "track"}
    assert rules(validate_message(odd)) == [
        ("action", "spec.unknown-property"),
        ("properties.content.mood", "spec.unknown-property"),
    ]


@pytest.mark.parametrize(
    ("event", "name"),
    [
        ("Video Playback Paused", "method"),
        ("Video Playback Paused", "content_pod_ids"),
        ("Video Playback Started", "content_asset_id"),
        ("Video Playback Seek Completed", "seek_position"),
        ("Video Ad Started", "quartile"),
    ],
)
def test_what_belongs_to_another_event_is_an_error(event: str, name: str) -> None:
    (found,) = validate_message(message(event, **{name: 1}))
    assert (found.rule, found.severity) == ("spec.misplaced-property", "error")


@pytest.mark.parametrize(
    ("event", "mend"),
    [
        ("Video Playback Start", 'send "Video Playback Started"'),
        ("video ad completed", 'send "Video Ad Completed"'),
        ("Order Completed", "send an event of the Video Spec, such as Video Playback Started"),
    ],
)
def test_an_unknown_event(event: str, mend: str) -> None:
    text = f'found "{event}", expected an event of the Video Spec, such as Video Playback Started'
    assert said(validate_message(message(event))) == [("error", "event", "spec.unknown-event", text, mend)]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"type": "page"}, [("type", "spec.choice")]),
        ({"messageId": ""}, [("messageId", "spec.length")]),
        ({"messageId": "x" * 100}, []),
        ({"messageId": "x" * 101}, [("messageId", "spec.length")]),
        ({"userId": None}, [("userId", "spec.identity")]),
        ({"userId": None, "anonymousId": "a"}, []),
        ({"userId": 7}, [("userId", "spec.type")]),
        ({"userId": ""}, [("userId", "spec.length")]),
        ({"timestamp": "2024-05-31T18:30:00"}, [("timestamp", "spec.date")]),
        ({"timestamp": "2024-05-32T18:30:00Z"}, [("timestamp", "spec.date")]),
        ({"timestamp": "2024-05-31T18:30:00Z\n"}, [("timestamp", "spec.date")]),
        ({"timestamp": 1717180200}, [("timestamp", "spec.type")]),
        ({"timestamp": "2024-05-31T18:30:00.123456789+02:00"}, []),
        ({"sentAt": "yesterday"}, [("sentAt", "spec.date")]),
        ({"context": None}, [("context", "spec.type")]),
        ({"integrations": []}, [("integrations", "spec.type")]),
        ({"properties": []}, [("properties", "spec.type")]),
        ({"context": {"deep": {"nan": [1, float("inf")]}}}, [("context.deep.nan.1", "spec.number")]),
    ],
)
def test_the_envelope(change: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    assert rules(validate_message({**message(), **change})) == expected


def test_what_is_missing_is_named_with_what_it_is() -> None:
    found = validate_message({})
    assert rules(found) == [
        (name, "spec.required") for name in ("type", "event", "messageId", "timestamp", "properties")
    ]
    assert found[3].message == "timestamp is missing"
    assert found[3].mend == "add timestamp: When it happened, in ISO 8601 with a time zone."
    without = {**message(), "properties": {}}
    assert rules(validate_message(without)) == [("properties.session_id", "spec.required")]


def test_size_counts_ascii_json() -> None:
    bare = len(json.dumps({**message(), "context": {"x": ""}}))
    fits = {**message(), "context": {"x": "x" * (LIMIT - bare)}}
    assert validate_message(fits) == []
    # One letter more in UTF-8, six bytes more in ASCII.
    (found,) = validate_message({**message(), "context": {"x": "x" * (LIMIT - bare - 1) + "å"}})
    assert (found.field, found.rule) == ("", "spec.size")
    assert found.message == f"found {LIMIT + 5} bytes of ASCII JSON, expected at most {LIMIT}"


def test_nesting_is_bounded_also_in_a_circle() -> None:
    def nested(levels: int) -> dict[str, Any]:
        return {} if levels == 1 else {"x": nested(levels - 1)}

    assert validate_message({**message(), "context": nested(DEEPEST - 1)}) == []
    (found,) = validate_message({**message(), "context": nested(DEEPEST)})
    assert found.rule == "spec.json"
    circle: list[Any] = []
    circle += [circle, circle]
    assert [each.rule for each in validate_message({**message(), "context": {"x": circle}})] == ["spec.json"]


@pytest.mark.parametrize("value", [(1,), {1}, b"x", object(), {1: 2}, {"\ud800": 1}])
def test_what_json_has_not_is_named(value: object) -> None:
    (found,) = validate_message(message(mood=value))
    assert (found.field, found.rule) == ("properties.mood", "spec.json")


def test_a_finding_can_be_printed_whatever_was_found() -> None:
    for value in ("\ud800", {"\ud800": 1}, 10**5000, "x" * 10_000):
        for found in validate_message(message(position=value, quality=value)):
            assert len(f"{found.message}{found.mend}".encode()) < 300


def test_an_error_that_has_no_words_yet_is_still_a_finding() -> None:
    class Odd(SpecObject):
        when: complex

    (found,) = faults(Odd, {"when": "{now}"}, ())
    assert (found.field, found.rule) == ("when", "spec.type")
    assert 'found "{now}", expected what pydantic asks for' in found.message
