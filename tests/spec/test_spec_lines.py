"""Files of messages: broken lines, and that nothing makes the judging raise."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from videospec.spec.events import EVENTS
from videospec.spec.findings import RULES
from videospec.spec.message import validate_lines, validate_message

ENVELOPE = {"type": "track", "messageId": "m", "userId": "u", "timestamp": "2024-05-31T18:30:00.000Z"}


def message(event: str = "Video Playback Paused", /, **properties: Any) -> dict[str, Any]:
    return {**ENVELOPE, "event": event, "properties": {"session_id": "s", **properties}}


def test_lines_are_counted_from_one_and_empty_ones_passed_over() -> None:
    good = json.dumps(message()).encode()
    bad = json.dumps(message(position="1")).encode()
    lines = [good + b"\n", b"\n", bad + b"\n", b"  \r\n", bad]
    assert [(found.line, found.field) for found in validate_lines(lines)] == [
        (3, "properties.position"),
        (5, "properties.position"),
    ]


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        (b"{", "spec.json"),
        (b"\xff\xfe{}", "spec.json"),
        (b"\xef\xbb\xbf{}", "spec.json"),
        ("{}".encode("utf-16"), "spec.json"),
        (b"[" * 100_000, "spec.json"),
        (b'{"a":' * 100_000 + b"1" + b"}" * 100_000, "spec.json"),
        (b"[" * 200 + b"]" * 200, "spec.object"),
        (b'{"x":' + b"9" * 5000 + b"}", "spec.json"),
        (b"[1]", "spec.object"),
        (b'{"batch": [{"type": "track"}]}', "spec.object"),
        (b"null", "spec.object"),
        (b"NaN", "spec.object"),
        (b'"text"', "spec.object"),
    ],
)
def test_a_broken_line_is_one_finding(line: bytes, rule: str) -> None:
    assert [(found.line, found.field, found.rule) for found in validate_lines([line])] == [(1, "", rule)]


@pytest.mark.parametrize("literal", [b"NaN", b"Infinity", b"-Infinity", b"1e999"])
def test_numbers_that_json_has_not(literal: bytes) -> None:
    line = json.dumps(message(position=77)).encode().replace(b"77", literal)
    assert [(found.field, found.rule) for found in validate_lines([line])] == [("properties.position", "spec.number")]


GOOD = json.dumps(
    message("Video Content Playing", position=3, title="å", keywords=["a"], airdate="1991-08-13")
).encode()


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """A good line that lost some bytes and got others in their place."""
    start, end = sorted(draw(st.tuples(st.integers(0, len(GOOD)), st.integers(0, len(GOOD)))))
    return (
        GOOD[:start] + draw(st.binary(max_size=4) | st.sampled_from([b"null", b"NaN", b"-1", b'"', b"{}"])) + GOOD[end:]
    )


@given(st.lists(st.binary() | damaged()))
def test_any_bytes_give_findings_and_no_error(lines: list[bytes]) -> None:
    for found in validate_lines(lines):
        assert lines[(found.line or 0) - 1].strip()
        assert found.rule in RULES


anything = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters(exclude_categories=()))
    | st.sampled_from([*EVENTS, "track", "pre-roll", 10**400, -(2**64)]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
NAMES = [
    "position",
    "total_length",
    "livestream",
    "sound",
    "framerate",
    "quality",
    "full_screen",
    "ad_asset_id",
    "ad_pod_id",
    "ad_type",
    "content",
    "keywords",
    "content_asset_ids",
    "airdate",
    "quartile",
    "method",
    "mood",
]


@given(st.sampled_from(sorted(EVENTS)), st.dictionaries(st.sampled_from(NAMES), anything), st.data())
def test_any_values_give_findings_and_no_error(event: str, properties: dict[str, Any], data: st.DataObject) -> None:
    odd = {
        **message(event, **properties),
        **data.draw(st.dictionaries(st.sampled_from([*ENVELOPE, "event"]), anything)),
    }
    found = validate_message(odd)
    assert {each.rule for each in found} <= set(RULES)
    for each in found:
        each.message.encode()
        each.mend.encode()
        each.field.encode()
