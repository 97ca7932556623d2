"""The finite part: what state a viewing is in, and what a change of state is called.

Theory of operation
-------------------
A viewing is eight small regions that mostly move on their own: is it playing, which asset is in the player, is the
content pod open, is there an ad break, an ad, a stall, a seek, a player being taken down. Written flat they would be
thousands of states; written as regions they are three tables:

- MOVES says what a word does to one region, whatever the others are. A word that names no move for a region's value
  leaves it. That is how the same event twice comes to say nothing the second time.
- RULES says what must hold *between* regions: an ad has a break, content and ad break are never open together, a stall
  needs an asset that rolls. `turn` applies rules until none applies. A rule only ever closes or confirms, so they end.
- SAID names what changed, in the order in which brackets nest: first what closes, from the inside out, then what opens,
  from the outside in.

Nothing here knows a name, a clock or a position. What must wait for time is a *held* value: `pausing` may prove to be
the pause before an end or an ad; a stall is `held` until it is long enough to tell; content is `pending` until its
playhead has moved; a seek is `moving`, then `settling` until no other seek follows; a player may be `held` at its
door until it is clear that no other source loads, or that what loads is not played. session.py keeps their times and feeds
the words that time says: `paused`, `stalled`, `settled`, `finished`, `left`.

Region values
-------------
playback  idle (not asked for) · starting (no frame yet) · playing · pausing (held) · hushed (paused inside a seek, kept
          back) · paused · cut (interrupted) · ending (the content is over; what follows is not known) · completed ·
          exited
asset     none · loading (its positions mean nothing yet) · loaded · failed (a fatal error before the request)
pod       shut · pending · open
brk       none · announced · on
ad        none · announced · on
stall     none · held · said
seek      none · moving · settling · jumping (the player's own)
door      none · held (taken down) · dropped (left with a source that does not play)

The proof is tests/test_machine.py: it walks every reachable state with every word.
"""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Final, NamedTuple

import msgspec
from msgspec.structs import astuple, replace


class State(msgspec.Struct, frozen=True, gc=False, array_like=True, cache_hash=True):
    """The regions. Each value is one of those listed at the top of this file. A struct, because every line that says
    something reads them a dozen times, and of a named tuple that costs four times as much."""

    playback: str = "idle"
    asset: str = "none"
    pod: str = "shut"
    brk: str = "none"
    ad: str = "none"
    stall: str = "none"
    seek: str = "none"
    door: str = "none"


IDLE: Final = State()

ACTIVE: Final = frozenset({"starting", "playing", "pausing", "hushed", "paused"})
"""Playback that can be left, paused or broken."""
OVER: Final = frozenset({"completed", "exited"})


def _all(values: str, to: str) -> dict[str, str]:
    return dict.fromkeys(values.split(), to)


_ACTIVE = "starting playing pausing hushed paused"
_CLOSED: Final = {
    "pod": _all("pending open", "shut"),
    "ad": _all("announced on", "none"),
    "brk": _all("announced on", "none"),
    "stall": _all("held said", "none"),
    "seek": _all("moving settling jumping", "none"),
    "door": _all("held dropped", "none"),
}
_STOPPED: Final = {
    "pod": {"pending": "shut"},
    "stall": {"held": "none"},
    "seek": _all("moving settling jumping", "none"),
    "door": _all("held dropped", "none"),
}
_ROLLS: Final = {
    "playback": _all("idle starting pausing hushed paused cut ending", "playing"),
    "asset": _all("none loading failed", "loaded"),
    "door": _all("held dropped", "none"),
}

MOVES: Final[Mapping[str, Mapping[str, Mapping[str, str]]]] = {
    # another source; what the old one's positions said is void
    "load": {
        "asset": _all("none loaded failed", "loading"),
        "pod": {"pending": "shut"},
        "stall": {"held": "none"},
        "door": {"held": "none"},
    },
    "play": {
        "playback": {"idle": "starting", "ending": "starting", **_all("pausing hushed paused cut", "playing")},
        "seek": {"settling": "none"},
        "door": _all("held dropped", "none"),
    },
    "playing": {
        **_ROLLS,
        "pod": {"shut": "pending"},
        "ad": {"announced": "on"},
        "stall": _all("held said", "none"),
        "seek": {"jumping": "none"},
    },
    "moved": {"pod": {"pending": "open"}},
    "flowing": {"stall": _all("held said", "none")},
    "pause": {
        "playback": _all("starting playing", "pausing"),
        "stall": _all("held said", "none"),
        "seek": {"settling": "none"},
    },
    "paused": {"playback": {"pausing": "paused"}},
    # a seek bar pauses while it is held, and plays when it is let go: the scrub may go on
    "let_go": {"playback": {"hushed": "playing"}, "door": _all("held dropped", "none")},
    "seek_start": {
        "playback": {"pausing": "hushed"},
        "pod": {"pending": "shut"},
        "stall": _all("held said", "none"),
        "seek": _all("none settling jumping", "moving"),
    },
    "seek_end": {"seek": {"moving": "settling", "jumping": "none"}},
    "settled": {"seek": {"settling": "none"}},
    # a seek to where the playhead is: a player that flushes its buffer or gives itself a push
    "nudged": {"seek": {"moving": "none"}},
    "jump": {"seek": {"none": "jumping"}},
    "waiting": {"stall": {"none": "held"}},
    "stalled": {"stall": {"held": "said"}},
    "ended": {
        "playback": _all(_ACTIVE, "ending"),
        "pod": _all("pending open", "shut"),
        "stall": _all("held said", "none"),
        "seek": _all("moving settling jumping", "none"),
    },
    # another content takes this one's place in mid-play
    "replaced": {
        "pod": _all("pending open", "shut"),
        "stall": _all("held said", "none"),
        "seek": _all("moving settling jumping", "none"),
    },
    "finished": {"playback": {"ending": "completed"}},
    "break_start": {
        "playback": _all("pausing hushed", "playing"),
        "brk": {"none": "announced"},
        "seek": _all("moving settling jumping", "none"),
        "stall": {"held": "none"},
    },
    "ad_start": {"ad": {"none": "announced"}},
    "ad_frame": {**_ROLLS, "ad": _all("none announced", "on"), "stall": _all("held said", "none")},
    # an ad that is paused does not end: the pause was its end's
    "ad_end": {"playback": _all("pausing hushed", "playing"), "ad": _all("announced on", "none")},
    "ad_skip": {"ad": _all("announced on", "none")},
    "ad_fail": {"ad": _all("announced on", "none")},
    "break_end": {"brk": _all("announced on", "none"), "ad": _all("announced on", "none")},
    "doom": {"asset": _all("none loading loaded", "failed")},
    "fault": {"playback": _all(_ACTIVE, "cut"), **_STOPPED},
    "silence": {"playback": {"ending": "completed", **_all(_ACTIVE, "cut")}, **_STOPPED},
    # the element loads a source that it does not play
    "drop": {"door": {"none": "dropped"}},
    "dispose": {"door": _all("none dropped", "held")},
    "left": {"playback": {"ending": "completed", **_all(f"{_ACTIVE} cut", "exited")}, **_CLOSED},
    "leave": {"playback": {"ending": "completed", **_all(f"{_ACTIVE} cut", "exited")}, **_CLOSED},
}
KINDS: Final = tuple(MOVES)


class Rule(NamedTuple):
    """What must not be, and what is changed so that it is not."""

    why: str
    broken: Callable[[State], bool]
    mend: dict[str, str]


_SEEKABLE: Final = ACTIVE - {"starting"}


def open_in(s: State) -> tuple[str, ...]:
    """The regions that may be open: all but playback and asset."""
    return astuple(s)[2:]


NOTHING_OPEN: Final = open_in(IDLE)


def _would_roll(s: State, seek: tuple[str, ...] = ("none", "jumping")) -> bool:
    """Whether frames would move if there were data. An interruption leaves an open stall open."""
    if s.playback == "cut":
        return s.stall == "said"
    shows = s.ad == "on" or (s.pod != "shut" and s.brk == "none")
    return s.playback == "playing" and s.asset == "loaded" and shows and s.seek in seek


RULES: Final[tuple[Rule, ...]] = (
    Rule(
        "nothing is open when all is over",
        lambda s: s.playback in OVER and open_in(s) != NOTHING_OPEN,
        dict(zip(State.__struct_fields__[2:], NOTHING_OPEN, strict=True)),
    ),
    Rule("an ad that shows frames is in a break that is on", lambda s: s.ad == "on" != s.brk, {"brk": "on"}),
    Rule("an announced ad is in a break", lambda s: s.ad == "announced" and s.brk == "none", {"brk": "announced"}),
    Rule(
        "an announced break voids an untold content", lambda s: s.brk != "none" and s.pod == "pending", {"pod": "shut"}
    ),
    Rule("content and ads are never open together", lambda s: s.brk == "on" and s.pod == "open", {"pod": "shut"}),
    Rule(
        "a viewer's pause proves the content", lambda s: s.playback == "paused" and s.pod == "pending", {"pod": "open"}
    ),
    Rule("a stall proves the content", lambda s: s.stall == "said" and s.pod == "pending", {"pod": "open"}),
    Rule(
        "a pause inside a seek is kept back",
        lambda s: s.playback == "pausing" and s.seek == "moving",
        {"playback": "hushed"},
    ),
    Rule(
        "a pause kept back for a seek is one when the seek is over",
        lambda s: s.playback == "hushed" and s.seek in ("none", "jumping"),
        {"playback": "paused"},
    ),
    Rule(
        "only what is on can be sought in",
        lambda s: (
            s.seek in ("moving", "settling")
            and (s.playback not in _SEEKABLE or (s.ad != "on" and (s.pod != "open" or s.brk != "none")))
        ),
        {"seek": "none"},
    ),
    Rule("a stall is told after the seek", lambda s: s.stall == "said" and s.seek == "settling", {"seek": "none"}),
    Rule("only content jumps", lambda s: s.seek == "jumping" and s.pod == "shut", {"seek": "none"}),
    Rule(
        "a stall needs what would roll",
        # frames play also while it is waited for another seek
        lambda s: s.stall != "none" and not _would_roll(s, ("none", "jumping", "settling")),
        {"stall": "none"},
    ),
    Rule(
        "only what goes on can be left",
        lambda s: s.door != "none" and s.playback not in ACTIVE and s.playback != "cut",
        {"door": "none"},
    ),
)


class Said(NamedTuple):
    """A change of one region and what it is called; `only` and `never` are the words at which it is or is not."""

    name: str
    region: str
    was: frozenset[str]
    now: frozenset[str]
    only: frozenset[str] = frozenset(KINDS)
    never: frozenset[str] = frozenset()


def _said(name: str, region: str, was: str, now: str, only: str = "", never: str = "") -> Said:
    return Said(
        name,
        region,
        frozenset(was.split()),
        frozenset(now.split()),
        frozenset(only.split() or KINDS),
        frozenset(never.split()),
    )


# Who leaves completes nothing; who is cut off completes nothing either, but there the pods stay open.
_GONE = "leave left"
_CUT = "leave left fault silence"
SAID: Final = (
    # asked for
    _said("started", "playback", "idle", f"{_ACTIVE} cut ending"),
    # closes, from the inside out
    _said("buffer_completed", "stall", "said", "none", never=_GONE),
    _said("seek", "seek", "settling", "none"),
    _said("seek", "seek", "moving", "none", never=f"{_CUT} nudged"),
    _said("seek_open", "seek", "moving", "none", only=_CUT),
    _said("ad_skipped", "ad", "on", "none", only="ad_skip"),
    _said("ad_failed", "ad", "on", "none", only="ad_fail"),
    _said("ad_completed", "ad", "on", "none", never=f"{_GONE} ad_skip ad_fail"),
    _said("content_completed", "pod", "open", "shut", never=_GONE),
    # playback itself
    _said("paused", "playback", "pausing", "playing exited", only=f"play playing {_GONE}"),
    _said("paused", "playback", "hushed pausing", "paused"),
    _said("resumed", "playback", "pausing", "playing", only="play playing"),
    _said("resumed", "playback", "paused cut", "playing"),
    # opens, from the outside in
    _said("content_started", "pod", "shut pending", "open"),
    _said("ad_started", "ad", "none announced", "on"),
    _said("buffer_started", "stall", "none held", "said"),
    # the last word
    _said("interrupted", "playback", _ACTIVE, "cut"),
    _said("completed", "playback", "ending", "completed"),
    _said("exited", "playback", f"{_ACTIVE} cut", "exited"),
)


@cache
def turn(state: State, kind: str) -> tuple[State, tuple[str, ...]]:
    """The state after the word `kind`, and the names of what happened, in the order in which to tell it.

    Args:
        state: any reachable state.
        kind: one of KINDS; an unknown word raises KeyError.
    """
    moves = MOVES[kind]
    now = replace(state, **{region: to for region, move in moves.items() if (to := move.get(getattr(state, region)))})
    while (rule := next((rule for rule in RULES if rule.broken(now)), None)) is not None:
        now = replace(now, **rule.mend)
    names = tuple(
        said.name
        for said in SAID
        if kind in said.only
        and kind not in said.never
        and getattr(state, said.region) in said.was
        and getattr(now, said.region) in said.now
        and getattr(state, said.region) != getattr(now, said.region)
    )
    if names and state.playback == now.playback == "cut":
        # after an interruption nothing is said until playback goes on, so nothing that would be said may happen
        return state, ()
    return now, names


@cache
def rolls(s: State) -> bool:
    """Whether the playhead of what is shown moves: playing, not stalled, not seeking, not between ad and content."""
    return s.playback == "playing" and s.stall != "said" and _would_roll(s) and (s.ad == "on" or s.pod == "open")
