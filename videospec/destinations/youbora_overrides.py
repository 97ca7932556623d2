"""What Youbora is told instead: its own words and units, one playhead, and one view for each content."""

from collections.abc import Iterator
from typing import Final

from videospec.destinations.overrides import Amend, Copy, Drop, Rename, Scale, When
from videospec.destinations.viewing import Draft, Viewing, family
from videospec.destinations.youbora_quirks import IN_ADS
from videospec.spec.events import (
    AD_COMPLETED,
    AD_SKIPPED,
    AD_STARTED,
    CONTENT_STARTED,
    PLAYBACK_COMPLETED,
    PLAYBACK_STARTED,
)

_PLACES: Final = {"pre-roll": "pre", "mid-roll": "mid", "post-roll": "post"}
_OF_ADS: Final = ("Video Ad Started", "Video Ad Playing", "Video Ad Completed", "Video Ad Clicked", "Video Ad Skipped")
_OF_AN_AD: Final = ("asset_id", "title", "type")
_BY_AD: Final = IN_ADS[2:]
HARMLESS: Final = ("background", "call", "phone call", "device lock", "screen lock")
"""Values of `method` that are no fault of the video."""

OVERRIDES: Final = (
    Scale("bitrate", 1000, mends="Y5"),
    Copy("type", "ad_type", values=_PLACES, events=_OF_ADS, mends="Y1"),
    Rename("ad_type", values=_PLACES, events=(*_BY_AD, "Video Playback Interrupted"), mends="Y1"),
    Drop("ad_asset_id", when=When("ad_asset_id", ([], "", {})), events=_BY_AD, mends="Y2"),
    Copy("asset_id", "ad_asset_id", where="ad", events=_BY_AD, mends="Y2"),
    Rename(
        event="Video Playback Paused",
        events="Video Playback Interrupted",
        when=When("method", HARMLESS),
        mends="Y7",
    ),
    Rename(event="Video Ad Completed", events="Video Ad Skipped", mends="Y11"),
    Copy(event=PLAYBACK_COMPLETED, events="Video Playback Exited", mends="Y6"),
    Rename(
        event=PLAYBACK_COMPLETED,
        events="Video Playback Interrupted",
        when=When("method", ("timeout",)),
        mends=("Y6", "Y7"),
    ),
)


def _amend(draft: Draft, viewing: Viewing) -> Iterator[Draft]:
    """The playhead is the content's on every event; an ad that broke off ends where the next or the content begins; a second
    content is a session of its own; a second Started of a live session is none."""
    kept, said = viewing.kept, draft.properties
    if draft.event == PLAYBACK_STARTED:
        if "started" in kept:
            return
        kept["started"] = dict(said)
    at = draft.find("position")
    if at is not None and not viewing.live and family(draft.event) in ("playback", "ad"):
        position = viewing.content_position(draft.event, said)
        if position != at:
            draft.put("position", position)
    if draft.event in (AD_STARTED, CONTENT_STARTED) and "ad" in kept:
        yield draft.again(AD_COMPLETED, {**kept.pop("ad"), "session_id": kept.get("session", said.get("session_id"))})
    if draft.event == AD_STARTED:
        kept["ad"] = {name: said[name] for name in _OF_AN_AD if name in said}
    elif draft.event in (AD_COMPLETED, AD_SKIPPED):
        kept.pop("ad", None)
    if draft.event == CONTENT_STARTED and (asset := said.get("asset_id")) is not None:
        before = kept.setdefault("asset", asset)
        if before != asset and "started" in kept:
            yield from _next_view(draft, viewing)
        kept["asset"] = asset
    if family(draft.event) == "content":
        kept["at"] = said.get("position")
    if "session" in kept:
        draft.put("session_id", kept["session"])
    yield draft


def _next_view(draft: Draft, viewing: Viewing) -> Iterator[Draft]:
    """Ends the view of the content before, and begins one: `<session_id>#2` and so on."""
    kept = viewing.kept
    session_id = str(draft.properties.get("session_id"))
    ended = draft.again(PLAYBACK_COMPLETED, {"session_id": kept.get("session", session_id), "position": kept.get("at")})
    kept["views"] = kept.get("views", 1) + 1
    kept["session"] = f"{session_id}#{kept['views']}"
    begun = draft.again(PLAYBACK_STARTED, {**kept["started"], "session_id": kept["session"]})
    yield ended
    yield begun


AMEND: Final = Amend(
    _amend,
    {
        "Y4": "position is the content's on every event",
        "Y8": "each further content ends the view and begins one, as session_id#2 and so on",
        "Y9": "a second Video Playback Started of a live session is not sent",
        "Y11": "an ad that broke off ends where the next one or the content begins",
    },
)
