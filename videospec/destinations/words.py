"""A destination in words for people: the sections that the command line and the documentation show of it."""

from collections.abc import Iterable, Iterator
from typing import Final

from attrs import frozen

from videospec.destinations.destination import (
    EVERY,
    Destination,
    Fact,
    Ignored,
    Need,
    Quirk,
    Use,
)
from videospec.destinations.overrides import When
from videospec.destinations.places import Origin, Platform, Reach
from videospec.spec.events import EVENTS, model_for

_PLACES: Final[dict[Reach, str]] = {
    "device-web": "in the viewer's browser",
    "device-ios": "in an iOS app",
    "device-android": "in an Android app",
    "cloud-web": "in Segment's servers, from what a page sends",
    "cloud-mobile": "in Segment's servers, from what an app sends",
    "server": "in Segment's servers, from what a server sends",
    "direct": "at the vendor's own address",
}
SENDERS: Final[dict[Origin, str]] = {
    "web": "a web source",
    "ios": "an iOS source",
    "android": "an Android source",
    "server": "a server source",
}
_PLATFORMS: Final[dict[Platform, str]] = {
    "web": "web",
    "ios": "iOS",
    "swift": "Swift",
    "android": "Android",
    "kotlin": "Kotlin",
    "cloud": "cloud",
}
_WITHOUT: Final = {"lost": "the event is lost", "wrong": "the report is wrong", "poorer": "the report is poorer"}
_MENDERS: Final = {"sender": "the sender", "nobody": "nobody"}
_READS: Final = {"switch": "true or false", "options": "options", "both": "true, false or options"}


_TAKEN: Final = {
    "exact": "none: names are compared letter by letter",
    "case": "in any case",
    "words": "in any case, with the words apart by a space, an underscore or nothing, or with the action first",
    "underscores": "with underscores for spaces",
    "lower": "in any case, with underscores for spaces",
    "column": "what is the same in snake case",
    "unread": "nobody has read which",
}


@frozen
class Section:
    """A heading with sentences, a table, or both."""

    title: str
    sentences: tuple[str, ...] = ()
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


def reached(it: Destination) -> list[str]:
    """Where video events arrive, then from what it cannot be reached, in sentences."""
    ways = [f"Video events arrive {_PLACES[reach]}." for reach in it.reach] or ["Video events arrive nowhere."]
    out = [name for origin, name in SENDERS.items() if not it.reached_from(origin)]
    return [f"It cannot be reached from {_either(out)}.", *ways] if out else ways


def _either(words: list[str]) -> str:
    *most, last = words
    return f"{', '.join(most)} or {last}" if most else last


def lacking(need: Need) -> tuple[str, ...]:
    """The events whose object in the Video Spec has not all that is needed: whoever sends must add it."""
    heads = {name.partition(".")[0] for name in need.properties}
    return tuple(event for event in need.events if event in EVENTS and not heads <= set(model_for(event).model_fields))


def _to_add(it: Destination, need: Need) -> str:
    added = lacking(need)
    if not added:
        return ""
    return " (to be added)" if set(added) == set(need.events) else f" (to be added on {_few(it, added)})"


def sections(it: Destination) -> Iterator[Section]:
    """All that is known of a destination, what matters most first. A section without rows is left out."""
    why = tuple(f"{', '.join(row.reach)}: {row.why}" for row in it.unreached)
    unread = f"Nobody has read what its integration for {', '.join(_PLATFORMS[one] for one in it.unread)} does."
    yield Section("Reach", (*reached(it), *why, *([unread] if it.unread else ())))
    yield from filter(_filled, _tables(it))
    yield Section("Sources", _checked(it), ("tag", "read in", "as of", "where"), tuple(_sources(it)))


def _filled(section: Section) -> bool:
    return bool(section.rows)


def _tables(it: Destination) -> Iterator[Section]:
    yield Section("Events", (), ("event", "what happens", "where"), tuple(_events(it)))
    yield Section(
        "Other spellings of an event's name",
        (),
        ("taken for the event", "what becomes of others", "where"),
        tuple((_TAKEN[row.reads], row.otherwise, _where(row)) for row in it.spellings),
    )
    yield Section(
        "What it needs",
        (),
        ("property", "type", "on", "why", "without it", "where"),
        tuple(
            (
                ", ".join(need.properties),
                need.kind + (f": {', '.join(need.values)}" if need.values else ""),
                _few(it, need.events) + _to_add(it, need),
                need.why,
                _WITHOUT[need.without],
                _where(need),
            )
            for need in it.needs
        ),
    )
    yield Section("Order", (), ("event", "must come", "why", "where"), tuple(_order(it)))
    yield Section("Time", (), ("what", "how", "why", "where"), tuple(_time(it)))
    yield Section(
        "Quirks",
        (),
        ("id", "what is wrong", "mended by", "read in", "where"),
        tuple(
            (quirk.id, quirk.says, f"{_MENDERS[quirk.mender]}: {quirk.mend}", quirk.by, _where(quirk))
            for quirk in it.quirks
        ),
    )
    yield Section("Override", (), ("mends", "what is said instead", "on", "where"), tuple(_override(it)))
    yield Section(
        "Limits",
        (),
        ("limit", "breaking it costs", "what happens", "where"),
        tuple((limit.text, limit.outcome, limit.then, _where(limit)) for limit in it.limits),
    )
    yield Section(
        "Keys",
        (),
        ("in", "name", "takes", "where"),
        tuple((key.under, key.name, _READS[key.reads], _where(key)) for key in it.keys),
    )
    yield Section(
        "Options of a message",
        (),
        ("option", "type", "what for", "where"),
        tuple(
            (
                ", ".join(option.names),
                option.kind + (f": {', '.join(option.values)}" if option.values else ""),
                option.why,
                _where(option),
            )
            for option in it.options
        ),
    )
    yield Section(
        "Settings in Segment",
        (),
        ("setting", "what for"),
        tuple((setting.name, setting.why) for setting in it.settings),
    )


def _override(it: Destination) -> Iterator[tuple[str, ...]]:
    """What videospec's own override of it does."""
    if it.amend is not None:
        for quirk, says in it.amend.says.items():
            yield quirk, says, "", ""
    for row in it.overrides:
        on = ", ".join(name for platform, name in _PLATFORMS.items() if platform in row.on)
        yield ", ".join(row.mends), row.text + _if(row.when), _few(it, row.events) if row.events else "every event", on


def _if(when: When | None) -> str:
    """A condition in words."""
    if when is None:
        return ""
    of = {"event": "", "content": "the content's ", "ad": "the ad's "}[when.where]
    values = " or ".join(str(value) or "empty" for value in when.values)
    if not when.name:
        return (
            f", {'unless' if when.unless else 'while'} {'an ad is on' if when.where == 'ad' else 'a content is known'}"
        )
    return f", {'unless' if when.unless else 'if'} {of}{when.name} is {values or 'there'}"


def mended(it: Destination, quirk: Quirk) -> str:
    """How a quirk is mended: by the override, by whoever sends, or by nobody."""
    by = [it.amend.says[quirk.id]] if it.amend is not None and quirk.id in it.amend.says else []
    by += [row.text for row in it.overrides if quirk.id in row.mends]
    if by:
        return f"the override: {'; '.join(dict.fromkeys(by))}"
    who = "cannot be mended by a sender" if quirk.mender == "nobody" else _MENDERS[quirk.mender]
    return f"{who}: {quirk.mend}"


def _where(fact: Fact) -> str:
    return ", ".join(_PLATFORMS[platform] for platform in fact.on)


def _few(it: Destination, events: Iterable[str]) -> str:
    """Events in short: all that it uses, all but a few, or each without the Video that all begin with."""
    named, used = set(events), it.used()
    rest = [name for name in used if name not in named]
    if set(EVERY) <= named or not rest:
        return "every event" if set(EVERY) <= named else "every event that it uses"
    if len(rest) < 3 < len(named):
        return f"every event that it uses but {_short(rest)}"
    return _short(name for name in (*EVERY, *it.extensions) if name in named)


def _short(events: Iterable[str]) -> str:
    return ", ".join(name.removeprefix("Video ") for name in events)


def _events(it: Destination) -> Iterator[tuple[str, ...]]:
    """In our order, used and ignored; rows for all events are told once."""
    rows: tuple[Use | Ignored, ...] = (*it.uses, *it.ignores)
    for row in (row for row in rows if set(EVERY) <= set(row.events)):
        yield "every event", _told(row), _where(row)
    for name in (*EVERY, *it.extensions):
        for row in rows:
            if name in row.events and not set(EVERY) <= set(row.events):
                yield name, _told(row), _where(row)


def _told(row: Use | Ignored) -> str:
    if isinstance(row, Use):
        return row.does
    return "nothing" if row.instead == "nothing" else f"nothing as video: {row.instead.removeprefix('nothing: ')}"


def _order(it: Destination) -> Iterator[tuple[str, ...]]:
    for rule in it.order:
        yield rule.event, f"{rule.place} {_few(it, rule.others)}", rule.why, _where(rule)


def _time(it: Destination) -> Iterator[tuple[str, ...]]:
    for beat in it.heartbeats:
        yield "heartbeat", f"every {beat.seconds:g} s", beat.why, _where(beat)
    for position in it.position:
        yield "position", position.scale, position.why, _where(position)
    for live in it.live:
        yield "position, live", live.scale, live.why, _where(live)


def _checked(it: Destination) -> tuple[str, ...]:
    return (f"The rows were last compared with these on {it.checked.isoformat()}.",)


def _sources(it: Destination) -> Iterator[tuple[str, ...]]:
    for tag, source in it.read.items():
        yield tag, f"{source.what} {source.commit}".rstrip(), source.date or "unproven", source.where
