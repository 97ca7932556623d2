"""Adobe's quirks that a sender can mend: there without the override, gone with it."""

from typing import Any

import pytest
from overrides.viewings import CONTENT, Viewing, heard, named, overridden

from videospec.destinations.places import Origin
from videospec.overriding import Overriding
from videospec.plugins import find_destination

NAME = "Adobe Analytics"


def both(view: Viewing) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    return view.calls(NAME, override=False), view.calls(NAME, override=True)


def events(told: list[dict[str, Any]]) -> list[str]:
    """The calls by name, and what is tracked."""
    return [
        one["args"][0] if one["call"].endswith(".trackEvent") else one["call"].partition(".")[2]
        for one in told
        if "call" in one and not one["call"].startswith("new ")
    ]


def arguments(told: list[dict[str, Any]], event: str, factory: str) -> list[Any]:
    """What the SDK's object of an event was made of."""
    found = [arg for one in told if one.get("args") and one["args"][0] == event for arg in one["args"]]
    return [arg[factory] for arg in found if isinstance(arg, dict) and factory in arg]


def media(told: list[dict[str, Any]]) -> dict[str, Any]:
    [start] = named(told, "trackSessionStart")
    made: dict[str, Any] = start["args"][0]
    return made


def test_a1_a2_the_session_knows_its_content() -> None:
    plain, mended = both(Viewing().started().content("Started", 1, 0))
    assert media(plain)["createMediaObject"] == ["", "unknown video id", 250, "vod"]
    assert media(mended)["createMediaObject"] == ["One", "show-1", 200, "vod"]
    assert media(plain)["StandardVideoMetadata"]["a.media.show"] == "no a.media.show"
    standard = media(mended)["StandardVideoMetadata"]
    assert {key.rpartition(".")[2]: value for key, value in standard.items() if key != "a.media.airDate"} == {
        "show": "Shows",
        "season": "2",
        "episode": "7",
        "asset": "show-1",
        "genre": "news",
        "originator": "Acme",
        "network": "ch",
        "rating": "no a.media.rating",
    }


def test_a1_a_chapter_is_named_and_numbered() -> None:
    view = Viewing().started().content("Started", 1, 0).content("Completed", 30, 30)
    plain, mended = both(view.content("Started", 60, 30))
    assert arguments(plain, "ChapterStart", "createChapterObject") == [
        ["no chapter name", 1, 6000, 0],
        ["no chapter name", 30, 6000, 0],
    ]
    assert arguments(mended, "ChapterStart", "createChapterObject") == [["One", 1, 200, 0], ["One", 2, 170, 30]]


def test_a2_what_waits_for_the_content_comes_in_order() -> None:
    view = (
        Viewing().started().playback("Buffer Started", 1, 0).playback("Buffer Completed", 2, 0).content("Started", 3, 0)
    )
    plain, mended = both(view)
    assert events(plain) == events(mended)
    assert [message["event"] for message in overridden(NAME, view.messages[:2])] == [
        "Video Playback Started",
        "Video Playback Buffer Started",
        "Video Playback Started",
        "Video Playback Buffer Started",
    ]


def test_a3_frames_a_second() -> None:
    view = Viewing().started().say("Video Quality Updated", 1, bitrate=5, framerate=25.0).content("Started", 2, 0)
    plain, mended = both(view)
    assert plain[-1]["reads"]["getQoSObject"]["createQoSObject"] == [5, 0, 0, 0]
    assert mended[-1]["reads"]["getQoSObject"]["createQoSObject"] == [5, 0, 25, 0]


def test_a6_an_ad_without_an_id() -> None:
    view = Viewing().ad("Started", 0, 0, "pre-roll").started().content("Started", 1, 0)
    view.ad("Started", 2, 0, asset_id=None).ad("Completed", 3, 30, asset_id=None)
    plain, mended = both(view)
    assert sum("throws" in one for one in plain) == 2
    assert events(plain)[-3:] == ["AdBreakStart", "AdComplete", "AdBreakComplete"]
    assert [one for one in mended if "throws" in one] == []
    assert events(mended)[-4:] == ["AdBreakStart", "AdStart", "AdComplete", "AdBreakComplete"]


def test_a7_the_number_of_an_ad() -> None:
    view = Viewing().started().content("Started", 1, 0).ad("Started", 2, 0, pod_position=3)
    plain, mended = both(view)
    assert arguments(plain, "AdStart", "createAdObject") == [["Cola", "ad-1", 1, 30]]
    assert arguments(mended, "AdStart", "createAdObject") == [["Cola", "ad-1", 3, 30]]


def test_a9_no_chapter_that_is_none() -> None:
    view = (
        Viewing().started().content("Started", 1, 0).content("Completed", 200, 200).ad("Started", 201, 0, "post-roll")
    )
    view.playback("Paused", 202, 201).playback("Resumed", 205, 201).ad("Completed", 230, 30, "post-roll")
    plain, mended = both(view)
    assert (events(plain).count("ChapterStart"), events(mended).count("ChapterStart")) == (2, 1)
    assert "trackPause" not in events(mended)
    within = Viewing().started().content("Started", 1, 0).playback("Paused", 5, 5).playback("Resumed", 9, 5)
    assert events(within.calls(NAME, override=True))[-2:] == ["trackPause", "trackPlay"]


def test_a10_a11_a_viewer_who_leaves_ends_the_session() -> None:
    plain, mended = both(Viewing().started().content("Started", 1, 0).playback("Exited", 9, 8))
    assert "trackSessionEnd" not in events(plain)
    assert events(mended)[-2:] == ["trackComplete", "trackSessionEnd"]


@pytest.mark.parametrize("method", ["timeout", "error:3", "network loss"])
def test_a10_an_interruption_that_nobody_goes_on_from_ends_the_session(method: str) -> None:
    view = Viewing().started().content("Started", 1, 0)
    plain, mended = both(view.playback("Interrupted", 9, 8, method=method))
    assert "trackSessionEnd" not in events(plain)
    assert events(mended)[-2:] == ["trackComplete", "trackSessionEnd"]


def test_a12_no_lists_in_the_context() -> None:
    plain, mended = both(Viewing().started().content("Started", 1, 0).ad("Started", 2, 0))
    [start] = [one for one in plain if one.get("args") and one["args"][0] == "AdStart"]
    assert start["args"][2]["keywords"] == CONTENT["keywords"]
    [start] = [one for one in mended if one.get("args") and one["args"][0] == "AdStart"]
    assert start["args"][2] == {}


@pytest.mark.parametrize("origin", ["web", "ios", "android"])
@pytest.mark.parametrize("session", [None, 7, ["s"]])
def test_messages_without_a_session_are_sent(origin: Origin, session: Any) -> None:
    view = Viewing().started().content("Started", 1, 0).ad("Started", 2, 0).ad("Completed", 32, 30)
    view.playback("Paused", 33, 32).playback("Resumed", 34, 32).playback("Completed", 40, 38)
    for message in view.messages:
        message["properties"]["session_id"] = session
    told = heard(NAME, view, origin)
    assert [one["event"] for one in told] == [one["event"] for one in view.messages]
    assert told[0]["properties"]["asset_id"] == "show-1"


def test_a17_no_session_that_is_none() -> None:
    view = Viewing().playback("Buffer Started", 0, 0).started().content("Started", 1, 0)
    view.playback("Completed", 9, 8).playback("Paused", 10, 8)
    plain, mended = both(view)
    assert (len(named(plain, "trackSessionStart")), len(named(mended, "trackSessionStart"))) == (3, 1)
    spelled = Viewing().started().content("Started", 1, 0)
    for message in spelled.messages:
        message["event"] = message["event"].lower().replace(" ", "_")
    plain, mended = both(spelled)
    assert (events(plain), events(mended)) == ([], ["trackSessionStart", "trackPlay", "ChapterStart"])


def test_in_apps_a_pod_is_a_break() -> None:
    view = Viewing().started().content("Started", 1, 0)
    for number in (1, 2):
        view.ad("Started", number * 10, 0, pod_position=number, pod_length=2)
        view.ad("Completed", number * 10 + 9, 9, pod_position=number, pod_length=2)
    sent = Overriding.to([find_destination(NAME)], "android").run(enumerate(view.messages))
    mine = [message["event"] for _, message in sent if message.get("integrations", {}).get(NAME) is not False]
    assert mine[2:] == [
        "Video Ad Break Started",
        "Video Ad Started",
        "Video Ad Completed",
        "Video Ad Started",
        "Video Ad Completed",
        "Video Ad Break Completed",
    ]


def test_a4_a13_what_apps_are_sent() -> None:
    view = Viewing().started().content("Started", 1, 0).playback("Seek Completed", 5, 40)
    sent = [message for _, message in Overriding.to([find_destination(NAME)], "android").run(enumerate(view.messages))]
    assert sent[-1]["properties"]["seek_position"] == 40
    live: dict[str, Any] = {"livestream": True, "total_length": None}
    view = Viewing().started(**live).content("Started", 1, 0, **live)
    sent = [message for _, message in Overriding.to([find_destination(NAME)], "android").run(enumerate(view.messages))]
    assert [one["properties"]["total_length"] for one in sent if "context" in one] == [0]


def test_a2_where_the_content_never_comes() -> None:
    plain, mended = both(Viewing().started().playback("Completed", 9, 8))
    assert media(plain)["createMediaObject"][1] == "unknown video id"
    assert media(mended)["createMediaObject"][1] == "show-1"


def test_a1_the_number_of_an_ad_in_apps() -> None:
    view = Viewing().started().content("Started", 1, 0).ad("Started", 2, 0, pod_position=3)
    sent = [message for _, message in Overriding.to([find_destination(NAME)], "ios").run(enumerate(view.messages))]
    [ad] = [one["properties"] for one in sent if one["event"] == "Video Ad Started" and "context" in one]
    assert (ad["index_position"], ad["position"]) == (3, 0)


def test_a2_all_that_is_told_of_the_content() -> None:
    told = {
        "title": "One",
        "asset_id": "show-1",
        "program": "Shows",
        "season": "2",
        "episode": "7",
        "genre": "news",
        "airdate": "2026-03-05",
        "publisher": "Acme",
        "channel": "ch",
        "rating": "TV-PG",
    }
    view = Viewing().started().content("Started", 1, 0, rating="TV-PG")
    started = overridden(NAME, view.messages)[1]
    assert started["event"] == "Video Playback Started"
    assert {name: started["properties"].get(name) for name in told} == told
    assert (started["properties"]["total_length"], started["properties"]["content_asset_id"]) == (200, "show-1")
