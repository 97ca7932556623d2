"""What is said but may not leave yet, and the track that it becomes."""

from typing import TYPE_CHECKING, Any

import msgspec

from videospec.ids import message_id
from videospec.tracks import Track, context_text, iso, merged_context

if TYPE_CHECKING:
    from videospec.session import Session


class Draft(msgspec.Struct, gc=False):
    """A track without its number, waiting until nothing earlier can still be told."""

    at: float
    event: str
    properties: dict[str, Any]


def numbered(s: "Session", event: str, at: float, properties: dict[str, Any]) -> Track:
    """Numbers what is certain."""
    settings, names = s.settings, s.names
    if at > s.released_at:
        s.released_at = at
    user_id = settings.user_id or names.user_id
    anonymous_id = settings.anonymous_id or names.anonymous_id
    if user_id is None and anonymous_id is None:
        # Segment refuses a message that names nobody; a viewing is at least a viewer of its own.
        anonymous_id = s.base
    ordinal = s.said
    s.said = ordinal + 1
    context = None if names.context is None else context_text(names.context)
    if settings.context is not None:
        context = merged_context(names.context, settings.context)
    return Track(
        event,
        message_id(settings.route, s.id, ordinal, settings.run),
        user_id,
        anonymous_id,
        iso(s.released_at),
        None if context is None else msgspec.Raw(context),
        settings.integrations,
        properties,
    )
