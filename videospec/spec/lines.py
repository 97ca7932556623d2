"""A file of messages has one a line; what is often there instead, and how to make such lines of it."""

from typing import Any, Final, TypeGuard

ONE_A_LINE: Final = "send one JSON object a line; `jq -c .` makes such lines of objects that go over several"


def is_message(value: object) -> TypeGuard[dict[str, Any]]:
    """Whether a value may be one message."""
    return isinstance(value, dict) and ("event" in value or not isinstance(value.get("batch"), list))


def instead(value: object) -> tuple[str, str] | None:
    """What holds messages where one should stand, and the mend; None for anything else."""
    match value:
        case {"batch": list(messages)}:
            return f"a batch of {len(messages)}", "send each message on a line of its own: `jq -c '.batch[]'`"
        case list():
            return f"a list of {len(value)}", "send each message on a line of its own: `jq -c '.[]'`"
        case _:
            return None
