"""comScore: streaming measurement in apps. On the web Segment's integration knows pages only."""

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
    Option,
    Order,
    Position,
    Quirk,
    Setting,
    Unreached,
    Use,
)
from videospec.destinations.overrides import Amend, Copy, Scale
from videospec.destinations.places import Platform
from videospec.destinations.signs import Sign
from videospec.destinations.viewing import Draft, Viewing, as_number

_DROID: Final[tuple[Platform, ...]] = ("android", "kotlin")
_IOS: Final[tuple[Platform, ...]] = ("ios",)
_CODE: Final = "AND-COMSCORE; KT-COMSCORE; iOS-COMSCORE"
_ON: Final = ("Video Playback Buffer Completed", "Video Playback Seek Completed", "Video Playback Resumed")
_START: Final = "Video Content Started"
_CONTENT: Final = ("Video Content Started", "Video Content Playing")
_PLACED: Final = (*_CONTENT, "Video Ad Started", "Video Ad Playing", "Video Playback Buffer Started", *_ON)

_KINDS: Final = ("vc11", "vc12", "vc13", "vc21", "vc22", "vc23", "vc99")
_AD_KINDS: Final = ("va11", "va12", "va13", "va21", "va31", "va32", "va33", "va34", "va35")

_PAUSING: Final = ("Video Playback Paused", "Video Playback Buffer Started", "Video Playback Seek Started")
_OVER: Final = ("Video Playback Completed", "Video Playback Exited")


def _amend(draft: Draft, viewing: Viewing) -> Iterator[Draft]:
    """The content is named again where the library has forgotten it, a pod's end is none, and the stream's end is one."""
    event, kept = draft.event, viewing.kept
    position, length = (as_number(draft.find(name)) for name in ("position", "total_length"))
    if event == "Video Content Completed" and position is not None and length is not None and position < length - 1:
        return
    if event == "Video Content Playing" and kept.get("forgotten"):
        yield draft.again(_START)
    if event in _CONTENT:
        kept["forgotten"] = False
    elif event in ("Video Ad Started", *_PAUSING):
        kept["forgotten"] = True
    if event in _OVER and viewing.playing:
        yield draft.again("Video Content Completed", viewing.content)
    yield draft
    if event in _ON and viewing.ad is None and viewing.content:
        yield draft.again(_START, {**viewing.content, "position": viewing.content_position(event, draft.properties)})
        kept["forgotten"] = False


destination: Final = Destination(
    name="comScore",
    about="Audience measurement of streams by Comscore, in apps.",
    checked="2026-11-22",
    reach=("device-ios", "device-android"),
    unread=("swift",),
    keys=(
        Key("comScore", "switch", by="CAT"),
        Key("com-score", "options", on=_IOS, by="iOS-COMSCORE"),
        Key("comScore", "options", on=("android",), by="AND-COMSCORE"),
        Key(
            "videoMetricDictionaryClassification",
            "options",
            "properties",
            on=("kotlin",),
            by="KT-COMSCORE ComscoreDestination.kt:112-134; DOC comscore",
        ),
    ),
    unreached=(
        Unreached(
            ("device-web",),
            "The integration for the web counts pages only: it has no track.",
            by="DOC comscore; AJS comscore",
        ),
        Unreached(
            ("server", "cloud-web", "cloud-mobile"),
            "The destination has no cloud mode: Comscore's library must run in the app.",
            by="CAT; DOC comscore:23",
        ),
    ),
    uses=(
        Use(
            "Video Playback Started",
            "makes a session and sets the content's id",
            by="AND-COMSCORE 261-282; iOS-COMSCORE 289-309",
        ),
        Use(("Video Playback Paused", "Video Playback Interrupted"), "notifyPause", by=_CODE),
        Use("Video Playback Buffer Started", "startFromPosition and notifyBufferStart", by=_CODE),
        Use("Video Playback Buffer Completed", "startFromPosition and notifyBufferStop", by=_CODE),
        Use("Video Playback Seek Started", "notifySeekStart; iOS before it startFromPosition(seek_position)", by=_CODE),
        Use(
            "Video Playback Seek Completed",
            "startFromPosition and notifyPlay; iOS by seek_position, the others by position",
            by=_CODE,
        ),
        Use("Video Playback Resumed", "startFromPosition and notifyPlay", by=_CODE),
        Use("Video Content Started", "sets the content's metadata, startFromPosition and notifyPlay", by=_CODE),
        Use(
            "Video Content Playing",
            "notifyPlay, and startFromPosition on Android; restores the content's metadata after an ad",
            by=_CODE,
        ),
        Use(("Video Content Completed", "Video Ad Completed"), "notifyEnd", by=_CODE),
        Use("Video Ad Started", "sets the ad's metadata and notifyPlay, with startFromPosition on Android", by=_CODE),
        Use("Video Ad Playing", "notifyPlay, with startFromPosition on Android", by=_CODE),
    ),
    ignores=(
        Ignored(
            (
                "Video Playback Completed",
                "Video Playback Exited",
                "Video Quality Updated",
                "Video Ad Skipped",
                "Video Ad Clicked",
            ),
            "a hidden event with all properties, outside the stream",
            by=_CODE,
        ),
    ),
    spellings=(Names("exact", "a hidden event with all properties, outside the stream", by=_CODE),),
    needs=(
        Need("asset_id", "string", "Video Playback Started", "id of the content, see C1", on=_DROID, by=_CODE),
        Need("content_asset_id", "string", "Video Playback Started", "id of the content, see C1", on=_IOS, by=_CODE),
        Need("asset_id", "string", (_START, "Video Ad Started"), "ns_st_ci, ns_st_ami", by=_CODE),
        Need(
            ("pod_id", "title", "season", "episode", "genre", "program", "publisher", "channel"),
            "string",
            _START,
            "metadata of the content",
            without="poorer",
            by=_CODE,
        ),
        Need("full_episode", "boolean", _START, "ns_st_ce", without="poorer", by=_CODE),
        Need("total_length", "integer", (_START, "Video Ad Started"), "ns_st_cl; made milliseconds", by=_CODE),
        Need("type", "string", "Video Ad Started", "ns_st_ad; else 1", by=_CODE),
        Need(("title", "publisher"), "string", "Video Ad Started", "metadata of the ad", without="poorer", by=_CODE),
        Need("position", "integer", _PLACED, "where playing goes on, see C2", by=_CODE),
        Need(
            "playbackPosition",
            "integer",
            _PLACED,
            "the same in milliseconds; goes before position, see C2",
            own=True,
            on=_DROID,
            by="AND-COMSCORE 238-242; KT-COMSCORE",
        ),
        Need(
            "seek_position",
            "integer",
            ("Video Playback Seek Started", "Video Playback Seek Completed"),
            "where playing goes on, see C3",
            on=_IOS,
            by="iOS-COMSCORE 570-578",
        ),
        Need("bitrate", "integer", "Video Playback Started", "ns_st_br; made bit/s", without="poorer", by=_CODE),
        Need("video_player", "string", "Video Playback Started", "ns_st_mp", without="poorer", by=_CODE),
        Need("sound", "integer", "Video Playback Started", "ns_st_vo", without="poorer", by=_CODE),
        Need("full_screen", "boolean", "Video Playback Started", "ns_st_ws", without="poorer", by=_CODE),
    ),
    options=(
        Option(("c3", "c4", "c6"), "string", "classifications of the account; *null if missing", by=_CODE),
        Option("contentClassificationType", "string", "kind of content; vc00 if missing", _KINDS, by=_CODE),
        Option("adClassificationType", "string", "kind of ad; va00 if missing", _AD_KINDS, by=_CODE),
        Option(("digitalAirdate", "tvAirdate"), "date", "ns_st_ddt and ns_st_tdt, YYYY-MM-DD", by=_CODE),
    ),
    settings=(
        Setting("c2", "the account at Comscore", by="CAT"),
        Setting("appName", "the app's name at Comscore", by="CAT"),
    ),
    heartbeats=(
        Heartbeat(10, "a heartbeat only restores the metadata after an ad; the library counts time itself", by=_CODE),
    ),
    live=(
        Live(
            "undefined",
            "position is passed on as it is; neither code nor documentation says what it should be",
            by=f"{_CODE}; SPEC",
        ),
    ),
    position=(
        Position(
            "asset", "where the asset that plays goes on; wanted in milliseconds, see C2", by=f"{_CODE}; THEO comscore"
        ),
    ),
    order=(
        Order(
            "Video Content Started",
            "after",
            ("Video Ad Completed", *_ON),
            "it alone restores the content's metadata on iOS; see C5 and C6",
            on=_IOS,
            by="iOS-COMSCORE 455-474,505-542",
        ),
        Order(
            "Video Content Completed",
            "before",
            ("Video Playback Completed", "Video Playback Exited"),
            "neither ends the stream; see C7",
            by=_CODE,
        ),
    ),
    quirks=(
        Quirk(
            "C1",
            "Video Playback Started: iOS reads content_asset_id, Android asset_id; the Video Spec has "
            "content_asset_ids only. The content's id is 0 or missing.",
            "sender",
            "Send both, in the singular.",
            events="Video Playback Started",
            shown=Sign(("asset_id", "content_asset_id"), absent=True),
            by=f"{_CODE}; SPEC 33",
        ),
        Quirk(
            "C2",
            "position goes to the library in seconds, which takes milliseconds; lengths are converted.",
            "sender",
            "On Android and Kotlin send playbackPosition in milliseconds. iOS cannot be mended: lengths and labels "
            "share the message.",
            events=_PLACED,
            shown=(Sign("position", above=0), Sign("playbackPosition", absent=True)),
            by="AND-COMSCORE 238-242; THEO comscore ComscoreStreamingAnalyticsTHEOIntegration.ts:429-430",
        ),
        Quirk(
            "C3",
            "iOS reads seek_position on Seek Completed; the Video Spec sends position.",
            "sender",
            "Copy it: seek_position on Seek Completed.",
            events="Video Playback Seek Completed",
            on=_IOS,
            shown=Sign("seek_position", absent=True),
            by="iOS-COMSCORE 570-578; SPEC 339",
        ),
        Quirk(
            "C4",
            "iOS ignores position 0.",
            "nobody",
            "Playing from the very beginning is not told as a position.",
            events=_PLACED,
            on=_IOS,
            shown=Sign("position", values=(0,)),
            without="poorer",
            by="iOS-COMSCORE 561-568",
        ),
        Quirk(
            "C5",
            "iOS does not restore the content's metadata after an ad: Video Content Playing does nothing for it.",
            "sender",
            "Send Video Content Started after every ad break.",
            events=_CONTENT,
            on=_IOS,
            shown=(Sign("event", values=("Video Content Playing",), of="message"), Sign("ads_since", of="session")),
            by="iOS-COMSCORE 455-474,505-542",
        ),
        Quirk(
            "C6",
            "On iOS every playback event after Started throws the content's metadata away: after a mere pause it is "
            "gone until the next Content Started.",
            "sender",
            "Send Video Content Started after each Resumed, Buffer Completed and Seek Completed in content.",
            events="Video Content Playing",
            on=_IOS,
            shown=Sign("unnamed", of="session"),
            by="iOS-COMSCORE",
        ),
        Quirk(
            "C7",
            "Neither Video Playback Completed nor Exited ends the stream.",
            "sender",
            "Send Video Content Completed before them.",
            events=("Video Playback Completed", "Video Playback Exited"),
            shown=Sign("content", of="session"),
            at_end=True,
            by=_CODE,
        ),
        Quirk(
            "C8",
            "Each content pod that a mid-roll completes is an end.",
            "sender",
            "Leave out Video Content Completed at a mid-roll.",
            events="Video Content Completed",
            shown=(Sign("position", short_of="total_length"), Sign("ended", of="session", absent=True)),
            by=_CODE,
        ),
        Quirk(
            "C9",
            "The list ad_type on Started is turned into text, and only its presence counts.",
            "nobody",
            "Nothing is reported from it.",
            events="Video Playback Started",
            shown=Sign("ad_type", shapes=("array",)),
            without="poorer",
            by=_CODE,
        ),
        Quirk(
            "C10",
            "In livestreams position is passed on as it is; the Video Spec says to ask the destination, whose "
            "documentation is silent.",
            "nobody",
            "No source says what is right.",
            shown=(Sign("livestream", values=(True,)), Sign("position")),
            by=f"{_CODE}; SPEC; DOC comscore",
        ),
        Quirk(
            "C11",
            "On Android a playback event after Started takes the content's id from the labels of the ads after it, "
            "and a pause in an ad keeps the content's from coming back.",
            "sender",
            "Send Video Content Started after each Resumed, Buffer Completed and Seek Completed in content.",
            events="Video Ad Started",
            on=_DROID,
            shown=Sign("unnamed", of="session"),
            by="AND-COMSCORE 251",
        ),
    ),
    overrides=(
        Copy("content_asset_ids.0", "asset_id", events="Video Playback Started", mends="C1"),
        Copy("content_asset_ids.0", "content_asset_id", events="Video Playback Started", mends="C1"),
        Scale("position", 1000, "playbackPosition", events=_PLACED, on=_DROID, mends="C2"),
        Copy("position", "seek_position", events="Video Playback Seek Completed", on=_IOS, mends="C3"),
    ),
    amend=Amend(
        _amend,
        {
            "C5": "a Video Content Started before the Playing that follows an ad",
            **dict.fromkeys(
                ("C6", "C11"),
                "a Video Content Started after each Resumed, Buffer Completed and Seek Completed in content",
            ),
            "C7": "a Video Content Completed before the end, if the content has not ended",
            "C8": "a Video Content Completed before the content's end is not sent",
        },
    ),
)
