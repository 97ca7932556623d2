"""How overrides are applied: copies where values clash, one richer message where not, and nothing given is changed."""

import copy
import json
import math
import uuid
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import PurePath
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from overrides.viewings import Viewing, overridden

from videospec.destinations import viewing as state
from videospec.destinations.overrides import Copy, Options, Rename, Scale, Set, When, apply, for_events
from videospec.destinations.places import ORIGINS
from videospec.destinations.viewing import Draft
from videospec.hooks import Hooks, Own
from videospec.ids import NAMESPACE
from videospec.overriding import Overriding
from videospec.plugins import destination_names, find_destination
from videospec.spec.events import EVENTS
from videospec.target import Target

YOUBORA, PARSELY = find_destination("Youbora"), find_destination("Parsely")


def sent(view: Viewing, *names: str, origin: Any = "web") -> list[dict[str, Any]]:
    over = Overriding.to(map(find_destination, names), origin)
    return [message for _, message in over.run(enumerate(view.messages))]


def test_a_clash_makes_a_copy() -> None:
    [plain] = (view := Viewing().started()).messages
    plain["context"] = {"page": {"url": "https://a.example"}}
    plain["integrations"] = {"Recombee": False}
    before = copy.deepcopy(plain)
    original, mine = sent(view, "Youbora")
    assert plain == before
    assert original == {**before, "integrations": {"Recombee": False, "Youbora": False}}
    assert mine["integrations"] == {"All": False, "Youbora": True}
    assert mine["context"] == {"page": {"url": "https://a.example"}, "videospec": {"copy_for": "Youbora"}}
    assert mine["messageId"] == str(uuid.uuid5(uuid.UUID(bytes=NAMESPACE), '["s-0","Youbora"]'))
    assert mine["properties"] == {**before["properties"], "bitrate": 2_500_000}


def test_an_origin_that_is_none() -> None:
    with pytest.raises(ValueError, match="unknown origin 'iOS': there are web, ios, android, server"):
        sent(Viewing().started(), "Youbora", origin="iOS")


def broken_off() -> tuple[Overriding, list[dict[str, Any]]]:
    """A session that an error broke off, and what Youbora hears of it so far."""
    over, view = Overriding.to([YOUBORA]), Viewing().started().content("Started", 1, 0)
    view.playback("Interrupted", 9, 8, method="error:3").say("Video Quality Updated", 10, bitrate=900)
    return over, [told for one in view.messages for _, told in over.take(None, one)]


def test_what_nobody_goes_on_with_is_left() -> None:
    over, before = broken_off()
    ((_, left),) = over.close()
    assert (left["event"], left["integrations"]) == ("Video Playback Completed", {"All": False, "Youbora": True})
    assert "method" not in left["properties"]
    assert left["timestamp"] == next(one["timestamp"] for one in before if one["event"] == "Video Playback Interrupted")
    assert left["messageId"] not in {one["messageId"] for one in before}


def test_what_nobody_goes_on_with_is_left_after_a_day() -> None:
    over, _ = broken_off()
    (near,), (far,) = (Viewing(f"at {at}").playback("Resumed", at, 0).messages for at in (80_000, 90_000))
    assert [told["event"] for _, told in over.take(None, near)] == ["Video Playback Resumed"]
    assert {told["event"] for _, told in over.take(None, far)} == {"Video Playback Completed", "Video Playback Resumed"}


def test_what_nobody_goes_on_with_is_left_in_another_process() -> None:
    over, _ = broken_off()
    other = Overriding.to([YOUBORA])
    other.restore(over.snapshot())
    assert list(other.close()) == list(over.close()) != []
    whole = json.loads(broken_off()[0].snapshot())
    whole["sessions"]["s"]["broken_off"]["properties"] = 3
    with pytest.raises(ValueError, match="has no properties"):
        other.restore(json.dumps(whole).encode())


def test_what_json_cannot_say_is_a_text_in_a_snapshot() -> None:
    day, made, key = datetime(2026, 3, 5, 12, tzinfo=UTC), Decimal("1.5"), (1, 2)
    view = Viewing().started(airdate=day, ratio=made, near=PurePath("a"), many={3}, table={1: 2, key: 3})
    over, other = (Overriding.to([find_destination("Adobe Analytics")]) for _ in range(2))
    assert [told["integrations"] for one in view.messages for _, told in over.take(1, one)] == [
        {"Adobe Analytics": False}
    ]
    other.restore(over.snapshot())
    ((_, here),), ((_, there),) = over.close(), other.close()
    assert here["properties"]["airdate"] == day
    said = {"airdate": "2026-03-05T12:00:00Z", "ratio": "1.5", "near": "a", "many": [3], "table": {"1": 2}}
    assert there == {**here, "properties": {**here["properties"], **said}}


def test_where_nothing_changes_the_message_is_the_same() -> None:
    view = Viewing().playback("Seek Started", 0, 0)
    assert sent(view, "Youbora") == view.messages


def test_the_users_own_options_stay() -> None:
    view = Viewing().started()
    view.messages[0]["integrations"] = {"Youbora": {"mine": 1}}
    original, mine = sent(view, "Youbora")
    assert original["integrations"] == {"Youbora": False}
    assert mine["integrations"] == {"All": False, "Youbora": {"mine": 1}}


@pytest.mark.parametrize("integrations", [{"All": False}, {"Youbora": False}, {"All": False, "Parsely": True}])
def test_no_copy_for_whom_a_message_is_not(integrations: dict[str, Any]) -> None:
    view = Viewing().started()
    view.messages[0]["integrations"] = integrations
    assert sent(view, "Youbora") == view.messages


def test_what_else_is_sent_has_ids_of_its_own() -> None:
    view = Viewing().started().content("Started", 1, 0).playback("Exited", 9, 8)
    told = sent(view, "Youbora")
    assert [message["event"] for message in told[-2:]] == ["Video Playback Exited", "Video Playback Completed"]
    assert len({message["messageId"] for message in told}) == len(told)
    assert sent(view, "Youbora") == told


@pytest.mark.parametrize("name", destination_names())
def test_overriding_what_was_overridden_changes_nothing(name: str) -> None:
    view = Viewing().started().content("Started", 1, 0)
    view.playback("Paused", 5, 4).playback("Completed", 9, 8)
    once = sent(view, name)
    over = Overriding.to([find_destination(name)])
    assert [message for _, message in over.run(enumerate(once))] == once


@pytest.mark.parametrize("spelled", ["video_ad_started", "Started Video Ad"])
def test_a_name_that_is_spelled_otherwise(spelled: str) -> None:
    view = Viewing().started().content("Started", 1, 0).ad("Started", 2, 0)
    view.messages[-1]["event"] = spelled

    def told(name: str) -> list[str]:
        over = Overriding.to([find_destination(name)])
        return [message["event"] for mark, message in over.run(enumerate(view.messages)) if mark == 2]

    assert told("Parsely") == told("Mixpanel") == [spelled]
    assert told("Youbora") == told("Adobe Analytics") == [spelled, "Video Ad Started"]
    assert told("GA4") == [spelled, spelled]


def test_a_destination_that_is_named_twice_has_one_copy() -> None:
    assert sent(Viewing().started(), "Youbora", "youbora") == sent(Viewing().started(), "Youbora")


def test_two_destinations_have_a_copy_each() -> None:
    view = Viewing().started().content("Started", 1, 0).playback("Exited", 9, 8)
    for_whom = [
        message.get("context", {}).get("videospec", {}).get("copy_for") for message in sent(view, "Youbora", "Parsely")
    ]
    assert for_whom == [None, "Youbora", None, "Youbora", None, "Youbora", "Parsely"]


@pytest.mark.parametrize(
    "message",
    [
        {},
        {"event": 3, "properties": {}},
        {"event": "Video Playback Started", "properties": None},
        {"event": "Video Playback Paused", "properties": {"session_id": [1], "position": "x", "bitrate": True}},
        {"event": "Video Ad Started", "properties": {"content": 3, "position": None, "type": ["pre-roll"]}},
        {"event": "Video Playback Started", "timestamp": 5, "integrations": [], "context": "c", "properties": {}},
        {"event": "Video Playback Started", "messageId": ["m"], "properties": {"session_id": "s", "bitrate": 1}},
        {"event": "Video Playback Paused", "messageId": "\ud800", "properties": {"session_id": "s", "bitrate": 1}},
        {"messageId": {}, "context": {"videospec": {"copy_for": "Youbora"}}},
    ],
)
def test_garbage_goes_through(message: dict[str, Any]) -> None:
    for name in destination_names():
        before = copy.deepcopy(message)
        assert overridden(name, [message, message])[0].get("event") == before.get("event")
        assert message == before


@pytest.mark.parametrize("message", [None, 3, "x", ["event"]])
def test_what_is_no_message_goes_through(message: Any) -> None:
    assert overridden("Youbora", [message]) == [message]
    over = Overriding.to([YOUBORA], hooks=Hooks((Own(Set("x", 1), "mapping"),)))
    assert list(over.take(1, message)) == [(1, message)]


@pytest.mark.parametrize("origin", ORIGINS)
@pytest.mark.parametrize(
    "number", [math.nan, math.inf, -math.inf, 10**400, -(10**400), 1e300], ids=lambda one: str(one)[:4]
)
def test_numbers_that_are_none_go_through(number: Any, origin: Any) -> None:
    view = Viewing().started().content("Started", 1, number, bitrate=number, total_length=number)
    view.ad("Started", 2, number, total_length=number).ad("Completed", 3, number).ad("Completed", 4, 5)
    view.playback("Seek Completed", 5, number, total_length=number).playback("Resumed", 6, 7)
    for name in destination_names():
        told = overridden(name, copy.deepcopy(view.messages), origin=origin)
        assert [one["event"] for one in told if "context" not in one] == [one["event"] for one in view.messages]


def test_sessions_are_let_go() -> None:
    over = Overriding.to([YOUBORA])
    for number in range(50):
        view = Viewing(f"s{number}").started().content("Started", 1, 0).playback("Completed", 9, 8)
        assert list(over.run((None, message) for message in view.messages))
    assert over._sessions == {}
    silent = [Viewing(f"s{number}") for number in range(3)]
    for number, view in enumerate(silent):
        for message in view.say("Video Playback Started", number * 90_000).messages:
            list(over.take(None, message))
    assert list(over._sessions) == ["s2"]


def mended(*rows: Any, view: Viewing | None = None) -> list[dict[str, Any]]:
    """The last message of a viewing after rows of a user, by a destination without any of its own."""
    tamed = Target.of(find_destination("Mixpanel"), "web", rows)
    view = view or Viewing().started().content("Started", 1, 5)
    *_, (number, _) = enumerate(view.messages)
    told = Overriding((tamed,)).run(enumerate(view.messages))
    return [message for mark, message in told if mark == number]


def test_each_operation() -> None:
    assert mended(Scale("bitrate", 2, "bits"))[-1]["properties"]["bits"] == 5000
    assert mended(Scale("bitrate", 1e300, "bits"))[-1]["properties"].get("bits") is None
    assert mended(Rename("title", "name"))[-1]["properties"].get("title") is None
    assert mended(Rename("title", "name"))[-1]["properties"]["name"] == "One"
    assert mended(Rename("genre", values={"news": "N"}))[-1]["properties"]["genre"] == "N"
    assert mended(Set("load_type", "dynamic"))[-1]["properties"]["load_type"] == "dynamic"
    assert mended(Set("content.load_type", "x"))[-1]["properties"]["content"] == {"load_type": "x"}
    [one] = mended(Copy("asset_id", "id"))
    assert one["properties"]["id"] == "show-1"
    [one] = mended(Options({"a": 1}))
    assert one["integrations"] == {"Mixpanel (Actions)": {"a": 1}, "Mixpanel": {"a": 1}}


def test_one_and_true_clash() -> None:
    rows = {"Mixpanel": Copy("mark", "marked"), "Amplitude": Copy("livestream", "marked")}
    targets = tuple(Target.of(find_destination(name), "web", (row,)) for name, row in rows.items())
    view = Viewing().content("Started", 1, 5, mark=1, livestream=True)
    original, mine = (one for _, one in Overriding(targets).run(enumerate(view.messages)))
    assert repr((original["properties"]["marked"], mine["properties"]["marked"])) == "(1, True)"


@pytest.mark.parametrize(
    ("one", "other", "are"),
    [
        (1, 1.0, True),
        (1, True, False),
        ([0], [False], False),
        ({"a": [1]}, {"a": [True]}, False),
        ({"a": 1, "b": 2}, {"b": 2, "a": 1}, True),
        ([1], (1,), False),
        ([1], [1, 1], False),
        (None, None, True),
    ],
)
def test_values_that_are_one(one: Any, other: Any, are: bool) -> None:
    assert state.same(one, other) is state.same(other, one) is are


def test_a_condition() -> None:
    for when, meets in (
        (When("genre"), True),
        (When("genre", ("news",)), True),
        (When("genre", ("sport",)), False),
        (When("genre", ("sport",), unless=True), True),
        (When("nothing"), False),
        (When(where="ad"), False),
        (When(where="content"), True),
        (When("title", ("One",), where="content"), True),
        (When("livestream", (0,)), False),
    ):
        assert ("x" in mended(Copy("title", "x", when=when))[0]["properties"]) is meets


@pytest.mark.parametrize("name", destination_names())
@given(st.lists(st.sampled_from([*EVENTS, "Another"]), min_size=1, max_size=8))
def test_overrides_picked_by_event_do_what_all_of_them_do(name: str, events: list[str]) -> None:
    rows = find_destination(name).overrides
    for event in events:
        drafts = [
            Draft(event, {"session_id": "s", "asset_id": "a", "position": 1, "type": "pre-roll", "livestream": True})
        ]
        viewing = state.Viewing(frozenset({"web", "cloud"}), content={"asset_id": "c", "total_length": 9})
        picked = for_events(rows, frozenset({event}))
        assert apply(picked, copy.deepcopy(drafts), viewing) == apply(rows, copy.deepcopy(drafts), viewing)
