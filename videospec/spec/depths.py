"""What JSON can hold, to a depth, as a type of msgspec: a reader that knows its depth needs no measuring."""

from functools import reduce
from typing import Any


def nested(plain: Any, levels: int) -> Any:
    """Values of the type `plain`, and lists and objects of them, so many levels deep."""
    return reduce(lambda inner, _: plain | list[inner] | dict[str, inner], range(levels), plain)  # type: ignore[valid-type] # made when it runs
