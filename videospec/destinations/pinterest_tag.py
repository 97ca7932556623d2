"""Pinterest Tag: one video event means something, and every other one is passed on under its own name."""

from typing import Final

from videospec.destinations.destination import (
    Destination,
    Ignored,
    Key,
    Live,
    Names,
    Position,
    Quirk,
    Setting,
    Unreached,
    Use,
    others,
)
from videospec.destinations.overrides import Drop

destination: Final = Destination(
    name="Pinterest Tag",
    also=("Pinterest",),
    about="Conversions for Pinterest's ads: whoever starts a video has watched one.",
    checked="2026-11-22",
    reach=("device-web",),
    keys=(Key("Pinterest Tag", by="CAT; AJS pinterest-tag"),),
    unreached=(
        Unreached(
            ("server", "cloud-web", "cloud-mobile"),
            "The tag must run in the page. The destination for servers, Pinterest Conversions API, listens to Product "
            "Video Watched unless it is mapped otherwise.",
            by="CAT; ACT pinterest-conversions/index.ts:219-228",
        ),
    ),
    uses=(Use("Video Playback Started", "the event WatchVideo", by="AJS pinterest-tag:90-128"),),
    ignores=(
        Ignored(
            others("Video Playback Started"),
            "sent to Pinterest under its own name: each heartbeat is an event there",
            by="AJS pinterest-tag:90-100",
        ),
    ),
    spellings=(Names("words", "sent to Pinterest under its own name", by="AJS pinterest-tag:103-128; INFERRED"),),
    settings=(
        Setting("pinterestEventMapping", "other events by name", by="AJS pinterest-tag:103-108"),
        Setting(
            "pinterestCustomProperties",
            "properties that are passed on; of the Video Spec's none are by default",
            by="AJS pinterest-tag",
        ),
        Setting("mapMessageIdToEventId", "sends messageId as event_id, against counting twice", by="AJS pinterest-tag"),
    ),
    live=(Live("as-is", "position is not read", by="AJS pinterest-tag"),),
    position=(Position("unread", "no position is sent", by="AJS pinterest-tag"),),
    quirks=(
        Quirk(
            "PT1",
            "Every event but Started becomes a partner event of its own name, every heartbeat too.",
            "sender",
            "Send integrations: {Pinterest Tag: false} on all but Video Playback Started.",
            events=others("Video Playback Started"),
            shown=(),
            by="AJS pinterest-tag:90-128",
        ),
        Quirk(
            "PT2",
            "Only search_query, order_id, coupon, value, currency and products are passed on, and falsy values are "
            "not.",
            "nobody",
            "Name the properties wanted in pinterestCustomProperties.",
            events="Video Playback Started",
            by="AJS pinterest-tag:130-160",
        ),
    ),
    overrides=(Drop(events=others("Video Playback Started"), mends="PT1"),),
)
