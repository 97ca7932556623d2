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

    @property
    def text(self) -> str:
        return f"at most {self.most} properties"


@frozen
class NameLength(Limit):
    """A name is at most so long."""

    of: Named
    most: int
    unit: Unit = "characters"

    @property
    def text(self) -> str:
        return f"{self.of} names of at most {self.most} {self.unit}"


@frozen
class NamePattern(Limit):
    """A name matches a regular expression as a whole."""

    of: Named
    pattern: str

    @property
    def text(self) -> str:
        return f"{self.of} names like {self.pattern}"


@frozen
class ReservedNames(Limit):
    """A name is none of these and begins with none of those."""

    of: Named
    names: tuple[str, ...] = ()
    prefixes: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        return f"no {self.of} named {', '.join((*self.names, *(f'{prefix}…' for prefix in self.prefixes)))}"


@frozen
class SameColumn(Limit):
    """Two properties whose names fold to one column are one column."""

    @property
    def text(self) -> str:
        return "no two properties that fold to one column"


@frozen
class TextLength(Limit):
    """A text is at most so long; of a property named here, else of any."""

    most: int
    unit: Unit = "characters"
    properties: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        return f"texts of at most {self.most} {self.unit}"


@frozen
class TextAtLeast(Limit):
    """A text of the message itself (not of its properties) is at least so long."""

    fields: tuple[str, ...]
    least: int

    @property
    def text(self) -> str:
        return f"{' and '.join(self.fields)} of at least {self.least} characters"


@frozen
class Values(Limit):
    """A property's value is none of these kinds."""

    kinds: tuple[Literal["null", "array", "object", "numeric text", "date text", "mixed types"], ...]

    @property
    def text(self) -> str:
        return f"no values: {', '.join(self.kinds)}"


@frozen
class Items(Limit):
    """A list, or an object, has at most so many items."""

    most: int
    kinds: tuple[Literal["array", "object"], ...] = ("array", "object")

    @property
    def text(self) -> str:
        return f"at most {self.most} items in an {' or '.join(self.kinds)}"


@frozen
class Depth(Limit):
    """An object is nested at most so deep; `lists` are lists within lists."""

    most: int
    lists: bool = False

    @property
    def text(self) -> str:
        return f"{'lists' if self.lists else 'objects'} nested at most {self.most} deep"


@frozen
class Size(Limit):
    """A message has at most so many bytes."""

    most: int

    @property
    def text(self) -> str:
        return f"messages of at most {self.most} bytes"


@frozen
class Oldest(Limit):
    """A message is at most so many hours old when it arrives."""

    hours: float

    @property
    def text(self) -> str:
        return f"messages of at most {self.hours:g} hours ago"


@frozen
class Required(Limit):
    """One of these properties is there and of that kind, on these events."""

    one_of: tuple[str, ...]
    kind: Kind
    events: tuple[str, ...] = field(default=())

    @property
    def text(self) -> str:
        return f"a {self.kind} in {' or '.join(self.one_of)} on {', '.join(self.events) or 'every event'}"


@frozen
class NotZero(Limit):
    """A property is not 0, on these events."""

    name: str
    events: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        return f"{self.name} is not 0 on {', '.join(self.events) or 'every event'}"


@frozen
class NotAbove(Limit):
    """A property is not greater than another one, on these events."""

    name: str
    other: str
    events: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        return f"{self.name} is at most {self.other} on {', '.join(self.events) or 'every event'}"
