"""Parse.ly's quirks that a sender can mend: there without the override, gone with it."""

from typing import Any

from overrides.viewings import CONTENT, Viewing, named


def both(view: Viewing) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    return view.calls("Parsely", override=False), view.calls("Parsely", override=True)


def test_p1_which_video_it_is() -> None:
    view = Viewing().content("Started", 1, 0).playback("Paused", 5, 4).playback("Interrupted", 9, 4)
    plain, mended = both(view)
    assert [one["args"][0] for one in plain] == ["show-1", None, None]
    assert [one["args"][0] for one in mended] == ["show-1", "show-1", "show-1"]


def test_p2_tags_are_keywords() -> None:
    _, mended = both(Viewing().content("Started", 1, 0).playback("Paused", 5, 4))
    assert [one["args"][1]["tags"] for one in mended] == [CONTENT["keywords"]] * 2


def test_p3_play_goes_on() -> None:
    view = Viewing().content("Started", 1, 0).playback("Paused", 5, 4).playback("Resumed", 9, 4)
    plain, mended = both(view)
    assert len(named(plain, "trackPlay")) == 1
    first, again = named(mended, "trackPlay")
    assert first["args"] == again["args"]
    in_ad = Viewing().content("Started", 1, 0).ad("Started", 2, 0).playback("Paused", 5, 6).playback("Resumed", 9, 6)
    assert len(named(in_ad.calls("Parsely", override=True), "trackPlay")) == 1


def test_p4_two_videos_on_a_page() -> None:
    one, two = Viewing("one").content("Started", 1, 0), Viewing("two").content("Started", 2, 0, title="Two")
    one.playback("Paused", 5, 4)
    first, last = one.messages
    page = Viewing()
    page.messages = [first, *two.messages, last]
    plain, mended = both(page)
    assert named(plain, "trackPause")[0]["args"][1]["title"] == "Two"
    assert named(mended, "trackPause")[0]["args"][1]["title"] == "One"


def test_p5_the_end_is_one() -> None:
    for event in ("Completed", "Exited"):
        plain, mended = both(Viewing().content("Started", 1, 0).playback(event, 9, 8))
        assert named(plain, "reset") == []
        assert [one["args"][0] for one in named(mended, "reset")] == ["show-1"]


def test_p5_another_content_is_another_video() -> None:
    view = Viewing().content("Started", 1, 0).content("Completed", 9, 8).ad("Started", 9, 0).ad("Completed", 39, 30)
    view.content("Started", 39, 8).content("Completed", 60, 29).content("Started", 61, 0, asset_id="show-2")
    more = {"content_asset_id": "show-2"}
    view.playback("Paused", 65, 40, **more).playback("Resumed", 66, 40, **more)
    plain, mended = both(view)
    assert named(plain, "reset") == []
    told = [(one["call"].rpartition(".")[2], one["args"][0]) for one in mended]
    assert told == [
        ("trackPlay", "show-1"),
        ("trackPlay", "show-1"),
        ("reset", "show-1"),
        ("trackPlay", "show-2"),
        ("trackPause", "show-2"),
        ("trackPlay", "show-2"),
    ]


def test_p1_where_only_one_tells_which_it_is() -> None:
    _, mended = both(Viewing().playback("Interrupted", 5, 4))
    assert [one["args"][0] for one in mended] == ["show-1"]
    _, mended = both(Viewing().content("Started", 1, 0).say("Video Playback Interrupted", 5))
    assert named(mended, "reset")[0]["args"] == ["show-1"]
