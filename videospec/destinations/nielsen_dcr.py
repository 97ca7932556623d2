"""Nielsen DCR (Digital Content Ratings): a playhead every second, for contents and ads that are not linear television."""

from typing import Final

from videospec.destinations.destination import (
    Destination,
    Heartbeat,
    Ignored,
    Key,
    Live,
    Need,
    Option,
    Order,
    Platform,
    Position,
    Quirk,
    Setting,
    Unreached,
    Use,
)

_APPS: Final[tuple[Platform, ...]] = ("ios", "swift", "android", "kotlin")
_ON: Final = ("Video Playback Resumed", "Video Playback Seek Completed", "Video Playback Buffer Completed")
_OFF: Final = (
    "Video Playback Paused",
    "Video Playback Seek Started",
    "Video Playback Buffer Started",
    "Video Playback Interrupted",
    "Video Playback Exited",
)
_CODE: Final = "iOS-DCR; AND-DCR; SW-DCR; KT-DCR"

_META: Final = "AJS nielsen-dcr:165-230"
_START: Final = "Video Content Started"
_BEATS: Final = ("Video Content Playing", "Video Ad Playing")
_ENDS: Final = ("Video Content Completed", "Video Ad Completed")
_NESTED: Final = ("Video Ad Started", *_ON)
_INNER: Final = "the content's metadata in pre-rolls and after a change of asset"
_EARLY: Final = "metadata, read from the playback event; see N9"

destination: Final = Destination(
    name="Nielsen DCR",
    about="Ratings of digital content and its ads by Nielsen, which hears the playhead every second.",
    checked="2026-11-22",
    reach=("device-web", "device-ios", "device-android"),
    simulated=True,
    keys=(
        Key("Nielsen DCR", on=("web", "swift"), by="CAT; AJS nielsen-dcr; SW-DCR 70"),
        Key("Nielsen DCR", "switch", on=("ios", "android", "kotlin"), by="CAT"),
        Key("nielsen-dcr", "options", on=("ios", "android", "kotlin"), by="iOS-DCR 341; AND-DCR 550; KT-DCR 167"),
        Key("nielsen-dcr", "options", on=("web",), by="AJS nielsen-dcr; FAC; RUN"),
    ),
    unreached=(
        Unreached(
            ("server", "cloud-web", "cloud-mobile"),
            "The destination has no cloud mode: Nielsen's library must run where the video plays.",
            by="CAT",
        ),
    ),
    uses=(
        Use("Video Playback Started", "loads the content's metadata, starts the timer and plays", on=_APPS, by=_CODE),
        Use(
            _START,
            "ends another asset, loads the metadata and sends the playhead every second",
            on=("web",),
            by="AJS nielsen-dcr:273-294",
        ),
        Use(_START, "loads the metadata and starts the timer", on=_APPS, by=_CODE),
        Use(_BEATS, "sets the playhead: the timer goes on from position", on=("web",), by="AJS nielsen-dcr:302-313"),
        Use(_BEATS, "starts the timer, if it is not running; see N7", on=_APPS, by=_CODE),
        Use(_ENDS, "sends the last playhead and stop", on=("web",), by="AJS nielsen-dcr:321-334,395-410"),
        Use(_ENDS, "stop, and no more playheads", on=_APPS, by=_CODE),
        Use(_OFF, "stop, and no more playheads", by=f"AJS nielsen-dcr:417-430; {_CODE}"),
        Use(
            _ON,
            "loads another asset's metadata if the asset has changed, and starts the timer again",
            on=("web",),
            by="AJS nielsen-dcr:440-475; RUN",
        ),
        Use(_ON, "starts the timer and plays", on=_APPS, by=_CODE),
        Use(
            "Video Playback Completed", "the last playhead on the web, and end", by=f"AJS nielsen-dcr:484-506; {_CODE}"
        ),
        Use(
            "Video Ad Started",
            "in a pre-roll loads the content's metadata from content, then the ad's, and starts the timer",
            by=f"AJS nielsen-dcr:342-373; {_CODE}",
        ),
    ),
    ignores=(
        Ignored("Video Playback Started", "nothing", on=("web",), by="AJS nielsen-dcr"),
        Ignored(
            ("Video Quality Updated", "Video Ad Skipped", "Video Ad Clicked"), "nothing", by=f"AJS nielsen-dcr; {_CODE}"
        ),
    ),
    needs=(
        Need(
            "load_type",
            "string",
            _START,
            "anything but dynamic, and the stream is not measured; see N1",
            values=("dynamic",),
            without="lost",
            on=("web",),
            by="AJS nielsen-dcr:180,532-541; RUN",
        ),
        Need("load_type", "string", _START, "else ads count as linear", values=("dynamic",), on=_APPS, by=_CODE),
        Need("content", "object", _NESTED, _INNER, without="lost", by="AJS nielsen-dcr:351,468; SW-DCR 371; RUN"),
        Need(
            "content.load_type",
            "string",
            _NESTED,
            "dynamic inside content too; see N1",
            values=("dynamic",),
            without="lost",
            on=("web",),
            by="AJS nielsen-dcr:173-176,351,468; RUN",
        ),
        Need("asset_id", "string", _START, "the asset; the web takes content_asset_id first", by=f"{_META}; {_CODE}"),
        Need(("program", "title"), "string", _START, "metadata", by=f"{_META}; {_CODE}"),
        Need("full_episode", "boolean", _START, "y or n; missing is n", by=f"{_META}; {_CODE}"),
        Need("total_length", "integer", _START, "length in seconds; missing is 0", by=_META),
        Need(
            "airdate",
            "date",
            _START,
            "missing is today's date on the web, and a crash in Swift; see N5",
            by="AJS nielsen-dcr:518; SW-DCR 216-237; RUN",
        ),
        Need(("asset_id", "title", "program"), "string", "Video Playback Started", _EARLY, on=_APPS, by=_CODE),
        Need("airdate", "date", "Video Playback Started", _EARLY, on=_APPS, by=_CODE),
        Need("full_episode", "boolean", "Video Playback Started", _EARLY, on=_APPS, by=_CODE),
        Need(
            "livestream",
            "boolean",
            (_START, "Video Content Playing", *_ON),
            "turns the playhead into a Unix time",
            by="AJS nielsen-dcr:555-570; DOC nielsen-dcr:59",
        ),
        Need(
            "position",
            "integer",
            (_START, "Video Content Playing", "Video Ad Started", *_ON),
            "the playhead, in seconds of the asset that plays",
            by="AJS nielsen-dcr:424-475; RUN",
        ),
        Need("asset_id", "string", "Video Ad Started", "the ad", by=f"AJS nielsen-dcr:355-366; {_CODE}"),
        Need(
            "type",
            "string",
            "Video Ad Started",
            "the ad's place, without its hyphen; apps compare pre-roll exactly",
            values=("pre-roll", "mid-roll", "post-roll"),
            by=f"AJS nielsen-dcr:342-347; {_CODE}",
        ),
    ),
    options=(
        Option(
            "ad_load_type", "string", "goes before load_type", ("dynamic",), on=("web",), by="AJS nielsen-dcr:532-541"
        ),
        Option("adLoadType", "string", "the same in apps; the web takes it under nielsen-dcr", by=f"{_CODE}; RUN"),
        Option("hasAds", "boolean", "whether the content has ads; see N6", by=f"AJS nielsen-dcr:205; {_CODE}"),
        Option(("crossId1", "crossId2"), "string", "ids of the episode elsewhere", by=f"AJS nielsen-dcr:203; {_CODE}"),
        Option(("segB", "segC"), "string", "groups of one's own", by=f"AJS nielsen-dcr:229; {_CODE}"),
        Option(("channelName", "mediaUrl"), "string", "what play is told", on=_APPS, by=_CODE),
        Option("pipmode", "boolean", "whether it plays in a small window over others", on=_APPS, by=_CODE),
    ),
    settings=(
        Setting("appId", "the app at Nielsen", by="AJS nielsen-dcr"),
        Setting("instanceName", "the instance of Nielsen's library", by="AJS nielsen-dcr"),
        Setting("nolDevDebug", "Nielsen's debug mode", by="AJS nielsen-dcr"),
        Setting("contentAssetIdPropertyName", "another property for the content's id", by=_META),
        Setting("adAssetIdPropertyName", "another property for the ad's id", by="AJS nielsen-dcr:355-357"),
        Setting("subbrandPropertyName", "the property with the sub-brand", by=_META),
        Setting("clientIdPropertyName", "the property with the client id", by=_META),
        Setting("contentLengthPropertyName", "another property for the length", by=_META),
        Setting("customSectionProperty", "the property of page calls with the section", by="AJS nielsen-dcr"),
        Setting(
            "sendCurrentTimeLivestream",
            "in livestreams sends now, whatever position says",
            by="AJS nielsen-dcr:555-570",
        ),
        Setting("sfCode", "the market, in apps", by="CAT"),
        Setting("optout", "opts out", by="AJS nielsen-dcr"),
    ),
    heartbeats=(
        Heartbeat(
            10,
            "Nielsen hears a playhead every second from the integration's own timer; this puts it right",
            by="DOC nielsen-dcr",
        ),
    ),
    live=(
        Live(
            "negative-offset",
            "seconds behind now, such as -30, sent as the Unix time of then; missing or 0 is now",
            by="AJS nielsen-dcr:555-570; DOC nielsen-dcr:59",
        ),
    ),
    position=(
        Position(
            "asset",
            "the playhead of the asset that plays: the content's, and in an ad the ad's",
            by="AJS nielsen-dcr:424-475; RUN",
        ),
    ),
    order=(
        Order(
            "Video Content Started",
            "before",
            ("Video Content Playing", "Video Content Completed", *_ON),
            "only it says that the stream is to be measured",
            on=("web",),
            by="AJS nielsen-dcr:180; RUN",
        ),
        Order(
            "Video Playback Completed",
            "after",
            ("Video Playback Exited", "Video Playback Interrupted"),
            "if nothing comes after: the session is only stopped, not ended; see N10",
            by="AJS nielsen-dcr:417-430",
        ),
    ),
    quirks=(
        Quirk(
            "N1",
            "The web drops everything unless the load type is dynamic. It looks for it on content events, where the "
            "Video"
            "Spec has none. Apps send linear instead.",
            "sender",
            "Send load_type: dynamic on content events, and inside content on Video Ad Started, Resumed, Seek and "
            "Buffer"
            "Completed; or the option on every event.",
            events=("Video Content Started", "Video Ad Started", *_ON),
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
            events=_ON,
            on=("web",),
            by="AJS nielsen-dcr:244,453-466",
        ),
        Quirk(
            "N4",
            "Resumed, Seek Completed and Buffer Completed with another content_asset_id than before read the metadata "
            "from content. Without content, or its load type, the playhead stops for good and nothing tells.",
            "sender",
            "Send content, with load_type, on these events.",
            events=_ON,
            on=("web",),
            by="AJS nielsen-dcr:440-475; RUN",
        ),
        Quirk(
            "N5",
            "airdate: the web writes hours in twelves (21:05 becomes 09:05, a mere day 12:00:00), and a missing one is "
            "today. Classic Android takes three forms only. Swift crashes on one that it cannot read.",
            "sender",
            "Send airdate always, as YYYY-MM-DD or YYYY-MM-DDTHH:MM:SSZ.",
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
            "In apps a heartbeat does not put the playhead right while the timer runs, though the documentation says "
            "so.",
            "nobody",
            "Only a pause and a resume start it anew.",
            events=_BEATS,
            on=_APPS,
            by="iOS-DCR 311-321; AND-DCR 141-144; KT-DCR 313-316",
        ),
        Quirk(
            "N8",
            "The position of playback events, ads seen included, becomes the playhead of the content.",
            "sender",
            "Send the position within the asset that plays.",
            events=(*_OFF, *_ON),
            by="SPEC 36; AJS nielsen-dcr:424-429,449,474",
        ),
        Quirk(
            "N9",
            "Apps load the content's metadata from Video Playback Started, which by the Video Spec has none.",
            "sender",
            "Copy asset_id, title, program, airdate, full_episode and load_type onto it.",
            events="Video Playback Started",
            on=_APPS,
            by=_CODE,
        ),
        Quirk(
            "N10",
            "Exited and Interrupted stop the measurement but do not end the session. The documentation leaves Exited "
            "out"
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
            by="SW-DCR 201-213,419",
        ),
        Quirk(
            "N12",
            "Kotlin loses an event whose position is null or no whole number. A boolean under nielsen-dcr makes it "
            "fail.",
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
            on=_APPS,
            by=f"{_CODE} 371",
        ),
        Quirk(
            "N14",
            "On the web there is one state a page, not one a session: session_id is never read.",
            "nobody",
            "Two players on a page spoil each other's measurement.",
            on=("web",),
            by="AJS nielsen-dcr",
        ),
    ),
)
