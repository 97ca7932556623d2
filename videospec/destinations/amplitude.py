"""Amplitude: every event under its own name, with its properties."""

from typing import Final

from videospec.destinations.destination import EVERY, Destination, Key, Live, Option, Position, Quirk, Setting, Use
from videospec.destinations.limits import Depth, Size, TextAtLeast, TextLength
from videospec.destinations.signs import Sign

_API: Final = "AMPLITUDE http-v2-api.md"
_SCHEMA: Final = "ACT amplitude/event-schema.ts"

destination: Final = Destination(
    name="Amplitude",
    also=("Amplitude (Actions)",),
    about="Product analytics: every event as it is, under its own name.",
    checked="2026-11-22",
    reach=("device-web", "device-ios", "device-android", "cloud-web", "cloud-mobile", "server"),
    keys=(
        Key("Actions Amplitude", on=("cloud",), by=f"CAT; {_SCHEMA}"),
        Key("Amplitude", by="CAT; AJS amplitude"),
    ),
    uses=(
        Use(EVERY, "an event of the same name with the same properties", by="ACT amplitude/index.ts; DOC amplitude"),
    ),
    options=(
        Option(
            "session_id",
            "integer",
            "Amplitude's session: the epoch milliseconds of its start, under Actions Amplitude",
            on=("cloud",),
            by=f"{_SCHEMA}:40-47",
        ),
    ),
    settings=(
        Setting("apiKey", "the project", by="CAT"),
        Setting("secretKey", "its secret", by="CAT"),
        Setting("endpoint", "where it stands", by="CAT"),
    ),
    live=(Live("as-is", "position is a property like any other", by=_SCHEMA),),
    position=(Position("as-is", "position is a property like any other", by=_SCHEMA),),
    quirks=(
        Quirk(
            "AM1",
            "properties.session_id is not Amplitude's session: that comes from the option alone, and is a time.",
            "sender",
            "Send the option, or let Amplitude make sessions of its own.",
            events=EVERY,
            shown=(Sign("session_id"), Sign("integrations.Actions Amplitude.session_id", of="message", absent=True)),
            without="poorer",
            by=f"{_SCHEMA}:40-47",
        ),
        Quirk(
            "AM2",
            "A user or device id of fewer than 5 characters is refused.",
            "sender",
            "Send longer ids.",
            events=EVERY,
            by=_API,
        ),
    ),
    limits=(
        TextLength(1024, outcome="unknown", then="texts are documented to be shorter", by=_API),
        Depth(40, outcome="unknown", then="objects are documented to be flatter", by=_API),
        Depth(1, lists=True, outcome="property lost", then="lists of lists are not taken", by="DOC amplitude:705"),
        Size(1_000_000, outcome="event lost", then="Amplitude refuses a larger request", by=_API),
        TextAtLeast(
            ("userId", "anonymousId"),
            5,
            quirks="AM2",
            outcome="event lost",
            then="Amplitude refuses shorter ids",
            by=_API,
        ),
    ),
)
