"""The quirks of Nielsen DCR and DTVR that a sender can mend: there without the override, gone with it."""

from typing import Any

import pytest
from overrides.viewings import Viewing, calls, heard, named, overridden

from videospec.destinations.destination import Accounts
from videospec.destinations.places import Origin
from videospec.overriding import Overriding
from videospec.plugins import find_destination

DCR, DTVR = "Nielsen DCR", "Nielsen DTVR"
DYNAMIC: dict[str, Any] = {"nielsen-dcr": {"adLoadType": "dynamic"}}


def told(found: list[dict[str, Any]], what: str) -> list[Any]:
    """What the SDK was told under a name."""
    return [one["args"][1] for one in named(found, "ggPM") if one["args"][0] == what]


def measured(view: Viewing, **options: Any) -> Viewing:
    """The same, for those quirks that come after N1."""
    for message in view.messages:
        message["integrations"] = {"Nielsen DCR": {"ad_load_type": "dynamic", **options}}
    return view


def both(name: str, view: Viewing, tail: float = 0) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    return view.calls(name, override=False, tail=tail), view.calls(name, override=True, tail=tail)


def test_n1_n2_the_stream_is_measured() -> None:
    view = (
        Viewing().started().ad("Started", 1, 0, "pre-roll").ad("Completed", 2, 1, "pre-roll").content("Started", 3, 0)
    )
    plain, mended = both(DCR, view)
    assert plain == []
    assert [(one["type"], one["assetid"]) for one in told(mended, "loadMetadata")] == [
        ("content", "show-1"),
        ("preroll", "ad-1"),
        ("content", "show-1"),
    ]


def test_n1_nothing_clashes() -> None:
    view = Viewing().content("Started", 1, 0)
    [one] = [message for _, message in Overriding.to([find_destination(DCR)]).run(enumerate(view.messages))]
    assert one["properties"] == view.messages[0]["properties"]
    assert one["integrations"] == {"Nielsen DCR": {"adLoadType": "dynamic"}, **DYNAMIC}


def test_n1_a_linear_stream_is_not_for_it() -> None:
    assert Viewing().content("Started", 1, 0, load_type="linear").calls(DCR, override=True) == []


def test_n4_the_playhead_goes_on_in_another_content() -> None:
    view = Viewing().content("Started", 1, 0)
    view.messages[0]["integrations"] = {"Nielsen DCR": {"ad_load_type": "dynamic"}}
    view.ad("Started", 5, 0, content={"asset_id": "show-2", "title": "Two", "program": "Shows"}).ad("Completed", 35, 30)
    view.messages[-1]["properties"]["content"] = view.messages[-2]["properties"]["content"]
    view.playback("Resumed", 36, 30, content_asset_id="show-2")
    plain, mended = both(DCR, view, tail=2)
    assert [one["args"][0] for one in plain if one["line"] == 4] == ["end"]
    last = [one["args"] for one in mended][-3:]
    assert [args[0] for args in last] == ["loadMetadata", "setPlayheadPosition", "setPlayheadPosition"]
    assert (last[0][1]["title"], last[0][1]["assetid"]) == ("Two", "show-2")


def test_n4_a_livestream_goes_on_as_one() -> None:
    view = Viewing().content("Started", 0, -30, livestream=True, total_length=None)
    view.say("Video Playback Resumed", 2, content_asset_id="show-1", position=502)
    plain, mended = both(DCR, measured(view), tail=1)
    assert told(plain, "setPlayheadPosition")[-1] == 502
    assert told(mended, "setPlayheadPosition")[-1] == 1_795_000_002


@pytest.mark.parametrize("given", ["true", True])
def test_n6_has_ads(given: Any) -> None:
    plain, mended = both(DCR, measured(Viewing().content("Started", 1, 0), hasAds=given))
    assert told(plain, "loadMetadata")[0]["hasAds"] == ("1" if given is True else "0")
    assert told(mended, "loadMetadata")[0]["hasAds"] == "1"


def test_n8_the_playhead_is_the_assets() -> None:
    view = Viewing().started().content("Started", 1, 0).content("Playing", 11, 10)
    view.ad("Started", 12, 0, content_at=10).playback("Paused", 17, 15).playback("Resumed", 20, 15)
    view.ad("Completed", 45, 30, content_at=10).content("Started", 46, 10).playback("Paused", 50, 44)
    plain, mended = both(DCR, measured(view))
    assert told(plain, "stop") == [15, 30, 44]
    assert told(mended, "stop") == [5, 30, 14]


def test_n8_a_livestream_is_now() -> None:
    live: dict[str, Any] = {"livestream": True, "total_length": None}
    view = Viewing().content("Started", 0, 500, **live).playback("Paused", 2, 502, **live)
    plain, mended = both(DCR, measured(view))
    assert told(plain, "stop") == [1_795_000_002 + 502]
    assert told(mended, "stop") == [1_795_000_002]
    behind = measured(Viewing().content("Started", 0, -30, **live).playback("Paused", 2, -30, **live))
    assert told(behind.calls(DCR, override=True), "stop") == [1_795_000_002 - 30]


def test_n9_apps_know_the_content_at_the_start() -> None:
    view = Viewing().started().content("Started", 1, 0)
    started, _ = heard(DCR, view, "ios")
    assert {name: started["properties"][name] for name in ("title", "asset_id", "program", "airdate")} == {
        "title": "One",
        "asset_id": "show-1",
        "program": "Shows",
        "airdate": "2026-03-05",
    }
    assert started["properties"]["full_episode"] is True
    assert started["integrations"]["nielsen-dcr"] == {"adLoadType": "dynamic"}
    (length,) = [one["properties"]["total_length"] for one in heard(DCR, view, "android")[:1]]
    assert length == 200


# An airdate, what the web then tells Nielsen of it without and with the override, and what apps are sent.
AIRED: list[tuple[Any, str | None, str | None, str | None]] = [
    ("2026-03-05", "20260305 12:00:00", "20260305 12:00:00", "2026-03-05"),
    ("2026-03-05T21:05:07Z", "20260305 09:05:07", "20260305 12:00:00", "2026-03-05T21:05:07Z"),
    ("2026-03-05T23:05:07.250-05:00", "20260306 04:05:07", "20260306 12:00:00", "2026-03-06T04:05:07Z"),
    ("2026-03-05 21:05", "20260305 09:05:00", "20260305 12:00:00", "2026-03-05T21:05:00Z"),
    ("soon", None, "20261118 11:06:41", None),
]


@pytest.mark.parametrize(("given", "plain", "mended", "apps"), AIRED, ids=str)
def test_n5_airdate_in_a_form_that_all_read(
    given: Any, plain: str | None, mended: str | None, apps: str | None
) -> None:
    view = measured(Viewing().content("Started", 1, 0, airdate=given))
    found = [told(calls, "loadMetadata")[0].get("airdate") for calls in both(DCR, view)]
    assert found == [plain, mended]
    [sent] = heard(DCR, view, "android")
    assert sent["properties"].get("airdate") == apps


def test_n5_airdate_of_the_content_in_an_ad() -> None:
    content = {"asset_id": "show-1", "airdate": "2026-03-05T21:05:07Z"}
    plain, mended = both(DCR, measured(Viewing().ad("Started", 1, 0, "pre-roll", content=content)))
    assert [told(calls, "loadMetadata")[0]["airdate"] for calls in (plain, mended)] == [
        "20260305 09:05:07",
        "20260305 12:00:00",
    ]


def test_n11_swift_gets_a_length_as_text() -> None:
    view = Viewing().content("Started", 1, 0).content("Playing", 11, 10)
    started, playing = heard(DCR, view, "ios")
    assert (started["properties"]["total_length"], playing["properties"]["total_length"]) == ("200", 200)
    [ad] = heard(DCR, Viewing().ad("Started", 1, 0, "pre-roll"), "ios")
    assert (ad["properties"]["total_length"], ad["properties"]["content"]["total_length"]) == ("30", "200")
    assert all(one["properties"]["total_length"] == 200 for one in heard(DCR, view, "android"))


@pytest.mark.parametrize(("given", "sent"), [(12.5, 12), (12.0, 12), (None, None), (7, 7)])
def test_n12_kotlin_gets_whole_positions(given: Any, sent: int | None) -> None:
    view = Viewing().content("Started", 1, 0).content("Playing", 11, given)
    position = heard(DCR, view, "android")[-1]["properties"].get("position", "none")
    assert (position, type(position)) == (("none", str) if sent is None else (sent, int))
    assert heard(DCR, view, "web")[-1]["properties"]["position"] == given


def test_n12_a_boolean_is_no_options() -> None:
    view = Viewing().content("Started", 1, 0)
    view.messages[0]["integrations"] = {"nielsen-dcr": True}
    [one] = heard(DCR, view, "android")
    assert one["integrations"]["nielsen-dcr"] == {"adLoadType": "dynamic"}


@pytest.mark.parametrize("given", ["preroll", "Pre_Roll", "pre-roll"])
def test_n13_a_pre_roll_by_its_name_and_with_its_content(given: str) -> None:
    view = Viewing().content("Started", 1, 0).ad("Started", 5, 0, given)
    del view.messages[-1]["properties"]["content"]
    ad = heard(DCR, view, "ios")[-1]["properties"]
    assert (ad["type"], ad["content"]["title"]) == ("pre-roll", "One")


ACCOUNT = {DCR: {"contentAssetIdPropertyName": "mine", "clientIdPropertyName": "client"}}


def test_n16_the_id_that_the_account_names() -> None:
    view = Viewing().started().content("Started", 1, 0, mine="m-1", client="c-1").playback("Paused", 5, 4)
    started, _, paused = heard(DCR, view, "android", ACCOUNT)
    assert {name: started["properties"][name] for name in ("mine", "client")} == {"mine": "m-1", "client": "c-1"}
    assert (paused["properties"]["mine"], "client" in paused["properties"]) == ("m-1", False)
    assert [one["properties"].get("mine") for one in heard(DCR, view, "android")] == [None, "m-1", None]


def test_n16_the_web_sees_another_content() -> None:
    view = measured(Viewing().content("Started", 1, 0, mine="m-1").content("Playing", 11, 10))
    view.ad("Started", 12, 0, content={"asset_id": "show-2", "title": "Two", "mine": "m-2"})
    resumed = measured(view.playback("Resumed", 42, 40, content_asset_id="show-2"))
    plain, mended = (
        calls(DCR, messages, override=False, settings=ACCOUNT[DCR])
        for messages in (resumed.messages, overridden(DCR, resumed.messages, ACCOUNT))
    )
    assert [[one["title"] for one in told(found, "loadMetadata") if "title" in one] for found in (plain, mended)] == [
        ["One"],
        ["One", "Two"],
    ]


def test_n10_a_viewer_who_leaves_ends_the_session() -> None:
    plain, mended = both(DCR, measured(Viewing().content("Started", 1, 0).playback("Exited", 9, 8)))
    assert (told(plain, "end"), told(mended, "end")) == ([], [8])


@pytest.mark.parametrize("method", ["timeout", "error:3", "network loss"])
def test_n10_an_interruption_that_nobody_goes_on_from_ends_the_session(method: str) -> None:
    view = measured(Viewing().content("Started", 1, 0).playback("Interrupted", 9, 8, method=method))
    plain, mended = both(DCR, view)
    assert (told(plain, "end"), told(mended, "end")) == ([], [8])


# -- DTVR --------------------------------------------------------------------------------------------------------------


def linear() -> Viewing:
    view = Viewing().started().content("Started", 1, 0, id3="a").playback("Paused", 5, 4)
    return view.playback("Resumed", 9, 4, id3="b")


def test_t1_t2_the_stream_goes_on() -> None:
    plain, mended = both(DTVR, linear())
    assert told(plain, "loadMetadata") == []
    assert [one["channelName"] for one in told(mended, "loadMetadata")] == ["ch", "ch"]
    assert told(mended, "sendID3") == ["a", "b"]


def test_t1_without_the_override_a_resume_ends_it() -> None:
    view = linear()
    view.messages[1]["properties"]["load_type"] = "linear"
    plain, mended = both(DTVR, view)
    assert (len(told(plain, "loadMetadata")), len(told(mended, "loadMetadata"))) == (1, 2)


def test_t3_each_has_its_own_load_type() -> None:
    view = linear()
    over = Overriding.to([find_destination(DCR), find_destination(DTVR)])
    sent = [message for _, message in over.run(enumerate(view.messages))]
    dcr, dtvr = (calls(name, sent, override=False) for name in (DCR, DTVR))
    assert len(told(dcr, "loadMetadata")) == 1
    assert len(told(dtvr, "loadMetadata")) == 2
    single = linear()
    single.messages[1]["properties"]["load_type"] = "dynamic"
    assert told(single.calls(DTVR, override=False), "loadMetadata") == []


def test_t9_what_is_not_linear_sends_no_id3() -> None:
    view = (
        Viewing().content("Started", 1, 0, load_type="dynamic").content("Playing", 11, 10, load_type="dynamic", id3="a")
    )
    plain, mended = both(DTVR, view)
    assert told(plain, "sendID3") == ["a"]
    assert mended == []


LISTED = {DTVR: {"sendId3Events": ["Video Content Playing", "video playback paused"], "id3Property": "tag"}}


def tags(view: Viewing, origin: Origin, accounts: Accounts | None = LISTED) -> list[tuple[str, Any]]:
    """What apps are sent, with the ID3 tag of each."""
    return [
        (one["event"].removeprefix("Video "), one["properties"].get("tag", "none"))
        for one in heard(DTVR, view, origin, accounts)
    ]


def test_t6_android_has_a_tag_on_each_listed_event() -> None:
    view = Viewing().content("Started", 0, 0).playback("Paused", 1, 1).content("Playing", 2, 1)
    view.content("Playing", 12, 11, tag="a").content("Playing", 22, 21).playback("Paused", 25, 24)
    assert tags(view, "android") == [
        ("Content Started", "none"),
        ("Playback Paused", ""),
        ("Content Playing", "a"),
        ("Playback Paused", "a"),
    ]


def test_t8_ios_is_sent_no_empty_tag() -> None:
    view = Viewing().content("Started", 0, 0).playback("Paused", 1, 1).content("Playing", 2, 1)
    view.content("Playing", 12, 11, tag="a").content("Playing", 22, 21)
    listed = [("Content Started", "none"), ("Playback Paused", "none"), ("Content Playing", "a")]
    assert tags(view, "ios") == listed
    assert len(tags(view, "ios", {DTVR: {"id3Property": "tag"}})) == len(view.messages)
    assert len(tags(view, "web")) == len(view.messages)
    [playing] = overridden(DTVR, view.messages[2:3], LISTED, "ios")
    assert playing["integrations"] == {"Nielsen DTVR": False}
