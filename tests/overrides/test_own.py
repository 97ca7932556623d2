"""Overrides of a user's own, through the three hooks."""

import sys
import uuid
from pathlib import Path
from typing import Any

import pytest
from overrides.viewings import Viewing

from videospec import Settings
from videospec.cli.config import BadSettings
from videospec.cli.own import hooks
from videospec.ids import NAMESPACE
from videospec.overriding import Overriding
from videospec.plugins import find_destination
from videospec.tracks import Track


def sent(
    view: Viewing, *rows: dict[str, Any], names: tuple[str, ...] = (), key: str = "", function: Any = ""
) -> list[Any]:
    own = hooks(Settings(overrides=rows, override_function=function), key)
    over = Overriding.to(map(find_destination, names), "web", own)
    return [message for _, message in over.run(enumerate(view.messages))]


def content() -> Viewing:
    view = Viewing().content("Started", 1, 5)
    view.messages[0]["context"] = {"page": {"url": "https://www.a.example/watch"}}
    return view


def test_mapping_is_for_everybody() -> None:
    [one] = sent(content(), {"do": "set", "name": "x", "value": 1})
    assert one["properties"]["x"] == 1
    assert "integrations" not in one
    original, mine = sent(content(), {"do": "set", "name": "x", "value": 1}, names=("Youbora",))
    assert original["properties"]["x"] == mine["properties"]["x"] == 1
    assert sent(content(), {"do": "drop", "events": "Video Content Started"}) == []
    [one] = sent(content(), {"do": "options", "options": {"Mixpanel": {"a": 1}}})
    assert one["integrations"] == {"Mixpanel": {"a": 1}}
    first, second = sent(content(), {"do": "copy", "event": "Video Content Playing"})
    assert first["messageId"] != second["messageId"]


def test_formatted_is_for_one() -> None:
    row = {"do": "scale", "destination": "youbora", "name": "bitrate", "times": 2}
    original, mine = sent(content(), row, names=("Youbora",))
    assert (original["properties"]["bitrate"], mine["properties"]["bitrate"]) == (2500, 5_000_000)
    assert sent(content(), row, names=("Parsely",)) == content().messages


@pytest.mark.parametrize("hook", ["mapping", "groups"])
def test_integrations_that_are_none(hook: str) -> None:
    for integrations in (["a"], 3, "x", True):
        view = content()
        view.messages[0]["integrations"] = integrations
        [one] = sent(view, {"do": "set", "name": "x", "value": 1, "hook": hook})
        assert (one["integrations"], one["properties"]["x"]) == (integrations, 1)
        [one] = sent(view, {"do": "options", "options": {"Mixpanel": {"a": 1}}, "hook": hook})
        assert one["integrations"] == {"Mixpanel": {"a": 1}}


def test_whole_numbers_stay_whole() -> None:
    scaled = [sent(content(), {"do": "scale", "name": "bitrate", "times": times}) for times in (1000, 1000.0)]
    assert [repr(one["properties"]["bitrate"]) for [one] in scaled] == ["2500000", "2500000.0"]


def test_groups_is_for_all_that_goes() -> None:
    told = sent(content(), {"do": "drop", "hook": "groups", "names": "keywords"}, names=("Youbora",))
    assert len(told) == 2
    assert all("keywords" not in one["properties"] for one in told)


def test_a_condition_of_a_row() -> None:
    row: dict[str, Any] = {"do": "set", "name": "x", "value": 1, "when": {"name": "genre", "values": ["news"]}}
    assert sent(content(), row)[0]["properties"]["x"] == 1
    row["when"]["unless"] = True
    assert sent(content(), row) == content().messages


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ({"do": "drop", "destination": "Parsely", "events": "Video Ad Started"}, 0),
        ({"do": "rename", "destination": "Youbora", "events": "Video Ad Skipped", "event": "Video Ad Completed"}, 1),
        ({"do": "drop", "destination": "Mixpanel", "sites": "a.example"}, 0),
        ({"do": "set", "destination": "Nielsen DTVR", "events": "Video Ad Playing", "name": "id3", "value": "x"}, 0),
    ],
)
def test_a_row_for_an_event_that_a_destination_does_not_use(row: dict[str, Any], told: int) -> None:
    view = Viewing().ad("Skipped", 1, 5)
    copies = [one for one in sent(view, row, names=(row["destination"],)) if one["event"] != "Video Ad Skipped"]
    assert len(copies) == told
    made = {"do": "copy", "destination": "Mixpanel", "event": "Mine"}
    assert hooks(Settings(overrides=[made, {**row, "destination": "Mixpanel", "events": "Mine"}]), "")


@pytest.mark.parametrize(
    ("more", "meets"),
    [({"sites": ["www.a.example"]}, True), ({"sites": "WWW.A.example"}, True), ({"sites": ["a.example"]}, False)],
)
def test_by_site(more: dict[str, Any], meets: bool) -> None:
    [one] = sent(content(), {"do": "set", "name": "x", "value": 1, **more})
    assert ("x" in one["properties"]) is meets


@pytest.mark.parametrize(("key", "meets"), [("AbCdEf", True), ("xAbCd", False), ("", False)])
def test_by_write_key(key: str, meets: bool) -> None:
    [one] = sent(content(), {"do": "set", "name": "x", "value": 1, "write_keys": "AbCd"}, key=key)
    assert ("x" in one["properties"]) is meets


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ({}, "row 1: do must be one of rename, scale, set, drop, copy, options, not None"),
        ({"do": "scale", "name": "x"}, "row 1: "),
        ({"do": "scale", "name": "x", "times": "3"}, "row 1: Expected `int | float`"),
        ({"do": "drop", "nams": ["x"]}, "row 1: drop has no nams"),
        ({"do": "drop"}, "row 1: drop needs names, or events, or when"),
        ({"do": "rename", "name": "title"}, "row 1: rename needs name and to, or name and values, or event"),
        ({"do": "copy", "names": ["title"]}, "row 1: copy needs to, or names and where, or names and values, or event"),
        ({"do": "set", "name": "x"}, "row 1: set needs value"),
        ({"do": "set", "value": 1}, "row 1: it needs `name`"),
        (
            {"do": "set", "name": "x", "value": 1, "on": ["web"]},
            "row 1: set has no on; it has events, name, value, when",
        ),
        ({"do": "set", "name": "x", "value": 1, "when": {"nme": "x"}}, "row 1, when: a condition has no nme"),
        ({"do": "drop", "events": "Video Content Startd"}, "did you mean 'Video Content Started'?"),
        ({"do": "drop", "destination": "Youbra"}, "row 1: unknown destination 'Youbra', did you mean"),
        ({"do": "drop", "hook": "formatted"}, "row 1: hook is"),
        ({"do": "drop", "hook": "groups", "destination": "Youbora"}, "row 1: hook is"),
        ({"do": "drop", "write_keys": ["a"]}, "row 1: write_keys are beginnings"),
        ({"do": "drop", "when": {"where": "nowhere"}}, "row 1: Invalid enum value"),
        ({"do": "drop", "names": []}, "row 1: names is empty"),
        ({"do": "drop", "events": [""]}, "row 1: events is empty"),
        ({"do": "drop", "events": "Video Ad Started", "sites": []}, "row 1: sites is empty"),
        ({"do": "set", "name": "", "value": 1}, "row 1: name is empty"),
        ({"do": "drop", "when": {}}, "row 1: when is empty"),
        ({"do": "drop", "when": {"name": "title", "values": []}}, "row 1, when: values is empty"),
        ({"do": "drop", "when": {"unless": True}}, "row 1, when: a condition needs a name, or a where"),
        ({"do": "drop", "destination": "Mixpanel"}, "row 1: drop needs names, or events, or when"),
        ({"do": "rename", "to": "x"}, "row 1: rename needs name and to"),
        ({"do": "copy", "names": "title", "where": "event"}, "row 1: copy needs to, or names and where"),
        ({"do": "copy", "where": "content", "destination": "Mixpanel"}, "row 1: copy needs to, or names and where"),
        ({"do": "copy", "event": "Mine", "names": "title"}, "row 1: copy with event sends the whole message again"),
        ({"do": "scale", "name": "x", "times": float("inf")}, "row 1: times must be a number, not inf"),
        ({"do": "copy", "names": "title", "where": "content"}, "row 1: where = 'content' needs a destination"),
        ({"do": "drop", "when": {"where": "ad"}, "hook": "groups"}, "row 1: where = 'ad' needs a destination"),
        (
            {"do": "set", "name": "x", "value": 1, "destination": "Youbora", "events": "Video Playback Exited"},
            "row 1: Youbora does not use Video Playback Exited, so this would do nothing",
        ),
        (
            {"do": "set", "name": "x", "value": 1, "destination": "Chartbeat"},
            "row 1: Chartbeat uses no video event, so this would do nothing",
        ),
        (
            {"do": "set", "name": "x", "value": 1, "destination": "BigQuery"},
            "row 1: nothing can be told to BigQuery alone",
        ),
        ({"do": "drop", "sites": "https://a.example/", "names": "x"}, "row 1: sites are hosts"),
        ({"do": "drop", "sites": "a.example:80", "names": "x"}, "row 1: sites are hosts"),
    ],
)
def test_a_row_that_is_wrong(row: dict[str, Any], told: str) -> None:
    with pytest.raises(BadSettings, match="overrides, ") as error:
        hooks(Settings(overrides=[row]), "")
    assert told in str(error.value)


def mine(hook: str, messages: list[dict[str, Any]], destination: str | None) -> list[dict[str, Any]]:
    """A user's function."""
    tag = f"{hook} {destination}" if destination else hook
    return [{**one, "properties": {**one["properties"], tag: True}} for one in messages]


def test_a_function() -> None:
    original, copy = sent(content(), names=("Youbora",), function=f"{__name__}:mine")
    assert {name for name, value in original["properties"].items() if value is True} == {
        "full_episode",
        "mapping",
        "groups",
    }
    assert {"mapping", "formatted Youbora", "groups"} <= set(copy["properties"])


def in_words(hook: str, messages: list[dict[str, Any]], destination: str | None) -> list[dict[str, Any]]:
    """A user's function that changes what is one to Python."""
    said = {"full_episode": 1, "livestream": 0, "keywords": [True]}
    return [{**one, "properties": {**one["properties"], **said}} for one in messages] if destination else messages


def test_a_function_that_makes_numbers_of_booleans() -> None:
    view = content()
    view.messages[0]["properties"]["keywords"] = [1]
    original, copy = sent(view, names=("Mixpanel",), function=f"{__name__}:in_words")
    assert original["properties"] == view.messages[0]["properties"]
    changed = [copy["properties"][name] for name in ("full_episode", "livestream", "keywords")]
    assert repr(changed) == "[1, 0, [True]]"


def test_a_warehouse_gets_no_copy() -> None:
    view = content()
    told = sent(view, names=("BigQuery", "Snowflake"), function=f"{__name__}:in_words")
    assert told == view.messages


def adds(hook: str, messages: list[dict[str, Any]], destination: str | None) -> list[dict[str, Any]]:
    """A user's function that adds messages: of little, and of another under its id."""
    if destination:
        return messages
    more = [{**one, "event": f"{one['event']} again"} for one in messages]
    return [*messages, *more, {"event": f"Mine at {hook}", "properties": {}}]


def test_a_function_that_adds_messages() -> None:
    view = content()
    view.messages[0] |= {"userId": "u", "anonymousId": "a", "integrations": {"Youbora": True}}
    told = sent(view, names=("Youbora",), function=f"{__name__}:adds")
    heads = {one["event"].partition(" again")[0] for one in told}
    assert heads == {"Video Content Started", "Mine at mapping", "Mine at groups"}
    assert len({one["messageId"] for one in told}) == len(told) > 8
    assert sent(view, names=("Youbora",), function=f"{__name__}:adds") == told
    mine = next(one for one in told if one["event"] == "Mine at mapping")
    named = str(uuid.uuid5(uuid.UUID(bytes=NAMESPACE), '["s-0","mapping Mine at mapping",2]'))
    assert mine == {
        "type": "track",
        "event": "Mine at mapping",
        "messageId": named,
        "userId": "u",
        "anonymousId": "a",
        "timestamp": view.messages[0]["timestamp"],
        "properties": {},
    }


def test_a_function_that_adds_tracks() -> None:
    own = hooks(Settings(override_function=f"{__name__}:adds"), "")
    message = content().messages[0]
    track = Track(
        message["event"], message["messageId"], None, "a", message["timestamp"], properties={"session_id": "s"}
    )
    told = list(Overriding.to([find_destination("Youbora")], "web", own).tracks([track]))
    assert len({one.id for one in told}) == len(told) == 9
    assert {one.timestamp for one in told} == {track.timestamp}


def test_the_same_copy_at_two_hooks_is_two() -> None:
    rows = [
        {"do": "copy", "event": "Mine", "events": "Video Content Started", "hook": at} for at in ("mapping", "groups")
    ]
    told = sent(content(), *rows)
    assert [one["event"] for one in told] == ["Video Content Started", "Mine", "Mine"]
    assert len({one["messageId"] for one in told}) == 3


def test_a_function_hears_of_sound_messages_alone() -> None:
    own = hooks(Settings(override_function=f"{__name__}:adds"), "")
    message = {"type": "identify", "userId": "u"}
    assert list(Overriding.to([], "web", own).take(1, message)) == [(1, message)]


def cannot_be_said(hook: str, messages: list[dict[str, Any]], destination: str | None) -> list[dict[str, Any]]:
    """A user's function that gives an object."""
    return [{**one, "properties": {"x": object()}} for one in messages]


def fails(hook: str, messages: list[dict[str, Any]], destination: str | None) -> list[dict[str, Any]]:
    """A user's function that is wrong."""
    raise KeyError("channel")


def gives_nothing(hook: str, messages: list[dict[str, Any]], destination: str | None) -> None:
    """Another."""


@pytest.mark.parametrize(
    ("function", "told"),
    [
        ("fails", "failed at mapping: KeyError: 'channel'"),
        ("cannot_be_said", "gave what JSON has no word for at mapping: Encoding objects of type object is unsupported"),
        ("gives_nothing", "must give a list of messages with event and properties at mapping"),
    ],
)
def test_a_function_that_fails(function: str, told: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        sent(content(), function=f"{__name__}:{function}")
    assert ended.value.code == 2
    assert f"videospec: override_function {__name__}:{function} {told}" in capsys.readouterr().err


def test_a_function_beside_the_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "ours_beside.py").write_text("def override(hook, messages, destination):\n    return []\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", list(sys.path))
    assert sent(content(), function="ours_beside:override") == []


@pytest.mark.parametrize("name", ["nowhere.at:all", f"{__name__}:nothing", f"{__name__}:__name__", "::"])
def test_a_function_that_is_none(name: str) -> None:
    with pytest.raises(BadSettings, match="override_function"):
        hooks(Settings(override_function=name), "")
