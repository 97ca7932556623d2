"""Ads that fail, are tried again or stall, players taken down in them, stalls that were paused in: as recorded, a few lines
each."""

from typing import Any

from test_hearing import BEGUN, Step, at, rolls, told
from test_hearing_ads import said

# -- hls.js ------------------------------------------------------------------------------------------------------------

MID = {"event": {"identifier": "mid", "startTime": 5, "cue": {}}}
ASSET = {**MID, "asset": {"identifier": "mid-1", "duration": 8}, "assetListIndex": 0}


def hls(seconds: float, type_: str, data: dict[str, Any], position: float = 0, **more: Any) -> Step:
    """A line of hls.js in an interstitial."""
    return at(seconds, type_, position, src="player", data=data, **{"paused": False, "duration": 8, **more})


ERROR = {**ASSET, "details": "fragLoadError", "fatal": False}
OPENS = [
    *BEGUN,
    hls(5, "hlsInterstitialStarted", MID, 5, duration=60),
    hls(5, "hlsInterstitialAssetStarted", ASSET, 5, duration=60),
]
RETURNS = [at(15.2, "playing", 5, paused=False), *rolls(5, 15.2, 18)]
MID_ROLL = [{"asset_id": "ad", "duration": 8, "type": "mid-roll", "pod_id": "mid", "position": 1, "at": 5}]
ADS = ("Ad Started", "Ad Completed", "Ad Skipped", "Content Started", "Content Completed", "Playback Completed")


def test_an_asset_that_is_tried_again_has_not_failed() -> None:
    """`InterstitialAssetError` comes with each try of a fragment, and is never `fatal`."""
    steps = [
        *OPENS,
        hls(5.5, "hlsInterstitialAssetError", ERROR),
        hls(6.5, "hlsInterstitialAssetError", ERROR),
        at(7, "playing", 0, paused=False, duration=8),
        *((when, type_, {**more, "duration": 8}) for when, type_, more in rolls(0, 7, 15)),
        at(15, "pause", 8, paused=True, ended=True, duration=8),
        at(15, "ended", 8, paused=True, ended=True, duration=8),
        hls(15, "hlsInterstitialAssetEnded", ASSET, 8, paused=True, ended=True),
        hls(15.01, "hlsInterstitialEnded", MID),
        *RETURNS,
    ]
    assert said("hls.js@1", steps, *ADS, ads=MID_ROLL)[1:] == [
        (7, "Content Completed", 4),
        (7, "Ad Started", 0),
        (15, "Ad Completed", 8),
        (15.2, "Content Started", 5),
    ]


def test_an_asset_that_is_given_up_has_failed() -> None:
    """What was shown of it is neither completed nor skipped, by whatever it is left."""
    shown = [
        *OPENS,
        at(5.5, "playing", 0, paused=False, duration=8),
        at(6.5, "timeupdate", 1, paused=False, duration=8),
    ]
    ends = [
        [hls(8, "hlsInterstitialAssetEnded", ASSET, 2), hls(8, "hlsInterstitialEnded", MID)],
        [hls(8, "hlsInterstitialEnded", MID)],
    ]
    for end in ends:
        steps = [*shown, hls(7, "hlsInterstitialAssetError", ERROR, 1.5), *end, *RETURNS]
        assert [event for _, event, _ in said("hls.js@1", steps, *ADS, ads=MID_ROLL)[1:]] == [
            "Content Completed",
            "Ad Started",
            "Content Started",
        ]
    # another asset's error is not this one's
    other = {**ERROR, "asset": {"identifier": "mid-2"}}
    steps = [*shown, hls(7, "hlsInterstitialAssetError", other, 1.5), *ends[0], *RETURNS]
    assert "Ad Skipped" in [event for _, event, _ in said("hls.js@1", steps, *ADS, ads=MID_ROLL)]


# -- contrib-ads -------------------------------------------------------------------------------------------------------


def of_plugin(seconds: float, type_: str, position: float = 0, **more: Any) -> Step:
    """A line of `player.on()`."""
    return at(seconds, type_, position, src="player", **{"paused": False, "duration": 6, **more})


def one_ad(began: float, upto: float) -> list[Step]:
    """An ad of 6 s from its source to its end."""
    return [
        of_plugin(began, "adloadstart", duration=None),
        of_plugin(began + 0.1, "adplay"),
        of_plugin(began + 0.2, "adplaying"),
        of_plugin(upto, "adended", 6, paused=True, ended=True),
    ]


CONTENT = [(when, type_, {"src": "player", **more}) for when, type_, more in BEGUN]


def test_an_ad_of_contrib_ads_that_fails_has_its_place_in_the_pod() -> None:
    """Its file is not there: an error before any frame, and then the next ad's source."""
    pod = [
        {"asset_id": f"ad-{n}", "duration": 6, "type": "mid-roll", "pod_id": "mid", "position": n, "at": 5}
        for n in (1, 2, 3)
    ]
    steps = [
        *CONTENT,
        of_plugin(5, "adstart", 5, duration=60),
        *one_ad(5, 11),
        of_plugin(11.1, "adloadstart", paused=True, duration=None),
        of_plugin(11.2, "aderror", paused=True, duration=None),
        *one_ad(11.3, 17.5),
        of_plugin(17.5, "adend", 6, paused=True, ended=True),
    ]
    ads = told("video.js+contrib-ads@7", steps, "Ad Started", ads=pod)
    assert [(one["asset_id"], one["pod_position"]) for one in ads] == [("ad-1", 1), ("ad-3", 3)]


def test_the_pause_of_an_ad_that_broke_is_nobodys() -> None:
    """The element pauses for the error, and says so when ad mode is over."""
    broken = [
        *CONTENT,
        of_plugin(5, "adstart", 5, duration=60),
        *one_ad(5, 11)[:3],
        of_plugin(7, "aderror", 2, paused=True),
        of_plugin(7, "adend", 2, paused=True),
        of_plugin(7.01, "contentpause", 2, paused=True),
        of_plugin(7.02, "contentloadstart", 0, paused=True, duration=None),
        of_plugin(7.4, "contentplay", 5, duration=60),
        of_plugin(7.5, "playing", 5, duration=60),
        *((when, type_, {"src": "player", **more}) for when, type_, more in rolls(5, 7.5, 9)),
    ]
    pressed = [of_plugin(9, "pause", 6.5, paused=True, duration=60), of_plugin(11, "play", 6.5, duration=60)]
    names = ("Playback Paused", "Playback Resumed")
    found = told("video.js+contrib-ads@7", [*broken, *pressed], *names, ads=MID_ROLL)
    assert [(one["after"], one["event"]) for one in found] == [(9, "Playback Paused"), (11, "Playback Resumed")]


# -- Shaka -------------------------------------------------------------------------------------------------------------

BREAK = [
    *BEGUN,
    at(5, "ad-break-started", 5, src="player", data={"timeOffset": 5}, paused=False),
    at(5, "ad-started", 5, src="player", data={"ad": {"id": "x", "isLinear": True}}, paused=False),
    at(5, "unloading", 5, src="player", paused=False),
]
EMPTY = [at(5.2, "emptied", paused=True, duration=None), at(5.21, "loadstart", paused=True, duration=None)]
SHOWN = [at(6, "playing", 0, paused=False, duration=8), at(7, "timeupdate", 1, paused=False, duration=8)]


def test_an_ad_in_shakas_own_element_starts_when_the_content_is_out_of_it() -> None:
    """On a replay the content's seek ends, and `playing` comes, after the pre-roll was announced."""
    steps = [*BREAK, at(5.1, "playing", 5.02, paused=False), *EMPTY, *SHOWN]
    assert [one["after"] for one in told("shaka-player@5", steps, "Ad Started", ads=MID_ROLL)] == [6]


def test_shaka_taken_down_in_an_ad_is_left() -> None:
    """`ad-stopped` comes of it, and is no end of the ad."""
    steps = [
        *BREAK,
        *EMPTY,
        *SHOWN,
        at(8, "unloading", 2, src="player", paused=False, duration=8),
        at(8, "ad-stopped", 2, src="player", paused=False, duration=8),
        at(8.1, "emptied", paused=True, duration=None),
        at(40, "visibilitychange", src="page", paused=True, duration=None),
    ]
    (left,) = told("shaka-player@5", steps, "Ad Completed", "Playback Exited", "Playback Interrupted", ads=MID_ROLL)
    assert (left["after"], left["event"]) == (8, "Playback Exited")


def test_shaka_tells_a_stall_in_an_ad_by_its_rate_alone() -> None:
    steps = [
        *BREAK,
        *EMPTY,
        *SHOWN,
        at(8, "ratechange", 2, paused=False, duration=8, playbackRate=0),
        at(11, "ratechange", 2, paused=False, duration=8, playbackRate=1),
        at(12, "timeupdate", 3, paused=False, duration=8),
    ]
    names = ("Playback Buffer Started", "Playback Buffer Completed")
    stall = told("shaka-player@5", steps, *names, ads=MID_ROLL)
    assert [(one["after"], one["ad_asset_id"]) for one in stall] == [(8, "ad"), (11, "ad")]


def test_a_stall_of_shaka_that_was_paused_in_goes_on_after_the_play() -> None:
    """`buffering` is told once, when it begins, and `playing` though nothing moves."""

    steps = [
        *BEGUN,
        at(5, "buffering", 5, src="player", data={"buffering": True}, paused=False, playbackRate=0),
        at(7, "pause", 5, paused=True, playbackRate=0),
        at(9, "play", 5, paused=False, playbackRate=0),
        at(9.01, "playing", 5, paused=False, playbackRate=0),
        at(11, "buffering", 5, src="player", data={"buffering": False}, paused=False, playbackRate=1),
        *rolls(5, 11, 13),
    ]
    stalls = told("shaka-player@5", steps, "Playback Buffer Started", "Playback Buffer Completed")
    assert [(one["after"], one["event"].split()[-1]) for one in stalls] == [
        (5, "Started"),
        (7, "Completed"),
        (9.01, "Started"),
        (11, "Completed"),
    ]


# -- a bare element ----------------------------------------------------------------------------------------------------


def test_an_element_whose_source_is_taken_away_is_left() -> None:
    """`removeAttribute("src"); load()`: the element is emptied, and no other source loads."""
    gone = at(5, "emptied", paused=True, duration=None)
    (left,) = told("html5@1", [*BEGUN, gone], "Playback Exited", "Playback Interrupted", "Content Completed")
    assert (left["after"], left["event"]) == (5, "Playback Exited")
    again = [gone, at(5.1, "loadstart", paused=True, duration=None), at(9, "playing", 0, paused=False)]
    assert told("html5@1", [*BEGUN, *again, *rolls(0, 9, 12)], "Playback Exited") == []


def test_after_an_end_a_source_that_no_url_tells_is_known_by_its_length() -> None:
    """The list is at its end, and an earlier content is loaded: a further viewing, of that one."""
    lengths = [{"asset_id": "film", "duration": 60}, {"asset_id": "short", "duration": 5}]

    def second(length: float) -> list[str]:
        steps = [
            *((when, type_, {**more, "duration": 5}) for when, type_, more in BEGUN),
            at(5.1, "ended", 5, paused=True, ended=True, duration=5),
            at(6, "emptied", paused=True, duration=None),
            at(6, "play", paused=False, duration=None),
            at(6.1, "loadstart", paused=False, duration=None),
            at(6.5, "playing", 0, paused=False, duration=length),
            *((when, type_, {**more, "duration": length}) for when, type_, more in rolls(0, 6.5, 9)),
        ]
        short = [{**lengths[1], "source_url": "https://v.example/short.mp4"}, lengths[0]]
        found = told("html5@1", steps, "Content Started", contents=short, content=None)
        return [one["asset_id"] for one in found]

    assert second(5) == ["short", "film"]
    assert second(60) == ["short", "film"]


# -- live, and what players do by themselves ---------------------------------------------------------------------------

LIVE = {"content": {"asset_id": "news", "livestream": True}}
SEEK_AND_STALL = ("Playback Seek Started", "Playback Buffer Started", "Playback Buffer Completed")


def heard(player: str, steps: list[Step], *names: str, **named: Any) -> list[tuple[float, str]]:
    """When which of these was told."""
    return [(one["after"], one["event"]) for one in told(player, steps, *names, **named)]


def refreshed(seconds: float, url: str = "https://v.example/live.mpd?n=1") -> Step:
    """dash.js asks for a manifest."""
    return at(seconds, "manifestLoadingStarted", src="player", data={"request": {"url": url}}, paused=False)


def test_a_live_manifest_of_dash_js_that_is_refreshed_is_no_other_source() -> None:
    """A dynamic manifest is asked for every few seconds; only a teardown or another URL makes a load of it."""
    seek = [
        at(6, "seeking", 1, paused=False, seeking=True),
        at(6.1, "seeked", 1, paused=False),
        at(6.1, "playing", 1, paused=False),
        *rolls(1, 6.1, 9),
    ]
    steps = [refreshed(0), *BEGUN, refreshed(5), refreshed(5.5, "https://v.example/live.mpd?n=2"), *seek]
    assert heard("dash.js@5", steps, "Playback Seek Started", **LIVE) == [(6, "Playback Seek Started")]
    torn = at(5, "streamTeardownComplete", src="player", paused=False)
    for again in ([torn, refreshed(5.1)], [refreshed(5, "https://v.example/other.mpd")]):
        assert heard("dash.js@5", [refreshed(0), *BEGUN, *again, *seek], "Playback Seek Started", **LIVE) == []


def test_a_way_out_of_a_stall_into_a_live_window_is_the_players() -> None:
    """hls.js, Shaka and dash.js go to what there is; nobody pressed. Back in time only a viewer goes."""

    def stalled(where: float) -> list[tuple[float, str]]:
        steps = [
            *BEGUN,
            at(5, "waiting", 4.9, paused=False),
            at(12, "seeking", where, paused=False, seeking=True),
            at(12.1, "waiting", where, paused=False, seeking=True),
            at(14, "seeked", where, paused=False),
            at(14, "playing", where, paused=False),
            *rolls(where, 14, 17),
        ]
        return heard("hls.js@1", steps, *SEEK_AND_STALL, **LIVE)

    assert stalled(16) == [(5, "Playback Buffer Started"), (14, "Playback Buffer Completed")]
    assert (12, "Playback Seek Started") in stalled(1)


def test_a_seek_to_the_last_reported_position_is_a_players_push() -> None:
    """hls.js flushes for a quality that was picked and seeks to where it stands, while the playhead rolled on."""

    def seeks(where: float) -> int:
        steps = [
            *BEGUN,
            at(5.6, "seeking", where, paused=False, seeking=True),
            at(5.7, "seeked", where, paused=False),
            at(5.7, "playing", where, paused=False),
            *rolls(where, 5.7, 8),
        ]
        return len(told("hls.js@1", steps, "Playback Seek Started"))

    last = BEGUN[-1][2]["position"]
    assert seeks(last) == 0
    assert seeks(last - 0.5) == seeks(last + 2) == 1


def test_a_pause_in_a_long_seek_is_told_of_when_it_was_pressed() -> None:
    """The segments come late; the viewer does not wait for them."""

    def pauses(*pressed: Step) -> list[tuple[Any, ...]]:
        steps = [
            *BEGUN,
            at(5, "seeking", 30, paused=False, seeking=True),
            at(6, "pause", 30, paused=True, seeking=True),
            *pressed,
            at(11, "seeked", 40, paused=not pressed),
            at(20, "pagehide", 40, src="page", paused=not pressed),
        ]
        return said("html5@1", steps, "Playback Paused", "Playback Seek Started", "Playback Seek Completed")

    again = at(7, "seeking", 40, paused=True, seeking=True)
    started, paused, completed = pauses()
    assert paused == (6, "Playback Paused", 40)
    assert (started[0], completed[0]) == (5, 11)
    assert pauses(again, at(8, "play", 40, paused=False, seeking=True)) == [started, completed]


def test_a_stall_that_a_fatal_error_left_open_ends_with_the_resume() -> None:
    """Nothing is said between; and the source that is loaded again begins where the player says."""
    steps = [
        *BEGUN,
        at(5, "waiting", 4.9, paused=False),
        at(9, "error", 4.9, data={"error": {"code": 2}}, paused=False),
        at(12, "emptied", 0, paused=True, duration=None),
        at(12.01, "loadstart", 0, paused=True, duration=None),
        at(12.1, "play", 0, paused=False, duration=None),
        at(12.5, "playing", 0, paused=False),
        *rolls(0, 12.5, 15),
    ]
    names = ("Playback Interrupted", "Playback Resumed", "Playback Buffer Completed")
    assert said("html5@1", steps, *names)[:3] == [
        (9, "Playback Interrupted", 4),
        (12.1, "Playback Resumed", 0),
        (12.1, "Playback Buffer Completed", 0),
    ]


def test_a_player_that_failed_before_the_play_may_know_its_length() -> None:
    """Only another source takes the error's place, not a report of the one that failed."""
    failed = [
        at(0, "loadstart", 0, duration=None),
        at(0.3, "loadedmetadata", 0, duration=60),
        at(0.5, "error", 0, data={"error": {"code": 3}}, duration=60),
        at(1, "volumechange", 0, duration=60),
    ]
    names = ("Playback Started", "Playback Interrupted", "Content Started")
    assert said("html5@1", [*failed, at(5, "play", 0, duration=60)], *names) == [
        (5, "Playback Started", 0),
        (5, "Playback Interrupted", 0),
    ]
    again = [at(2, "loadstart", 0, duration=None), at(2.3, "loadedmetadata", 0, duration=60)]
    steps = [*failed, *again, at(5, "play", 0, duration=60), at(5.1, "playing", 0, duration=60), *rolls(0, 5.1, 8)]
    assert said("html5@1", steps, *names)[:2] == [(5, "Playback Started", 0), (5.1, "Content Started", 0)]
