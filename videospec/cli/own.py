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
from videospec.destinations.destination import Destination
from videospec.destinations.overrides import OPERATIONS, When
from videospec.destinations.viewing import as_number
from videospec.hooks import Function, Hook, Hooks, Message, Own, is_message
from videospec.plugins import UnknownDestination, find_destination
from videospec.settings import Settings
from videospec.spec.events import EVENTS

_KEY_LEAST: Final = 4
_HOOKS: Final = ("mapping", "formatted", "groups")
_TEXTS: Final = ("do", "destination", "hook", "event")
_LISTS: Final = ("events", "names", "sites", "write_keys")
# What belongs to a library's rows alone: the platforms are the origin's, and a quirk is of a library's own.
_NOT_OWN: Final = frozenset({"on", "mends"})
# An operation that says all of none of these does nothing, or too much.
_NEEDS: Final[dict[str, tuple[tuple[str, ...], ...]]] = {
    "rename": (("name", "to"), ("name", "values"), ("event",)),
    "scale": (("times",),),
    "set": (("value",),),
    "drop": (("names",), ("events",), ("when",)),
    "copy": (("to",), ("names", "where"), ("names", "values"), ("event",)),
    "options": (("options",),),
}
_WITHOUT: Final = {"copy": ("names", "to", "values", "over")}
"""What an operation that makes another event of the message does not read."""


def hooks(settings: Settings, write_key: str) -> Hooks:
    """The overrides of a user that hold for a write key. BadSettings names the row that is wrong."""
    made = [row.get("event") for row in settings.overrides]
    rows = [_own(number, dict(row), write_key, made) for number, row in enumerate(settings.overrides, 1)]
    return Hooks(tuple(row for row in rows if row is not None), _function(settings.override_function))


def _own(number: int, row: dict[str, Any], write_key: str, made: list[object]) -> Own | None:
    """`made`: the events that the rows make of others."""
    where = f"overrides, row {number}"
    for name in _TEXTS:
        if not isinstance(row.get(name, ""), str):
            raise BadSettings(f"{where}: {name} must be a text")
    for name in _LISTS:
        if isinstance(said := row.get(name, []), str):
            row[name] = said = [said]
        if not isinstance(said, list) or not all(isinstance(one, str) for one in said):
            raise BadSettings(f"{where}: {name} must be a text or a list of texts")
    _filled(where, row)
    do, destination = row.pop("do", None), row.pop("destination", "")
    hook = row.pop("hook", "formatted" if destination else "mapping")
    sites, keys = tuple(row.pop("sites", ())), row.pop("write_keys", None)
    if do not in OPERATIONS:
        raise BadSettings(f"{where}: do must be one of {', '.join(OPERATIONS)}, not {do!r}")
    if hook not in _HOOKS or (hook == "formatted") is not bool(destination):
        raise BadSettings(f"{where}: hook is mapping or groups for every message, formatted for those of a destination")
    _hosts(where, sites)
    it = None
    if destination:
        try:
            it = find_destination(destination)
        except UnknownDestination as error:
            raise BadSettings(f"{where}: {error}") from None
    kind = OPERATIONS[do]
    _only(where, do, row, kind)
    if isinstance(row.get("when"), dict):
        _only(f"{where}, when", "a condition", row["when"], When)
        _filled(f"{where}, when", row["when"])
    _does(where, do, row, of_some=bool(sites or keys))
    _known(where, row, it)
    for event in (*row.get("events", ()), row.get("event", "")):
        _event(where, event)
    try:
        own = msgspec.convert(row, kind)
    except (msgspec.ValidationError, TypeError) as error:
        raise BadSettings(f"{where}: {_plain(str(error))}") from None
    if it is not None:
        _heard(where, do, row, it, made)
    if keys is not None and not _has(where, keys, write_key):
        return None
    return Own(own, hook, "" if it is None else it.name, sites)


def _only(where: str, what: str, row: dict[str, Any], kind: type) -> None:
    """Refuses a key that is none of a kind's."""
    known = sorted({one.name for one in attrs.fields(kind)} - _NOT_OWN)
    if strange := sorted(set(row) - set(known)):
        raise BadSettings(f"{where}: {what} has no {', '.join(strange)}; it has {', '.join(known)}")


def _filled(where: str, row: dict[str, Any]) -> None:
    """Refuses what is empty: a list without events means every event, and names of nothing mean the whole message."""
    for name, said in row.items():
        if name != "value" and (said in ("", [], {}) or (isinstance(said, list) and "" in said and name != "values")):
            raise BadSettings(f"{where}: {name} is empty: leave it out, or say what is meant")


def _does(where: str, do: str, row: dict[str, Any], *, of_some: bool) -> None:
    """Refuses an operation that would do nothing, or take everything away."""
    given = {name for name in row if (name, row[name]) != ("where", "event")}
    needs = _NEEDS[do]
    if not any(given.issuperset(one) for one in needs) and not (do == "drop" and of_some):
        raise BadSettings(f"{where}: {do} needs {', or '.join(' and '.join(one) for one in needs)}")
    if "event" in given and (unread := sorted(given.intersection(_WITHOUT.get(do, ())))):
        raise BadSettings(f"{where}: {do} with event sends the whole message again, without {', '.join(unread)}")
    if do == "scale" and isinstance(times := row["times"], int | float) and as_number(times) is None:
        raise BadSettings(f"{where}: times must be a number, not {times}")
    if isinstance(when := row.get("when"), dict) and "name" not in when and when.get("where", "event") == "event":
        raise BadSettings(f"{where}, when: a condition needs a name, or a where that is content or ad")


def _known(where: str, row: dict[str, Any], it: Destination | None) -> None:
    """Refuses a row that asks for what is known of the session where nothing is."""
    when = row.get("when")
    asked = (row.get("where"), when.get("where") if isinstance(when, dict) else None)
    if it is None and (part := next((one for one in asked if one in ("content", "ad")), None)):
        raise BadSettings(
            f"{where}: where = {part!r} needs a destination: at other hooks nothing is known of the session"
        )


def _heard(where: str, do: str, row: dict[str, Any], it: Destination, made: list[object]) -> None:
    """Refuses a row for a destination that does nothing there."""
    if not it.switches:
        raise BadSettings(f"{where}: nothing can be told to {it.name} alone: it takes what all others are told")
    used, events = it.used(), row.get("events", ())
    if it.listed or "event" in row or (do == "drop" and "names" not in row):
        return
    if not any(event in used or event in made for event in events or used):
        what = f"does not use {', '.join(events)}" if events else "uses no video event"
        raise BadSettings(f"{where}: {it.name} {what}, so this would do nothing")


def _hosts(where: str, sites: Iterable[str]) -> None:
    for site in sites:
        if "/" in site or site.count(":") == 1:
            raise BadSettings(f"{where}: sites are hosts, such as www.lab.example, and {site!r} is none")


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
        if not isinstance(told, list) or not all(is_message(one) for one in told):
            _stop(f"override_function {name} must give a list of messages with event and properties at {hook}{whose}")
        if (why := _unsayable(told)) is not None:
            _stop(f"override_function {name} gave what JSON has no word for at {hook}{whose}: {why}")
        return told

    return called


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
