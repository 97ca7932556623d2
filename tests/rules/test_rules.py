"""Every rule has a stream that breaks it and one that keeps it."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rules.story import messages

import videospec.rules
from videospec.rules import RULES, Finding, Lint, lint
from videospec.settings import Settings
from videospec.spec.events import EVENTS
from videospec.spec.message import validate_message

FIXTURES = Path(__file__).parent / "fixtures"


def numbered(said: Iterable[dict[str, Any]]) -> list[tuple[int, dict[str, Any]]]:
    return list(enumerate(said, 1))


def found(name: str, how: str) -> list[Finding]:
    return list(lint(numbered(messages((FIXTURES / f"{name}.{how}").read_text("utf-8")))))


def test_every_rule_has_its_fixtures_and_no_other_is_there() -> None:
    wanted = {f"{name}.{how}" for name in RULES for how in ("breaks", "keeps")}
    assert {path.name for path in FIXTURES.iterdir()} == wanted


@pytest.mark.parametrize("name", RULES)
def test_a_rule_is_broken_by_one_and_kept_by_the_other(name: str) -> None:
    broken = [one for one in found(name, "breaks") if one.rule == name]
    assert len(broken) == (6 if name == "bracket.content" else 1)
    assert broken[0].severity == RULES[name].severity
    assert found(name, "keeps") == []


@pytest.mark.parametrize("name", RULES)
def test_what_keeps_a_rule_is_right_by_itself(name: str) -> None:
    story = (FIXTURES / f"{name}.keeps").read_text("utf-8")
    assert [one for message in messages(story) for one in validate_message(message)] == []


@pytest.mark.parametrize(("place", "told"), [(0, ["pod_position is 0, and the first is 1"]), (1, [])])
def test_ads_of_a_pod_are_counted_from_1(place: int, told: list[str]) -> None:
    story = (
        f"0 Playback Started\n1 Ad Started 0 type=pre-roll pod_position={place}\n2 Playback Exited 1 ad_asset_id=a\n"
    )
    assert [one.message for one in lint(numbered(messages(story)))] == told


# -- the readings of the spec -------------------------------------------------------------------------------------------

LIFECYCLE = """
0 Playback Started
1 Content Started 0
20 Ad Started 0 type=mid-roll pod_id=m
30 Ad Completed 10 type=mid-roll pod_id=m
30 Content Playing 19 pod_id=c-2
"""
ROUNDS = """
0 Playback Started
1 Content Started 0
11 Content Playing 10
20 Content Completed {}
20 Content Started 0
"""


@pytest.mark.parametrize(
    ("story", "reading", "rules"),
    [
        (LIFECYCLE, Settings(midroll="lifecycle").readings, ["bracket.content-or-ad", "bracket.same-content"]),
        (ROUNDS.format(60), Settings(loop="same").readings, ["position.content-falls"]),
    ],
)
def test_a_stream_is_right_by_the_reading_that_it_was_made_with(
    story: str, reading: dict[str, str], rules: list[str]
) -> None:
    said = numbered(messages(story))
    kinds = ("bracket", "position.content-falls")
    assert [one.rule for one in lint(said) if one.rule.startswith(kinds)] == rules
    assert [one.rule for one in lint(said, reading) if one.rule.startswith(kinds)] == []


LEFT = """
0 Playback Started content_asset_ids=["c","d"]
0.5 Content Started 0
10.5 Content Playing 10
20.5 Content Playing 20
30.5 Content Playing 30
31 Content Completed {}
31.5 Content Started 0 asset_id=d pod_id=d-1
"""


@pytest.mark.parametrize(("position", "told"), [(31, []), (55, ["position.content-completed"])])
def test_a_content_is_left_for_another_where_its_last_heartbeat_allows(position: int, told: list[str]) -> None:
    found = lint(numbered(messages(LEFT.format(position))))
    assert [one.rule for one in found if one.rule == "position.content-completed"] == told


def test_readings_excuse_nothing_else() -> None:
    other = numbered(messages(LIFECYCLE.replace("19 pod_id", "19 asset_id=other pod_id")))
    assert "bracket.same-content" in {one.rule for one in lint(other, Settings(midroll="lifecycle").readings)}
    early = numbered(messages(LIFECYCLE.replace("mid-roll", "pre-roll")))
    assert "bracket.content-or-ad" in {one.rule for one in lint(early, Settings(midroll="lifecycle").readings)}
    short = numbered(messages(ROUNDS.format(40)))
    assert "position.content-falls" in {one.rule for one in lint(short, Settings(loop="same").readings)}


# -- rules that are not asked in calm ----------------------------------------------------------------------------------

moments = st.lists(
    st.tuples(
        st.sampled_from([*EVENTS, "Video Playback Started", "Video Content Started", "Video Content Playing"]),
        st.sampled_from([0, 0, 1, 5, 9, 16, -3]),
        st.sampled_from(["a", "b", ""]),
        st.fixed_dictionaries(
            {"position": st.integers(0, 30)},
            optional={
                "asset_id": st.sampled_from(["c", "d"]),
                "total_length": st.sampled_from([30, 60]),
                "type": st.sampled_from(["pre-roll", "mid-roll"]),
                "method": st.just("call"),
            },
        ),
    ),
    max_size=25,
)


@settings(max_examples=400)
@given(moments)
def test_in_calm_no_rule_is_missed(said: list[tuple[str, int, str, dict[str, Any]]]) -> None:
    at, stream = 100, []
    for number, (event, passed, session, properties) in enumerate(said, 1):
        at += passed
        stamp = f"2026-01-01T00:{at // 60:02}:{at % 60:02}.000Z"
        told = {"event": event, "timestamp": stamp, "messageId": f"m{number % 19}"}
        stream.append((number, {**told, "properties": {**properties, "session_id": session}}))
    short = list(lint(stream))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(videospec.rules, "_IN_CALM", videospec.rules._BY_EVENT)
        assert list(lint(stream)) == short


# -- memory, and what is no session ------------------------------------------------------------------------------------


def test_sessions_that_are_over_are_let_go() -> None:
    story = messages((FIXTURES / "life.ends.keeps").read_text("utf-8"))
    over: list[str] = []
    one = Lint(lambda view: over.append(view.id))
    held = 0
    for n in range(4000):
        for line, message in enumerate(story, 1):
            stamp = f"2026-{1 + n // 2000:02}-{1 + n // 100 % 20:02}T{n % 24:02}:{n % 60:02}:{line:02}.000Z"
            one.take(
                line, {**message, "timestamp": stamp, "properties": {**message["properties"], "session_id": f"s{n}"}}
            )
        held = max(held, len(one.views))
    assert len(over) > 1000
    assert held < 3000


def test_two_sessions_that_alternate_are_told_apart() -> None:
    story = messages((FIXTURES / "life.ends.keeps").read_text("utf-8"))
    other = [
        {**one, "messageId": f"o{n}", "properties": {**one["properties"], "session_id": "t"}}
        for n, one in enumerate(story)
    ]
    mixed = [message for pair in zip(story, other, strict=True) for message in pair]
    assert list(lint(numbered(mixed))) == []


def test_other_events_are_none_of_its_business() -> None:
    assert list(lint([(1, {"event": "Order Completed", "properties": {}}), (2, {"event": None}), (3, {})])) == []
