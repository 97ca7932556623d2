"""Overrides at work: messages in, messages out, made right for the destinations that they go to.

Where a destination must be told something else than everybody, it gets a targeted copy and the message is switched off
for it; where nothing clashes, the one message says more. What is given is never changed: what differs is new.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Any, Final, TypeVar

import msgspec
from attrs import define, field, frozen

from videospec.destinations.destination import Destination, Origin
from videospec.destinations.overrides import Copy, Override, apply, for_events
from videospec.destinations.viewing import Draft, Viewing
from videospec.hooks import NONE, Hooks, Message
from videospec.spec.events import EVENTS, PLAYBACK_COMPLETED, PLAYBACK_EXITED, PLAYBACK_STARTED
from videospec.spelling import fold
from videospec.tracks import Track, copy_id

Mark = TypeVar("Mark")
"""What goes with a message, such as its line number; a copy has its message's."""

_ENDS: Final = (PLAYBACK_COMPLETED, PLAYBACK_EXITED)
_EVENTS: Final = {fold(name): name for name in EVENTS}
_SILENT_S: Final = 86_400
"""A session that says nothing for this long, by the messages' own clock, is forgotten: it may never have ended."""
_MOST_PICKED: Final = 256
_MOST_HELD: Final = 50
"""Messages that wait for the first that tells of the content, at most."""


@lru_cache(maxsize=256)
def _known(event: str) -> str:
    return _EVENTS.get(fold(event), event)


@frozen
class Target:
    """A destination with what holds for the code that it is reached by."""

    destination: Destination
    overrides: tuple[Override, ...]
    platforms: frozenset[str]
    uses: frozenset[str]
    """The events that mean something to it: a copy of another would be heard by warehouses alone."""
    waits: bool
    """Whether its Video Playback Started needs what only later messages tell of the content."""
    _picked: dict[frozenset[str], tuple[Override, ...]] = field(factory=dict, init=False, eq=False, repr=False)

    @classmethod
    def of(cls, destination: Destination, origin: Origin, more: tuple[Override, ...] = ()) -> "Target":
        """The destination for messages of an origin, with overrides beside its own, which come after them."""
        code = destination.platforms_from(origin)
        platforms = frozenset[str](code)
        uses = frozenset(event for platform in code for event in destination.used(platform))
        rows = (*destination.overrides, *more)
        rows = tuple(row for row in rows if not row.on or not platforms.isdisjoint(row.on))
        waits = any(isinstance(row, Copy) and row.where == "content" and PLAYBACK_STARTED in row.events for row in rows)
        return cls(destination, rows, platforms, uses, waits)

    # -- what the user's own `integrations` say of it -------------------------------------------------------------------

    def options(self, integrations: Any) -> dict[str, Any] | None:
        """The options that a message has for it; None where the message is not meant for it."""
        said = integrations if isinstance(integrations, dict) else {}
        found = [said[name] for name in self.destination.names if name in said]
        switched = [said[name] for name in self.destination.switches if name in said]
        if any(one is False for one in switched) or (not switched and said.get("All", said.get("all")) is False):
            return None
        return {name: value for one in found if isinstance(one, dict) for name, value in one.items()}

    def on(self, options: dict[str, Any]) -> dict[str, Any]:
        """What turns it on in `integrations`, with options."""
        told: dict[str, Any] = dict.fromkeys(self.destination.switches, True)
        if options:
            for key in self.destination.keys:
                if key.under == "integrations" and key.reads != "switch" and self._has(key.on):
                    told[key.name] = options
        return told

    def _has(self, platforms: Iterable[str]) -> bool:
        return not platforms or not self.platforms.isdisjoint(platforms)

    def _rows(self, events: frozenset[str]) -> tuple[Override, ...]:
        """The overrides that drafts of these events may meet, picked once."""
        rows = self._picked.get(events)
        if rows is None:
            if len(self._picked) >= _MOST_PICKED:
                self._picked.clear()
            rows = self._picked[events] = for_events(self.overrides, events)
        return rows

    def drafts(self, draft: Draft, viewing: Viewing, message: Message, hooks: Hooks) -> list[Draft]:
        """What it should hear instead of a message."""
        amend, event = self.destination.amend, draft.event
        plain = draft if event in self.uses else Draft(event, dict(draft.properties), draft.options)
        drafts = [draft] if amend is None else list(amend.does(draft, viewing))
        drafts = apply(self._rows(frozenset(one.event for one in drafts)), drafts, viewing)
        drafts = hooks.formatted(self.destination.name, drafts, viewing, message)
        if event in self.uses:
            return drafts
        others = [one for one in drafts if one.event != event]
        return others if len(others) == len(drafts) else [plain, *others]


@define
class _Session:
    """A live session, as each destination has to know it."""

    viewings: list[Viewing]
    held: dict[int, list[tuple[Any, Message, Draft | list[Draft]]]] = field(factory=dict)
    """By destination: the drafts that wait, each with its message. A single draft has yet to be made right."""
    at: float = 0


@define
class Overriding:
    """The overrides of destinations, over the messages of any number of sessions. Memory is by live session."""

    targets: tuple[Target, ...]
    hooks: Hooks = NONE
    """What the user's own overrides do."""
    _sessions: dict[str, _Session] = field(factory=dict, init=False)

    @classmethod
    def to(cls, destinations: Iterable[Destination], origin: Origin = "web", hooks: Hooks = NONE) -> "Overriding":
        """For destinations with their own overrides, messages of an origin, and overrides of the user's own."""
        return cls(tuple(Target.of(one, origin) for one in destinations), hooks)

    def run(self, messages: Iterable[tuple[Mark, Message]]) -> Iterator[tuple[Mark, Message]]:
        """The messages, with the copies after the message that each is for."""
        for mark, message in messages:
            if self.hooks is NONE:
                yield from self.take(mark, message)
            else:
                for mapped in self.hooks.mapping(message):
                    yield from self._grouped(self.take(mark, mapped))
        yield from self._grouped(self.close())

    def _grouped(self, told: Iterator[tuple[Any, Message]]) -> Iterator[tuple[Any, Message]]:
        for mark, group in groupby(told, itemgetter(0)):
            for message in self.hooks.groups([message for _, message in group]):
                yield mark, message

    def tracks(self, tracks: Iterable[Track]) -> Iterator[Track]:
        """The same of tracks."""
        for track, message in self.run((track, track.message()) for track in tracks):
            yield _track(track, message)

    def close(self) -> Iterator[tuple[Any, Message]]:
        """What still waits."""
        for session in self._sessions.values():
            yield from self._release(session)
        self._sessions.clear()

    def take(self, mark: Mark, message: Message) -> Iterator[tuple[Mark, Message]]:
        """What one message becomes. One that is no sound track message stays as it is."""
        said, event = message.get("properties"), message.get("event")
        if not isinstance(said, dict) or not isinstance(event, str):
            yield mark, message
            return
        event = _known(event)
        key = said.get("session_id")
        at = _seconds(message.get("timestamp"))
        session = self._session(key, at)
        yield from self._forget(at)
        for viewing in session.viewings:
            viewing.before_it(event, said)
        if session.held and (session.viewings[0].content or event in _ENDS):
            yield from self._release(session)
        yield from self._told(mark, message, event, session)
        for viewing in session.viewings:
            viewing.after_it(event, said)
        if event in _ENDS:
            yield from self._release(session)
            self._sessions.pop(key if isinstance(key, str) else "", None)

    def _told(self, mark: Mark, message: Message, event: str, session: _Session) -> Iterator[tuple[Mark, Message]]:
        """The message for everybody, then the copies of those that it is not for."""
        said = message["properties"]
        added: dict[str, Any] = {}
        integrations: dict[str, Any] = {}
        copies: list[Message] = []
        for index, target in enumerate(self.targets):
            options = target.options(message.get("integrations"))
            if options is None:
                continue
            draft = Draft(event, dict(said), options)
            viewing = session.viewings[index]
            waits = index in session.held
            if waits or (event == PLAYBACK_STARTED and target.waits and not viewing.content):
                later = target.drafts(draft, viewing, message, self.hooks) if waits else draft
                session.held.setdefault(index, []).append((mark, message, later))
                integrations |= dict.fromkeys(target.destination.switches, False)
                continue
            drafts = target.drafts(draft, viewing, message, self.hooks)
            more = _more(drafts[0], message, added) if drafts else None
            if more is None:
                integrations |= dict.fromkeys(target.destination.switches, False)
                copies += _copies(target, message, drafts)
                continue
            added |= more
            if drafts[0].options != options:
                integrations |= target.on(drafts[0].options)
            copies += _copies(target, message, drafts[1:])
        yield mark, _enriched(message, added, integrations)
        for copy in copies:
            yield mark, copy
        if any(len(held) > _MOST_HELD for held in session.held.values()):
            yield from self._release(session)

    def _release(self, session: _Session) -> Iterator[tuple[Any, Message]]:
        """Sends what waits."""
        for index, held in session.held.items():
            target = self.targets[index]
            for mark, message, waiting in held:
                drafts = waiting
                if isinstance(drafts, Draft):
                    drafts = target.drafts(drafts, session.viewings[index], message, self.hooks)
                for copy in _copies(target, message, drafts):
                    yield mark, copy
        session.held = {}

    def _session(self, key: Any, at: float) -> _Session:
        """The session of a message; one of its own, where it names none."""
        if not isinstance(key, str):
            return self._new(at)
        session = self._sessions.pop(key, None) or self._new(at)
        session.at = max(session.at, at)
        self._sessions[key] = session
        return session

    def _forget(self, at: float) -> Iterator[tuple[Any, Message]]:
        """Lets go of the session that was silent longest, if that is too long."""
        key = next(iter(self._sessions), None)
        if key is not None and self._sessions[key].at < at - _SILENT_S:
            yield from self._release(self._sessions.pop(key))

    def _new(self, at: float) -> _Session:
        return _Session([Viewing(target.platforms) for target in self.targets], at=at)


def _seconds(timestamp: Any) -> float:
    try:
        return datetime.fromisoformat(timestamp).timestamp()
    except (ValueError, TypeError, OverflowError):
        return 0


def _more(draft: Draft, message: Message, added: dict[str, Any]) -> dict[str, Any] | None:
    """What the message for everybody has to say besides, so that it serves this destination too; None where it cannot."""
    if draft.own or draft.event != message["event"]:
        return None
    said = message["properties"]
    more = {name: value for name, value in draft.properties.items() if name not in said}
    return None if any(added.get(name, value) != value for name, value in more.items()) else more


def _enriched(message: Message, added: dict[str, Any], integrations: dict[str, Any]) -> Message:
    if added:
        message = {**message, "properties": {**message["properties"], **added}}
    if integrations:
        said = message.get("integrations")
        message = {**message, "integrations": {**(said if isinstance(said, dict) else {}), **integrations}}
    return message


def _copies(target: Target, message: Message, drafts: Iterable[Draft]) -> Iterator[Message]:
    """The messages for one destination alone."""
    original = message.get("messageId")
    context = message.get("context")
    context = context if isinstance(context, dict) else {}
    own = context.get("videospec")
    own = {**(own if isinstance(own, dict) else {}), "copy_for": target.destination.name}
    for number, draft in enumerate(drafts):
        copy = {**message, "event": draft.event}
        if isinstance(original, str):
            copy["messageId"] = copy_id(original, target.destination.name, number)
        copy["context"] = {**context, "videospec": own}
        copy["integrations"] = {"All": False, **target.on(draft.options)}
        copy["properties"] = draft.properties
        yield copy


def _track(track: Track, message: Message) -> Track:
    """A message as a track; `track` is what it was made of."""
    same = message["messageId"] == track.id and message["event"] == track.event
    if same and message["properties"] is track.properties and message.get("integrations") is track.integrations:
        return track
    context = message.get("context")
    return Track(
        event=message["event"],
        id=message["messageId"],
        user_id=message.get("userId"),
        anonymous_id=message.get("anonymousId"),
        timestamp=message["timestamp"],
        raw_context=None if context is None else msgspec.Raw(msgspec.json.encode(context)),
        integrations=message.get("integrations"),
        properties=message["properties"],
    )
