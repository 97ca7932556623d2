"""Which of the destinations that a user names a route reaches."""

from collections.abc import Iterable

from videospec.destinations.destination import Destination
from videospec.destinations.places import ORIGINS, Origin
from videospec.destinations.words import SENDERS
from videospec.plugins import find_destination


def reached(names: Iterable[str], origin: Origin) -> tuple[list[Destination], list[str]]:
    """The destinations that are reached, and a sentence for each other one. UnknownDestination for a name of none."""
    found = list({one.name: one for one in map(find_destination, names)}.values())
    return (
        [one for one in found if one.reached_from(origin)],
        [_why(one, origin) for one in found if not one.reached_from(origin)],
    )


def _why(one: Destination, origin: Origin) -> str:
    why = next((row.why for row in one.unreached if ORIGINS[origin][0] in row.reach), "")
    return f"{one.name} is not reached from {SENDERS[origin]}, so nothing is copied for it. {why}".rstrip()
