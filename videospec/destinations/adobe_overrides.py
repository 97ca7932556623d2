"""What Adobe's Heartbeat is told instead: the content when the session starts, ads it can number, and an end."""

from collections.abc import Iterator
from typing import Final

from videospec.destinations.overrides import Amend, Copy, Drop, Set, When
from videospec.destinations.places import APPS
from videospec.destinations.viewing import Draft, Viewing, as_number, family
from videospec.spec.events import AD_COMPLETED, AD_SKIPPED, AD_STARTED, CONTENT_STARTED, PLAYBACK_STARTED

_META: Final = (
    "title",
    "asset_id",
    "program",
    "season",
    "episode",
    "genre",
    "airdate",
    "publisher",
    "channel",
    "rating",
)
_ADS: Final = ("Video Ad Started", "Video Ad Completed", "Video Ad Skipped")
_PAUSES: Final = ("Video Playback Paused", "Video Playback Resumed")
_UNNAMED: Final = When("asset_id", unless=True)

OVERRIDES: Final = (
    Copy("content_asset_ids.0", "asset_id", events=PLAYBACK_STARTED, mends="A2"),
    Copy(_META, where="content", events=PLAYBACK_STARTED, mends="A2"),
    Copy("asset_id", "content_asset_id", events=PLAYBACK_STARTED, mends=("A1", "A2")),
    Copy("total_length", where="content", events=PLAYBACK_STARTED, over=True),
    Copy("framerate", "fps", mends=("A1", "A3")),
    Copy("position", "seek_position", events="Video Playback Seek Completed", on=("android",), mends="A4"),
    Set("asset_id", "unknown", events=_ADS, when=_UNNAMED, mends="A6"),
    Copy("pod_position", "position", events=AD_STARTED, on=("web",), over=True, mends="A7"),
    Copy("pod_position", "index_position", events=AD_STARTED, on=APPS, mends="A1"),
    Drop("content", events=_ADS, on=("web",), mends="A12"),
    Set("total_length", 0, events=PLAYBACK_STARTED, when=When("livestream", (True,)), on=("kotlin",), mends="A13"),
    Copy(event="Video Playback Completed", events="Video Playback Exited", mends=("A10", "A11")),
    Copy(
        event="Video Playback Completed",
        events="Video Playback Interrupted",
        when=When("method", ("timeout",)),
        mends="A10",
    ),
)


def _amend(draft: Draft, viewing: Viewing) -> Iterator[Draft]:
    """Nothing before Started and after the end, and on the web no pause or resume without a chapter: each would open a
    session or a chapter that is none. Chapters are named and numbered; in apps, pods are breaks. Where no session is
    named none of it can be told."""
    if viewing.alone:
        yield draft
        return
    if viewing.started is None and family(draft.event):
        return
    web, apps = "web" in viewing.platforms, not viewing.platforms.isdisjoint(APPS)
    if web and draft.event in _PAUSES and not viewing.playing:
        return
    if web and draft.event == CONTENT_STARTED:
        _chapter(draft, viewing)
    if apps and draft.event == AD_STARTED and viewing.kept.get("pod") != (pod := draft.find("pod_id") or "unknown"):
        viewing.kept["pod"] = pod
        yield _brk(draft, "Video Ad Break Started")
    yield draft
    if apps and draft.event in (AD_COMPLETED, AD_SKIPPED) and _last(draft):
        viewing.kept.pop("pod", None)
        yield _brk(draft, "Video Ad Break Completed")


def _chapter(draft: Draft, viewing: Viewing) -> None:
    """What the web reads of a chapter: a content pod is one, and what is left of the content is the most that it lasts."""
    number = viewing.kept["chapters"] = viewing.kept.get("chapters", 0) + 1
    start, whole = as_number(draft.find("position")), as_number(draft.find("total_length"))
    length = None if whole is None else max(0, whole - (start or 0))
    for name, value in {"chapter_name": draft.find("title"), "start_time": start, "length": length}.items():
        if value is not None:
            draft.put(name, value)
    draft.put("position", number)


def _brk(draft: Draft, event: str) -> Draft:
    said = draft.properties
    about = {"title": said.get("type"), "start_time": said.get("position"), "index_position": 1}
    return draft.again(event, {"session_id": said.get("session_id"), **about})


def _last(draft: Draft) -> bool:
    place, count = as_number(draft.find("pod_position")), as_number(draft.find("pod_length"))
    return count is None or place is None or place >= count


AMEND: Final = Amend(
    _amend,
    {
        "A1": "on the web Content Started names and numbers the chapter",
        "A9": "on the web a pause or a resume while no content plays, such as in an ad, is not sent",
        "A17": "nothing is sent before Video Playback Started and after the end",
    },
)
