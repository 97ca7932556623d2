"""What players do that no recording in samples/ shows in short: a few lines each, and what must be said of them."""

from typing import Any

from judging import EPOCH, judge, line, meta

from videospec.settings import DEFAULTS, Settings

Step = tuple[float, str, dict[str, Any]]
PRE_MID = [
    {"asset_id": "ad-1", "duration": 8, "type": "pre-roll", "pod_id": "pre", "position": 1, "at": 0},
    {"asset_id": "ad-2", "duration": 8, "type": "mid-roll", "pod_id": "mid", "position": 1, "at": 20},
]


def at(seconds: float, type_: str, position: float = 0, **more: Any) -> Step:
    """A native event, so many seconds after the first line."""
    return seconds, type_, {"position": position, **more}


def rolls(position: float, began: float, upto: float) -> list[Step]:
    """Position reports, four a second, after `began` and before `upto`."""
    steps = range(1, int((upto - began) * 4))
    return [at(began + n / 4, "timeupdate", position + n / 4, paused=False) for n in steps]


def told(
    player: str, steps: list[Step], *names: str, settings: Settings = DEFAULTS, **named: Any
) -> list[dict[str, Any]]:
    """The tracks of these names: properties, and the seconds since the first line as `after`."""
    log = [meta(player=player, anonymous_id="v", **{"content": {"asset_id": "film", "duration": 60}, **named})]
    for seq, (seconds, type_, more) in enumerate(steps, 1):
        log.append(line(seq, type_, player=player, t=EPOCH + round(seconds * 1000), **more))
    found = [(track, track.event.removeprefix("Video ")) for track in judge(log, settings).tracks]
    return [
        {**track.properties, "event": event, "after": (track.at - EPOCH) / 1000}
        for track, event in found
        if event in names
    ]


BEGUN = [at(0, "play", paused=False), at(0.1, "playing", paused=False), *rolls(0, 0.1, 5)]


def test_a_player_that_seeks_in_what_it_loads_again_is_no_viewer() -> None:
    """Plyr on a new `source`: the element says `playing`, and then `seeking`, of a seek that Plyr began before."""
    steps = [
        *BEGUN,
        at(5, "emptied"),
        at(5.01, "play", paused=False),
        at(5.02, "loadstart", paused=False),
        at(5.1, "playing", 0, paused=False, seeking=True),
        at(5.12, "seeking", 0, paused=False, seeking=True),
        at(5.2, "seeked", 4.9, paused=False),
        at(5.21, "playing", 4.9, paused=False),
        *rolls(4.9, 5.21, 12),
    ]
    assert told("plyr@3", steps, "Playback Seek Started", "Playback Paused", "Content Completed") == []
    # the playhead is where the seek went, and the heartbeat goes on
    (beat,) = told("plyr@3", steps, "Content Playing")
    assert 9 <= beat["position"] <= 10


def test_a_seek_into_a_break_leaves_the_content_where_it_went() -> None:
    """hls.js on a seek across a mid-roll: no `seeked`, the interstitial begins at once."""
    steps = [
        *BEGUN,
        at(5, "seeking", 40, paused=False, seeking=True),
        at(5.01, "hlsInterstitialStarted", 40, src="player", data={"event": {"identifier": "mid", "startTime": 20}}),
        at(5.02, "hlsInterstitialAssetStarted", 40, src="player", data={"asset": {"identifier": "x"}}),
        at(5.1, "playing", 0, paused=False),
        at(5.4, "timeupdate", 0.3, paused=False),
    ]
    seek, content = told("hls.js@1", steps, "Playback Seek Completed", "Content Completed", ads=PRE_MID)
    assert seek["position"] == content["position"] == 40


def test_dash_ends_though_the_element_never_says_so() -> None:
    """dash.js may seek to the end, again and again, instead of ending."""
    steps = [*BEGUN, *rolls(55, 5, 10)]
    for n in range(3):
        again = 10 + n / 5
        steps += [
            at(again, "playbackEnded", 60, src="player", data={"isLast": True}, paused=False, seeking=True),
            at(again + 0.01, "seeking", 60, paused=n > 0, seeking=True),
            at(again + 0.02, "pause", 60, paused=True, seeking=True),
            at(again + 0.03, "seeked", 60, paused=True, ended=True),
        ]
    names = ("Content Completed", "Playback Completed", "Playback Paused", "Playback Interrupted")
    assert [(one["event"], one["after"]) for one in told("dash.js@5", steps, *names)] == [
        ("Content Completed", 10),
        ("Playback Completed", 10),
    ]
    period = [*BEGUN, at(5, "playbackEnded", 5, src="player", data={"isLast": False}, paused=False)]
    assert told("dash.js@5", period, "Content Completed") == []


def test_players_go_back_into_a_live_window_by_themselves() -> None:
    """Right after a play, and forward: not the viewer's. A second later, or backward, or not live: the viewer's."""

    def seeks(after: float, target: float, *, live: bool = True) -> list[dict[str, Any]]:
        steps = [
            *BEGUN,
            at(5, "pause", 5, paused=True),
            at(60, "play", 5, paused=False),
            at(60.01, "playing", 5, paused=False),
            at(60 + after, "seeking", target, paused=False, seeking=True),
            at(60.01 + after, "waiting", target, paused=False, seeking=True),
            at(60.6 + after, "seeked", target, paused=False),
            at(60.6 + after, "playing", target, paused=False),
        ]
        content = {"asset_id": "film", "livestream": live}
        return told("video.js@8", steps, "Playback Seek Started", "Playback Buffer Started", content=content)

    assert seeks(0.001, 17) == seeks(0.2, 17) == []
    assert len(seeks(0.2, 3)) == len(seeks(1, 17)) == len(seeks(0.2, 17, live=False)) == 1


def test_vidstack_names_the_bitrate_of_a_picture_that_changes_first() -> None:
    """The element's `resize` comes before `quality-change`; the list of qualities came before both."""
    offered = [{"height": 180, "bitrate": 350_000}, {"height": 540, "bitrate": 1_700_000}, {"height": None}]
    steps = [
        at(0, "qualities-change", src="player", data={"detail": offered}),
        at(0.1, "play", paused=False, height=180),
        at(0.2, "playing", paused=False, height=180),
        at(0.5, "timeupdate", 0.3, paused=False, height=180),
        at(2, "resize", 2, paused=False, height=540),
        at(2.02, "quality-change", 2, src="player", data={"detail": offered[1]}, paused=False, height=540),
    ]
    (change,) = told("vidstack@1", steps, "Quality Updated")
    assert change["bitrate"] == 1700


def test_a_network_error_while_the_network_is_gone_is_network_loss() -> None:
    """Any other error is itself, and so is a network error of a device that has a network again."""

    def method(player: str, error: Step, *before: Step) -> str:
        steps = [*BEGUN, *before, error, at(6.01, "pause", 5, paused=True)]
        (broken,) = told(player, steps, "Playback Interrupted")
        return str(broken["method"])

    gone, back = at(5, "offline", 5, src="page", paused=False), at(5.5, "online", 5, src="page", paused=False)
    element = at(6, "error", 5, data={"error": {"code": 2}})
    hls = at(6, "hlsError", 5, src="player", data={"fatal": True, "type": "networkError", "details": "fragLoadError"})
    assert method("html5@1", element, gone) == method("hls.js@1", hls, gone) == "network loss"
    assert method("html5@1", element, gone, back) == method("html5@1", element) == "error:2"
    assert method("html5@1", at(6, "error", 5, data={"error": {"code": 3}}), gone) == "error:3"


def test_a_load_that_fails_offline_is_remembered_until_the_play() -> None:
    failed = {"name": "load", "message": '{"code": 1002}'}
    steps = [
        at(0, "offline", src="page", duration=None),
        at(0.1, "action.rejected", src="page", data=failed, duration=None),
        at(1, "play", paused=False, duration=None),
    ]
    names = ("Playback Started", "Playback Interrupted")
    assert [one["event"] for one in told("shaka-player@5", steps, *names)] == list(names)
    assert told("shaka-player@5", steps, *names)[1]["method"] == "network loss"
    assert told("shaka-player@5", steps[1:], *names)[1]["method"] == "error:1002"


def test_a_page_frozen_in_the_background_breaks_off_what_plays() -> None:
    """The browser freezes the page, pauses the element, and plays it again when the page is shown."""
    steps = [
        *BEGUN,
        at(5, "freeze", 5, src="page", paused=False),
        at(5.01, "pause", 5, paused=True),
        at(65, "resume", 5, src="page", paused=True),
        at(65.1, "play", 5, paused=False),
        at(65.2, "playing", 5, paused=False),
    ]
    names = ("Playback Paused", "Playback Interrupted", "Playback Resumed")
    broken, resumed, _ = told("html5@1", steps, *names)
    assert (broken["method"], broken["after"], resumed["after"]) == ("background", 5, 65.1)
    rests = [*BEGUN, at(5, "pause", 5, paused=True), at(9, "freeze", 5, src="page", paused=True)]
    paused, silent = told("html5@1", rests, *names)
    assert (paused["event"], silent["method"]) == ("Playback Paused", "timeout")


def test_a_player_that_pushes_itself_is_no_viewer() -> None:
    """A seek to where the playhead is: hls.js's nudge, video.js's flush of its buffer. A scrub that comes back is a seek."""

    def seeks(*targets: float) -> list[dict[str, Any]]:
        steps = [*BEGUN]
        for n, target in enumerate(targets):
            steps += [
                at(5 + n / 2, "seeking", target, paused=False, seeking=True),
                at(5.01 + n / 2, "waiting", target, paused=False, seeking=True),
                at(5.1 + n / 2, "seeked", target, paused=False),
                at(5.1 + n / 2, "playing", target, paused=False),
            ]
        return told(
            "video.js@8", [*steps, *rolls(targets[-1], 7, 9)], "Playback Seek Started", "Playback Seek Completed"
        )

    assert seeks(5) == seeks(5.1) == []
    assert [one["event"] for one in seeks(30, 5)] == ["Playback Seek Started", "Playback Seek Completed"]
    assert len(seeks(5.1, 30)) == 2


def test_jumps_that_players_tell_of_are_theirs() -> None:
    """Over a hole in the buffer, and back into a live window."""

    def seeks(player: str, told_by: Step) -> int:
        steps = [
            *BEGUN,
            told_by,
            at(5.01, "seeking", 9, paused=False, seeking=True),
            at(5.1, "seeked", 9, paused=False),
            at(5.1, "playing", 9, paused=False),
            *rolls(9, 5.1, 8),
        ]
        return len(told(player, steps, "Playback Seek Started"))

    hole = {"details": "bufferSeekOverHole", "fatal": False}
    stuck = {"details": "bufferStalledError", "fatal": False}
    assert seeks("hls.js@1", at(5, "hlsError", 9, src="player", data=hole)) == 0
    assert seeks("hls.js@1", at(5, "hlsError", 9, src="player", data=stuck)) == 1
    assert seeks("vidstack@1", at(5, "hls-error", 9, src="player", data={"detail": hole})) == 0
    assert seeks("video.js@8", at(5, "tech:usage", 9, src="player", data={"name": "vhs-live-resync"})) == 0
    assert seeks("video.js@8", at(5, "tech:usage", 9, src="player", data={"name": "vhs-fmp4"})) == 1


def test_frames_of_the_content_in_a_break_are_not_the_ads() -> None:
    """contrib-ads on a seek across a mid-roll: the seek's own `playing` comes with the prefix, before the ad's source."""
    mark: dict[str, Any] = {"src": "player"}
    steps = [
        at(0, "play", paused=False, **mark),
        at(0.1, "playing", paused=False, **mark),
        at(2, "timeupdate", 1.9, paused=False, **mark),
        at(4, "seeking", 40, paused=False, seeking=True, **mark),
        at(4.2, "adstart", 40, paused=False, **mark),
        at(4.21, "adplaying", 40, paused=False, **mark),
        at(4.3, "adloadstart", 0, paused=False, duration=None, **mark),
        at(4.3, "adplay", 0, paused=False, duration=None, **mark),
        at(4.5, "adplaying", 0, paused=False, duration=8, **mark),
        at(12.5, "adended", 8, paused=True, ended=True, duration=8, **mark),
        at(12.6, "adend", 8, paused=True, ended=True, duration=8, **mark),
        at(12.7, "contentplay", 40, paused=False, **mark),
        at(12.8, "playing", 40, paused=False, **mark),
        at(13.8, "timeupdate", 41, paused=False, **mark),
    ]
    _, ad, content = told("video.js+contrib-ads@7", steps, "Ad Started", "Content Started", ads=PRE_MID)
    assert (ad["after"], ad["position"], ad["asset_id"]) == (4.5, 0, "ad-2")
    assert (content["after"], content["position"]) == (12.8, 40)


def test_dash_js_4_names_its_renditions_when_it_switches() -> None:
    chosen = {"mediaType": "video", "currentRepresentation": {"height": 540, "bandwidth": 1_500_000}}
    steps = [
        at(0, "play", paused=False, height=360),
        at(0.1, "playing", paused=False, height=360),
        at(0.4, "timeupdate", 0.3, paused=False, height=360),
        at(1, "representationSwitch", 0.9, src="player", data=chosen, paused=False, height=360),
        at(3, "resize", 2.9, paused=False, height=540),
    ]
    (change,) = told("dash.js@4", steps, "Quality Updated")
    assert change["bitrate"] == 1500


def test_an_ad_that_shaka_cannot_load_breaks_off_nothing() -> None:
    """The ad's source is in the content's element, and so is its error."""
    steps = [
        *BEGUN,
        at(5, "ad-break-started", 5, src="player", data={"timeOffset": 5}, paused=False),
        at(5, "ad-started", 5, src="player", data={"ad": {"id": "x"}}, paused=False),
        at(5.1, "error", 0, data={"error": {"code": 4}}, paused=True, duration=None),
        at(5.11, "ad-error", 0, src="player", paused=True, duration=None),
        at(5.12, "ad-break-ended", 0, src="player", paused=True, duration=None),
        at(5.3, "playing", 5, paused=False),
        *rolls(5, 5.3, 7),
        at(8, "error", 7, data={"error": {"code": 4}}, paused=False),
    ]
    (broken,) = told("shaka-player@5", steps, "Playback Interrupted", "Playback Resumed", "Ad Started")
    assert (broken["method"], broken["after"]) == ("error:4", 8)


def test_a_source_as_long_as_the_next_content_is_the_next_content() -> None:
    """The viewer presses next in mid-play, and no URL is known. A source of another length is the same content again."""

    def contents(length: float) -> list[dict[str, Any]]:
        steps = [
            *BEGUN,
            at(5, "emptied", paused=False, duration=None),
            at(5.1, "playing", paused=False, duration=length),
            *((seconds, type_, {**more, "duration": length}) for seconds, type_, more in rolls(0, 5.1, 8)),
        ]
        both = [{"asset_id": "film", "duration": 60}, {"asset_id": "more", "duration": 30}]
        return told("html5@1", steps, "Content Completed", "Content Started", contents=both)

    assert [(one["event"], one["asset_id"]) for one in contents(30.1)] == [
        ("Content Started", "film"),
        ("Content Completed", "film"),
        ("Content Started", "more"),
    ]
    assert len(contents(60)) == len(contents(45)) == 1


def test_a_pause_is_where_it_was_though_a_seek_follows_at_once() -> None:
    """Every player, on a pause and a seek 0.1 s later: the pause is told when the seek is over, and was before it."""
    steps = [
        *BEGUN,
        at(5, "pause", 5, paused=True),
        at(5.1, "seeking", 40, paused=True, seeking=True),
        at(5.12, "seeked", 40, paused=True),
        at(6, "play", 40, paused=False),
    ]
    paused, resumed = told("html5@1", steps, "Playback Paused", "Playback Resumed")
    assert (paused["after"], paused["position"], resumed["position"]) == (5, 5, 40)


def test_metadata_say_nothing_of_the_player() -> None:
    """What it answered before they came still stands: how loud it is, how large its picture."""
    heard = {"volume": 0.5, "height": 360, "paused": False}
    steps = [at(0, "play", **heard), at(0.1, "playing", **heard), at(1, "resize", 0.9, **heard)]
    (cut,) = told("html5@1", [*steps, at(2, "session.meta", src="player")], "Playback Interrupted")
    assert (cut["sound"], cut["quality"]) == (50, "360p")


def test_a_loop_of_a_player_that_reports_seldom() -> None:
    """Where the viewer was is the rolled playhead, not the last report of it."""
    steps = [
        *BEGUN,
        at(55, "timeupdate", 54.9, paused=False),
        at(58.8, "timeupdate", 58.7, paused=False),
        at(60.1, "seeking", 0, paused=False, seeking=True),
        at(60.2, "seeked", 0, paused=False),
        *rolls(0, 60.2, 64),
    ]
    names = ("Playback Seek Started", "Playback Completed", "Playback Started")
    found = told("html5@1", steps, *names)
    assert [(one["event"], one["after"]) for one in found[1:]] == [
        ("Playback Completed", 60.1),
        ("Playback Started", 60.1),
    ]


def test_rounds_of_one_session_go_on_in_its_length() -> None:
    steps = [
        *BEGUN,
        at(60, "timeupdate", 59.9, paused=False),
        at(60.1, "seeking", 0, paused=False, seeking=True),
        at(60.2, "seeked", 0, paused=False),
        *rolls(0, 60.2, 94),
        at(94, "pause", 33.8, paused=True),
        at(96, "pagehide", 33.8, src="page", paused=True),
    ]
    names = ("Playback Started", "Content Started", "Content Completed", "Playback Paused")
    found = told("html5@1", steps, *names, settings=Settings(loop="same"))
    assert [(one["event"], one["position"], one["total_length"]) for one in found] == [
        ("Playback Started", 0, 60),
        ("Content Started", 0, 60),
        ("Content Completed", 60, 60),
        ("Content Started", 0, 60),
        ("Playback Paused", 93, 120),
    ]
