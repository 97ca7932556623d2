"""What Nielsen DCR is told instead: its load type, the content on events that have none, and a playhead within the asset."""

from collections.abc import Iterator
from typing import Final

from videospec.destinations.nielsen_dcr_quirks import APPS, ON
from videospec.destinations.overrides import Amend, Copy, Options, When
from videospec.destinations.viewing import Draft, Viewing, as_number, family

_EARLY: Final = ("asset_id", "title", "program", "airdate", "full_episode")
_LINEAR: Final = When("load_type", ("linear",), where="content", unless=True)

OVERRIDES: Final = (
    Options({"adLoadType": "dynamic"}, when=_LINEAR, mends=("N1", "N2")),
    Copy(to="content", where="content", events=ON, mends="N4"),
    Copy("livestream", where="content", events=ON, mends="N4"),
    Copy(_EARLY, where="content", events="Video Playback Started", on=APPS, mends="N9"),
    Copy(event="Video Playback Completed", events="Video Playback Exited", mends="N10"),
)


def _amend(draft: Draft, viewing: Viewing) -> Iterator[Draft]:
    """The playhead is that of what plays; in a livestream it is now, unless it says how far behind. hasAds is no text."""
    if draft.options.get("hasAds") in ("true", "false"):
        draft.options = {**draft.options, "hasAds": draft.options["hasAds"] == "true"}
        draft.own = True
    at = as_number(draft.find("position"))
    if at is not None:
        if viewing.live:
            if at > 0 and family(draft.event) != "ad":
                draft.drop("position")
        elif (position := viewing.asset_position(draft.event, draft.properties)) != at:
            draft.put("position", position)
    yield draft


AMEND: Final = Amend(
    _amend,
    {
        "N6": "hasAds is a boolean",
        "N8": "position is that of the asset that plays; in a livestream it is left out, which is now",
    },
)
