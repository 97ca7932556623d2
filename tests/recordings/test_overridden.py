"""Every recording through the overrides of the five simulated destinations: what is sent is sound, and differs from plain
Segment as `<sample>.destinations` beside it says."""

import json
import uuid
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from overrides.viewings import SETTINGS
from recorded import LOGS, lines_of

from videospec import Track, replay
from videospec.overriding import Overriding
from videospec.plugins import find_destination
from videospec.simulators import SIMULATORS, simulate
from videospec.spec.message import validate_message

NAMES = [kind.name for kind in SIMULATORS]
GENERIC = ["Recombee", "Google Analytics 4 Cloud"]
Sent = list[tuple[Track, dict[str, Any]]]


@cache
def tracks(log: Path) -> list[Track]:
    return list(replay(lines_of(log)))


def sent(log: Path, name: str) -> Sent:
    over = Overriding.to([find_destination(name)])
    found = list(over.run((track, track.message()) for track in tracks(log)))
    assert over._sessions == {}
    return found


def copied(message: dict[str, Any]) -> bool:
    return "copy_for" in message.get("context", {}).get("videospec", {})


def heard(name: str, told: Sent) -> Iterator[tuple[Track, dict[str, Any]]]:
    """What a destination gets."""
    for track, message in told:
        if copied(message) or (message.get("integrations") or {}).get(name) is not False:
            yield track, message


@pytest.mark.parametrize("log", LOGS, ids=lambda log: log.name.removesuffix(".jsonl.gz"))
def test_what_is_sent_is_sound(log: Path) -> None:
    for name in (*NAMES, *GENERIC):
        told = sent(log, name)
        assert [message["messageId"] for _, message in told if not copied(message)] == [one.id for one in tracks(log)]
        assert len({message["messageId"] for _, message in told}) == len(told)
        for track, message in told:
            if copied(message):
                assert message["integrations"]["All"] is False
                assert uuid.UUID(message["messageId"]).version == 5
                assert message["timestamp"] == track.timestamp
                wrong = [one for one in validate_message(message) if not one.field.startswith(("properties", "event"))]
                assert wrong == []
        plain = [message for track in tracks(log) for message in [track.message()]]
        settings = SETTINGS.get(name, {})
        if name in NAMES:
            [kind] = [one for one in SIMULATORS if one.name == name]
            for messages in (plain, [message for _, message in told]):
                list(simulate(kind, enumerate(messages, 1), settings))
            thrown = [one for one in simulate(kind, ((0, message) for _, message in told), settings) if "throws" in one]
            assert thrown == []


@pytest.mark.parametrize("log", LOGS, ids=lambda log: log.name.removesuffix(".jsonl.gz"))
def test_how_it_differs_from_plain_segment(log: Path, accept: bool) -> None:
    golden = log.with_name(log.name.replace(".jsonl.gz", ".destinations"))
    text = "\n".join(line for name in NAMES for line in (name, *difference(log, name), ""))
    if accept:
        golden.write_text(text, "utf-8")
    assert text == golden.read_text("utf-8")


def difference(log: Path, name: str) -> Iterator[str]:
    """A line for each message that a destination hears otherwise: when, the event, and in what it differs."""
    told = list(heard(name, sent(log, name)))
    for given in {json.dumps(options(message)): None for _, message in told if options(message)}:
        yield f"options: {given}"
    by_original: dict[str, list[dict[str, Any]]] = {}
    for track, message in told:
        by_original.setdefault(track.id, []).append(message)
    first = tracks(log)[0].at if tracks(log) else 0
    for track in tracks(log):
        at = f"{(track.at - first) / 1000:9.3f}  "
        found = by_original.get(track.id, [])
        if not found:
            yield f"{at}{track.event}: not sent"
        same = next((one for one in found if one["event"] == track.event), found[0] if len(found) == 1 else None)
        for message in found:
            if message is same:
                changes = ", ".join(changed(track, message))
                if changes:
                    yield f"{at}{track.event}: {changes}"
            else:
                yield f"{at}{track.event}: also {message['event']} {shown(message['properties'])}"


def changed(track: Track, message: dict[str, Any]) -> Iterator[str]:
    before, after = track.properties, message["properties"]
    if message["event"] != track.event:
        yield f"as {message['event']}"
    for name in sorted({**before, **after}):
        old, new = before.get(name), after.get(name)
        if name not in after:
            yield f"no {name}"
        elif name not in before:
            yield f"+{name} {shown(new)}"
        elif old != new:
            yield f"{name} {shown(old)} -> {shown(new)}"


def options(message: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in (message.get("integrations") or {}).items() if isinstance(value, dict)}


def shown(value: Any) -> str:
    """A value in short: an object is what it is called and where it is."""
    if isinstance(value, dict):
        told = [
            str(value[name]) for name in ("session_id", "asset_id", "content_asset_id", "position") if name in value
        ]
        return f"{{{' '.join(told)} ...}}"
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list) else str(value)
