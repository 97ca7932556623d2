"""The HTML media element, and the page around it: the voice that most web players share.

Sources: the HTML standard's media events and their order; recordings of Chromium. Traps that are handled here or in the
session: `pause` comes right before `ended` with `ended` already true; `waiting` and `playing` come with every seek;
`stalled` and `suspend` are about the network, not the picture; a looping element says no `ended`. A browser that
freezes a page in the background first says `freeze`, then pauses what plays: no viewer's pause.
"""

from collections.abc import Iterable

from videospec.adapter import TICK, Adapter, Heard, Rows, Says, merged
from videospec.player_events import (
    AdClick,
    Buffering,
    Cut,
    Dispose,
    Emptied,
    Ended,
    Fault,
    Leave,
    Load,
    Pause,
    Play,
    Playing,
    QualityShown,
    Report,
    SeekEnd,
    SeekStart,
)


def pause(heard: Heard) -> Says:
    """A pause that is not the one an end makes."""
    if not heard.seen.ended:
        yield Pause(heard.at, heard.seen)


def fault(heard: Heard, code: str | None, *, network: bool) -> Says:
    """A fatal error. One that is about the `network`, of a device that said that it has none, is the network's loss."""
    lost = network and heard.memory.get("offline") is True
    yield Fault(heard.at, heard.seen, code=code, method="network loss" if lost else None)


def error(heard: Heard) -> Says:
    """MediaError: every code ends playback (HTML: "fatal to the resource"); 2 is the network's."""
    code = heard.text("error", "code") or heard.text("code")
    return fault(heard, code, network=code == "2")


def offline(heard: Heard) -> Says:
    """The device lost its network: what plays goes on from its buffer."""
    heard.memory["offline"] = True
    return ()


def online(heard: Heard) -> Says:
    """The network is back."""
    heard.memory.pop("offline", None)
    return ()


def freeze(heard: Heard) -> Says:
    """The browser freezes a page in the background, and what plays in it."""
    if heard.seen.paused is False:
        yield Cut(heard.at, heard.seen, method="background")


def loads(heard: Heard) -> Says:
    """The element begins to fetch media."""
    yield Load(heard.at, heard.seen, source=heard.seen.source)


def empties(heard: Heard) -> Says:
    """The element drops its media; also when its player is taken down."""
    yield Emptied(heard.at, heard.seen, source=heard.seen.source)


def drops(heard: Heard) -> Says:
    """A bare element drops its media, and a page that has done with it loads no other."""
    yield from empties(heard)
    yield Dispose(heard.at, heard.seen)


def silent(types: str | Iterable[str]) -> dict[str, None]:
    """Rows of native events that are known and say nothing."""
    return dict.fromkeys(types.split() if isinstance(types, str) else types)


MEDIA: Rows = {
    "media": {
        "timeupdate": TICK,
        "play": Play,
        "playing": Playing,
        "pause": pause,
        "seeking": SeekStart,
        "seeked": SeekEnd,
        "waiting": Buffering,
        "ended": Ended,
        "error": error,
        "emptied": empties,
        "loadstart": loads,
        "resize": QualityShown,
        "loadedmetadata": Report,
        "durationchange": Report,
        "volumechange": Report,
        "ratechange": Report,
        **silent(
            "abort canplay canplaythrough loadeddata progress stalled suspend encrypted waitingforkey "
            "enterpictureinpicture leavepictureinpicture"
        ),
    }
}

PAGE: Rows = {
    "page": {
        "pagehide": Leave,
        "fullscreenchange": Report,
        "webkitfullscreenchange": Report,
        "popup": AdClick,
        "offline": offline,
        "online": online,
        "freeze": freeze,
        **silent(
            "beforeunload visibilitychange fullscreenerror window.error unhandledrejection action.rejected setup.failed "
            "pageshow resume blur focus"
        ),
    }
}

ELEMENT_NAMES = tuple(MEDIA["media"])

adapter = Adapter(
    name="html5",
    proven="recording",
    also=("html5 video", "native"),
    rows=merged(MEDIA, PAGE, {"media": {"emptied": drops}}),
)
