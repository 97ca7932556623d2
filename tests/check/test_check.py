"""What check finds: whether a destination is reached, what it needs, what it cannot take, and the vendor's numbers."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any, get_args

import pytest
from rules.story import messages

from videospec.check import VENDORS, Check, Verdict
from videospec.check.flat import column, kind
from videospec.check.limits import _HELD, APART, broken
from videospec.cli.rule_ids import rule_ids
from videospec.destinations import limits as lim
from videospec.destinations.destination import Limit
from videospec.destinations.places import Origin
from videospec.plugins import destination_names, find_destination
from videospec.rules import Finding
from videospec.simulators import SIMULATORS

COST: dict[str, Any] = {"outcome": "event lost", "then": "x", "by": "AJS"}
PLAIN = """
0 Playback Started
0.5 Content Started 0 title=T
10.5 Content Playing 10
12 Playback Paused 11
15 Playback Resumed 11
15 Content Playing 11
20 Playback Exited 16
"""
ADS = """
0 Playback Started livestream=false
0.2 Ad Started 0 type=pre-roll asset_id=a1 pod_length=2
10.2 Ad Completed 10 type=pre-roll asset_id=a1 pod_length=2
10.3 Ad Started 0 type=pre-roll asset_id=a2 pod_position=2 pod_length=2
15.3 Ad Skipped 5 type=pre-roll asset_id=a2 pod_position=2 pod_length=2
15.5 Content Started 0
25.5 Content Playing 10
35.5 Content Completed 20
35.5 Ad Started 0 pod_id=m asset_id=a3
40 Playback Paused 39 ad_asset_id=a3 ad_pod_id=m ad_type=mid-roll
44 Playback Resumed 39 ad_asset_id=a3 ad_pod_id=m ad_type=mid-roll
44 Ad Playing 4 pod_id=m asset_id=a3
50 Ad Completed 10 pod_id=m asset_id=a3
50 Content Started 20 pod_id=c-2
60 Content Playing 30 pod_id=c-2
65 Playback Interrupted 60 method=call
"""
WHOLE = ADS.replace("Ad Skipped", "Ad Completed")


def checked(
    story: str | list[dict[str, Any]], *names: str, origin: Origin = "web", now: datetime | None = None
) -> tuple[list[Finding], list[Verdict]]:
    one = Check([find_destination(name) for name in names], origin, now)
    told = messages(story) if isinstance(story, str) else story
    found = list(one.first())
    for line, message in enumerate(told, 1):
        found += one.take(line, message)
    return [*found, *one.close()], one.verdicts()


def rules(found: Iterable[Finding], begin: str = "") -> list[str]:
    return sorted({one.rule for one in found if one.rule.startswith(begin)})


def numbers(verdict: Verdict) -> dict[str, tuple[float, float | None]]:
    return {one.what: (round(one.true, 3), one.theirs and round(one.theirs, 3)) for one in verdict.numbers}


# -- reach and rows ----------------------------------------------------------------------------------------------------


def test_a_server_cannot_reach_what_runs_in_the_page() -> None:
    found, (verdict,) = checked(PLAIN, "Youbora", origin="server")
    assert found[0].rule == "reach.none"
    assert found[0].severity == "error"
    assert "NPAW's library must run in the viewer's browser" in found[0].message
    assert not verdict.reached
    assert verdict.fates == {}
    assert rules(found) == ["reach.none"]


def test_what_is_reached_has_no_such_finding() -> None:
    assert rules(checked(PLAIN, "Youbora")[0], "reach") == []
    assert rules(checked(PLAIN, "Recombee", origin="server")[0], "reach") == []


@pytest.mark.parametrize("name", destination_names())
@pytest.mark.parametrize("origin", get_args(Origin))
def test_every_destination_from_everywhere(name: str, origin: Origin) -> None:
    found, (verdict,) = checked(ADS, name, origin=origin)
    reached = bool(find_destination(name).reached_from(origin))
    assert verdict.reached is reached
    assert (rules(found, "reach") == []) is reached
    assert set(rules(found)) <= set(rule_ids())
    assert set(verdict.fates) == ({one["event"] for one in messages(ADS)} if reached else set())


def test_rows_grow_old() -> None:
    assert rules(checked(PLAIN, "Youbora", now=datetime(2026, 1, 1, tzinfo=UTC))[0], "rows") == []
    (note,) = [
        one for one in checked(PLAIN, "Youbora", now=datetime(2027, 6, 1, tzinfo=UTC))[0] if one.rule == "rows.old"
    ]
    assert note.severity == "note"
    assert "AJS (2026-04-22)" in note.message


def test_what_integrations_keep_out_is_not_judged() -> None:
    told = [{**one, "integrations": {"All": False}} for one in messages(PLAIN)]
    found, (verdict,) = checked(told, "Recombee")
    assert verdict.fates == {}
    assert [one.rule for one in found] == ["reach.off"]
    told = [{**one, "integrations": {"All": False, "Recombee": True}} for one in told]
    assert checked(told, "Recombee")[1][0].fates["Video Playback Started"] == "delivered"


@pytest.mark.parametrize("name", ["Youbora", "Nielsen DCR", "Adobe Analytics", "GA4"])
@pytest.mark.parametrize("fix", [False, True])
def test_a_stream_that_is_not_meant_for_it_says_so_once(name: str, fix: bool) -> None:
    told = messages(ADS)
    for some, rule in ((len(told), ["reach.off"]), (1, [])):
        one = Check([find_destination(name)], fix=fix)
        for line, message in enumerate(told, 1):
            one.take(line, {**message, "integrations": {"All": line > some}})
        found = list(one.close())
        assert rules(found, "reach") == rule
        if rule:
            assert rules(found) == rule
            assert (one.verdicts()[0].fates, one.verdicts()[0].reached) == ({}, False)


def test_a_need_is_told_once_with_how_often() -> None:
    found, _ = checked(PLAIN, "Youbora")
    (one,) = [one for one in found if one.field == "properties.bitrate"]
    assert (one.rule, one.count, one.line) == ("need.wrong", 6, 1)


def test_recombee_rejects_every_heartbeat() -> None:
    found, (verdict,) = checked(PLAIN, "Recombee")
    (one,) = [one for one in found if one.rule == "limit.required"]
    assert (one.line, one.count, one.severity) == (3, 2, "error")
    assert verdict.fates["Video Content Playing"] == "ignored"
    mended = [{**one, "properties": {**one["properties"], "content_asset_id": "c"}} for one in messages(PLAIN)]
    assert rules(checked(mended, "Recombee")[0], "limit") == []


def test_google_takes_no_lists_nulls_and_objects() -> None:
    found, (verdict,) = checked(PLAIN, "GA4")
    assert verdict.fates["Video Playback Started"] == "ignored"
    assert verdict.fates["Video Content Playing"] == "altered"
    assert rules(found, "limit") == ["limit.oldest", "limit.reserved-names", "limit.values"]


def test_two_properties_of_one_column() -> None:
    told = messages("0 Playback Started\n1 Ad Started 0 content_asset_id=c\n")
    told[1]["properties"]["content"] = {"asset_id": "c"}
    (one,) = [one for one in checked(told, "Redshift")[0] if one.rule == "limit.same-column"]
    assert "content.asset_id" in one.message
    assert "one column, content_asset_id" in one.message


def test_a_property_of_two_kinds() -> None:
    told = messages(
        "0 Playback Started\n1 Content Started 0 season=1\n2 Content Playing 1 season=1\n3 Content Playing 2 season=one\n"
    )
    (one,) = [one for one in checked(told, "Redshift")[0] if "of the kind" in one.message]
    assert (one.line, "season is of the kind string, and was number" in one.message) == (4, True)


# -- limits ------------------------------------------------------------------------------------------------------------

LIMITS: list[tuple[Limit, dict[str, Any], dict[str, Any]]] = [
    (lim.MostProperties(2, **COST), {"a": 1, "b": 2}, {"a": 1, "b": 2, "c": 3}),
    (lim.NameLength("property", 3, **COST), {"abc": 1}, {"abcd": 1}),
    (lim.NameLength("property", 3, "bytes", **COST), {"abc": 1}, {"äb": 1, "ää": 1}),
    (lim.NamePattern("property", "[a-z]+", **COST), {"abc": 1}, {"aBc": 1}),
    (lim.NamePattern("column", "[a-z_]+", **COST), {"start_time": 1}, {"startTime": 1}),
    (lim.ReservedNames("property", ("x",), ("ga_",), **COST), {"y": 1, "ga": 1}, {"ga_x": 1}),
    (lim.SameColumn(**COST), {"a": {"b": 1}}, {"a": {"b": 1}, "a_b": 2}),
    (lim.TextLength(4, **COST), {"a": "abcd"}, {"a": "abcde"}),
    (lim.TextLength(4, "bytes", **COST), {"a": "abcd"}, {"a": "äää"}),
    (lim.TextLength(4, properties=("a",), **COST), {"b": "abcde"}, {"a": "abcde"}),
    (lim.Values(("null", "array", "object"), **COST), {"a": 1, "b": "x", "c": True}, {"a": None}),
    (lim.Values(("numeric text",), **COST), {"a": "1a", "b": 1}, {"a": "0129370"}),
    (lim.Values(("date text",), **COST), {"a": "2026"}, {"a": "2026-03-05"}),
    (lim.Items(2, **COST), {"a": [1, 2]}, {"a": [1, 2, 3]}),
    (lim.Depth(1, **COST), {"a": {"b": 1}}, {"a": {"b": {"c": 1}}}),
    (lim.Depth(1, lists=True, **COST), {"a": [1]}, {"a": [[1]]}),
    (lim.Size(200, **COST), {"a": "x"}, {"a": "x" * 200}),
    (lim.Required(("a", "b"), "number", **COST), {"b": 1.5}, {"a": "1"}),
    (lim.NotZero("a", **COST), {"a": 1}, {"a": 0}),
    (lim.NotAbove("a", "b", **COST), {"a": 1, "b": 1}, {"a": 2, "b": 1}),
]


@pytest.mark.parametrize(
    ("limit", "keeps", "breaks"), LIMITS, ids=[f"{n}-{type(one).__name__}" for n, (one, *_) in enumerate(LIMITS)]
)
def test_a_limit_is_held(limit: Limit, keeps: dict[str, Any], breaks: dict[str, Any]) -> None:
    message = {"event": "Video Content Playing"}
    assert list(broken(limit, {**message, "properties": keeps}, keeps)) == []
    assert len(list(broken(limit, {**message, "properties": breaks}, breaks))) == 1


def test_a_limit_of_the_message_itself() -> None:
    limit = lim.TextAtLeast(("userId",), 5, **COST)
    assert list(broken(limit, {"userId": "abcde"}, {})) == []
    assert len(list(broken(limit, {"userId": "abcd"}, {}))) == 1


def test_every_kind_of_limit_can_be_held() -> None:
    kinds = {one for one in vars(lim).values() if isinstance(one, type) and issubclass(one, Limit) and one is not Limit}
    assert kinds == {*_HELD, *APART}
    assert {type(limit) for limit, *_ in LIMITS} | {lim.TextAtLeast} == set(_HELD)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("startupTime", "startup_time"),
        ("content.asset_id", "content_asset_id"),
        ("1st", "_1st"),
        ("Video Ad Started", "video_ad_started"),
        ("userID", "user_id"),
    ],
)
def test_columns(name: str, told: str) -> None:
    assert column(name) == told


def test_kinds() -> None:
    given: list[object] = [None, True, 1, 1.5, "x", [], {}]
    assert [kind(one) for one in given] == [
        "null", "boolean", "number", "number", "string", "array", "object",
    ]  # fmt: skip


# -- the vendors' numbers ----------------------------------------------------------------------------------------------


def test_every_simulator_has_its_reading() -> None:
    assert {one.name for one in VENDORS} == {one.name for one in SIMULATORS}


def test_youbora_without_ads() -> None:
    found, (verdict,) = checked(PLAIN, "Youbora")
    assert rules(found, "quirk") == ["quirk.Y6"]
    assert numbers(verdict) == {
        "views started": (1, 1),
        "views ended": (1, 0),
        "played": (16.5, 16.5),
        "paused": (3, 3),
    }


def test_youbora_with_ads() -> None:
    found, (verdict,) = checked(ADS, "Youbora")
    told = {one.rule: one for one in found if one.rule.startswith("quirk")}
    assert sorted(told) == ["quirk.Y11", "quirk.Y3", "quirk.Y4", "quirk.Y6", "quirk.Y7"]
    assert told["quirk.Y11"].line == 4
    # the skipped ad is open until the next one ends: that one is lost in it, and the content joins after it
    assert numbers(verdict) == {
        "views started": (1, 1),
        "views ended": (1, 0),
        "pre-roll ads": (2, 2),
        "mid-roll ads": (1, 0),
        "errors": (0, 1),
        "played": (35, 15),
        "paused": (4, 0),
    }


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ("", []),
        ("8 Ad Skipped 4\n", ["ad a lasts until the view ends, since nothing tells Youbora that it was skipped"]),
        ("8 Ad Completed 4\n", []),
    ],
)
def test_the_end_of_a_view_is_the_end_of_its_ads(lines: str, told: list[str]) -> None:
    """As in youboralib 6.8.67, whose fireStop ends the ad that is on."""
    stream = f"0 Playback Started\n1 Content Started 0\n4 Ad Started 0\n{lines}9 Playback Completed 100\n"
    found = [one.message for one in checked(stream, "Youbora")[0] if one.rule == "quirk.Y11"]
    assert found == told


def test_youbora_with_ads_that_end() -> None:
    found, (verdict,) = checked(WHOLE, "Youbora")
    assert rules(found, "quirk") == [f"quirk.Y{number}" for number in (13, 3, 4, 6, 7)]
    assert numbers(verdict) == {
        "views started": (1, 1),
        "views ended": (1, 0),
        "pre-roll ads": (2, 2),
        "mid-roll ads": (1, 1),
        "errors": (0, 1),
        "played": (35, 35),
        "paused": (4, 0),
    }


def test_youbora_knows_where_the_content_stands_in_an_ad() -> None:
    told = messages(WHOLE.replace("3 Ad Started", "3 Ad Started content.position=0"))
    for one in told:
        if one["event"] == "Video Playback Paused":
            one["properties"]["position"] = 20
    assert "at Video Playback Paused" not in "".join(one.message for one in checked(told, "Youbora")[0])
    assert "playhead is shown as 39 while the content is at 20" in "".join(
        one.message for one in checked(WHOLE.replace("Ad Started 0 pod_id=m", "Ad Started - pod_id=m"), "Youbora")[0]
    )


def test_what_no_sender_can_mend_says_so() -> None:
    found = {one.rule: one.override for one in checked(ADS, "Youbora")[0]}
    assert found["quirk.Y3"] is False
    assert found["quirk.Y11"] is True
    assert found["quirk.Y6"] is True, "who is called may come back, and has not"
    left = {one.rule: one.override for one in checked(PLAIN, "Youbora")[0]}
    assert left["quirk.Y6"] is True


def test_youbora_told_in_its_own_words_is_right() -> None:
    words = {"pre-roll": "pre", "mid-roll": "mid", "post-roll": "post"}
    told = messages(WHOLE.replace("mid-roll", "post-roll").replace("m asset_id", "m type=post-roll asset_id"))
    assert "quirk.Y1" in rules(checked(told, "Youbora")[0])
    for one in told:
        if one["event"] == "Video Ad Started":
            one["properties"]["ad_type"] = words[one["properties"]["type"]]
    assert "quirk.Y1" not in rules(checked(told, "Youbora")[0])


LIVE = """
0 Playback Started position=- livestream=true total_length=null
1 Ad Started 0 type=pre-roll
16 Ad Completed 15 type=pre-roll
16 Content Started {at} livestream=true total_length=null
30 Playback Paused {playback}
34 Playback Resumed {playback}
40 Playback Exited {playback}
"""


@pytest.mark.parametrize("live", [True, False])
@pytest.mark.parametrize(("at", "playback"), [("position=null", "1"), ("1795310000", "1795310020"), ("0", "1")])
def test_youbora_has_no_playhead_of_what_has_no_position(at: str, playback: str, live: bool) -> None:
    story = LIVE.format(at=at, playback=playback)
    found = checked(story if live else story.replace("livestream=true", "livestream=false"), "Youbora")[0]
    told = [one.message for one in found if one.rule == "quirk.Y4"]
    assert not any("e+09" in text or "at -" in text for text in told)
    assert not (live and told)


def test_youbora_takes_kilobits_for_bits() -> None:
    story = "0 Playback Started\n1 Content Started 0 bitrate={}\n5 Playback Exited 4\n"
    assert "quirk.Y5" in rules(checked(story.format(760), "Youbora")[0])
    assert "quirk.Y5" not in rules(checked(story.format(760_000), "Youbora")[0])


def test_youbora_makes_one_view_of_two_contents() -> None:
    story = PLAIN.replace(
        "20 Playback Exited 16\n", "20 Content Completed 60\n21 Content Started 0 asset_id=d pod_id=d-1\n"
    )
    found, (verdict,) = checked(story, "Youbora")
    assert "quirk.Y8" in rules(found)
    assert numbers(verdict)["views started"] == (2, 1)


def test_adobe() -> None:
    found, (verdict,) = checked(ADS, "Adobe Analytics")
    assert rules(found, "quirk") == ["quirk.A10", "quirk.A2", "quirk.A5", "quirk.A7", "quirk.A9"]
    assert numbers(verdict) == {
        "sessions started": (1, 1),
        "sessions ended": (1, 0),
        "ad breaks": (2, 3),
        "ads": (3, 3),
        "played": (35, 35),
        "paused": (4, 4),
        "playhead behind": (0, 20),
    }


def test_an_event_that_throws_is_lost() -> None:
    found, _ = checked(ADS.replace("asset_id=a1", "asset_id=-", 1), "Adobe Analytics")
    (one,) = [one for one in found if one.rule == "quirk.A6"]
    assert (one.line, one.severity, one.override) == (2, "error", True)
    assert "has no asset_id" in one.message
    check = Check([find_destination("Nielsen DTVR")], accounts={"Nielsen DTVR": {"sendId3Events": None}})
    for line, message in enumerate(messages(PLAIN), 1):
        check.take(line, message)
    (one,) = [one for one in check.close() if one.rule == "simulator.throws"]
    assert (one.severity, one.override) == ("error", None)
    assert "reading 'length'" in one.message


def test_nielsen_measures_nothing_until_told_to() -> None:
    found, (verdict,) = checked(PLAIN, "Nielsen DCR")
    assert "quirk.N1" in rules(found)
    assert numbers(verdict)["contents loaded"] == (1, 0)
    assert set(verdict.fates.values()) == {"ignored"}
    told = messages(PLAIN)
    for one in told:
        one["properties"] |= {"load_type": "dynamic", "airdate": "2026-01-01"}
    found, (verdict,) = checked(told, "Nielsen DCR")
    assert rules(found, "quirk") == ["quirk.N10"]
    assert numbers(verdict) == {
        "contents loaded": (1, 1),
        "ads loaded": (0, 0),
        "playhead told": (16.5, 16),
        "contents ended": (1, 0),
    }


@pytest.mark.parametrize(
    ("airdate", "rule", "text"),
    [
        ("2026-03-05", "", ""),
        ("2026-03-05T09:05:00Z", "", ""),
        ("2026-03-05T21:05:00Z", "quirk.N5", "airdate 2026-03-05T21:05:00Z is 20260305 09:05:00 at Nielsen"),
        ("2026-03-05T21:05:00+12:00", "", ""),
        ("soon", "quirk.N5", "airdate soon is None at Nielsen"),
        (None, "quirk.N15", "no airdate is sent"),
    ],
)
def test_airdates_at_nielsen(airdate: str | None, rule: str, text: str) -> None:
    told = messages("0 Playback Started\n1 Content Started 0 load_type=dynamic\n9 Playback Completed\n")
    told[1]["properties"]["airdate"] = airdate
    found = [one for one in checked(told, "Nielsen DCR")[0] if one.rule in ("quirk.N5", "quirk.N15")]
    assert [one.rule for one in found] == [rule] * bool(rule)
    assert all(text in one.message and one.override is (rule == "quirk.N5") for one in found)


def test_nielsen_dtvr_wants_a_channel_and_linear() -> None:
    assert "quirk.T2" in rules(checked(PLAIN, "Nielsen DTVR")[0])
    told = messages(PLAIN)
    told[1]["properties"] |= {"load_type": "linear", "channel": "c"}
    found, (verdict,) = checked(told, "Nielsen DTVR")
    assert rules(found, "quirk") == ["quirk.T1"]
    assert numbers(verdict)["contents loaded"] == (1, 1)


def test_parsely() -> None:
    found, (verdict,) = checked(PLAIN, "Parsely")
    assert rules(found, "quirk") == ["quirk.P1", "quirk.P3", "quirk.P5"]
    assert numbers(verdict) == {"plays": (1, 1), "pauses": (1, 0), "measured": (16.5, 19.5), "ads": (0, None)}
    told = messages(PLAIN)
    for one in told:
        one["properties"]["asset_id"] = "c"
    assert rules(checked(told, "Parsely")[0], "quirk") == ["quirk.P3"]


def test_several_destinations_in_one_pass_say_what_each_says_alone() -> None:
    names = ["Youbora", "Parsely", "GA4", "Adobe Analytics", "Redshift"]
    together, verdicts = checked(ADS, *names)
    assert [verdict.destination for verdict in verdicts] == [find_destination(name).name for name in names]
    for name, verdict in zip(names, verdicts, strict=True):
        found, (alone,) = checked(ADS, name)
        assert alone == verdict
        assert [one for one in together if one.destination == verdict.destination] == [
            one for one in found if one.destination
        ]


def test_without_a_model_what_is_known_is_told() -> None:
    told = rules(checked(PLAIN, "comScore", origin="ios")[0], "quirk")
    assert "quirk.C1" in told
    assert rules(checked(PLAIN, "comScore", origin="android")[0], "quirk") != told


def test_a_tally_does_not_grow_with_the_stream() -> None:
    told = messages(PLAIN)
    one = Check([find_destination("Youbora"), find_destination("Redshift"), find_destination("Nielsen DCR")])
    sizes = []
    for n in range(200):
        for line, message in enumerate(told, 1):
            one.take(line, {**message, "properties": {**message["properties"], "session_id": f"s{n}"}})
        sizes.append([len(each.tally.seen) for each in one.ones])
    assert sizes[1] == sizes[-1]


# -- what no sender can mend -------------------------------------------------------------------------------------------

ONE_THEN_ANOTHER = "0 Playback Started\n1 Content Started 0\n9 Playback Completed 8\n"


def two(gap: int) -> list[dict[str, Any]]:
    """Two sessions, the second `gap` seconds after the first."""
    sessions = [messages(ONE_THEN_ANOTHER) for _ in range(2)]
    for one in sessions[1]:
        one["properties"]["session_id"] = "other"
        at = datetime.fromisoformat(one["timestamp"]) + timedelta(seconds=gap)
        one["timestamp"] = at.isoformat().replace("+00:00", "Z")
    for each in sessions:
        for one in each:
            one["properties"] |= {"load_type": "dynamic", "airdate": "2026-01-01"}
    return sorted((one for each in sessions for one in each), key=lambda one: one["timestamp"])


@pytest.mark.parametrize(("name", "rule"), [("Adobe Analytics", "quirk.A15"), ("Nielsen DCR", "quirk.N14")])
def test_two_sessions_at_once(name: str, rule: str) -> None:
    [one] = [one for one in checked(two(2), name)[0] if one.rule == rule]
    assert one.override is False
    assert "other" in one.message
    assert rule not in rules(checked(two(20), name)[0])


def test_a_view_whose_content_never_began() -> None:
    told = messages("0 Playback Started\n1 Ad Started 0 type=pre-roll\n5 Playback Exited 4\n")
    [one] = [one for one in checked(told, "Youbora")[0] if one.rule == "quirk.Y12"]
    assert (one.line, one.severity, one.override) == (1, "note", False)
    assert "quirk.Y12" not in rules(checked(ADS, "Youbora")[0])


def test_an_event_that_the_account_lists_is_used() -> None:
    for listed, fate in ((["Video Content Playing"], "delivered"), ([], "ignored")):
        one = Check([find_destination("Nielsen DTVR")], accounts={"nielsen_dtvr": {"sendId3Events": listed}})
        told = messages(
            "0 Playback Started\n1 Content Started 0 load_type=linear channel=c\n2 Content Playing 1 id3=t\n"
        )
        for line, message in enumerate(told, 1):
            one.take(line, message)
        list(one.close())
        assert one.verdicts()[0].fates["Video Content Playing"] == fate
        assert {it.what: it.theirs for it in one.verdicts()[0].numbers}["ID3 tags sent"] == len(listed)


def test_adobe_in_time() -> None:
    story = "0 Playback Started\n1 Content Started 0\n11 Content Playing 10\n12 Playback Paused 11\n20 Playback Resumed 11\n"
    story += "21 Playback Seek Started 12\n23 Playback Seek Completed 40\n24 Content Playing 41\n"
    story += "24 Ad Started 0 type=mid-roll asset_id=a\n34 Ad Completed 10 asset_id=a\n39 Playback Completed 46\n"
    found, (verdict,) = checked(story, "Adobe Analytics")
    told = numbers(verdict)
    assert told["played"] == (18.0, 18.0)
    assert told["paused"] == (8.0, 8.0)
    assert told["playhead behind"] == (0, 10.0)
    [stale] = [one for one in found if one.rule == "quirk.A5"]
    assert (stale.line, stale.count, stale.override) == (3, 3, False)
    fresh = "0 Playback Started\n1 Content Started 0\n" + "".join(f"{s} Content Playing {s - 1}\n" for s in range(2, 9))
    found, (verdict,) = checked(fresh + "9 Playback Completed 8\n", "Adobe Analytics")
    assert "quirk.A5" not in rules(found)
    assert numbers(verdict)["playhead behind"] == (0, 1.0)


def test_adobe_does_not_play_while_it_stalls() -> None:
    story = "0 Playback Started\n1 Content Started 0\n5 Playback Buffer Started 4\n9 Playback Exited 4\n"
    assert numbers(checked(story, "Adobe Analytics")[1][0])["played"] == (4.0, 4.0)


def test_adobe_has_one_break_for_all_sessions() -> None:
    told = [
        {**one, "properties": {**one["properties"], "session_id": name}}
        for name in ("one", "two")
        for one in messages(
            "0 Playback Started\n1 Ad Started 0 type=pre-roll asset_id=a\n9 Ad Completed 8 asset_id=a\n"
        )
    ]
    told.sort(key=lambda one: one["timestamp"])
    [one] = [one for one in checked(told, "Adobe Analytics")[0] if one.rule == "quirk.A16"]
    assert (one.line, one.override) == (4, False)
    assert "two begins an ad while one of one is on" in one.message


def test_parsely_measures_ads_as_the_video() -> None:
    story = "0 Playback Started\n0 Ad Started 0 type=pre-roll\n5 Ad Completed 5\n5 Content Started 0\n"
    story += "15 Ad Started 0 type=mid-roll\n22 Ad Completed 7\n22 Content Playing 10\n"
    story += "30 Playback Interrupted 30 asset_id=c\n"
    found, (verdict,) = checked(story, "Parsely")
    assert numbers(verdict)["measured"] == (18.0, 25.0)
    [one] = [one for one in found if one.rule == "quirk.P7"]
    assert (one.override, "7.0 s of ads" in one.message) == (False, True)
    found, (verdict,) = checked(
        "0 Playback Started\n1 Content Started 0\n9 Playback Paused 8 asset_id=c\n12 Playback Exited 8\n", "Parsely"
    )
    assert numbers(verdict)["measured"] == (8.0, 8.0)
    assert "quirk.P7" not in rules(found)


def test_what_is_in_segments_code_alone() -> None:
    assert "quirk.Y13" in rules(checked(WHOLE, "Youbora")[0])
    assert "quirk.Y13" not in rules(checked(PLAIN, "Youbora")[0])
    for listed, wrong in (
        (["video content started"], True),
        (["Video Content Started"], False),
        (["video ad clicked"], False),
    ):
        check = Check([find_destination("Nielsen DTVR")], accounts={"Nielsen DTVR": {"sendId3Events": listed}})
        for line, message in enumerate(messages(PLAIN), 1):
            check.take(line, message)
        assert ("quirk.T4" in rules(check.close())) is wrong
