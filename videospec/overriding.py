"""Overrides at work: messages in, messages out, made right for the destinations that they go to.

Where a destination must be told something else than everybody, it gets a targeted copy and the message is switched off
for it; where nothing clashes, the one message says more. What is given is never changed: what differs is new.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, Final, TypeVar

import msgspec
from attrs import define, field

from videospec import saving
from videospec.destinations.destination import Accounts, Destination
from videospec.destinations.places import Origin
from videospec.destinations.viewing import Draft, family, same
from videospec.hooks import NONE, Hooks, Message, is_message
from videospec.ids import copy_id
from videospec.saving import Live
from videospec.spec.copies import MARK, copy_for
from videospec.spec.events import PLAYBACK_COMPLETED, PLAYBACK_EXITED, PLAYBACK_INTERRUPTED, PLAYBACK_STARTED
from videospec.spec.naming import meant
from videospec.target import Target
from videospec.tracks import Track

Mark = TypeVar("Mark")
"""What goes with a message, such as its line number; a copy has its message's."""

_Group = tuple[Any, list[Message]]
"""A mark, and the messages that one message became."""
_ENDS: Final = (PLAYBACK_COMPLETED, PLAYBACK_EXITED)
LEAVING: Final = 1000
"""From here copies are numbered that a leaving makes of an interruption, which has copies of its own."""
_SILENT_S: Final = 86_400
"""A session that says nothing for this long, by the messages' own clock, is forgotten: it may never have ended."""
_MOST_HELD: Final = 50
"""Messages that wait for the first that tells of the content, at most."""


@define
class Overriding:
    """The overrides of destinations, over the messages of any number of sessions. Memory is by live session.

    It is not safe for threads. Where every request starts anew, `restore` what the last one saved, hear, and save the
    `snapshot`.
    """

    targets: tuple[Target, ...]
    hooks: Hooks = NONE
    """What the user's own overrides do."""
    _sessions: dict[str, Live] = field(factory=dict, init=False)
    _made: set[str] = field(factory=set, init=False)
    """The ids of the copies of the message before: a stream that went through overrides has them already."""

    @classmethod
    def to(
        cls,
        destinations: Iterable[Destination],
        origin: Origin = "web",
        hooks: Hooks = NONE,
        accounts: Accounts | None = None,
    ) -> "Overriding":
        """For destinations with their own overrides, messages of an origin (web, ios, android, server), overrides of
        the user's own, and the settings that the destinations have in Segment, by their names. ValueError if
        the origin is none of these."""
        apart = {one.name: one for one in destinations}.values()
        return cls(tuple(Target.of(one, origin, accounts=accounts or {}) for one in apart), hooks)

    def run(self, messages: Iterable[tuple[Mark, Message]]) -> Iterator[tuple[Mark, Message]]:
        """The messages, each with a mark that goes with it, and the copies after the message that each is for. When
        there are no more, what still waits is sent."""
        for mark, message in messages:
            yield from self.take(mark, message)
        yield from self.close()

    def tracks(self, tracks: Iterable[Track], *, more: bool = False) -> Iterator[Track]:
        """The same of tracks. `more`: others will come, and what waits for them goes on waiting."""
        for track in tracks:
            for of, message in self.take(track, track.message()):
                yield _track(of, message)
        for _, message in () if more else self.close():
            yield _track(None, message)

    def take(self, mark: Mark, message: Message) -> Iterator[tuple[Mark, Message]]:
        """What one message becomes, and what waited for it. One that is no sound track message, or is a copy already,
        stays as it is, and no copy comes twice; nothing in a message raises. What waited before a snapshot comes back
        with None for its mark."""
        if not is_message(message):
            yield mark, message
            return
        if self.hooks is NONE:
            yield from _each(self._take(mark, message))
            return
        for mapped in self.hooks.mapping(message):
            yield from self._grouped(self._take(mark, mapped))

    def close(self) -> Iterator[tuple[Any, Message]]:
        """The stream is over: what still waits, and the ends of sessions that nobody goes on with."""
        for session in self._sessions.values():
            yield from self._grouped(self._left(session))
        self._sessions.clear()

    def snapshot(self) -> bytes:
        """All live sessions as versioned JSON: what is known of each, and the messages that wait. What JSON has no word
        for, such as a date, is a text in it."""
        return saving.save(self.targets, self._sessions)

    def restore(self, data: bytes) -> None:
        """Takes up the sessions that `snapshot` saved, in this process or another, for the same destinations and the
        same origin. ValueError if the bytes are no such snapshot."""
        self._sessions |= saving.load(data, self.targets)

    def _grouped(self, told: Iterator[_Group]) -> Iterator[tuple[Any, Message]]:
        if self.hooks is NONE:
            yield from _each(told)
            return
        for mark, group in told:
            for message in self.hooks.groups(group):
                yield mark, message

    def _take(self, mark: Mark, message: Message) -> Iterator[_Group]:
        if copy_for(message) is not None:
            if _id(message) not in self._made:
                yield mark, [message]
            return
        said, event = message["properties"], meant(message["event"]) or message["event"]
        key = said.get("session_id")
        at = _seconds(message.get("timestamp"))
        session = self._session(key, at)
        yield from self._forget(at)
        for viewing in session.viewings:
            viewing.before_it(event, said)
        if session.held and (session.viewings[0].content or event in _ENDS):
            yield from self._release(session)
        told = self._told(mark, message, event, session)
        self._made = {_id(copy) for copy in told[1:]} - {""}
        yield mark, told
        if any(len(held) > _MOST_HELD for held in session.held.values()):
            yield from self._release(session)
        for viewing in session.viewings:
            viewing.after_it(event, said)
        if family(event) not in ("", "quality"):
            broken_off = event == PLAYBACK_INTERRUPTED and said.get("method") != "timeout"
            session.broken_off = (mark, message) if broken_off else None
        if event in _ENDS or not isinstance(key, str):
            yield from self._release(session)
        if event in _ENDS and isinstance(key, str):
            self._sessions.pop(key, None)

    def _told(self, mark: Mark, message: Message, event: str, session: Live) -> list[Message]:
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
            if not same(drafts[0].options, options):
                integrations |= target.on(drafts[0].options)
            copies += _copies(target, message, drafts[1:])
        return [_enriched(message, added, integrations), *copies]

    def _release(self, session: Live) -> Iterator[_Group]:
        """Sends what waits."""
        for index, held in session.held.items():
            target = self.targets[index]
            for mark, message, waiting in held:
                drafts = waiting
                if isinstance(drafts, Draft):
                    drafts = target.drafts(drafts, session.viewings[index], message, self.hooks)
                yield mark, list(_copies(target, message, drafts))
        session.held = {}

    def _left(self, session: Live) -> Iterator[_Group]:
        """Of a session of which no more comes: what waits. Where it was broken off and nobody went on, its viewer has
        left, and destinations that are told so by a Video Playback Completed are told."""
        yield from self._release(session)
        if session.broken_off is None:
            return
        mark, message = session.broken_off
        said = {name: value for name, value in message["properties"].items() if name != "method"}
        copies: list[Message] = []
        for target, viewing in zip(self.targets, session.viewings, strict=True):
            if (options := target.options(message.get("integrations"))) is not None:
                drafts = target.drafts(Draft(PLAYBACK_EXITED, dict(said), options), viewing, message, self.hooks)
                copies += _copies(target, message, [one for one in drafts if one.event == PLAYBACK_COMPLETED], LEAVING)
        if copies:
            yield mark, copies

    def _session(self, key: Any, at: float) -> Live:
        """The session of a message; one of its own, where it names none."""
        if not isinstance(key, str):
            return self._new(at, alone=True)
        session = self._sessions.pop(key, None) or self._new(at)
        session.at = max(session.at, at)
        self._sessions[key] = session
        return session

    def _forget(self, at: float) -> Iterator[_Group]:
        """Lets go of the session that was silent longest, if that is too long."""
        key = next(iter(self._sessions), None)
        if key is not None and self._sessions[key].at < at - _SILENT_S:
            yield from self._left(self._sessions.pop(key))

    def _new(self, at: float, *, alone: bool = False) -> Live:
        return Live([target.viewing(alone=alone) for target in self.targets], at=at)


def _each(told: Iterable[_Group]) -> Iterator[tuple[Any, Message]]:
    for mark, group in told:
        for message in group:
            yield mark, message


def _seconds(timestamp: Any) -> float:
    try:
        return datetime.fromisoformat(timestamp).timestamp()
    except (ValueError, TypeError, OverflowError):
        return 0


def _id(message: Message) -> str:
    named = message.get("messageId")
    return named if isinstance(named, str) else ""


def _more(draft: Draft, message: Message, added: dict[str, Any]) -> dict[str, Any] | None:
    """What the message for everybody has to say besides, so that it serves this destination too; None where it cannot."""
    if draft.own or draft.event != message["event"]:
        return None
    said = message["properties"]
    more = {name: value for name, value in draft.properties.items() if name not in said}
    return more if all(same(added.get(name, value), value) for name, value in more.items()) else None


def _enriched(message: Message, added: dict[str, Any], integrations: dict[str, Any]) -> Message:
    if added:
        message = {**message, "properties": {**message["properties"], **added}}
    if integrations:
        said = message.get("integrations")
        message = {**message, "integrations": {**(said if isinstance(said, dict) else {}), **integrations}}
    return message


def _copies(target: Target, message: Message, drafts: Iterable[Draft], first: int = 0) -> Iterator[Message]:
    """The messages for one destination alone, numbered from `first`."""
    original = _id(message)
    context = message.get("context")
    context = context if isinstance(context, dict) else {}
    own = context.get("videospec")
    own = {**(own if isinstance(own, dict) else {}), MARK: target.destination.name}
    for number, draft in enumerate(drafts, first):
        copy = {**message, "event": draft.event}
        copy.pop("messageId", None)
        if original:
            copy["messageId"] = copy_id(original, target.destination.name, number)
        copy["context"] = {**context, "videospec": own}
        copy["integrations"] = {"All": False, **target.on(draft.options)}
        copy["properties"] = draft.properties
        yield copy


def _track(track: Track | None, message: Message) -> Track:
    """A message as a track; `track` is what it was made of, where that is known."""
    if (
        track is not None
        and message["messageId"] == track.id
        and message["event"] == track.event
        and message["properties"] is track.properties
        and message.get("integrations") is track.integrations
    ):
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
