"""Ads as players show them that no recording in samples/ does, in a few lines each: in an element of their own, under the
content's positions, cut off by another source. Each order is of a recording, or of the player's source where it says so."""

from typing import Any

from test_hearing import BEGUN, PRE_MID, Step, at, rolls, told

POD = [
    {"asset_id": "ad-1", "duration": 8, "type": "pre-roll", "pod_id": "pre", "position": 1, "at": 0},
    {"asset_id": "ad-2", "duration": 12, "type": "mid-roll", "pod_id": "mid", "position": 1, "at": 5},
    {"asset_id": "ad-3", "duration": 12, "type": "mid-roll", "pod_id": "mid", "position": 2, "at": 5},
]
TWO = [
    {"asset_id": "film", "duration": 60},
    {"asset_id": "next", "duration": 30, "source_url": "https://v.example/next.m3u8"},
]


def said(player: str, steps: list[Step], *names: str, **named: Any) -> list[tuple[Any, ...]]:
    """Of each track of these names: when, which, and where."""
    return [(one["after"], one["event"], one["position"]) for one in told(player, steps, *names, **named)]


# -- Shaka: an element of its own --------------------------------------------------------------------------------------


def shaka(seconds: float, type_: str, **ad: Any) -> Step:
    """A line of the ad manager; the snapshot is the content's."""
    data = {"adFrom": "event", "ad": {"isLinear": True, **ad}} if ad else {}
    return at(seconds, type_, 5, src="player", data=data, paused=True)


def pod_of_two() -> tuple[dict[str, Any], dict[str, Any]]:
    """The ad objects of a break."""
    return {"id": "a", "position": 1, "length": 2}, {"id": "b", "position": 2, "length": 2}


def own(seconds: float, type_: str, **more: Any) -> Step:
    """A line of the ad's own element."""
    answers = {"currentTime": 0, "duration": 12, "paused": False, "ended": False, **more}
    return at(seconds, type_, 5, data={"element": "ad", "own": answers}, paused=True)


PAUSE_FOR_ADS = at(5.02, "pause", 5, paused=True)
BACK = [at(29.1, "play", 5, paused=False), at(29.12, "playing", 5, paused=False), *rolls(5, 29.12, 33)]
NAMES = ("Ad Started", "Ad Completed", "Playback Paused", "Playback Resumed", "Content Started", "Content Completed")


def test_ads_of_shaka_4_in_an_element_of_their_own() -> None:
    """No break is told: it begins with its first ad and ends with its last, also when the ad manager alone is heard."""
    first, second = pod_of_two()
    steps = [
        *BEGUN,
        shaka(5, "ad-started", **first),
        PAUSE_FOR_ADS,
        own(5.1, "play"),
        own(5.1, "waiting"),
        own(5.2, "playing"),
        # the viewer pauses the ad; the content has been paused all along
        own(9, "pause", paused=True),
        own(11, "play"),
        shaka(17, "ad-stopped"),
        shaka(17, "ad-started", **second),
        shaka(17.01, "ad-complete"),
        own(17.1, "playing"),
        # while the ad goes on, the content's buffer fills
        at(18, "buffering", 5, src="player", data={"buffering": True}, paused=True),
        shaka(29, "ad-stopped"),
        *BACK,
    ]
    expected = [
        (0.1, "Content Started", 0),
        (5.2, "Content Completed", 4),
        (5.2, "Ad Started", 0),
        (9, "Playback Paused", 8),
        (11, "Playback Resumed", 8),
        (17, "Ad Completed", 12),
        (17.1, "Ad Started", 0),
        (29, "Ad Completed", 12),
        (29.12, "Content Started", 5),
    ]
    names = (*NAMES, "Playback Buffer Started")
    assert said("shaka-player@4.16", steps, *names, ads=POD[1:]) == expected
    unheard = [step for step in steps if "own" not in step[2].get("data", {})]
    unheard += [shaka(5.2, "ad-resumed"), shaka(9, "ad-paused"), shaka(11, "ad-resumed"), shaka(17.1, "ad-resumed")]
    unheard.sort(key=lambda step: step[0])
    assert said("shaka-player@4.16", unheard, *names, ads=POD[1:]) == expected


def test_ads_of_shaka_with_google_ima() -> None:
    """By its source (client_side_ad_manager.js): `ad-started` when the content is to pause, and again when the ad shows;
    one `ad-stopped`, when the content is to go on; of a second ad only `ad-started` and `ad-progress`."""
    first, second = pod_of_two()
    steps = [
        *BEGUN,
        shaka(5, "ad-started", **first),
        PAUSE_FOR_ADS,
        shaka(5.2, "ad-started", **first),
        shaka(8.2, "ad-first-quartile", **first),
        shaka(17, "ad-complete", **first),
        shaka(17, "ad-started", **second),
        shaka(17.1, "ad-progress", **second),
        shaka(20, "ad-skipped", **second),
        shaka(20.1, "ad-stopped"),
        *BACK,
    ]
    names = ("Ad Started", "Ad Playing", "Ad Completed", "Ad Skipped", "Playback Paused", "Content Started")
    assert said("shaka-player@5", steps, *names, ads=POD[1:]) == [
        (0.1, "Content Started", 0),
        (5.2, "Ad Started", 0),
        (8.2, "Ad Playing", 3),
        (15.2, "Ad Playing", 10),
        (17, "Ad Completed", 12),
        (17.1, "Ad Started", 0),
        (20, "Ad Skipped", 2),
        (29.12, "Content Started", 5),
    ]


# -- another source in an ad -------------------------------------------------------------------------------------------


def test_another_source_takes_the_place_of_a_break() -> None:
    """hls.js, on `loadSource` of a new one in a mid-roll: the ad is not completed, and the next content is the other."""
    steps = [
        *BEGUN,
        at(5, "hlsInterstitialStarted", 5, src="player", data={"event": {"identifier": "mid", "startTime": 5}}),
        at(5, "hlsInterstitialAssetStarted", 5, src="player", data={"asset": {"identifier": "x", "duration": 12}}),
        at(5.1, "playing", 0, paused=False, duration=12),
        *rolls(0, 5.1, 8),
        at(8, "hlsDestroying", 3, src="player"),
        at(8.01, "emptied", paused=False),
        at(8.02, "hlsManifestLoading", src="player", data={"url": "next.m3u8"}),
        at(8.03, "play", paused=False),
        at(8.5, "playing", 0, paused=False, duration=30),
        *rolls(0, 8.5, 12),
    ]
    steps = [(when, type_, {"duration": 30, **more} if when > 8.5 else more) for when, type_, more in steps]
    tracks = told("hls.js@1", steps, *NAMES, "Playback Exited", contents=TWO, content=None)
    assert [(one["after"], one["event"], one["asset_id"]) for one in tracks] == [
        (0.1, "Content Started", "film"),
        (5.1, "Content Completed", "film"),
        (5.1, "Ad Started", "x"),
        (8.5, "Content Started", "next"),
    ]


# -- THEOplayer --------------------------------------------------------------------------------------------------------


def theo(seconds: float, type_: str, position: float = 0, data: dict[str, Any] | None = None, **more: Any) -> Step:
    return at(seconds, type_, position, src="player", data=data or {}, **more)


THEO = [theo(0, "play", paused=False), theo(0.1, "playing", paused=False)]


def theo_rolls(position: float, began: float, upto: float, **more: Any) -> list[Step]:
    return [(when, type_, {**step, "src": "player", **more}) for when, type_, step in rolls(position, began, upto)]


def of_break(offset: float, ad: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """The payloads of a break's and of its ad's events."""
    brk = {"timeOffset": offset, "integration": "google-ima", "ads": [{"id": ad, "type": "linear"}]}
    return {"adBreak": brk}, {"ad": {"id": ad, "type": "linear", "duration": 12, "adBreak": brk}}


def test_an_ad_of_google_ima_whose_lines_carry_the_contents_position() -> None:
    """The position stands where the content is: it is not the ad's, and the content goes on where it was. A stall
    (`adbuffering`) has no word for its end; the next quartile is one."""
    brk, ad = of_break(20, "m")
    steps = [
        *THEO,
        *theo_rolls(0, 0.1, 20.1),
        theo(20.1, "pause", 20, paused=True),
        theo(20.12, "adbreakbegin", 20, brk),
        theo(20.2, "adbegin", 20, ad),
        theo(20.3, "adimpression", 20, ad),
        theo(23.3, "adfirstquartile", 20, ad),
        theo(24, "adbuffering", 20, ad),
        theo(27.3, "admidpoint", 20, ad),
        theo(33, "adend", 20, ad),
        theo(33.1, "adbreakend", 20, brk),
        theo(33.3, "playing", 20, paused=False),
        *theo_rolls(20, 33.3, 36),
    ]
    names = ("Ad Started", "Ad Playing", "Ad Completed", "Content Started", "Playback Paused")
    assert said("theoplayer@11", steps, *names, "Playback Buffer Started", "Playback Buffer Completed") == [
        (0.1, "Content Started", 0),
        (20.3, "Ad Started", 0),
        (23.3, "Ad Playing", 3),
        (24, "Playback Buffer Started", 23),
        (27.3, "Playback Buffer Completed", 23),
        (27.3, "Ad Playing", 3),
        (33, "Ad Completed", 12),
        (33.3, "Content Started", 20),
    ]


def test_the_pause_that_ends_an_ad_is_nobodys() -> None:
    """THEOplayer, and any player whose `pause` at an ad's end does not answer `ended`."""
    brk, ad = of_break(0, "a")
    steps = [
        THEO[0],
        theo(0.1, "adbreakbegin", 0, brk),
        theo(0.2, "adbegin", 0, ad),
        theo(0.3, "playing", 0, paused=False, duration=12),
        *theo_rolls(0, 0.3, 12.2, duration=12),
        theo(12.2, "pause", 12, paused=True, duration=12),
        theo(12.3, "adend", 12, ad, duration=12),
        theo(12.31, "adbreakend", 0, brk),
        theo(12.7, "play", 0, paused=False),
        theo(12.8, "playing", 0, paused=False),
        *theo_rolls(0, 12.8, 15),
    ]
    assert said("theoplayer@11", steps, "Ad Completed", "Playback Paused", "Playback Resumed") == [
        (12.3, "Ad Completed", 12)
    ]


def test_a_content_that_pauses_just_before_its_post_roll_is_at_its_end() -> None:
    """No `ended` comes before a post-roll; at an end the position is the length."""
    brk, ad = of_break(-1, "p")
    steps = [
        *THEO,
        *theo_rolls(0, 0.1, 59.8),
        theo(59.8, "pause", 59.7, paused=True),
        theo(59.85, "adbreakbegin", 59.7, brk),
        theo(59.9, "adbegin", 59.7, ad),
        theo(60.1, "playing", 0, paused=False, duration=12),
        theo(60.4, "timeupdate", 0.3, paused=False, duration=12),
    ]
    assert said("theoplayer@11", steps, "Content Completed", "Playback Paused") == [(60.1, "Content Completed", 60)]


# -- a content that is replaced ----------------------------------------------------------------------------------------


def test_another_content_that_is_loaded_and_never_played_is_left() -> None:
    """The pod of the first is closed; the viewer did not see an end, and leaves."""
    steps = [
        *BEGUN,
        at(5, "pause", 5, paused=True),
        at(7, "hlsManifestLoading", 5, src="player", data={"url": "next.m3u8"}, paused=True),
        at(40, "pagehide", 0, src="page", paused=True),
    ]
    tracks = told(
        "hls.js@1", steps, "Content Completed", "Playback Completed", "Playback Exited", contents=TWO, content=None
    )
    assert [(one["after"], one["event"]) for one in tracks] == [(7, "Content Completed"), (40, "Playback Exited")]


def test_a_playlist_that_ends_after_its_first_content_is_as_long_as_that() -> None:
    """Who completes one content of two has not seen both."""
    lengths = [{"asset_id": "film", "duration": 60}, {"asset_id": "next", "duration": 30}]
    steps = [*BEGUN, *rolls(5, 5.1, 59.9), at(60.2, "ended", 60, paused=True), at(90, "pagehide", 60, src="page")]
    first, last = told("html5@1", steps, "Playback Started", "Playback Completed", contents=lengths, content=None)
    assert first["total_length"] == 90
    assert (last["position"], last["total_length"]) == (60, 60)


def test_back_to_the_content_before() -> None:
    """A playlist's next, then its previous, of a player that tells no URL: each is known by its length."""
    lengths = [{"asset_id": "film", "duration": 60}, {"asset_id": "next", "duration": 30}]
    steps = [*BEGUN]
    for began, length in ((5, 30), (10, 60)):
        steps += [
            at(began, "emptied", duration=None),
            at(began + 0.02, "loadstart", duration=None),
            # Plyr shows a blank picture between two sources: no change of quality
            at(began + 0.05, "resize", height=36, duration=None),
            at(began + 0.1, "resize", height=360, duration=length),
            at(began + 0.2, "playing", paused=False, height=360, duration=length),
            *[(when, type_, {**step, "duration": length}) for when, type_, step in rolls(0, began + 0.2, began + 4.5)],
        ]
    steps = [(when, type_, {"height": 360, **more}) for when, type_, more in steps]
    started = told("html5@1", steps, "Content Started", "Quality Updated", contents=lengths, content=None)
    assert [one["asset_id"] for one in started] == ["film", "next", "film"]
    # what was seen of the next one counts, though the list ends before it
    steps += [*rolls(4.5, 14.5, 70), at(70.2, "ended", 60, paused=True), at(90, "pagehide", 60, src="page")]
    (last,) = told("html5@1", steps, "Playback Completed", contents=lengths, content=None)
    assert last["position"] == last["total_length"] > 60


def test_quartiles_between_the_last_report_and_the_end() -> None:
    """An ad that was seen to its end has all of them, however seldom the player reports."""
    event = {"event": {"identifier": "pre", "startTime": 0}}
    steps = [
        at(0, "hlsInterstitialStarted", src="player", data=event),
        at(0.1, "hlsInterstitialAssetStarted", src="player", data={"asset": {"identifier": "x"}}),
        at(0.2, "play", paused=False),
        at(0.3, "playing", duration=8, paused=False),
        at(3.3, "timeupdate", 3, duration=8, paused=False),
        at(8.3, "ended", 8, duration=8, paused=True),
        at(8.3, "hlsInterstitialAssetEnded", 8, src="player", data={"asset": {"identifier": "x"}}),
    ]
    beats = told("hls.js@1", steps, "Ad Playing", ads=POD[:1])
    assert [(one["quartile"], one["after"], one["position"]) for one in beats] == [
        (1, 3.3, 3),
        (2, 8.3, 8),
        (3, 8.3, 8),
    ]


def test_playback_before_a_pre_roll_of_fluid_was_asked_for_when_its_ads_were_looked_for() -> None:
    """Its `play` waits for the ad's media. Long after, it is of another press: a browser may have blocked autoplay."""

    def started(loaded: float, plays: float) -> list[tuple[str, float]]:
        roll: dict[str, Any] = {"src": "player", "data": {"mediaSourceType": "preRoll"}}
        steps = [
            at(loaded, "vast:vastLoadedCallback", src="player"),
            at(plays, "play", **roll, paused=False),
            at(plays + 0.1, "playing", **roll, paused=False),
            at(plays + 1, "timeupdate", 0.9, paused=False),
            at(plays + 1.1, "pause", 1, **roll, paused=True),
            at(plays + 2, "vast:vastLoadedCallback", 1, src="player"),
            at(plays + 4, "play", 1, **roll, paused=False),
        ]
        names = ("Playback Started", "Ad Started", "Playback Resumed")
        return [(one["event"], one["after"]) for one in told("fluid-player@3", steps, *names, ads=PRE_MID)]

    assert started(1, 3) == [("Playback Started", 1), ("Ad Started", 3.1), ("Playback Resumed", 7)]
    assert started(1, 30)[0] == ("Playback Started", 30)
