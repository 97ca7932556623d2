"""A user's own overrides: rows and one function, called where a track has become a message (`mapping`), where a
destination's messages are made (`formatted`), and where all that one track became is about to go (`groups`)."""

from collections.abc import Callable, Iterable
from typing import Any, Final, Literal
from urllib.parse import urlsplit

from attrs import field, frozen

from videospec.destinations.overrides import Override, apply
from videospec.destinations.viewing import Draft, Viewing, find, same
from videospec.ids import copy_id
from videospec.spelling import fold

Message = dict[str, Any]
"""A track message as Segment's HTTP API takes it."""
Hook = Literal["mapping", "formatted", "groups"]
Function = Callable[[Hook, list[Message], str | None], list[Message]]
"""The hook, the messages, and the destination's name where they are for one; gives the messages to go on with. In
`formatted` a message is `event`, `properties` and `options` alone. It must not change what it gets. Elsewhere one that
it adds needs `event` and `properties`: an id of its own, the time and who watches are given to it."""
_ALWAYS: Final = ("type", "timestamp")
_WHO: Final = ("userId", "anonymousId")


def is_message(one: object) -> bool:
    """Whether something is an event with properties."""
    return isinstance(one, dict) and isinstance(one.get("event"), str) and isinstance(one.get("properties"), dict)


def _hosts(sites: Iterable[str]) -> tuple[str, ...]:
    return tuple(site.lower() for site in sites)


@frozen
class Own:
    """One row of a user's: where it is called, for which destination, and on which sites (hosts of `context.page.url`;
    none named: all)."""

    row: Override
    hook: Hook
    destination: str = ""
    sites: tuple[str, ...] = field(default=(), converter=_hosts)

    def fits(self, hook: Hook, message: Message, destination: str = "") -> bool:
        """Whether it is to be applied there."""
        if self.hook != hook or (hook == "formatted" and fold(self.destination) != fold(destination)):
            return False
        return not self.sites or _site(message) in self.sites


def _site(message: Message) -> str | None:
    url = find(message, "context.page.url")
    try:
        return urlsplit(url).hostname if isinstance(url, str) else None
    except ValueError:
        return None


@frozen
class Hooks:
    """All of a user's: the rows in their order, then the function."""

    rows: tuple[Own, ...] = ()
    function: Function | None = None
    """Called with the hook (mapping, formatted, groups), the messages, and the destination's name or None; gives the
    messages to go on with (docs/how-to/destinations.md)."""

    def mapping(self, message: Message) -> list[Message]:
        """A message before it is made right for any destination. Its rows know nothing of the session."""
        told = self._each("mapping", message)
        return told if self.function is None else list(_whole(self.function("mapping", told, None), message, "mapping"))

    def formatted(self, name: str, drafts: list[Draft], viewing: Viewing, message: Message) -> list[Draft]:
        """What a destination is to hear instead of a message."""
        mine = [own.row for own in self.rows if own.fits("formatted", message, name)]
        drafts = apply(mine, drafts, viewing)
        if self.function is None:
            return drafts
        given = [{"event": one.event, "properties": one.properties, "options": one.options} for one in drafts]
        told = self.function("formatted", given, name)
        if same(told, given):
            return drafts
        return [Draft(one["event"], dict(one["properties"]), one.get("options", {}), own=True) for one in told]

    def groups(self, messages: list[Message]) -> list[Message]:
        """All that one track became, before it goes."""
        told = [one for message in messages for one in self._each("groups", message)]
        if self.function is None or not messages:
            return told
        return list(_whole(self.function("groups", told, None), messages[0], "groups"))

    def _each(self, hook: Hook, message: Message) -> list[Message]:
        """The messages that one becomes by the rows of a hook."""
        mine = [own.row for own in self.rows if own.fits(hook, message)]
        if not mine or not is_message(message):
            return [message]
        said, event = message["properties"], message["event"]
        options = message.get("integrations")
        draft = Draft(event, dict(said), dict(options) if isinstance(options, dict) else {})
        return list(_messages(message, apply(mine, [draft], Viewing(frozenset())), hook))


def _messages(message: Message, drafts: Iterable[Draft], hook: Hook) -> Iterable[Message]:
    for number, draft in enumerate(drafts):
        one = {**message, "event": draft.event, "properties": draft.properties}
        if draft.options:
            one["integrations"] = draft.options
        if number and isinstance(message.get("messageId"), str):
            one["messageId"] = copy_id(message["messageId"], f"{hook} {draft.event}", number)
        yield one


def _whole(told: Iterable[Message], of: Message, hook: Hook) -> Iterable[Message]:
    """What a function gives for a message, with what it left out of those that it added. Two of one id would be one to
    Segment, so the second has another."""
    original = of.get("messageId")
    taken: set[str] = set()
    for number, one in enumerate(told):
        more: Message = {name: of[name] for name in _ALWAYS if name in of and name not in one}
        named = one.get("messageId")
        if named is None and not any(name in one for name in _WHO):
            more |= {name: of[name] for name in _WHO if name in of}
        if isinstance(original, str) and (not isinstance(named, str) or named in taken):
            more["messageId"] = named = copy_id(original, f"{hook} {one['event']}", number)
        if isinstance(named, str):
            taken.add(named)
        yield {**one, **more} if more else one


NONE: Final = Hooks()
"""Of a user who has none."""
