"""Events under other names than the Video Spec's: what each destination without a model takes them for."""

from typing import Any

import pytest
from rules.story import messages

from videospec.check import Check
from videospec.destinations.destination import EVERY, Destination
from videospec.destinations.places import PLATFORMS, Origin
from videospec.plugins import all_destinations, find_destination
from videospec.simulators import find_simulator
from videospec.simulators.integration import Page

STORY = """
0 Playback Started
1 Content Started 0
11 Content Playing 10
20 Playback Paused 19
25 Playback Completed 60
"""
ALL = list(all_destinations().values())
SNAKE, JOINED, TURNED, LOUD = "video_{0}_{1}", "Video{0}{1}", "{1} Video {0}", "VIDEO {0} {1}"


def renamed(how: str) -> list[dict[str, Any]]:
    told = messages(STORY)
    for one in told:
        thing, action = one["event"].split()[1:]
        one["event"] = how.format(thing.lower(), action.lower()) if how == SNAKE else how.format(thing, action)
        one["event"] = one["event"].upper() if how == LOUD else one["event"]
    return told


def names(
    told: list[dict[str, Any]], name: str, origin: Origin = "web", *, fix: bool = False
) -> tuple[list[tuple[str, str, bool | None]], dict[str, str]]:
    one = Check([find_destination(name)], origin, fix=fix)
    for line, message in enumerate(told, 1):
        one.take(line, message)
    found = [it for it in one.close() if it.rule.startswith("name.")]
    return [(it.rule, it.message, it.override) for it in found], dict(one.verdicts()[0].fates)


@pytest.mark.parametrize(
    ("name", "origin", "taken", "rule"),
    [
        ("comScore", "ios", "", "name.lost"),
        ("Recombee", "server", "", "name.lost"),
        ("Adobe Analytics", "android", "", "name.lost"),
        ("Nielsen DCR", "ios", "", "name.lost"),
        ("Nielsen DTVR", "ios", LOUD, "name.lost"),
        ("Nielsen DTVR", "android", "", "name.lost"),
        ("Pinterest Tag", "web", SNAKE + JOINED + TURNED + LOUD, ""),
        ("IBM UBX", "server", "", "name.unread"),
        ("Mixpanel", "web", "", "name.other"),
        ("Amplitude", "ios", "", "name.other"),
        ("Google Analytics 4 Cloud", "web", "", "name.other"),
        ("HubSpot", "server", SNAKE + LOUD, "name.other"),
        ("HubSpot", "web", "", "name.other"),
        ("BigQuery", "web", SNAKE + JOINED + LOUD, "name.other"),
    ],
)
@pytest.mark.parametrize("how", [SNAKE, JOINED, TURNED, LOUD])
def test_what_a_name_is_taken_for(name: str, origin: Origin, taken: str, rule: str, how: str) -> None:
    told, fates = names(renamed(how), name, origin)
    assert {one[0] for one in told} == (set() if how in taken else {rule})
    plain, heard = names(messages(STORY), name, origin)
    assert plain == []
    if rule == "name.lost" and how not in taken:
        assert set(fates.values()) == {"ignored"}
        assert set(heard.values()) != {"ignored"}
    elif how in taken:
        assert set(fates) == set(heard)


def test_spaces_and_underscores_are_one_to_google() -> None:
    told = messages(STORY)
    for one in told:
        one["event"] = one["event"].replace(" ", "_")
    assert names(told, "GA4")[0] == []
    assert {one[0] for one in names(told, "Mixpanel")[0]} == {"name.other"}


@pytest.mark.parametrize(("name", "origin"), [("comScore", "ios"), ("Recombee", "web"), ("IBM UBX", "web")])
def test_an_override_sends_the_name_that_is_taken(name: str, origin: Origin) -> None:
    (told,), _ = names(renamed(SNAKE), name, origin)
    assert told[2] is True
    assert names(renamed(SNAKE), name, origin, fix=True)[0] == []


def test_one_that_takes_every_name_is_sent_what_it_was_called() -> None:
    (told,), _ = names(renamed(TURNED), "Mixpanel")
    assert told[2] is False
    assert names(renamed(TURNED), "Mixpanel", fix=True)[0] == [told]


@pytest.mark.parametrize("it", ALL, ids=lambda it: it.name)
def test_whoever_reads_names_has_a_row_of_which(it: Destination) -> None:
    for platform in it.platforms:
        if used := it.used(platform):
            told = [row for row in it.spellings if row.holds_on(platform)]
            assert len(told) == 1 or (not told and set(used) >= set(EVERY)), (it.name, platform)


@pytest.mark.parametrize("it", [it for it in ALL if it.simulated], ids=lambda it: it.name)
def test_a_model_takes_the_names_that_its_row_says(it: Destination) -> None:
    (row,) = [row for row in it.spellings if row.holds_on("web")]
    kind = find_simulator(it.name)
    assert kind is not None
    integration = Page(kind, {}).integration
    assert PLATFORMS["device-web"] == ("web",)
    taken = {"words": {SNAKE, JOINED, TURNED, LOUD}, "case": {LOUD}}[row.reads]
    heard = [one for one in messages(STORY) if integration.knows(one["event"])]
    for how in (SNAKE, JOINED, TURNED, LOUD):
        for one, plain in zip(renamed(how), messages(STORY), strict=True):
            if plain in heard:
                assert integration.knows(one["event"]) == (how in taken), (one["event"], it.name)
