"""What overrides add to the message for everybody: a word of a destination's that repeats what the stream says."""

from collections.abc import Iterable
from typing import Any, Final

from videospec.destinations.destination import Destination
from videospec.destinations.overrides import Copy
from videospec.destinations.viewing import find, same
from videospec.rules.finding import Finding
from videospec.rules.view import View
from videospec.spec.events import PLAYBACK_STARTED
from videospec.spec.naming import meant

_STRANGE: Final = ("spec.unknown-property", "spec.misplaced-property")


class Added:
    """The rows by which destinations have a property copied, by the name that it gets."""

    def __init__(self, destinations: Iterable[Destination]) -> None:
        self.sources: dict[str, list[tuple[Copy, str]]] = {}
        for one in destinations:
            copies = [row for row in one.overrides if isinstance(row, Copy) and not row.event and not row.values]
            for row in copies:
                for name in row.names:
                    self.sources.setdefault(row.to or name, []).append((row, name))

    def explains(self, found: Finding, message: dict[str, Any], view: View | None) -> bool:
        """Whether a finding, if it is of a property that the Video Spec has not there, is of one that an override adds."""
        if found.rule not in _STRANGE:
            return False
        event, properties = meant(str(message.get("event"))), message["properties"]
        name = found.field.removeprefix("properties.")
        return any(
            (not row.events or event in row.events)
            and _repeats(row, source, event, properties.get(name), properties, view)
            for row, source in self.sources.get(name, ())
        )


def _repeats(
    row: Copy, source: str, event: str | None, value: Any, properties: dict[str, Any], view: View | None
) -> bool:
    if row.where == "event":
        return same(find(properties, source), value)
    # a start that is told of its content waits for it, and is a copy
    content = view.content if view is not None and row.where == "content" else None
    return event != PLAYBACK_STARTED and (content is None or same(find(content.properties, source), value))
