"""Adobe Analytics, its Heartbeat (media) part: the web by MediaHeartbeat, apps by MediaHeartbeat or AEP Media."""

from typing import Final

from videospec.destinations.adobe_overrides import AMEND, OVERRIDES
from videospec.destinations.adobe_quirks import AEP, CODE, QUIRKS
from videospec.destinations.destination import (
    Destination,
    Heartbeat,
    Ignored,
    Key,
    Live,
    Names,
    Need,
    Option,
    Order,
    Position,
    Setting,
    Unreached,
    Use,
)
from videospec.destinations.places import APPS, Platform

_CLASSIC: Final[tuple[Platform, ...]] = ("ios", "android")
_STALL_CALLS: Final = (
    ("Seek Started", "SeekStart"),
    ("Seek Completed", "SeekComplete"),
    ("Buffer Started", "BufferStart"),
    ("Buffer Completed", "BufferComplete"),
)
_STALLS: Final = tuple(f"Video Playback {said}" for said, _ in _STALL_CALLS)
_BREAKS: Final = ("Video Ad Break Started", "Video Ad Break Completed")
_START: Final = "Video Playback Started"
_CHAPTER: Final = "Video Content Started"
_QUALITY: Final = "Video Quality Updated"
_A: Final = "AJS adobe-analytics"
_TITLED: Final[tuple[Platform, ...]] = ("ios", "android", "kotlin")

destination: Final = Destination(
    name="Adobe Analytics",
    also=("Adobe Analytics Heartbeat", "Adobe Heartbeat", "Heartbeat", "Adobe"),
    about="Adobe's media analytics (Heartbeat): sessions with chapters, ad breaks, ads, stalls and quality.",
    checked="2026-11-22",
    reach=("device-web", "device-ios", "device-android"),
    simulated=True,
    extensions=_BREAKS,
    keys=(Key("Adobe Analytics", by="CAT; AJS adobe-analytics"),),
    unreached=(
        Unreached(
            ("server", "cloud-web", "cloud-mobile"),
            "There is a cloud mode, but Heartbeat is not in it: video events arrive as ordinary ones, if they are "
            "mapped "
            "in the settings.",
            by="CAT; DOC adobe-analytics/heartbeat.md:9",
        ),
    ),
    uses=(
        Use(
            "Video Playback Started",
            "makes a MediaHeartbeat for this session_id and says trackSessionStart",
            on=("web",),
            by=f"{_A}:1241-1314",
        ),
        Use(
            "Video Playback Started",
            "makes the one MediaHeartbeat and says trackSessionStart",
            on=_CLASSIC,
            by="AND-ADOBE; iOS-ADOBE",
        ),
        Use(
            "Video Playback Started",
            "makes a tracker for downloaded content and says trackSessionStart",
            on=AEP,
            by="SW-ADOBE; KT-ADOBE",
        ),
        Use(
            "Video Content Started",
            "trackPlay, and ChapterStart if no chapter is open",
            on=("web",),
            by=f"{_A}:1317-1353",
        ),
        Use(
            "Video Content Started",
            "trackPlay and ChapterStart; Android and Kotlin set the playhead",
            on=APPS,
            by=CODE,
        ),
        Use(
            "Video Content Playing",
            "sets the playhead, one for all sessions of the page",
            on=("web",),
            by=f"{_A}:1585-1589",
        ),
        Use("Video Content Completed", "ChapterComplete", by=f"{_A}:1355; {CODE}"),
        Use("Video Playback Paused", "trackPause", by=f"{_A}:178; {CODE}"),
        Use(
            "Video Playback Interrupted",
            "trackPause",
            on=("web", "swift", "android", "kotlin"),
            by=f"{_A}:189; AND-ADOBE; SW-ADOBE; KT-ADOBE",
        ),
        Use(
            "Video Playback Interrupted",
            "stops its own playhead; Adobe hears nothing",
            on=("ios",),
            by="iOS-ADOBE 690-693",
        ),
        Use(
            "Video Playback Resumed",
            "the same as Video Content Started, ChapterStart included; see A9",
            on=("web",),
            by=f"{_A}:179,1317-1353",
        ),
        Use("Video Playback Resumed", "trackPlay", on=APPS, by=CODE),
        *(Use(f"Video Playback {said}", does, on=("web",), by=f"{_A}:185-188") for said, does in _STALL_CALLS),
        Use(_STALLS, "what the web says, and its own playhead stops or moves", on=_CLASSIC, by="AND-ADOBE; iOS-ADOBE"),
        Use(
            _STALLS,
            "what the web says, with trackPause or trackPlay, and the playhead moves",
            on=AEP,
            by="SW-ADOBE; KT-ADOBE",
        ),
        Use(
            "Video Playback Completed",
            "trackComplete and trackSessionEnd; the session is forgotten",
            by=f"{_A}:1373-1384; {CODE}",
        ),
        Use(
            "Video Ad Started",
            "AdBreakStart and AdStart: each ad is a break of its own",
            on=("web",),
            by=f"{_A}:1386-1424",
        ),
        Use("Video Ad Started", "AdStart", on=APPS, by=CODE),
        Use("Video Ad Completed", "AdComplete and AdBreakComplete", on=("web",), by=f"{_A}:1426-1441"),
        Use("Video Ad Completed", "AdComplete", on=APPS, by=CODE),
        Use("Video Ad Skipped", "AdSkip and AdBreakComplete", on=("web",), by=f"{_A}:1443-1458"),
        Use("Video Ad Skipped", "AdSkip", on=APPS, by=CODE),
        Use("Video Ad Break Started", "AdBreakStart", on=APPS, by=CODE),
        Use("Video Ad Break Completed", "AdBreakComplete", on=APPS, by=CODE),
        Use("Video Quality Updated", "the quality that later calls report", by=f"{_A}:1591-1602; {CODE}"),
    ),
    ignores=(
        Ignored("Video Content Playing", "an ordinary event, if it is mapped; no playhead", on=APPS, by=CODE),
        Ignored(
            ("Video Playback Exited", "Video Ad Playing", "Video Ad Clicked"),
            "an ordinary event, if it is mapped",
            by=f"{_A}:172-190; {CODE}",
        ),
    ),
    spellings=(
        Names("case", "an ordinary event, if it is mapped", on=("web",), by=f"{_A}; RUN"),
        Names("exact", "an ordinary event", on=APPS, by="iOS-ADOBE; AND-ADOBE; SW-ADOBE; KT-ADOBE"),
    ),
    needs=(
        Need("session_id", "string", (_START, "Video Playback Completed"), "keeps sessions apart", on=("web",), by=_A),
        Need("title", "string", _START, "name of the media; else empty", by=f"{_A}:1301; {CODE}"),
        Need("asset_id", "string", _START, "id of the media; else 'unknown video id'", on=("web",), by=f"{_A}:1302"),
        Need("content_asset_id", "string", _START, "id of the media, in apps", by=f"{_A}:1513; {CODE}"),
        Need("total_length", "integer", _START, "length of the media; see A13", by=f"{_A}:1303; KT-ADOBE"),
        Need("livestream", "boolean", _START, "live, or on demand", by=f"{_A}:1297; {CODE}"),
        Need(
            ("channel", "video_player"),
            "string",
            _START,
            "channel and player of the session; missing is unknown",
            without="poorer",
            by=f"{_A}:1251-1255; AND-ADOBE",
        ),
        Need(
            ("program", "season", "episode", "genre", "publisher"),
            "string",
            _START,
            "standard metadata; where it is missing the report says 'no', then Adobe's name for it",
            without="poorer",
            by=f"{_A}:1504-1540",
        ),
        Need("airdate", "date", _START, "standard metadata", without="poorer", by=f"{_A}:1504-1540"),
        Need("rating", "string", _START, "standard metadata", without="poorer", own=True, by=f"{_A}:1518"),
        Need(
            "chapter_name", "string", _CHAPTER, "name; else 'no chapter name'", own=True, on=("web",), by=f"{_A}:1332"
        ),
        Need("length", "integer", _CHAPTER, "its seconds; else 6000", own=True, on=("web",), by=f"{_A}:1334"),
        Need("position", "integer", _CHAPTER, "number of the chapter; 0 is 1", on=("web",), by=f"{_A}:1333"),
        Need("start_time", "integer", _CHAPTER, "where it begins", without="poorer", own=True, by=f"{_A}:1335; {CODE}"),
        Need("title", "string", _CHAPTER, "name of the chapter", on=_TITLED, by=CODE),
        Need("total_length", "integer", _CHAPTER, "length of the chapter", on=_TITLED, by=CODE),
        Need(
            ("indexPosition", "index_position"),
            "integer",
            (_CHAPTER, "Video Ad Started"),
            "number of the chapter, or of the ad in its break; one of the two will do",
            own=True,
            on=APPS,
            by=CODE,
        ),
        Need("position", "integer", "Video Content Playing", "the playhead", on=("web",), by=f"{_A}:1585-1589"),
        Need(
            "seek_position",
            "integer",
            "Video Playback Seek Completed",
            "where the playhead goes; else to 0, see A4",
            on=("android",),
            by="AND-ADOBE VideoAnalytics.java:350-358",
        ),
        Need(
            "asset_id",
            "string",
            ("Video Ad Started", "Video Ad Completed", "Video Ad Skipped"),
            "id of the ad; without it the code throws after AdBreakStart, see A6",
            without="lost",
            on=("web",),
            by=f"{_A}:1413,1430",
        ),
        Need("total_length", "integer", "Video Ad Started", "length of the ad", by=f"{_A}:1415; {CODE}"),
        Need(
            ("title", "publisher", "type"),
            "string",
            "Video Ad Started",
            "name of the ad, advertiser, and on the web name of the break",
            without="poorer",
            by=f"{_A}:1399,1412,1564-1583; {CODE}",
        ),
        Need("bitrate", "integer", _QUALITY, "quality", by=f"{_A}:1591-1602; {CODE}"),
        Need("fps", "number", _QUALITY, "frames a second; see A3", own=True, by=f"{_A}:1591-1602; {CODE}"),
        Need(
            ("startupTime", "droppedFrames"),
            "number",
            _QUALITY,
            "quality",
            on=("web", "android", "kotlin"),
            by=f"{_A}:1591-1602; AND-ADOBE; KT-ADOBE",
        ),
        Need(
            ("startup_time", "dropped_frames"),
            "number",
            _QUALITY,
            "quality, if the setting contextValues maps each name to itself, bitrate and fps too",
            own=True,
            on=("ios", "swift"),
            by="iOS-ADOBE 344-391,732-736; SW-ADOBE 555-563",
        ),
    ),
    options=(
        Option(
            "ovp_name",
            "string",
            "the video platform; Android also takes ovpName and ovp. The web says unknown always",
            on=_CLASSIC,
            by="AND-ADOBE VideoAnalytics.java:270-279; iOS-ADOBE 754-779; AJS adobe-analytics:1252",
        ),
        Option("debug", "boolean", "Adobe's debug output", on=("ios",), by="iOS-ADOBE 754-779"),
    ),
    settings=(
        Setting(
            "heartbeatTrackingServerUrl",
            "where Heartbeat goes; without it the web says nothing of video",
            by=f"{_A}:141; RUN",
        ),
        Setting(
            "marketingCloudOrgId",
            "the organisation at Adobe; without it every event is lost, see A8",
            by=f"{_A}:155-191,313",
        ),
        Setting("ssl", "whether Heartbeat goes by HTTPS", by=f"{_A}:1256"),
        Setting("contextValues", "properties that become context data", by=f"{_A}:1542"),
        Setting("customDataPrefix", "a prefix of context data in apps", by=CODE),
        Setting("events", "ordinary events by name, for what Heartbeat does not take", by="AJS adobe-analytics"),
    ),
    heartbeats=(
        Heartbeat(
            1,
            "the playhead moves with Video Content Playing alone, or by window._segHBPlayheads[session_id]",
            on=("web",),
            by="DOC adobe-analytics/heartbeat.md:37",
        ),
    ),
    live=(
        Live(
            "as-is",
            "the web reports the playhead as it was sent; length should be 0 or left out",
            on=("web",),
            by=f"{_A}:1303,1585-1589",
        ),
    ),
    position=(Position("content", "one playhead, set by Video Content Playing", on=("web",), by=f"{_A}:1585-1589"),),
    order=(
        Order(
            "Video Playback Started",
            "before",
            ("Video Content Started", "Video Playback Paused", "Video Playback Resumed", *_STALLS, "Video Ad Started"),
            "else Android and Kotlin throw, and the web opens a session by itself or throws; see A6 and A17",
            by="AND-ADOBE VideoAnalytics.java:174; KT-ADOBE VideoAnalytics.kt:128; RUN",
        ),
        Order(
            "Video Playback Completed",
            "after",
            "Video Playback Exited",
            "else the session goes on; see A10",
            by="AJS adobe-analytics; RUN",
        ),
        Order(
            "Video Ad Started",
            "before",
            ("Video Ad Completed", "Video Ad Skipped"),
            "else the web starts the ad itself; see A6",
            on=("web",),
            by=f"{_A}:1430",
        ),
    ),
    quirks=QUIRKS,
    overrides=OVERRIDES,
    amend=AMEND,
)
