"""What Nielsen DTVR is told instead: on each event that asks for it, that the stream is linear, and its channel; in apps, an
ID3 tag on each event that the account lists."""

from collections.abc import Iterator
from typing import Final

from videospec.destinations.destination import listed
from videospec.destinations.overrides import Amend, Copy, Drop, Set, When
from videospec.destinations.places import APPS
from videospec.destinations.viewing import Draft, Viewing

ON: Final = ("Video Playback Resumed", "Video Playback Seek Completed", "Video Playback Buffer Completed")
OFF: Final = (
    "Video Playback Paused",
    "Video Playback Interrupted",
    "Video Playback Seek Started",
    "Video Playback Buffer Started",
)
END: Final = ("Video Content Completed", "Video Playback Completed", "Video Playback Exited")
LISTED: Final = "sendId3Events"
_ASKED: Final = ("Video Content Started", *ON)

OVERRIDES: Final = (
    Drop(when=When("load_type", ("dynamic",), where="content"), mends="T9"),
    Set("load_type", "linear", events=_ASKED, mends=("T1", "T2", "T3")),
    Copy("channel", where="content", events=_ASKED, mends="T1"),
)


def _amend(draft: Draft, viewing: Viewing) -> Iterator[Draft]:
    """In apps an event that is listed for its tag alone is not sent without one. Classic Android asks for one also on
    events that play or stop, and passes over the last tag once more, and an empty one before the first."""
    apps = not viewing.platforms.isdisjoint(APPS)
    if not apps or draft.event not in listed(viewing.account.get(LISTED)):
        yield draft
        return
    name = str(viewing.account.get("id3Property") or "id3")
    heard = draft.event in (*_ASKED, *OFF, *END)
    if tag := draft.find(name):
        viewing.kept["id3"] = tag
    elif not heard:
        return
    elif "android" in viewing.platforms:
        draft.put(name, viewing.kept.get("id3", ""))
    yield draft


AMEND: Final = Amend(
    _amend,
    {
        "T6": "an event that plays or stops and that the account lists has the last ID3 tag again; another that is listed "
        "is not sent without a tag",
        "T8": "an event that the account lists for its ID3 tag alone is not sent without one",
    },
)
