"""Adapters by name, from the entry-point group `videospec.adapters`: ours and anybody's.

An entry point's name is the player's name as the log spells it; its object is an `Adapter`.
"""

import re
from functools import cache
from importlib.metadata import EntryPoint, entry_points

from videospec.adapter import Adapter

GROUP = "videospec.adapters"


def _key(name: str) -> str:
    """Spelling does not matter: `Shaka-Player`, `shaka_player` and `shakaplayer` are one."""
    return re.sub(r"[\s._-]", "", name.lower())


@cache
def _points() -> dict[str, EntryPoint]:
    return {_key(point.name): point for point in entry_points(group=GROUP)}


@cache
def _also() -> dict[str, str]:
    return {_key(other): key for key, point in _points().items() for other in _load(point).also}


def _load(point: EntryPoint) -> Adapter:
    adapter = point.load()
    if not isinstance(adapter, Adapter):
        raise TypeError(f"entry point {point.name} of {GROUP} is {type(adapter).__name__}, not an Adapter")
    return adapter


def adapter_names() -> list[str]:
    """The names of all adapters, sorted."""
    return sorted(point.name for point in _points().values())


@cache
def find_adapter(name: str) -> Adapter | None:
    """The adapter for a player's name (without `@version`), or None if there is none."""
    key = _key(name)
    point = _points().get(key) or _points().get(_also().get(key, ""))
    return None if point is None else _load(point)
