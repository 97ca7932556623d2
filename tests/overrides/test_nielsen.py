"""The quirks of Nielsen DCR and DTVR that a sender can mend: there without the override, gone with it."""

from typing import Any

import pytest
from overrides.viewings import Viewing, calls, named

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
    sent = Overriding.to([find_destination(DCR)], "ios").run(enumerate(view.messages))
    [started] = [one for _, one in sent if one["event"].endswith("Back Started".title()) or "copy_for" in str(one)]
    assert started["properties"]["title"] == "One"
    assert started["integrations"]["nielsen-dcr"] == {"adLoadType": "dynamic"}


def test_n10_a_viewer_who_leaves_ends_the_session() -> None:
    plain, mended = both(DCR, measured(Viewing().content("Started", 1, 0).playback("Exited", 9, 8)))
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
