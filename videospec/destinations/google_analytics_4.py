"""Google Analytics 4 by its Measurement Protocol, in Segment's servers: every event needs a mapping, none has a preset."""

from collections.abc import Iterator
from typing import Final

from videospec.destinations.destination import (
    EVERY,
    Destination,
    Key,
    Live,
    Names,
    Position,
    Quirk,
    Setting,
    Unreached,
    Use,
)
from videospec.destinations.limits import (
    MostProperties,
    NameLength,
    NamePattern,
    Oldest,
    ReservedNames,
    TextLength,
    Values,
)
from videospec.destinations.overrides import Amend, Rename
from videospec.destinations.viewing import Draft, Viewing

_CUSTOM: Final = "ACT google-analytics-4/customEvent/index.ts"
_VERIFY: Final = "ACT google-analytics-4/ga4-functions.ts:14-36"
_DOC: Final = "DOC actions-google-analytics-4"

_FLAT: Final = ("asset_id", "title", "program", "position", "total_length")
_LONGEST, _MOST = 100, 25


def _amend(draft: Draft, viewing: Viewing) -> Iterator[Draft]:
    """Only what Google takes: no null, list or object, no long text; of a content within an ad what tells which it is."""
    inner = draft.find("content")
    for name in list(draft.properties):
        value = draft.properties[name]
        if value is None or isinstance(value, list | dict):
            draft.drop(name)
        elif isinstance(value, str) and len(value) > _LONGEST:
            draft.put(name, value[:_LONGEST])
    for name in _FLAT if isinstance(inner, dict) else ():
        if isinstance(value := inner.get(name), str | int | float):
            draft.put(f"content_{name}", value[:_LONGEST] if isinstance(value, str) else value)
    for name in list(draft.properties)[_MOST:]:
        draft.drop(name)
    yield draft


destination: Final = Destination(
    name="Google Analytics 4 Cloud",
    also=("Google Analytics 4", "GA4", "GA4 Cloud", "Actions Google Analytics 4", "Actions Google Analytic 4"),
    about="Custom events of Google Analytics 4. Google's own video reports are not fed: they want other names.",
    checked="2026-11-22",
    reach=("cloud-web", "server"),
    keys=(
        Key("Google Analytics 4 Cloud", by="CAT"),
        Key("Actions Google Analytic 4", by="CAT; DOC guides/filtering-data"),
    ),
    unreached=(
        Unreached(
            ("cloud-mobile", "device-ios", "device-android"), "The catalogue has no mobile mode for it.", by="CAT"
        ),
        Unreached(("device-web",), "In the page it is another destination, Google Analytics 4 Web.", by="CAT"),
    ),
    uses=(
        Use(
            EVERY,
            "a custom event with _ for spaces, such as Video_Playback_Started, if a mapping sends it",
            by=f"{_CUSTOM}:29-37",
        ),
    ),
    spellings=(Names("underscores", "an event of its own name", by=f"{_CUSTOM}:29-37,81"),),
    settings=(
        Setting("measurementId", "the data stream, for the web", by="ACT google-analytics-4/index.ts"),
        Setting("firebaseAppId", "the data stream, for apps", by="ACT google-analytics-4/index.ts"),
        Setting("apiSecret", "the secret of the data stream", by="ACT google-analytics-4/index.ts"),
        Setting(
            "engagement_time_msec",
            "a field of the mapping, which reports of active users need; 1 for every event if not set",
            by=_DOC,
        ),
    ),
    live=(Live("as-is", "position is a parameter like any other", by=_CUSTOM),),
    position=(Position("as-is", "position is a parameter like any other", by=_CUSTOM),),
    quirks=(
        Quirk(
            "GA1",
            "An event with a null, a list or an object is rejected whole: so are Started, contents with keywords, ads "
            "with content, and everything live.",
            "sender",
            "Leave out nulls, lists and objects; send what matters of content flat.",
            events=EVERY,
            by=f"{_VERIFY}; SPEC; COMPUTED",
        ),
        Quirk(
            "GA2",
            "session_id is Google's own parameter for its sessions: a viewing's id there splits and joins visits.",
            "sender",
            "Send it as video_session_id.",
            events=EVERY,
            by=f"{_DOC}:130",
        ),
        Quirk(
            "GA3",
            "A content has 19 properties; with an ad's 12 beside them an event has more than 25.",
            "sender",
            "Keep of content only what is needed.",
            events=("Video Ad Started", "Video Ad Playing", "Video Ad Completed"),
            by="GOOGLE; SPEC; COMPUTED",
        ),
        Quirk(
            "GA4",
            "No preset sends track calls: without a Custom Event mapping nothing arrives.",
            "nobody",
            "Add the mapping in Segment.",
            events=EVERY,
            by="ACT google-analytics-4/index.ts",
        ),
    ),
    limits=(
        Values(
            ("null", "array", "object"),
            quirks="GA1",
            outcome="event lost",
            then="Segment rejects the event",
            by=_VERIFY,
        ),
        MostProperties(
            25, quirks="GA3", outcome="property lost", then="parameters beyond 25 are not logged", by="GOOGLE"
        ),
        NameLength("event", 40, outcome="event lost", then="the event is rejected", by=f"{_DOC}:113"),
        NamePattern(
            "event",
            "[A-Za-z][A-Za-z0-9_ ]*",
            outcome="event lost",
            then="Google drops the event in silence",
            by=f"{_DOC}:113,211-218",
        ),
        NameLength("property", 40, outcome="property lost", then="the parameter is not logged", by="GOOGLE"),
        NamePattern(
            "property",
            "[a-z_][a-z0-9_]*",
            outcome="event lost",
            then="Google takes no capitals, dashes or leading digits in names, and drops the event in silence",
            by=f"{_DOC}:211-218",
        ),
        TextLength(100, outcome="property lost", then="longer values are not logged", by="GOOGLE"),
        ReservedNames(
            "property",
            ("session_id",),
            quirks="GA2",
            outcome="value changed",
            then="Google takes it for the session of its own",
            by=f"{_DOC}:130",
        ),
        ReservedNames(
            "property",
            (),
            ("_", "firebase_", "ga_", "google_", "gtag."),
            outcome="event lost",
            then="Google drops events with reserved names in silence",
            by=f"{_DOC}:211-218",
        ),
        Oldest(72, outcome="event lost", then="Google drops it", by=_DOC),
    ),
    overrides=(
        Rename("session_id", "video_session_id", mends="GA2"),
        Rename("startupTime", "startup_time"),
        Rename("droppedFrames", "dropped_frames"),
    ),
    amend=Amend(
        _amend,
        {
            "GA1": "nulls, lists and objects are left out; the content of an ad is flat, as content_title and so on",
            "GA3": f"of a content in an ad five properties are kept, and {_MOST} in all",
        },
    ),
)
