"""`videospec destinations`: what each destination does with a Video Spec stream, and where it can be reached."""

import argparse
import shutil
import sys
import textwrap
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from videospec.cli.writing import print_json
from videospec.plugins import UnknownDestination, all_destinations, find_destination

if TYPE_CHECKING:
    from videospec.destinations.destination import Destination
    from videospec.destinations.words import Section


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """`videospec destinations` and `videospec destinations show NAME`."""
    parser = commands.add_parser("destinations", help="list the destinations that are known, or show one")
    parser.add_argument("show", nargs="?", choices=["show"], help="tell all about one destination")
    parser.add_argument("name", nargs="?", metavar="NAME", help="the destination's name, in any spelling")
    parser.add_argument("--format", choices=["text", "json"], default="text")
    parser.set_defaults(does=run)


def run(args: argparse.Namespace) -> int:
    """Prints the list or one destination; 2 for a name that no destination has."""
    if args.show is None:
        _list(list(all_destinations().values()), args.format)
        return 0
    if args.name is None:
        print("videospec destinations show: name a destination; videospec destinations lists them", file=sys.stderr)
        return 2
    try:
        found = find_destination(args.name)
    except UnknownDestination as error:
        print(f"videospec destinations show: {error}", file=sys.stderr)
        return 2
    if args.format == "json":
        print_json(_whole(found))
    else:
        _show(found)
    return 0


# -- the list ----------------------------------------------------------------------------------------------------------


def _list(found: "list[Destination]", form: str) -> None:
    if form == "json":
        print_json([_summary(one) for one in found])
        return
    head = ("destination", "events", "of ours not", "simulated", "reach")
    rows = [
        (
            one.name,
            str(len(one.used())),
            str(len(one.unused())),
            "yes" if one.simulated else "",
            ", ".join(one.reach) or "none: no video event means anything to it",
        )
        for one in found
    ]
    print("\n".join(_aligned([head, *rows])))


def _aligned(rows: list[tuple[str, ...]]) -> Iterable[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def _summary(one: "Destination") -> dict[str, Any]:
    from videospec.spec.events import EVENTS

    page = [name for name in one.used() if name in EVENTS and not EVENTS[name].extension]
    return {
        "name": one.name,
        "also": [name for name in one.names if name != one.name],
        "reach": list(one.reach),
        "events": page,
        "extensions": [name for name in one.used() if name not in page],
        "ignored": list(one.unused()),
        "simulated": one.simulated,
        "checked": one.checked.isoformat(),
    }


# -- one ---------------------------------------------------------------------------------------------------------------


def _whole(one: "Destination") -> dict[str, Any]:
    import attrs

    rows: dict[str, Any] = attrs.asdict(one, value_serializer=_plain)
    for row, limit in zip(rows["limits"], one.limits, strict=True):
        row["limit"] = type(limit).__name__
    for row, override in zip(rows["overrides"], one.overrides, strict=True):
        row["operation"] = type(override).__name__.lower()
    rows["amend"] = None if one.amend is None else one.amend.says
    return {**rows, **_summary(one)}


def _plain(_instance: Any, field: Any, value: Any) -> Any:
    if field is not None and field.name == "does" and callable(value):
        return None
    return value.isoformat() if isinstance(value, date) else value


def _show(one: "Destination") -> None:
    from videospec.destinations.words import sections

    width = min(shutil.get_terminal_size((100, 24)).columns, 120)
    print(f"{one.name}\n{textwrap.fill(one.about, width)}")
    for section in sections(one):
        print(f"\n{section.title.upper()}")
        print("\n".join(_lines(section, width)))


def _lines(section: "Section", width: int) -> Iterable[str]:
    """Sentences, then for each row what it is about, with the rest of it beside and below."""
    for sentence in section.sentences:
        yield textwrap.fill(sentence, width, initial_indent="  ", subsequent_indent="    ")
    column = min(max((len(row[0]) for row in section.rows), default=0), _WIDEST)
    indent = " " * (column + 4)
    for first, *rest in section.rows:
        start = f"  {first.ljust(column)}  "
        if len(first) > column:
            yield textwrap.fill(first, width, initial_indent="  ", subsequent_indent="    ", break_on_hyphens=False)
            start = indent
        for text in _told(section, rest):
            yield textwrap.fill(text, width, initial_indent=start, subsequent_indent=indent, break_on_hyphens=False)
            start = indent


def _told(section: "Section", cells: list[str]) -> list[str]:
    """A row's other cells: each a paragraph in what is long to read, else one for all; where it holds goes first."""
    named = dict(zip(section.head[1:], cells, strict=True))
    where = f"({holds}) " if section.title != "Sources" and (holds := named.pop("where", "")) else ""
    told = [f"{name}: {text}" if name in _NAMED else text for name, text in named.items() if text]
    parts = told if section.title in _LONG else [" · ".join(told)]
    return [where + parts[0], *parts[1:]]


_WIDEST = 32
_LONG = {"Quirks"}
_NAMED = {"on", "without it", "mended by", "breaking it costs"}
"""The columns whose text says nothing without their name."""
