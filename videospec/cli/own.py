"""A user's own overrides as the settings have them: `[[overrides]]` tables, and the name of a function."""

import difflib
import sys
from collections.abc import Iterable
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any, Final, NoReturn

import attrs
import msgspec

from videospec.cli.config import BadSettings
from videospec.destinations.overrides import OPERATIONS, When
from videospec.hooks import Function, Hook, Hooks, Message, Own
from videospec.plugins import UnknownDestination, find_destination
from videospec.settings import Settings
from videospec.spec.events import EVENTS

_KEY_LEAST: Final = 4
_HOOKS: Final = ("mapping", "formatted", "groups")
_TEXTS: Final = ("do", "destination", "hook", "event")
_LISTS: Final = ("events", "names", "sites", "write_keys")
# What belongs to a library's rows alone: the platforms are the origin's, and a quirk is of a library's own.
_NOT_OWN: Final = frozenset({"on", "mends"})
# An operation that says none of these does nothing, or too much.
_NEEDS: Final = {
    "rename": ("to", "values", "event"),
    "scale": ("times",),
    "set": ("value",),
    "drop": ("names", "events", "when"),
    "copy": ("to", "event", "where"),
    "options": ("options",),
}


def hooks(settings: Settings, write_key: str) -> Hooks:
    """The overrides of a user that hold for a write key. BadSettings names the row that is wrong."""
    rows = [_own(number, dict(row), write_key) for number, row in enumerate(settings.overrides, 1)]
    return Hooks(tuple(row for row in rows if row is not None), _function(settings.override_function))


def _own(number: int, row: dict[str, Any], write_key: str) -> Own | None:
    where = f"overrides, row {number}"
    for name in _TEXTS:
        if not isinstance(row.get(name, ""), str):
            raise BadSettings(f"{where}: {name} must be a text")
    for name in _LISTS:
        if isinstance(said := row.get(name, []), str):
            row[name] = said = [said]
        if not isinstance(said, list) or not all(isinstance(one, str) for one in said):
            raise BadSettings(f"{where}: {name} must be a text or a list of texts")
    do, destination = row.pop("do", None), row.pop("destination", "")
    hook = row.pop("hook", "formatted" if destination else "mapping")
    sites, keys = tuple(row.pop("sites", ())), row.pop("write_keys", None)
    if do not in OPERATIONS:
        raise BadSettings(f"{where}: do must be one of {', '.join(OPERATIONS)}, not {do!r}")
    if hook not in _HOOKS or (hook == "formatted") is not bool(destination):
        raise BadSettings(f"{where}: hook is mapping or groups for every message, formatted for those of a destination")
    if destination:
        try:
            destination = find_destination(destination).name
        except UnknownDestination as error:
            raise BadSettings(f"{where}: {error}") from None
    kind = OPERATIONS[do]
    _only(where, do, row, kind)
    if isinstance(row.get("when"), dict):
        _only(f"{where}, when", "a condition", row["when"], When)
    needs = _NEEDS[do]
    of_some = do == "drop" and (destination or sites or keys)
    if not of_some and not any(name in row for name in needs):
        raise BadSettings(f"{where}: {do} needs {' or '.join(needs)}")
    for event in (*row.get("events", ()), row.get("event", "")):
        _event(where, event)
    try:
        made = msgspec.convert(row, kind)
    except (msgspec.ValidationError, TypeError) as error:
        raise BadSettings(f"{where}: {_plain(str(error))}") from None
    if keys is not None and not _has(where, keys, write_key):
        return None
    return Own(made, hook, destination, sites)


def _only(where: str, what: str, row: dict[str, Any], kind: type) -> None:
    """Refuses a key that is none of a kind's."""
    known = sorted({one.name for one in attrs.fields(kind)} - _NOT_OWN)
    if strange := sorted(set(row) - set(known)):
        raise BadSettings(f"{where}: {what} has no {', '.join(strange)}; it has {', '.join(known)}")


def _event(where: str, event: object) -> None:
    """Refuses what looks like a video event and is none. Other names are a user's own."""
    if isinstance(event, str) and event.startswith("Video ") and event not in EVENTS:
        near = difflib.get_close_matches(event, EVENTS, n=1)
        raise BadSettings(f"{where}: there is no event {event!r}" + (f", did you mean {near[0]!r}?" if near else ""))


def _plain(error: str) -> str:
    return error.replace("Object missing required field", "it needs").replace(" - at `$.", " at `")


def _has(where: str, keys: Iterable[str], write_key: str) -> bool:
    """Whether a write key begins with one of these: a beginning will do, so that no secret stands in a file."""
    if any(len(key) < _KEY_LEAST for key in keys):
        raise BadSettings(f"{where}: write_keys are beginnings of at least {_KEY_LEAST} characters")
    return any(write_key.startswith(key) for key in keys)


def _function(name: str) -> Function | None:
    if not name:
        return None
    # a file beside the settings is found, as hosts of web applications find theirs
    if (here := str(Path.cwd())) not in sys.path:
        sys.path.insert(0, here)
    if EntryPoint.pattern.match(name) is None:
        raise BadSettings(f"override_function: {name!r} is not like module:function")
    try:
        found = EntryPoint("override", name, "videospec").load()
    except Exception as error:  # the module is anybody's
        told = f"{type(error).__name__}: {error}"
        raise BadSettings(f"override_function: cannot load {name!r}, expected module:function ({told})") from None
    if not callable(found):
        raise BadSettings(f"override_function: {name} is no function")

    def called(hook: Hook, messages: list[Message], destination: str | None) -> list[Message]:
        whose = f" for {destination}" if destination else ""
        try:
            told = found(hook, messages, destination)
        except Exception as error:
            _stop(f"override_function {name} failed at {hook}{whose}: {type(error).__name__}: {error}")
        if not isinstance(told, list) or not all(_is_message(one) for one in told):
            _stop(f"override_function {name} must give a list of messages with event and properties at {hook}{whose}")
        if (why := _unsayable(told)) is not None:
            _stop(f"override_function {name} gave what JSON has no word for at {hook}{whose}: {why}")
        return told

    return called


def _is_message(one: object) -> bool:
    return isinstance(one, dict) and isinstance(one.get("event"), str) and isinstance(one.get("properties"), dict)


def _unsayable(told: list[Message]) -> str | None:
    try:
        msgspec.json.encode(told)
    except (UnicodeEncodeError, OverflowError):
        return None  # half of a surrogate pair, and a number beyond 64 bits: a stream may have them already
    except (TypeError, RecursionError) as error:
        return str(error)
    return None


def _stop(text: str) -> NoReturn:
    """Ends the command: what would follow is not what its user wants."""
    print(f"videospec: {text}", file=sys.stderr)
    raise SystemExit(2)
