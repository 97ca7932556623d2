"""The kinds of limits: rules about the form of a message that can be checked without knowing what the vendor does."""

from typing import Literal

from attrs import field, frozen

from videospec.destinations.destination import Kind, Limit

Named = Literal["event", "property", "table", "column"]
Unit = Literal["characters", "bytes"]


@frozen
class MostProperties(Limit):
    """An event has at most so many properties."""

    most: int


@frozen
class NameLength(Limit):
    """A name is at most so long."""

    of: Named
    most: int
    unit: Unit = "characters"


@frozen
class NamePattern(Limit):
    """A name matches a regular expression as a whole."""

    of: Named
    pattern: str


@frozen
class ReservedNames(Limit):
    """A name is none of these and begins with none of those."""

    of: Named
    names: tuple[str, ...] = ()
    prefixes: tuple[str, ...] = ()


@frozen
class SameColumn(Limit):
    """Two properties whose names fold to one column are one column."""


@frozen
class TextLength(Limit):
    """A text is at most so long; of a property named here, else of any."""

    most: int
    unit: Unit = "characters"
    properties: tuple[str, ...] = ()


@frozen
class TextAtLeast(Limit):
    """A text of the message itself (not of its properties) is at least so long."""

    fields: tuple[str, ...]
    least: int


@frozen
class Values(Limit):
    """A property's value is none of these kinds."""

    kinds: tuple[Literal["null", "array", "object", "numeric text", "date text", "mixed types"], ...]


@frozen
class Items(Limit):
    """A list, or an object, has at most so many items."""

    most: int
    kinds: tuple[Literal["array", "object"], ...] = ("array", "object")


@frozen
class Depth(Limit):
    """An object is nested at most so deep; `lists` are lists within lists."""

    most: int
    lists: bool = False


@frozen
class Size(Limit):
    """A message has at most so many bytes."""

    most: int


@frozen
class Oldest(Limit):
    """A message is at most so many hours old when it arrives."""

    hours: float


@frozen
class Required(Limit):
    """One of these properties is there and of that kind, on these events."""

    one_of: tuple[str, ...]
    kind: Kind
    events: tuple[str, ...] = field(default=())


@frozen
class NotZero(Limit):
    """A property is not 0, on these events."""

    property: str
    events: tuple[str, ...] = ()


@frozen
class NotAbove(Limit):
    """A property is not greater than another one, on these events."""

    property: str
    other: str
    events: tuple[str, ...] = ()
