"""What check says of streams that are not as they should be: no number and no finding that the calls do not bear out."""

from collections.abc import Callable
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


# -- Nielsen DCR -------------------------------------------------------------------------------------------------------


def measured(story: str, **more: Any) -> list[dict[str, Any]]:
    """A story of a stream that Nielsen DCR measures."""
    said = {"load_type": "dynamic", "airdate": "2026-01-01"}
    return [
        {**one, "properties": {**one["properties"], **said, "content": {"asset_id": "c", **said}, **more}}
        for one in messages(story)
    ]


def quirks(found: list[Finding]) -> dict[str, str]:
    return {one.rule.removeprefix("quirk."): one.message for one in found if one.rule.startswith("quirk.")}


ADS = """
0 Playback Started
0 Ad Started 0 type=pre-roll total_length=10
10 Ad Completed 10 type=pre-roll total_length=10
10 Content Started 0
20 Playback Paused 10
{}
30 Playback Resumed 10
30 Content Playing 10
34 Content Completed 14
34 Ad Started 0 total_length=10
44 Ad Completed 10 total_length=10
44 Playback Completed 44
"""


PAUSED = "20.2 Playback Seek Started 10\n20.4 Playback Seek Completed 10"
STALLED = "20.1 Playback Resumed 10\n21 Playback Seek Started 10\n24 Playback Buffer Completed 10"


@pytest.mark.parametrize(
    ("lines", "text", "mended"),
    [
        ("", "", None),
        (PAUSED, "9 s of playhead | a pause", True),
        (STALLED, "6 s of playhead | a stall or a seek", False),
    ],
)
def test_what_stands_and_is_told_all_the_same(lines: str, text: str, mended: bool | None) -> None:
    found, verdict = checked(measured(ADS.format(lines)), "Nielsen DCR")
    told = [(one.message, one.override) for one in found if one.rule == "quirk.N17"]
    assert told == ([(f"s tells {text.replace('|', 'while it stands in')}", mended)] if text else [])
    true, theirs = numbers(verdict)["playhead told"]
    # an ad of ten seconds is ten seconds, and each stretch may lose what is left of its last one
    assert text or true - 1 <= (theirs or 0) <= true


def beside(asset: str) -> list[dict[str, Any]]:
    """Two sessions of which one begins in the other."""
    one = "0 Playback Started\n1 Content Started 0\n{}9 Playback Completed 8\n".format
    other = "3 Playback Started\n4 Content Started 0\n12 Playback Completed 8\n"
    both = [*measured(one("")), *measured(other, session_id="other", asset_id=asset, content_asset_id=asset)]
    return sorted(both, key=lambda each: each["timestamp"])


@pytest.mark.parametrize("asset", ["c", "d"])
def test_of_two_sessions_at_once_none_is_said_to_be_left_open(asset: str) -> None:
    found, _ = checked(beside(asset), "Nielsen DCR")
    assert quirks(found).keys() == {"N14"}


def test_the_second_content_is_left_open_too() -> None:
    story = "0 Playback Started\n1 Content Started 0\n9 Content Completed 60\n9 Content Started 0 asset_id=d\n"
    assert "N10" in quirks(checked(measured(story + "20 Playback Exited 71\n"), "Nielsen DCR")[0])
    assert "N10" not in quirks(checked(measured(story + "20 Playback Completed 71\n"), "Nielsen DCR")[0])


LIVE = """
0 Playback Started {0}
1 Content Started {0}
11 Content Playing {0}
20 Playback Paused {0}
24 Playback Resumed {0}
24 Content Playing {0}
30 Playback Completed {0}
"""


@pytest.mark.parametrize(("position", "count"), [("-30", 0), ("0", 0), ("null", 0), ("40", 5), ("1780000000", 5)])
def test_a_livestream_that_tells_a_time_to_come(position: str, count: int) -> None:
    told = measured(LIVE.format(f"position={position}"), livestream=True, total_length=None)
    told[0]["properties"]["position"] = 0
    found, _ = checked(told, "Nielsen DCR")
    assert [(one.line, one.count, one.override) for one in found if one.rule == "quirk.N8"] == (
        [(2, count, True)] if count else []
    )
    assert "N8" not in quirks(checked(told, "Nielsen DCR", fix=True)[0])
    now = {"Nielsen DCR": {"sendCurrentTimeLivestream": True}}
    assert "N8" not in quirks(checked(told, "Nielsen DCR", accounts=now)[0])


# -- Parse.ly ----------------------------------------------------------------------------------------------------------

TWO_CONTENTS = """
0 Playback Started content_asset_ids=["c","d"]
1 Content Started 0
11 Content Completed 60
{}
12 Content Started 0 asset_id=d
22 Content Completed 60 asset_id=d
23 Playback Completed 120 content_asset_id=d asset_id=d
"""


@pytest.mark.parametrize("fix", [False, True])
def test_a_content_that_another_follows_plays_on(fix: bool) -> None:
    plain = ([], 22) if fix else ([True], 33)
    for more, (told, measured) in (("", plain), ("11 Playback Interrupted 60 asset_id=c\n", ([], 21))):
        found, verdict = checked(messages(TWO_CONTENTS.format(more)), "Parsely", fix=fix)
        wrong = [one.override for one in found if one.rule == "quirk.P5" and "c in s goes on beside" in one.message]
        assert wrong == told
        assert numbers(verdict)["plays"] == (2, 2)
        assert numbers(verdict)["measured"][1] == measured


def test_a_pause_of_no_video_is_none() -> None:
    for more, pauses in (("", 0), (" asset_id=c", 1)):
        _, verdict = checked(messages(PLAIN.replace("Paused 11", f"Paused 11{more}")), "Parsely")
        assert numbers(verdict)["pauses"] == (1, pauses)


# -- names -------------------------------------------------------------------------------------------------------------


def spelled(told: list[dict[str, Any]], spell: Callable[[str], str]) -> list[dict[str, Any]]:
    return [{**one, "event": spell(one["event"])} for one in told]


def action_first(event: str) -> str:
    *thing, action = event.split()
    return " ".join([action, *thing, "Now"])


@pytest.mark.parametrize("name", ["Youbora", "Nielsen DCR", "Parsely"])
def test_what_integrations_take_by_another_name_is_counted(name: str) -> None:
    _, plain = checked(measured(ADS.format("")), name)
    _, verdict = checked(spelled(measured(ADS.format("")), action_first), name)
    assert (verdict.numbers, verdict.fates) == (plain.numbers, plain.fates)


@pytest.mark.parametrize("name", MODELLED)
@pytest.mark.parametrize("spell", [lambda event: event.replace(" ", "-"), lambda event: event.replace(" ", "  ")])
def test_what_integrations_do_not_take_is_ignored(name: str, spell: Callable[[str], str]) -> None:
    found, verdict = checked(spelled(measured(ADS.format("")), spell), name)
    assert quirks(found).keys() <= {"A17"}
    assert set(verdict.fates.values()) == {"ignored"}
    assert all(not one.theirs for one in verdict.numbers)


# -- Adobe Analytics ---------------------------------------------------------------------------------------------------


def test_a_playhead_that_another_session_left_there_is_moved_all_the_same() -> None:
    one = "0 Playback Started\n0 Content Started 0\n10 Content Playing {0}\n14 Content Playing {1}\n"
    one += "16 Playback Completed 16\n"
    other = [{**it, "timestamp": it["timestamp"].replace("T20:", "T22:")} for it in messages(one.format(10, 14))]
    for it in other:
        it["properties"] = {**it["properties"], "session_id": "other"}
    told = [*messages(one.format(4, 10)), *other]
    assert numbers(checked(told, "Adobe Analytics")[1])["playhead behind"] == (0, 10.0)
    # one that does not move is no fresher for being told again
    assert numbers(checked(messages(one.format(10, 10)), "Adobe Analytics")[1])["playhead behind"] == (0, 10.0)
    assert numbers(checked(messages(one.format(0, 0)), "Adobe Analytics")[1])["playhead behind"] == (0, 10.0)


# -- viewers -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", MODELLED)
@pytest.mark.parametrize("fix", [False, True])
@pytest.mark.parametrize("key", ["userId", "anonymousId"])
def test_two_viewers_share_no_page(name: str, fix: bool, key: str) -> None:
    both = [{**one, key: one["properties"]["session_id"]} for one in beside("c")]
    apart = [numbers(checked([one for one in both if one[key] == who], name, fix=fix)[1]) for who in ("s", "other")]
    found, verdict = checked(both, name, fix=fix)
    assert not quirks(found).keys() & {"N10", "N14", "A15", "A16", "A17"}
    for what, (true, theirs) in numbers(verdict).items():
        whole = max if what == "playhead behind" else sum
        assert true == whole(one[what][0] for one in apart)
        assert (theirs or 0) == whole(one[what][1] or 0 for one in apart)


def test_a_viewer_who_logs_in_stays_on_the_page() -> None:
    told = [{key: value for key, value in one.items() if key != "userId"} for one in messages(PLAIN)]
    logged_in = [{**one, "anonymousId": "a"} for one in told[:3]] + [{**one, "userId": "u"} for one in told[3:]]
    assert checked(logged_in, "Youbora")[1] == checked(messages(PLAIN), "Youbora")[1]


# -- what is said twice, or of another moment --------------------------------------------------------------------------


def test_a_pause_that_is_told_twice_is_one_at_youbora() -> None:
    twice = PLAIN.replace("12 Playback Paused 11\n", "12 Playback Paused 11\n13 Playback Paused 11\n")
    found, verdict = checked(messages(twice), "Youbora")
    assert "Y14" not in quirks(found)
    assert numbers(verdict)["paused"] == (3, 3)


def test_an_ad_that_is_started_twice_is_not_lost_in_itself() -> None:
    story = "0 Playback Started\n1 Ad Started 0 type=pre-roll\n{}9 Ad Completed 8\n9 Playback Exited 8\n".format
    for second, told in (("1 Ad Started 0 type=pre-roll\n", False), ("1 Ad Started 0 asset_id=b\n", True)):
        assert ("Y11" in quirks(checked(messages(story(second)), "Youbora")[0])) is told


def test_a_stall_before_a_video_is_none_of_its_time_at_parsely() -> None:
    story = "0 Playback Started\n1 Ad Started 0 type=pre-roll\n{}9 Ad Completed 4\n"
    story += "9 Content Started 0\n{}19 Playback Exited 9\n"
    stall = "{0} Playback Buffer Started 1\n{1} Playback Buffer Completed 1\n".format
    for before, within, told in (
        (stall(2, 6), "", False),
        ("", stall(12, 16), True),
        (stall(2, 6), stall(12, 16), True),
    ):
        found = quirks(checked(messages(story.format(before, within)), "Parsely")[0])
        assert found.get("P8", "").startswith("4.0 s") is told


@pytest.mark.parametrize("name", ["Adobe Analytics", "Nielsen DCR"])
def test_a_session_that_broke_off_does_not_go_on_for_hours(name: str) -> None:
    story = "0 Playback Started\n0 Content Started 0\n10 Content Playing 10\n20 Content Playing 20\n"
    ends = measured(story + "30 Playback Completed 60\n", session_id="other")
    later = [{**one, "timestamp": one["timestamp"].replace("T20:", "T22:")} for one in ends]
    found, verdict = checked([*measured(story), *later], name)
    assert not quirks(found).keys() & {"A15", "N14"}
    if name == "Nielsen DCR":
        true, theirs = numbers(verdict)["playhead told"]
        # what the first session tells after its last heartbeat
        assert true <= (theirs or 0) <= true + 15
