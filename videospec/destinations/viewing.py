"""What overrides work on: a draft of a message to one destination, and what is known of the session it belongs to."""

from typing import Any, Final, Literal

from attrs import define, field

from videospec.spec.events import (
    AD_COMPLETED,
    AD_SKIPPED,
    AD_STARTED,
    CONTENT_COMPLETED,
    EVENTS,
    PLAYBACK_STARTED,
)

Where = Literal["event", "content", "ad"]
"""Whose properties are meant: the message's, those of the content that plays, or those of the ad that is on."""
Properties = dict[str, Any]

_AD_OVER: Final = (AD_COMPLETED, AD_SKIPPED)
# Far from the end of what a double holds, so that sums and multiples of numbers are numbers.
_MOST: Final = 1e300
_OF_THE_MOMENT: Final = ("session_id", "position")


def family(event: str) -> str:
    """`playback`, `content`, `ad`, `quality`; nothing for an event that is not ours."""
    known = EVENTS.get(event)
    return "" if known is None else known.family


def find(properties: Any, path: str) -> Any:
    """The value at a dotted path, in which a number is an item of a list; None where there is none."""
    for name in path.split("."):
        if isinstance(properties, list) and name.isdecimal():
            properties = properties[int(name)] if int(name) < len(properties) else None
        elif isinstance(properties, dict):
            properties = properties.get(name)
        else:
            return None
    return properties


def as_number(value: Any) -> int | float | None:
    """A number as JSON has it, that can be reckoned with; else None."""
    is_one = isinstance(value, int | float) and not isinstance(value, bool) and -_MOST <= value <= _MOST
    return value if is_one else None


def same(one: Any, other: Any) -> bool:
    """Whether two values are one in JSON: to Python, 1 is true as well."""
    if one is other or one != other:
        return one is other
    if isinstance(one, dict):
        return all(same(one[name], other[name]) for name in one)
    if isinstance(one, list):
        return all(map(same, one, other))
    return isinstance(one, bool) is isinstance(other, bool)


@define
class Draft:
    """A message on its way to one destination. `properties` is its own dict, of which no inner value is ever changed."""

    event: str
    properties: Properties
    options: Properties = field(factory=dict)
    own: bool = False
    """Whether it says what the message for everybody must not say."""

    def find(self, path: str) -> Any:
        """The value at a dotted path; None where there is none."""
        return find(self.properties, path)

    def add(self, path: str, value: Any) -> None:
        """Says what is also true: a message for everybody may say it too, unless it says something there already, be it
        null, or the value is an object or a list, for which some destination refuses the whole event."""
        if path.partition(".")[0] in self.properties or isinstance(value, dict | list):
            self.put(path, value)
        else:
            self._write(path, value)

    def put(self, path: str, value: Any) -> None:
        """Says what only this destination should hear."""
        if not same(self.find(path), value):
            self.own = True
            self._write(path, value)

    def drop(self, path: str) -> None:
        """Leaves a property out."""
        above, _, name = path.rpartition(".")
        holder = self.find(above) if above else self.properties
        if isinstance(holder, dict) and name in holder:
            self.own = True
            left = {key: value for key, value in holder.items() if key != name}
            if above:
                self._write(above, left)
            else:
                self.properties = left

    def again(self, event: str, properties: Properties | None = None) -> "Draft":
        """The same moment as another event: with these properties, else with its own."""
        said = self.properties if properties is None else {**self._moment(), **properties}
        return Draft(event, dict(said), self.options, own=True)

    def _moment(self) -> Properties:
        return {name: self.properties[name] for name in _OF_THE_MOMENT if name in self.properties}

    def _write(self, path: str, value: Any) -> None:
        above, _, name = path.rpartition(".")
        if not above:
            self.properties[name] = value
            return
        holder = self.find(above)
        self._write(above, {**(holder if isinstance(holder, dict) else {}), name: value})


@define
class Viewing:
    """What is known of a session while it lives. Positions and lengths are seconds."""

    platforms: frozenset[str]
    """The pieces of code that may get the messages."""
    account: Properties = field(factory=dict)
    """The settings that the destination has in Segment, as far as they are known."""
    started: Properties | None = None
    """The properties of its Video Playback Started, once it came."""
    content: Properties = field(factory=dict)
    """What is known of the content, without session_id: from content events, and from an ad's `content`."""
    playing: bool = False
    """Whether a content has started and is not completed."""
    ad: Properties | None = None
    """The properties of the ad that is on."""
    # int too, so that a whole number is one still when it has been saved and read again
    ads_seen: int | float = 0
    """Seconds of ads that are over."""
    before: int | float = 0
    """Seconds of contents before this one."""
    kept: dict[str, Any] = field(factory=dict)
    """What an `amend` remembers of the session, by names of its own."""
    alone: bool = False
    """Whether it is of one message that names no session: what came before cannot be known, nor does anything follow."""

    def part(self, where: Where, draft: Draft) -> Properties:
        """The properties meant; empty where there is no such thing."""
        if where == "event":
            return draft.properties
        return self.content if where == "content" else self.ad or {}

    def find(self, where: Where, path: str, draft: Draft) -> Any:
        """One of them; None where it is not known."""
        return find(self.part(where, draft), path)

    # -- listening -----------------------------------------------------------------------------------------------------

    def before_it(self, event: str, said: Properties) -> None:
        """What a message tells that already holds for itself."""
        kind = family(event)
        if event == PLAYBACK_STARTED:
            self.started = said
        elif kind == "content":
            self._content(said)
            self.playing = True
            self.ad = None  # also where its end was never said
        elif kind == "ad":
            if isinstance(inner := said.get("content"), dict):
                self._content(inner)
            if event == AD_STARTED or self.ad is not None:
                self.ad = said

    def after_it(self, event: str, said: Properties) -> None:
        """What holds only from then on."""
        if event == CONTENT_COMPLETED:
            self.playing = False
        elif event in _AD_OVER:
            self.ads_seen += as_number(said.get("position")) or 0
            self.ad = None

    def _content(self, said: Properties) -> None:
        known, new = self.content.get("asset_id"), said.get("asset_id")
        if known is not None and new is not None and known != new:
            self.before += self.content_at
            self.content = {}
        # of the same content the rest is as it was: an ad, or a heartbeat, may tell a part of it
        self.content = {**self.content, **{name: value for name, value in said.items() if name != "session_id"}}

    # -- where it is ---------------------------------------------------------------------------------------------------

    @property
    def live(self) -> bool:
        """Whether the content is known to be a livestream."""
        return (self.content or self.started or {}).get("livestream") is True

    @property
    def content_at(self) -> float:
        """Where the content was last heard to be."""
        return as_number(self.content.get("position")) or 0

    def content_position(self, event: str, said: Properties) -> Any:
        """Where the content is at a message. A playback event's position counts contents and ads, each rounded down, so
        that this is up to a second for each ad ahead of the content's own."""
        kind, position = family(event), as_number(said.get("position"))
        if position is None or kind in ("content", "quality", ""):
            return said.get("position")
        if kind == "ad" or self.ad is not None:
            return self.content_at
        return _within(position - self.ads_seen - self.before, self.content)

    def asset_position(self, event: str, said: Properties) -> Any:
        """The same of what plays, which may be an ad."""
        position = as_number(said.get("position"))
        if self.ad is None or position is None or family(event) != "playback":
            return said.get("position") if family(event) == "ad" else self.content_position(event, said)
        return _within(position - self.ads_seen - self.before - self.content_at, self.ad)


def _within(position: float, asset: Properties) -> float:
    length = as_number(asset.get("total_length"))
    return max(0, position if length is None else min(position, length))
