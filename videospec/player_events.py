"""What a player may say: the one vocabulary that every adapter speaks and the machine hears.

Times (`at`) are milliseconds since the epoch on the session's own clock; positions and lengths are seconds, bitrates
bit/s, volumes 0 to 1. Names follow HTML's media events, CTA-2066 and IAB VAST/VMAP where these have a word.

All are msgspec structs: `Snapshot` is read straight from the log's bytes, and an event is made for many a line
(docs/decisions/0002-msgspec-at-the-wall.md).
"""

from collections.abc import Sequence
from typing import Annotated, ClassVar

import msgspec

# A whole number beyond this is more than a double counts exactly, and may be too large for one.
_MOST = 1 << 53
Whole = Annotated[int, msgspec.Meta(ge=-_MOST, le=_MOST)]
Number = Whole | float

PRE, MID, POST = "pre-roll", "mid-roll", "post-roll"
AD_TYPES = (PRE, MID, POST)
LOAD_TYPES = ("linear", "dynamic")
# A length beyond this (three years, in seconds) is no length.
LONGEST_S = 1e8
# A position beyond this is none. The media clock of a live stream may count the seconds since 1970.
LATEST_S = 1e10


class Snapshot(
    msgspec.Struct, gc=False, rename={"position": "currentTime", "rate": "playbackRate", "dropped": "droppedFrames"}
):
    """What the player answered at the moment of an event; `None` is "not said"."""

    position: Number | None = None
    duration: Number | None = None
    live: bool | None = None
    paused: bool | None = None
    ended: bool | None = None
    seeking: bool | None = None
    volume: Number | None = None
    muted: bool | None = None
    rate: Number | None = None
    fullscreen: bool | None = None
    width: Number | None = None
    height: Number | None = None
    bitrate: Number | None = None
    framerate: Number | None = None
    dropped: Whole | None = None
    source: str | None = None


class About(msgspec.Struct, gc=False, omit_defaults=True, frozen=True, kw_only=True):
    """What is said of a content as it stands; the fields are the Video Spec's, in its order."""

    title: str | None = None
    description: str | None = None
    keywords: list[str] | None = None
    season: str | None = None
    episode: str | None = None
    genre: str | None = None
    program: str | None = None
    publisher: str | None = None
    channel: str | None = None
    full_episode: bool | None = None
    airdate: str | None = None


class Content(About, gc=False, omit_defaults=True, frozen=True, kw_only=True):
    """One piece of content as the log's metadata names it. `duration` in seconds."""

    asset_id: str | None = None
    livestream: bool | None = None
    duration: Number | None = None
    source_url: str | None = None
    pod_ids: list[str] | None = None


class AdSlot(msgspec.Struct, gc=False, omit_defaults=True, frozen=True):
    """One ad of a known schedule: what may be shown, not what was. `at` is content seconds, -1 the end."""

    asset_id: str | None = None
    title: str | None = None
    publisher: str | None = None
    duration: Number | None = None
    type: str | None = None
    pod_id: str | None = None
    position: int | None = None
    at: Number | None = None
    load_type: str | None = None


class PlayerEvent(msgspec.Struct, frozen=True, gc=False):
    """Something a player said at a moment. `kind` is the machine's word for it."""

    kind: ClassVar[str] = "report"
    at: float
    seen: Snapshot


class Report(PlayerEvent, frozen=True):
    """Nothing happened; the snapshot is newer (volume, rate, size, length, fullscreen)."""


class Load(PlayerEvent, frozen=True):
    """Another source begins to load. `source` is its URL where the player says it. In an ad break it is an ad's, or the
    content that comes back, unless the player says `instead`: it takes the place of the break and of what was on."""

    kind: ClassVar[str] = "load"
    source: str | None = None
    instead: bool = False


class Emptied(Load, frozen=True):
    """The player dropped its source. As a load, but it takes up no player that is being taken down."""

    kind: ClassVar[str] = "emptied"


class Play(PlayerEvent, frozen=True):
    """Playback is asked for, by the viewer or by autoplay."""

    kind: ClassVar[str] = "play"


class LatePlay(Play, frozen=True):
    """Playback that was asked for at an earlier instant, of which the player speaks only now. `since` in epoch ms."""

    since: float = 0.0


class Playing(PlayerEvent, frozen=True):
    """Frames move, of whatever asset is in the player now."""

    kind: ClassVar[str] = "playing"


class Pause(PlayerEvent, frozen=True):
    """Frames stop, and the player does not call it an end."""

    kind: ClassVar[str] = "pause"


class SeekStart(PlayerEvent, frozen=True):
    """A seek begins; the snapshot's position is the target."""

    kind: ClassVar[str] = "seek_start"


class SeekEnd(PlayerEvent, frozen=True):
    """A seek arrived; the snapshot's position is where."""

    kind: ClassVar[str] = "seek_end"


class Jump(PlayerEvent, frozen=True):
    """The player says that it moves its own playhead (gap, live edge): the next seek is not the viewer's."""

    kind: ClassVar[str] = "jump"


class Buffering(PlayerEvent, frozen=True):
    """The player waits for data."""

    kind: ClassVar[str] = "waiting"


class Buffered(PlayerEvent, frozen=True):
    """The player's own word that it waits no longer."""

    kind: ClassVar[str] = "flowing"


class Ended(PlayerEvent, frozen=True):
    """The content came to its end."""

    kind: ClassVar[str] = "ended"


class Fault(PlayerEvent, frozen=True):
    """An error that ends playback. `code` is a MediaError code, hls.js `details`, or the player's own code; `method`
    is what it is told as, where that is not `error:` and the code."""

    kind: ClassVar[str] = "fault"
    code: str | int | None = None
    method: str | None = None


class Cut(PlayerEvent, frozen=True):
    """Something other than the viewer or an error stops playback: a `method` of the Video Spec."""

    kind: ClassVar[str] = "cut"
    method: str = "unknown"


class Leave(PlayerEvent, frozen=True):
    """The viewer leaves: the page goes, the app closes the player's screen."""

    kind: ClassVar[str] = "leave"


class Dispose(PlayerEvent, frozen=True):
    """The player was taken down; a leaving unless another source loads at once."""

    kind: ClassVar[str] = "dispose"


class BreakStart(PlayerEvent, frozen=True):
    """An ad break is announced. `offset` in content seconds: 0 before, -1 after the content."""

    kind: ClassVar[str] = "break_start"
    pod_id: str | None = None
    type: str | None = None
    offset: float | None = None
    length: int | None = None


class BreakEnd(PlayerEvent, frozen=True):
    """The ad break is over; content is to come back, or the end."""

    kind: ClassVar[str] = "break_end"


class AdStart(PlayerEvent, frozen=True):
    """An ad is announced. `position` counts from 1 within its break; `duration` in seconds."""

    kind: ClassVar[str] = "ad_start"
    asset_id: str | None = None
    title: str | None = None
    publisher: str | None = None
    position: int | None = None
    length: int | None = None
    duration: float | None = None
    load_type: str | None = None


class AdFrame(PlayerEvent, frozen=True):
    """The announced ad shows its first frame, where the player has a word for it other than `playing`. An ad that is
    shown `apart` has an element of its own, so that the positions that the player reports are the content's."""

    kind: ClassVar[str] = "ad_frame"
    apart: bool = False


class AdEnd(PlayerEvent, frozen=True):
    """The ad was seen to its end."""

    kind: ClassVar[str] = "ad_end"


class AdSkip(PlayerEvent, frozen=True):
    """The viewer skipped the ad."""

    kind: ClassVar[str] = "ad_skip"


class AdFail(PlayerEvent, frozen=True):
    """The ad could not be shown."""

    kind: ClassVar[str] = "ad_fail"


class AdClick(PlayerEvent, frozen=True):
    """The viewer opened the ad's landing page."""

    kind: ClassVar[str] = "ad_click"


class AdQuartile(PlayerEvent, frozen=True):
    """The player's own word that a quarter of the ad was seen."""

    kind: ClassVar[str] = "ad_quartile"
    quartile: int = 0


class AllAdsDone(PlayerEvent, frozen=True):
    """The ad manager has nothing left to show."""

    kind: ClassVar[str] = "all_done"


class Renditions(PlayerEvent, frozen=True):
    """Renditions that the player offers or chose: (height, bit/s, frames/s or None). Nothing is shown yet."""

    kind: ClassVar[str] = "renditions"
    offered: Sequence[tuple[int, float, float | None]] = ()


class QualityShown(PlayerEvent, frozen=True):
    """The picture changed to another rendition; what is None is read from the snapshot."""

    kind: ClassVar[str] = "quality"
    height: int | None = None
    bitrate: float | None = None
    framerate: float | None = None


class LiveSign(PlayerEvent, frozen=True):
    """The player's own word on whether the content is live."""

    kind: ClassVar[str] = "live"
    live: bool = True


class Named(PlayerEvent, frozen=True):
    """Whoever records tells who watches and what: each field that is not None replaces what was known."""

    kind: ClassVar[str] = "named"
    user_id: str | None = None
    anonymous_id: str | None = None
    contents: Sequence[Content] | None = None
    ads: Sequence[AdSlot] | None = None
    context: tuple[str, ...] | None = None
    """The members of Segment's context, each as JSON: `'"locale":"de-DE"'`."""


NOTHING_SEEN = Snapshot()
PLAIN = frozenset(
    kind for kind in PlayerEvent.__subclasses__() if kind.__struct_fields__ == PlayerEvent.__struct_fields__
)
"""The kinds of event that have no fields of their own."""
