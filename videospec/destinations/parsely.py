"""Parse.ly: how long videos are watched, by its own code in the page."""

from typing import Final

from videospec.destinations.destination import (
    Destination,
    Ignored,
    Key,
    Live,
    Names,
    Need,
    Option,
    Order,
    Position,
    Quirk,
    Setting,
    Unreached,
    Use,
    others,
)
from videospec.destinations.parsely_overrides import AMEND, OVERRIDES

_HEARD: Final = ("Video Content Started", "Video Playback Paused", "Video Playback Interrupted")
_META: Final = ("Video Content Started", "Video Playback Paused")

destination: Final = Destination(
    name="Parsely",
    also=("Parse.ly",),
    about="Engaged time with videos and posts by Parse.ly.",
    checked="2026-11-22",
    reach=("device-web",),
    simulated=True,
    keys=(Key("Parsely", by="CAT; AJS parsely"),),
    unreached=(
        Unreached(
            ("server", "cloud-web", "cloud-mobile"),
            "Documentation and catalogue disagree: the documentation tells how to send from a server, the catalogue "
            "has "
            "no cloud mode. The catalogue rules here.",
            by="CAT; DOC parsely:56,181,208,246",
        ),
        Unreached(("device-ios", "device-android"), "Segment has no Parse.ly integration for apps.", by="CAT"),
    ),
    uses=(
        Use("Video Content Started", "trackPlay with the metadata", by="AJS parsely:125-137"),
        Use("Video Playback Paused", "trackPause with its metadata laid over the last", by="AJS parsely:139-151; RUN"),
        Use("Video Playback Interrupted", "forgets the video: reset", by="AJS parsely:153-160"),
    ),
    ignores=(
        Ignored(
            others(*_HEARD),
            "a beacon under its own name, if the setting trackEvents is on",
            by="AJS parsely:101-113,162-172",
        ),
    ),
    spellings=(Names("words", "a beacon under its own name, if the setting trackEvents is on", by="RUN"),),
    needs=(
        Need(
            "asset_id", "string", _HEARD, "id of the video; else it is undefined, see P1", by="AJS parsely:127,141,155"
        ),
        Need("title", "string", _META, "title", by="AJS parsely:183"),
        Need("airdate", "date", _META, "date of publishing, as milliseconds", without="poorer", by="AJS parsely:185"),
        Need("genre", "string", _META, "section", without="poorer", by="AJS parsely:187"),
        Need("publisher", "string", _META, "the only author", without="poorer", by="AJS parsely:176-178"),
        Need("keywords", "array", _META, "tags, see P2", without="poorer", by="AJS parsely:189"),
    ),
    options=(Option("imageUrl", "string", "a picture of the video", by="AJS parsely:186"),),
    settings=(
        Setting("apiKey", "the site at Parse.ly", by="CAT"),
        Setting(
            "trackEvents", "sends every track call as a beacon too, these three as well", by="AJS parsely:162-172; RUN"
        ),
    ),
    live=(Live("as-is", "position is not read", by="AJS parsely"),),
    position=(Position("unread", "Parse.ly measures time itself, from play to pause", by="AJS parsely"),),
    order=(
        Order(
            "Video Content Started",
            "after",
            ("Video Playback Resumed", "Video Ad Completed"),
            "else play does not go on; see P3",
            by="AJS parsely",
        ),
    ),
    quirks=(
        Quirk(
            "P1",
            "Paused and Interrupted read asset_id; by the Video Spec playback events have content_asset_id.",
            "sender",
            "Copy it onto them as asset_id.",
            events=("Video Playback Paused", "Video Playback Interrupted"),
            by="AJS parsely:139-160; SPEC",
        ),
        Quirk(
            "P2",
            "The documentation says that tags come from integrations.Parsely.tags; they come from keywords.",
            "sender",
            "Send keywords.",
            events=_META,
            by="DOC parsely:142,152; AJS parsely:189",
        ),
        Quirk(
            "P3",
            "Video Playback Resumed is not heard: play does not go on.",
            "sender",
            "Send Video Content Started after it, to Parsely alone.",
            events="Video Playback Resumed",
            by="AJS parsely",
        ),
        Quirk(
            "P4",
            "The last metadata is kept once for the page, not for each session.",
            "sender",
            "Send title and the rest on Video Playback Paused too. What the video has not stays another's.",
            events="Video Playback Paused",
            by="AJS parsely:123,139-151",
        ),
        Quirk(
            "P5",
            "Neither Video Playback Completed nor Exited ends the tracking of a video, nor does another content.",
            "sender",
            "Send Video Playback Interrupted after them, and before another content starts, to Parsely alone.",
            events=("Video Playback Completed", "Video Playback Exited"),
            by="AJS parsely",
        ),
        Quirk(
            "P6",
            "The documentation has a server mode, with Video Content Playing every 10 s and assetId; the catalogue has "
            "none.",
            "nobody",
            "The catalogue rules: it is what Segment's servers do.",
            by="DOC parsely:56,181,208,246; CAT",
        ),
        Quirk(
            "P7",
            "Ads are not heard: none is counted, and the time of one within a video is time of the video.",
            "nobody",
            "Parse.ly knows plays and pauses alone: a pause that is sent for an ad counts as one.",
            events=("Video Ad Started", "Video Ad Completed", "Video Ad Skipped"),
            by="AJS parsely:101-172; INFERRED",
        ),
        Quirk(
            "P8",
            "Stalls and seeks are not heard: their time is time of the video.",
            "nobody",
            "Parse.ly knows plays and pauses alone: a pause that is sent for a stall counts as one.",
            events=(
                "Video Playback Buffer Started",
                "Video Playback Buffer Completed",
                "Video Playback Seek Started",
                "Video Playback Seek Completed",
            ),
            by="AJS parsely:101-172; INFERRED",
        ),
    ),
    overrides=OVERRIDES,
    amend=AMEND,
)
