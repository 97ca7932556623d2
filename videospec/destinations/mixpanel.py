"""Mixpanel: every event under its own name, with its properties."""

from typing import Final

from videospec.destinations.destination import EVERY, Destination, Key, Live, Position, Quirk, Setting, Use
from videospec.destinations.limits import Depth, Items, MostProperties, ReservedNames, Size, TextLength, Values
from videospec.destinations.overrides import Rename

_IMPORT: Final = "MIXPANEL reference/import-events.mdx"
_TYPES: Final = "MIXPANEL data-structure/property-reference/data-type.mdx"
_TRACK: Final = "ACT mixpanel/trackEvent/functions.ts"

destination: Final = Destination(
    name="Mixpanel",
    also=("Mixpanel (Legacy)",),
    about="Product analytics: every event as it is, under its own name.",
    checked="2026-11-22",
    reach=("device-web", "device-ios", "device-android", "cloud-web", "cloud-mobile", "server"),
    keys=(
        Key("Mixpanel (Actions)", on=("cloud",), by="CAT; ACT mixpanel/index.ts"),
        Key("Mixpanel", by="CAT; AJS mixpanel"),
    ),
    uses=(Use(EVERY, "an event of the same name with the same properties", by="ACT mixpanel/index.ts; DOC mixpanel"),),
    settings=(
        Setting("projectToken", "the project", by="CAT"),
        Setting("apiSecret", "its secret", by="CAT"),
        Setting("apiRegion", "where it stands", by="CAT"),
    ),
    live=(Live("as-is", "position is a property like any other", by="ACT mixpanel/index.ts"),),
    position=(Position("as-is", "position is a property like any other", by="ACT mixpanel/index.ts"),),
    quirks=(
        Quirk(
            "MP1",
            "In the classic edition a property named length makes the event fail in silence. Adobe on the web wants "
            "one of that name.",
            "sender",
            "Send length to Adobe alone.",
            events="Video Content Started",
            by="DOC mixpanel:211",
        ),
        Quirk(
            "MP2",
            "ad_asset_id, ad_pod_id and ad_type are lists on Started and texts elsewhere: one property of two types.",
            "sender",
            "Send lists under names of their own.",
            events="Video Playback Started",
            by="SPEC 33-35; MIXPANEL",
        ),
    ),
    limits=(
        MostProperties(
            254, outcome="event lost", then="an event must have fewer than 255 properties", by=f"{_IMPORT}:47"
        ),
        TextLength(255, "bytes", outcome="value cut", then="texts are cut", by=f"{_TYPES}:12; {_IMPORT}:208"),
        Items(254, ("array",), outcome="event lost", then="a list must have fewer than 255 items", by=f"{_IMPORT}:49"),
        Items(
            254, ("object",), outcome="event lost", then="an object must have fewer than 255 keys", by=f"{_IMPORT}:48"
        ),
        Depth(3, outcome="event lost", then="objects are nested at most 3 deep", by=f"{_IMPORT}:48"),
        Size(1_000_000, outcome="event lost", then="an event must have less than 1 MB", by=f"{_IMPORT}:46"),
        ReservedNames(
            "property",
            ("length",),
            quirks="MP1",
            outcome="event lost",
            then="the classic edition's call fails in silence",
            by="DOC mixpanel:211",
        ),
        ReservedNames(
            "property", ("bucket",), outcome="property lost", then="Mixpanel does not show it", by="DOC mixpanel:211"
        ),
        ReservedNames(
            "property",
            ("time", "id", "$anon_id", "distinct_id", "$group_id", "$insert_id", "$user_id"),
            outcome="property lost",
            then="Segment drops the property",
            by=_TRACK,
        ),
        Values(
            ("mixed types",),
            quirks="MP2",
            outcome="value changed",
            then="one property has two types, and reports see them apart",
            by="SPEC 33-35; MIXPANEL",
        ),
    ),
    overrides=tuple(
        Rename(name, f"{name}s", events="Video Playback Started", mends="MP2")
        for name in ("ad_asset_id", "ad_pod_id", "ad_type")
    ),
)
