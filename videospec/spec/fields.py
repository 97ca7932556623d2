"""What the models are made of: strict field types, rules between fields, and the base of every object of the spec."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Annotated, Any, ClassVar, Final, Literal, Self, TypeVar, cast

from attrs import frozen
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    ValidationError,
    model_validator,
)
from pydantic_core import CoreSchema, InitErrorDetails, PydanticCustomError, PydanticKnownError

# -- types of one field ------------------------------------------------------------------------------------------------


class _NotNull:
    """Takes the null out of `T | None`: None then only ever means that the property was not given."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return cast(CoreSchema, cast(dict[str, Any], handler(source))["schema"])


T = TypeVar("T")
Maybe = Annotated[T | None, _NotNull()]


def is_text(value: str) -> bool:
    """Whether a string can be written as UTF-8, which one with a lone surrogate cannot."""
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def _text(value: str) -> str:
    if not is_text(value):
        raise PydanticKnownError("string_unicode")
    return value


_DATE: Final = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
_TIME: Final = r"T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?"
_ZONE: Final = "(Z|[+-][0-9]{2}:?[0-9]{2})"


def _dated(pattern: str, error: str) -> Any:
    """A validator and its JSON Schema. The pattern keeps out ISO 8601's rarer forms (week dates, basic format), which
    few destinations read; `fromisoformat` then keeps out the days that no calendar has."""
    form = re.compile(pattern)

    def check(value: str) -> str:
        try:
            if not form.fullmatch(value):
                raise ValueError
            datetime.fromisoformat(value)
        except ValueError:
            raise PydanticCustomError(error, "no such date in ISO 8601") from None
        return value

    return AfterValidator(check), Field(json_schema_extra={"pattern": f"^{pattern}$"})


MOST: Final = 2**53 - 1
"""The largest integer that every reader of JSON gets right (RFC 8259, section 6)."""

Text = Annotated[str, Field(min_length=1), AfterValidator(_text)]
MessageId = Annotated[str, Field(min_length=1, max_length=100), AfterValidator(_text)]
Count = Annotated[int, Field(ge=0, le=MOST)]
Amount = Annotated[float, Field(ge=0, allow_inf_nan=False)]
Framerate = Annotated[float, Field(gt=0, allow_inf_nan=False)]
AdType = Literal["pre-roll", "mid-roll", "post-roll"]
Airdate = Annotated[str, *_dated(f"{_DATE}({_TIME}{_ZONE}?)?", "not_date")]
Timestamp = Annotated[str, *_dated(_DATE + _TIME + _ZONE, "not_timestamp")]

SESSION_ID: Final = "One id for all that is told of one viewing in one player."
BITRATE: Final = "Bitrate of the picture being shown, in kbit/s."
FRAMERATE: Final = "Average frames per second."

# -- rules between fields ----------------------------------------------------------------------------------------------

Given = Mapping[str, Any]


@frozen
class Bond:
    """What must hold between the fields of one object. `rule` is its id in findings.py; `broken` says what is wrong in
    what was given (nulls included), or None; `schema` says the same in JSON Schema, where that can say it."""

    rule: str
    field: str
    broken: Callable[[Given], str | None]
    mend: str
    schema: dict[str, Any] | None = None


def _is(name: str, value: Any) -> dict[str, Any]:
    return {"properties": {name: {"const": value}}, "required": [name]}


def _live_length(given: Given) -> str | None:
    if given.get("livestream") is True and given.get("total_length", "missing") is not None:
        return f"livestream is true, but total_length is {given.get('total_length', 'missing')}"
    return None


def _null_needs_live(name: str) -> Callable[[Given], str | None]:
    def broken(given: Given) -> str | None:
        if name in given and given[name] is None and given.get("livestream") is not True:
            return f"{name} is null, but livestream is not true"
        return None

    return broken


def _past_the_end(given: Given) -> str | None:
    position, length = given.get("position"), given.get("total_length")
    if position is not None and length is not None and position > length:
        return f"position {position} is past total_length {length}"
    return None


POSITION: Final = Bond(
    "spec.position-length",
    "position",
    _past_the_end,
    "send a position that is at most total_length; at an end they are equal",
)

LIVE: Final = (
    Bond(
        "spec.livestream-length",
        "total_length",
        _live_length,
        "send total_length: null, or livestream: false if the length is known",
        {"if": _is("livestream", True), "then": _is("total_length", None)},
    ),
    Bond(
        "spec.livestream-length",
        "total_length",
        _null_needs_live("total_length"),
        "send livestream: true, or leave total_length out while it is not known",
        {"if": _is("total_length", None), "then": _is("livestream", True)},
    ),
    Bond(
        "spec.livestream-position",
        "position",
        _null_needs_live("position"),
        "send livestream: true, or leave position out while it is not known",
        {"if": _is("position", None), "then": _is("livestream", True)},
    ),
)

TIMELINE: Final = (*LIVE, POSITION)


def plain(given: Given) -> bool:
    """Whether an object surely keeps TIMELINE, as nearly all do: nothing is live, and a position is within a length."""
    position, length = given.get("position"), given.get("total_length")
    if position.__class__ is not int or length.__class__ is not int or given.get("livestream") is True:
        return False
    return bool(position <= length)


# -- the base ----------------------------------------------------------------------------------------------------------


def _say_bonds(schema: dict[str, Any], model: "type[SpecObject]") -> None:
    if conditions := [bond.schema for bond in model.BONDS if bond.schema]:
        schema["allOf"] = conditions


class SpecObject(BaseModel):
    """An object of the spec. Strict: no value is converted. Open: a property it does not know is kept, not refused,
    since the page forbids none. Its BONDS are judged once each field alone is right."""

    model_config = ConfigDict(strict=True, extra="allow", frozen=True, json_schema_extra=_say_bonds)

    BONDS: ClassVar[tuple[Bond, ...]] = ()

    @model_validator(mode="after")
    def _hold_bonds(self) -> Self:
        named = self.model_fields_set
        given = {name: value for name, value in self.__dict__.items() if name in named}
        broken = [
            InitErrorDetails(
                type=PydanticCustomError(bond.rule, "{found}", {"found": found, "mend": bond.mend}),
                loc=(bond.field,),
                input=given.get(bond.field),
            )
            for bond in self.BONDS
            if (found := bond.broken(given))
        ]
        if broken:
            raise ValidationError.from_exception_data(type(self).__name__, broken)
        return self
