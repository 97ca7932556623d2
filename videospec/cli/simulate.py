"""`videospec simulate NAME TRACKS`: the calls that Segment's integration of a destination makes in the vendor's SDK."""

import argparse
import json
import os
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

import msgspec

from videospec.cli.config import WRITE_KEY, BadSettings, add_config, in_force
from videospec.cli.reading import STDIN, Logs, Unreadable, add_strict, check, overwrites
from videospec.cli.stream import NO_TRACKS, in_words, told_apart
from videospec.cli.writing import Lines, Listing, complain, opened
from videospec.plugins import UnknownDestination, find_destination
from videospec.settings import Settings

if TYPE_CHECKING:
    from videospec.destinations.destination import Accounts, Destination
    from videospec.overriding import Overriding
    from videospec.simulators import Integration
    from videospec.simulators.messages import Refused
    from videospec.simulators.stage import Call


class _BadUsage(Exception):
    pass


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """`videospec simulate`."""
    parser = commands.add_parser(
        "simulate", help="show the calls that a destination's web integration makes for a stream"
    )
    parser.add_argument("name", metavar="NAME", help="the destination; videospec destinations says which are simulated")
    parser.add_argument("tracks", metavar="TRACKS", help="JSON lines of track messages; - is standard input")
    parser.add_argument(
        "-o",
        "--output",
        metavar="CALLS",
        default="-",
        help="write the calls here, one a line (default: standard output)",
    )
    parser.add_argument(
        "--set",
        metavar="NAME=VALUE",
        action="append",
        default=[],
        help="a setting of the integration; the value is JSON if it parses, else a text",
    )
    add_config(parser, "its accounts, and overrides of your own")
    parser.add_argument(
        "--override",
        action="store_true",
        help="make the messages right for the destination first, as replay does, with overrides of your own",
    )
    parser.add_argument(
        "--tail",
        metavar="SECONDS",
        type=_seconds,
        default=0.0,
        help="let time go on after the last message (default: 0)",
    )
    add_strict(parser)
    parser.set_defaults(does=run)


def run(args: argparse.Namespace) -> int:
    """Writes a call a line and tells of refused lines; 0 when what could be read was read, 2 for bad usage, 3 with
    --strict when a line was refused or the file could not be read to its end."""
    from videospec.cli.accounts import accounts
    from videospec.simulators import simulate

    try:
        kind = _kind(args.name)
        it = find_destination(kind.name)
        config = in_force(argparse.Namespace(config=args.config)).settings
        account = accounts(config, [it], args.set)
        overriding = _overriding(it, config, account) if args.override else None
        check([args.tracks])
        if overwrites(args.output, args.tracks):
            raise _BadUsage(f"{args.output} is what is read: it would be overwritten")
        logs = Logs([args.tracks])
        name = "stdin" if args.tracks == STDIN else args.tracks
        log, lines = told_apart(logs)
        if log:
            raise _BadUsage(f"{name} is a capture log: make tracks of it first, by videospec replay -o FILE")
    except (_BadUsage, BadSettings, Unreadable) as error:
        return complain("simulate", str(error))
    settings = {name: value for name, value in account[it.name].items() if name in kind.settings}
    if (why := kind.silent(settings)) is not None:
        complain("simulate", f"{kind.name} makes no calls: {why}")
    refused = Listing(NO_TRACKS)
    told = _stream(lines, lambda one: refused.tell(in_words(name, one)), overriding)
    try:
        with opened(args.output) as output:
            _write(output, simulate(kind, told, settings, tail=args.tail))
    except OSError as error:
        if error.filename is None:
            raise  # it could be opened, and then took no more
        return complain("simulate", f"cannot write {error.filename}: {error.strerror}")
    for text in logs.broken:
        complain("simulate", text)
    if refused.count:
        complain("simulate", f"{refused.count} lines are no tracks and were left out")
    return 3 if args.strict and (refused.count or logs.broken) else 0


def _stream(
    lines: Iterable[bytes], refused: "Callable[[Refused], None]", overriding: "Overriding | None"
) -> Iterator[tuple[int, dict[str, Any]]]:
    """What the integration gets: the messages as they are, or made right for it."""
    from videospec.simulators.messages import messages

    told = messages(lines, refused)
    return told if overriding is None else overriding.run(told)


def _overriding(it: "Destination", config: Settings, account: "Accounts") -> "Overriding":
    from videospec.cli.own import hooks
    from videospec.overriding import Overriding

    return Overriding.to([it], "web", hooks(config, os.environ.get(WRITE_KEY, "")), account)


def _write(output: Lines, calls: "Iterator[Call]") -> None:
    encode = msgspec.json.Encoder().encode
    for call in calls:
        try:
            line = encode(call)
        except (UnicodeEncodeError, OverflowError):  # half of a surrogate pair, and a number beyond 64 bits
            line = json.dumps(call).encode()
        output.write(line)


def _kind(name: str) -> "type[Integration]":
    from videospec.simulators import SIMULATORS, find_simulator

    try:
        kind = find_simulator(find_destination(name).name)
    except UnknownDestination:
        kind = None
    if kind is None:
        known = ", ".join(one.name for one in SIMULATORS)
        raise _BadUsage(f"there is no simulator of {name}; there are {known}")
    return kind


def _seconds(value: str) -> float:
    try:
        seconds = float(value)
    except ValueError:
        seconds = -1
    if not 0 <= seconds < float("inf"):
        raise argparse.ArgumentTypeError(f"{value} is no number of seconds from 0 on")
    return seconds
