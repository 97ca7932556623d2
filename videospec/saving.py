"""The live sessions of overrides, kept from one process to the next as versioned JSON."""

import json
from typing import Any, Final

import attrs
import msgspec
from attrs import define, field

from videospec.destinations.viewing import Draft, Viewing
from videospec.hooks import Message
from videospec.target import Target

_VERSION: Final = 1
_OF_THE_TARGET: Final = ("platforms", "account")
"""What a viewing has from its target: it is not saved, and an account may be secret."""


@define
class Live:
    """A live session, as each destination has to know it."""

    viewings: list[Viewing]
    held: dict[int, list[tuple[Any, Message, Draft | list[Draft]]]] = field(factory=dict)
    """By destination: the drafts that wait, each with its message. A single draft has yet to be made right."""
    at: float = 0
    broken_off: tuple[Any, Message] | None = None
    """A Video Playback Interrupted that nobody has gone on from so far, with its mark."""


class _Session(msgspec.Struct):
    at: int | float
    viewings: list[dict[str, Any]]
    held: dict[str, list[tuple[Message, Draft | list[Draft]]]]
    broken_off: Message | None = None


class _Saved(msgspec.Struct):
    version: int
    targets: list[tuple[str, list[str]]]
    sessions: dict[str, _Session]


def save(targets: tuple[Target, ...], sessions: dict[str, Live]) -> bytes:
    """Sessions as bytes. Marks are not saved: they are the caller's, and may be anything. A message of a host may hold
    what JSON has no word for: a value is a text then, dates in ISO 8601, and a key is left out with its value."""
    saved = _Saved(_VERSION, _named(targets), {key: _session(one) for key, one in sessions.items()})
    # the standard library's: messages may hold what msgspec cannot write, such as half of a surrogate pair
    return json.dumps(msgspec.to_builtins(saved, enc_hook=str), skipkeys=True, separators=(",", ":")).encode()


def load(data: bytes, targets: tuple[Target, ...]) -> dict[str, Live]:
    """The sessions that `save` made bytes of. ValueError if they are none, or of other targets."""
    try:
        whole = json.loads(data)
        if isinstance(whole, dict) and whole.get("version", _VERSION) != _VERSION:
            raise ValueError(f"snapshot version {whole['version']}: this videospec reads version {_VERSION}")
        saved = msgspec.convert(whole, _Saved)
        if saved.targets != _named(targets):
            told = ", ".join(name for name, _ in saved.targets)
            raise ValueError(f"the snapshot is of other destinations, or of another origin: {told}")
        return {key: _live(one, targets) for key, one in saved.sessions.items()}
    except (msgspec.ValidationError, json.JSONDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ValueError(f"not a snapshot of overrides: {error}") from error


def _named(targets: tuple[Target, ...]) -> list[tuple[str, list[str]]]:
    return [(one.destination.name, sorted(one.platforms)) for one in targets]


def _session(live: Live) -> _Session:
    viewings = [attrs.asdict(one, recurse=False, filter=_known) for one in live.viewings]
    held = {str(index): [(message, draft) for _, message, draft in them] for index, them in live.held.items()}
    return _Session(live.at, viewings, held, None if live.broken_off is None else live.broken_off[1])


def _known(attribute: "attrs.Attribute[Any]", value: Any) -> bool:
    return attribute.name not in _OF_THE_TARGET


def _of(target: Target) -> dict[str, Any]:
    return {name: getattr(target, name) for name in _OF_THE_TARGET}


def _live(saved: _Session, targets: tuple[Target, ...]) -> Live:
    if len(saved.viewings) != len(targets):
        raise msgspec.ValidationError("a session is not of all its destinations")
    known = zip(saved.viewings, targets, strict=True)
    viewings = [
        attrs.evolve(msgspec.convert({**one, "platforms": []}, Viewing), **_of(target)) for one, target in known
    ]
    held: dict[int, list[tuple[Any, Message, Draft | list[Draft]]]] = {}
    for index, them in saved.held.items():
        if not index.isdecimal() or int(index) >= len(targets):
            raise msgspec.ValidationError(f"no destination {index}")
        held[int(index)] = [(None, message, draft) for message, draft in them]
    if (broken_off := saved.broken_off) is not None and not isinstance(broken_off.get("properties"), dict):
        raise msgspec.ValidationError("what a session was broken off by has no properties")
    return Live(viewings, held, saved.at, None if broken_off is None else (None, broken_off))
