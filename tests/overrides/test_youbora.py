"""Youbora's quirks that a sender can mend: there without the override, gone with it."""

from typing import Any

import pytest
from overrides.viewings import CONTENT, Viewing, named, overridden


def read(told: list[dict[str, Any]], getter: str, call: str = "") -> list[Any]:
    return [one["reads"].get(getter) for one in told if one.get("call", "").endswith(call) and "reads" in one]


def ads(kind: str) -> Viewing:
    """The ad at 100 s of the content, paused in the middle."""
    view = Viewing().started().content("Started", 1, 0).content("Playing", 101, 100)
    view.ad("Started", 102, 0, kind, content_at=100)
    inside = {"ad_asset_id": "ad-1", "ad_pod_id": "pod", "ad_type": kind}
    view.playback("Paused", 110, 108, **inside).playback("Resumed", 120, 108, **inside)
    view.ad("Completed", 142, 30, kind, content_at=100)
    return view.content("Started", 143, 100).playback("Paused", 150, 137).playback("Completed", 243, 230)


@pytest.mark.parametrize(("kind", "place"), [("pre-roll", "pre"), ("mid-roll", "mid"), ("post-roll", "post")])
def test_y1_the_place_of_an_ad(kind: str, place: str) -> None:
    plain, mended = (ads(kind).calls("Youbora", override=override) for override in (False, True))
    assert set(read(plain, "getPosition")) == {None}
    assert read(mended, "getPosition", "AdsAdapter.fireStart") == [place]
    assert read(mended, "getPosition", "AdsAdapter.firePause") == [place]
    assert read(mended, "getPosition", "AdsAdapter.fireStop") == [place]


def test_y2_whose_pause_it_is() -> None:
    view = Viewing().started().content("Started", 1, 0).playback("Paused", 5, 4, ad_asset_id=[])
    view.ad("Started", 6, 0, content_at=4).playback("Resumed", 7, 5)
    plain, mended = (view.calls("Youbora", override=override) for override in (False, True))
    assert [one["call"] for one in plain if one["line"] in (3, 5)] == ["AdsAdapter.firePause", "Adapter.fireResume"]
    assert [call for one in mended if "Pause" in (call := one["call"]) or "Resume" in call] == [
        "Adapter.firePause",
        "AdsAdapter.fireResume",
    ]


def test_y2_only_where_it_matters() -> None:
    view = Viewing().content("Started", 1, 0, bitrate=None, ad_asset_id=[])
    assert overridden("Youbora", view.messages) == view.messages


def test_y4_the_playhead_is_the_contents() -> None:
    plain, mended = (ads("mid-roll").calls("Youbora", override=override) for override in (False, True))
    assert read(plain, "getPlayhead", "AdsAdapter.fireStart") == [0]
    assert read(mended, "getPlayhead", "AdsAdapter.fireStart") == [100]
    assert read(plain, "getPlayhead", "AdsAdapter.firePause") == [108]
    assert read(mended, "getPlayhead", "AdsAdapter.firePause") == [100]
    assert read(plain, "getPlayhead", "AdsAdapter.fireStop") == [30]
    assert read(mended, "getPlayhead", "AdsAdapter.fireStop") == [100]
    assert read(plain, "getPlayhead", ".firePause")[1:] == [137]
    assert read(mended, "getPlayhead", ".firePause")[1:] == [107]
    assert read(plain, "getPlayhead", "Plugin.fireStop") == [230]
    assert read(mended, "getPlayhead", "Plugin.fireStop") == [200]


def test_y4_an_ad_whose_length_nobody_knows_takes_no_time() -> None:
    view = Viewing().started().content("Started", 1, 0).ad("Started", 9, 0, content_at=8).ad("Completed", 20, 11)
    view.messages[-1]["properties"]["position"] = None
    view.playback("Paused", 25, 13)
    assert read(view.calls("Youbora", override=True), "getPlayhead", "Adapter.firePause") == [13]


def test_y5_bits_not_kilobits() -> None:
    plain, mended = (ads("mid-roll").calls("Youbora", override=override) for override in (False, True))
    assert set(read(plain, "getBitrate")) == {2500}
    assert set(read(mended, "getBitrate")) == {2_500_000}


def test_y6_a_viewer_who_leaves_ends_the_view() -> None:
    view = Viewing().started().content("Started", 1, 0).playback("Exited", 9, 8)
    plain, mended = (view.calls("Youbora", override=override) for override in (False, True))
    assert named(plain, "Plugin.fireStop") == []
    assert len(named(mended, "Plugin.fireStop")) == 1


def test_y6_y7_a_timeout_ends_the_view_and_is_no_error() -> None:
    view = Viewing().started().content("Started", 1, 0).playback("Interrupted", 9, 8, method="timeout")
    plain, mended = (view.calls("Youbora", override=override) for override in (False, True))
    names = ("Plugin.fireError", "Plugin.fireStop")
    assert [[len(named(told, name)) for name in names] for told in (plain, mended)] == [[1, 0], [0, 1]]


def broken_off(method: str) -> Viewing:
    return Viewing().started().content("Started", 1, 0).playback("Interrupted", 9, 8, method=method)


@pytest.mark.parametrize("method", ["error:3", "network loss", "background"])
def test_y6_an_interruption_that_nobody_goes_on_from_ends_the_view(method: str) -> None:
    plain, mended = (broken_off(method).calls("Youbora", override=override) for override in (False, True))
    assert named(plain, "Plugin.fireStop") == []
    (stop,) = named(mended, "Plugin.fireStop")
    assert stop["at"] == broken_off(method).messages[-1]["timestamp"]


def test_y6_an_interruption_that_somebody_goes_on_from_ends_nothing() -> None:
    view = broken_off("error:3").playback("Resumed", 30, 8).content("Playing", 30, 8).playback("Completed", 40, 18)
    (stop,) = named(view.calls("Youbora", override=True), "Plugin.fireStop")
    assert stop["at"] == view.messages[-1]["timestamp"]


NO_FAULTS = ("background", "call", "phone call", "device lock", "screen lock")


@pytest.mark.parametrize(
    ("method", "fault"),
    [*((method, False) for method in NO_FAULTS), ("network loss", True), ("error:3", True), (None, True)],
)
def test_y7_what_is_no_fault(method: str | None, fault: bool) -> None:
    view = Viewing().started().content("Started", 1, 0)
    view.playback("Interrupted", 9, 8, **({"method": method} if method else {}))
    plain, mended = (view.calls("Youbora", override=override) for override in (False, True))
    assert len(named(plain, "Plugin.fireError")) == 1
    assert len(named(mended, "Plugin.fireError")) == fault
    assert len(named(mended, "Adapter.firePause")) == (not fault)


def test_y8_a_view_for_each_content() -> None:
    second: dict[str, Any] = {**CONTENT, "asset_id": "show-2", "title": "Two"}
    view = Viewing().started().content("Started", 1, 0).content("Completed", 9, 8)
    for event, at in (("Started", 10), ("Playing", 20)):
        view.content(event, at, at - 10, **{name: second[name] for name in ("asset_id", "title")})
    view.playback("Paused", 22, 20).playback("Completed", 30, 28)
    plain, mended = (view.calls("Youbora", override=override) for override in (False, True))
    assert [(one["session"]) for one in named(plain, "new Plugin")] == ["s"]
    assert [(one["session"]) for one in named(mended, "new Plugin")] == ["s", "s#2"]
    assert [one["session"] for one in named(mended, "Plugin.fireStop")] == ["s", "s#2"]
    assert read(mended, "getPlayhead", "Plugin.fireStop") == [8, 20]
    assert read(mended, "getPlayhead", "firePause") == [12]
    assert set(read(mended, "getBitrate")) == {2_500_000}


def test_y9_one_start_a_session() -> None:
    view = Viewing().started().started().content("Started", 1, 0)
    plain, mended = (view.calls("Youbora", override=override) for override in (False, True))
    assert (len(named(plain, "new Plugin")), len(named(mended, "new Plugin"))) == (2, 1)


def test_y11_a_skipped_ad_ends() -> None:
    view = Viewing().started().content("Started", 1, 0).ad("Started", 5, 0).ad("Skipped", 8, 3)
    plain, mended = (view.calls("Youbora", override=override) for override in (False, True))
    assert named(plain, "AdsAdapter.fireStop") == []
    assert len(named(mended, "AdsAdapter.fireStop")) == 1


def test_y11_an_ad_that_broke_off_ends() -> None:
    view = Viewing().started().ad("Started", 1, 0, "pre-roll").ad("Started", 5, 0, "pre-roll", asset_id="ad-2")
    view.content("Started", 8, 0).content("Playing", 18, 10)
    plain, mended = (view.calls("Youbora", override=override) for override in (False, True))
    assert named(plain, "AdsAdapter.fireStop") == []
    calls = [one["call"] for one in mended if "fireSt" in one.get("call", "")]
    ad = ["AdsAdapter.fireStart", "AdsAdapter.fireStop"]
    assert calls == [*ad, *ad, "Adapter.fireStart"]
    assert read(mended, "getPosition", "AdsAdapter.fireStop") == ["pre", "pre"]


def test_y1_the_place_as_a_playback_event_says_it() -> None:
    view = Viewing().started().content("Started", 1, 0)
    view.playback("Paused", 5, 4, ad_asset_id="ad-1", ad_pod_id="pod", ad_type="post-roll")
    plain, mended = (view.calls("Youbora", override=override) for override in (False, True))
    assert (read(plain, "getPosition", "firePause"), read(mended, "getPosition", "firePause")) == ([None], ["post"])
