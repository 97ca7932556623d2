"""Another content in mid-play of a player that names no source: what it is, its length tells, or that it is live."""

from typing import Any

import pytest
from test_hearing import at, rolls
from test_hearing_quick import happened

FILM = {"asset_id": "film", "duration": 60}
LIVE = {"asset_id": "live", "livestream": True}
SHORT = {"asset_id": "short", "duration": 30}


def swapped(
    contents: list[dict[str, Any]], first: float | None, then: float | None, **more: Any
) -> list[tuple[str, float]]:
    """What is told of contents when one as long as `first` gives way to one as long as `then`; None is no end."""
    answers = {"duration": then, "live": then is None, **more}
    steps = [
        *((when, type_, {**rest, "duration": first, "live": first is None}) for when, type_, rest in begun()),
        at(6, "emptied", duration=None, paused=False),
        at(6.01, "play", duration=None, paused=False),
        at(6.5, "playing", 20, paused=False, **answers),
        *((when, type_, {**rest, **answers}) for when, type_, rest in rolls(20, 6.5, 9)),
    ]
    names = ("Content Started", "Content Completed")
    return [one[:2] for one in happened("shaka-player@5", steps, *names, contents=contents)][1:]


def begun() -> list[Any]:
    return [at(0, "play", paused=False), at(0.1, "playing", paused=False), *rolls(0, 0.1, 5)]


NEXT = [("Content Completed", 6.0), ("Content Started", 6.5)]


@pytest.mark.parametrize(
    ("contents", "first", "then", "expected"),
    [
        ([FILM, LIVE], 60, None, NEXT),
        # a window that the player says is so long: it is nobody's length, and the livestream has none
        ([FILM, LIVE], 60, 24, NEXT),
        ([FILM, LIVE], 60, 60, []),
        # the metadata's length was not the player's
        ([FILM, LIVE], 61, 61, []),
        ([FILM, SHORT], 60, None, []),
        ([LIVE, FILM], None, 60, NEXT),
        ([LIVE, FILM], None, None, []),
    ],
)
def test_what_takes_the_place_of_a_content_is_known_by_its_length(
    contents: list[dict[str, Any]], first: float | None, then: float | None, expected: list[tuple[str, float]]
) -> None:
    assert swapped(contents, first, then) == expected
