"""What all of Segment's warehouses have in common: a table an event, a column a property."""

from typing import Final

from videospec.destinations.destination import EVERY, Limit, Live, Names, Position, Quirk, Unreached, Use
from videospec.destinations.limits import NamePattern, ReservedNames, SameColumn, TextLength, Values
from videospec.destinations.places import Reach
from videospec.destinations.signs import Sign

_SCHEMA: Final = "DOC storage/warehouses/schema.md"
_RESERVED: Final = (
    "anonymous_id",
    "context",
    "event",
    "event_text",
    "id",
    "original_timestamp",
    "received_at",
    "sent_at",
    "timestamp",
    "user_id",
)

REACH: Final[tuple[Reach, ...]] = ("cloud-web", "cloud-mobile", "server")
UNREACHED: Final = (
    Unreached(
        ("device-web", "device-ios", "device-android"),
        "A warehouse takes what Segment's servers received, whichever way it came.",
        by=_SCHEMA,
    ),
)
USES: Final = (
    Use(EVERY, "a row in a table of its name in snake case, such as video_playback_started", by=f"{_SCHEMA}:7-32"),
)

SPELLINGS: Final = (Names("column", "a row in a table of its own name", by=f"{_SCHEMA}:7-32"),)
LIVE: Final = (Live("as-is", "position is a column like any other; a null makes none", by=_SCHEMA),)
POSITION: Final = (Position("as-is", "position is a column like any other", by=_SCHEMA),)


def quirks(letters: str) -> tuple[Quirk, ...]:
    """The quirks of a warehouse, with ids that begin with its letters."""
    return (
        Quirk(
            f"{letters}1",
            "Nothing in integrations keeps a message out: a targeted copy with All: false lands here too, beside the "
            "original.",
            "sender",
            "Mark copies (context.videospec.copy_for), and leave them out of queries.",
            events=EVERY,
            shown=Sign("context.videospec.copy_for", of="message"),
            by="DOC guides/filtering-data.md:39; DOC storage/warehouses/faq.md:195",
        ),
        Quirk(
            f"{letters}2",
            "content.asset_id of an ad and content_asset_id fold to one column, as do all of content's properties.",
            "sender",
            "Send no content_asset_id on ad events, or content without ids.",
            events=("Video Ad Started", "Video Ad Playing", "Video Ad Completed"),
            by=f"{_SCHEMA}:20-32; COMPUTED",
        ),
        Quirk(
            f"{letters}3",
            "ad_asset_id, ad_pod_id and ad_type of Started are lists, stored as JSON texts in columns that elsewhere "
            "hold a name.",
            "sender",
            "Query them by event: each event has a table of its own.",
            events="Video Playback Started",
            by=f"{_SCHEMA}:20-26; SPEC 33-35",
        ),
    )


def limits(letters: str) -> tuple[Limit, ...]:
    """The limits of a warehouse, whose quirks have ids that begin with its letters."""
    return (
        ReservedNames(
            "column",
            _RESERVED,
            outcome="property lost",
            then="Segment drops a property of this name",
            by=f"{_SCHEMA}:236-266,350",
        ),
        NamePattern(
            "column",
            "[a-z][a-z0-9_]*",
            outcome="name changed",
            then="the column's name is in snake case: startupTime becomes startup_time",
            by=f"{_SCHEMA}:7",
        ),
        SameColumn(
            quirks=f"{letters}2",
            outcome="value changed",
            then="two properties fold to one column: content.asset_id and content_asset_id",
            by=f"{_SCHEMA}:7-32; COMPUTED",
        ),
        Values(
            ("array",),
            quirks=f"{letters}3",
            outcome="value changed",
            then="lists are stored as JSON texts",
            by=f"{_SCHEMA}:20-26",
        ),
        Values(
            ("object",),
            outcome="name changed",
            then="an object becomes a column for each of its properties: content.title is content_title",
            by=f"{_SCHEMA}:20-32",
        ),
        Values(("null",), outcome="property lost", then="a null makes no column", by=f"{_SCHEMA}:15"),
        Values(
            ("mixed types",),
            outcome="value changed",
            then="the first value decides the column's type",
            by=f"{_SCHEMA}:404-412",
        ),
        TextLength(512, outcome="value cut", then="texts are cut at 512 characters", by=f"{_SCHEMA}:414-416"),
    )
