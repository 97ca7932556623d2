"""Seeks within ads: the viewer's, as those within the content. The orders are of recordings."""

from test_hearing import BEGUN, PRE_MID, Step, at, rolls, told
from test_hearing_quick import SEEK, happened, sought

POD = {"event": {"identifier": "mid", "startTime": 20}}
AD = {"asset": {"identifier": "x", "duration": 8}}
BREAK = [
    *BEGUN,
    at(5, "hlsInterstitialStarted", 5, src="player", data=POD),
    at(5.01, "hlsInterstitialAssetStarted", 0, src="player", data=AD),
    at(5.1, "playing", 0, paused=False, duration=8),
]


def in_ad(steps: list[Step]) -> list[Step]:
    """What the player answers in the ad."""
    return [(seconds, type_, {"duration": 8, **more}) for seconds, type_, more in steps]


def over(seconds: float, *, paused: bool = False) -> list[Step]:
    """The ad's end, and the content again."""
    return [
        at(seconds, "hlsInterstitialAssetEnded", 8, src="player", data=AD, paused=True, ended=True, duration=8),
        at(seconds + 0.01, "hlsInterstitialEnded", 0, src="player", data=POD),
        at(seconds + 0.02, "emptied", 0, paused=False, duration=None),
        at(seconds + 0.1, "playing", 5, paused=paused),
        *rolls(5, seconds + 0.1, seconds + 2),
    ]


def test_a_scrub_within_an_ad_is_one_seek_with_the_ads_ids() -> None:
    scrub = [
        *rolls(0, 5.1, 7),
        *sought(7.1, 6, 7.2),
        *sought(7.5, 1, 7.6),
        at(7.61, "playing", 1, paused=False),
        *rolls(1, 7.61, 14.6),
    ]
    steps = [*BREAK, *in_ad(scrub), *over(14.6)]
    assert happened("hls.js@1", steps, *SEEK, "Ad Completed", ads=PRE_MID) == [
        ("Playback Seek Started", 7.1, 6),
        ("Playback Seek Completed", 7.6, 5),
        ("Ad Completed", 14.6, 8),
    ]
    started, completed = told("hls.js@1", steps, *SEEK, ads=PRE_MID)
    assert started["ad_asset_id"] == completed["ad_asset_id"] == "ad-2"
    assert started["seek_position"] == 5
    # no quartile is told between where the seek began and where it went
    quartiles = [one["after"] for one in told("hls.js@1", steps, "Ad Playing", ads=PRE_MID) if "quartile" in one]
    assert len(quartiles) == 3
    assert not any(7.1 < after < 7.6 for after in quartiles)


def test_a_seek_to_an_ads_end_ends_with_it() -> None:
    steps = [*BREAK, *in_ad([*rolls(0, 5.1, 7), at(7.1, "seeking", 8, paused=False, seeking=True)]), *over(7.2)]
    expected = [("Playback Seek Started", 7.1), ("Playback Seek Completed", 7.1), ("Ad Completed", 7.2)]
    assert [one[:2] for one in happened("hls.js@1", steps, *SEEK, "Ad Completed", "Playback Paused")] == expected


def test_a_play_within_a_seek_within_an_ad_is_told_where_it_goes() -> None:
    pressed = [
        *rolls(0, 5.1, 7),
        at(7.1, "pause", 2, paused=True),
        at(8, "seeking", 6, paused=True, seeking=True),
        at(8.2, "play", 6, paused=False, seeking=True),
        at(8.5, "seeked", 6, paused=False),
        at(8.51, "playing", 6, paused=False),
        *rolls(6, 8.51, 10.5),
    ]
    names = (*SEEK, "Playback Paused", "Playback Resumed")
    assert happened("hls.js@1", [*BREAK, *in_ad(pressed), *over(10.5)], *names) == [
        ("Playback Paused", 7.1, 6),
        ("Playback Seek Started", 8, 6),
        ("Playback Resumed", 8.2, 10),
        ("Playback Seek Completed", 8.5, 10),
    ]
    (beat,) = [one for one in told("hls.js@1", [*BREAK, *in_ad(pressed)], "Ad Playing") if "quartile" not in one]
    assert (beat["after"], beat["position"]) == (8.2, 6)


def test_a_seek_within_an_ad_of_contrib_ads_has_the_plugins_name() -> None:
    """Before the ad's source is there, the same name is of the content."""

    def seeks(*source: Step) -> int:
        steps = [
            *BEGUN,
            at(5, "adstart", 5, src="player"),
            *source,
            *in_ad([at(5.2, "adplaying", 0, src="player", paused=False), *rolls(0, 5.2, 8)]),
            at(8, "adseeking", 6, src="player", paused=False, seeking=True, duration=8),
            at(8.1, "adseeked", 6, src="player", paused=False, duration=8),
            *in_ad(rolls(6, 8.1, 9.5)),
        ]
        steps = [(when, type_, {"src": "player", **more}) for when, type_, more in steps]
        return len(told("video.js+contrib-ads@8", steps, "Playback Seek Started"))

    assert seeks(at(5.1, "ademptied", 0, src="player", paused=False, duration=None)) == 1
    assert seeks() == 0
