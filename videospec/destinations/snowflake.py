"""Snowflake, as a warehouse of Segment's."""

from typing import Final

from videospec.destinations import warehouse
from videospec.destinations.destination import Destination
from videospec.destinations.limits import NameLength

destination: Final = Destination(
    name="Snowflake",
    about="Snowflake's warehouse: a table for each event, a column for each property.",
    checked="2026-11-22",
    reach=warehouse.REACH,
    unreached=warehouse.UNREACHED,
    uses=warehouse.USES,
    spellings=warehouse.SPELLINGS,
    live=warehouse.LIVE,
    position=warehouse.POSITION,
    quirks=warehouse.quirks("SN"),
    limits=(
        *warehouse.limits("SN"),
        NameLength("table", 255, outcome="unknown", then="the table may not be made", by="SNOWFLAKE"),
        NameLength("column", 255, outcome="unknown", then="the column may not be made", by="SNOWFLAKE"),
    ),
)
