"""Customer.io: every event under its own name, for campaigns."""

from typing import Final

from videospec.destinations.destination import EVERY, Destination, Key, Live, Position, Quirk, Setting, Unreached, Use
from videospec.destinations.limits import Values

destination: Final = Destination(
    name="Customer.io",
    also=("Customer.io (Actions)", "Customer.io Actions"),
    about="Messages to customers by what they did: every event as it is, under its own name.",
    checked="2026-11-22",
    reach=("device-web", "cloud-web", "cloud-mobile", "server"),
    keys=(
        Key("Actions Customerio", on=("cloud",), by="CAT; ACT customerio/index.ts"),
        Key("Customer.io", by="CAT"),
    ),
    unreached=(
        Unreached(("device-ios", "device-android"), "Segment has no Customer.io integration for apps.", by="CAT"),
    ),
    uses=(
        Use(
            EVERY,
            "an event of the same name with the same properties",
            by="ACT customerio/trackEvent; DOC customer-io:108-116",
        ),
    ),
    settings=(
        Setting("siteId", "the workspace", by="CAT"),
        Setting("apiKey", "its key", by="CAT"),
        Setting("accountRegion", "where it stands", by="CAT"),
    ),
    live=(Live("as-is", "position is a property like any other", by="ACT customerio/trackEvent"),),
    position=(Position("as-is", "position is a property like any other", by="ACT customerio/trackEvent"),),
    quirks=(
        Quirk(
            "CIO1",
            "Texts that are ISO dates, such as airdate, become Unix seconds, unless convert_timestamp is off in the "
            "mapping.",
            "sender",
            "Expect a number, or turn it off.",
            events=("Video Content Started", "Video Content Playing", "Video Content Completed"),
            on=("cloud",),
            by="ACT customerio/utils.ts:60-88",
        ),
    ),
    limits=(
        Values(
            ("date text",),
            quirks="CIO1",
            outcome="value changed",
            then="ISO dates become Unix seconds",
            on=("cloud",),
            by="ACT customerio/utils.ts:60-88",
        ),
    ),
)
