"""Google Ads: a video event counts only as a conversion that somebody has mapped."""

from typing import Final

from videospec.destinations.destination import EVERY, Destination, Key, Live, Position, Quirk, Setting, Unreached, Use

_CODE: Final = "ACT google-enhanced-conversions/index.ts"

destination: Final = Destination(
    name="Google Ads",
    also=("Google Enhanced Conversions", "Google AdWords"),
    about="Conversions for Google's ads.",
    checked="2026-11-22",
    reach=("device-web", "cloud-web", "cloud-mobile", "server"),
    keys=(
        Key("Google Ads Conversions", on=("cloud",), by="CAT"),
        Key("Actions Google Enhanced Conversions", on=("cloud",), by="CAT"),
        Key("Google AdWords New", on=("web",), by="CAT; AJS google-adwords-new"),
        Key("Google Ads (Gtag)", on=("web",), by="CAT"),
        Key("AdWords", by="CAT; AJS adwords"),
        Key("Google Ads (Classic)", by="CAT"),
    ),
    unreached=(
        Unreached(("device-ios", "device-android"), "Segment has no Google Ads integration for apps.", by="CAT"),
    ),
    uses=(Use(EVERY, "the conversion that it is mapped to, if it is", by=f"CAT; {_CODE}"),),
    settings=(
        Setting("conversionTrackingId", "the account's conversions", by="CAT"),
        Setting("customerId", "the account", by="CAT"),
    ),
    live=(Live("as-is", "position is not read", by=_CODE),),
    position=(Position("unread", "a conversion has no position", by=_CODE),),
    quirks=(
        Quirk(
            "ADS1",
            "Only mapped events arrive, each as a conversion.",
            "nobody",
            "Map Video Playback Started or Completed, and never a heartbeat.",
            events=EVERY,
            by=f"CAT; {_CODE}",
        ),
    ),
)
