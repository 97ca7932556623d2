"""Segment's web integration of Nielsen DCR: analytics.js-integrations at dc98359, integrations/nielsen-dcr.

One SDK, one playhead and one timer for the page, whatever the sessions. Only streams whose load type is `dynamic` are told.
"""

import math
from typing import Any, ClassVar, Final

from videospec.simulators.calendar import civil
from videospec.simulators.dates import date_ms
from videospec.simulators.facade import Track, find
from videospec.simulators.integration import Integration, Methods, Settings
from videospec.simulators.values import (
    UNDEFINED,
    Thrown,
    Value,
    either,
    given,
    is_number,
    parse_int,
    plus,
    same,
    text,
    truthy,
)

_GGPM: Final = "nSdkInstance.ggPM"
_CONTENT: Final = "content."


class NielsenDCR(Integration):
    """The integration's state: the content, its playhead, the timer that tells it, and whether the stream is told."""

    name = "Nielsen DCR"
    settings: ClassVar[Settings] = {
        "appId": "",
        "instanceName": "",
        "nolDevDebug": False,
        "assetIdPropertyName": "",
        "contentAssetIdPropertyName": "",
        "adAssetIdPropertyName": "",
        "subbrandPropertyName": "",
        "clientIdPropertyName": "",
        "customSectionProperty": "",
        "sendCurrentTimeLivestream": False,
        "contentLengthPropertyName": "total_length",
        "optout": False,
    }

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.asset: Value = None
        self.playhead: float = 0
        self.dynamic = False
        self.timer: int | None = None

    def tell(self, *args: Value) -> None:
        self.stage.call(_GGPM, args)

    # -- the playhead

    def heartbeat(self, asset: Value, position: Value, livestream: Value = UNDEFINED) -> None:
        """Tells the playhead every second from now on."""
        if not is_number(position):
            try:
                position = parse_int(position)
            except Thrown:
                return
        if truthy(asset) and not same(self.asset, asset):
            self.asset = asset
        if truthy(livestream):
            self.playhead = self.live(position)
        elif position >= 0:
            self.playhead = position
        self.timer = self.stage.every_second(self.beat)

    def beat(self) -> None:
        self.tell("setPlayheadPosition", self.playhead)
        self.playhead = plus(self.playhead, 1)

    def live(self, position: Value) -> float:
        """The second since 1970 that a live position, an offset from now, stands for."""
        now = self.stage.now // 1000
        if not truthy(position) or truthy(self.set["sendCurrentTimeLivestream"]):
            return now
        try:
            return plus(now, position if is_number(position) else parse_int(position))
        except Thrown:
            return now

    def position(self, track: Track) -> Value:
        """The event's position as it is told."""
        position = track.property("position")
        return self.live(position) if truthy(track.property("livestream")) else position

    # -- metadata

    def named(self, setting: str, path: str, track: Track) -> Value:
        """The property that a setting names; undefined where it names none."""
        name = self.set[setting]
        return track.property(path + text(name)) if truthy(name) else UNDEFINED

    def asset_of(self, setting: str, track: Track, usual: str) -> Value:
        """The property that a setting names, else the usual one."""
        return self.named(setting, "", track) if truthy(self.set[setting]) else track.property(usual)

    def metadata(self, track: Track, path: str = "") -> dict[str, Value] | None:
        """What the SDK loads of a content, from the event's properties or from the `content` in them; None for one whose
        load type is not dynamic."""
        options = track.options(self.name)

        def said(name: str) -> Value:
            return track.property(path + name)

        if either(find(options, "ad_load_type"), said("load_type")) != "dynamic":
            return None
        self.dynamic = True
        custom = self.named("contentAssetIdPropertyName", path, track)
        length = self.named("contentLengthPropertyName", path, track)
        told = {
            "type": "content",
            "assetid": either(custom, either(said("content_asset_id"), said("asset_id"))),
            "program": said("program"),
            "title": said("title"),
            "isfullepisode": "y" if truthy(said("full_episode")) else "n",
            "mediaURL": track.in_context("page.url"),
            "airdate": self.aired(said("airdate")),
            "adloadtype": "2",
            "crossId1": find(options, "crossId1"),
            "crossId2": find(options, "crossId2"),
            "hasAds": "1" if find(options, "hasAds") is True else "0",
            "length": either(length if truthy(self.set["contentLengthPropertyName"]) else said("total_length"), 0),
            "subbrand": self.named("subbrandPropertyName", path, track),
            "clientid": self.named("clientIdPropertyName", path, track),
            "segB": either(find(options, "segB"), None),
            "segC": either(find(options, "segC"), None),
        }
        return given(**told)

    def aired(self, airdate: Value) -> Value:
        """`YYYYMMDD hh:MM:ss` with the hours of a twelve-hour clock; now for no date, undefined for a bad one."""
        try:
            ms = date_ms(airdate) if truthy(airdate) else self.stage.now
        except Thrown:
            return UNDEFINED
        if math.isnan(ms):
            return UNDEFINED
        year, month, day, hour, minute, second, *_ = civil(ms)
        return f"{year}{month:02}{day:02} {hour % 12 or 12:02}:{minute:02}:{second:02}"

    # -- what the events do; each stops the timer first

    def quiet(self) -> bool:
        """Stops the timer; whether the stream is told."""
        self.stage.clear(self.timer)
        return self.dynamic

    def content_started(self, track: Track) -> None:
        self.quiet()
        metadata = self.metadata(track)
        if metadata is None:
            return
        asset = metadata.get("assetid", UNDEFINED)
        self.end_another(asset)
        self.tell("loadMetadata", metadata)
        self.heartbeat(asset, track.property("position"), track.property("livestream"))

    def end_another(self, asset: Value) -> bool:
        """Ends the content that was told if this is another."""
        other = truthy(self.asset) and truthy(asset) and not same(self.asset, asset)
        if other:
            self.tell("end", self.playhead)
        return other

    def content_playing(self, track: Track) -> None:
        if self.quiet():
            asset = self.asset_of("contentAssetIdPropertyName", track, "asset_id")
            self.heartbeat(asset, track.property("position"), track.property("livestream"))

    def content_completed(self, track: Track) -> None:
        if self.quiet():
            self.at_end("stop", self.position(track))

    def at_end(self, call: str, position: Value) -> None:
        self.tell("setPlayheadPosition", position)
        self.tell(call, position)

    def ad_started(self, track: Track) -> None:
        """A pre-roll brings the content's metadata along, which are loaded before its own."""
        self.quiet()
        kind = track.property("type")
        if isinstance(kind, str):
            kind = kind.replace("-", "", 1)
        content_asset: Value = UNDEFINED
        if kind == "preroll":
            content = self.metadata(track, _CONTENT)
            if content is None:
                return
            self.tell("loadMetadata", content)
            content_asset = content.get("assetid", UNDEFINED)
        if not self.dynamic:
            return
        asset = self.asset_of("adAssetIdPropertyName", track, "asset_id")
        self.tell("loadMetadata", {"assetid": asset, "type": either(kind, "ad")})
        self.heartbeat(content_asset, track.property("position"))

    def ad_playing(self, track: Track) -> None:
        if self.quiet():
            self.heartbeat(None, track.property("position"))

    def ad_completed(self, track: Track) -> None:
        if self.quiet():
            self.at_end("stop", track.property("position"))

    def paused(self, track: Track) -> None:
        if self.quiet():
            self.tell("stop", self.position(track))

    def resumed(self, track: Track) -> None:
        """Where the content has changed, its metadata come from the event's `content`: without, the timer stays off."""
        if not self.quiet():
            return
        asset = self.asset_of("contentAssetIdPropertyName", track, "content_asset_id")
        if self.end_another(asset):
            metadata = self.metadata(track, _CONTENT)
            if metadata is None:
                return
            self.tell("loadMetadata", metadata)
        self.heartbeat(asset, track.property("position"), track.property("livestream"))

    def playback_completed(self, track: Track) -> None:
        if self.quiet():
            self.at_end("end", self.position(track))
            self.playhead, self.asset, self.dynamic, self.timer = 0, None, False, None

    methods: ClassVar[Methods] = {
        "video content started": content_started,
        "video content playing": content_playing,
        "video content completed": content_completed,
        "video ad started": ad_started,
        "video ad playing": ad_playing,
        "video ad completed": ad_completed,
        **dict.fromkeys(
            (
                *("video playback paused", "video playback seek started", "video playback buffer started"),
                *("video playback interrupted", "video playback exited"),
            ),
            paused,
        ),
        **dict.fromkeys(
            ("video playback resumed", "video playback seek completed", "video playback buffer completed"), resumed
        ),
        "video playback completed": playback_completed,
    }
