"""The quirks of Nielsen DCR."""

from typing import Final

from videospec.destinations.destination import Quirk
from videospec.destinations.places import APPS
from videospec.destinations.signs import Sign

CODE: Final = "iOS-DCR; AND-DCR; SW-DCR; KT-DCR"
ON: Final = ("Video Playback Resumed", "Video Playback Seek Completed", "Video Playback Buffer Completed")
OFF: Final = (
    "Video Playback Paused",
    "Video Playback Seek Started",
    "Video Playback Buffer Started",
    "Video Playback Interrupted",
    "Video Playback Exited",
)

RESTARTS: Final = ON[1:]
BEATS: Final = ("Video Content Playing", "Video Ad Playing")

QUIRKS: Final = (
    Quirk(
        "N1",
        "The web drops everything unless the load type is dynamic. It looks for it on content events, where the "
        "Video "
        "Spec has none. Apps send linear instead.",
        "sender",
        "Send load_type: dynamic on content events, and inside content on Video Ad Started, Resumed, Seek and "
        "Buffer "
        "Completed; or the option on every event.",
        events=("Video Content Started", "Video Ad Started", *ON),
        by="AJS nielsen-dcr:173-180,351,532-541; SPEC 719; RUN",
    ),
    Quirk(
        "N2",
        "The option is ad_load_type on the web and adLoadType in apps; the documentation lists both.",
        "sender",
        "Send adLoadType under nielsen-dcr, which all but Swift read, and under Nielsen DCR for Swift.",
        by="DOC nielsen-dcr; AJS nielsen-dcr; RUN",
    ),
    Quirk(
        "N3",
        "The code that would load an ad's metadata again after a pause in it is never reached, and would look for "
        "load_type at propertiesload_type, without a dot.",
        "nobody",
        "The fault is in Segment's code; the playhead goes on all the same.",
        events=ON,
        on=("web",),
        by="AJS nielsen-dcr:244,453-466",
    ),
    Quirk(
        "N4",
        "Resumed, Seek Completed and Buffer Completed with another content_asset_id than before read the metadata "
        "from content. Without content, or its load type, the playhead stops for good and nothing tells.",
        "sender",
        "Send content, with load_type, on these events.",
        events=ON,
        on=("web",),
        by="AJS nielsen-dcr:440-475; RUN",
    ),
    Quirk(
        "N5",
        "airdate: the web writes hours in twelves (21:05 becomes 09:05, a mere day 12:00:00). Android takes three "
        "forms only. Swift crashes on one that it cannot read.",
        "sender",
        "Send airdate as YYYY-MM-DD, or to apps as YYYY-MM-DDTHH:MM:SSZ.",
        events="Video Content Started",
        by="AJS nielsen-dcr:518; AND-DCR; SW-DCR 216-237; RUN",
    ),
    Quirk(
        "N6",
        "hasAds must be true, not the text true, on the web, iOS and Swift; the documentation shows the text.",
        "sender",
        "Send a boolean: Android and Kotlin take both.",
        by="AJS nielsen-dcr:205; iOS-DCR; SW-DCR; DOC nielsen-dcr:168,184",
    ),
    Quirk(
        "N7",
        "In apps a heartbeat does not put the playhead right while the timer runs, though the documentation says so.",
        "nobody",
        "Only a pause and a resume start it anew.",
        events=BEATS,
        on=APPS,
        by="iOS-DCR 311-321; AND-DCR 141-144; KT-DCR 313-316",
    ),
    Quirk(
        "N8",
        "The position of playback events, ads seen included, becomes the playhead of the content.",
        "sender",
        "Send the position within the asset that plays.",
        events=(*OFF, *ON),
        by="SPEC 36; AJS nielsen-dcr:424-429,449,474",
    ),
    Quirk(
        "N9",
        "Apps load the content's metadata from Video Playback Started, which by the Video Spec has none.",
        "sender",
        "Copy asset_id, title, program, airdate, full_episode and load_type onto it.",
        events="Video Playback Started",
        on=APPS,
        by=CODE,
    ),
    Quirk(
        "N10",
        "Exited and Interrupted stop the measurement but do not end the session. The documentation leaves Exited "
        "out "
        "and has Content Completed end it, which it does not.",
        "sender",
        "Send Video Playback Completed after the last one.",
        events=("Video Playback Exited", "Video Playback Interrupted"),
        by="AJS nielsen-dcr:321-334,417-430; DOC nielsen-dcr",
    ),
    Quirk(
        "N11",
        "Swift takes total_length only as a text, and acts as if sendCurrentTimeLivestream were always set.",
        "sender",
        "Send total_length as a text to Swift. The setting cannot be mended.",
        events="Video Content Started",
        on=("swift",),
        shown=Sign("total_length", shapes=("number",)),
        by="SW-DCR 201-213,419",
    ),
    Quirk(
        "N12",
        "Kotlin loses an event whose position is null or no whole number. A boolean under nielsen-dcr makes it fail.",
        "sender",
        "Send whole positions, and an object under nielsen-dcr.",
        on=("kotlin",),
        by="KT-DCR 179-200,350; INFERRED",
    ),
    Quirk(
        "N13",
        "Apps know a pre-roll by exactly pre-roll. Swift drops the ad if content is missing.",
        "sender",
        "Send type as the Video Spec spells it, and content.",
        events="Video Ad Started",
        on=APPS,
        by=f"{CODE} 371",
    ),
    Quirk(
        "N14",
        "On the web there is one state a page, not one a session: session_id is never read.",
        "nobody",
        "Two players on a page spoil each other's measurement.",
        on=("web",),
        by="AJS nielsen-dcr",
    ),
    Quirk(
        "N15",
        "A missing airdate is the day of the playback on the web, and a crash in Swift.",
        "nobody",
        "Only whoever publishes the content knows the day: put airdate into its metadata.",
        events="Video Content Started",
        shown=Sign("airdate", absent=True),
        by="AJS nielsen-dcr:518; SW-DCR 216-237; RUN",
    ),
    Quirk(
        "N16",
        "Where the account names a property for the content's id (contentAssetIdPropertyName), Kotlin loses every "
        "playback event without it, and the web does not see on Resumed, Seek and Buffer Completed that the content "
        "is another.",
        "sender",
        "Send that property on playback events too.",
        on=("web", "kotlin"),
        by="AJS nielsen-dcr:440-475; KT-DCR 251-259,345-348",
    ),
    Quirk(
        "N17",
        "Seek Completed and Buffer Completed let the playhead go on, also in a pause.",
        "sender",
        "Leave them out while paused; Resumed tells where playback goes on.",
        events=RESTARTS,
        by=f"AJS nielsen-dcr:440-475; {CODE}; RUN",
    ),
    Quirk(
        "N18",
        "Each event begins the second anew in which the playhead is told: what is left of the last one is not told.",
        "nobody",
        "The timer is Segment's; heartbeats are needed, and each costs up to a second.",
        on=("web",),
        by="AJS nielsen-dcr:137-167,274,303,398; RUN",
    ),
    Quirk(
        "N19",
        "Kotlin reads a text that looks like a number as one: the id 0129370 is told as 129370.",
        "nobody",
        "Only an id that is no number, with a letter for instance, arrives as it is.",
        on=("kotlin",),
        by="KT-DCR; INFERRED",
    ),
)
