"""Quirks of destinations without a model: each is told of the messages that show it, and of no others."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from overrides.viewings import START, Viewing

from videospec.check import Check
from videospec.destinations.places import Origin
from videospec.plugins import destination_names, find_destination
from videospec.rules.finding import Finding

ALL = [find_destination(name) for name in destination_names()]
LIVE: dict[str, Any] = {"livestream": True, "total_length": None}
NO_NUMBER: Any = None
Story = Callable[[Viewing], Viewing]


def checked(view: Viewing, name: str, origin: Origin, now: datetime | None = None) -> list[Finding]:
    one = Check([find_destination(name)], origin, now)
    for line, message in enumerate(view.messages, 1):
        one.take(line, message)
    return list(one.close())


def told(view: Viewing, name: str, origin: Origin, rule: str) -> list[tuple[int | None, int]]:
    """The line and the count of a rule's findings."""
    return [(one.line, one.count) for one in checked(view, name, origin) if one.rule == rule]


def given(view: Viewing, **message: Any) -> Viewing:
    """The same, with more in the last message."""
    view.messages[-1] |= message
    return view


def copied(view: Viewing) -> Viewing:
    return given(view, context={"videospec": {"copy_for": "Youbora"}})


# The destination, where from, the quirk, what shows it (in its last message) and what does not.
SHOWN: list[tuple[str, Origin, str, Story, Story]] = [
    (
        "Amplitude",
        "server",
        "AM1",
        lambda view: view.content("Playing", 1, 1),
        lambda view: given(view.content("Playing", 1, 1), integrations={"Actions Amplitude": {"session_id": 1}}),
    ),
    *(
        (name, "server", quirk, lambda view: copied(view.started()), lambda view: view.started())
        for name, quirk in (("BigQuery", "BQ1"), ("Redshift", "RS1"), ("Snowflake", "SN1"))
    ),
    ("comScore", "android", "C1", lambda view: view.started(), lambda view: view.started(asset_id="show-1")),
    (
        "comScore",
        "android",
        "C2",
        lambda view: view.content("Started", 1, 5),
        lambda view: view.content("Started", 1, 0).content("Started", 1, 5, playbackPosition=5000),
    ),
    (
        "comScore",
        "ios",
        "C3",
        lambda view: view.playback("Seek Completed", 1, 5),
        lambda view: view.playback("Seek Completed", 1, 5, seek_position=5),
    ),
    (
        "comScore",
        "ios",
        "C4",
        lambda view: view.content("Started", 1, 0),
        lambda view: view.content("Started", 1, 1).content("Playing", 1, False),
    ),
    (
        "comScore",
        "ios",
        "C5",
        lambda view: view.content("Started", 1, 0).ad("Started", 2, 0).ad("Completed", 9, 7).content("Playing", 9, 1),
        lambda view: view.content("Started", 1, 0).ad("Started", 2, 0).ad("Completed", 9, 7).content("Started", 9, 1),
    ),
    (
        "comScore",
        "ios",
        "C6",
        lambda view: view.started().content("Started", 1, 0).playback("Paused", 5, 4).content("Playing", 9, 4),
        lambda view: view.started().playback("Paused", 0, 0).content("Started", 1, 0).content("Playing", 9, 8),
    ),
    (
        "comScore",
        "android",
        "C11",
        lambda view: view.started().content("Started", 1, 0).playback("Resumed", 5, 4).ad("Started", 9, 0),
        lambda view: view.started().playback("Resumed", 0, 0).content("Started", 1, 0).ad("Started", 9, 0),
    ),
    (
        "comScore",
        "ios",
        "C7",
        lambda view: view.started().content("Started", 1, 0).playback("Exited", 9, 8),
        lambda view: view.started().content("Started", 1, 0).content("Completed", 9, 8).playback("Exited", 9, 8),
    ),
    (
        "comScore",
        "ios",
        "C8",
        lambda view: view.content("Completed", 1, 50),
        lambda view: view.content("Completed", 1, 199).content("Completed", 1, 50, total_length=None),
    ),
    (
        "comScore",
        "ios",
        "C9",
        lambda view: view.started(ad_type=["pre-roll"]),
        lambda view: view.started(ad_type="pre-roll"),
    ),
    (
        "comScore",
        "ios",
        "C10",
        lambda view: view.content("Playing", 1, 5, **LIVE),
        lambda view: view.content("Playing", 1, 5).content("Playing", 1, NO_NUMBER, **LIVE),
    ),
    (
        "IBM UBX",
        "server",
        "UBX1",
        lambda view: given(view.started(), integrations={"IBM UBX": {"channel": "c"}}),
        lambda view: given(view.started(), integrations={"IBM UBX": True, "ibm-ubx": {"channel": "c"}}),
    ),
    ("Pinterest Tag", "web", "PT1", lambda view: view.content("Playing", 1, 5), lambda view: view.started()),
    (
        "Recombee",
        "server",
        "R2",
        lambda view: view.content("Playing", 1, 5),
        lambda view: view.content("Playing", 1, 5, session="s").content("Started", 1, 5),
    ),
    (
        "Recombee",
        "server",
        "R4",
        lambda view: view.content("Playing", 1, -5),
        lambda view: view.content("Playing", 1, 0).content("Playing", 1, NO_NUMBER),
    ),
    (
        "Recombee",
        "server",
        "R5",
        lambda view: view.content("Started", 1, 0).playback("Paused", 5, 4),
        lambda view: view.content("Started", 1, 0).playback("Paused", 5, 4, total_length=201),
    ),
    ("Recombee", "server", "R7", lambda view: view.playback("Exited", 1, 5), lambda view: view.started()),
    (
        "Salesforce",
        "server",
        "SF1",
        lambda view: view.started(),
        lambda view: given(view.started(), integrations={"Salesforce": True}),
    ),
    ("Salesforce", "server", "SF2", lambda view: view.content("Playing", 1, 5), lambda view: view.started()),
    (
        "Nielsen DCR",
        "ios",
        "N11",
        lambda view: view.content("Started", 1, 0),
        lambda view: view.content("Started", 1, 0, total_length="200"),
    ),
    (
        "Nielsen DCR",
        "ios",
        "N15",
        lambda view: view.content("Started", 1, 0, airdate=None),
        lambda view: view.content("Started", 1, 0),
    ),
    (
        "Adobe Analytics",
        "android",
        "A4",
        lambda view: view.playback("Seek Completed", 1, 5),
        lambda view: view.playback("Seek Completed", 1, 5, seek_position=5),
    ),
    (
        "Adobe Analytics",
        "android",
        "A13",
        lambda view: view.playback("Started", 0, 0, **LIVE),
        lambda view: view.playback("Started", 0, 0, livestream=True).playback("Started", 0, 0, total_length=None),
    ),
]

AT_END = {quirk.id for one in ALL for quirk in one.quirks if quirk.at_end}


@pytest.mark.parametrize(("name", "origin", "quirk", "shows", "does_not"), SHOWN, ids=[row[2] for row in SHOWN])
def test_a_quirk_is_told_where_it_is_shown(
    name: str, origin: Origin, quirk: str, shows: Story, does_not: Story
) -> None:
    once = shows(Viewing())
    assert told(once, name, origin, f"quirk.{quirk}") == [(len(once.messages), 1)]
    twice = Viewing()
    twice.messages = [*once.messages, *once.messages]
    # what is asked at the end is asked once of a session
    counted = (len(twice.messages), 1) if quirk in AT_END else (len(once.messages), 2)
    assert told(twice, name, origin, f"quirk.{quirk}") == [counted]
    assert told(does_not(Viewing()), name, origin, f"quirk.{quirk}") == []


def test_every_sign_has_its_case() -> None:
    signed = {quirk.id for one in ALL for quirk in one.quirks if quirk.shown is not None}
    assert signed == {row[2] for row in SHOWN}


def test_what_a_limit_tells_is_told_once() -> None:
    view = Viewing().started(ad_type=["pre-roll"])
    found = checked(view, "GA4", "server")
    [lists] = [one for one in found if one.rule == "limit.values"]
    assert (lists.override, lists.line, lists.severity) == (True, 1, "error")
    assert [one.rule for one in found if one.rule.startswith("quirk")] == ["quirk.GA4"]
    hubspot = [one for one in checked(view, "HubSpot", "server") if one.rule == "limit.values"]
    assert [one.override for one in hubspot] == [False]
    long = checked(Viewing().content("Started", 1, 0, description="d" * 200), "GA4", "server")
    assert [one.override for one in long if one.rule == "limit.text-length"] == [None]


def test_an_override_is_one_of_the_platform() -> None:
    view = Viewing().content("Started", 1, 5)
    platforms: tuple[tuple[Origin, bool], ...] = (("android", True), ("ios", False))
    for origin, mended in platforms:
        [one] = [one for one in checked(view, "comScore", origin) if one.rule == "quirk.C2"]
        assert one.override is mended


NOW = datetime.fromtimestamp(START / 1000, UTC) + timedelta(hours=72)


@pytest.mark.parametrize(("later", "count"), [(0, 0), (5, 1), (11, 2), (100, 3)])
def test_what_would_be_too_old_if_it_were_sent_now(later: int, count: int) -> None:
    view = Viewing().content("Started", 1, 0).content("Playing", 10, 9).content("Playing", 20, 19)
    found = [
        one for one in checked(view, "GA4", "server", NOW + timedelta(seconds=later)) if one.rule == "limit.oldest"
    ]
    assert [(one.line, one.count, one.severity) for one in found] == [(1, count, "warning")] * bool(count)


def test_without_a_now_the_age_is_a_note() -> None:
    [one] = [one for one in checked(Viewing().started(), "GA4", "server") if one.rule == "limit.oldest"]
    assert (one.severity, one.line) == ("note", None)


def test_a_content_has_to_begin_anew_where_it_goes_on_after_an_ad_and_nowhere_else() -> None:
    """After a post-roll none comes back; what a later ad hides is told too."""
    rolls = Viewing().started().content("Started", 1, 0)
    for begins in (10, 50):
        rolls.content("Completed", begins, begins).ad("Started", begins, 0).ad("Completed", begins + 30, 30)
        if begins == 10:
            rolls.content("Playing", 45, 15)
    assert told(rolls, "comScore", "ios", "order.after") == [(5, 1)]
    back = Viewing().started().content("Started", 1, 0).ad("Started", 10, 0).ad("Completed", 40, 30)
    assert told(back.content("Started", 40, 10).content("Playing", 50, 20), "comScore", "ios", "order.after") == []
