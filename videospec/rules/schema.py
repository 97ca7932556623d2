"""The rules about one message by itself: those of `videospec validate`, as findings beside the others."""

from typing import Any

from videospec.rules.finding import Finding
from videospec.spec.naming import meant
from videospec.spec.quick import judged


def schema(line: int, message: dict[str, Any]) -> list[Finding]:
    """What is wrong with a video event by itself. Other events of a stream are none of the Video Spec's business, unless
    their name begins as those of video events do, or is one of them in another spelling."""
    event = message.get("event")
    if not isinstance(event, str):
        return []
    known = meant(event)
    if known is None and not event.lower().startswith("video "):
        return []
    wrong = judged(message)
    if not wrong:
        return []
    properties = message.get("properties")
    session = properties.get("session_id") if isinstance(properties, dict) else None
    return [
        Finding(
            found.rule,
            found.severity,
            line,
            f"{found.field}: {found.message}" if found.field else found.message,
            f'send "{known}"' if known and found.rule == "spec.unknown-event" else found.mend,
            session=session if isinstance(session, str) else "",
            field=found.field,
        )
        for found in wrong
    ]
