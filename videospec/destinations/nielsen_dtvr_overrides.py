"""What Nielsen DTVR is told instead: on each event that asks for it, that the stream is linear, and its channel."""

from typing import Final

from videospec.destinations.overrides import Copy, Drop, Set, When

_ASKED: Final = (
    "Video Content Started",
    "Video Playback Resumed",
    "Video Playback Seek Completed",
    "Video Playback Buffer Completed",
)

OVERRIDES: Final = (
    Drop(when=When("load_type", ("dynamic",), where="content"), mends="T9"),
    Set("load_type", "linear", events=_ASKED, mends=("T1", "T2", "T3")),
    Copy("channel", where="content", events=_ASKED, mends="T1"),
)
