"""Recombee: recommendations by how much of each item a user has watched."""

from collections.abc import Iterator
from typing import Final

from videospec.destinations.destination import (
    Destination,
    Heartbeat,
    Ignored,
    Key,
    Live,
    Names,
    Need,
    Position,
    Quirk,
    Setting,
    Unreached,
    Use,
    others,
)
from videospec.destinations.limits import NotAbove, NotZero, Required
from videospec.destinations.overrides import Amend, Copy, Drop, Rename, When
from videospec.destinations.signs import Sign
from videospec.destinations.viewing import Draft, Viewing, as_number

_FROM: Final = ("Video Content Playing", "Video Playback Paused")
_ENDS: Final = ("Video Playback Started", "Video Playback Completed")
_TIME: Final = "ACT recombee/setViewPortionFromWatchTime/index.ts"
_IDS: Final = "ACT recombee/commonFields.ts:120-128"

_LEFT: Final = ("Video Playback Paused", "Video Playback Exited")


def _amend(draft: Draft, viewing: Viewing) -> Iterator[Draft]:
    """Paused, and the Paused that an Exited becomes, tell where the content is."""
    if draft.event in _LEFT and viewing.content and (at := as_number(draft.find("position"))) is not None:
        position = viewing.content_position(draft.event, draft.properties)
        if position != at:
            draft.put("position", position)
    yield draft


destination: Final = Destination(
    name="Recombee",
    also=("Recombee (Actions)", "Recombee AI"),
    about="Recommendations by Recombee, from the portion of each item that a user has watched.",
    checked="2026-11-22",
    reach=("cloud-web", "server"),
    keys=(Key("Recombee", by="CAT; ACT recombee/index.ts"),),
    unreached=(
        Unreached(
            ("cloud-mobile", "device-ios", "device-android"), "The catalogue has no mobile mode for it.", by="CAT"
        ),
        Unreached(("device-web",), "The destination works in Segment's servers only.", by="CAT"),
    ),
    uses=(
        Use("Video Playback Started", "Set View Portion with portion 0", by="ACT recombee/index.ts:151-160"),
        Use(
            "Video Content Playing",
            "Set View Portion: position divided by total_length",
            by="ACT recombee/index.ts:161-169",
        ),
        Use(
            "Video Playback Paused",
            "Set View Portion: position divided by total_length",
            by="ACT recombee/index.ts:170-178",
        ),
        Use("Video Playback Completed", "Set View Portion with portion 1", by="ACT recombee/index.ts:179-188"),
    ),
    ignores=(Ignored(others(*_ENDS, *_FROM), "nothing", by="ACT recombee/index.ts:151-192"),),
    spellings=(
        Names(
            "exact",
            "nothing, unless a mapping of your own names it",
            by="ACT recombee/index.ts:151-188; ACT packages/destination-subscriptions/src/validate.ts",
        ),
    ),
    needs=(
        Need(
            "content_asset_id",
            "string",
            "Video Content Playing",
            "the item; without it every heartbeat is rejected, see R1",
            without="lost",
            by=_IDS,
        ),
        Need(
            "content_asset_id",
            "string",
            ("Video Playback Paused", "Video Playback Completed"),
            "the item",
            without="lost",
            by=f"{_IDS}; ACT recombee/index.ts:170-178",
        ),
        Need(
            "content_asset_ids",
            "array",
            "Video Playback Started",
            "the item is the first of it, unless content_asset_id is there",
            without="lost",
            by=_IDS,
        ),
        Need("position", "integer", _FROM, "time watched", without="lost", by=_TIME),
        Need("total_length", "integer", _FROM, "length of the item, in the same unit", without="lost", by=_TIME),
        Need(
            "session",
            "string",
            (*_ENDS, *_FROM),
            "id of the session; session_id is not read, see R2",
            without="poorer",
            own=True,
            by=_TIME,
        ),
        Need(
            "recomm_id",
            "string",
            (*_ENDS, *_FROM),
            "the recommendation that led to it",
            without="poorer",
            own=True,
            by="ACT recombee/commonFields.ts",
        ),
    ),
    settings=(
        Setting("databaseId", "the database at Recombee", by="ACT recombee/index.ts"),
        Setting("privateToken", "its private token", by="ACT recombee/index.ts"),
        Setting("databaseRegion", "where it stands", by="ACT recombee/index.ts"),
    ),
    heartbeats=(Heartbeat(10, "each heartbeat sets the portion anew; no rate is asked for", by=_TIME),),
    live=(
        Live(
            "drop",
            "a null length is rejected, and a negative offset becomes a negative portion; see R3 and R4",
            by=_TIME,
        ),
    ),
    position=(Position("content", "position is divided by total_length; both must be the content's", by=_TIME),),
    quirks=(
        Quirk(
            "R1",
            "The item is read from content_asset_id, which by the Video Spec content events have not: every heartbeat "
            "is rejected. The documentation says it is always present.",
            "sender",
            "Copy asset_id onto Video Content Playing as content_asset_id.",
            events="Video Content Playing",
            by=f"{_IDS}; DOC actions-recombee",
        ),
        Quirk(
            "R2",
            "The session is read from session; session_id is not read.",
            "sender",
            "Copy session_id as session.",
            events=(*_ENDS, *_FROM),
            shown=Sign("session", absent=True),
            without="poorer",
            by=_TIME,
        ),
        Quirk(
            "R3",
            "A null total_length, as in livestreams, is rejected.",
            "sender",
            "Send no position of livestreams to it.",
            events=_FROM,
            by=_TIME,
        ),
        Quirk(
            "R4",
            "A negative position passes, although the field says from 0: a minimum of 0 is not enforced.",
            "sender",
            "Send no negative positions to it.",
            events=_FROM,
            shown=Sign("position", below=0),
            by="ACT packages/core/src/destination-kit/fields-to-jsonschema.ts:321-325",
        ),
        Quirk(
            "R5",
            "Paused counts position and length with ads in them, Playing without.",
            "sender",
            "Send the content's position and length on Paused.",
            events="Video Playback Paused",
            shown=Sign("total_length", off="content_length"),
            by=f"{_TIME}; SPEC 36,544",
        ),
        Quirk(
            "R6",
            "Completed without an item (the Video Spec's own example has a null) is rejected.",
            "sender",
            "Send content_asset_id on Video Playback Completed.",
            events="Video Playback Completed",
            by=f"{_IDS}; SPEC",
        ),
        Quirk(
            "R7",
            "Video Playback Exited is not mapped: the portion stays that of the last heartbeat.",
            "sender",
            "Send Video Playback Paused before it, or nothing: a heartbeat is 10 s old at most.",
            events="Video Playback Exited",
            shown=(),
            by="ACT recombee/index.ts:151-192",
        ),
    ),
    limits=(
        Required(
            ("content_asset_id", "content_asset_ids"),
            "string",
            ("Video Playback Started", "Video Content Playing", "Video Playback Completed"),
            quirks=("R1", "R6"),
            outcome="event lost",
            then="the item is missing, and the event is rejected",
            by=_IDS,
        ),
        Required(
            ("content_asset_id",),
            "string",
            ("Video Playback Paused",),
            quirks="R6",
            outcome="event lost",
            then="the item is missing, and the event is rejected",
            by="ACT recombee/index.ts:170-178",
        ),
        Required(
            ("position",),
            "number",
            _FROM,
            outcome="event lost",
            then="the time watched is missing, and the event is rejected",
            by=_TIME,
        ),
        Required(
            ("total_length",),
            "number",
            _FROM,
            quirks="R3",
            outcome="event lost",
            then="the length is missing, and the event is rejected",
            by=_TIME,
        ),
        NotZero("total_length", _FROM, outcome="event lost", then="a length of 0 is rejected", by=f"{_TIME}:60-63"),
        NotAbove(
            "position",
            "total_length",
            _FROM,
            outcome="event lost",
            then="more watched than there is: the event is rejected",
            by=f"{_TIME}:64-69",
        ),
    ),
    overrides=(
        Drop(events=(*_FROM, *_LEFT), when=When("livestream", (True,), where="content"), mends=("R3", "R4")),
        Rename(event="Video Playback Paused", events="Video Playback Exited", mends="R7"),
        Copy("asset_id", "content_asset_id", events="Video Content Playing", mends="R1"),
        Copy("asset_id", "content_asset_id", where="content", events=(*_LEFT, "Video Playback Completed"), mends="R6"),
        Copy("total_length", where="content", over=True, events="Video Playback Paused", mends="R5"),
        Copy("session_id", "session", events=(*_ENDS, *_FROM), mends="R2"),
    ),
    amend=Amend(_amend, {"R5": "position on Video Playback Paused is the content's"}),
)
