"""What Parse.ly is told besides: the video's id and metadata where it looks for them, and when play goes on or is over."""

from typing import Final

from videospec.destinations.overrides import Copy, When

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
