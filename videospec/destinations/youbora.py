"""Youbora (NPAW), by Segment's integration for the web, which drives NPAW's own library."""

from typing import Final

from videospec.destinations.destination import (
    Destination,
    Heartbeat,
    Ignored,
    Key,
    Live,
    Names,
    Need,
    Order,
    Position,
    Setting,
    Unreached,
    Use,
)
from videospec.destinations.youbora_overrides import AMEND, OVERRIDES
from videospec.destinations.youbora_quirks import IN_ADS, QUIRKS, USED

_CARRIED: Final = ("Video Playback Started", *USED[:10])
"""The events whose objects have a bitrate and a framerate."""
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
        Use("Video Playback Paused", "/pause", by="AJS youbora:176-185; RUN"),
        Use("Video Playback Resumed", "/resume", by="AJS youbora:187-196; RUN"),
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
    spellings=(Names("words", "nothing", by="RUN"),),
    needs=(
        Need(
            "session_id",
            "string",
            ("Video Playback Started", *USED),
            "names the view; without it, or before its Started, an event is dropped in silence",
            without="lost",
            by="AJS youbora:361-366",
        ),
        Need("livestream", "boolean", "Video Playback Started", "live, or on demand", by="AJS youbora:108-118"),
        Need(
            "ad_type",
            "string",
            IN_ADS,
            "the ad's place, read from the last event that had it; see Y1",
            values=("pre", "mid", "post"),
            by="AJS youbora:99-107; YB; RUN",
        ),
        Need(
            "ad_asset_id",
            "string",
            IN_ADS[2:],
            "truthy in an ad and only there: it alone tells the ad's pauses and stalls from the content's",
            by="AJS youbora:158,169,180,191,202,213",
        ),
        Need("bitrate", "integer", _CARRIED, "passed on, as bit/s; see Y5", by="AJS youbora:90-92; YB options.js:359"),
        Need("position", "integer", USED, "the playhead of all requests; see Y4", by="AJS youbora:93-95; RUN"),
        Need("framerate", "number", _CARRIED, "frames a second", without="poorer", by="AJS youbora:96-98"),
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
            USED,
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
    quirks=QUIRKS,
    overrides=OVERRIDES,
    amend=AMEND,
)
