"""Youbora (NPAW), by Segment's integration for the web, which drives NPAW's own library."""

from typing import Final

from videospec.destinations.destination import (
    Destination,
    Heartbeat,
    Ignored,
    Key,
    Live,
    Need,
    Order,
    Position,
    Quirk,
    Setting,
    Unreached,
    Use,
)

_IN_ADS: Final = (
    "Video Ad Started",
    "Video Ad Completed",
    "Video Playback Paused",
    "Video Playback Resumed",
    "Video Playback Buffer Started",
    "Video Playback Buffer Completed",
    "Video Playback Seek Started",
    "Video Playback Seek Completed",
)
_USED: Final = (
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

_META: Final = "AJS youbora:123-144"

destination: Final = Destination(
    name="Youbora",
    also=("NPAW",),
    about="Quality of experience by NPAW: one view a session, with startup, stalls, ads and errors.",
    checked="2026-11-22",
    reach=("device-web",),
    simulated=True,
    keys=(Key("Youbora", by="CAT; AJS youbora"),),
    unreached=(
        Unreached(
            ("server", "cloud-web", "cloud-mobile"),
            "The destination has no cloud mode: NPAW's library must run in the viewer's browser.",
            by="CAT",
        ),
        Unreached(("device-ios", "device-android"), "Segment has no Youbora integration for apps.", by="CAT"),
    ),
    uses=(
        Use(
            "Video Playback Started",
            "makes NPAW's plugin for this session_id, says /data and /init, and pings begin",
            by="AJS youbora:71-121; RUN",
        ),
        Use(
            "Video Content Started",
            "sets title, program, length and metadata, then says /start and /joinTime at once",
            by="AJS youbora:123-144; RUN",
        ),
        Use(
            "Video Content Playing",
            "changes what the next ping reports; makes no request itself",
            by="AJS youbora:146-152; RUN",
        ),
        Use(
            ("Video Playback Buffer Started", "Video Playback Buffer Completed"),
            "a stall of the content: /bufferUnderrun at its end",
            by="AJS youbora:154-174; RUN",
        ),
        Use(
            ("Video Playback Paused", "Video Playback Resumed"),
            "/pause and /resume of the content",
            by="AJS youbora:176-196; RUN",
        ),
        Use(
            ("Video Playback Seek Started", "Video Playback Seek Completed"),
            "a seek of the content: /seek at its end",
            by="AJS youbora:198-218; RUN",
        ),
        Use("Video Playback Completed", "ends the view: /stop", by="AJS youbora:220-225; RUN"),
        Use("Video Playback Interrupted", "an error, whatever the cause: /error", by="AJS youbora:227-232; RUN"),
        Use("Video Ad Started", "sets the ad's title and says /adStart", by="AJS youbora:240-248; RUN"),
        Use("Video Ad Completed", "/adStop", by="AJS youbora:250-255; RUN"),
        Use("Video Ad Clicked", "/adClick; the name must be spelled exactly so", by="AJS youbora:258-264"),
    ),
    ignores=(
        Ignored(
            ("Video Content Completed", "Video Playback Exited", "Video Ad Playing", "Video Ad Skipped"),
            "nothing",
            by="AJS youbora; RUN",
        ),
        Ignored("Video Quality Updated", "nothing: its bitrate and framerate are not read", by="AJS youbora"),
    ),
    needs=(
        Need(
            "session_id",
            "string",
            ("Video Playback Started", *_USED),
            "names the view; without it, or before its Started, an event is dropped in silence",
            without="lost",
            by="AJS youbora:361-366",
        ),
        Need("livestream", "boolean", "Video Playback Started", "live, or on demand", by="AJS youbora:108-118"),
        Need(
            "ad_type",
            "string",
            _IN_ADS,
            "the ad's place, read from the last event that had it; see Y1",
            values=("pre", "mid", "post"),
            by="AJS youbora:99-107; YB; RUN",
        ),
        Need(
            "ad_asset_id",
            "string",
            _IN_ADS[2:],
            "truthy in an ad and only there: it alone tells the ad's pauses and stalls from the content's",
            by="AJS youbora:158,169,180,191,202,213",
        ),
        Need("bitrate", "integer", _USED, "passed on, as bit/s; see Y5", by="AJS youbora:90-92; YB options.js:359"),
        Need("position", "integer", _USED, "the playhead of all requests; see Y4", by="AJS youbora:93-95; RUN"),
        Need("framerate", "number", _USED, "frames a second", without="poorer", by="AJS youbora:96-98"),
        Need(
            ("title", "program", "asset_id", "genre", "publisher"),
            "string",
            "Video Content Started",
            "title, second title and metadata of the view",
            without="poorer",
            by=_META,
        ),
        Need("total_length", "integer", "Video Content Started", "duration", without="poorer", by=_META),
        Need("title", "string", "Video Ad Started", "title of the ad", without="poorer", by="AJS youbora:240-248"),
    ),
    settings=(
        Setting("accountCode", "the account at NPAW; without it nothing is counted", by="AJS youbora:76"),
        Setting(
            "players",
            "a load-time option: NPAW tracks these players itself. Then send your own events with Youbora switched off",
            by="DOC youbora; AJS youbora:273",
        ),
    ),
    heartbeats=(
        Heartbeat(
            5,
            "NPAW pings every 5 s with the last position it was told: at 10 s every other one is old",
            by="YB plugin.js:89",
        ),
    ),
    live=(Live("drop", "the library leaves playhead and duration of live content out", by="YB plugin.js getIsLive"),),
    position=(
        Position(
            "content",
            "there is one playhead, and every event sets it: an ad's position or one with ads in it corrupts it",
            by="AJS youbora:93-95; RUN",
        ),
    ),
    order=(
        Order(
            "Video Playback Started",
            "before",
            _USED,
            "events of an unknown session are dropped",
            by="AJS youbora:361-366",
        ),
        Order(
            "Video Content Started",
            "before",
            (
                "Video Playback Buffer Started",
                "Video Playback Buffer Completed",
                "Video Playback Seek Started",
                "Video Playback Seek Completed",
                "Video Playback Paused",
                "Video Playback Resumed",
            ),
            "the library says none of them before it has joined; see Y10",
            by="YB adapter.js:329-465; RUN",
        ),
        Order(
            "Video Playback Completed", "after", "Video Playback Exited", "else the view never ends; see Y6", by="RUN"
        ),
        Order(
            "Video Ad Completed", "after", "Video Ad Skipped", "else the ad never ends; see Y11", by="AJS youbora; YB"
        ),
    ),
    quirks=(
        Quirk(
            "Y1",
            "The ad's place is compared with pre, mid and post; the Video Spec says pre-roll, mid-roll, post-roll, and "
            "on ad events calls it type. So it is never set: the library says pre before the content has begun and mid "
            "after, and post-rolls count as mid-rolls (in 6.8.67 every ad counts as pre).",
            "sender",
            "Send ad_type as pre, mid or post on Video Ad Started and on every event until the ad is over.",
            events=_IN_ADS,
            by="AJS youbora:99-107; SPEC 35,714; YB plugin+ads+getters.js:22-40; RUN",
        ),
        Quirk(
            "Y2",
            "Pauses, stalls and seeks count for the ad if ad_asset_id is truthy, and an empty list is.",
            "sender",
            "Send ad_asset_id during ads, and leave it out (or null) during content.",
            events=_IN_ADS[2:],
            by="AJS youbora:158,169,180,191,202,213",
        ),
        Quirk(
            "Y3",
            "Pauses, stalls and seeks inside an ad make no request at all: the library asks that the ad has joined, "
            "and"
            "the integration never tells it so.",
            "nobody",
            "The missing call (fireJoin of the ad) is in Segment's code.",
            events=_IN_ADS[2:],
            by="YB adapter.js:329-465; DOC youbora:46; RUN",
        ),
        Quirk(
            "Y4",
            "Every event's position sets the content's playhead: an ad's own seconds, and on playback events seconds "
            "with ads in them.",
            "sender",
            "Send the content's position on ad and playback events.",
            events=_USED,
            by="SPEC 36,717; AJS youbora:93-95; RUN",
        ),
        Quirk(
            "Y5",
            "bitrate is passed on as it is; the Video Spec means kbit/s, NPAW bit/s.",
            "sender",
            "Send bitrate times 1000.",
            events=_USED,
            by="SPEC 38; YB options.js:359; DOC sources/youbora",
        ),
        Quirk(
            "Y6",
            "Video Playback Exited is ignored: the view of a viewer who leaves never stops.",
            "sender",
            "Send Video Playback Completed after it, to Youbora alone.",
            events="Video Playback Exited",
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
            "Video Ad Skipped is ignored: a skipped ad never ends.",
            "sender",
            "Send Video Ad Completed after it, to Youbora alone.",
            events="Video Ad Skipped",
            by="AJS youbora",
        ),
        Quirk(
            "Y12",
            "Title and other metadata are read from Video Content Started alone.",
            "sender",
            "Send them there; on Video Playback Started they do nothing.",
            events="Video Content Started",
            by="AJS youbora:123-144",
        ),
        Quirk(
            "Y13",
            "Fed by Segment's calls, the library (6.8.67) never closes the break of a mid-roll and never says /adJoin.",
            "nobody",
            "The missing calls are in Segment's code; driven well, the library is right.",
            events="Video Ad Started",
            by="YB; RUN",
        ),
    ),
)
