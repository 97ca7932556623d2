"""Segment's web integration of Youbora (NPAW): analytics.js-integrations at dc98359, integrations/youbora.

A plugin of the vendor's library for each `session_id`, fed by the properties of the session's events, which overwrite
each other in one bag: whatever came last under `bitrate`, `position`, `framerate` and `ad_type` is what the library reads.
No plugin is ever let go.
"""

from collections.abc import Callable
from contextlib import suppress
from typing import Any, ClassVar, Final

from attrs import define

from videospec.simulators.facade import Track, copied
from videospec.simulators.integration import Integration, Methods, Settings
from videospec.simulators.stage import Call
from videospec.simulators.values import (
    INHERITED,
    UNDEFINED,
    Made,
    Thrown,
    Value,
    given,
    is_number,
    number,
    shown,
    text,
    truthy,
)

_READ: Final = {"bitrate": "getBitrate", "position": "getPlayhead", "framerate": "getFramesPerSecond"}
_KEPT: Final = (*_READ, "ad_type")
_POSITIONS: Final = ("pre", "mid", "post")


@define(eq=False)
class _Session:
    """A plugin's bag of properties, of which those are kept that are read."""

    bag: dict[str, Value]
    bare: Value
    """What the bag really is where `properties` was no object: that takes no properties. Else None."""
    adapter: bool = False
    ads: bool = False
    told: Call | None = None
    """What was read of the bag since it last changed."""

    def reads(self) -> Call | None:
        """What the vendor's library gets through the adapters' getters, once they are set."""
        if not self.adapter:
            return None
        told = self.told
        if told is None:
            bag = self.bag
            told = self.told = {getter: shown(bag[name]) for name, getter in _READ.items() if name in bag}
        if self.ads and self.bag.get("ad_type") in _POSITIONS:
            return {**told, "getPosition": self.bag["ad_type"]}
        return told

    def update(self, props: Value) -> None:
        """The newest properties, over the older."""
        if self.bare is None and isinstance(props, dict):
            self.told = None
            for name in _KEPT:
                if name in props:
                    self.bag[name] = copied(props[name])


def _fire(call: str) -> Callable[["Youbora", Track], None]:
    """A method that tells the plugin or its adapter one thing."""

    def does(self: "Youbora", track: Track) -> None:
        if (session := self.updated(track)) is not None:
            self.stage.call(call, (), session.reads())

    return does


def _fire_by_ad(call: str) -> Callable[["Youbora", Track], None]:
    """One that tells the ads' adapter while the event names an ad, else the content's."""

    def does(self: "Youbora", track: Track) -> None:
        if (session := self.updated(track)) is not None:
            adapter = "AdsAdapter." if truthy(track.property("ad_asset_id")) else "Adapter."
            self.stage.call(adapter + call, (), session.reads())

    return does


class Youbora(Integration):
    """The integration's state: the plugin of each session."""

    name = "Youbora"
    settings: ClassVar[Settings] = {"accountCode": ""}

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.plugins: dict[str, _Session] = {}

    def updated(self, track: Track) -> _Session | None:
        """The session of an event, with the event's properties; None where there is none, which ends the handling."""
        session_id = track.property("session_id")
        if not truthy(session_id):
            return None
        key = session_id if session_id.__class__ is str else text(session_id)
        session = self.plugins.get(key)
        if session is not None:
            self.stage.keeps(key)
            session.update(track.props)
        return session

    def leave(self, session: str) -> None:
        self.plugins.pop(session, None)

    def playback_started(self, track: Track) -> None:
        """A new plugin; an older one of the same session goes on unseen."""
        stage = self.stage
        session_id = track.property("session_id")
        with suppress(Thrown):  # it will be met where the plugin is kept
            stage.keeps(text(session_id))
        user = track.message.get("userId", UNDEFINED)
        user = number(user) if is_number(user) else user
        stage.call("new Plugin", ({"accountCode": self.set["accountCode"], "username": user},))
        props = track.props if isinstance(track.props, dict) else copied(track.props)
        session = _Session({}, props if isinstance(props, (str, int, float)) else None)
        session.update(props)
        self.plugins[text(session_id)] = session
        stage.call("new Adapter")
        stage.call("new Adapter")
        session.adapter = True
        stage.call("Plugin.setAdapter", (Made("new Adapter", [], {}),), session.reads())
        session.ads = True
        reads = session.reads()
        stage.call("Plugin.setAdsAdapter", (Made("new Adapter", [], {}),), reads)
        live, url = track.property("livestream"), track.in_context("page.url")
        stage.call("Plugin.setOptions", (given(**{"content.isLive": live, "content.resource": url}),), reads)
        stage.call("Plugin.fireInit", (), reads)
        stage.call("Adapter.monitorPlayhead", (), reads)

    def content_started(self, track: Track) -> None:
        """The content's metadata, then its start and, at once, its first frame."""
        session = self.updated(track)
        if session is None:
            return
        said = track.property
        metadata = given(content_id=said("asset_id"), genre=said("genre"), owner=said("publisher"))
        options = {
            "content.title": said("title"),
            "content.title2": said("program"),
            "content.duration": said("total_length"),
            "content.metadata": metadata,
        }
        reads = session.reads()
        self.stage.call("Plugin.setOptions", (given(**options),), reads)
        self.stage.call("Adapter.fireStart", (), reads)
        self.stage.call("Adapter.fireJoin", (), reads)

    def content_playing(self, track: Track) -> None:
        """New properties; the library reads them at its next ping."""
        key = text(track.property("session_id"))
        self.stage.keeps(key)
        session = self.plugins.get(key)
        if session is None:
            if key in INHERITED:  # there is something under that name, but no bag
                raise Thrown("TypeError: Cannot convert undefined or null to object")
            return
        before = session.reads()
        if session.bare is not None:
            _assignable(session.bare, track.props)
        session.update(track.props)
        reads = session.reads()
        # a position of 1.0 is written otherwise than one of 1
        if reads is not None and (reads != before or repr(reads) != repr(before)):
            self.stage.changed(reads)

    def ad_started(self, track: Track) -> None:
        """The ad's title, then its start."""
        session = self.updated(track)
        if session is not None:
            reads = session.reads()
            self.stage.call("Plugin.setOptions", ({"ad.title": track.property("title")},), reads)
            self.stage.call("AdsAdapter.fireStart", (), reads)

    methods: ClassVar[Methods] = {
        "video playback started": playback_started,
        "video content started": content_started,
        "video content playing": content_playing,
        "video playback buffer started": _fire_by_ad("fireBufferBegin"),
        "video playback buffer completed": _fire_by_ad("fireBufferEnd"),
        "video playback paused": _fire_by_ad("firePause"),
        "video playback resumed": _fire_by_ad("fireResume"),
        "video playback seek started": _fire_by_ad("fireSeekBegin"),
        "video playback seek completed": _fire_by_ad("fireSeekEnd"),
        "video playback completed": _fire("Plugin.fireStop"),
        "video playback interrupted": _fire("Plugin.fireError"),
        "video ad started": ad_started,
        "video ad completed": _fire("AdsAdapter.fireStop"),
    }
    exact: ClassVar[Methods] = {"Video Ad Clicked": _fire("AdsAdapter.fireClick")}


def _assignable(bare: Value, props: Value) -> None:
    """Raises Thrown where `Object.assign` meets a text's own letters or length, which cannot be written."""
    if not isinstance(bare, str):
        return
    names = props if isinstance(props, dict) else map(str, range(len(props))) if isinstance(props, (list, str)) else ()
    for name in names:
        if name == "length" or (name.isdigit() and name == str(int(name)) and int(name) < len(bare)):
            raise Thrown(f"TypeError: Cannot assign to read only property '{name}' of object '[object String]'")
