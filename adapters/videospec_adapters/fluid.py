"""Fluid Player 3: content and VAST ads in one element by swapping its source.

Source: fluid-player 3.58.0 and 3.35.0 as recorded. `player.on()` says of each event which source it is of
(`mediaSourceType`: source, preRoll, midRoll, postRoll; in 3.35 an ad's is ad), so play, playing and pause are heard
from it; it has no `seeking`, and 3.35 no `waiting`, so seeks, stalls, positions and ends are the element's. Traps: a skip
is a made-up `ended` in mid-ad, told by `vast:vastVideoSkippedCallback`; the content's end before a post-roll is labelled
`postRoll`; content comes back 1 s earlier than it was left; after a post-roll there is no `ended` of the content; an ad
click has no event of its own (a page that records popups tells it); before a pre-roll `play` waits for the ad's media, up
to seconds after the press. `destroy()` has no event: the element goes out of the page and pauses. While it is paused
already, nothing at all tells.
"""

from collections.abc import Callable

from videospec.adapter import Adapter, Heard, Says, merged
from videospec.player_events import (
    AD_TYPES,
    AdEnd,
    AdFrame,
    AdSkip,
    AdStart,
    BreakEnd,
    BreakStart,
    Dispose,
    Ended,
    LatePlay,
    Pause,
    Play,
    Playing,
)
from videospec_adapters.html5 import MEDIA, PAGE, empties, loads, silent

# A pre-roll that shows so long after its ads were looked for was asked for again: a browser may have blocked autoplay.
_WAITS_MS = 10_000
_ROLLS = {"preRoll": "pre-roll", "midRoll": "mid-roll", "postRoll": "post-roll", "ad": "ad"}


def _roll(heard: Heard) -> str | None:
    return _ROLLS.get(heard.text("mediaSourceType") or "")


def vast_loaded(heard: Heard) -> Says:
    """The ads of a roll are known. Those of a pre-roll are looked for when playback is asked for, and not before."""
    heard.memory.setdefault("asked", heard.at)
    return ()


def asked(heard: Heard) -> Play:
    """The first play is of the press for which the ads were looked for; no later one is."""
    since, heard.memory["asked"] = heard.memory.get("asked"), None
    if since is None or heard.at - since > _WAITS_MS:
        return Play(heard.at, heard.seen)
    return LatePlay(heard.at, heard.seen, since=since)


def play(heard: Heard) -> Says:
    """A play of the content, or of an ad, which opens its break."""
    roll = _roll(heard)
    if roll and heard.memory.get("break") != roll:
        heard.memory["break"] = roll
        yield BreakStart(heard.at, heard.seen, type=roll if roll in AD_TYPES else None)
    yield asked(heard)
    if roll and not heard.memory.get("ad"):
        heard.memory["ad"] = True
        yield AdStart(heard.at, heard.seen)


def playing(heard: Heard) -> Says:
    """Frames of the content, which ends the break, or of the ad."""
    heard.memory["answers"] = heard.seen.paused is not None
    if _roll(heard):
        if not heard.memory.get("ad"):
            yield from play(heard)
        if "swapped" in heard.memory:
            heard.memory["swapped"] = False
        yield AdFrame(heard.at, heard.seen)
    elif heard.memory.get("swapped", True) and heard.memory.pop("break", None):
        heard.memory.pop("ad", None)
        yield BreakEnd(heard.at, heard.seen)
    yield Playing(heard.at, heard.seen)


def swaps(row: Callable[[Heard], Says]) -> Callable[[Heard], Says]:
    """The element loads another source. Until it has, what plays is the ad, though Fluid calls its last second the
    content's."""

    def hear(heard: Heard) -> Says:
        heard.memory["swapped"] = True
        return row(heard)

    return hear


def pause(heard: Heard) -> Says:
    """A pause that is not an end's. An element that is taken out of the page pauses, and answers no more."""
    if heard.seen.paused is None and heard.memory.get("answers"):
        yield Dispose(heard.at, heard.seen)
    elif not heard.seen.ended:
        yield Pause(heard.at, heard.seen)


def ended(heard: Heard) -> Says:
    """The element's own end: of the ad if one plays, else of the content."""
    if heard.memory.pop("ad", None):
        yield AdEnd(heard.at, heard.seen)
    elif not heard.memory.get("break"):
        yield Ended(heard.at, heard.seen)


def skipped(heard: Heard) -> Says:
    """The viewer pressed skip; the made-up `ended` that goes with it says no more."""
    heard.memory.pop("ad", None)
    yield AdSkip(heard.at, heard.seen)


def break_over(heard: Heard) -> Says:
    """The last ad of the roll was seen."""
    if heard.memory.pop("break", None):
        heard.memory.pop("ad", None)
        yield BreakEnd(heard.at, heard.seen)


adapter = Adapter(
    name="fluid-player",
    proven="recording",
    also=("fluid", "fluidplayer"),
    rows=merged(
        MEDIA,
        PAGE,
        {
            "media": {
                "play": None,
                "playing": None,
                "pause": None,
                "ended": ended,
                "emptied": swaps(empties),
                "loadstart": swaps(loads),
            },
            "player": {
                "play": play,
                "playing": playing,
                "pause": pause,
                "vast:vastLoadedCallback": vast_loaded,
                "vast:vastVideoSkippedCallback": skipped,
                "vast:vastVideoEndedCallback": break_over,
                **silent("waiting seeked ended timeupdate theatreModeOn theatreModeOff miniPlayerToggle"),
            },
        },
    ),
    ignores=("dispatch:", "vast:"),
)
