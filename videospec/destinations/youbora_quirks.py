"""The quirks of Youbora."""

from typing import Final

from videospec.destinations.destination import Quirk

IN_ADS: Final = (
    "Video Ad Started",
    "Video Ad Completed",
    "Video Playback Paused",
    "Video Playback Resumed",
    "Video Playback Buffer Started",
    "Video Playback Buffer Completed",
    "Video Playback Seek Started",
    "Video Playback Seek Completed",
)
USED: Final = (
    "Video Playback Paused",
    "Video Playback Interrupted",
    "Video Playback Buffer Started",
    "Video Playback Buffer Completed",
    "Video Playback Seek Started",
    "Video Playback Seek Completed",
    "Video Playback Resumed",
    "Video Playback Completed",
    "Video Content Started",
    "Video Content Playing",
    "Video Ad Started",
    "Video Ad Completed",
    "Video Ad Clicked",
)

QUIRKS: Final = (
    Quirk(
        "Y1",
        "The ad's place is compared with pre, mid and post; the Video Spec says pre-roll, mid-roll, post-roll, and "
        "on ad events calls it type. So it is never set: the library says pre before the content has begun and mid "
        "after, and post-rolls count as mid-rolls (in 6.8.67 every ad counts as pre).",
        "sender",
        "Send ad_type as pre, mid or post on Video Ad Started and on every event until the ad is over.",
        events=IN_ADS,
        by="AJS youbora:99-107; SPEC 35,714; YB plugin+ads+getters.js:22-40; RUN",
    ),
    Quirk(
        "Y2",
        "Pauses, stalls and seeks count for the ad if ad_asset_id is truthy, and an empty list is.",
        "sender",
        "Send ad_asset_id during ads, and leave it out (or null) during content.",
        events=IN_ADS[2:],
        by="AJS youbora:158,169,180,191,202,213",
    ),
    Quirk(
        "Y3",
        "Pauses, stalls and seeks inside an ad make no request at all: the library asks that the ad has joined, "
        "and "
        "the integration never tells it so.",
        "nobody",
        "The missing call (fireJoin of the ad) is in Segment's code.",
        events=IN_ADS[2:],
        by="YB adapter.js:329-465; DOC youbora:46; RUN",
    ),
    Quirk(
        "Y4",
        "Every event's position sets the content's playhead: an ad's own seconds, and on playback events seconds "
        "with ads in them.",
        "sender",
        "Send the content's position on ad and playback events.",
        events=USED,
        by="SPEC 36,717; AJS youbora:93-95; RUN",
    ),
    Quirk(
        "Y5",
        "bitrate is passed on as it is; the Video Spec means kbit/s, NPAW bit/s.",
        "sender",
        "Send bitrate times 1000.",
        events=USED,
        by="SPEC 38; YB options.js:359; DOC sources/youbora",
    ),
    Quirk(
        "Y6",
        "Video Playback Exited is ignored: the view of a viewer who leaves never stops, nor that of one who is "
        "interrupted and does not go on.",
        "sender",
        "Send Video Playback Completed after it, to Youbora alone.",
        events=("Video Playback Exited", "Video Playback Interrupted"),
        by="AJS youbora; RUN",
    ),
    Quirk(
        "Y7",
        "Every Video Playback Interrupted is an error: a phone call and a locked screen too.",
        "sender",
        "Send Video Playback Paused for harmless causes, or nothing.",
        events="Video Playback Interrupted",
        by="AJS youbora:227-232; RUN",
    ),
    Quirk(
        "Y8",
        "One session_id is one view. A second content in it starts nothing, and its title replaces the first's.",
        "sender",
        "Give each content a session_id of its own, with its own Started and Completed.",
        events="Video Content Started",
        by="AJS youbora:123-144; SPEC 20; YB",
    ),
    Quirk(
        "Y9",
        "Sessions are never forgotten, and a second Started with the same id leaves the first one's pings running.",
        "sender",
        "Send one Video Playback Started a session.",
        events="Video Playback Started",
        by="AJS youbora:71-121",
    ),
    Quirk(
        "Y10",
        "Stalls, pauses and seeks before Video Content Started are dropped by the library.",
        "nobody",
        "It counts the time before the content begins as join time.",
        events=("Video Playback Buffer Started", "Video Playback Seek Started", "Video Playback Paused"),
        by="YB adapter.js:329-465",
    ),
    Quirk(
        "Y11",
        "Video Ad Skipped is ignored: a skipped ad never ends, nor one that broke off. While it is open no content "
        "joins, another ad is none, and a pause has no time.",
        "sender",
        "Send Video Ad Completed after it, to Youbora alone.",
        events=("Video Ad Skipped", "Video Ad Started"),
        by="AJS youbora; YB adapter.js:266-281, plugin+content.js:145-186; RUN",
    ),
    Quirk(
        "Y12",
        "Title and other metadata are read from Video Content Started alone.",
        "nobody",
        "The integration reads them nowhere else: a view whose content never begins has none.",
        events="Video Content Started",
        by="AJS youbora:123-144",
    ),
    Quirk(
        "Y13",
        "Fed by Segment's calls, the library (6.8.67) closes the break of a mid-roll only with the next pause, of which it "
        "tells no time, and never says /adJoin.",
        "nobody",
        "The missing calls are in Segment's code; driven well, the library is right.",
        events="Video Ad Started",
        by="YB; RUN",
    ),
    Quirk(
        "Y14",
        "A seek or a stall in a pause, or a pause in one, sets the library's clock of the pause to nothing: /resume "
        "says -1.",
        "nobody",
        "The vendor's library means it so: what stands because of a seek is the seek's.",
        events=("Video Playback Paused", "Video Playback Seek Started", "Video Playback Buffer Started"),
        by="YB plugin+content.js:177-202; RUN",
    ),
)
