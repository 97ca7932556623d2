"""MailChimp: knows people, and no track calls."""

from typing import Final

from videospec.destinations.destination import EVERY, Destination, Ignored, Key, Quirk, Unreached

destination: Final = Destination(
    name="MailChimp",
    about="Mailing lists. Segment's destination takes people, and no events.",
    checked="2026-11-22",
    reach=(),
    keys=(Key("MailChimp", by="CAT"),),
    unreached=(
        Unreached(
            ("cloud-web", "cloud-mobile", "server"),
            "It is reached by identify calls; by the catalogue it takes no track calls.",
            by="CAT",
        ),
        Unreached(
            ("device-web", "device-ios", "device-android"), "The destination works in Segment's servers only.", by="CAT"
        ),
    ),
    ignores=(Ignored(EVERY, "nothing", by="CAT"),),
    quirks=(
        Quirk(
            "MC1",
            "Track calls are not supported at all.",
            "nobody",
            "Send what a viewer likes as traits of identify.",
            events=EVERY,
            by="CAT",
        ),
    ),
)
