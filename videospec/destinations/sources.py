"""Where the facts were read: every source by its tag, and how a fact's `by` is taken apart."""

import datetime
from typing import Final, NamedTuple

from attrs import frozen

_LAST: Final = {4: "-12-31", 7: "-28", 10: ""}
"""What completes a date that is known to the year, the month or the day."""


@frozen
class Source:
    """A repository or a page as it was on a day. `date` is ISO, to the day, the month or the year that is known;
    `proven` is false for what nobody has read."""

    tag: str
    what: str
    commit: str = ""
    date: str = ""
    where: str = ""
    proven: bool = True

    @property
    def day(self) -> datetime.date | None:
        """The last day that its date may mean; None where it has none."""
        return datetime.date.fromisoformat(self.date + _LAST[len(self.date)]) if self.date else None


class Citation(NamedTuple):
    """One source of a fact, and where in it."""

    tag: str
    place: str


def citations(by: str) -> tuple[Citation, ...]:
    """The citations of a fact's `by`, in its order."""
    parts = (part.strip().partition(" ") for part in by.split(";"))
    return tuple(Citation(tag, place.strip()) for tag, _, place in parts if tag)


_INTEGRATIONS: Final = "segment-integrations/analytics-"
_TABLE: Final = (
    Source("SPEC", "segmentio/segment-docs", "747b35d", "2025-11-07", "src/connections/spec/video.md"),
    Source("DOC", "segmentio/segment-docs", "747b35d", "2025-11-07", "its other pages"),
    Source("CAT", "segmentio/segment-docs", "747b35d", "2025-11-06", "src/_data/catalog/destinations.yml, generated"),
    Source("AJS", "segmentio/analytics.js-integrations", "dc98359", "2026-04-22", "integrations/<name>/lib/index.js"),
    Source("ACT", "segmentio/action-destinations", "970a17e", "2026-08-21", "destination-actions/src/destinations"),
    Source("FAC", "segmentio/facade", "435ae57", "2023-01-10"),
    Source("EVT", "segmentio/analytics-events", "2a4a7b6", "2023-12-08"),
    Source("iOS-DCR", f"{_INTEGRATIONS}ios-integration-nielsen-dcr", "28ef625", "2026-06"),
    Source("AND-DCR", f"{_INTEGRATIONS}android-integration-nielsen-dcr", "b2ea071", "2026-05"),
    Source("SW-DCR", f"{_INTEGRATIONS}swift-nielsen-dcr", "c951062", "2024-08-05"),
    Source("KT-DCR", f"{_INTEGRATIONS}kotlin-nielsen-dcr", "305b4f5", "2024"),
    Source("iOS-DTVR", f"{_INTEGRATIONS}ios-integration-nielsen-dtvr", "e452665", "2021"),
    Source("AND-DTVR", f"{_INTEGRATIONS}android-integration-nielsen-dtvr", "e5a09b1", "2026-05"),
    Source("SW-DTVR", f"{_INTEGRATIONS}swift-nielsen-dtvr", "4194ecb", "2024"),
    Source("KT-DTVR", f"{_INTEGRATIONS}kotlin-nielsen-dtvr", "0e2e5bf", "2024"),
    Source("iOS-COMSCORE", f"{_INTEGRATIONS}ios-integration-comscore", "d15a303", "2022"),
    Source("AND-COMSCORE", f"{_INTEGRATIONS}android-integration-comscore", "e40143a", "2023"),
    Source("KT-COMSCORE", f"{_INTEGRATIONS}kotlin-comscore", "805ff4f", "2024-08-05"),
    Source("iOS-ADOBE", f"{_INTEGRATIONS}ios-integration-adobe-analytics", "5ed0874", "2020"),
    Source("AND-ADOBE", f"{_INTEGRATIONS}android-integration-adobe-analytics", "5697099", "2022"),
    Source("SW-ADOBE", f"{_INTEGRATIONS}swift-adobe-analytics", "7172f49", "2024"),
    Source("KT-ADOBE", f"{_INTEGRATIONS}kotlin-adobe-analytics", "efaf5a3", "2024"),
    Source("YB", "npm youboralib", "6.4.13 and 6.8.67", "2026-11-22", "Segment loads 6.1.12, which nobody has read"),
    Source("THEO", "THEOplayer/web-connectors", "", "2026-11-22", "comscore: how a connector feeds the same SDK"),
    Source("MIXPANEL", "mixpanel/docs", "ba22906", "2026-08-21"),
    Source("AMPLITUDE", "Amplitude, amplitude-dev-center", "", "2026-11-22", "http-v2-api.md"),
    Source("GOOGLE", "support.google.com/analytics/answer/9267744", "", "2026-11-22"),
    Source(
        "HUBSPOT",
        "developers.hubspot.com/changelog/new-property-limits-for-the-custom-behavioural-events-api",
        "",
        "2021",
    ),
    Source("AWS", "docs.aws.amazon.com/redshift/latest/dg/r_names.html", "", "2026-11-22"),
    Source("SNOWFLAKE", "docs.snowflake.com/en/sql-reference/identifiers", "", "2026-11-22"),
    Source("RUN", "the real code, run and its calls recorded", "", "2026-11-22"),
    Source("INFERRED", "concluded from code that was read, not run", "", "2026-11-22"),
    Source("COMPUTED", "concluded from the Video Spec's own tables", "", "2026-11-22"),
    Source("MEMORY", "nobody has read it: unproven", proven=False),
)

SOURCES: Final[dict[str, Source]] = {source.tag: source for source in _TABLE}
"""Every source by its tag."""
