"""What Parse.ly is told besides: the video's id and metadata where it looks for them, and when play goes on or is over."""

from collections.abc import Iterator
from typing import Final

from videospec.destinations.overrides import Amend, Copy, When
from videospec.destinations.viewing import Draft, Viewing
from videospec.spec.events import CONTENT_STARTED

_PAUSED, _INTERRUPTED = "Video Playback Paused", "Video Playback Interrupted"
_META: Final = ("title", "airdate", "genre", "publisher", "keywords")

OVERRIDES: Final = (
    Copy(event=_INTERRUPTED, events=("Video Playback Completed", "Video Playback Exited"), mends="P5"),
    Copy("content_asset_id", "asset_id", events=(_PAUSED, _INTERRUPTED), mends="P1"),
    Copy("asset_id", where="content", events=(_PAUSED, _INTERRUPTED), mends="P1"),
    Copy(_META, where="content", events=_PAUSED, mends=("P2", "P4")),
    Copy(
        event="Video Content Started",
        where="content",
        events="Video Playback Resumed",
        when=When(where="ad", unless=True),
        mends="P3",
    ),
)


def _amend(draft: Draft, viewing: Viewing) -> Iterator[Draft]:
    """After the rows: a video that another follows is reset where that begins. After a mid-roll the same goes on."""
    if draft.event == CONTENT_STARTED:
        before, now = viewing.kept.get("video"), draft.find("asset_id")
        if before not in (None, now):
            yield draft.again(_INTERRUPTED, {"asset_id": before})
        viewing.kept["video"] = now
    elif draft.event == _INTERRUPTED:
        viewing.kept.pop("video", None)
    yield draft


AMEND: Final = Amend(_amend, {"P5": "a video that another follows is reset"}, after=True)
