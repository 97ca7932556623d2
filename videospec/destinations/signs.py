"""The vocabulary of signs: what a message looks like that meets a quirk, so that a check tells the quirk of that message."""

from collections.abc import Iterable
from typing import Any, Literal

from attrs import field, frozen

Of = Literal["properties", "message", "session"]
"""Where a path begins: in the properties, in the message, or in what is known of the session before it (a field of
`rules.view.View`)."""
Shape = Literal["boolean", "number", "string", "array", "object"]


def _paths(given: str | Iterable[str]) -> tuple[str, ...]:
    return (given,) if isinstance(given, str) else tuple(given)


@frozen
class Sign:
    """Something other than null stands at one of these dotted paths. `values`: one of them; `shapes`: of one of these
    kinds; `above`, `below`: a number beyond that one; `short_of`: a number that is more than 1 less than the one at that
    path; `off`: a number that is more than 1 off that fact of the session. `absent` turns it round."""

    paths: tuple[str, ...] = field(converter=_paths)
    values: tuple[Any, ...] = field(default=(), kw_only=True)
    shapes: tuple[Shape, ...] = field(default=(), kw_only=True)
    above: float | None = field(default=None, kw_only=True)
    below: float | None = field(default=None, kw_only=True)
    short_of: str = field(default="", kw_only=True)
    off: str = field(default="", kw_only=True)
    absent: bool = field(default=False, kw_only=True)
    of: Of = field(default="properties", kw_only=True)
