"""Scrubs. Seek bars, and keys that are one, pause while they are held and play when they are let go, and a viewer who sees
only the seek pressed neither. As recorded, a few lines each."""

import pytest
from test_hearing import BEGUN, Step, at, rolls, told
from test_hearing_quick import SEEK, happened, sought

PRESSES = ("Playback Paused", "Playback Resumed")


def barred(began: float, target: float, upto: float) -> list[Step]:
    """A seek bar, taken and let go: its pause and its seek are one task of the page."""
    return [
        at(began, "pause", target, paused=True, seeking=True),
        *sought(began + 0.01, target, began + 0.05, paused=True),
        at(began + 0.1, "play", target, paused=False),
        at(began + 0.1, "playing", target, paused=False),
        *rolls(target, began + 0.1, upto),
    ]


@pytest.mark.parametrize("gap", [0.4, 0.9])
def test_a_seek_bar_that_is_taken_again_goes_on_with_its_scrub(gap: float) -> None:
    """Plyr, a key pressed three times; the last press finds the content at its beginning."""
    steps = [*BEGUN, *barred(5, 20, 5 + gap), *barred(5 + gap, 10, 5 + 2 * gap)]
    steps += [*barred(5 + 2 * gap, 0, 5 + 3 * gap), *barred(5 + 3 * gap, 0, 17)]
    scrub = happened("plyr@3", steps, *SEEK, *PRESSES)
    assert scrub == [("Playback Seek Started", 5.01, 4), ("Playback Seek Completed", round(5.05 + 3 * gap, 2), 0)]


def test_a_heartbeat_between_two_presses_of_a_seek_bar_is_told_after_them() -> None:
    steps = [*BEGUN, *rolls(5, 5, 9.5), *barred(9.5, 20, 10.4), *barred(10.4, 40, 14)]
    assert happened("video.js@8", steps, *SEEK, "Content Playing") == [
        ("Playback Seek Started", 9.51, 9),
        ("Playback Seek Completed", 10.45, 40),
        ("Content Playing", 10.45, 40),
    ]


def test_a_pause_that_is_made_with_a_seek_and_lasts_parts_it_from_the_seek_before() -> None:
    """Nobody let go of a seek bar: a page paused and sought, say for a chapter."""
    steps = [*BEGUN, *barred(5, 20, 5.6), *barred(5.6, 10, 5.7)[:3], at(9, "play", 10, paused=False)]
    assert happened("video.js@8", steps, *SEEK, *PRESSES) == [
        ("Playback Seek Started", 5.01, 4),
        ("Playback Seek Completed", 5.05, 20),
        ("Playback Paused", 5.6, 20),
        ("Playback Seek Started", 5.61, 20),
        ("Playback Seek Completed", 5.65, 10),
        ("Playback Resumed", 9, 10),
    ]


def test_a_pause_within_a_seek_is_no_seek_bars() -> None:
    """A seek that took long, in which the viewer pressed pause, and play right after it."""
    steps = [
        *BEGUN,
        at(5, "seeking", 40, paused=False, seeking=True),
        at(8.5, "pause", 40, paused=True, seeking=True),
        at(8.7, "seeked", 40, paused=True),
        at(8.8, "play", 40, paused=False),
        at(8.8, "playing", 40, paused=False),
        *rolls(40, 8.8, 11),
    ]
    assert happened("dash.js@5", steps, *SEEK, *PRESSES) == [
        ("Playback Seek Started", 5, 4),
        ("Playback Paused", 8.5, 40),
        ("Playback Seek Completed", 8.7, 40),
        ("Playback Resumed", 8.8, 40),
    ]


def test_a_pause_a_moment_before_a_seek_ends_the_scrub_with_the_play_after_it() -> None:
    """No seek bar: that pauses and seeks in one task. The pause is taken into the seek, but the next seek is another."""
    steps = [
        *BEGUN,
        at(5, "pause", 4.9, paused=True),
        *sought(5.1, 20, 5.2, paused=True),
        at(5.35, "play", 20, paused=False),
        at(5.35, "playing", 20, paused=False),
        *sought(5.7, 40, 5.8),
        *rolls(40, 5.8, 8),
    ]
    assert [one[:2] for one in happened("vidstack@1", steps, *SEEK, *PRESSES)] == [
        ("Playback Seek Started", 5.1),
        ("Playback Seek Completed", 5.2),
        ("Playback Seek Started", 5.7),
        ("Playback Seek Completed", 5.8),
    ]


def test_a_seek_bar_is_taken_again_before_the_seek_arrives() -> None:
    """Plyr, keys: the player is slow, so it is let go, or taken again, while the seek is on the way."""

    def press(began: float, target: float, let_go: float) -> list[Step]:
        return [
            at(began, "pause", target, paused=True, seeking=True),
            at(began + 0.01, "seeking", target, paused=True, seeking=True),
            at(let_go, "play", target, paused=False, seeking=True),
        ]

    def arrives(when: float, target: float, upto: float) -> list[Step]:
        there = [at(when, "seeked", target, paused=False), at(when, "playing", target, paused=False)]
        return [*there, *rolls(target, when, upto)]

    steps = [
        *BEGUN,
        *press(5, 20, 5.1),
        *arrives(5.2, 20, 5.6),
        *press(5.6, 30, 5.7),
        *press(6, 10, 6.1),
        *arrives(6.2, 10, 7),
        *barred(7, 0, 9),
    ]
    pair = [("Playback Seek Started", 5.01, 4), ("Playback Seek Completed", 7.05, 0)]
    assert happened("plyr@3", steps, *SEEK, *PRESSES) == pair
    # taken in the seek, and let go after it
    steps = [*BEGUN, *press(5, 20, 5.1), *barred(5.5, 10, 9)]
    assert happened("plyr@3", steps, *SEEK, *PRESSES)[1:] == [("Playback Seek Completed", 5.55, 10)]


def test_a_flush_right_after_a_seek_does_not_make_a_scrub_of_it_and_the_next() -> None:
    """Shaka on a quality that is chosen within a second of a seek: it seeks to where that went, and buffers for long."""

    def told_of(after: float) -> list[tuple[float, int]]:
        flush = 5.1 + after
        steps = [
            *BEGUN,
            at(4.9, "pause", 4.8, paused=True),
            at(5, "seeking", 40, paused=True, seeking=True),
            at(5.1, "seeked", 40, paused=True),
            at(flush, "seeking", 39.998, paused=True, seeking=True),
            at(flush + 0.01, "seeking", 39.998, paused=True, seeking=True),
            at(6.5, "seeking", 20, paused=True, seeking=True),
            at(6.9, "seeked", 20, paused=True),
            at(9, "play", 20, paused=False),
        ]
        names = ("Playback Seek Started", "Playback Seek Completed")
        return [(one["after"], one["position"]) for one in told("shaka-player@5", steps, *names)]

    assert told_of(0.9) == [(5, 4), (5.1, 40), (6.5, 40), (6.9, 20)]
    # so it is where the flush comes of itself
    assert told_of(1.1) == [(5, 4), (5.1, 40), (6.5, 40), (6.9, 20)]


def test_a_seek_to_where_the_last_one_went_is_of_the_scrub() -> None:
    """The viewer presses the same place again, and another one soon."""
    steps = [
        *BEGUN,
        *(at(5 + n / 2, "seeking", 40, paused=True, seeking=True) for n in range(2)),
        at(5.6, "seeked", 40, paused=True),
        at(6.2, "seeking", 20, paused=True, seeking=True),
        at(6.3, "seeked", 20, paused=True),
        at(9, "play", 20, paused=False),
    ]
    found = told("shaka-player@5", steps, "Playback Seek Started", "Playback Seek Completed")
    assert [(one["after"], one["position"]) for one in found] == [(5, 4), (6.3, 20)]


def test_a_seek_bar_that_is_held_to_the_end_pauses_nothing() -> None:
    """Plyr, a key that is held; one who pauses and then seeks there did pause."""

    def held_to_the_end(*pause: Step) -> list[str]:
        steps = [
            *BEGUN,
            *pause,
            *sought(5.01, 40, 5.05, paused=True),
            at(5.5, "seeking", 60, paused=True, seeking=True),
            at(5.6, "seeked", 60, paused=True, ended=True),
            at(5.6, "ended", 60, paused=True, ended=True),
        ]
        return [one[0] for one in happened("plyr@3", steps, *SEEK, *PRESSES, "Playback Completed")]

    assert held_to_the_end(at(5, "pause", 40, paused=True, seeking=True)) == [*SEEK, "Playback Completed"]
    pressed = held_to_the_end(at(4.9, "pause", 4.8, paused=True))
    assert pressed == ["Playback Paused", *SEEK, "Playback Completed"]


def test_a_jump_of_dash_js_before_the_first_seek_is_known_where_the_log_has_all_that_it_says() -> None:
    """It says `playbackSeeking` of a viewer's seek alone. Who logs the element alone hears a seek."""

    def seeks(*first: Step) -> int:
        steps = [
            *first,
            *BEGUN,
            at(5, "seeking", 9, paused=False, seeking=True),
            at(5.1, "seeked", 9, paused=False),
            at(5.1, "playing", 9, paused=False),
            *rolls(9, 5.1, 9),
        ]
        return len(told("dash.js@5", steps, "Playback Seek Started"))

    assert seeks() == 1
    assert seeks(at(0, "playbackInitialized", src="player")) == 0
