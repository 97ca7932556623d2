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
