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
