"""The table of events against the page, listed here by hand."""

import subprocess
import sys

import pytest

from videospec.spec.events import EVENTS, model_for

PAGE = {
    "Video Playback Started": ("playback", "video-playback-started"),
    "Video Playback Paused": ("playback", "video-playback-paused"),
    "Video Playback Interrupted": ("playback", "video-playback-interrupted"),
    "Video Playback Buffer Started": ("playback", "video-playback-buffer-started"),
    "Video Playback Buffer Completed": ("playback", "video-playback-buffer-completed"),
    "Video Playback Seek Started": ("playback", "video-playback-seek-started"),
    "Video Playback Seek Completed": ("playback", "video-playback-seek-completed"),
    "Video Playback Resumed": ("playback", "video-playback-resumed"),
    "Video Playback Completed": ("playback", "video-playback-completed"),
    "Video Playback Exited": ("playback", "video-playback-exited"),
    "Video Content Started": ("content", "video-content-started"),
    "Video Content Playing": ("content", "video-content-playing"),
    "Video Content Completed": ("content", "video-content-completed"),
    "Video Ad Started": ("ad", "video-ad-started"),
    "Video Ad Playing": ("ad", "video-ad-playing"),
    "Video Ad Completed": ("ad", "video-ad-completed"),
    "Video Quality Updated": ("quality", "video-quality-event"),
}
EXTENSIONS = {"Video Ad Skipped", "Video Ad Clicked"}


def test_the_page_and_two_extensions_are_all() -> None:
    on_page = {event.name: (event.family, event.anchor) for event in EVENTS.values() if not event.extension}
    assert on_page == PAGE
    assert {name for name, event in EVENTS.items() if event.extension} == EXTENSIONS


def test_a_section_is_a_url_of_the_page() -> None:
    section = EVENTS["Video Ad Playing"].section
    assert section == "https://segment.com/docs/connections/spec/video/#video-ad-playing"


@pytest.mark.parametrize("name", EVENTS)
def test_extras_are_what_this_event_alone_may_carry(name: str) -> None:
    family = [other for other in EVENTS.values() if other.family == EVENTS[name].family]
    others = {field for other in family if other.name != name for field in model_for(other.name).model_fields}
    alone = set(model_for(name).model_fields) - others
    # The whole of a family with one event is its own.
    assert set(EVENTS[name].extras) == (alone if len(family) > 1 else set())


def test_an_unknown_name_has_no_model() -> None:
    with pytest.raises(KeyError, match="Video Playback Begun"):
        model_for("Video Playback Begun")


def test_the_names_cost_no_pydantic() -> None:
    program = "import sys, videospec.spec.events; print('pydantic' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
