"""A user's own overrides as the settings have them: `[[overrides]]` tables, and the name of a function."""

from collections.abc import Iterable
from importlib.metadata import EntryPoint
from typing import Any, Final

import attrs
import msgspec

from videospec.cli.config import BadSettings
from videospec.destinations.overrides import OPERATIONS
from videospec.hooks import Function, Hooks, Own
from videospec.settings import Settings

_KEY_LEAST: Final = 4
_HOOKS: Final = ("mapping", "formatted", "groups")
_LISTS: Final = ("events", "names", "on", "sites", "write_keys")


def hooks(settings: Settings, write_key: str) -> Hooks:
    """The overrides of a user that hold for a write key. BadSettings names the row that is wrong."""
    rows = [_own(number, dict(row), write_key) for number, row in enumerate(settings.overrides, 1)]
    return Hooks(tuple(row for row in rows if row is not None), _function(settings.override_function))


def _own(number: int, row: dict[str, Any], write_key: str) -> Own | None:
    where = f"overrides, row {number}"
    for name in _LISTS:
        if isinstance(row.get(name), str):
            row[name] = [row[name]]
    do, destination = row.pop("do", None), row.pop("destination", "")
    hook = row.pop("hook", "formatted" if destination else "mapping")
    sites, keys = tuple(row.pop("sites", ())), row.pop("write_keys", None)
    if do not in OPERATIONS:
        raise BadSettings(f"{where}: do must be one of {', '.join(OPERATIONS)}, not {do!r}")
    if hook not in _HOOKS or (hook == "formatted") is not bool(destination):
        raise BadSettings(f"{where}: hook is mapping or groups for every message, formatted for those of a destination")
    kind = OPERATIONS[do]
    if strange := set(row) - {one.name for one in attrs.fields(kind)}:
        raise BadSettings(f"{where}: {do} has no {', '.join(sorted(strange))}")
    try:
        made = msgspec.convert(row, kind)
    except (msgspec.ValidationError, TypeError) as error:
        raise BadSettings(f"{where}: {error}") from None
    if keys is not None and not _has(where, keys, write_key):
        return None
    return Own(made, hook, destination, sites)


def _has(where: str, keys: Iterable[str], write_key: str) -> bool:
    """Whether a write key begins with one of these: a beginning will do, so that no secret stands in a file."""
    if any(len(key) < _KEY_LEAST for key in keys):
        raise BadSettings(f"{where}: write_keys are beginnings of at least {_KEY_LEAST} characters")
    return any(write_key.startswith(key) for key in keys)


def _function(name: str) -> Function | None:
    if not name:
        return None
    try:
        found = EntryPoint("override", name, "videospec").load()
    except (ImportError, AttributeError, ValueError) as error:
        raise BadSettings(f"override_function: cannot load {name!r}, expected module:function ({error})") from None
    if not callable(found):
        raise BadSettings(f"override_function: {name} is no function")
    told: Function = found
    return told
