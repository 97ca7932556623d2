"""Streams of one or two sessions as short text, for fixtures that a person can read.

A line is `SECONDS EVENT [POSITION] [name=value ...]`: the event without its Video, the value as JSON if it parses, else a
text; `name=-` leaves a property out, and so does `-` for the position. Each event has the properties that its object cannot
do without, so that a line says only what matters.
"""

import json
import re
from typing import Any

from videospec.ids import message_id
from videospec.spec.events import EVENTS
from videospec.tracks import iso

START = 1_780_000_000_000
_LINE = re.compile(r"([\d.]+)\s+((?:[A-Z]\w+ ?)+)\s*(.*)")
_USUAL: dict[str, dict[str, Any]] = {
    "playback": {"session_id": "s", "content_asset_id": "c", "content_pod_id": "c-1", "total_length": 60},
    "content": {"session_id": "s", "asset_id": "c", "pod_id": "c-1", "total_length": 60},
    "ad": {
        "session_id": "s",
        "asset_id": "a",
        "pod_id": "p",
        "pod_position": 1,
        "pod_length": 1,
        "type": "mid-roll",
        "total_length": 15,
    },
    "quality": {"session_id": "s"},
}
_STARTED = {
    "session_id": "s",
    "content_asset_ids": ["c"],
    "content_pod_ids": ["c-1"],
    "position": 0,
    "total_length": 60,
}


def _value(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text


def messages(story: str) -> list[dict[str, Any]]:
    """The track messages of a story."""
    told = []
    for number, line in enumerate(filter(str.strip, story.splitlines()), 1):
        match = _LINE.fullmatch(line.strip())
        assert match is not None, line
        seconds, name, rest = match.groups()
        event = f"Video {name.strip()}"
        usual = _STARTED if name.strip() == "Playback Started" else _USUAL[EVENTS[event].family]
        properties = dict(usual)
        top: dict[str, Any] = {}
        for word in rest.split():
            key, equals, value = word.partition("=")
            if not equals:
                key, value = "position", word
            if key == "messageId":
                top[key] = value
            elif value == "-":
                properties.pop(key, None)
            else:
                properties[key] = _value(value)
        told.append(
            {
                "type": "track",
                "event": event,
                "messageId": message_id("story", "s", number),
                "userId": "u",
                "timestamp": iso(START + round(float(seconds) * 1000)),
                "properties": properties,
                **top,
            }
        )
    return told
