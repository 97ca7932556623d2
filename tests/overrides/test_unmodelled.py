"""What destinations without a simulator are sent: there is nothing to show the quirk by but the message itself."""

from typing import Any

from overrides.viewings import Viewing

from videospec.overriding import Overriding
from videospec.plugins import find_destination

LIVE: dict[str, Any] = {"livestream": True, "total_length": None}


def mine(name: str, view: Viewing, origin: Any = "web") -> list[tuple[str, dict[str, Any]]]:
    """What a destination hears."""
    it = find_destination(name)
    told = Overriding.to([it], origin).run(enumerate(view.messages))
    return [
        (message["event"].removeprefix("Video "), message["properties"])
        for _, message in told
        if all((message.get("integrations") or {}).get(key) is not False for key in it.switches)
    ]


def test_r1_r2_r5_r6_r7_recombee_knows_the_item() -> None:
    view = Viewing().started().content("Started", 1, 0).content("Playing", 11, 10).ad("Started", 12, 0, content_at=10)
    view.ad("Completed", 42, 30, content_at=10).playback("Paused", 50, 48).playback("Exited", 60, 48)
    told = mine("Recombee", view, "server")
    items = [(event, said.get("content_asset_id"), said.get("session")) for event, said in told if said.get("session")]
    assert items == [
        ("Playback Started", None, "s"),
        ("Content Playing", "show-1", "s"),
        ("Playback Paused", "show-1", "s"),
        ("Playback Paused", "show-1", "s"),
    ]
    assert [(said["position"], said["total_length"]) for event, said in told if event == "Playback Paused"] == [
        (18, 200)
    ] * 2


def test_r1_is_said_by_the_one_message() -> None:
    view = Viewing().content("Playing", 11, 10)
    [(_, said)] = mine("Recombee", view)
    assert said == {**view.messages[0]["properties"], "content_asset_id": "show-1", "session": "s"}


def test_r3_r4_recombee_gets_no_live_positions() -> None:
    view = (
        Viewing().content("Started", 1, 0, **LIVE).content("Playing", 11, 10, **LIVE).playback("Paused", 12, 11, **LIVE)
    )
    assert [event for event, _ in mine("Recombee", view)] == ["Content Started"]


def test_ga1_ga2_ga3_google_gets_what_it_takes() -> None:
    view = Viewing().started(ad_type=["pre-roll"]).content("Started", 1, 0, description="d" * 300, **LIVE)
    many: dict[str, Any] = {f"extra_{number}": number for number in range(30)}
    view.ad("Started", 2, 0, **many)
    view.say("Video Quality Updated", 3, startupTime=1, droppedFrames=2)
    for _, said in mine("GA4", view):
        assert all(isinstance(value, str | int | float) for value in said.values())
        assert all(len(value) <= 100 for value in said.values() if isinstance(value, str))
        assert all(name == name.lower() for name in said)
        assert len(said) <= 25
        assert said["video_session_id"] == "s"
        assert "session_id" not in said
    flat = dict(mine("GA4", Viewing().ad("Started", 1, 0, content_at=7)))["Ad Started"]
    assert {name: value for name, value in flat.items() if name.startswith("content_")} == {
        "content_asset_id": "show-1",
        "content_title": "One",
        "content_program": "Shows",
        "content_position": 7,
        "content_total_length": 200,
    }
    quality = dict(mine("GA4", Viewing().say("Video Quality Updated", 3, startupTime=1, droppedFrames=2)))
    assert quality == {"Quality Updated": {"video_session_id": "s", "startup_time": 1, "dropped_frames": 2}}


def test_c1_c2_c3_comscore_knows_ids_and_places() -> None:
    view = Viewing().started().content("Started", 1, 5).playback("Seek Completed", 9, 40)
    droid, ios = dict(mine("comScore", view, "android")), dict(mine("comScore", view, "ios"))
    assert (droid["Playback Started"]["asset_id"], ios["Playback Started"]["content_asset_id"]) == ("show-1", "show-1")
    assert droid["Playback Seek Completed"]["playbackPosition"] == 40_000
    assert ios["Playback Seek Completed"]["seek_position"] == 40
    assert "playbackPosition" not in ios["Playback Seek Completed"]


def test_c5_c6_c7_c8_comscore_hears_of_the_content_again() -> None:
    view = Viewing().started().content("Started", 1, 0).playback("Paused", 5, 4).playback("Resumed", 9, 4)
    view.content("Completed", 10, 5).ad("Started", 11, 0).ad("Completed", 41, 30).content("Playing", 42, 5)
    view.content("Playing", 52, 15).playback("Exited", 60, 53)
    assert [event for event, _ in mine("comScore", view, "ios")][3:] == [
        "Playback Resumed",
        "Content Started",
        "Ad Started",
        "Ad Completed",
        "Content Started",
        "Content Playing",
        "Content Playing",
        "Playback Exited",
        "Content Completed",
    ]
    whole = Viewing().started().content("Started", 1, 0).content("Completed", 201, 200)
    assert [event for event, _ in mine("comScore", whole, "ios")][-1] == "Content Completed"


def test_pt1_pinterest_gets_the_start_alone() -> None:
    view = Viewing().started().content("Started", 1, 0).content("Playing", 11, 10).playback("Completed", 20, 20)
    assert [event for event, _ in mine("Pinterest Tag", view)] == ["Playback Started"]


def test_mp2_mixpanel_has_lists_under_names_of_their_own() -> None:
    [(_, said)] = mine("Mixpanel", Viewing().started(ad_type=["pre-roll"], ad_asset_id=["a"], ad_pod_id=["p"]))
    assert (said["ad_types"], said["ad_asset_ids"], said["ad_pod_ids"]) == (["pre-roll"], ["a"], ["p"])
    assert "ad_type" not in said
    [(_, paused)] = mine("Mixpanel", Viewing().playback("Paused", 5, 4, ad_type="pre-roll"))
    assert (paused["ad_type"], "ad_types" in paused) == ("pre-roll", False)


def test_r5_only_a_pause_has_the_contents_length() -> None:
    view = Viewing().content("Started", 1, 0).playback("Paused", 5, 4).playback("Completed", 9, 8)
    lengths = {event: said["total_length"] for event, said in mine("Recombee", view)}
    assert lengths == {"Content Started": 200, "Playback Paused": 200, "Playback Completed": 250}


def test_r6_recombee_knows_the_item_at_the_end() -> None:
    view = Viewing().content("Started", 1, 0).say("Video Playback Completed", 9, content_asset_id=None, position=8)
    assert dict(mine("Recombee", view))["Playback Completed"]["content_asset_id"] == "show-1"
