"""Nielsen DTVR (Digital in TV Ratings): linear television over the network, counted by the ID3 tags in the stream."""

from typing import Final

from videospec.destinations.destination import (
    Destination,
    Ignored,
    Key,
    Live,
    Need,
    Position,
    Quirk,
    Setting,
    Unreached,
    Use,
)
from videospec.destinations.nielsen_dtvr_overrides import AMEND, END, LISTED, OFF, ON, OVERRIDES
from videospec.destinations.nielsen_dtvr_overrides import APPS as _APPS

_CODE: Final = "iOS-DTVR; AND-DTVR; SW-DTVR; KT-DTVR"

destination: Final = Destination(
    name="Nielsen DTVR",
    also=("DTVR",),
    about="Ratings of linear television in digital form by Nielsen, which counts the ID3 tags of the stream.",
    checked="2026-11-22",
    reach=("device-web", "device-ios", "device-android"),
    simulated=True,
    keys=(Key("Nielsen DTVR", by="DOC nielsen-dtvr; AJS nielsen-dtvr"),),
    unreached=(
        Unreached(
            ("server", "cloud-web", "cloud-mobile"),
            "Nielsen's library must run where the video plays. The destination is not in the catalogue, and a private "
            "beta in Kotlin.",
            by="CAT; DOC nielsen-dtvr",
        ),
    ),
    uses=(
        Use(
            "Video Content Started",
            "loads the channel's metadata and sends the ID3 tag",
            on=("web",),
            by="AJS nielsen-dtvr:107-126",
        ),
        Use("Video Content Started", "plays the channel and loads its metadata", on=_APPS, by=_CODE),
        Use(
            ON,
            "loads the channel's metadata again and sends the ID3 tag",
            on=("web",),
            by="AJS nielsen-dtvr:174-181; RUN",
        ),
        Use(ON, "plays", on=_APPS, by=_CODE),
        Use(OFF, "sends the ID3 tag, if the event is listed", on=("web",), by="AJS nielsen-dtvr:159-164"),
        Use(OFF, "stop", on=_APPS, by=_CODE),
        Use(END, "forgets the stream; Nielsen hears nothing", on=("web",), by="AJS nielsen-dtvr:140-145"),
        Use(END, "stop", on=_APPS, by=_CODE),
    ),
    ignores=(
        Ignored(
            (
                "Video Playback Started",
                "Video Content Playing",
                "Video Ad Started",
                "Video Ad Playing",
                "Video Ad Completed",
                "Video Ad Skipped",
                "Video Ad Clicked",
                "Video Quality Updated",
            ),
            "the ID3 tag is sent, if the event is listed in sendId3Events",
            by=f"AJS nielsen-dtvr:96-98,183-210; {_CODE}",
        ),
    ),
    needs=(
        Need(
            "load_type",
            "string",
            ("Video Content Started", *ON),
            "anything but linear, and the stream is not measured; see T1",
            values=("linear",),
            without="lost",
            on=("web",),
            by="AJS nielsen-dtvr:243-259; RUN",
        ),
        Need(
            "load_type",
            "string",
            "Video Content Started",
            "dynamic is ad model 2, all else 1",
            values=("linear", "dynamic"),
            on=_APPS,
            by=_CODE,
        ),
        Need(
            "channel",
            "string",
            ("Video Content Started", *ON),
            "name of the channel; without it nothing is loaded",
            without="lost",
            on=("web",),
            by="AJS nielsen-dtvr:225-267",
        ),
        Need("channel", "string", "Video Content Started", "name of the channel", on=_APPS, by=_CODE),
        Need(
            "id3",
            "string",
            ("Video Content Started", *ON, *OFF),
            "the ID3 tag, on the events listed in sendId3Events; its name is set by id3Property",
            own=True,
            listed=True,
            named="id3Property",
            by=f"AJS nielsen-dtvr:183-210; {_CODE}",
        ),
    ),
    settings=(
        Setting("appId", "the app at Nielsen", by="AJS nielsen-dtvr"),
        Setting("instanceName", "the instance of Nielsen's library", by="AJS nielsen-dtvr"),
        Setting("id3Property", "the property with the ID3 tag; id3 if not set", by="AJS nielsen-dtvr"),
        Setting("sendId3Events", "the events whose ID3 tag is sent; none if empty", by="AJS nielsen-dtvr:183-197"),
        Setting("debug", "Nielsen's debug mode", by="AJS nielsen-dtvr"),
        Setting("optout", "opts out", by="AJS nielsen-dtvr"),
        Setting("sfcode", "the market, in apps", by=_CODE),
    ),
    live=(Live("as-is", "position is not read", by=f"AJS nielsen-dtvr; {_CODE}"),),
    position=(Position("unread", "only ID3 tags count", by=f"AJS nielsen-dtvr; {_CODE}"),),
    quirks=(
        Quirk(
            "T1",
            "On the web Resumed, Seek Completed and Buffer Completed without load_type end the measurement of the "
            "stream.",
            "sender",
            "Send load_type: linear and channel on them.",
            events=ON,
            on=("web",),
            by="AJS nielsen-dtvr:253-259; RUN",
        ),
        Quirk(
            "T2",
            "load_type is read from content and playback events, which by the Video Spec have none.",
            "sender",
            "Send it there.",
            events=("Video Content Started", *ON),
            by="SPEC 719; AJS nielsen-dtvr:243-251",
        ),
        Quirk(
            "T3",
            "DTVR asks for linear, DCR for dynamic: an asset can be measured by one of them only.",
            "sender",
            "Send a targeted copy to each, or choose by asset.",
            events="Video Content Started",
            by="AJS nielsen-dtvr:256; AJS nielsen-dcr:532-541",
        ),
        Quirk(
            "T4",
            "sendId3Events is compared letter by letter on the web, and in any case in apps.",
            "nobody",
            "Spell the events in the setting exactly as they are sent.",
            by=f"AJS nielsen-dtvr:197; {_CODE}",
        ),
        Quirk(
            "T5",
            "On iOS an event that plays or stops never sends its ID3 tag, listed or not.",
            "nobody",
            "The fault is in Segment's code; list other events.",
            events=("Video Content Started", *ON, *OFF, *END),
            on=("ios", "swift"),
            by="iOS-DTVR 181-190; SW-DTVR",
        ),
        Quirk(
            "T6",
            "On classic Android a listed event without the ID3 property makes the next listed one crash.",
            "sender",
            "Send the property on every listed event: the last tag again, or an empty text, does no harm.",
            on=("android",),
            by="AND-DTVR 109-118",
        ),
        Quirk(
            "T7",
            "In Swift the plugin crashes at setup: a value that it reads is never set.",
            "nobody",
            "The fault is in Segment's code.",
            on=("swift",),
            by="SW-DTVR 49,178",
        ),
        Quirk(
            "T8",
            "iOS sends an empty ID3 tag where there is none.",
            "sender",
            "Send the property on every listed event, or the event not at all.",
            on=("ios",),
            by="iOS-DTVR",
        ),
        Quirk(
            "T9",
            "On the web listed events without a handler, such as Video Content Playing, send their ID3 tag even when "
            "the "
            "stream is not linear.",
            "sender",
            "Leave the ID3 property out of streams that DTVR must not count.",
            events=("Video Content Playing", "Video Ad Playing"),
            on=("web",),
            by="AJS nielsen-dtvr:96-98; RUN",
        ),
    ),
    listed=LISTED,
    overrides=OVERRIDES,
    amend=AMEND,
)
