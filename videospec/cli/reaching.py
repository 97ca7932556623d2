"""Which of the destinations that a user names a route reaches."""

from collections.abc import Iterable
from typing import Final

from videospec.destinations.destination import Destination, Origin
from videospec.plugins import find_destination

_SOURCES: Final[dict[Origin, str]] = {
    "web": "a web source",
    "ios": "an iOS source",
    "android": "an Android source",
    "server": "a server source",
}


def reached(names: Iterable[str], origin: Origin) -> tuple[list[Destination], list[str]]:
    """The destinations that are reached, and a sentence for each other one. UnknownDestination for a name of none."""
    found = list({one.name: one for one in map(find_destination, names)}.values())
    return (
        [one for one in found if one.reached_from(origin)],
        [_why(one, origin) for one in found if not one.reached_from(origin)],
    )


def _why(one: Destination, origin: Origin) -> str:
    where = {"server": "server", "web": "device-web", "ios": "device-ios", "android": "device-android"}[origin]
    why = next((row.why for row in one.unreached if where in row.reach), "")
    return f"{one.name} is not reached from {_SOURCES[origin]}, so nothing is copied for it. {why}".rstrip()
