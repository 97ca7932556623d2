"""The models against the page's tables, listed here by hand, and their strictness."""

from typing import Any

import pytest
from pydantic import ValidationError

from videospec.spec.content import NestedContent
from videospec.spec.events import EVENTS, model_for

PLAYER = (
    "session_id ad_asset_id ad_pod_id ad_type position total_length bitrate framerate video_player sound full_screen "
    "ad_enabled quality livestream"
)
PLAYING = f"{PLAYER} content_asset_id content_pod_id"
CONTENT = (
    "session_id asset_id pod_id title description keywords season episode genre program publisher position total_length "
    "channel full_episode livestream airdate bitrate framerate"
)
AD = "session_id asset_id pod_id pod_position pod_length type title publisher position total_length load_type content"
PROPERTIES = {
    "Video Playback Started": f"{PLAYER} content_asset_ids content_pod_ids",
    "Video Playback Paused": PLAYING,
    "Video Playback Interrupted": f"{PLAYING} method",
    "Video Playback Buffer Started": PLAYING,
    "Video Playback Buffer Completed": PLAYING,
    "Video Playback Seek Started": f"{PLAYING} seek_position",
    "Video Playback Seek Completed": PLAYING,
    "Video Playback Resumed": PLAYING,
    "Video Playback Completed": PLAYING,
    "Video Playback Exited": PLAYING,
    "Video Content Started": CONTENT,
    "Video Content Playing": CONTENT,
    "Video Content Completed": CONTENT,
    "Video Ad Started": AD,
    "Video Ad Playing": f"{AD} quartile",
    "Video Ad Completed": AD,
    "Video Ad Skipped": AD,
    "Video Ad Clicked": AD,
    "Video Quality Updated": "session_id bitrate framerate startupTime droppedFrames",
}

STARTED, PAUSED, SEEK = "Video Playback Started", "Video Playback Paused", "Video Playback Seek Started"
PLAYED, AD_PLAYING, QUALITY = "Video Content Playing", "Video Ad Playing", "Video Quality Updated"


def fits(event: str, **properties: Any) -> bool:
    """Whether the model of an event takes the properties, given a session_id."""
    try:
        model_for(event).model_validate({"session_id": "s", **properties})
    except ValidationError:
        return False
    return True


def test_every_event_has_the_properties_of_the_page() -> None:
    assert {name: set(model_for(name).model_fields) for name in EVENTS} == {
        name: set(words.split()) for name, words in PROPERTIES.items()
    }
    assert set(NestedContent.model_fields) == set(CONTENT.split())


@pytest.mark.parametrize("event", EVENTS)
def test_session_id_alone_is_enough_and_quality_needs_none(event: str) -> None:
    assert fits(event)
    if event == QUALITY:
        model_for(event).model_validate({})
    else:
        with pytest.raises(ValidationError, match="session_id"):
            model_for(event).model_validate({})


@pytest.mark.parametrize(
    ("event", "name", "good", "bad"),
    [
        (PAUSED, "session_id", ["x", "å"], ["", 1, None, "\ud800", b"x"]),
        (PAUSED, "position", [0, 278], [1.0, "1", True, -1, 2**53, None, float("nan")]),
        (PAUSED, "bitrate", [0, 100], [1.5, "1", False, -1, None]),
        (PAUSED, "framerate", [29.97, 30], [0, -1, "30", True, None, float("nan"), float("inf"), 10**400]),
        (PAUSED, "sound", [0, 100], [-1, 101, 55.5, True, None]),
        (PAUSED, "full_screen", [True, False], [0, 1, "true", None]),
        (PAUSED, "ad_enabled", [True, False], [0, "false", None]),
        (PAUSED, "livestream", [False], [0, "false", None]),
        (PAUSED, "quality", ["hd1080"], [1080, "", None]),
        (PAUSED, "video_player", ["youtube"], ["", None, ["youtube"]]),
        (PAUSED, "content_asset_id", ["a", None], [1, "", ["a"]]),
        (SEEK, "seek_position", [0, 320], [1.5, -1, "320", None]),
        ("Video Playback Interrupted", "method", ["call"], ["", None, 1]),
        (STARTED, "content_asset_ids", [["a"], []], ["a", [1], [""], None, ("a",), ["\ud800"]]),
        (STARTED, "content_pod_ids", [["a", "b"]], ["a", [None], None]),
        (STARTED, "ad_asset_id", [["a", "b"]], ["a", None]),
        (STARTED, "ad_pod_id", [["a"]], ["a", None]),
        (STARTED, "ad_type", [["pre-roll", "mid-roll", "post-roll"]], ["pre-roll", ["overlay"], None]),
        (PLAYED, "keywords", [["a"], []], ["a", [1], ("a",), None]),
        (PLAYED, "season", ["1"], [1, "", None]),
        (PLAYED, "full_episode", [True], ["true", None]),
        (
            PLAYED,
            "airdate",
            ["1991-08-13", "1991-08-13T20:15", "1991-08-13T20:15:00.5Z", "1991-08-13T20:15:00+02:00", "2024-02-29"],
            ["", "1991", "13.8.1991", "1991-02-30", "19910813", "1991-08-13 20:15", "1991-08-13T25:00", "1991-08-13\n"],
        ),
        (PLAYED, "airdate", ["1991-08-13T00:00:00Z"], [19910813, None, "2023-02-29"]),
        (AD_PLAYING, "type", ["pre-roll", "mid-roll", "post-roll"], ["preroll", "", None]),
        (AD_PLAYING, "load_type", ["linear", "dynamic"], ["static", None]),
        (AD_PLAYING, "pod_position", [1], [1.0, -1, None]),
        (AD_PLAYING, "pod_length", [2], ["2", -1, None]),
        (AD_PLAYING, "quartile", [1, 2, 3], [0, 4, 1.0, True, None]),
        (AD_PLAYING, "position", [0], [None, -1, 0.5]),
        (AD_PLAYING, "total_length", [30], [None, -1, 0.5]),
        (
            AD_PLAYING,
            "content",
            [{}, {"title": "x"}, {"session_id": "s"}],
            ["x", None, [], {"title": 1}, {"keywords": "a"}],
        ),
        (QUALITY, "startupTime", [0, 812, 812.5], [-1, "812", True, None, float("inf")]),
        (QUALITY, "droppedFrames", [0, 7], [-1, 7.0, None]),
        (QUALITY, "session_id", ["s"], ["", None]),
    ],
)
def test_each_property_is_strict(event: str, name: str, good: list[Any], bad: list[Any]) -> None:
    assert [value for value in good if not fits(event, **{name: value})] == []
    assert [value for value in bad if fits(event, **{name: value})] == []


@pytest.mark.parametrize("event", [STARTED, PAUSED, PLAYED])
def test_live_and_a_null_length_go_together(event: str) -> None:
    assert fits(event, livestream=True, total_length=None)
    assert fits(event, livestream=True, total_length=None, position=None)
    assert not fits(event, livestream=True, total_length=60)
    assert not fits(event, livestream=True)
    assert not fits(event, total_length=None)
    assert not fits(event, livestream=False, total_length=None)
    assert not fits(event, livestream=False, position=None)


@pytest.mark.parametrize("event", [STARTED, PAUSED, SEEK, PLAYED, AD_PLAYING])
def test_a_position_ends_at_the_length(event: str) -> None:
    assert fits(event, position=60, total_length=60)
    assert not fits(event, position=61, total_length=60)
    assert fits(event, position=61)


def test_the_content_of_an_ad_is_held_to_its_own_rules() -> None:
    assert not fits(AD_PLAYING, content={"position": 61, "total_length": 60})
    assert not fits(AD_PLAYING, content={"total_length": None})


def test_the_ad_that_plays_is_named_whole_or_not_at_all() -> None:
    whole = {"ad_asset_id": "a", "ad_pod_id": "p", "ad_type": "mid-roll"}
    assert fits(PAUSED, **whole)
    assert fits(PAUSED, **dict.fromkeys(whole))
    for name, value in whole.items():
        assert not fits(PAUSED, **{**whole, name: None})
        assert not fits(PAUSED, **{name: value})
    assert fits(STARTED, ad_type=["mid-roll"])


def test_an_unknown_property_is_kept() -> None:
    model = model_for(PAUSED).model_validate({"session_id": "s", "mood": "good"})
    assert model.model_extra == {"mood": "good"}


def test_every_property_is_described() -> None:
    models = {model_for(name) for name in EVENTS}
    assert [
        f"{model.__name__}.{name}"
        for model in models
        for name, field in model.model_fields.items()
        if not field.description
    ] == []
