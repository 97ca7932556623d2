"""The quirks of Adobe Analytics' Heartbeat."""

from typing import Final

from videospec.destinations.destination import Quirk
from videospec.destinations.places import Platform
from videospec.destinations.signs import Sign

AEP: Final[tuple[Platform, ...]] = ("swift", "kotlin")
_ADS: Final = ("Video Ad Started", "Video Ad Completed", "Video Ad Skipped")
CODE: Final = "iOS-ADOBE; AND-ADOBE; SW-ADOBE; KT-ADOBE"

QUIRKS: Final = (
    Quirk(
        "A1",
        "The documentation names playerName, contentAssetId, totalLength, indexPosition, startTime, seekPosition and "
        "framerate; the web reads video_player, asset_id, total_length, position, start_time, none and fps.",
        "sender",
        "Send both.",
        by="DOC adobe-analytics/heartbeat.md; AJS adobe-analytics",
    ),
    Quirk(
        "A2",
        "A Video Playback Started as the Video Spec has it names contents in the plural only: the media's id is "
        "'unknown "
        "video id' on the web and empty in apps.",
        "sender",
        "Send asset_id and content_asset_id on it.",
        events="Video Playback Started",
        by=f"AJS adobe-analytics:1302; {CODE}",
    ),
    Quirk(
        "A3",
        "framerate is never read; fps is.",
        "sender",
        "Send fps on Video Quality Updated.",
        events="Video Quality Updated",
        by=f"AJS adobe-analytics:1591-1602; {CODE}",
    ),
    Quirk(
        "A4",
        "After a seek classic Android sets the playhead to 0 unless seek_position is there; the Video Spec has it on "
        "Seek "
        "Started only. The web reads no position at all.",
        "sender",
        "Copy seek_position onto Seek Completed.",
        events="Video Playback Seek Completed",
        shown=Sign("seek_position", absent=True),
        on=("web", "android"),
        by="AND-ADOBE VideoAnalytics.java:350-358; SPEC 291,339",
    ),
    Quirk(
        "A5",
        "The web has one playhead for all sessions of the page, moved by Video Content Playing alone; a 0 in "
        "_segHBPlayheads counts as none.",
        "nobody",
        "Set window._segHBPlayheads[session_id] in the page; no message can.",
        events="Video Content Playing",
        on=("web",),
        by="AJS adobe-analytics:170,1260,1266,1588",
    ),
    Quirk(
        "A6",
        "On the web an ad event without asset_id throws after AdBreakStart: the break stays open, and the next Ad "
        "Completed ends an ad that never started. Ads before Video Playback Started throw too.",
        "sender",
        "Send asset_id on every ad event, and Video Playback Started first.",
        events=_ADS,
        on=("web",),
        by="AJS adobe-analytics:1386-1430; RUN",
    ),
    Quirk(
        "A7",
        "On the web each ad is a break of its own. The break's start and the ad's number are the seconds into the ad, "
        "or "
        "1 where those are 0.",
        "sender",
        "Send the ad's number in its pod as position on Video Ad Started; the break's start is then the same number.",
        events="Video Ad Started",
        on=("web",),
        by="AJS adobe-analytics:1397-1414",
    ),
    Quirk(
        "A8",
        "With the Heartbeat address but without marketingCloudOrgId every event throws on the web.",
        "nobody",
        "Set marketingCloudOrgId in Segment.",
        on=("web",),
        by="AJS adobe-analytics:155-191,313",
    ),
    Quirk(
        "A9",
        "On the web a resume while no chapter is open, such as in a post-roll, opens one named 'no chapter name' with "
        "length 6000.",
        "sender",
        "Send no Resumed to Adobe after Video Content Completed.",
        events="Video Playback Resumed",
        on=("web",),
        by="AJS adobe-analytics:187,1330-1352; RUN",
    ),
    Quirk(
        "A10",
        "Video Playback Exited is ignored, and Interrupted is a pause: the session goes on, and so do its heartbeats.",
        "sender",
        "Send Video Playback Completed after the last one.",
        events=("Video Playback Exited", "Video Playback Interrupted"),
        by=f"AJS adobe-analytics; {CODE}",
    ),
    Quirk(
        "A11",
        "The documentation says that Content Completed completes the session; it completes a chapter.",
        "sender",
        "Send Video Playback Completed.",
        events="Video Content Completed",
        by="DOC adobe-analytics/heartbeat.md:259; AJS adobe-analytics:1355",
    ),
    Quirk(
        "A12",
        "On the web content becomes the ad's context data as it is, lists and numbers too.",
        "sender",
        "Send content flat and as texts, or leave it out.",
        events="Video Ad Started",
        on=("web",),
        by="AJS adobe-analytics:1419-1423",
    ),
    Quirk(
        "A13",
        "In Kotlin a null total_length, as the Video Spec has it for livestreams, throws; other nulls become 'null'.",
        "sender",
        "Send a number as total_length, and no nulls.",
        events="Video Playback Started",
        on=("kotlin",),
        shown=(Sign("livestream", values=(True,)), Sign("total_length", absent=True)),
        without="lost",
        by="KT-ADOBE VideoAnalytics.kt:438-446; INFERRED",
    ),
    Quirk(
        "A14",
        "The AEP plugins never move the playhead while the video plays: Video Content Playing is not heard.",
        "nobody",
        "Only a seek, a stall or a start moves it.",
        events="Video Content Playing",
        on=AEP,
        by="SW-ADOBE; KT-ADOBE",
    ),
    Quirk(
        "A15",
        "The documentation says that only one session can live at a time, and elsewhere that the web can have several.",
        "nobody",
        "Two sessions that are live at once share a playhead and a break on the web, and an app's heartbeat; only the "
        "player can end one before the next begins.",
        events="Video Playback Started",
        by="DOC adobe-analytics/heartbeat.md:51,177",
    ),
    Quirk(
        "A16",
        "On the web whether a break is open is kept once for all sessions.",
        "nobody",
        "Two players on a page that show ads at once spoil each other's breaks.",
        events=_ADS,
        on=("web",),
        by="AJS adobe-analytics; RUN",
    ),
    Quirk(
        "A17",
        "On the web a play, pause, seek, stall or Content Completed without a live session opens one in silence, also "
        "after Video Playback Completed. Names are matched in lower case only: video_ad_started is not known.",
        "sender",
        "Send nothing to Adobe before Started and after Completed, under the Video Spec's own names.",
        on=("web",),
        by="AJS adobe-analytics:309-316,1223-1238; RUN",
    ),
    Quirk(
        "A18",
        "Kotlin reads a text that looks like a number as one: the id 0129370 is told as 129370, and season 02 as 2.",
        "nobody",
        "Only an id that is no number, with a letter for instance, arrives as it is.",
        on=("kotlin",),
        by="KT-ADOBE; INFERRED",
    ),
)
