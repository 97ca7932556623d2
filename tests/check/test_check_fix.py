"""A check after the overrides: what they are said to mend is gone, and the vendor's numbers are nearer to the true ones."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from overrides.viewings import Viewing

from videospec import replay
from videospec.check import Check, Verdict
from videospec.destinations.destination import Origin
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
    assert one.page is not None
    youbora = one.page.integration
    assert isinstance(youbora, Youbora)
    list(check.lint.close())
    assert not youbora.plugins


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
