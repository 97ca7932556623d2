"""The short ways of reading and simulating do what the long ones do."""

import json
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest

from videospec.simulators import SIMULATORS, messages, simulate
from videospec.simulators.facade import sound
from videospec.simulators.integration import Integration, Settings
from videospec.simulators.messages import Refused
from videospec.spec.events import EVENTS

STAMP = "2024-05-31T18:30:00.000Z"
SETTINGS: dict[str, Settings] = {
    "Adobe Analytics": {"heartbeatTrackingServerUrl": "x", "marketingCloudOrgId": "y"},
    "Nielsen DTVR": {"sendId3Events": ["Video Ad Playing"], "id3Property": "id3"},
}
ODD: tuple[dict[str, Any], ...] = (
    {},
    {"type": "track"},
    {"type": "page", "timestamp": STAMP},
    {"timestamp": STAMP},
    {"type": "track", "timestamp": None},
    {"type": "track", "timestamp": [STAMP]},
    {"type": "track", "timestamp": 1.5},
    {"type": "track", "timestamp": "2024-05-31"},
    {"type": "track", "timestamp": "2024-02-30T18:30:00.000Z"},
    {"type": "track", "timestamp": STAMP, "properties": {"hasOwnProperty": 1}},
    {"type": "track", "timestamp": STAMP, "properties": {"valueOf": 1}},
    {"type": "track", "timestamp": STAMP, "properties": {"OS": 1}},
    {"type": "track", "timestamp": STAMP, "properties": [[[[[[{}]]]]]]},
    {"type": ["track"], "timestamp": STAMP},
)
LINES = [b"", b" \t", b"[]", b"3", b'"track"', b"{", b"\xff", *(json.dumps(one).encode() for one in ODD)]


def _read(lines: list[bytes]) -> tuple[list[tuple[int, dict[str, Any], type]], list[Refused]]:
    refused: list[Refused] = []
    return [(line, told, type(told)) for line, told in messages.messages(lines, refused.append)], refused


@pytest.mark.parametrize("line", LINES)
def test_a_line_is_read_as_the_long_way_reads_it(line: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    usual = json.dumps({"type": "track", "event": "x", "timestamp": STAMP}).encode()
    lines = [line, usual, line]
    short = _read(lines)

    def none(line: bytes) -> None:
        raise msgspec.DecodeError

    monkeypatch.setattr(messages, "_decode_near", none)
    assert short == _read(lines)
    assert any(told["timestamp"] == STAMP for _, told, _ in short[0])


def _told(event: str) -> Iterator[tuple[int, dict[str, Any]]]:
    said = {
        "session_id": "s",
        "asset_id": "a",
        "title": "T",
        "position": 1,
        "load_type": "linear",
        "channel": "c",
        "id3": "i",
    }
    begins = [("Video Playback Started", said), ("Video Content Started", said)]
    told = [*begins, (event, said), (event, {**said, "hasOwnProperty": 1}), ("Video Content Playing", said)]
    for line, (name, properties) in enumerate(told, 1):
        yield line, {"type": "track", "event": name, "timestamp": STAMP, "properties": properties}


@pytest.mark.parametrize("kind", SIMULATORS, ids=lambda kind: kind.name)
def test_an_event_that_is_not_heard_does_nothing(kind: type[Integration], monkeypatch: pytest.MonkeyPatch) -> None:
    settings = SETTINGS.get(kind.name, {})
    events = [*EVENTS, "Video Ad Clicked", "video ad clicked", "Order Completed", "Another"]

    def calls() -> list[list[dict[str, Any]]]:
        read = ([(line, sound(told)) for line, told in _told(event)] for event in events)
        return [list(simulate(kind, stream, settings, tail=2)) for stream in read]

    short = calls()
    monkeypatch.setattr(Integration, "deaf", lambda self, event: False)
    assert short == calls()
    assert all(any("throws" in call for call in told) for told in short)
