"""Plyr 3.8: the media element's voice, and Plyr's IMA ads plugin.

Source: plyr 3.8.4 as recorded; its ads plugin by its source (`ads` + IMA's event name, dispatched on the element). A
change of quality reloads the source and seeks back: the session knows that a seek while loading is not the viewer's.
`destroyed` is dispatched where `player.on()` does not hear it, so a player that is taken down shows in the blank media
that its element gets (`config.blankVideo`); an element that another source takes the place of gets it too. Where the log has
no source, it shows in that Plyr no longer repeats what its element says.
"""

from collections.abc import Callable

from videospec.adapter import Adapter, Heard, Says, merged
from videospec.player_events import (
    AdClick,
    AdEnd,
    AdFrame,
    AdQuartile,
    AdSkip,
    AdStart,
    AllAdsDone,
    BreakEnd,
    BreakStart,
    Dispose,
    Pause,
    Play,
)
from videospec_adapters.html5 import ELEMENT_NAMES, MEDIA, PAGE, empties, loads, silent

_BLANK = "/blank.mp4"


def ad_start(heard: Heard) -> Says:
    """IMA's STARTED is the ad's first frame, in an element of IMA's own."""
    yield AdStart(heard.at, heard.seen)
    yield AdFrame(heard.at, heard.seen)


def drops(heard: Heard) -> Says:
    """The element drops its media, and Plyr repeats it at once."""
    heard.memory["unheard"] = True
    return empties(heard)


def repeats(heard: Heard) -> Says:
    """Plyr repeats that the element dropped its media."""
    heard.memory["repeats"] = True
    heard.memory.pop("unheard", None)
    return ()


def begins(heard: Heard) -> Says:
    """An element begins to load; Plyr's blank media is the end of one, and so is any that Plyr has no ear for."""
    deaf = heard.memory.pop("unheard", False) and "repeats" in heard.memory
    blank = (heard.seen.source or "").partition("?")[0].endswith(_BLANK)
    return [Dispose(heard.at, heard.seen)] if blank or deaf else loads(heard)


def quartile(number: int) -> Callable[[Heard], Says]:
    """IMA's quartiles."""

    def row(heard: Heard) -> Says:
        yield AdQuartile(heard.at, heard.seen, quartile=number)

    return row


ADS = {
    "adscontentpauserequested": BreakStart,
    "adscontentpause": BreakStart,
    "adscontentresumerequested": BreakEnd,
    "adscontentresume": BreakEnd,
    "adsstart": ad_start,
    "adsstarted": ad_start,
    "adscomplete": AdEnd,
    "adsskip": AdSkip,
    "adsclick": AdClick,
    "adspause": Pause,
    "adsresume": Play,
    "adsfirstquartile": quartile(1),
    "adsmidpoint": quartile(2),
    "adsthirdquartile": quartile(3),
    "adsalladscompleted": AllAdsDone,
    "adsallcomplete": AllAdsDone,
    **silent("adsloaded adsimpression adslog"),
}

adapter = Adapter(
    name="plyr",
    proven="recording",
    rows=merged(
        MEDIA,
        PAGE,
        {
            "media": {**ADS, "emptied": drops, "loadstart": begins},
            "player": {
                **silent(ELEMENT_NAMES),
                "emptied": repeats,
                **ADS,
                "destroyed": Dispose,
                **silent(
                    "ready enterfullscreen exitfullscreen captionsenabled captionsdisabled languagechange controlshidden "
                    "controlsshown statechange qualitychange cuechange download loopchange"
                ),
            },
        },
    ),
)
