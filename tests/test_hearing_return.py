"""The content's first moments, after a break and at the very beginning: what is pressed before the player's first report."""

from typing import Any

from test_hearing import Step, at, rolls
from test_hearing_quick import SEEK, happened, sought

POD = {"event": {"identifier": "mid", "startTime": 20}}
AD = {"asset": {"identifier": "x", "duration": 4}}


def returns(gap: float) -> list[tuple[str, float, int]]:
    """hls.js comes back from a mid-roll, and the viewer seeks so many seconds later."""
    steps: list[Step] = [
        at(0, "play", paused=False),
        at(0.1, "playing", paused=False),
        *rolls(0, 0.1, 5),
        at(5, "hlsInterstitialStarted", 5, src="player", data=POD),
        at(5.01, "hlsInterstitialAssetStarted", 0, src="player", data=AD),
        at(5.1, "playing", 0, paused=False, duration=4),
        *rolls(0, 5.1, 9),
        at(9, "hlsInterstitialAssetEnded", 4, src="player", data=AD, paused=True, ended=True, duration=4),
        at(9.01, "hlsInterstitialEnded", 0, src="player", data=POD),
        at(9.02, "emptied", 0, paused=False, duration=None),
        at(9.03, "play", 0, paused=False, duration=None),
        at(9.1, "playing", 5, paused=False),
        *sought(9.1 + gap, 30, 9.4 + gap),
        at(9.41 + gap, "playing", 30, paused=False),
        *rolls(30, 9.41 + gap, 13),
    ]
    return happened("hls.js@1", steps, "Content Started", *SEEK)[1:]


def test_a_seek_before_the_first_report_of_what_was_seen_is_the_viewers() -> None:
    """Frames were on for a moment; the player had no time to report them."""
    assert returns(0.18) == [
        ("Content Started", 9.1, 5),
        ("Playback Seek Started", 9.28, 9),
        ("Playback Seek Completed", 9.58, 34),
    ]


def test_a_seek_with_the_first_frame_is_the_players() -> None:
    assert returns(0.02) == [("Content Started", 9.43, 30)]


def test_fluid_calls_an_ads_last_second_the_contents() -> None:
    """A viewer who pauses and plays in it is still in the ad, until the element has another source."""

    def fluid(seconds: float, type_: str, position: float, kind: str, **more: Any) -> Step:
        return at(seconds, type_, position, src="player", data={"mediaSourceType": kind}, **{"paused": False, **more})

    def source(seconds: float) -> Step:
        return at(seconds, "loadstart", 0, paused=True, duration=None)

    ad = [(when, type_, {**more, "duration": 8}) for when, type_, more in rolls(0, 0.2, 7.5)]
    steps = [
        source(0),
        fluid(0.1, "play", 0, "ad", duration=8),
        fluid(0.2, "playing", 0, "ad", duration=8),
        *ad,
        fluid(7.5, "pause", 7.2, "source", paused=True, duration=8),
        fluid(9, "play", 7.2, "source", duration=8),
        fluid(9, "playing", 7.2, "source", duration=8),
        at(9.8, "ended", 8, paused=True, ended=True, duration=8),
        source(9.9),
        fluid(10, "play", 0, "source"),
        fluid(10.1, "playing", 0, "source"),
        *rolls(0, 10.1, 12),
    ]
    names = (
        "Ad Started",
        "Ad Completed",
        "Playback Paused",
        "Playback Resumed",
        "Content Started",
        "Content Completed",
    )
    assert [one[:2] for one in happened("fluid-player@3", steps, *names)] == [
        ("Ad Started", 0.2),
        ("Playback Paused", 7.5),
        ("Playback Resumed", 9),
        ("Ad Completed", 9.8),
        ("Content Started", 10.1),
    ]
