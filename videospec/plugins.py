"""Adapters and destinations by name, from the entry-point groups `videospec.adapters` and `videospec.destinations`: ours
and anybody's.

An entry point's name is the player's name as the log spells it, or the destination's; its object is an `Adapter` or a
`Destination`. Names are listed without loading what they stand for.
"""

import difflib
import logging
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from importlib.metadata import EntryPoint, entry_points
from typing import TYPE_CHECKING, TypeVar

from videospec.adapter import Adapter, held_to_types
from videospec.spelling import fold

if TYPE_CHECKING:
    from videospec.destinations.destination import Destination

ADAPTERS, DESTINATIONS = "videospec.adapters", "videospec.destinations"
_OURS = ("videospec_adapters.", "videospec.")
_Row = TypeVar("_Row")
_log = logging.getLogger(__name__)


class UnknownDestination(LookupError):
    """No destination has this name; `close` are names like it."""

    def __init__(self, name: str, close: list[str]) -> None:
        super().__init__(f"unknown destination {name!r}{_meant(close)}")
        self.close = close


def _meant(close: list[str]) -> str:
    return f", did you mean {' or '.join(map(repr, close))}?" if close else ""


def _is_ours(point: EntryPoint) -> bool:
    """Whether an entry point is this package's own."""
    return point.module.startswith(_OURS)


@cache
def _points(group: str) -> dict[str, EntryPoint]:
    found: dict[str, EntryPoint] = {}
    for point in sorted(entry_points(group=group), key=lambda one: (not _is_ours(one), one.value)):
        key = fold(point.name)
        if key in found and found[key].value != point.value:
            _log.warning("%s of %s takes the place of %s: %s", point.name, group, found[key].value, point.value)
        found[key] = point
    return found


def _names(group: str) -> list[str]:
    return sorted((point.name for point in _points(group).values()), key=str.lower)


def _load(point: EntryPoint, kind: type[_Row]) -> _Row:
    """What an entry point stands for. TypeError for one that stands for none."""
    try:
        row = point.load()
    except Exception as error:  # it may be anybody's
        why = f"{type(error).__name__}: {error}"
        raise TypeError(f"entry point {point.name} of {point.group} cannot be loaded ({why})") from error
    if not isinstance(row, kind):
        raise TypeError(f"entry point {point.name} of {point.group} is {type(row).__name__}, not {kind.__name__}")
    return row


def _sound(group: str, load: Callable[[EntryPoint], _Row]) -> Iterator[tuple[str, _Row]]:
    """All that can be loaded, by their folded names. One that is broken takes nobody with it."""
    for key, point in _points(group).items():
        try:
            yield key, load(point)
        except TypeError as error:
            _log.warning("%s", error)


# -- adapters ----------------------------------------------------------------------------------------------------------


def _adapter(point: EntryPoint) -> Adapter:
    adapter = _load(point, Adapter)
    if fold(adapter.name) != fold(point.name):
        # a session that was saved finds its adapter by that name
        raise TypeError(
            f"entry point {point.name} of {point.group} is the adapter of {adapter.name!r}: name both alike"
        )
    return adapter if _is_ours(point) else held_to_types(adapter)


@cache
def _adapters() -> dict[str, Adapter]:
    return dict(_sound(ADAPTERS, _adapter))


@cache
def _other_players() -> dict[str, str]:
    return {fold(other): key for key, adapter in _adapters().items() for other in adapter.also}


def adapter_names() -> list[str]:
    """The names of all adapters, sorted."""
    return _names(ADAPTERS)


@lru_cache(maxsize=1024)  # by the names of a log, which may be anything
def find_adapter(name: str) -> Adapter | None:
    """The adapter for a player's name (without `@version`), or None if there is none that can be loaded."""
    point = _points(ADAPTERS).get(key := fold(name))
    if point is not None:
        try:
            return _adapter(point)
        except TypeError as error:
            _log.warning("%s", error)
            return None
    return _adapters().get(_other_players().get(key, ""))


@lru_cache(maxsize=1024)
def no_adapter(name: str) -> str:
    """What to say of a line's player for which there is no adapter, or none that can be loaded."""
    return _broken(name) or f"no adapter for player {name[:100]!r}: there are {', '.join(adapter_names())}"


def unknown_adapter(name: str) -> str:
    """What to say of a name that no adapter has: names like it, or else all names."""
    like = _adapters_like(name) or f": there are {', '.join(adapter_names())}"
    return _broken(name) or f"unknown adapter {name!r}{like}"


def unknown_player(name: str) -> str | None:
    """What to say of a player (with `@version` or without) that no adapter is for; None where one is."""
    name = name.partition("@")[0]
    return (
        None if find_adapter(name) else _broken(name) or f"no adapter knows the player {name!r}{_adapters_like(name)}"
    )


def _broken(name: str) -> str:
    """What to say of a name that an adapter has which cannot be loaded; empty for one that none has."""
    point = _points(ADAPTERS).get(fold(name))
    if point is None:
        return ""
    return f"the adapter for player {name[:100]!r} ({point.value}) cannot be loaded: the process's log says why"


def _adapters_like(name: str) -> str:
    own = {key: point.name for key, point in _points(ADAPTERS).items()}
    named = {**{other: own[key] for other, key in _other_players().items()}, **own}
    close = difflib.get_close_matches(fold(name), named, n=3, cutoff=0.6)
    return _meant(list(dict.fromkeys(named[key] for key in close)))


@lru_cache(maxsize=1024)
def is_wanted(player: str, include: tuple[str, ...], exclude: tuple[str, ...]) -> bool:
    """Whether a player is among those to include (all, where none is named) and not among those to exclude. Names are
    one as in `find_adapter`, and a `@version` behind them does not matter."""
    if not (include or exclude):
        return True
    key = _player(player)
    return key not in map(_player, exclude) and (not include or key in map(_player, include))


def _player(name: str) -> str:
    key = fold(name.partition("@")[0])
    return key if key in _points(ADAPTERS) else _other_players().get(key, key)


# -- destinations ------------------------------------------------------------------------------------------------------


def _destination(point: EntryPoint) -> "Destination":
    # loaded when asked for: a replay without destinations must not pay for them
    from videospec.destinations.destination import Destination  # noqa: PLC0415 -- a replay must not load it

    return _load(point, Destination)


@cache
def all_destinations() -> dict[str, "Destination"]:
    """All destinations that can be loaded, by their names, sorted."""
    found = dict(_sound(DESTINATIONS, _destination))
    return {name: found[fold(name)] for name in destination_names() if fold(name) in found}


@cache
def _other_destinations() -> dict[str, str]:
    """Every name of every destination by its folded form, as the destination's own."""
    return {fold(other): name for name, it in all_destinations().items() for other in it.names}


def destination_names() -> list[str]:
    """The names of all destinations, sorted; none is loaded."""
    return _names(DESTINATIONS)


@cache
def find_destination(name: str) -> "Destination":
    """The destination of a name or another name of it. UnknownDestination if there is none, TypeError if what has the
    name is none."""
    points, key = _points(DESTINATIONS), fold(name)
    point = points.get(key) or points.get(fold(_other_destinations().get(key, "")))
    if point is not None:
        return _destination(point)
    close = difflib.get_close_matches(key, _other_destinations(), n=3, cutoff=0.6)
    raise UnknownDestination(name, list(dict.fromkeys(_other_destinations()[other] for other in close)))
