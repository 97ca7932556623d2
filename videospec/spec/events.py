"""THE table of event names. Free of pydantic, since a session imports it at start-up; `model_for` fetches a model."""

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Final, Literal

from attrs import frozen

from videospec.spec.readings import PAGE

if TYPE_CHECKING:
    from videospec.spec.fields import SpecObject

Family = Literal["playback", "content", "ad", "quality"]

PLAYBACK_STARTED: Final = "Video Playback Started"
PLAYBACK_PAUSED: Final = "Video Playback Paused"
PLAYBACK_INTERRUPTED: Final = "Video Playback Interrupted"
PLAYBACK_BUFFER_STARTED: Final = "Video Playback Buffer Started"
PLAYBACK_BUFFER_COMPLETED: Final = "Video Playback Buffer Completed"
PLAYBACK_SEEK_STARTED: Final = "Video Playback Seek Started"
PLAYBACK_SEEK_COMPLETED: Final = "Video Playback Seek Completed"
PLAYBACK_RESUMED: Final = "Video Playback Resumed"
PLAYBACK_COMPLETED: Final = "Video Playback Completed"
PLAYBACK_EXITED: Final = "Video Playback Exited"
CONTENT_STARTED: Final = "Video Content Started"
CONTENT_PLAYING: Final = "Video Content Playing"
CONTENT_COMPLETED: Final = "Video Content Completed"
AD_STARTED: Final = "Video Ad Started"
AD_PLAYING: Final = "Video Ad Playing"
AD_COMPLETED: Final = "Video Ad Completed"
AD_SKIPPED: Final = "Video Ad Skipped"
AD_CLICKED: Final = "Video Ad Clicked"
QUALITY_UPDATED: Final = "Video Quality Updated"


@frozen
class Event:
    """One event. `model` is `module.Class` within this package; `anchor` names the page's section that tells of it (for
    an extension: of the object it borrows); `extras` are the properties that this event alone may carry."""

    name: str
    family: Family
    model: str
    anchor: str
    extras: tuple[str, ...] = ()
    extension: bool = False

    @property
    def section(self) -> str:
        """The URL of the page's section."""
        return f"{PAGE}#{self.anchor}"


_TABLE: Final[tuple[Event, ...]] = (
    Event(
        PLAYBACK_STARTED,
        "playback",
        "playback.PlaybackStarted",
        "video-playback-started",
        extras=("content_asset_ids", "content_pod_ids"),
    ),
    Event(PLAYBACK_PAUSED, "playback", "playback.Playback", "video-playback-paused"),
    Event(
        PLAYBACK_INTERRUPTED,
        "playback",
        "playback.PlaybackInterrupted",
        "video-playback-interrupted",
        extras=("method",),
    ),
    Event(PLAYBACK_BUFFER_STARTED, "playback", "playback.Playback", "video-playback-buffer-started"),
    Event(PLAYBACK_BUFFER_COMPLETED, "playback", "playback.Playback", "video-playback-buffer-completed"),
    Event(
        PLAYBACK_SEEK_STARTED,
        "playback",
        "playback.PlaybackSeekStarted",
        "video-playback-seek-started",
        extras=("seek_position",),
    ),
    Event(PLAYBACK_SEEK_COMPLETED, "playback", "playback.Playback", "video-playback-seek-completed"),
    Event(PLAYBACK_RESUMED, "playback", "playback.Playback", "video-playback-resumed"),
    Event(PLAYBACK_COMPLETED, "playback", "playback.Playback", "video-playback-completed"),
    Event(PLAYBACK_EXITED, "playback", "playback.Playback", "video-playback-exited"),
    Event(CONTENT_STARTED, "content", "content.Content", "video-content-started"),
    Event(CONTENT_PLAYING, "content", "content.Content", "video-content-playing"),
    Event(CONTENT_COMPLETED, "content", "content.Content", "video-content-completed"),
    Event(AD_STARTED, "ad", "ads.Ad", "video-ad-started"),
    Event(AD_PLAYING, "ad", "ads.AdPlaying", "video-ad-playing", extras=("quartile",)),
    Event(AD_COMPLETED, "ad", "ads.Ad", "video-ad-completed"),
    Event(AD_SKIPPED, "ad", "ads.Ad", "ad-event-object", extension=True),
    Event(AD_CLICKED, "ad", "ads.Ad", "ad-event-object", extension=True),
    Event(QUALITY_UPDATED, "quality", "quality.Quality", "video-quality-event"),
)

EVENTS: Final[dict[str, Event]] = {event.name: event for event in _TABLE}
"""Every event by its name: the page's in the page's order, an extension after its family."""


@cache
def model_for(event: str) -> "type[SpecObject]":
    """The pydantic model of an event's properties, imported when first asked for. KeyError for a name not in EVENTS."""
    module, _, name = EVENTS[event].model.partition(".")
    model: type[SpecObject] = getattr(import_module(f"videospec.spec.{module}"), name)
    return model
