"""IBM UBX (Universal Behavior Exchange): hidden in the catalogue, documented last in 2018."""

from typing import Final

from videospec.destinations.destination import (
    Destination,
    Ignored,
    Key,
    Live,
    Names,
    Need,
    Option,
    Position,
    Quirk,
    Unreached,
    Use,
    others,
)
from videospec.destinations.limits import Values
from videospec.destinations.signs import Sign

_HEARD: Final = (
    "Video Playback Started",
    "Video Playback Paused",
    "Video Playback Resumed",
    "Video Content Completed",
)

destination: Final = Destination(
    name="IBM UBX",
    also=("IbmUbx",),
    about="An exchange of customer events between IBM's marketing tools.",
    checked="2026-11-22",
    reach=("cloud-web", "cloud-mobile", "server"),
    keys=(
        Key("IBM UBX", "switch", by="CAT"),
        Key("ibm-ubx", "options", by="DOC ibm-ubx"),
    ),
    unreached=(
        Unreached(
            ("device-web", "device-ios", "device-android"), "The destination works in Segment's servers only.", by="CAT"
        ),
    ),
    uses=(
        Use("Video Playback Started", "ibmelementVideoLaunched", by="DOC ibm-ubx"),
        Use("Video Playback Paused", "ibmelementVideoPaused", by="DOC ibm-ubx"),
        Use("Video Playback Resumed", "ibmelementVideoPlayed", by="DOC ibm-ubx"),
        Use("Video Content Completed", "ibmelementVideoCompleted", by="DOC ibm-ubx"),
    ),
    ignores=(Ignored(others(*_HEARD), "sent under its own name", by="DOC ibm-ubx"),),
    spellings=(Names("unread", "sent under its own name", by="DOC ibm-ubx"),),
    needs=(
        Need("position", "integer", _HEARD, "videoTimestamp", by="DOC ibm-ubx"),
        Need("total_length", "integer", _HEARD, "videoTotalLength", by="DOC ibm-ubx"),
    ),
    options=(
        Option("channel", "string", "the channel; else mobile for apps and web for all else", by="DOC ibm-ubx:361,392"),
        Option("subChannel", "string", "a part of the channel", by="DOC ibm-ubx:365"),
        Option("contactConsent", "string", "channel,subscriptionOption for email or sms", by="DOC ibm-ubx:369,395"),
    ),
    live=(Live("undefined", "the documentation does not say", by="DOC ibm-ubx"),),
    position=(Position("as-is", "passed on as it is sent", by="DOC ibm-ubx"),),
    quirks=(
        Quirk(
            "UBX1",
            "The documentation's options stand under ibm-ubx, while the catalogue's name is IBM UBX.",
            "sender",
            "Send true or false under IBM UBX, and options under ibm-ubx.",
            shown=Sign("integrations.IBM UBX", shapes=("object",), of="message"),
            by="DOC ibm-ubx:361-383; CAT",
        ),
        Quirk(
            "UBX2",
            "A receiver gets only events to which it has subscribed in UBX.",
            "nobody",
            "Subscribe it there.",
            by="DOC ibm-ubx:57",
        ),
    ),
    limits=(
        Values(
            ("array",),
            outcome="property lost",
            then="lists are dropped: of the types only string, number, boolean and date are known",
            by="DOC ibm-ubx:286",
        ),
        Values(
            ("object",),
            outcome="value changed",
            then="objects are made texts, or [object Object]",
            by="DOC ibm-ubx:286",
        ),
    ),
)
