"""A check after the overrides: what they are said to mend is gone, and the vendor's numbers are nearer to the true ones."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from overrides.viewings import Viewing

from videospec import replay
from videospec.check import Check, Verdict
from videospec.destinations.places import Origin
from videospec.plugins import find_destination
from videospec.rules.finding import Finding
from videospec.simulators.youbora import Youbora

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
ALL = ("Youbora", "Adobe Analytics", "Nielsen DCR", "Nielsen DTVR", "Parsely", "Recombee", "comScore")
# An ad is still a break of its own at Adobe; the override gives it its place (row A7).
IN_PART = {"quirk.A7"}


def tracks(sample: str) -> list[dict[str, Any]]:
    lines = gzip.decompress((SAMPLES / f"{sample}.jsonl.gz").read_bytes()).splitlines()
    return [json.loads(track.json()) for track in replay(lines)]


def checked(messages: list[dict[str, Any]], *names: str, fix: bool) -> tuple[list[Finding], list[Verdict]]:
    one = Check([find_destination(name) for name in names], fix=fix)
    found = list(one.first())
    for line, message in enumerate(messages, 1):
        found += one.take(line, message)
    found += one.close()
    return found, one.verdicts()


@pytest.mark.parametrize(
    "sample",
    ["hls.js/hlsjs_S7", "hls.js/hlsjs_S7skip", "video.js/videojs_S9", "html5/html5_S2", "shaka-player/shaka_S3"],
)
def test_what_an_override_is_said_to_mend_is_gone(sample: str) -> None:
    messages = tracks(sample)
    before, _ = checked(messages, *ALL, fix=False)
    after, _ = checked(messages, *ALL, fix=True)
    assert before
    promised = {(one.destination, one.rule) for one in before if one.override} - {
        (d, rule) for d in ALL for rule in IN_PART
    }
    assert promised
    assert not promised & {(one.destination, one.rule) for one in after}
    assert not any(one.override for one in after)
    assert sum(one.severity == "error" for one in after) < sum(one.severity == "error" for one in before)


def test_youbora_counts_the_ads_where_they_were() -> None:
    messages = tracks("hls.js/hlsjs_S7")
    for fix, there in ((False, {"pre-roll ads": 2, "mid-roll ads": 2}), (True, {"pre-roll ads": 2, "mid-roll ads": 1})):
        _, (verdict,) = checked(messages, "Youbora", fix=fix)
        numbers = {one.what: (one.true, one.theirs) for one in verdict.numbers}
        assert {what: numbers[what][1] for what in there} == there
        assert numbers["post-roll ads"] == (1, int(fix))


def test_two_contents_are_two_views_at_youbora() -> None:
    messages = tracks("video.js/videojs_S9")
    for fix in (False, True):
        found, (verdict,) = checked(messages, "Youbora", fix=fix)
        started = next(one for one in verdict.numbers if one.what == "views started")
        assert (started.true, started.theirs) == (2, 1 + fix)
        assert any(one.rule == "quirk.Y8" for one in found) != fix


@pytest.mark.parametrize("fix", [False, True])
def test_memory_is_by_live_session(fix: bool) -> None:
    # two contents: with the override, two sessions at Youbora
    check = Check([find_destination("Youbora")], fix=fix)
    for line, message in enumerate(tracks("video.js/videojs_S9"), 1):
        check.take(line, message)
    (one,) = check.ones
    assert one.pages is not None
    (page,) = one.pages.pages.values()
    youbora = page.integration
    assert isinstance(youbora, Youbora)
    list(check.lint.close())
    assert not youbora.plugins
    assert not one.pages.pages


@pytest.mark.parametrize("method", ["timeout", "network loss", "error:3", "background"])
def test_an_interruption_that_nobody_goes_on_from(method: str) -> None:
    messages = tracks("dash.js/dashjs_S14")
    messages[-1]["properties"]["method"] = method
    ends = {"quirk.Y6", "quirk.A10", "quirk.N10"}
    plain, _ = checked(messages, "Youbora", "Adobe Analytics", "Nielsen DCR", fix=False)
    told = {one.rule: one.override for one in plain if one.rule in ends and one.destination != "Nielsen DCR"}
    assert told == {"quirk.Y6": True, "quirk.A10": True}
    after, verdicts = checked(messages, "Youbora", "Adobe Analytics", "Nielsen DCR", fix=True)
    assert not {*ends, "quirk.Y7"} & {one.rule for one in after}
    assert not any(one.override for one in after)
    ended = [one for verdict in verdicts for one in verdict.numbers if one.what.endswith(" ended")]
    assert [(one.true, one.theirs) for one in ended] == [(1, 1)] * 3


def test_a_session_without_a_last_event_is_closed_by_no_override() -> None:
    messages = tracks("dash.js/dashjs_S14")[:-1]
    for fix in (False, True):
        found, _ = checked(messages, "Youbora", fix=fix)
        (left,) = [one for one in found if one.rule == "quirk.Y6"]
        assert left.override is False
        assert "has no last event that an override could mend" in left.message


@pytest.mark.parametrize(
    ("name", "origin", "quirk", "last"),
    [
        ("comScore", "ios", "C6", ("Playing", 9, 5)),
        ("comScore", "android", "C11", ("Started", 9, 0)),
        ("Recombee", "server", "R5", None),
    ],
)
def test_what_a_message_shows_is_gone_with_the_override(name: str, origin: Origin, quirk: str, last: Any) -> None:
    view = Viewing().started().content("Started", 1, 0).playback("Paused", 5, 4).playback("Resumed", 8, 4)
    if last is not None:
        (view.ad if last[0] == "Started" else view.content)(*last)
    found = []
    for fix in (False, True):
        one = Check([find_destination(name)], origin, fix=fix)
        for line, message in enumerate(view.messages, 1):
            one.take(line, message)
        found.append([told.override for told in one.close() if told.rule == f"quirk.{quirk}"])
    assert found == [[True], []]


def test_nielsen_measures_what_it_did_not() -> None:
    messages = tracks("hls.js/hlsjs_S7")
    for fix in (False, True):
        found, (verdict,) = checked(messages, "Nielsen DCR", fix=fix)
        assert {one.what: one.theirs for one in verdict.numbers}["ads loaded"] == 4 * fix
        assert any(one.rule == "need.lost" for one in found) != fix
        assert (verdict.fates["Video Content Started"] == "ignored") != fix


@pytest.mark.parametrize(
    ("options", "lines"),
    [
        ({}, 2),
        ({"adLoadType": "dynamic"}, 0),
        ({"ad_load_type": "dynamic"}, 0),
        ({"adLoadType": "linear"}, 2),
        ({"hasAds": True}, 2),
    ],
)
def test_an_option_stands_in_for_a_property(options: dict[str, Any], lines: int) -> None:
    # the first that tells the shape has the option: those that follow are asked for it all the same
    messages = tracks("hls.js/hlsjs_S7")
    told = [{**one, "integrations": {"nielsen-dcr": options}} for one in messages]
    found, _ = checked(told, "Nielsen DCR", fix=False)
    assert sum(one.count for one in found if one.field == "properties.load_type") == lines
    met = [{**one, "integrations": {"nielsen-dcr": {"adLoadType": "dynamic"}}} for one in messages]
    found, _ = checked([*met, *told], "Nielsen DCR", fix=False)
    assert sum(one.count for one in found if one.field == "properties.load_type") == lines


def dynamic(view: Viewing) -> Viewing:
    """The same, said in the way that Nielsen DCR measures."""
    for one in view.messages:
        one["properties"]["load_type"] = "dynamic"
    return view


def spelled(view: Viewing) -> Viewing:
    """The same under names that Segment's code for Adobe does not know."""
    for one in view.messages:
        one["event"] = one["event"].lower().replace(" ", "_")
    return view


def begun() -> Viewing:
    return Viewing().started().content("Started", 1, 0)


def over(view: Viewing) -> Viewing:
    return view.content("Completed", 60, 59, total_length=59).playback("Completed", 60, 59)


IN_MODELS: list[tuple[str, str, bool, Viewing]] = [
    ("Youbora", "Y2", True, over(begun().playback("Paused", 5, 4, ad_asset_id=[]).playback("Resumed", 9, 4))),
    ("Youbora", "Y11", True, over(Viewing().started().ad("Started", 1, 0, "pre-roll").content("Started", 2, 0))),
    ("Youbora", "Y14", False, over(begun().playback("Paused", 5, 4).playback("Seek Started", 7, 4))),
    ("Youbora", "Y14", False, over(begun().playback("Seek Started", 5, 4).playback("Paused", 7, 4))),
    ("Adobe Analytics", "A6", True, over(begun().ad("Started", 5, 0, asset_id=None))),
    ("Adobe Analytics", "A6", True, over(Viewing().ad("Started", 0, 0).started().content("Started", 1, 0))),
    ("Adobe Analytics", "A12", True, over(begun().ad("Started", 5, 0).ad("Completed", 9, 4))),
    ("Adobe Analytics", "A17", True, over(begun()).playback("Paused", 61, 59)),
    ("Adobe Analytics", "A17", True, spelled(over(begun()))),
    ("Nielsen DCR", "N4", True, dynamic(over(begun().playback("Resumed", 5, 4, content_asset_id="show-2")))),
    (
        "Nielsen DCR",
        "N17",
        True,
        dynamic(over(begun().playback("Paused", 5, 4).playback("Seek Completed", 6, 9).playback("Resumed", 20, 9))),
    ),
    (
        "Nielsen DCR",
        "N18",
        False,
        dynamic(over(begun().content("Playing", 5.5, 4).content("Playing", 9.4, 8).content("Playing", 11.3, 10))),
    ),
    ("Parsely", "P8", False, over(begun().playback("Buffer Started", 5, 4).playback("Buffer Completed", 9, 4))),
]


@pytest.mark.parametrize(("name", "quirk", "mended", "view"), IN_MODELS)
def test_what_a_model_shows_is_told(name: str, quirk: str, mended: bool, view: Viewing) -> None:
    told = [
        [one.override for one in checked(view.messages, name, fix=fix)[0] if one.rule == f"quirk.{quirk}"]
        for fix in (False, True)
    ]
    assert told == ([[True], []] if mended else [[False], [False]])
    plain = over(begun()).messages
    assert f"quirk.{quirk}" not in {one.rule for one in checked(plain, name, fix=False)[0]}


def test_the_tags_that_dtvr_is_sent() -> None:
    view = over(begun().content("Playing", 11, 10).content("Playing", 21, 20))
    for number, one in enumerate(view.messages):
        one["properties"] |= {"load_type": "dynamic", "id3": f"tag-{number}"}
    lists = {"Nielsen DTVR": {"sendId3Events": ["Video Content Playing"]}}
    for fix, sent in ((False, 2), (True, 0)):
        check = Check([find_destination("Nielsen DTVR")], fix=fix, accounts=lists)
        for line, message in enumerate(view.messages, 1):
            check.take(line, message)
        told = {one.rule: one.override for one in check.close() if one.rule.startswith("quirk")}
        assert told == ({} if fix else {"quirk.T3": False, "quirk.T9": True})
        (tags,) = [one for one in check.verdicts()[0].numbers if one.what == "ID3 tags sent"]
        assert tags.theirs == sent


@pytest.mark.parametrize("lists", [None, [], ["Video Content Started"], ["Video Content Playing"]])
def test_an_id3_tag_is_asked_of_listed_events(lists: list[str] | None) -> None:
    account = {} if lists is None else {"sendId3Events": lists}
    check = Check([find_destination("Nielsen DTVR")], accounts={"Nielsen DTVR": account})
    view = over(begun().content("Playing", 11, 10))
    for one in view.messages:
        one["properties"] |= {"load_type": "linear"}
    for line, message in enumerate(view.messages, 1):
        check.take(line, message)
    asked = [one.line for one in check.close() if one.field == "properties.id3"]
    # of an account that is not told, the events that usually have one
    assert (
        asked
        == {None: [2], "": [], "Video Content Started": [2], "Video Content Playing": [3]}[
            lists if lists is None else "".join(lists)
        ]
    )


def test_a_pod_is_no_other_content() -> None:
    """Numbers after the overrides are the true ones where nothing is left to tell."""
    view = begun().content("Completed", 9, 8).ad("Started", 9, 0).ad("Completed", 19, 10)
    over(view.content("Started", 19, 8, pod_id="pod-2"))
    for one in view.messages:
        one["properties"]["channel"] = "ch"
    for name, what in (("Nielsen DCR", "contents loaded"), ("Nielsen DTVR", "contents loaded"), ("Parsely", "plays")):
        _, (verdict,) = checked(view.messages, name, fix=True)
        (number,) = [one for one in verdict.numbers if one.what == what]
        assert (number.true, number.theirs) == (1, 1 if name != "Nielsen DTVR" else number.theirs)
