"""What Nielsen DCR is told instead: its load type, the content on events that have none, and a playhead within the asset."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any, Final

from videospec.destinations.nielsen_dcr_quirks import ON, RESTARTS
from videospec.destinations.overrides import Amend, Copy, Options, When
from videospec.destinations.places import APPS
from videospec.destinations.viewing import Draft, Viewing, as_number, family
from videospec.spec.events import (
    AD_STARTED,
    CONTENT_STARTED,
    PLAYBACK_COMPLETED,
    PLAYBACK_INTERRUPTED,
    PLAYBACK_PAUSED,
    PLAYBACK_RESUMED,
    PLAYBACK_STARTED,
)
from videospec.spelling import fold

_EARLY: Final = ("asset_id", "title", "program", "airdate", "full_episode")
_LINEAR: Final = When("load_type", ("linear",), where="content", unless=True)
_MEASURED: Final = (PLAYBACK_STARTED, CONTENT_STARTED, AD_STARTED)
"""The events whose length is read."""
_STANDS: Final = {
    PLAYBACK_PAUSED: True,
    **dict.fromkeys(
        (PLAYBACK_RESUMED, PLAYBACK_INTERRUPTED, PLAYBACK_COMPLETED, PLAYBACK_STARTED, CONTENT_STARTED, AD_STARTED),
        False,
    ),
}
"""Whether it is paused after each event."""
_PLACES: Final = {fold(place): place for place in ("pre-roll", "mid-roll", "post-roll")}
_NAMED: Final = "contentAssetIdPropertyName"
_NAMED_EARLY: Final = (_NAMED, "subbrandPropertyName", "clientIdPropertyName", "contentLengthPropertyName")
"""Settings of the account that name a property of the content."""

OVERRIDES: Final = (
    Options({"adLoadType": "dynamic"}, when=_LINEAR, mends=("N1", "N2", "N12")),
    Copy(to="content", where="content", events=ON, mends="N4"),
    Copy("livestream", where="content", events=ON, mends="N4"),
    Copy(to="content", where="content", events=AD_STARTED, on=APPS, mends="N13"),
    Copy(_EARLY, where="content", events=PLAYBACK_STARTED, on=APPS, mends="N9"),
    Copy("total_length", where="content", events=PLAYBACK_STARTED, on=APPS, over=True, mends="N9"),
    Copy(event="Video Playback Completed", events="Video Playback Exited", mends="N10"),
    Copy(
        event="Video Playback Completed",
        events="Video Playback Interrupted",
        when=When("method", ("timeout",)),
        mends="N10",
    ),
)


def _amend(draft: Draft, viewing: Viewing) -> Iterator[Draft]:
    """After the rows: what is there is put in the form that each platform's code can read."""
    if draft.event in _STANDS:
        viewing.kept["paused"] = _STANDS[draft.event]
    if draft.event in RESTARTS and viewing.kept.get("paused"):
        return
    if draft.options.get("hasAds") in ("true", "false"):
        draft.options = {**draft.options, "hasAds": draft.options["hasAds"] == "true"}
        draft.own = True
    _playhead(draft, viewing)
    _account(draft, viewing)
    for path in ("airdate", "content.airdate"):
        if (airdate := draft.find(path)) is not None:
            _say(draft, path, _aired(airdate, web="web" in viewing.platforms))
    if draft.event == AD_STARTED and isinstance(place := draft.find("type"), str):
        draft.put("type", _PLACES.get(fold(place), place))
    if "swift" in viewing.platforms and draft.event in _MEASURED:
        for path in ("total_length", "content.total_length"):
            if (length := as_number(draft.find(path))) is not None:
                draft.put(path, f"{length:g}")
    yield draft


def _playhead(draft: Draft, viewing: Viewing) -> None:
    """That of what plays, in whole seconds; in a livestream it is now, unless it says how far behind."""
    at = as_number(draft.find("position"))
    if at is None:
        if "position" in draft.properties and "kotlin" in viewing.platforms:
            draft.drop("position")
    elif viewing.live:
        if at > 0 and family(draft.event) != "ad":
            draft.drop("position")
    else:
        position = as_number(viewing.asset_position(draft.event, draft.properties))
        draft.put("position", at if position is None else position)
    if isinstance(at := draft.find("position"), float) and "kotlin" in viewing.platforms:
        draft.own = True
        draft.properties["position"] = int(at)


def _account(draft: Draft, viewing: Viewing) -> None:
    """The properties that the account names stand on playback events too."""
    if family(draft.event) != "playback":
        return
    apps = not viewing.platforms.isdisjoint(APPS)
    settings = (
        _NAMED_EARLY if apps and draft.event == PLAYBACK_STARTED else (_NAMED,) if apps or draft.event in ON else ()
    )
    for setting in settings:
        name = viewing.account.get(setting)
        if isinstance(name, str) and name and (value := viewing.content.get(name)) is not None:
            draft.add(name, value)


def _say(draft: Draft, path: str, value: Any) -> None:
    if value is None:
        draft.drop(path)
    else:
        draft.put(path, value)


def _aired(airdate: Any, *, web: bool) -> str | None:
    """A day, or in apps an instant of UTC in whole seconds; None for what is no date. The web writes hours in twelves,
    and has no way to tell the evening from the morning."""
    if not isinstance(airdate, str):
        return None
    try:
        return date.fromisoformat(airdate).isoformat()
    except ValueError:
        pass
    try:
        at = datetime.fromisoformat(airdate)
        at = at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return at.date().isoformat() if web else f"{at:%Y-%m-%dT%H:%M:%SZ}"


AMEND: Final = Amend(
    _amend,
    {
        "N5": "airdate is a day on the web, and in apps a day or an instant of UTC; one that is no date is left out",
        "N6": "hasAds is a boolean",
        "N8": "position is that of the asset that plays; in a livestream it is left out, which is now",
        "N11": "total_length is a text",
        "N12": "position is a whole number, or left out",
        "N13": "type is spelled as the Video Spec has it",
        "N16": "the property that the account names stands on playback events too",
        "N17": "what lets the playhead go on is left out in a pause",
    },
    after=True,
)
