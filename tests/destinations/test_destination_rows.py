"""The rows of all destinations: none that is wrong can land, and what was read of each is what its rows say."""

from typing import Any, cast

import pytest
from attrs import evolve

from videospec.destinations.destination import (
    EVERY,
    Destination,
    Ignored,
    Key,
    Need,
    Order,
    Quirk,
    Unreached,
    Use,
    others,
)
from videospec.destinations.faults import faults
from videospec.destinations.limits import NotAbove, NotZero, Required, TextLength
from videospec.destinations.overrides import Copy, Drop, Override
from videospec.destinations.places import REACHES
from videospec.destinations.sources import SOURCES, Source, citations
from videospec.plugins import destination_names, find_destination
from videospec.spec.events import EVENTS

ALL = [find_destination(name) for name in destination_names()]
YOUBORA, RECOMBEE, ADOBE = map(find_destination, ("Youbora", "Recombee", "Adobe Analytics"))
STARTED = "Video Playback Started"


def test_no_row_is_wrong() -> None:
    assert list(faults(ALL)) == []


def test_the_name_of_an_entry_point_is_the_destinations() -> None:
    assert destination_names() == [one.name for one in ALL]


# -- what was read -----------------------------------------------------------------------------------------------------

WANTED = (
    "Youbora, Adobe Analytics, Nielsen DCR, Nielsen DTVR, comScore, Parsely, Pinterest Tag, Recombee, IBM UBX, Chartbeat, "
    "Google Analytics 4 Cloud, Mixpanel, Amplitude, HubSpot, Salesforce, Customer.io, Mailchimp, Facebook Conversions API, "
    "Google Ads, BigQuery, Snowflake, Redshift"
)


def test_every_destination_that_is_wanted_is_there() -> None:
    assert {find_destination(name).name for name in WANTED.split(", ")} == {one.name for one in ALL}


@pytest.mark.parametrize(
    ("name", "reach"),
    [
        ("Youbora", ["device-web"]),
        ("Adobe Analytics", ["device-web", "device-ios", "device-android"]),
        ("Nielsen DCR", ["device-web", "device-ios", "device-android"]),
        ("Nielsen DTVR", ["device-web", "device-ios", "device-android"]),
        ("comScore", ["device-ios", "device-android"]),
        ("Parsely", ["device-web"]),
        ("Pinterest Tag", ["device-web"]),
        ("Recombee", ["cloud-web", "server"]),
        ("IBM UBX", ["cloud-web", "cloud-mobile", "server"]),
        ("Chartbeat", []),
        ("Mailchimp", []),
        ("Google Analytics 4 Cloud", ["cloud-web", "server"]),
        ("BigQuery", ["cloud-web", "cloud-mobile", "server"]),
    ],
)
def test_reach(name: str, reach: list[str]) -> None:
    assert list(find_destination(name).reach) == reach


def test_no_destination_is_reached_by_a_delivery_that_is_not_there() -> None:
    assert [one.name for one in ALL if "direct" in one.reach] == []


@pytest.mark.parametrize(
    ("name", "ignored"),
    [
        (
            "Youbora",
            "Playback Exited, Content Completed, Ad Playing, Ad Skipped, Quality Updated",
        ),
        ("comScore", "Playback Completed, Playback Exited, Ad Skipped, Ad Clicked, Quality Updated"),
        ("Nielsen DCR", "Ad Skipped, Ad Clicked, Quality Updated"),
        ("Adobe Analytics", "Playback Exited, Ad Playing, Ad Clicked"),
        ("Redshift", ""),
    ],
)
def test_what_is_ignored(name: str, ignored: str) -> None:
    assert ", ".join(event.removeprefix("Video ") for event in find_destination(name).unused()) == ignored


@pytest.mark.parametrize(
    ("name", "used"),
    [
        ("Recombee", "Playback Started, Playback Paused, Playback Completed, Content Playing"),
        ("Parsely", "Playback Paused, Playback Interrupted, Content Started"),
        ("Pinterest Tag", "Playback Started"),
        ("IBM UBX", "Playback Started, Playback Paused, Playback Resumed, Content Completed"),
        ("Chartbeat", ""),
    ],
)
def test_what_is_used(name: str, used: str) -> None:
    assert ", ".join(event.removeprefix("Video ") for event in find_destination(name).used()) == used


def test_what_is_used_where_platforms_differ() -> None:
    dcr = find_destination("Nielsen DCR")
    assert STARTED not in dcr.used("web")
    assert set(dcr.used("kotlin")) - set(dcr.used("web")) == {STARTED}
    assert set(ADOBE.used("web")) - set(ADOBE.used("ios")) == {"Video Content Playing"}
    assert set(ADOBE.used("ios")) - set(ADOBE.used("web")) == {"Video Ad Break Started", "Video Ad Break Completed"}
    assert isinstance(ADOBE.told("Video Content Playing", "web"), Use)
    assert isinstance(ADOBE.told("Video Content Playing", "swift"), Ignored)
    assert ADOBE.told("Video Ad Break Started", "web") is None


def test_the_names_that_turn_a_destination_on() -> None:
    assert find_destination("Nielsen DCR").switches == ("Nielsen DCR",)
    assert find_destination("comScore").switches == ("comScore",)
    assert find_destination("Mixpanel").switches == ("Mixpanel (Actions)", "Mixpanel")
    assert find_destination("Snowflake").switches == ()


def test_from_where_it_is_reached() -> None:
    assert YOUBORA.reached_from("web") == ("device-web",)
    assert YOUBORA.reached_from("server") == YOUBORA.reached_from("ios") == ()
    assert RECOMBEE.reached_from("web") == ("cloud-web",)
    assert RECOMBEE.reached_from("server") == ("server",)
    assert find_destination("comScore").reached_from("web") == ()


@pytest.mark.parametrize(
    ("letter", "last"), [("Y", 14), ("A", 18), ("N", 19), ("T", 10), ("C", 11), ("P", 8), ("R", 7)]
)
def test_every_quirk_that_was_found_has_a_row(letter: str, last: int) -> None:
    ids = {quirk.id for one in ALL for quirk in one.quirks}
    assert [f"{letter}{n}" for n in range(1, last + 1) if f"{letter}{n}" not in ids] == []


def test_what_counts_active_users_is_a_setting() -> None:
    [one] = [one for one in find_destination("GA4").settings if one.name == "engagement_time_msec"]
    assert one.by == "DOC actions-google-analytics-4"


def test_what_nobody_has_read_is_unproven() -> None:
    """Of BigQuery's limit on names no page could be read; every other fact has a source that somebody read."""
    unproven = [
        (one.name, fact)
        for one in ALL
        for fact in one.facts()
        if not any(SOURCES[citation.tag].proven for citation in citations(fact.by))
    ]
    assert [name for name, _ in unproven] == ["BigQuery"]


def test_citations() -> None:
    assert citations("AJS youbora:1-2; RUN;  SPEC 35,36 ") == (("AJS", "youbora:1-2"), ("RUN", ""), ("SPEC", "35,36"))
    assert citations(" ; ") == ()


def test_others_knows_its_events() -> None:
    assert others(*EVERY[1:]) == EVERY[:1]
    with pytest.raises(ValueError, match="Video Plaback Started"):
        others("Video Plaback Started")


# -- what cannot land --------------------------------------------------------------------------------------------------

_USE = Use(STARTED, "x", by="AJS")
_NEED = Need("position", "integer", "Video Ad Started", "x", by="AJS")
_QUIRK = Quirk("Q1", "x", "sender", "y", by="AJS")


def with_more(it: Destination, **rows: Any) -> Destination:
    """A destination with rows beside its own."""
    return with_else(it, **{name: (*getattr(it, name), row) for name, row in rows.items()})


def with_else(it: Destination, **values: Any) -> Destination:
    """A destination with other values."""
    return evolve(it, **{"checked": it.checked.isoformat(), **values})


BAD: list[tuple[Destination, str]] = [
    (with_else(YOUBORA, name=" "), "no name"),
    (with_else(YOUBORA, about=""), "nothing tells what it is"),
    (with_else(YOUBORA, reach=("web",), uses=(), ignores=()), "no such reach: web"),
    (with_else(YOUBORA, reach=("device-web", "device-web")), "a reach twice"),
    (with_more(YOUBORA, unreached=Unreached(("orbit",), "x", by="AJS")), "no such reach: orbit"),  # type: ignore[arg-type] # the fault
    (with_more(YOUBORA, unreached=Unreached(("device-web",), "x", by="AJS")), "both reached and not: device-web"),
    (with_more(YOUBORA, keys=Key("x", by="")), "Key names no source"),
    (with_more(YOUBORA, keys=Key("x", by="AJS; NPAW docs")), "Key names a source that is not in the table: NPAW"),
    (with_else(YOUBORA, checked="2026-01-01"), "was checked before its source AJS was written"),
    (with_more(YOUBORA, keys=Key("x", by="AJS", on=("kotlin",))), "where it is not reached: kotlin"),
    (with_else(find_destination("comScore"), unread=("swift", "ios")), "where it is not reached: ios"),
    (with_more(YOUBORA, keys=Key("x", by="AJS", on=("roku",))), "names no platform: roku"),  # type: ignore[arg-type] # the fault
    (with_more(YOUBORA, uses=Use("Video Ad Closed", "x", by="AJS")), "neither ours nor an extension: Video Ad Closed"),
    (with_more(YOUBORA, ignores=Ignored("Video Ad Closed", "x", by="AJS")), "neither ours nor an extension"),
    (with_more(YOUBORA, quirks=evolve(_QUIRK, events="Video Ad Closed")), "Quirk names an event"),
    (with_more(YOUBORA, order=Order("Video Ad Closed", "before", STARTED, "x", by="AJS")), "Order names an event"),
    (with_more(YOUBORA, order=Order(STARTED, "before", "Video Ad Closed", "x", by="AJS")), "Order names an event"),
    (with_else(ADOBE, extensions=(STARTED, *ADOBE.extensions)), f"an extension is an event of ours: {STARTED}"),
    (with_more(YOUBORA, needs=evolve(_NEED, properties="postion")), "the Video Spec has not: postion"),
    (with_more(YOUBORA, needs=evolve(_NEED, properties="contents.title")), "has not: contents.title"),
    (with_more(YOUBORA, needs=evolve(_NEED, properties="content.tilte")), "has not: content.tilte"),
    (
        with_more(YOUBORA, needs=evolve(_NEED, own=True)),
        "calls a property of the Video Spec the vendor's own: position",
    ),
    (with_more(YOUBORA, needs=evolve(_NEED, events="Video Ad Playing")), "does not use: Video Ad Playing"),
    (with_more(YOUBORA, uses=_USE), f"2 rows tell what becomes of {STARTED} on web"),
    (with_more(YOUBORA, ignores=Ignored(STARTED, "x", by="AJS")), f"2 rows tell what becomes of {STARTED} on web"),
    (with_else(YOUBORA, ignores=()), "0 rows tell what becomes of Video Ad Playing on web"),
    (with_more(YOUBORA, quirks=evolve(_QUIRK, id="y1")), "letters and a number: y1"),
    (with_more(YOUBORA, quirks=evolve(_QUIRK, mender=cast(Any, "vendor"))), "Q1 is mended by vendor"),
    (with_more(YOUBORA, quirks=evolve(_QUIRK, mend=" ")), "Q1 does not say"),
    (with_more(YOUBORA, quirks=evolve(_QUIRK, id="Y1")), "two quirks are called Y1"),
    (with_else(YOUBORA, listed="sendEvents"), "a setting that it has not lists events: sendEvents"),
]
_COST: dict[str, Any] = {"outcome": "event lost", "then": "x", "by": "AJS"}
BAD += [
    (with_more(RECOMBEE, limits=limit), told)
    for limit, told in (
        (Required(("asset",), "string", (STARTED,), **_COST), "has not: asset"),
        (Required(("position",), "number", ("Video Ad Started",), **_COST), "does not use: Video Ad Started"),
        (NotZero("length", (STARTED,), **_COST), "has not: length"),
        (NotAbove("position", "length", (STARTED,), **_COST), "has not: length"),
        (TextLength(9, properties=("tittle",), **_COST), "has not: tittle"),
    )
]


@pytest.mark.parametrize(("bad", "told"), BAD, ids=[told for _, told in BAD])
def test_a_planted_bad_row_is_told(bad: Destination, told: str) -> None:
    known = [one for one in ALL if one.name != bad.name and bad.name.strip()]
    found = list(faults([*known, bad]))
    assert [fault for fault in found if told in fault] != []


@pytest.mark.parametrize("name", ["you-bora", "NPAW", "nielsen-dcr"])
def test_two_destinations_of_one_name_are_told(name: str) -> None:
    twin = with_else(YOUBORA, name=name, also=(), keys=(), quirks=())
    assert len([fault for fault in faults([*ALL, twin]) if "two destinations are called" in fault]) == 1


def test_a_third_party_may_bring_sources_and_names_of_its_own() -> None:
    brought = Source("ACME", "acme.example/docs", date="2026-01-01")
    acme = Destination(
        name="Acme",
        about="x",
        checked="2026-11-22",
        reach=("server",),
        uses=(Use(EVERY, "x", by="ACME"),),
        needs=(Need("acme_id", "string", STARTED, "x", own=True, by="ACME 3"),),
        sources=(brought,),
    )
    assert list(faults([*ALL, acme])) == []
    assert [fault for fault in faults([with_else(acme, sources=())]) if "not in the table: ACME" in fault] != []


def test_the_vocabulary_is_whole() -> None:
    assert len(EVERY) == len(EVENTS) == 19
    assert len(REACHES) == 7


# -- overrides ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (Drop(mends="Y3"), "mends what no sender can, or no quirk of it: Y3"),
        (Drop(mends="A1"), "mends what no sender can, or no quirk of it: A1"),
        (Drop(events="Video Started"), "neither ours nor an extension: Video Started"),
        (Copy(event="Video Ended"), "neither ours nor an extension: Video Ended"),
        (Drop(on=("ios",)), "where it is not reached: ios"),
    ],
)
def test_a_wrong_override_is_told(row: Override, told: str) -> None:
    found = list(faults([evolve(YOUBORA, checked="2026-11-22", overrides=(*YOUBORA.overrides, row))]))
    assert [fault for fault in found if fault.endswith(told)] == found != []


def test_what_a_sender_can_mend_is_mended() -> None:
    """Of the simulated destinations nothing is left to whoever sends but what is mended here."""
    mended = {
        name
        for one in ALL
        for name in (*(one.amend.says if one.amend else ()), *(name for row in one.overrides for name in row.mends))
    }
    asked = {quirk.id for one in ALL if one.simulated for quirk in one.quirks if quirk.mender == "sender"}
    assert asked == mended & asked
    assert asked
