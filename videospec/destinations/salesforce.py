"""Salesforce: takes only what is addressed to it, and is not made for telemetry."""

from typing import Final

from videospec.destinations.destination import EVERY, Destination, Key, Live, Position, Quirk, Setting, Unreached, Use
from videospec.destinations.signs import Sign

destination: Final = Destination(
    name="Salesforce",
    also=("Salesforce (Actions)",),
    about="Customer records. Its limits on calls leave no room for heartbeats.",
    checked="2026-11-22",
    reach=("cloud-web", "cloud-mobile", "server"),
    keys=(Key("Salesforce", by="DOC salesforce:94; FAC"), Key("Salesforce (Actions)", by="CAT")),
    unreached=(
        Unreached(
            ("device-web", "device-ios", "device-android"), "The destination works in Segment's servers only.", by="CAT"
        ),
    ),
    uses=(
        Use(
            EVERY,
            "what a mapping makes of it, if the message names Salesforce",
            by="DOC salesforce:94; ACT salesforce/index.ts",
        ),
    ),
    settings=(
        Setting("username", "who writes the records", by="CAT"),
        Setting("isSandbox", "whether it is a sandbox", by="CAT"),
    ),
    live=(Live("as-is", "position is a property like any other", by="ACT salesforce/index.ts"),),
    position=(Position("as-is", "position is a property like any other", by="ACT salesforce/index.ts"),),
    quirks=(
        Quirk(
            "SF1",
            "The classic edition takes only events with integrations: {Salesforce: true}.",
            "sender",
            "Say so on the few events that it should have.",
            events=EVERY,
            shown=Sign("integrations.Salesforce", of="message", absent=True),
            without="lost",
            by="DOC salesforce:94",
        ),
        Quirk(
            "SF2",
            "Salesforce limits the calls of an account: heartbeats use them up.",
            "sender",
            "Send it Video Playback Started and Completed at most.",
            events=("Video Content Playing", "Video Ad Playing"),
            shown=(),
            by="DOC salesforce:94",
        ),
    ),
)
