"""What is wrong with rows: whatever this finds, no row may land with, ours or a third party's."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Final

from videospec.destinations.destination import (
    EVERY,
    Destination,
    Fact,
    Ignored,
    Quirk,
    Use,
)
from videospec.destinations.limits import NotAbove, NotZero, Required, TextLength
from videospec.destinations.places import PLATFORMS, REACHES
from videospec.destinations.sources import citations
from videospec.spec.events import EVENTS, model_for
from videospec.spelling import fold

_QUIRK: Final = re.compile(r"[A-Z]+[1-9]\d*")


@cache
def properties(event: str | None = None) -> frozenset[str]:
    """The properties that the Video Spec's object of an event has; of all events, if none is named."""
    events = EVENTS if event is None else (event,)
    return frozenset(name for each in events for name in model_for(each).model_fields)


def faults(destinations: Iterable[Destination]) -> Iterator[str]:
    """What is wrong with each, and with all of them beside each other; nothing if all is well."""
    found = list(destinations)
    for destination in found:
        yield from (f"{destination.name}: {fault}" for fault in _of_one(destination))
    names = Counter(name for each in found for name in {fold(name) for name in each.names})
    yield from (f"two destinations are called {name}" for name, times in names.items() if times > 1)
    ids = Counter(quirk.id for each in found for quirk in each.quirks)
    yield from (f"two quirks are called {name}" for name, times in ids.items() if times > 1)


def _of_one(it: Destination) -> Iterator[str]:
    yield from _reach(it)
    for fact in it.facts():
        kind = type(fact).__name__
        yield from (f"{kind} {fault}" for fault in (*_source(it, fact), *_place(it, fact), *_events(it, fact)))
    yield from _properties(it)
    yield from _told(it)
    yield from _spellings(it)
    yield from _quirks(it.quirks)
    yield from _overrides(it)


def _reach(it: Destination) -> Iterator[str]:
    if not it.name.strip() or not it.about.strip():
        yield "it has no name, or nothing tells what it is"
    for reach in (*it.reach, *(reach for row in it.unreached for reach in row.reach)):
        if reach not in REACHES:
            yield f"no such reach: {reach}"
    if len(set(it.reach)) < len(it.reach):
        yield "it names a reach twice"
    for row in it.unreached:
        if both := set(row.reach) & set(it.reach):
            yield f"both reached and not: {', '.join(sorted(both))}"


def _source(it: Destination, fact: Fact) -> Iterator[str]:
    known, found = it.known, citations(fact.by)
    if not found:
        yield "names no source"
    for tag, _ in found:
        if tag not in known:
            yield f"names a source that is not in the table: {tag}"
        elif (day := known[tag].day) is not None and day > it.checked:
            yield f"was checked before its source {tag} was written"


def _place(it: Destination, fact: Fact) -> Iterator[str]:
    known = {platform for platforms in PLATFORMS.values() for platform in platforms}
    for platform in fact.on:
        if platform not in known:
            yield f"names no platform: {platform}"
        elif platform not in it.platforms:
            yield f"is about a platform where it is not reached: {platform}"


def _events(it: Destination, fact: Fact) -> Iterator[str]:
    named = [*getattr(fact, "events", ()), *getattr(fact, "others", ())]
    if event := getattr(fact, "event", ""):
        named.append(event)
    for name in named:
        if name not in EVENTS and name not in it.extensions:
            yield f"names an event that is neither ours nor an extension: {name}"


def _properties(it: Destination) -> Iterator[str]:
    needed = [(name, need.events, need.own) for need in it.needs for name in need.properties]
    for limit in it.limits:
        match limit:
            case Required(one_of=names) | TextLength(properties=names):
                needed += [(name, getattr(limit, "events", ()), False) for name in names]
            case NotZero(name=name):
                needed.append((name, limit.events, False))
            case NotAbove(name=name, other=other):
                needed += [(name, limit.events, False), (other, limit.events, False)]
    for path, events, own in needed:
        first, _, inner = path.rpartition(".")
        known = inner in properties() and (not first or first in properties())
        if known and own:
            yield f"calls a property of the Video Spec the vendor's own: {path}"
        elif not known and not own:
            yield f"needs a property that the Video Spec has not: {path}"
        used = set(it.used())
        yield from (f"needs {path} on an event that it does not use: {event}" for event in events if event not in used)


def _told(it: Destination) -> Iterator[str]:
    """Every event of ours has exactly one row on every platform."""
    for event in it.extensions:
        if event in EVENTS:
            yield f"an extension is an event of ours: {event}"
    rows: tuple[Use | Ignored, ...] = (*it.uses, *it.ignores)
    for event in (*EVERY, *it.extensions):
        for platform in it.platforms or ("web",):
            told = sum(event in row.events and row.holds_on(platform) for row in rows)
            if told > 1 or (told == 0 and event in EVENTS):
                yield f"{told} rows tell what becomes of {event} on {platform}"


def _spellings(it: Destination) -> Iterator[str]:
    for platform in it.platforms:
        if (told := sum(row.holds_on(platform) for row in it.spellings)) > 1:
            yield f"{told} rows tell which names are taken on {platform}"


def _quirks(quirks: Iterable[Quirk]) -> Iterator[str]:
    for quirk in quirks:
        if not _QUIRK.fullmatch(quirk.id):
            yield f"a quirk's id is letters and a number: {quirk.id}"
        if quirk.mender not in ("sender", "nobody"):
            yield f"{quirk.id} is mended by {quirk.mender}"
        if not quirk.says.strip() or not quirk.mend.strip():
            yield f"{quirk.id} does not say what is wrong, or how it is mended"


def _overrides(it: Destination) -> Iterator[str]:
    """Every override mends what a sender can, on events and platforms that there are."""
    known = {quirk.id for quirk in it.quirks}
    for limit in it.limits:
        yield from (f"a limit tells a quirk that it has not: {name}" for name in limit.quirks if name not in known)
    for quirk in it.quirks:
        for sign in quirk.shown or ():
            if sign.of == "properties":
                firsts = {path.partition(".")[0] for path in (*sign.paths, sign.short_of) if path}
                own = {name for need in it.needs if need.own for name in need.properties}
                yield from (
                    f"{quirk.id} is shown by a property that nobody has: {name}"
                    for name in sorted(firsts - properties() - own)
                )
    if it.listed and it.listed not in {setting.name for setting in it.settings}:
        yield f"a setting that it has not lists events: {it.listed}"
    said = {} if it.amend is None else it.amend.says
    menders = {quirk.id: quirk.mender for quirk in it.quirks}
    for name in (*said, *(name for row in it.overrides for name in row.mends)):
        if menders.get(name) != "sender":
            yield f"an override mends what no sender can, or no quirk of it: {name}"
    for row in it.overrides:
        named = (*row.events, *filter(None, [getattr(row, "event", "")]))
        yield from (
            f"an override is for an event that is neither ours nor an extension: {event}"
            for event in named
            if event not in EVENTS and event not in it.extensions
        )
        yield from (f"an override is for where it is not reached: {one}" for one in row.on if one not in it.platforms)
