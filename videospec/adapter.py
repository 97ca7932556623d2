"""The row type of player tables: which of a player's own events say what, in our words.

An adapter is a table `rows[src][type]`. A row is
- `TICK`: a position report and nothing else (85-90 % of a log; it must not cost an object),
- an event class without fields of its own: the native event says just that,
- a function of what was `Heard` that returns the events it says, none or several,
- `None`: known, and says nothing.

A native event with no row and no matching prefix in `ignores` is counted as unknown.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, Literal

import msgspec
from attrs import define, evolve, field, frozen

from videospec.player_events import PlayerEvent, Snapshot

LONGEST_URL: Final = 2048


@define
class Heard:
    """One native event: when (epoch ms), who said it, what the player answered, its payload, and what this adapter
    noted earlier in the same session (`memory` must stay JSON: it is saved with the session)."""

    at: float
    src: str
    type: str
    seen: Snapshot
    raw: bytes
    memory: dict[str, Any]
    _data: dict[str, Any] | None = field(default=None, init=False)

    @property
    def data(self) -> dict[str, Any]:
        """The payload as a dict; empty where the player sent none."""
        if self._data is None:
            try:
                read = msgspec.json.decode(self.raw) if self.raw else None
            except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
                read = None
            self._data = read if isinstance(read, dict) else {}
        return self._data

    def text(self, *path: str, most: int = 200) -> str | None:
        """The text (or whole number, as text) at `path` in the payload, cut to `most` characters."""
        value = self._at(path)
        if isinstance(value, bool) or not isinstance(value, str | int):
            return None
        return str(value)[:most] or None

    def url(self, *path: str) -> str | None:
        """The URL at `path`: whole, for the end of one tells it from another."""
        return self.text(*path, most=LONGEST_URL)

    def number(self, *path: str) -> float | None:
        """The number at `path`, if it is one and not negative."""
        value = self._at(path)
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < 1e12:
            return None
        return value

    def count(self, *path: str) -> int | None:
        """The whole number at `path`, if it is one and not negative."""
        value = self.number(*path)
        return None if value is None else int(value)

    def flag(self, *path: str) -> bool:
        """Whether the value at `path` is true."""
        return self._at(path) is True

    def denied(self, *path: str) -> bool:
        """Whether the value at `path` is false, and not merely missing."""
        return self._at(path) is False

    def items(self, *path: str) -> list[dict[str, Any]]:
        """The objects in the list at `path`."""
        value = self._at(path)
        return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []

    def _at(self, path: tuple[str, ...]) -> Any:
        value: Any = self.data
        for key in path:
            if not isinstance(value, dict):
                return None
            value = value.get(key)
        return value


Says = Iterable[PlayerEvent]
TICK: Final = "tick"
Row = type[PlayerEvent] | Callable[[Heard], Says] | Literal["tick"] | None
Rows = Mapping[str, Mapping[str, Row]]


def _fold(rows: Rows) -> dict[str, dict[str, Row]]:
    return {src: dict(types) for src, types in rows.items()}


@frozen
class Adapter:
    """A player's table.

    `name` as the log's `player` field spells it before the `@`; `also` other spellings. `proven` says by what the rows
    were proven: "recording" (a real player in a real browser) or "typings" (the vendor's published types and orders).
    """

    name: str
    rows: dict[str, dict[str, Row]] = field(converter=_fold)
    proven: Literal["recording", "typings"]
    also: tuple[str, ...] = ()
    ignores: tuple[str, ...] = ()
    """Prefixes of native events that are known and say nothing."""

    def knows(self, src: str, type_: str) -> bool:
        """Whether a native event is known, though it may say nothing."""
        return type_ in self.rows.get(src, ()) or type_.startswith(self.ignores or ("\0",))


def merged(*tables: Rows) -> dict[str, dict[str, Row]]:
    """One table out of several; a later row replaces an earlier one."""
    result: dict[str, dict[str, Row]] = {}
    for table in tables:
        for src, types in table.items():
            result.setdefault(src, {}).update(types)
    return result


def _held_to_types(row: Row) -> Row:
    if row is None or row == TICK or isinstance(row, type):
        return row

    def says(heard: Heard) -> Says:
        events = tuple(row(heard))
        for event in events:
            if not isinstance(event, PlayerEvent):
                raise TypeError(f"{type(event).__name__} is no PlayerEvent")
            msgspec.convert(msgspec.to_builtins(event), type(event))
        msgspec.json.encode(heard.memory)
        return events

    return says


def held_to_types(adapter: Adapter) -> Adapter:
    """The adapter with rows that raise (TypeError, msgspec.ValidationError) where they say or note what no snapshot can
    hold: for adapters that no type checker of ours has read."""
    rows = {src: {type_: _held_to_types(row) for type_, row in rows.items()} for src, rows in adapter.rows.items()}
    return evolve(adapter, rows=rows)
