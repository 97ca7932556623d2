"""Presses that come quickly one after another, or in the wake of what the player does by itself: as recorded of viewers
who pressed at random, a few lines each."""

from typing import Any

from test_hearing import BEGUN, Step, at, rolls, told
from test_hearing_trouble import CONTENT, MID_ROLL, of_plugin

SEEK = ("Playback Seek Started", "Playback Seek Completed")


def sought(began: float, target: float, upto: float, **more: Any) -> list[Step]:
    """A seek, from the element's first word of it to its last."""
    return [
        at(began, "seeking", target, **{"paused": False, "seeking": True, **more}),
        at(upto, "seeked", target, **{"paused": False, **more}),
    ]


def happened(player: str, steps: list[Step], *names: str, **named: Any) -> list[tuple[str, float, int]]:
    """What was said, when, and at which position."""
    return [(one["event"], one["after"], one["position"]) for one in told(player, steps, *names, **named)]


def test_a_seek_in_the_wake_of_a_players_jump_is_the_viewers() -> None:
    """Shaka says where its jump goes; a seek to somewhere else is none, also before the jump is over."""
    hole = at(5, "gapjumped", 5.3, src="player", paused=False, seeking=True)
    jump = [hole, *sought(5.01, 5.3, 5.1), at(5.1, "playing", 5.3, paused=False)]
    pressed = [*sought(5.8, 40, 5.9), *rolls(40, 5.9, 8)]
    assert told("shaka-player@5", [*BEGUN, *jump, *rolls(5.3, 5.1, 8)], *SEEK) == []
    expected = [("Playback Seek Started", 5.8, 6), ("Playback Seek Completed", 5.9, 40)]
    assert happened("shaka-player@5", [*BEGUN, *jump, *pressed], *SEEK) == expected
    assert happened("shaka-player@5", [*BEGUN, *jump[:2], *pressed], *SEEK)[1:] == expected[1:]


def test_what_is_pressed_in_a_seek_is_where_the_seek_goes() -> None:
    """Play, before the player is there: the media clock shows the target."""
    steps = [
        *BEGUN,
        at(5, "pause", 4.9, paused=True),
        at(6, "seeking", 40, paused=True, seeking=True),
        at(6.1, "play", 40, paused=False, seeking=True),
        at(6.4, "seeked", 40, paused=False),
        at(6.4, "playing", 40, paused=False),
        *rolls(40, 6.4, 9),
    ]
    names = ("Playback Paused", "Playback Resumed", "Content Playing")
    assert happened("html5@1", steps, *names) == [
        ("Playback Paused", 5, 4),
        ("Playback Resumed", 6.1, 40),
        ("Content Playing", 6.1, 40),
    ]


def test_a_stall_soon_after_a_seek_is_a_stall() -> None:
    """Frames played on from where the seek went, and then there were none."""

    def stalls(dry: float, upto: float, *more: Step, position: float = 40.5) -> list[tuple[str, float]]:
        steps = [
            *BEGUN,
            *sought(5, 40, 5.1),
            at(5.1, "playing", 40, paused=False),
            at(dry, "waiting", position, paused=False),
            *more,
            *([] if more else [at(upto, "playing", position, paused=False), *rolls(position, upto, 10)]),
        ]
        found = told("html5@1", steps, *SEEK, "Playback Buffer Started", "Playback Buffer Completed")
        return [(one["event"].removeprefix("Playback "), one["after"]) for one in found]

    pair = [("Seek Started", 5.0), ("Seek Completed", 5.1)]
    assert stalls(5.6, 7.2) == [*pair, ("Buffer Started", 5.6), ("Buffer Completed", 7.2)]
    assert stalls(5.6, 5.95) == [*pair, ("Buffer Started", 5.6), ("Buffer Completed", 5.95)]
    assert stalls(5.6, 5.7) == pair
    # the seek's own, before any frame
    assert stalls(5.15, 5.9, position=40) == pair
    # the viewer scrubs on
    scrub = [*sought(5.9, 20, 6), at(6, "playing", 20, paused=False), *rolls(20, 6, 10)]
    assert stalls(5.6, 0, *scrub) == [("Seek Started", 5.0), ("Seek Completed", 6.0)]
    # a pause ends both
    paused = at(5.95, "pause", 40.5, paused=True)
    assert stalls(5.6, 0, paused) == [*pair, ("Buffer Started", 5.6), ("Buffer Completed", 5.95)]


def test_a_flush_that_lasts_is_not_part_of_the_seek_after_it() -> None:
    """Shaka 4 on a chosen quality seeks to where it is, and buffers; meanwhile the viewer pauses and seeks."""
    steps = [
        *BEGUN,
        at(5, "seeking", 4.9, paused=False, seeking=True),
        at(8, "pause", 4.9, paused=True, seeking=True),
        *sought(8.2, 40, 8.9, paused=True),
        at(12, "play", 40, paused=False),
        at(12, "playing", 40, paused=False),
    ]
    names = (*SEEK, "Playback Paused", "Playback Resumed")
    assert [one[:2] for one in happened("shaka-player@4", steps, *names)] == [
        ("Playback Paused", 8),
        ("Playback Seek Started", 8.2),
        ("Playback Seek Completed", 8.9),
        ("Playback Resumed", 12),
    ]


def test_a_seek_that_another_content_cuts_short_ends_there() -> None:
    other = "https://video.example/b.mp4"
    contents = [{"asset_id": "film", "duration": 60}, {"asset_id": "next", "duration": 60, "source_url": other}]
    steps = [
        *BEGUN,
        at(5, "seeking", 40, paused=False, seeking=True),
        at(8, "emptied", paused=False, source=other),
        at(8, "loadstart", paused=False, source=other),
        at(8.3, "playing", paused=False),
        *rolls(0, 8.3, 11),
    ]
    assert happened("plyr@3", steps, *SEEK, "Content Completed", contents=contents) == [
        ("Playback Seek Started", 5, 4),
        ("Playback Seek Completed", 8, 40),
        ("Content Completed", 8, 40),
    ]


def test_two_presses_before_the_first_report_prove_the_content() -> None:
    """A pause and a play between `playing` and the first report of a position: Resumed has its heartbeat."""
    steps = [
        at(0, "play", paused=False),
        at(3, "playing", paused=False),
        at(3.1, "pause", paused=True),
        at(3.12, "play", paused=False),
        at(3.12, "playing", paused=False),
        *rolls(0, 3.12, 6),
    ]
    names = ("Content Started", "Playback Paused", "Playback Resumed", "Content Playing")
    assert [one[:2] for one in happened("html5@1", steps, *names)] == [
        ("Content Started", 3),
        ("Playback Paused", 3.1),
        ("Playback Resumed", 3.12),
        ("Content Playing", 3.12),
    ]


def test_vidstack_goes_back_by_itself_at_what_it_takes_for_a_replay() -> None:
    """It says `replay`, and seeks to 0. The content that then plays is told at once."""

    def replayed(before: list[Step], position: float) -> list[Step]:
        return [
            *before,
            at(12, "play", position, paused=False),
            at(12.01, "replay", 0, src="player", paused=False, seeking=True),
            at(12.02, "playing", 0, paused=False, seeking=True),
            *sought(12.02, 0, 12.1),
            at(12.1, "playing", 0, paused=False),
            *rolls(0, 12.1, 15),
        ]

    paused = [*BEGUN, at(5, "pause", 4.9, paused=True)]
    assert told("vidstack@1", replayed(paused, 4.9), *SEEK) == []
    ended = [*BEGUN, *rolls(55, 5, 10), at(10, "ended", 60, paused=True, ended=True), *sought(11, 2, 11.1, paused=True)]
    started = told("vidstack@1", replayed(ended, 2), "Content Started")[-1]
    assert (started["after"], started["position"]) == (12.02, 0)


def test_a_seek_across_a_break_of_contrib_ads_is_told_though_ad_mode_comes_first() -> None:
    """The plugin looks where the content is while the viewer drags; the seek bar pauses, and says so in ad mode."""
    steps = [
        *CONTENT,
        of_plugin(5, "adstart", 40, paused=True, seeking=True, duration=60),
        of_plugin(5.05, "adpause", 40, paused=True, seeking=True, duration=60),
        of_plugin(5.06, "adseeking", 40, paused=True, seeking=True, duration=60),
        of_plugin(5.1, "ademptied", paused=True, duration=None),
        of_plugin(5.2, "adloadstart", paused=True, duration=None),
        of_plugin(5.3, "adplay"),
        of_plugin(5.4, "adplaying"),
        of_plugin(6, "adtimeupdate", 0.6),
    ]
    names = (*SEEK, "Content Completed", "Playback Paused", "Playback Resumed", "Ad Started")
    assert [(one[0], one[2]) for one in happened("video.js+contrib-ads@7", steps, *names, ads=MID_ROLL)] == [
        ("Playback Seek Started", 4),
        ("Playback Seek Completed", 40),
        ("Content Completed", 40),
        ("Ad Started", 0),
    ]


def test_a_pause_long_after_an_ad_broke_is_the_viewers() -> None:
    """The element was paused already when the ad's file was not there, so no pause came of it."""
    steps = [
        *CONTENT,
        of_plugin(5, "adstart", 5, duration=60),
        of_plugin(5, "adloadstart", paused=True, duration=None),
        of_plugin(5.2, "aderror", paused=True, duration=None),
        of_plugin(5.2, "adend", paused=True, duration=None),
        of_plugin(5.3, "contentloadstart", paused=True, duration=None),
        of_plugin(5.5, "contentplay", 5, duration=60),
        of_plugin(5.6, "playing", 5, duration=60),
        *((when, type_, {"src": "player", **more}) for when, type_, more in rolls(5, 5.6, 9)),
        of_plugin(9, "pause", 8.4, paused=True, duration=60),
        of_plugin(11, "play", 8.4, duration=60),
    ]
    found = happened("video.js+contrib-ads@7", steps, "Playback Paused", "Playback Resumed", ads=MID_ROLL)
    assert [one[:2] for one in found] == [("Playback Paused", 9), ("Playback Resumed", 11)]


def test_a_quartile_that_is_sought_while_paused_is_told_when_the_ad_goes_on() -> None:
    mark: dict[str, Any] = {"duration": 8}
    steps = [
        at(0, "play", paused=False, **mark),
        at(0, "hlsInterstitialStarted", src="player", data={"event": {"identifier": "pre", "cue": {"pre": True}}}),
        at(0, "hlsInterstitialAssetStarted", src="player", data={"asset": {"identifier": "x", "duration": 8}}),
        at(0.1, "playing", paused=False, **mark),
        at(1, "timeupdate", 0.9, paused=False, **mark),
        at(1.5, "pause", 1.4, paused=True, **mark),
        at(4, "timeupdate", 4.5, paused=True, **mark),
        at(6, "play", 4.5, paused=False, **mark),
        at(6, "playing", 4.5, paused=False, **mark),
        at(6.3, "timeupdate", 4.8, paused=False, **mark),
    ]
    found = [one for one in told("hls.js@1", steps, "Ad Playing") if "quartile" in one]
    assert [(one["quartile"], one["after"]) for one in found] == [(1, 6.3), (2, 6.3)]


def test_a_push_out_of_a_stall_does_not_make_the_seek_before_it_longer() -> None:
    """Vidstack on hls.js: frames after a seek, a stall, and hls.js moves the playhead a little."""
    hole = {"detail": {"details": "bufferNudgeOnStall", "fatal": False}}
    steps = [
        *BEGUN,
        *sought(5, 40, 5.1),
        at(5.1, "playing", 40, paused=False),
        at(5.6, "waiting", 40.5, paused=False),
        at(5.7, "hls-error", 40.6, src="player", data=hole, paused=False, seeking=True),
        *sought(5.7, 40.6, 6),
        at(6.01, "playing", 40.6, paused=False),
        *rolls(40.6, 6.01, 9),
    ]
    names = (*SEEK, "Playback Buffer Started", "Playback Buffer Completed")
    assert [one[:2] for one in happened("vidstack@1", steps, *names)] == [
        ("Playback Seek Started", 5),
        ("Playback Seek Completed", 5.1),
        ("Playback Buffer Started", 5.6),
        ("Playback Buffer Completed", 6.01),
    ]


def test_what_buffers_in_a_seek_that_is_yet_to_be_told_is_no_stall() -> None:
    """A browser that is busy says `seeking` late, and Shaka its `buffering` meanwhile."""
    dry = at(5, "buffering", 40, src="player", data={"buffering": True}, paused=False, seeking=True)
    seek = [*sought(5.4, 40, 5.8), at(5.8, "playing", 40, paused=False), *rolls(40, 5.8, 9)]
    names = ("Playback Seek Started", "Playback Buffer Started")
    assert [one[0] for one in happened("shaka-player@5", [*BEGUN, dry, *seek], *names)] == ["Playback Seek Started"]


def test_the_last_target_of_a_scrub_across_a_break_is_where_the_break_begins() -> None:
    """Shaka starts a break while the element seeks, before the word of the last seek of a scrub."""
    steps = [
        *BEGUN,
        *sought(5, 10, 5.1),
        at(5.1, "playing", 10, paused=False),
        at(5.7, "seeking", 12, paused=False, seeking=True),
        at(5.8, "ad-break-started", 40, src="player", data={"timeOffset": 20}, paused=False, seeking=True),
        at(5.8, "ad-started", 40, src="player", data={"adFrom": "event", "ad": {"id": "ad-1", "isLinear": True}}),
        at(5.9, "emptied", duration=None, paused=True),
        at(6, "playing", 0, duration=8, paused=False),
        at(6.5, "timeupdate", 0.5, duration=8, paused=False),
    ]
    assert happened("shaka-player@5", steps, *SEEK, "Content Completed") == [
        ("Playback Seek Started", 5, 4),
        ("Playback Seek Completed", 5.8, 40),
        ("Content Completed", 6, 40),
    ]


def test_a_seek_bar_that_is_let_go_after_the_seek_pauses_nothing() -> None:
    """Plyr pauses while the mouse is down. A play long after the seek is a press of its own."""

    def told_of(after: float) -> list[str]:
        steps = [
            *BEGUN,
            at(5, "pause", 40, paused=True, seeking=True),
            *sought(5, 40, 5.04, paused=True),
            at(5.04 + after, "play", 40, paused=False),
            at(5.04 + after, "playing", 40, paused=False),
            *rolls(40, 5.04 + after, 9),
        ]
        return [one[0] for one in happened("plyr@3", steps, *SEEK, "Playback Paused", "Playback Resumed")]

    assert told_of(0.06) == list(SEEK)
    assert sorted(told_of(0.5)) == sorted([*SEEK, "Playback Paused", "Playback Resumed"])


def test_a_source_that_loads_ends_what_was_sought_in_the_last_one() -> None:
    """The same content again, from its start; a flush for another quality that never came to its end is no seek at all."""

    def loaded(target: float) -> list[tuple[str, float]]:
        steps = [
            *BEGUN,
            at(5, "seeking", target, paused=False, seeking=True),
            at(7, "emptied", paused=False, duration=None),
            at(7, "loadstart", paused=False, duration=None),
            at(7.5, "playing", 0, paused=False),
            *rolls(0, 7.5, 10),
            *sought(10, 20, 10.1),
            *rolls(20, 10.1, 12),
        ]
        return [one[:2] for one in happened("shaka-player@5", steps, *SEEK)]

    later = [("Playback Seek Started", 10), ("Playback Seek Completed", 10.1)]
    assert loaded(4.9) == later
    assert loaded(40) == [("Playback Seek Started", 5), ("Playback Seek Completed", 7.5), *later]


def test_another_content_that_only_its_length_tells_begins_to_take_its_place_when_it_loads() -> None:
    """Shaka names no source: what loads is known when it plays, and what was on is over since it loads."""
    contents = [{"asset_id": "film", "duration": 60}, {"asset_id": "short", "duration": 30}]

    def steps(duration: float) -> list[Step]:
        return [
            *BEGUN,
            at(4.9, "pause", 4.8, paused=True),
            at(6, "loading", src="player", duration=None),
            at(6.1, "emptied", duration=None),
            at(7, "play", duration=duration, paused=False),
            at(9, "playing", 0, duration=duration, paused=False),
            *((when, type_, {**more, "duration": duration}) for when, type_, more in rolls(0, 9, 12)),
        ]

    def resumed(duration: float) -> dict[str, Any]:
        (found,) = told("shaka-player@5", steps(duration), "Playback Resumed", contents=contents)
        return found

    def swapped(duration: float) -> list[tuple[str, float]]:
        names = ("Playback Paused", "Playback Resumed", "Content Playing", "Content Completed", "Content Started")
        return [one[:2] for one in happened("shaka-player@5", steps(duration), *names, contents=contents)][1:]

    presses = [("Playback Paused", 4.9), ("Playback Resumed", 7.0)]
    assert swapped(60) == [*presses, ("Content Playing", 7.0)]
    assert swapped(30) == [presses[0], ("Content Completed", 6.0), presses[1], ("Content Started", 9.0)]
    # the play is of what it plays
    assert [resumed(duration)["content_asset_id"] for duration in (60, 30)] == ["film", "short"]


def test_a_pause_before_the_first_report_proves_the_content_that_is_then_sought_in() -> None:
    """Pressed within the content's first moments; a seek bar's pause is of the seek."""

    def presses(*play: Step) -> list[tuple[str, float]]:
        pressed = [at(0.2, "pause", 0.1, paused=True), *sought(0.21, 40, 0.4, paused=True)]
        steps = [*BEGUN[:2], *pressed, *play, at(2, "timeupdate", 40, paused=not play)]
        names = ("Content Started", *SEEK, "Playback Paused", "Playback Resumed")
        return [one[:2] for one in happened("video.js@8", steps, *names)]

    content, pair = ("Content Started", 0.1), [("Playback Seek Started", 0.21), ("Playback Seek Completed", 0.4)]
    assert presses() == [content, ("Playback Paused", 0.2), *pair]
    assert presses(at(0.22, "play", 40, paused=False, seeking=True)) == [content, *pair]


def test_the_live_button_of_vidstack_is_the_viewers_and_a_plays_live_edge_is_not() -> None:
    def seeks(*trigger: str) -> int:
        request = at(5, "media-live-edge-request", 4.9, src="player", paused=False, data={"trigger": list(trigger)})
        edge = [*sought(5.01, 40, 5.1), at(5.1, "playing", 40, paused=False), *rolls(40, 5.1, 8)]
        return len(happened("vidstack@1", [*BEGUN, request, *edge], "Playback Seek Started"))

    assert seeks("pointerup*") == seeks("click") == 1
    assert seeks("play", "play*") == seeks() == 0
