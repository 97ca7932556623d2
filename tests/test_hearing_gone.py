"""Players that say nothing when they are taken down, and how it shows."""

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
    assert plyr_gives_up() == [("Playback Exited", 5.05)]


def test_plyr_that_gives_its_element_blank_media_for_another_source_goes_on() -> None:
    other = [
        at(5.06, "play", duration=None, paused=False, source=URL),
        at(5.07, "loadstart", duration=None, paused=False, source=URL),
        at(9, "playing", 4.9, paused=False, source=URL),
        *rolls(4.9, 9, 16),
    ]
    assert {one[0] for one in plyr_gives_up(*other)} == {"Content Playing", "Playback Interrupted"}


def fluid_goes(answers: dict[str, object], *then: Step) -> list[tuple[str, float]]:
    """Fluid's `destroy()` takes the element out of the page, which pauses it; what reads it by the page finds nothing."""

    def fluid(seconds: float, type_: str, position: float | None, **more: object) -> Step:
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
