"""What check says of streams that are not as they should be: no number and no finding that the calls do not bear out."""

from typing import Any

import pytest
from rules.story import messages

from videospec.check import Check, Verdict
from videospec.plugins import find_destination
from videospec.rules import Finding

MODELLED = ("Youbora", "Adobe Analytics", "Nielsen DCR", "Nielsen DTVR", "Parsely")
PLAIN = """
0 Playback Started
0.5 Content Started 0
10.5 Content Playing 10
12 Playback Paused 11
15 Playback Resumed 11
15 Content Playing 11
20 Playback Exited 16
"""


def checked(told: list[dict[str, Any]], name: str, *, fix: bool = False, **more: Any) -> tuple[list[Finding], Verdict]:
    one = Check([find_destination(name)], fix=fix, **more)
    found = list(one.first())
    for line, message in enumerate(told, 1):
        found += one.take(line, message)
    return [*found, *one.close()], one.verdicts()[0]


def numbers(verdict: Verdict) -> dict[str, tuple[float, float | None]]:
    return {one.what: (round(one.true, 3), one.theirs and round(one.theirs, 3)) for one in verdict.numbers}


def without_session(told: list[dict[str, Any]], session: Any = None) -> list[dict[str, Any]]:
    for one in told:
        one["properties"]["session_id"] = session
    return told


@pytest.mark.parametrize("name", MODELLED)
@pytest.mark.parametrize("fix", [False, True])
@pytest.mark.parametrize("session", [None, 7, ""])
def test_what_names_no_session_is_in_no_number(name: str, fix: bool, session: Any) -> None:
    found, verdict = checked(without_session(messages(PLAIN), session), name, fix=fix)
    (told,) = [one for one in found if one.rule == "count.session"]
    assert (told.line, told.count, told.override) == (1, 7, False)
    assert verdict.reached
    assert verdict.numbers == []
    # the override of Adobe sends nothing of a session that has not begun
    assert (fix and name == "Adobe Analytics") or set(verdict.fates) >= {one["event"] for one in messages(PLAIN)}
    plain, alone = checked(messages(PLAIN), name, fix=fix)
    assert "count.session" not in {one.rule for one in plain}
    found, beside = checked([*messages(PLAIN), *without_session(messages(PLAIN), session)], name, fix=fix)
    assert numbers(beside) == numbers(alone)
    assert [one.count for one in found if one.rule == "count.session"] == [7]


def test_a_quality_needs_no_session() -> None:
    told = messages(PLAIN + "20 Quality Updated session_id=-\n")
    assert "count.session" not in {one.rule for one in checked(told, "Adobe Analytics")[0]}


@pytest.mark.parametrize("fix", [False, True])
def test_what_is_not_meant_for_it_has_no_numbers(fix: bool) -> None:
    told = [{**one, "integrations": {"All": False}} for one in messages(PLAIN)]
    _, verdict = checked(told, "Adobe Analytics", fix=fix)
    assert (verdict.reached, verdict.numbers) == (False, [])
