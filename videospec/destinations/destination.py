"""The row types of a destination. A destination is one file of these; nothing here reads, sends or decides anything.

Every row but the destination itself is a `Fact`: it names the sources it was read in (`by`) and the platforms it holds
on (`on`; none named: all that the destination has). `by` is one or more citations, separated by "; ": a tag of
`sources.SOURCES`, then where in that source, such as `AJS youbora:71-121; RUN`.

A third party's destination is an entry point of the group `videospec.destinations`, as ours are; `faults.faults` tells
what is wrong with its rows.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Final, Literal

from attrs import field, fields, frozen

from videospec.destinations.overrides import Amend, Override
from videospec.destinations.places import ORIGINS, PLATFORMS, Origin, Platform, Reach
from videospec.destinations.signs import Sign
from videospec.destinations.sources import SOURCES, Source, citations
from videospec.spec.events import EVENTS
from videospec.spelling import fold

Kind = Literal["string", "integer", "number", "boolean", "array", "object", "date"]

Outcome = Literal["event lost", "property lost", "value cut", "value changed", "name changed", "unknown"]
"""What breaking a limit costs. unknown: it is documented as a limit, and nothing that was read tells what comes of it."""

Accounts = Mapping[str, dict[str, Any]]
"""The settings of destinations in Segment, by the destination's name or another name of it, in any spelling."""

EVERY: Final[tuple[str, ...]] = tuple(EVENTS)
"""Every event that we say."""


def others(*said: str) -> tuple[str, ...]:
    """Every event that we say, but these. ValueError for a name that is none."""
    if strangers := set(said) - set(EVERY):
        raise ValueError(f"no events of ours: {', '.join(sorted(strangers))}")
    return tuple(name for name in EVERY if name not in said)


def listed(value: Any) -> frozenset[str]:
    """The events of ours that a setting lists, in any case; none where it is no list."""
    said = {one.lower() for one in value if isinstance(one, str)} if isinstance(value, list) else set()
    return frozenset(name for name in EVERY if name.lower() in said)


def _names(given: str | Iterable[str]) -> tuple[str, ...]:
    return (given,) if isinstance(given, str) else tuple(given)


def _signs(given: Sign | Iterable[Sign] | None) -> tuple[Sign, ...] | None:
    return (given,) if isinstance(given, Sign) else None if given is None else tuple(given)


def _day(given: str) -> date:
    return date.fromisoformat(given)


@frozen
class Fact:
    """What was read somewhere."""

    by: str = field(kw_only=True)
    on: tuple[Platform, ...] = field(default=(), kw_only=True)

    def holds_on(self, platform: Platform) -> bool:
        """Whether it holds on a platform."""
        return not self.on or platform in self.on


@frozen
class Key(Fact):
    """A name under which the destination stands in a message: in `integrations` or, where Segment's code looks there, in
    `properties`. `reads` tells what is looked for: true and false (`switch`), the destination's options, or both."""

    name: str
    reads: Literal["switch", "options", "both"] = "both"
    under: Literal["integrations", "properties"] = "integrations"


@frozen
class Unreached(Fact):
    """A way by which the video meaning does not arrive though one might think so, and why."""

    reach: tuple[Reach, ...]
    why: str


@frozen
class Use(Fact):
    """What the destination does with events."""

    events: tuple[str, ...] = field(converter=_names)
    does: str


@frozen
class Ignored(Fact):
    """Events that mean nothing to it as video, and what becomes of them."""

    events: tuple[str, ...] = field(converter=_names)
    instead: str


@frozen
class Names(Fact):
    """Which other spellings of an event's name are taken for the event. exact: none. case: other capitals. words: as
    Segment's integrations for the web read them, its words apart by `_` or nothing, or the action first. underscores:
    those that differ in spaces and `_` alone; lower: in capitals too. column: those of the same snake case. Without a row
    it is exact where every event is taken under its own name, and else unread. `otherwise`: what becomes of all others."""

    reads: Literal["exact", "case", "words", "underscores", "lower", "column", "unread"]
    otherwise: str = ""


@frozen
class Need(Fact):
    """Properties that it reads from events, each of its own or all for one purpose. A dot leads into an object.

    `without`: the event is lost, what is reported is wrong, or it is merely poorer. `values`: those that it knows.
    `own`: the vendor's own names, which the Video Spec has nowhere. `listed`: of an account that lists events
    (`Destination.listed`) asked on these alone. `named`: the setting that names it otherwise.
    """

    properties: tuple[str, ...] = field(converter=_names)
    kind: Kind
    events: tuple[str, ...] = field(converter=_names)
    why: str
    without: Literal["lost", "wrong", "poorer"] = "wrong"
    values: tuple[str, ...] = ()
    own: bool = False
    listed: bool = False
    named: str = ""


@frozen
class Option(Fact):
    """Options of one message, under the destination's key. `over`: the properties that they go before."""

    names: tuple[str, ...] = field(converter=_names)
    kind: Kind
    why: str
    values: tuple[str, ...] = ()
    over: tuple[str, ...] = field(default=(), converter=_names)


@frozen
class Setting(Fact):
    """A setting of the destination, in Segment."""

    name: str
    why: str


@frozen
class Heartbeat(Fact):
    """How often it wants to hear the position, in seconds."""

    seconds: float
    why: str


@frozen
class Live(Fact):
    """What `position` has to be in a livestream. drop: such events are better not sent."""

    scale: Literal["as-is", "negative-offset", "second-of-day", "drop", "undefined"]
    why: str


@frozen
class Position(Fact):
    """On which timeline it takes `position` to be. asset: the content's own, and in an ad the ad's."""

    scale: Literal["playback", "content", "asset", "as-is", "unread"]
    why: str


@frozen
class Order(Fact):
    """`event` must come before (or after) each of `others`, in a session."""

    event: str
    place: Literal["before", "after"]
    others: tuple[str, ...] = field(converter=_names)
    why: str


@frozen
class Quirk(Fact):
    """Where what it does is not what one would expect. `mend`: how whoever sends can make it right, or if nobody can,
    why not. `shown`: the signs of a message that meets it, among its events, and then what that costs (as of a need);
    None where no message tells; `at_end`: asked of a session when it ends. A quirk that is a limit too is named by the
    limit."""

    id: str
    says: str
    mender: Literal["sender", "nobody"]
    mend: str
    events: tuple[str, ...] = field(default=(), converter=_names)
    shown: tuple[Sign, ...] | None = field(default=None, converter=_signs)
    without: Literal["lost", "wrong", "poorer"] = "wrong"
    at_end: bool = False


@frozen
class Limit(Fact):
    """A rule about the form of messages; its kinds are in `limits`. `outcome` is what breaking it costs, `then` the same
    as a sentence. `quirks` are those that are told by it."""

    outcome: Outcome = field(kw_only=True)
    then: str = field(kw_only=True)
    quirks: tuple[str, ...] = field(default=(), kw_only=True, converter=_names)

    @property
    def text(self) -> str:
        """What is asked, in words."""
        raise NotImplementedError


@frozen(kw_only=True)
class Destination:
    """A destination: where it is reached, what it does with each event, what it needs.

    `name` is the one in Segment's catalogue, without an edition in brackets such as `(Actions)`; `also` and the names of
    `keys` find it too. `reach` is where the video meaning arrives, of all its editions together. `checked` is the day on
    which the rows were last compared with their sources. `extensions` are events it understands that our own table has
    not. `simulated`: there is a model of what its integration for the web does, call by call. `unread` are platforms that
    it is reached on by an integration that nobody has read: no fact is about them.
    """

    name: str
    about: str
    reach: tuple[Reach, ...]
    checked: date = field(converter=_day)
    also: tuple[str, ...] = ()
    simulated: bool = False
    extensions: tuple[str, ...] = ()
    unread: tuple[Platform, ...] = ()
    keys: tuple[Key, ...] = ()
    unreached: tuple[Unreached, ...] = ()
    uses: tuple[Use, ...] = ()
    ignores: tuple[Ignored, ...] = ()
    spellings: tuple[Names, ...] = ()
    needs: tuple[Need, ...] = ()
    options: tuple[Option, ...] = ()
    settings: tuple[Setting, ...] = ()
    heartbeats: tuple[Heartbeat, ...] = ()
    live: tuple[Live, ...] = ()
    position: tuple[Position, ...] = ()
    order: tuple[Order, ...] = ()
    quirks: tuple[Quirk, ...] = ()
    limits: tuple[Limit, ...] = ()
    listed: str = ""
    """The setting that lists further events which it uses."""
    overrides: tuple[Override, ...] = ()
    amend: Amend | None = None
    sources: tuple[Source, ...] = ()
    """Sources of its own, beside those in `sources.SOURCES`."""

    @property
    def platforms(self) -> tuple[Platform, ...]:
        """The pieces of code by which it is reached, as far as somebody has read them."""
        found = dict.fromkeys(platform for reach in self.reach for platform in PLATFORMS.get(reach, ()))
        return tuple(platform for platform in found if platform not in self.unread)

    @property
    def switches(self) -> tuple[str, ...]:
        """The names in `integrations` that turn it on and off; none for a warehouse, which takes everything."""
        turned = (key.name for key in self.keys if key.reads != "options" and key.under == "integrations")
        return tuple(dict.fromkeys(turned))

    @property
    def names(self) -> tuple[str, ...]:
        """All that it may be called."""
        keys = (key.name for key in self.keys if key.under == "integrations")
        return tuple(dict.fromkeys((self.name, *self.also, *keys)))

    @property
    def known(self) -> dict[str, Source]:
        """The sources that its facts may name, by tag: those of the table, then its own."""
        return SOURCES | {source.tag: source for source in self.sources}

    @property
    def read(self) -> dict[str, Source]:
        """Those of them that they name."""
        used = {tag for fact in self.facts() for tag, _ in citations(fact.by)}
        return {tag: source for tag, source in self.known.items() if tag in used}

    def account(self, accounts: Accounts) -> dict[str, Any]:
        """Its settings among those of all; empty where none are told."""
        mine = {fold(name) for name in self.names}
        return {key: value for name, one in accounts.items() if fold(name) in mine for key, value in one.items()}

    def reached_from(self, origin: Origin) -> tuple[Reach, ...]:
        """The ways from an origin by which the video meaning arrives; none: it does not. ValueError if it is no origin."""
        if origin not in ORIGINS:
            raise ValueError(f"unknown origin {origin!r}: there are {', '.join(ORIGINS)}")
        return tuple(reach for reach in self.reach if reach in ORIGINS[origin])

    def platforms_from(self, origin: Origin) -> tuple[Platform, ...]:
        """The pieces of code that get messages of an origin."""
        got = {platform for reach in self.reached_from(origin) for platform in PLATFORMS[reach]}
        return tuple(platform for platform in self.platforms if platform in got)

    def used(self, platform: Platform | None = None) -> tuple[str, ...]:
        """The events it uses, on a platform or on any: ours in our order, then its extensions."""
        said = {e for use in self.uses if platform is None or use.holds_on(platform) for e in use.events}
        return tuple(name for name in (*EVERY, *self.extensions) if name in said)

    def unused(self) -> tuple[str, ...]:
        """The events of ours that it uses on no platform, in our order."""
        return others(*(name for name in self.used() if name not in self.extensions))

    def told(self, event: str, platform: Platform) -> Use | Ignored | None:
        """The row that tells what becomes of an event on a platform."""
        rows: tuple[Use | Ignored, ...] = (*self.uses, *self.ignores)
        return next((row for row in rows if event in row.events and row.holds_on(platform)), None)

    def facts(self) -> Iterator[Fact]:
        """Every fact of it."""
        for attribute in fields(Destination):
            value = getattr(self, attribute.name)
            if isinstance(value, tuple):
                yield from (row for row in value if isinstance(row, Fact))
