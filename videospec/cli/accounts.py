"""The settings that destinations have in Segment, as a call has them: those of the settings file, and `--set` over them."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from videospec.cli.config import BadSettings
from videospec.destinations.destination import Accounts, Destination
from videospec.plugins import UnknownDestination, find_destination
from videospec.settings import Settings


def accounts(settings: Settings, found: Sequence[Destination], given: Iterable[str] = ()) -> Accounts:
    """The account of each destination by its own name, empty for one that has none. What nobody has read of is left out
    of a file, which may say more than concerns us, and refused in `given`, which are texts NAME=VALUE or
    DESTINATION.NAME=VALUE. BadSettings names what is wrong."""
    for name in settings.accounts or {}:
        _find(f"accounts: {name}", name)
    told = {it.name: _known(it, it.account(settings.accounts or {})) for it in found}
    for text in given:
        it, name, value = _set(text, found)
        told[it.name][name] = value
    return told


def _set(text: str, found: Sequence[Destination]) -> tuple[Destination, str, Any]:
    path, equals, value = text.partition("=")
    if not equals:
        raise BadSettings(f"--set {text}: expected NAME=VALUE")
    whose, _, name = path.rpartition(".")
    if not whose and len(found) != 1:
        raise BadSettings(f"--set {text}: of which destination? expected DESTINATION.{path}={value}")
    it = _find(f"--set {text}", whose) if whose else found[0]
    if it.name not in {one.name for one in found}:
        raise BadSettings(f"--set {text}: {it.name} is not asked about here")
    if name not in (known := settings_of(it)):
        raise BadSettings(f"{it.name} has no setting {name}; it has {', '.join(known) or 'none that is known'}")
    return it, name, _value(value)


def _find(where: str, name: str) -> Destination:
    try:
        return find_destination(name)
    except UnknownDestination as error:
        raise BadSettings(f"{where}: {error}") from None


def settings_of(it: Destination) -> tuple[str, ...]:
    """The names of a destination's settings: those that the model of its integration reads, then those of its rows."""
    from videospec.simulators import find_simulator

    kind = find_simulator(it.name) if it.simulated else None
    return tuple(dict.fromkeys((*(kind.settings if kind is not None else ()), *(one.name for one in it.settings))))


def _known(it: Destination, account: dict[str, Any]) -> dict[str, Any]:
    known = set(settings_of(it))
    return {name: value for name, value in account.items() if name in known}


def _value(text: str) -> Any:
    """JSON if it parses, else the text itself."""
    try:
        return json.loads(text, parse_constant=_no_json)
    except (ValueError, RecursionError):
        return text


def _no_json(name: str) -> None:
    raise ValueError(f"{name} is no JSON")
