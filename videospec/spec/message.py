"""The Segment envelope, and the judging of whole messages: at the wall, where nothing about the input is known."""
# ruff: noqa: N815 (the wire's own names)

import json
import math
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Annotated, Any, ClassVar, Final, Literal

from attrs import evolve
from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from videospec.spec.events import EVENTS, model_for
from videospec.spec.fields import Bond, Given, Maybe, MessageId, SpecObject, Text, Timestamp, is_text
from videospec.spec.findings import Finding, Path, faults, finding, shown, strangers
from videospec.spec.lines import ONE_A_LINE, instead, is_message

LIMIT: Final = 32 << 10
"""Bytes of one message that Segment takes, counted as its Python library does: `json.dumps`, so ASCII."""
DEEPEST: Final = 32
"""Levels of nesting that are read. The spec's own objects need three."""


# -- the envelope ------------------------------------------------------------------------------------------------------


def _known(event: str) -> str:
    if event not in EVENTS:
        raise PydanticCustomError("unknown_event", "no event of the Video Spec", {"words": list(EVENTS)})
    return event


def _nobody(given: Given) -> str | None:
    if given.get("userId") is None and given.get("anonymousId") is None:
        return "neither userId nor anonymousId is given"
    return None


def _is_someone(name: str) -> dict[str, Any]:
    return {"properties": {name: {"type": "string"}}, "required": [name]}


class Message(SpecObject):
    """A `track` message as Segment's HTTP API takes it; the last fields are those that Segment adds on its way."""

    BONDS: ClassVar[tuple[Bond, ...]] = (
        Bond(
            "spec.identity",
            "userId",
            _nobody,
            "send userId, or anonymousId while the viewer is not known",
            {"anyOf": [_is_someone("userId"), _is_someone("anonymousId")]},
        ),
    )

    type: Literal["track"] = Field(description='"track". The page\'s examples call this field `action`.')
    event: Annotated[str, AfterValidator(_known)] = Field(
        description="Name of the event.", json_schema_extra={"enum": list(EVENTS)}
    )
    messageId: MessageId = Field(
        description="One id for one message, at most 100 characters; a message sent twice counts once."
    )
    userId: Text | None = Field(None, description="The viewer, as your own records name them.")
    anonymousId: Text | None = Field(None, description="The viewer while nobody knows who it is.")
    timestamp: Timestamp = Field(description="When it happened, in ISO 8601 with a time zone.")
    context: Maybe[dict[str, Any]] = Field(None, description="What surrounds the event: page, device, library.")
    integrations: Maybe[dict[str, Any]] = Field(None, description="Which destinations get it, and with what options.")
    properties: dict[str, Any] = Field(description="The object of the event.")
    originalTimestamp: Maybe[Timestamp] = Field(None, description="The time by the sender's own clock.")
    sentAt: Maybe[Timestamp] = Field(None, description="When the sender sent it.")
    receivedAt: Maybe[Timestamp] = Field(None, description="When Segment got it.")
    channel: Maybe[Text] = Field(None, description="Where it was sent from, such as `server`.")
    projectId: Maybe[Text] = Field(None, description="The source, as Segment names it.")
    version: Any = Field(None, description="The version of Segment's API.")


# -- what is not JSON --------------------------------------------------------------------------------------------------


def _unreadable(message: dict[str, Any]) -> Iterator[Finding]:
    """What JSON cannot carry. One with the rule `spec.json` is the last: what lies behind it cannot be judged."""
    rest: list[tuple[Path, object]] = [((), message)]
    while rest:
        path, value = rest.pop()
        match value:
            case None | bool():
                pass
            case dict() | list() if len(path) >= DEEPEST:
                yield finding(path, "spec.json", f"nested more than {DEEPEST} levels deep", "send a flatter object")
                return
            case dict():
                for name in value:
                    if not isinstance(name, str) or not is_text(name):
                        found = f"found the name {shown(name)}, expected text that can be written as UTF-8"
                        yield finding(path, "spec.json", found, "rename it")
                        return
                rest += [((*path, name), value[name]) for name in reversed(value)]
            case list():
                rest += [((*path, index), value[index]) for index in reversed(range(len(value)))]
            case float() if not math.isfinite(value):
                yield finding(path, "spec.number", f"found {shown(value)}, which JSON has not", "leave it out")
            case int() if value.bit_length() > 64:
                yield finding(path, "spec.number", "found a number beyond 64 bits", "leave it out, or send it as text")
            case str() if not is_text(value):
                found = f"found {shown(value)}, half of a surrogate pair"
                yield finding(path, "spec.text", found, "send text that can be written as UTF-8")
            case int() | float() | str():
                pass
            case _:
                found = f"found {shown(value)}, which JSON has not"
                yield finding(path, "spec.json", found, "send a text, number, true, false, null, list or object")
                return


# -- judging -----------------------------------------------------------------------------------------------------------


@cache
def elsewhere(event: str) -> dict[str, str]:
    """The properties that an event may not carry though another of its family may, each with the first such event."""
    return {
        name: other.name
        for other in reversed(EVENTS.values())
        if other.family == EVENTS[event].family
        for name in model_for(other.name).model_fields
        if name not in model_for(event).model_fields
    }


def _size(message: dict[str, Any]) -> Iterator[Finding]:
    size = len(json.dumps(message))
    if size > LIMIT:
        found = f"found {size} bytes of ASCII JSON, expected at most {LIMIT}"
        yield finding((), "spec.size", found, "shorten what is longest: description, keywords, context")


def validate_message(message: object) -> list[Finding]:
    """All that is wrong with one message; an empty list if it is as the spec wants it. Never raises.

    Rules between fields are judged once each field of their object is right on its own, as are those of an event's
    properties once the event is known.
    """
    if not is_message(message):
        found, mend = instead(message) or (shown(message), ONE_A_LINE)
        return [finding((), "spec.object", f"found {found}, expected one message", mend)]
    findings = list(_unreadable(message))
    if any(found.rule == "spec.json" for found in findings):
        return findings
    if not findings:
        findings += _size(message)
    told = {found.field for found in findings if found.field}
    event, properties = message.get("event"), message.get("properties")
    judged = [*faults(Message, message, ()), *strangers(Message, message, ())]
    if isinstance(event, str) and event in EVENTS and isinstance(properties, dict):
        model = model_for(event)
        judged += faults(model, properties, ("properties",))
        judged += strangers(model, properties, ("properties",), elsewhere(event))
    return findings + [found for found in judged if found.field not in told]


def _validate_line(line: bytes) -> list[Finding]:
    try:
        message = json.loads(line.decode())
    except (ValueError, RecursionError) as error:
        # UnicodeDecodeError and JSONDecodeError are ValueErrors; so is a number of more digits than Python reads.
        return [finding((), "spec.json", f"not JSON in UTF-8: {error}", ONE_A_LINE)]
    return validate_message(message)


def validate_lines(lines: Iterable[bytes]) -> Iterator[Finding]:
    """The findings of a file of JSON lines, one message a line, with line numbers from 1. Never raises, whatever the
    bytes; empty lines are passed over."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            for found in _validate_line(line):
                yield evolve(found, line=number)
