"""What a user may decide: the readings of the spec and the numbers, with their defaults (docs/reference/settings.md)."""

from collections.abc import Callable, Iterable
from json import dumps
from typing import Any

import msgspec
from attrs import Attribute, evolve, field, frozen

from videospec.spec.readings import READINGS
from videospec.texts import LONGEST_ID, LONGEST_SETTING


def _seconds(low: float, high: float) -> Callable[[Any, "Attribute[Any]", Any], None]:
    def check(instance: Any, attribute: "Attribute[Any]", value: Any) -> None:
        if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
            raise ValueError(f"{attribute.name} must be a number of seconds from {low:g} to {high:g}, not {value!r}")

    return check


def _reading(instance: Any, attribute: "Attribute[Any]", value: Any) -> None:
    choices = READINGS[attribute.name].choices
    if value not in choices:
        raise ValueError(f"{attribute.name} must be one of {', '.join(choices)}, not {value!r}")


def _is(
    kind: type, what: str, *, maybe: bool = False, most: int = 1 << 20
) -> Callable[[Any, "Attribute[Any]", Any], None]:
    """`most`: for how many bytes of it every message has room (texts.py)."""

    def check(instance: Any, attribute: "Attribute[Any]", value: Any) -> None:
        if not isinstance(value, kind) and not (maybe and value is None):
            raise ValueError(f"{attribute.name} must be {what}, not {value!r}")
        try:
            said = msgspec.json.decode(msgspec.json.encode(value))
        except (UnicodeEncodeError, OverflowError, TypeError):
            raise ValueError(f"{attribute.name} must be what JSON in UTF-8 can say, not {value!r}") from None
        if (size := len(dumps(said)) - len("{}")) > most:
            raise ValueError(f"{attribute.name} must be at most {most} bytes of ASCII JSON, and is {size}")

    return check


def _texts(instance: Any, attribute: "Attribute[Any]", value: Any) -> None:
    if not isinstance(value, tuple) or not all(isinstance(item, str) for item in value):
        raise ValueError(f"{attribute.name} must be a list of texts, not {value!r}")


def _accounts(instance: Any, attribute: "Attribute[Any]", value: Any) -> None:
    if value is None:
        return
    # what they are set to may be secret
    wrong = [name for name, one in value.items() if not isinstance(one, dict)] if isinstance(value, dict) else ["this"]
    if wrong:
        raise ValueError(f"{attribute.name} must be a table for each destination, and {', '.join(wrong)} is none")


def _tables(instance: Any, attribute: "Attribute[Any]", value: Any) -> None:
    if not isinstance(value, tuple) or not all(isinstance(one, dict) for one in value):
        raise ValueError(f"{attribute.name} must be a list of tables, not {value!r}")


_text = _is(str, "text")
_maybe_text = _is(str, "text", maybe=True)
_maybe_id = _is(str, "text", maybe=True, most=LONGEST_ID)
_maybe_dict = _is(dict, "a table", maybe=True, most=LONGEST_SETTING)


def _tuple(value: Any) -> Any:
    return (value,) if isinstance(value, str) else _listed(value)


def _listed(value: Any) -> Any:
    return tuple(value) if isinstance(value, Iterable) and not isinstance(value, dict) else value


@frozen
class Settings:
    """All that changes what is said. Times in seconds; a value out of range raises ValueError and names it."""

    heartbeat: float = field(default=10, validator=_seconds(1, 3600))
    stall_min: float = field(default=0.25, validator=_seconds(0, 60))
    pause_settle: float = field(default=0.25, validator=_seconds(0, 5))
    seek_settle: float = field(default=1, validator=_seconds(0, 60))
    end_grace: float = field(default=2, validator=_seconds(0, 600))
    idle: float = field(default=1800, validator=_seconds(10, 86_400))
    linger: float = field(default=1800, validator=_seconds(0, 86_400))
    window: float = field(default=5, validator=_seconds(0, 3600))
    midroll: str = field(default=READINGS["midroll"].default, validator=_reading)
    loop: str = field(default=READINGS["loop"].default, validator=_reading)
    abandoned: str = field(default=READINGS["abandoned"].default, validator=_reading)
    route: str = field(default="", validator=_text)
    run: str = field(default="", validator=_text)
    user_id: str | None = field(default=None, validator=_maybe_id)
    anonymous_id: str | None = field(default=None, validator=_maybe_id)
    context: dict[str, Any] | None = field(default=None, validator=_maybe_dict, hash=False)
    integrations: dict[str, Any] | None = field(default=None, validator=_maybe_dict, hash=False)
    adapter: str | None = field(default=None, validator=_maybe_text)
    include: tuple[str, ...] = field(default=(), converter=_tuple, validator=_texts)
    exclude: tuple[str, ...] = field(default=(), converter=_tuple, validator=_texts)
    destinations: tuple[str, ...] = field(default=(), converter=_tuple, validator=_texts)
    accounts: dict[str, Any] | None = field(default=None, validator=_accounts, hash=False)
    overrides: tuple[dict[str, Any], ...] = field(default=(), converter=_listed, validator=_tables, hash=False)
    override_function: str = field(default="", validator=_text)

    def of_a_viewing(self) -> "Settings":
        """What a viewing goes by: without the accounts, which may be secret, and what is done to its tracks later."""
        if not (self.destinations or self.accounts is not None or self.overrides or self.override_function):
            return self
        return evolve(self, destinations=(), accounts=None, overrides=(), override_function="")

    @property
    def readings(self) -> dict[str, str]:
        """The choice in each reading of the spec, by its name."""
        return {name: getattr(self, name) for name in READINGS}


DEFAULTS = Settings()
