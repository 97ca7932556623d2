"""Players that say nothing when they are taken down, and how it shows."""

from typing import Any

from test_hearing import BEGUN, Step, at, rolls
from test_hearing_quick import happened

URL = "https://video.example/film.mp4"


def plyr_gives_up(*then: Step) -> list[tuple[str, float]]:
    """Plyr says nothing when it is taken down: its element gets blank media, and the pause is not told."""
    blank = "https://cdn.plyr.io/static/blank.mp4"
    steps = [
        *BEGUN,
        at(5, "emptied", duration=None, paused=True, source=URL),
        at(5.05, "loadstart", duration=None, paused=True, source=blank),
        *then,
        at(5.1, "loadedmetadata", duration=0.2, paused=True, source=blank),
        at(20, "volumechange", duration=0.2, paused=True, source=blank),
    ]
    return [one[:2] for one in happened("plyr@3", steps, "Playback Exited", "Playback Interrupted", "Content Playing")]


def test_plyr_that_gives_its_element_blank_media_is_taken_down() -> None:
    assert plyr_gives_up() == [("Playback Exited", 5)]


def test_plyr_that_gives_its_element_blank_media_for_another_source_goes_on() -> None:
    other = [
        at(5.06, "play", duration=None, paused=False, source=URL),
        at(5.07, "loadstart", duration=None, paused=False, source=URL),
        at(9, "playing", 4.9, paused=False, source=URL),
        *rolls(4.9, 9, 16),
    ]
    assert {one[0] for one in plyr_gives_up(*other)} == {"Content Playing", "Playback Interrupted"}


def plyr_is_deaf(paused: bool, *then: Step) -> list[tuple[str, float]]:
    """A log without sources: Plyr repeats all that its element says, until it is taken down."""
    begun = [at(0, "emptied", src=src, duration=None, paused=True) for src in ("media", "player")]
    steps = [
        *begun,
        *BEGUN,
        *([at(4.9, "pause", 4.8, paused=True)] if paused else []),
        at(6, "emptied", duration=60, paused=True),
        at(6.05, "loadstart", duration=60, paused=True),
        *then,
    ]
    names = ("Playback Paused", "Playback Resumed", "Playback Exited", "Playback Interrupted")
    return [one[:2] for one in happened("plyr@3", steps, *names)]


def test_plyr_that_no_longer_repeats_its_element_is_taken_down() -> None:
    assert plyr_is_deaf(paused=False) == [("Playback Exited", 6)]
    assert plyr_is_deaf(paused=True) == [("Playback Paused", 4.9), ("Playback Exited", 6.05)]
    again = [at(6.5, "play", src=src, paused=False) for src in ("media", "player")]
    assert plyr_is_deaf(True, *again)[1:] == [("Playback Resumed", 6.5), ("Playback Interrupted", 6.5)]


def unplayed(*then: Step) -> list[tuple[str, float, int]]:
    """MediaElement is removed: a copy of its element takes its place, loads what it had, and stands."""
    steps = [
        *BEGUN,
        at(5, "emptied", duration=None, paused=True),
        at(5.01, "loadstart", duration=None, paused=True),
        at(5.1, "loadedmetadata", paused=True),
        *then,
    ]
    names = ("Content Started", "Playback Paused", "Playback Resumed", "Playback Exited", "Playback Interrupted")
    return happened("mediaelement@7", steps, *names)[1:]


def test_a_source_that_loads_in_mid_play_and_is_not_played_is_an_exit() -> None:
    gone = [("Playback Exited", 5, 4)]
    assert unplayed() == gone
    assert unplayed(at(8, "pagehide", src="page", paused=True)) == gone
    assert unplayed(at(40, "volumechange", paused=True)) == gone


def test_a_source_that_loads_in_mid_play_is_waited_for() -> None:
    """A player that changes the quality plays on when it has loaded it."""
    on = [at(20, "play", 4.9, paused=False), at(20.1, "playing", 4.9, paused=False), *rolls(4.9, 20.1, 22)]
    assert unplayed(*on) == [("Playback Interrupted", 21.6, 6)]
    # too late, it is another viewing
    late = [(seconds + 20, type_, more) for seconds, type_, more in on]
    assert [one[:2] for one in unplayed(*late)] == [
        ("Playback Exited", 5),
        ("Content Started", 40.1),
        ("Playback Interrupted", 41.6),
    ]


def fluid_goes(answers: dict[str, Any], *then: Step) -> list[tuple[str, float]]:
    """Fluid's `destroy()` takes the element out of the page, which pauses it; what reads it by the page finds nothing."""

    def fluid(seconds: float, type_: str, position: float | None, **more: Any) -> Step:
        return at(seconds, type_, src="player", data={"mediaSourceType": "source"}, **{"position": position, **more})

    begun = [fluid(0, "play", 0, paused=False), fluid(0.1, "playing", 0, paused=False), *rolls(0, 0.1, 5)]
    steps = [*begun, fluid(5, "pause", None, duration=None, **answers), *then]
    names = ("Playback Paused", "Playback Resumed", "Playback Exited", "Playback Interrupted")
    return [one[:2] for one in happened("fluid-player@3", steps, *names)]


def test_fluid_whose_element_answers_no_more_is_taken_down() -> None:
    assert fluid_goes({}) == [("Playback Exited", 5)]
    assert fluid_goes({"paused": True})[0] == ("Playback Paused", 5)


def test_another_fluid_soon_after_goes_on() -> None:
    again = [
        at(6, type_, src="player", data={"mediaSourceType": "source"}, paused=False) for type_ in ("play", "playing")
    ]
    assert fluid_goes({}, *again, *rolls(0, 6, 9)) == [("Playback Interrupted", 8.75)]
