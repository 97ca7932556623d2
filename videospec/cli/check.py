"""`videospec check TRACKS|LOG --destination NAME`: what a destination makes of a stream, and what mends it."""

import argparse
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from videospec.cli.config import SOURCES, WRITE_KEY, BadSettings, doubts, in_force
from videospec.cli.findings import add_flags
from videospec.cli.report import tell
from videospec.cli.stream import Stream
from videospec.cli.writing import complain
from videospec.plugins import UnknownDestination, find_destination

if TYPE_CHECKING:
    from videospec.check import Check, Number, Verdict
    from videospec.rules.finding import Finding


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """`videospec check`."""
    parser = commands.add_parser("check", help="tell what a destination makes of a stream, in its own numbers")
    add_flags(parser, "accounts", "overrides of your own (with --fix)")
    parser.add_argument(
        "--destination", metavar="NAME", action="append", required=True, help="in any spelling; may be given again"
    )
    parser.add_argument(
        "--source", choices=SOURCES, default="web", help="where the messages are sent from (default: web)"
    )
    parser.add_argument(
        "--set",
        metavar="[DESTINATION.]NAME=VALUE",
        action="append",
        default=[],
        help="a setting of a destination's account; the value is JSON if it parses, else a text",
    )
    parser.add_argument("--fix", action="store_true", help="the same after the destinations' overrides and your own")
    parser.set_defaults(does=run)


def run(args: argparse.Namespace) -> int:
    """Prints the findings, the numbers and the table; 0 when nothing is as bad as --fail-on, 1 when something is, 2 for
    bad usage."""
    from videospec.check import Check
    from videospec.cli.accounts import accounts
    from videospec.cli.own import hooks

    try:
        found = list({it.name: it for it in map(find_destination, args.destination)}.values())
        config = in_force(argparse.Namespace(config=args.config))
        settings = config.settings
        told = accounts(settings, found, args.set)
        own = hooks(settings, os.environ.get(WRITE_KEY, "")) if args.fix else None
    except (UnknownDestination, BadSettings) as error:
        return complain("check", str(error))
    for text in doubts(config):
        complain("check", text)
    one = Check(found, args.source, datetime.now(UTC), accounts=told, fix=args.fix, own=own, readings=settings.readings)
    return tell(
        args,
        "check",
        settings,
        lambda stream: _found(one, stream),
        lambda: _whole(one),
        lambda: "\n".join(_words(one.verdicts())),
        several=len(found) > 1,
    )


def _found(one: "Check", stream: Stream) -> "Iterator[Finding]":
    yield from one.first()
    yield from stream.judged(one)


def _whole(one: "Check") -> dict[str, Any]:
    import attrs

    return {"destinations": [attrs.asdict(verdict) for verdict in one.verdicts()]}


# -- words -------------------------------------------------------------------------------------------------------------


def _words(verdicts: "list[Verdict]") -> Iterator[str]:
    for verdict in verdicts:
        if verdict.numbers:
            yield ""
            yield from _aligned([(verdict.destination, "true", "there"), *map(_number, verdict.numbers)])
    events = list(dict.fromkeys(event for verdict in verdicts for event in verdict.fates))
    if events:
        yield ""
        head = ("event", *(verdict.destination for verdict in verdicts))
        rows = [(event, *(verdict.fates.get(event, "never arrives") for verdict in verdicts)) for event in events]
        yield from _aligned([head, *rows])


def _number(one: "Number") -> tuple[str, str, str]:
    theirs = "none" if one.theirs is None else _shown(one.theirs, one.unit)
    return (f"  {one.what}", _shown(one.true, one.unit), theirs + ("  <-" if one.differs else ""))


def _shown(value: float, unit: str) -> str:
    return f"{value:.1f} {unit}" if unit else f"{value:g}"


def _aligned(rows: list[tuple[str, ...]]) -> Iterator[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
