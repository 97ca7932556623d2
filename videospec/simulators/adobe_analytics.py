"""Segment's web integration of Adobe Analytics, its Heartbeat part: analytics.js-integrations at dc98359.

A heartbeat for each `session_id`, and one playhead, one quality and one "an ad break is on" for all of them. Hits of
AppMeasurement (mapped events, shop events) are outside the model.
"""

import math
from collections.abc import Callable
from typing import Any, ClassVar, Final

from videospec.simulators.adobe_metadata import mapped, said, standard, standard_ad
from videospec.simulators.event_names import SHOP
from videospec.simulators.facade import Track
from videospec.simulators.integration import Integration, Methods, Settings
from videospec.simulators.stage import Call
from videospec.simulators.values import (
    INHERITED,
    UNDEFINED,
    Made,
    Thrown,
    Value,
    either,
    shown,
    text,
    truthy,
)

_MEDIA: Final = "MediaHeartbeat."
_UNCALLED: Final = ("video content playing", "video quality updated")
"""The events that make no call: only the SDK's next look at the delegate shows them."""


def _key(track: Track) -> str:
    """The name under which the session is kept."""
    return text(either(said(track, "session_id"), "default"))


def _name(track: Track) -> str | None:
    """The same, or None where it has no text, which the method will meet too."""
    try:
        return _key(track)
    except Thrown:
        return None


def _made(factory: str, *args: Value, **has: Value) -> Made:
    return Made(factory, list(args), has)


def _tells(*events: str) -> Callable[["AdobeAnalytics", Track], None]:
    """What tells the session's heartbeat, opening one where there is none."""

    def does(self: "AdobeAnalytics", track: Track) -> None:
        key = self.populate(track)
        for event in events:
            self.tell(key, event)

    return does


def _says(event: str) -> Callable[["AdobeAnalytics", Track], None]:
    def does(self: "AdobeAnalytics", track: Track) -> None:
        self.tell(self.populate(track), "trackEvent", event)

    return does


class AdobeAnalytics(Integration):
    """The integration's state: heartbeats with whether a chapter is open, ads by session, and what all sessions share."""

    name = "Adobe Analytics"
    settings: ClassVar[Settings] = {
        "events": [],
        "eVars": {},
        "props": {},
        "hVars": {},
        "lVars": {},
        "merchEvents": [],
        "contextValues": {},
        "customDataPrefix": "",
        "reportSuiteId": UNDEFINED,
        "timestampOption": "enabled",
        "productIdentifier": "name",
        "marketingCloudOrgId": None,
        "enableTrackPageName": True,
        "disableVisitorId": False,
        "preferVisitorId": False,
        "heartbeatTrackingServerUrl": "",
        "ssl": False,
        "collectHighEntropyUserAgentHints": False,
        "trackingServerUrl": UNDEFINED,
        "trackingServerSecureUrl": UNDEFINED,
        "visitorID": UNDEFINED,
        "channel": UNDEFINED,
        "campaign": UNDEFINED,
        "state": UNDEFINED,
        "zip": UNDEFINED,
        "pageName": UNDEFINED,
        "trackingServer": UNDEFINED,
        "trackingServerSecure": UNDEFINED,
        "visitorMigrationKey": UNDEFINED,
        "visitorMigrationServer": UNDEFINED,
        "visitorNamespace": UNDEFINED,
        "dc": UNDEFINED,
        "charSet": "ISO-8859-1",
        "currencyCode": "USD",
        "trackDownloadLinks": True,
        "trackExternalLinks": True,
        "trackInlineStats": True,
        "linkDownloadFileTypes": "exe,zip,wav,mp3,mov,mpg,avi,wmv,pdf,doc,docx,xls,xlsx,ppt,pptx",
        "linkInternalFilters": UNDEFINED,
        "linkLeaveQueryString": False,
        "linkTrackVars": "None",
        "linkTrackEvents": "None",
        "usePlugins": True,
    }

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.chapters: dict[str, bool] = {}
        self.breaks: dict[str, float] = {}
        self.quality: Call = {}
        self.playhead: Value = 0
        self.in_break = False
        servers = {
            "trackingServer": self.set["trackingServerUrl"],
            "trackingServerSecure": self.set["trackingServerSecureUrl"],
        }
        self.measurement = {
            **servers,
            "visitor": _made("getInstance", self.set["marketingCloudOrgId"], servers),
            "collectHighEntropyUserAgentHints": True
            if truthy(self.set["collectHighEntropyUserAgentHints"])
            else UNDEFINED,
        }

    @classmethod
    def silent(cls, settings: Settings) -> str | None:
        """Without a server for the heartbeats, none is set up."""
        url = settings.get("heartbeatTrackingServerUrl", "")
        return None if truthy(url) else "the setting heartbeatTrackingServerUrl is not set"

    # -- the heartbeats

    def reads(self, key: str) -> Call:
        """What the SDK gets through a heartbeat's delegate. All sessions share it, but for those whose name every object
        answers to: the page's object of playheads seems to hold theirs."""
        if key in INHERITED:
            return {"getQoSObject": self.quality}
        return {"getCurrentPlaybackTime": shown(either(self.playhead, 0)), "getQoSObject": self.quality}

    def tell(self, key: str, call: str, *args: Value) -> None:
        self.stage.call(_MEDIA + call, args, self.reads(key))

    def heartbeat(self, track: Track) -> str:
        """The session's name; raises Thrown where it has no heartbeat."""
        key = _key(track)
        if key not in self.chapters:
            name = "trackEvent" if key in INHERITED else "heartbeat"
            raise Thrown(f"TypeError: Cannot read properties of undefined (reading '{name}')")
        return key

    def populate(self, track: Track) -> str:
        """The session's name; sees to it that it has a heartbeat."""
        key = _key(track)
        if key in self.chapters:
            return key
        if key in INHERITED:
            does = ("set", "setting") if truthy(said(track, "channel")) else ("read", "reading")
            raise Thrown(f"TypeError: Cannot {does[0]} properties of undefined ({does[1]} 'channel')")
        self.playback_started(track)
        return key

    def playback_started(self, track: Track) -> None:
        """A new heartbeat, whatever was kept under the session's name."""
        key = _key(track)
        config = _made(
            "new MediaHeartbeatConfig",
            trackingServer=self.set["heartbeatTrackingServerUrl"],
            channel=either(said(track, "channel"), ""),
            ovp="unknown",
            appVersion=either(track.in_context("app.version"), "unknown"),
            playerName=either(said(track, "video_player"), "unknown"),
            ssl=self.set["ssl"],
            debugLogging=False,
        )
        delegate = _made("new MediaHeartbeatDelegate")
        self.stage.call("new MediaHeartbeat", (delegate, config, self.measurement), self.reads(key))
        self.chapters[key] = False
        self.update_quality(track)
        media = _made(
            "createMediaObject",
            either(said(track, "title"), ""),
            either(said(track, "asset_id"), "unknown video id"),
            either(said(track, "total_length"), 0),
            "live" if truthy(said(track, "livestream")) else "vod",
            StandardVideoMetadata=standard(track),
        )
        self.tell(key, "trackSessionStart", media, mapped(track, self.set))

    def content_started(self, track: Track) -> None:
        """Play; and a chapter, where none is open."""
        key = self.populate(track)
        self.tell(key, "trackPlay")
        context = mapped(track, self.set)
        if self.chapters[key]:
            return
        chapter = _made(
            "createChapterObject",
            either(said(track, "chapter_name"), "no chapter name"),
            either(said(track, "position"), 1),
            either(said(track, "length"), 6000),
            either(said(track, "start_time"), 0),
        )
        self.tell(key, "trackEvent", "ChapterStart", chapter, context)
        self.chapters[key] = True

    def content_completed(self, track: Track) -> None:
        key = self.populate(track)
        self.tell(key, "trackEvent", "ChapterComplete")
        self.chapters[key] = False

    def playback_completed(self, track: Track) -> None:
        key = self.populate(track)
        self.tell(key, "trackComplete")
        self.tell(key, "trackSessionEnd")
        del self.chapters[key]
        self.breaks.pop(key, None)

    # -- ads; each is a break of its own

    def ad_started(self, track: Track) -> None:
        """The break begins before it is known whether the ad has an id, without which this throws."""
        key = _key(track)
        before = self.breaks.get(key, math.inf if key in INHERITED else 0)
        # one more than a function, which every object has under some names, is no number
        count = self.breaks[key] = math.nan if math.isinf(before) else before + 1 if truthy(before) else 1
        begins = _made(
            "createAdBreakObject", either(said(track, "type"), "unknown"), count, either(said(track, "position"), 1)
        )
        self.heartbeat(track)
        self.tell(key, "trackEvent", "AdBreakStart", begins)
        self.in_break = True
        ad = _made(
            "createAdObject",
            either(said(track, "title"), "no title"),
            either(_id_text(said(track, "asset_id")), "default ad"),
            either(said(track, "position"), 1),
            either(said(track, "total_length"), 0),
            StandardAdMetadata=standard_ad(track),
        )
        self.tell(key, "trackEvent", "AdStart", ad, either(said(track, "content"), {}))

    def ad_over(self, track: Track, event: str) -> None:
        """The ad ends, and its break; if no break is on, in whatever session, both begin first."""
        if not self.in_break:
            self.ad_started(track)
        key = self.heartbeat(track)
        self.tell(key, "trackEvent", event)
        self.tell(key, "trackEvent", "AdBreakComplete")
        self.in_break = False

    # -- what only the SDK's next look at the delegate shows

    def content_playing(self, track: Track) -> None:
        self.playhead = said(track, "position")

    def update_quality(self, track: Track) -> None:
        values = (said(track, name) for name in ("bitrate", "startupTime", "fps", "droppedFrames"))
        self.quality = shown(_made("createQoSObject", *(either(value, 0) for value in values)))

    # -- by event

    heartbeats: ClassVar[Methods] = {
        "video playback started": playback_started,
        "video content started": content_started,
        "video playback paused": _tells("trackPause"),
        "video playback resumed": content_started,
        "video content completed": content_completed,
        "video playback completed": playback_completed,
        "video ad started": ad_started,
        "video ad completed": lambda self, track: self.ad_over(track, "AdComplete"),
        "video ad skipped": lambda self, track: self.ad_over(track, "AdSkip"),
        "video playback seek started": _says("SeekStart"),
        "video playback seek completed": _says("SeekComplete"),
        "video playback buffer started": _says("BufferStart"),
        "video playback buffer completed": _says("BufferComplete"),
        "video quality updated": update_quality,
        "video content playing": content_playing,
        "video playback interrupted": _tells("trackPause"),
    }
    """By the event's name in lower case: no other spelling is known here."""
    methods: ClassVar[Methods] = dict.fromkeys(SHOP, lambda self, track: None)

    def knows(self, event: str) -> bool:
        return event.lower() in self.heartbeats

    def track(self, track: Track) -> None:
        event = track.event()
        if not isinstance(event, str):
            raise Thrown(_no_lower_case(event))
        low = event.lower()
        if not truthy(self.set["marketingCloudOrgId"]):
            raise Thrown(f"TypeError: Cannot read properties of undefined (reading '{low}')")
        does = self.heartbeats.get(low)
        if does is None:
            if low == "__proto__":  # found in the map of events as in every object, but no function
                raise Thrown("TypeError: heartbeatFunc.call is not a function")
            # as is `constructor`, which does nothing
            for name in ("events", "merchEvents") if low != "constructor" else ():
                if truthy(self.set[name]) and not isinstance(self.set[name], list):
                    raise Thrown(f"TypeError: (this.options.{name} || []).find is not a function")
            return
        key = _name(track)
        if key is not None:
            self.stage.keeps(key)
        if low not in _UNCALLED or key not in self.chapters:
            does(self, track)
            return
        before = self.reads(key)
        does(self, track)
        if repr(after := self.reads(key)) != repr(before):
            self.stage.changed(after)


def _no_lower_case(name: Value) -> str:
    if name is None or name is UNDEFINED:
        return f"TypeError: Cannot read properties of {text(name)} (reading 'toLowerCase')"
    return "TypeError: track.event(...).toLowerCase is not a function"


def _id_text(asset: Value) -> str:
    """`asset.toString()`."""
    if asset is None or asset is UNDEFINED:
        raise Thrown(f"TypeError: Cannot read properties of {text(asset)} (reading 'toString')")
    if isinstance(asset, dict) and "toString" in asset:
        raise Thrown("TypeError: props.asset_id.toString is not a function")
    return text(asset)
