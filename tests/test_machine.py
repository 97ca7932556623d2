"""The proof of machine.py: every state that can be reached, with every word, judged by CHECKS; and PLANTS, which break
the tables on purpose to show that each check can fail."""

from collections.abc import Callable, Iterator
from functools import cache, partial
from itertools import product
from typing import NamedTuple

import pytest
from msgspec.structs import asdict, replace

from videospec import machine
from videospec.machine import IDLE, KINDS, MOVES, NOTHING_OPEN, OVER, RULES, SAID, Rule, Said, State, open_in

REGIONS = {
    "playback": "idle starting playing pausing hushed paused cut ending completed exited",
    "asset": "none loading loaded failed",
    "pod": "shut pending open",
    "brk": "none announced on",
    "ad": "none announced on",
    "stall": "none held said",
    "seek": "none moving settling jumping",
    "door": "none held dropped",
}
LISTED = {region: frozenset(values.split()) for region, values in REGIONS.items()}
OPENS = {"content_started": "content", "ad_started": "ad", "buffer_started": "buffer"}
CLOSES = {"content_completed": "content", "buffer_completed": "buffer"}
CLOSES |= dict.fromkeys(("ad_completed", "ad_skipped", "ad_failed"), "ad")
WITHIN = {"content": ((),), "ad": ((),), "buffer": (("content",), ("ad",))}
OPEN = {"open", "on", "said", "moving", "settling", "jumping"}
# What may be said of a viewing that is interrupted: that it goes on, or that the viewer left.
GOES_ON = {"play", "playing", "ad_frame", "leave", "left"}


class Step(NamedTuple):
    """One word in one state."""

    state: State
    kind: str
    after: State
    said: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.kind} in {short(self.state)} says {self.said}, makes {short(self.after)}"


def short(state: State) -> str:
    return " ".join(f"{region}={value}" for region, value in asdict(state).items() if value != getattr(IDLE, region))


def walk() -> list[Step]:
    """Every reachable state with every word."""
    return _walk(machine.turn)


@cache
def _walk(turn: Callable[[State, str], tuple[State, tuple[str, ...]]]) -> list[Step]:
    steps: list[Step] = []
    seen, rest = {IDLE}, [IDLE]
    while rest:
        state = rest.pop()
        for kind in KINDS:
            after, said = turn(state, kind)
            steps.append(Step(state, kind, after, said))
            if after not in seen:
                seen.add(after)
                rest.append(after)
    return steps


Faults = Iterator[str]


def rules_end() -> Faults:
    """From any state at all, reachable or not, mending stops; and it stops where nothing is broken."""
    for values in product(*LISTED.values()):
        state = State(*values)
        for _ in range(len(machine.RULES) + 1):  # no rule mends twice
            broken = next((rule for rule in machine.RULES if rule.broken(state)), None)
            if broken is None:
                break
            state = replace(state, **broken.mend)
        else:
            yield f"{values}: {broken.why if broken else ''}"


def rules_hold() -> Faults:
    for step in walk():
        yield from (f"{step}: {rule.why}" for rule in machine.RULES if rule.broken(step.after))


NEVER: dict[str, Callable[[Step], bool]] = {
    "content and ads open together": lambda step: step.after.pod == "open" and step.after.brk == "on",
    "an ad without a break": lambda step: step.after.ad == "on" != step.after.brk,
    "a thing open before the start": lambda step: (
        step.after.playback == "idle" and (step.said != () or not OPEN.isdisjoint(open_in(step.after)[:5]))
    ),
    "a thing open after the end": lambda step: step.after.playback in OVER and open_in(step.after) != NOTHING_OPEN,
    "a word after the end": lambda step: step.state.playback in OVER and bool(step.said),
    "an end undone": lambda step: step.state.playback in OVER and step.after.playback != step.state.playback,
    "a word while cut": lambda step: step.state.playback == "cut" and bool(step.said) and step.kind not in GOES_ON,
}


def the_same_word_twice_says_nothing_new() -> Faults:
    for step in walk():
        after, said = machine.turn(step.after, step.kind)
        if said or after != step.after:
            yield f"{step}: then {said}, {after}"


def values_are_listed() -> Faults:
    for kind, regions in machine.MOVES.items():
        for region, moves in regions.items():
            yield from (f"MOVES {kind} {region} {v}" for v in (*moves, *moves.values()) if v not in LISTED[region])
    for rule in machine.RULES:
        yield from (f"RULES {rule.why}: {region} {v}" for region, v in rule.mend.items() if v not in LISTED[region])
    for row in machine.SAID:
        yield from (f"SAID {row.name}: {v}" for v in row.was | row.now if v not in LISTED[row.region])
        yield from (f"SAID {row.name}: {kind}" for kind in row.only | row.never if kind not in KINDS)


def values_are_reached() -> Faults:
    steps = walk()
    for region, values in LISTED.items():
        reached = {getattr(step.after, region) for step in steps} | {getattr(IDLE, region)}
        yield from (f"{region} {value}" for value in sorted(values ^ reached))


def there_is_a_way_on() -> Faults:
    """Whatever has happened, while it is not over the content can be open again, outside of any break."""
    can = {step.after for step in walk() if step.after.pod == "open" and step.after.brk == "none"}
    while more := {step.state for step in walk() if step.after in can} - can:
        can |= more
    yield from (short(step.state) for step in walk() if step.state not in can and step.state.playback not in OVER)


def rows_are_used() -> Faults:
    """No rule and no name is dead (a move is dead when its value is not reached)."""
    steps = walk()
    moved = {
        replace(s, **{r: m[getattr(s, r)] for r, m in machine.MOVES[kind].items() if getattr(s, r) in m})
        for s, kind, _, _ in steps
    }
    used = set()
    for state in moved:
        while (rule := next((rule for rule in machine.RULES if rule.broken(state)), None)) is not None:
            used.add(rule.why)
            state = replace(state, **rule.mend)  # noqa: PLW2901 -- the rules are applied to it one after the other
    yield from (f"RULES {rule.why}" for rule in machine.RULES if rule.why not in used)
    said = {name for step in steps for name in step.said}
    yield from (f"SAID {row.name}" for row in machine.SAID if row.name not in said)


class Told(NamedTuple):
    """What a listener who knows only the names believes."""

    begun: bool = False
    over: bool = False
    halted: str = ""
    stack: tuple[str, ...] = ()


def hear(told: Told, name: str) -> tuple[Told, bool]:
    """The listener after a name, and whether the name was right."""
    _, over, halted, stack = told
    right = not over and told.begun == (name != "started")
    if name in OPENS:
        right &= stack in WITHIN[OPENS[name]]
        stack = (*stack, OPENS[name])
    elif name in CLOSES:
        right &= stack[-1:] == (CLOSES[name],)
        stack = stack[:-1]
    elif name in ("seek", "seek_open"):
        right &= stack in (("content",), ("ad",))
    elif name == "resumed":
        right, halted = right and halted != "", ""
    elif name == "paused":
        right, halted = right and halted == "", name
    elif name == "interrupted":
        right, halted = right and halted != name, name
    return Told(True, name in ("completed", "exited"), halted, stack), right


def names_pair_and_nest() -> Faults:
    """Along every walk, however long: all pairs of a state and what its listener believes are visited."""
    start = (IDLE, Told())
    seen, rest = {start}, [start]
    while rest:
        state, told = rest.pop()
        for kind in KINDS:
            after, said = machine.turn(state, kind)
            heard, right = told, True
            for name in said:
                heard, right = hear(heard, name)
                if not right:
                    yield f"{kind} in {short(state)} says {name} of {said} to {told}"
                    break
            if after.playback == "ending":
                heard = heard._replace(halted="")  # an end ends a pause: what follows was not paused
            if heard.over > told.over and heard.stack and kind not in ("leave", "left"):
                yield f"{kind} in {short(state)} says {said}: open at the end: {heard.stack}"
            elif right and (after, heard) not in seen:
                seen.add((after, heard))
                rest.append((after, heard))


def never(what: str) -> Faults:
    yield from (str(step) for step in walk() if NEVER[what](step))


CHECKS: dict[str, Callable[[], Faults]] = {
    **{f"never {what}": partial(never, what) for what in NEVER},
    "rules end": rules_end,
    "rules hold": rules_hold,
    "a word twice says nothing new": the_same_word_twice_says_nothing_new,
    "values are listed": values_are_listed,
    "values are reached": values_are_reached,
    "there is a way on": there_is_a_way_on,
    "rows are used": rows_are_used,
    "names pair and nest": names_pair_and_nest,
}


@pytest.mark.parametrize("check", CHECKS)
def test_the_machine(check: str) -> None:
    faults = list(CHECKS[check]())
    assert not faults, f"{len(faults)} faults, of them: " + "\n".join(faults[:: len(faults) // 8 + 1])


def test_the_regions_are_those_of_the_state_and_of_its_theory() -> None:
    assert tuple(REGIONS) == State.__struct_fields__
    theory = (machine.__doc__ or "").partition("Region values")[2]
    rows = {line.split()[0]: line for line in theory.splitlines() if line.split()[:1] and line.split()[0] in REGIONS}
    assert list(rows) == list(REGIONS)
    words = frozenset(theory.replace("(", " ").split())
    assert not {value for values in LISTED.values() for value in values} - words


# -- planted bugs ------------------------------------------------------------------------------------------------------

Plant = Callable[[pytest.MonkeyPatch], None]


def move(kind: str, region: str, **moves: str) -> Plant:
    """One row of MOVES replaced."""
    return lambda patch: patch.setattr(machine, "MOVES", {**MOVES, kind: {**MOVES[kind], region: moves}})


def without(why: str) -> Plant:
    """A rule left out."""
    kept = tuple(rule for rule in RULES if not rule.why.startswith(why))
    assert len(kept) == len(RULES) - 1, why
    return lambda patch: patch.setattr(machine, "RULES", kept)


def rule(broken: Callable[[State], bool], **mend: str) -> Plant:
    """A rule too many."""
    return lambda patch: patch.setattr(machine, "RULES", (*RULES, Rule("planted", broken, mend)))


def said(change: Callable[[tuple[Said, ...]], tuple[Said, ...]]) -> Plant:
    """SAID in other words."""
    return lambda patch: patch.setattr(machine, "SAID", change(SAID))


def unsettled(patch: pytest.MonkeyPatch) -> None:
    turn = machine.turn
    patch.setattr(machine, "turn", lambda s, k: (replace(s, ad="on"), ()) if s.brk == "announced" else turn(s, k))


PLANTS: tuple[tuple[str, Plant], ...] = (
    ("rules end", rule(lambda s: s.ad == "on" == s.brk, brk="announced")),
    ("rules hold", unsettled),
    ("never content and ads open together", without("content and ads are never open together")),
    ("never an ad without a break", without("an ad that shows frames")),
    ("never a thing open before the start", move("break_start", "brk", none="on")),
    ("never a thing open after the end", without("nothing is open when all is over")),
    ("never an end undone", move("play", "playback", idle="starting", completed="playing")),
    ("never a word after the end", said(lambda rows: (*rows, Said("more", "asset", LISTED["asset"], LISTED["asset"])))),
    ("never a word while cut", move("moved", "playback", cut="playing")),
    ("a word twice says nothing new", move("pause", "playback", playing="pausing", pausing="paused")),
    ("values are listed", move("ad_start", "ad", none="anounced")),
    ("there is a way on", move("break_end", "brk", announced="none")),
    ("values are reached", move("doom", "asset", none="loading")),
    ("rows are used", move("jump", "seek")),
    ("rows are used", said(lambda rows: (*rows, rows[0]._replace(name="never", now=frozenset({"exited"}))))),
    ("names pair and nest", said(lambda rows: tuple(row for row in rows if row.name != "buffer_completed"))),
    ("names pair and nest", said(lambda rows: tuple(row for row in rows if row.name != "resumed"))),
    ("names pair and nest", said(lambda rows: tuple(row._replace(never=frozenset()) for row in rows))),
)


@pytest.mark.parametrize(("check", "plant"), PLANTS)
def test_a_planted_bug_is_caught(check: str, plant: Plant, monkeypatch: pytest.MonkeyPatch) -> None:
    assert {planted for planted, _ in PLANTS} == set(CHECKS)
    before = set(CHECKS[check]())
    monkeypatch.setattr(machine, "turn", cache(machine.turn.__wrapped__))  # a memory of its own: other tables
    plant(monkeypatch)
    assert set(CHECKS[check]()) - before
