"""The vocabulary of overrides: what is changed in messages so that a destination takes them for what they mean.

Six operations as rows: rename, scale, set, drop, copy, options. Each names the events it applies to (none: every event),
the platforms (none: all), a condition where one is needed, and the quirks that it mends. They are applied in the order in
which they stand. What is no plain row is a destination's one `amend`, which comes before them, or after.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

from attrs import field, frozen

from videospec.destinations.viewing import Draft, Viewing, Where, as_number, same

_ABSENT: Final = object()


def _texts(given: str | Iterable[str]) -> tuple[str, ...]:
    return (given,) if isinstance(given, str) else tuple(given)


def _values(given: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(given)


@frozen
class When:
    """A condition: something is there (`name` empty: the content or the ad itself) and, if values are named, is one of
    them. `unless` turns it round."""

    name: str = ""
    values: tuple[Any, ...] = field(default=(), converter=_values)
    where: Where = "event"
    unless: bool = False

    def holds(self, draft: Draft, viewing: Viewing) -> bool:
        """Whether it does, of a draft."""
        value = viewing.find(self.where, self.name, draft) if self.name else (viewing.part(self.where, draft) or None)
        found = any(same(value, one) for one in self.values) if self.values else value is not None
        return found is not self.unless


@frozen(kw_only=True)
class Override:
    """One operation."""

    events: tuple[str, ...] = field(default=(), converter=_texts)
    when: When | None = None
    on: tuple[str, ...] = ()
    mends: tuple[str, ...] = field(default=(), converter=_texts)

    @property
    def text(self) -> str:
        """What is done, in words."""
        raise NotImplementedError

    def meets(self, draft: Draft, viewing: Viewing) -> bool:
        """Whether it applies to a draft."""
        return (
            (not self.events or draft.event in self.events)
            and (not self.on or not viewing.platforms.isdisjoint(self.on))
            and (self.when is None or self.when.holds(draft, viewing))
        )

    def does(self, draft: Draft, viewing: Viewing) -> Iterator[Draft]:
        """The drafts that a draft becomes."""
        raise NotImplementedError


@frozen
class Rename(Override):
    """A property gets another name, or its values get other words (`values`, by the old), or an event another name."""

    name: str = ""
    to: str = ""
    values: dict[str, Any] = field(factory=dict, hash=False)
    event: str = field(default="", kw_only=True)

    @property
    def text(self) -> str:
        if self.event:
            return f"becomes {self.event}"
        to = f"{self.name} is called {self.to}" if self.to else f"{self.name} in the destination's words"
        return f"{to} ({_words(self.values)})" if self.values else to

    def does(self, draft: Draft, viewing: Viewing) -> Iterator[Draft]:
        if self.event:
            draft.event = self.event
        if self.name and (value := draft.find(self.name)) is not None:
            if self.to:
                draft.drop(self.name)
            draft.put(self.to or self.name, _word(self.values, value))
        yield draft


def _word(values: dict[str, Any], value: Any) -> Any:
    return values.get(value, value) if isinstance(value, str) else value


def _words(values: dict[str, Any]) -> str:
    return ", ".join(f"{old}: {new}" for old, new in values.items())


@frozen
class Scale(Override):
    """A number is multiplied."""

    name: str
    times: int | float  # int too, so that a whole number stays one
    to: str = ""
    """Where the product goes; nothing: where the number was."""

    @property
    def text(self) -> str:
        return f"{self.name} times {self.times:g}" + (f" as {self.to}" if self.to else "")

    def does(self, draft: Draft, viewing: Viewing) -> Iterator[Draft]:
        value = as_number(draft.find(self.name))
        if value is not None and (product := as_number(value * self.times)) is not None:
            draft.put(self.to or self.name, product)
        yield draft


@frozen
class Set(Override):
    """A property gets a value."""

    name: str
    value: Any = field(hash=False)

    @property
    def text(self) -> str:
        return f"{self.name} is {self.value}"

    def does(self, draft: Draft, viewing: Viewing) -> Iterator[Draft]:
        draft.put(self.name, self.value)
        yield draft


@frozen
class Drop(Override):
    """Properties are left out; none named: the event itself."""

    names: tuple[str, ...] = field(default=(), converter=_texts)

    @property
    def text(self) -> str:
        return f"without {', '.join(self.names)}" if self.names else "is not sent"

    def does(self, draft: Draft, viewing: Viewing) -> Iterator[Draft]:
        for name in self.names:
            draft.drop(name)
        if self.names:
            yield draft


@frozen
class Copy(Override):
    """Properties of the event, of the content or of the ad that is on stand under their name (or as `to`) too, if they
    are known; `over`: also where the event says something else. With `event`: the whole message is sent again as that
    event, with the properties of `where`, if there are any."""

    names: tuple[str, ...] = field(default=(), converter=_texts)
    to: str = ""
    where: Where = "event"
    values: dict[str, Any] = field(factory=dict, hash=False)
    over: bool = False
    event: str = field(default="", kw_only=True)

    @property
    def text(self) -> str:
        of = {"event": "", "content": " of the content", "ad": " of the ad"}[self.where]
        if self.event:
            return f"also {self.event}" + (f", with all{of}" if of else "")
        told = f"{', '.join(self.names) or 'all'}{of}" + (f" as {self.to}" if self.to else "")
        return f"{told} ({_words(self.values)})" if self.values else told

    def does(self, draft: Draft, viewing: Viewing) -> Iterator[Draft]:
        yield draft
        if self.event:
            part = None if self.where == "event" else viewing.part(self.where, draft)
            if part is None or part:
                yield draft.again(self.event, part)
            return
        if not self.names:
            if self.to and (part := viewing.part(self.where, draft)):
                self._give(draft, self.to, part)
            return
        for name in self.names:
            value = viewing.find(self.where, name, draft)
            if value is not None:
                self._give(draft, self.to or name, value)

    def _give(self, draft: Draft, to: str, value: Any) -> None:
        if self.values:
            draft.put(to, _word(self.values, value))
        elif draft.find(to) is None or self.over:
            draft.add(to, value)


@frozen
class Options(Override):
    """Options of the message, under the destination's key; what the message has there already stays."""

    options: dict[str, Any] = field(hash=False)

    @property
    def text(self) -> str:
        return f"options {_words(self.options)}"

    def does(self, draft: Draft, viewing: Viewing) -> Iterator[Draft]:
        draft.options = {**self.options, **draft.options}
        yield draft


@frozen
class Amend:
    """What is no plain row: a function of a draft and of what is known of its session, that gives the drafts to go on
    with. `says` tells what each quirk's mend is, by the quirk's id; `after`: the rows come first."""

    does: Callable[[Draft, Viewing], Iterable[Draft]]
    says: dict[str, str] = field(hash=False)
    after: bool = False


OPERATIONS: Final[dict[str, type[Override]]] = {
    one.__name__.lower(): one for one in (Rename, Scale, Set, Drop, Copy, Options)
}
"""The operations by name."""


def apply(overrides: Iterable[Override], drafts: Iterable[Draft], viewing: Viewing) -> list[Draft]:
    """The drafts after all operations, in their order."""
    now = list(drafts)
    for one in overrides:
        met = [one.meets(draft, viewing) for draft in now]
        if any(met):
            now = [
                after
                for draft, meets in zip(now, met, strict=True)
                for after in (one.does(draft, viewing) if meets else (draft,))
            ]
    return now


def for_events(overrides: Iterable[Override], events: frozenset[str]) -> tuple[Override, ...]:
    """Those of the overrides that may apply to drafts of these events, or to what the ones before make of them."""
    picked: list[Override] = []
    now: frozenset[str] | None = events
    for one in overrides:
        if now is None or not one.events or not now.isdisjoint(one.events):
            picked.append(one)
            # an operation that is none of ours may make any event
            known = now is not None and type(one) in OPERATIONS.values()
            now = now | {getattr(one, "event", "")} if known and now is not None else None
    return tuple(picked)
