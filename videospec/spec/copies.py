"""Messages that are copies for one destination: not part of what is said to everybody (docs/reference/overrides.md)."""

from typing import Any, Final

MARK: Final = "copy_for"
"""In `context.videospec`: the destination's name."""


def copy_for(message: dict[str, Any]) -> str | None:
    """The destination that a message is a copy for; None for one that is for everybody."""
    context = message.get("context")
    own = context.get("videospec") if isinstance(context, dict) else None
    name = own.get(MARK) if isinstance(own, dict) else None
    return name if isinstance(name, str) else None
