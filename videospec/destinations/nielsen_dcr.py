"""Nielsen DCR (Digital Content Ratings): a playhead every second, for contents and ads that are not linear television."""

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
    Setting,
    Unreached,
    Use,
)
from videospec.destinations.nielsen_dcr_overrides import AMEND, OVERRIDES
from videospec.destinations.nielsen_dcr_quirks import BEATS, CODE, OFF, ON, QUIRKS
from videospec.destinations.places import APPS

_META: Final = "AJS nielsen-dcr:165-230"
_START: Final = "Video Content Started"
_LOADS: Final = ("load_type", "content.load_type")
_ENDS: Final = ("Video Content Completed", "Video Ad Completed")
_NESTED: Final = ("Video Ad Started", *ON)
_INNER: Final = "the content's metadata in pre-rolls and after a change of asset"
_EARLY: Final = "metadata, read from the playback event; see N9"

destination: Final = Destination(
    name="Nielsen DCR",
    also=("DCR",),
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
        Use("Video Playback Started", "loads the content's metadata, starts the timer and plays", on=APPS, by=CODE),
        Use(
            _START,
            "ends another asset, loads the metadata and sends the playhead every second",
            on=("web",),
            by="AJS nielsen-dcr:273-294",
        ),
        Use(_START, "loads the metadata and starts the timer", on=APPS, by=CODE),
        Use(BEATS, "sets the playhead: the timer goes on from position", on=("web",), by="AJS nielsen-dcr:302-313"),
        Use(BEATS, "starts the timer, if it is not running; see N7", on=APPS, by=CODE),
        Use(_ENDS, "sends the last playhead and stop", on=("web",), by="AJS nielsen-dcr:321-334,395-410"),
        Use(_ENDS, "stop, and no more playheads", on=APPS, by=CODE),
        Use(OFF, "stop, and no more playheads", by=f"AJS nielsen-dcr:417-430; {CODE}"),
        Use(
            ON,
            "loads another asset's metadata if the asset has changed, and starts the timer again",
            on=("web",),
            by="AJS nielsen-dcr:440-475; RUN",
        ),
        Use(ON, "starts the timer and plays", on=APPS, by=CODE),
        Use("Video Playback Completed", "the last playhead on the web, and end", by=f"AJS nielsen-dcr:484-506; {CODE}"),
        Use(
            "Video Ad Started",
            "in a pre-roll loads the content's metadata from content, then the ad's, and starts the timer",
            by=f"AJS nielsen-dcr:342-373; {CODE}",
        ),
    ),
    ignores=(
        Ignored("Video Playback Started", "nothing", on=("web",), by="AJS nielsen-dcr"),
        Ignored(
            ("Video Quality Updated", "Video Ad Skipped", "Video Ad Clicked"), "nothing", by=f"AJS nielsen-dcr; {CODE}"
        ),
    ),
    spellings=(
        Names("words", "nothing", on=("web",), by="RUN"),
        Names("exact", "nothing", on=APPS, by="iOS-DCR; AND-DCR; SW-DCR; KT-DCR"),
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
        Need("load_type", "string", _START, "else ads count as linear", values=("dynamic",), on=APPS, by=CODE),
        Need("content", "object", _NESTED, _INNER, without="poorer", on=("web",), by="AJS nielsen-dcr:351,468; RUN"),
        Need("content", "object", "Video Ad Started", _INNER, without="lost", on=("swift",), by="SW-DCR 371"),
        Need(
            "content.load_type",
            "string",
            _NESTED,
            "dynamic inside content too, where it is needed; see N1",
            values=("dynamic",),
            without="poorer",
            on=("web",),
            by="AJS nielsen-dcr:173-176,351,468; RUN",
        ),
        Need("asset_id", "string", _START, "the asset; the web takes content_asset_id first", by=f"{_META}; {CODE}"),
        Need(("program", "title"), "string", _START, "metadata", by=f"{_META}; {CODE}"),
        Need("full_episode", "boolean", _START, "y or n; missing is n", by=f"{_META}; {CODE}"),
        Need("total_length", "integer", _START, "length in seconds; missing is 0", by=_META),
        Need(
            "airdate",
            "date",
            _START,
            "missing is today's date on the web, and a crash in Swift; see N5",
            by="AJS nielsen-dcr:518; SW-DCR 216-237; RUN",
        ),
        Need(("asset_id", "title", "program"), "string", "Video Playback Started", _EARLY, on=APPS, by=CODE),
        Need("airdate", "date", "Video Playback Started", _EARLY, on=APPS, by=CODE),
        Need("full_episode", "boolean", "Video Playback Started", _EARLY, on=APPS, by=CODE),
        Need(
            "livestream",
            "boolean",
            (_START, "Video Content Playing", *ON),
            "turns the playhead into a Unix time",
            by="AJS nielsen-dcr:555-570; DOC nielsen-dcr:59",
        ),
        Need(
            "position",
            "integer",
            (_START, "Video Content Playing", "Video Ad Started", *ON),
            "the playhead, in seconds of the asset that plays",
            by="AJS nielsen-dcr:424-475; RUN",
        ),
        Need("asset_id", "string", "Video Ad Started", "the ad", by=f"AJS nielsen-dcr:355-366; {CODE}"),
        Need(
            "type",
            "string",
            "Video Ad Started",
            "the ad's place, without its hyphen; apps compare pre-roll exactly",
            values=("pre-roll", "mid-roll", "post-roll"),
            by=f"AJS nielsen-dcr:342-347; {CODE}",
        ),
    ),
    options=(
        Option(
            "ad_load_type",
            "string",
            "goes before load_type",
            ("dynamic",),
            over=_LOADS,
            on=("web",),
            by="AJS nielsen-dcr:532-541",
        ),
        Option(
            "adLoadType",
            "string",
            "the same in apps; the web takes it under nielsen-dcr",
            ("dynamic",),
            over=_LOADS,
            by=f"{CODE}; RUN",
        ),
        Option("hasAds", "boolean", "whether the content has ads; see N6", by=f"AJS nielsen-dcr:205; {CODE}"),
        Option(("crossId1", "crossId2"), "string", "ids of the episode elsewhere", by=f"AJS nielsen-dcr:203; {CODE}"),
        Option(("segB", "segC"), "string", "groups of one's own", by=f"AJS nielsen-dcr:229; {CODE}"),
        Option(("channelName", "mediaUrl"), "string", "what play is told", on=APPS, by=CODE),
        Option("pipmode", "boolean", "whether it plays in a small window over others", on=APPS, by=CODE),
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
            ("Video Content Playing", "Video Content Completed", *ON),
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
    quirks=QUIRKS,
    overrides=OVERRIDES,
    amend=AMEND,
)
