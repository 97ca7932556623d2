"""Segment's Facade: how an integration of analytics.js reads a message (segmentio-facade 3.2.7, obj-case 0.2.1).

The real one copies the whole message, turns ISO texts into Dates, and copies again on every read. This one does so for
what is read, when it is read, which an integration cannot tell apart.
"""

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any, Final

from videospec.simulators.dates import dated
from videospec.simulators.values import SAFE, UNDEFINED, Thrown, Value, either, number, truthy

_OTHER: Final = re.compile(r"[^a-zA-Z0-9.]+")
_MOST_NAMES: Final = 4096
_AS_IT_IS: Final = frozenset({bool, type(None), type(UNDEFINED)})


class _Normal(dict[str, str]):
    """Names as obj-case compares them, remembered: lower case, without all but letters, digits and dots."""

    def __missing__(self, name: str) -> str:
        if len(self) >= _MOST_NAMES:
            self.clear()
        told = self[name] = _OTHER.sub("", name).lower()
        return told


_normal: Final = _Normal()


_SWITCHES: Final = frozenset({"all", "providers", "providers.all"})


def find(thing: Value, path: str) -> Value:
    """obj-case's `find`: the value at a dotted path, however its names are spelled.

    Of several names that fit, the first counts, and where it leads to null the search ends with null, however much of
    the path is left.
    """
    rest = _normal[path]
    while True:
        for name in names_of(thing):
            start = _normal[name]
            if rest.startswith(start) and rest[len(start) : len(start) + 1] in ("", "."):
                rest = rest[len(start) + 1 :]
                child = child_of(thing, name)
                break
        else:
            return UNDEFINED
        if child is None or not rest:
            return child if name else UNDEFINED
        thing = child


def names_of(thing: Value) -> Iterable[str]:
    """What `for … in` goes through."""
    if isinstance(thing, dict):
        return thing
    if isinstance(thing, str) and dated(thing) is not None:  # a Date by then, which has none
        return ()
    return map(str, range(len(thing))) if isinstance(thing, (list, str)) else ()


def child_of(thing: Value, name: str) -> Value:
    """`thing[name]` for one of those names."""
    return thing[name] if isinstance(thing, dict) else thing[int(name)]


def copied(value: Value) -> Value:
    """A part of a message as it is read: ISO texts are Dates, numbers are doubles."""
    kind = value.__class__
    if kind is str:
        found = dated(value) if value[4:5] == "-" else None
        return value if found is None else found
    if kind in _AS_IT_IS or (kind is int and -SAFE <= value <= SAFE):
        return value
    if isinstance(value, dict):
        return {name: copied(item) for name, item in value.items()}
    if isinstance(value, list):
        return [copied(item) for item in value]
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return number(value)
    return value


def own(thing: Value, name: str) -> Value:
    """`thing[name]` of a part of a message, for a name that no array or text answers to."""
    return thing.get(name, UNDEFINED) if isinstance(thing, dict) else UNDEFINED


@lru_cache(maxsize=1024)
def _by_spelling(names: tuple[str, ...]) -> dict[str, str]:
    """Names by what obj-case makes of them; of several that fit, the first. Nothing where one takes a longer look."""
    index = {_normal[name]: name for name in reversed(names)}
    return {} if "" in index or any(map(_DOTTED, index)) else index


@lru_cache(maxsize=1024)
def _turns_nothing(names: tuple[str, ...], destination: str) -> bool:
    """Whether no part of a context with these names turns a destination on or off."""
    return destination not in names and _SWITCHES.isdisjoint(map(_normal.__getitem__, names))


class Track:
    """One message as an integration reads it. Raises Thrown for an unsound one."""

    __slots__ = ("_names", "message", "props")

    def __init__(self, message: dict[str, Any]) -> None:
        if isinstance(message, Unsound):
            raise Thrown(message.why)
        self.message = message
        props = message.get("properties")
        self.props: Value = props if props.__class__ is dict or truthy(props) else {}
        self._names: dict[str, str] | None = None

    def event(self) -> Value:
        """The event's name, as it was sent (a Date where it looks like one)."""
        return self.field("event")

    def field(self, name: str) -> Value:
        """A field of the message."""
        return copied(self.message.get(name, UNDEFINED))

    def properties(self) -> Value:
        """All properties, with their names as they were sent."""
        return copied(self.props)

    def context(self) -> Value:
        """What the Facade takes for the context: `options` where the message has one."""
        options = self.message.get("options")
        return options if truthy(options) else either(self.message.get("context"), {})

    def property(self, path: str) -> Value:
        """`proxy('properties.<path>')`."""
        names = self._names
        if names is None:
            names = self._names = _by_spelling(tuple(self.props)) if isinstance(self.props, dict) else {}
        if not names or "." in path:
            return copied(find(self.props, path))
        key = _normal[path]
        return copied(self.props[names[key]]) if key in names else UNDEFINED

    def in_context(self, path: str) -> Value:
        """`proxy('context.<path>')`."""
        return copied(find(self.context(), path))

    def top(self, name: str) -> Value:
        """`proxy(name)` of `event`, `anonymousId` or another field of the message itself."""
        if name == "anonymousId":
            return copied(either(either(self.field(name), self.field("sessionId")), {}))
        return either(self.event(), {}) if name == "event" else self.field(name)

    def integrations(self) -> Value:
        """The object that names destinations: `integrations`, else `options.providers`, else the context."""
        return either(self.message.get("integrations"), self._from_options())

    def _from_options(self) -> Value:
        context = self.context()
        return either(find(context, "providers"), context)

    def enabled(self, name: str) -> bool:
        """Whether the message is meant for the destination."""
        message = self.message
        if "integrations" not in message and "options" not in message:  # the usual message
            context = message.get("context")
            if context.__class__ is dict and _turns_nothing(tuple(context), name):
                return True
        options = self.context()
        chosen = self.integrations()
        every: Value = True
        for thing, path in ((options, "providers.all"), (options, "all"), (chosen, "all")):
            if isinstance(found := find(thing, path), bool):
                every = found
                break
        if isinstance(chosen, dict):
            providers = chosen.get("providers")
            if isinstance(providers, dict) and name in providers:
                every = providers[name]
            if name in chosen:
                every = chosen[name] if isinstance(chosen[name], bool) else True
        return truthy(every)

    def options(self, name: str) -> Value:
        """The options of the destination, of any spelling: an object or array, or null where null was sent."""
        chosen = self.integrations()
        value = either(own(chosen, name), UNDEFINED)
        value = find(chosen, name) if value is UNDEFINED else value
        if not _is_object(value):
            value = find(self.context(), name)
        return copied(value) if _is_object(value) else {}


def _is_object(value: Value) -> bool:
    """`typeof value === 'object'` before texts became Dates: those are objects too."""
    return value is None or isinstance(value, (dict, list)) or (isinstance(value, str) and dated(value) is not None)


_DOTTED: Final[Callable[[str], bool]] = re.compile(r"\.").search  # type: ignore[assignment] # a match is true


class Unsound(dict[str, Any]):
    """A message that the Facade itself breaks on, for an object in it hides what its copying calls."""

    why: str


def sound(message: dict[str, Any]) -> dict[str, Any]:
    """The message, marked if it is unsound."""
    why = _breaks(message)
    if why is None:
        return message
    unsound = Unsound(message)
    unsound.why = why
    return unsound


def _breaks(value: Value) -> str | None:
    """What copying a value throws first (component-type 1.2 asks `valueOf`, @ndhoule/clone then `hasOwnProperty`)."""
    if isinstance(value, dict):
        if truthy(value.get("valueOf")):
            return "TypeError: val.valueOf is not a function"
        if "hasOwnProperty" in value:
            return "TypeError: obj.hasOwnProperty is not a function"
        value = value.values()
    elif not isinstance(value, list):
        return None
    return next(filter(None, map(_breaks, value)), None)
