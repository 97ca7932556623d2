"""Segment's web integration of Parse.ly: analytics.js-integrations at dc98359, integrations/parsely.

Three events reach the video SDK. The last content's metadata is one for the page, whatever the session.
"""

from typing import Any, ClassVar, Final

from videospec.simulators.dates import date_ms
from videospec.simulators.facade import Track, own
from videospec.simulators.integration import Integration, Methods, Settings
from videospec.simulators.values import Value, given, number, truthy

_VIDEO: Final = "PARSELY.video."


class Parsely(Integration):
    """The integration's state: the metadata of the content that was started last."""

    name = "Parsely"
    settings: ClassVar[Settings] = {
        "apiKey": "",
        "dynamicTracking": False,
        "trackEvents": False,
        "inPixelMetadata": False,
    }

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.last: dict[str, Value] = {}

    def metadata(self, track: Track) -> dict[str, Value]:
        """What the event says of the content, without what it does not say."""
        said = track.property
        options, authors, aired = track.options(self.name), said("publisher"), date_ms(said("airdate"))
        return given(
            title=said("title"),
            pub_date_tmsp=number(aired) if truthy(aired) else None,
            image_url=own(options, "imageUrl"),
            section=said("genre"),
            authors=[authors] if truthy(authors) and not isinstance(authors, list) else authors,
            tags=said("keywords"),
        )

    def content_started(self, track: Track) -> None:
        metadata = self.last = self.metadata(track)
        self.video("trackPlay", track, metadata, track.in_context("page.url"))

    def paused(self, track: Track) -> None:
        """What the event says of the content goes over what its start said."""
        self.video("trackPause", track, {**self.last, **self.metadata(track)}, track.in_context("page.url"))

    def interrupted(self, track: Track) -> None:
        self.video("reset", track)

    def video(self, call: str, track: Track, *more: Value) -> None:
        self.stage.call(_VIDEO + call, (track.property("asset_id"), *more))
        self.track(track)

    def track(self, track: Track) -> None:
        """Any event, as a page view with an action, if the settings want that."""
        if not truthy(self.set["trackEvents"]):
            return
        view = {
            "data": track.properties(),
            "action": track.event(),
            "url": track.in_context("page.url"),
            "urlref": track.in_context("page.referrer"),
            "js": 1,
        }
        self.stage.call("PARSELY.beacon.trackPageView", (view,))

    methods: ClassVar[Methods] = {
        "video content started": content_started,
        "video playback paused": paused,
        "video playback interrupted": interrupted,
    }
