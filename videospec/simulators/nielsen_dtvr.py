"""Segment's web integration of Nielsen DTVR: analytics.js-integrations at dc98359, integrations/nielsen-dtvr.

One SDK for the page, whatever the sessions. Only streams whose `load_type` is `linear` are told; whatever event carries
another, or none where it is asked for, ends that.
"""

from typing import Any, ClassVar, Final

from videospec.simulators.facade import Track
from videospec.simulators.integration import Integration, Methods, Settings
from videospec.simulators.values import UNDEFINED, Thrown, Value, either, same, text, truthy

_GGPM: Final = "nSdkInstance.ggPM"


class NielsenDTVR(Integration):
    """The integration's state: whether the stream is told, the last ID3 tag, and whether a content was begun."""

    name = "Nielsen DTVR"
    settings: ClassVar[Settings] = {
        "appId": "",
        "instanceName": "",
        "id3Property": "id3",
        "sendId3Events": [],
        "debug": False,
        "optout": False,
    }

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.id3: Value = None
        self.begun = False
        self.linear = False

    def metadata(self, track: Track) -> dict[str, str] | None:
        """What the SDK loads, and whether the stream is told from now on."""
        said = track.property
        load_type = either(said("load_type"), said("content.load_type"))
        self.linear = load_type == "linear"
        channel = said("channel")
        if not self.linear or not isinstance(channel, str) or not channel:
            return None
        return {"type": "content", "channelName": channel, "adModel": "1"}

    def load(self, track: Track, metadata: dict[str, str]) -> None:
        self.stage.call(_GGPM, ("loadMetadata", metadata))
        self.send_id3(track)

    def content_started(self, track: Track) -> None:
        """A content of the page begins; what another left is forgotten."""
        if self.begun:
            self.reset(track)
        metadata = self.metadata(track)
        if metadata is not None:
            self.load(track, metadata)
            self.begun = True

    def reset(self, track: Track) -> None:
        self.id3, self.begun, self.linear = None, False, False

    def completed(self, track: Track) -> None:
        """The end of a stream that is told; nothing is called."""
        if self.linear:
            self.reset(track)

    def interrupted(self, track: Track) -> None:
        if self.linear:
            self.send_id3(track)

    def resumed(self, track: Track) -> None:
        """The stream goes on, if this very event says that it is linear."""
        metadata = self.metadata(track)
        if metadata is not None:
            self.load(track, metadata)

    def track(self, track: Track) -> None:
        self.send_id3(track)

    def send_id3(self, track: Track) -> None:
        """The event's ID3 tag, if the settings list the event by this very name and the tag is a new one."""
        if not _lists(self.set["sendId3Events"], track):
            return
        tag = track.property(text(self.set["id3Property"]))
        if truthy(tag) and not (truthy(self.id3) and same(tag, self.id3)):
            self.id3 = tag
            self.stage.call(_GGPM, ("sendID3", tag))

    methods: ClassVar[Methods] = {
        "video content started": content_started,
        **dict.fromkeys(("video content completed", "video playback completed", "video playback exited"), completed),
        **dict.fromkeys(
            (
                *("video playback interrupted", "video playback seek started"),
                *("video playback buffer started", "video playback paused"),
            ),
            interrupted,
        ),
        **dict.fromkeys(
            ("video playback seek completed", "video playback buffer completed", "video playback resumed"), resumed
        ),
    }


def _lists(events: Value, track: Track) -> bool:
    """Whether a setting lists the event; a text is a list of its letters, as everywhere in JavaScript."""
    if events is None:
        raise Thrown("TypeError: Cannot read properties of null (reading 'length')")
    if not isinstance(events, (list, str)):
        return False
    event = track.event() if events else UNDEFINED
    return any(same(one, event) for one in events)
