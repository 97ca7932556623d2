"""BigQuery, as a warehouse of Segment's."""

from typing import Final

from videospec.destinations import warehouse
from videospec.destinations.destination import Destination
from videospec.destinations.limits import NameLength

destination: Final = Destination(
    name="BigQuery",
    also=("Google BigQuery",),
    about="Google's warehouse: a table for each event, a column for each property.",
    checked="2026-11-22",
    reach=warehouse.REACH,
    unreached=warehouse.UNREACHED,
    uses=warehouse.USES,
    spellings=warehouse.SPELLINGS,
    live=warehouse.LIVE,
    position=warehouse.POSITION,
    quirks=warehouse.quirks("BQ"),
    limits=(
        *warehouse.limits("BQ"),
        NameLength("column", 300, outcome="unknown", then="the column may not be made", by="MEMORY"),
    ),
)
