"""HubSpot: custom behavioural events, which must be defined there first."""

from typing import Final

from videospec.destinations.destination import (
    EVERY,
    Destination,
    Key,
    Live,
    Names,
    Position,
    Quirk,
    Setting,
    Unreached,
    Use,
)
from videospec.destinations.limits import MostProperties, NameLength, NamePattern, TextLength, Values

_CLEAN: Final = "ACT hubspot/customEvent/functions/validation-functions.ts:43-105"
_BEHAVIOR: Final = "ACT hubspot/sendCustomBehavioralEvent/index.ts:116-128"

destination: Final = Destination(
    name="HubSpot",
    also=("HubSpot Cloud Mode",),
    about="Marketing and sales: events that a person's record shows. Not made for telemetry.",
    checked="2026-11-22",
    reach=("device-web", "cloud-web", "cloud-mobile", "server"),
    keys=(
        Key("HubSpot Cloud Mode (Actions)", on=("cloud",), by="CAT; ACT hubspot/index.ts"),
        Key("HubSpot", by="CAT"),
    ),
    unreached=(Unreached(("device-ios", "device-android"), "Segment has no HubSpot integration for apps.", by="CAT"),),
    uses=(
        Use(
            EVERY,
            "a custom event, if a mapping sends it and a contact is known",
            on=("cloud",),
            by=f"{_BEHAVIOR}; {_CLEAN}; DOC hubspot",
        ),
        Use(EVERY, "a legacy event of the same name, with an Enterprise account", on=("web",), by="DOC hubspot:82-92"),
    ),
    spellings=(
        Names("lower", "an event of its own name", on=("cloud",), by=_CLEAN),
        Names("exact", "an event of its own name", on=("web",), by="DOC hubspot:82-92"),
    ),
    settings=(Setting("portalId", "the hub", by="CAT"),),
    live=(Live("as-is", "position is a property like any other", by=_CLEAN),),
    position=(Position("as-is", "position is a property like any other", by=_CLEAN),),
    quirks=(
        Quirk(
            "HS1",
            "Behavioral events must exist in HubSpot under pe<hub>_<name> before one is sent, and need an email, a "
            "cookie or an object id.",
            "nobody",
            "Define them there.",
            events=EVERY,
            on=("cloud",),
            by=_BEHAVIOR,
        ),
        Quirk(
            "HS2",
            "Every value that Number() takes becomes a number: the id 0129370 becomes 129370, null and an empty list "
            "0.",
            "sender",
            "Send ids with a letter in them, and no nulls or lists.",
            events=EVERY,
            on=("cloud",),
            by=f"{_CLEAN}; RUN",
        ),
        Quirk(
            "HS3",
            "Names are rewritten: all lower case, and _ for what is no letter, digit or _.",
            "sender",
            "Expect video_playback_started, and droppedframes.",
            events=EVERY,
            on=("cloud",),
            by=_CLEAN,
        ),
    ),
    limits=(
        MostProperties(
            50,
            outcome="event lost",
            then="a behavioural event has at most 50 properties",
            by="DOC actions-hubspot-cloud:115",
        ),
        NameLength("property", 50, outcome="event lost", then="the request fails", by="HUBSPOT"),
        TextLength(50, outcome="event lost", then="the request fails; url and referrer may have 200", by="HUBSPOT"),
        NamePattern(
            "event",
            "[a-z0-9_-]+",
            quirks="HS3",
            outcome="name changed",
            then="the name is put in lower case, and _ for each other character",
            by=_CLEAN,
        ),
        NamePattern(
            "property",
            "[a-z0-9_]+",
            quirks="HS3",
            outcome="name changed",
            then="the name is put in lower case, and _ for each other character",
            by=_CLEAN,
        ),
        NamePattern(
            "property",
            "[A-Za-z].*",
            outcome="event lost",
            then="a property whose name begins with no letter is refused, and the event with it",
            by=_CLEAN,
        ),
        Values(
            ("null", "array", "numeric text"),
            quirks="HS2",
            outcome="value changed",
            then="Number() makes numbers of them: 0129370 is 129370, null 0",
            by=f"{_CLEAN}; RUN",
        ),
        Values(("object",), outcome="value changed", then="objects are made JSON texts", by=_CLEAN),
    ),
)
