"""Redshift, as a warehouse of Segment's."""

from typing import Final

from videospec.destinations import warehouse
from videospec.destinations.destination import Destination
from videospec.destinations.limits import NameLength, NamePattern

destination: Final = Destination(
    name="Redshift",
    also=("Amazon Redshift", "AWS Redshift"),
    about="Amazon's warehouse: a table for each event, a column for each property.",
    checked="2026-11-22",
    reach=warehouse.REACH,
    unreached=warehouse.UNREACHED,
    uses=warehouse.USES,
    spellings=warehouse.SPELLINGS,
    live=warehouse.LIVE,
    position=warehouse.POSITION,
    quirks=warehouse.quirks("RS"),
    limits=(
        *warehouse.limits("RS"),
        NameLength("table", 127, "bytes", outcome="unknown", then="the table may not be made", by="AWS"),
        NameLength("column", 127, "bytes", outcome="unknown", then="the column may not be made", by="AWS"),
        NamePattern(
            "column",
            "[^0-9].*",
            outcome="name changed",
            then="Segment puts _ before a leading digit",
            by="DOC storage/catalog/redshift:129",
        ),
    ),
)
