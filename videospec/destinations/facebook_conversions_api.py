"""Facebook (Meta) Conversions API: a video event is a custom event, if a mapping makes it one."""

from typing import Final

from videospec.destinations.destination import EVERY, Destination, Key, Live, Position, Quirk, Setting, Unreached, Use

_FIELDS: Final = "ACT facebook-conversions-api/shared/fields.ts:589-600"

destination: Final = Destination(
    name="Facebook Conversions API",
    also=("Meta Conversions API", "Meta CAPI", "Facebook CAPI"),
    about="Conversions for Meta's ads. It has no standard event for video.",
    checked="2026-11-22",
    reach=("cloud-web", "server"),
    keys=(Key("Facebook Conversions API (Actions)", by="CAT; ACT facebook-conversions-api/index.ts"),),
    unreached=(
        Unreached(
            ("cloud-mobile", "device-ios", "device-android"), "The catalogue has no mobile mode for it.", by="CAT"
        ),
        Unreached(("device-web",), "In the page it is another destination, Facebook Pixel.", by="CAT"),
    ),
    uses=(Use(EVERY, "a custom event, if a mapping sends it", by=f"{_FIELDS}; ACT facebook-conversions-api/index.ts"),),
    settings=(
        Setting("pixelId", "the pixel", by="CAT"),
        Setting("testEventCode", "marks test events", by="CAT"),
    ),
    live=(Live("as-is", "position is custom data like any other", by=_FIELDS),),
    position=(Position("as-is", "position is custom data like any other", by=_FIELDS),),
    quirks=(
        Quirk(
            "FB1",
            "A custom event needs action_source, event_time and data of the user, which the mapping must name.",
            "nobody",
            "Name them in the mapping.",
            events=EVERY,
            by=_FIELDS,
        ),
        Quirk(
            "FB2",
            "No preset listens to video events: without a mapping nothing arrives.",
            "nobody",
            "Add the mapping in Segment, for Started and Completed at most.",
            events=EVERY,
            by="ACT facebook-conversions-api/index.ts",
        ),
    ),
)
