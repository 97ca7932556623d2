"""`videospec simulate NAME TRACKS`: the calls that Segment's integration of a destination makes in the vendor's SDK."""

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import msgspec
from attrs import define

from videospec.cli.reading import STDIN, Logs, Unreadable, check
from videospec.cli.writing import Lines, opened
from videospec.plugins import UnknownDestination, find_destination

if TYPE_CHECKING:
    from videospec.simulators import Integration
    from videospec.simulators.messages import Refused
    from videospec.simulators.stage import Call

_LISTED: Final = 10


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
    parser.add_argument("--config", metavar="FILE", help="take settings from the accounts in this settings file")
    parser.add_argument(
        "--override", action="store_true", help="make the messages right for the destination first, as replay does"
    )
    parser.add_argument(
        "--tail",
        metavar="SECONDS",
        type=_seconds,
        default=0.0,
        help="let time go on after the last message (default: 0)",
    )
    parser.set_defaults(does=run)


def run(args: argparse.Namespace) -> int:
    """Writes a call a line and tells of refused lines; 0 when every line was read, 2 for bad usage."""
    from videospec.simulators import simulate

    try:
        kind = _kind(args.name)
        settings = {**_account(kind, args.config), **_settings(kind, args.set)}
        check([args.tracks])
        if STDIN not in (args.tracks, args.output) and _same(args.tracks, args.output):
            raise _BadUsage(f"{args.output} is what is read: it would be overwritten")
    except (_BadUsage, Unreadable) as error:
        return _complain(str(error))
    if (why := kind.silent(settings)) is not None:
        print(f"videospec simulate: {kind.name} makes no calls: {why}", file=sys.stderr)
    refusals = _Refusals(args.tracks if args.tracks != STDIN else "stdin")
    logs = Logs([args.tracks])
    try:
        with opened(args.output) as output:
            _write(
                output,
                simulate(kind, _stream(logs, refusals, kind.name if args.override else None), settings, tail=args.tail),
            )
    except OSError as error:
        if isinstance(error, BrokenPipeError):
            raise
        return _complain(f"cannot write {error.filename}: {error.strerror}")
    for text in logs.broken:
        print(f"videospec simulate: {text}", file=sys.stderr)
    refusals.close()
    return 0


def _stream(logs: Logs, refusals: "_Refusals", override: str | None) -> Iterator[tuple[int, dict[str, Any]]]:
    """What the integration gets: the messages as they are, or made right for a destination."""
    from videospec.simulators.messages import messages

    told = messages(logs, refusals.tell)
    if override is None:
        return told
    from videospec.overriding import Overriding

    return Overriding.to([find_destination(override)]).run(told)


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


def _settings(kind: "type[Integration]", given: list[str]) -> dict[str, Any]:
    settings = {}
    for one in given:
        name, equals, value = one.partition("=")
        if not equals:
            raise _BadUsage(f"--set {one}: expected NAME=VALUE")
        if name not in kind.settings:
            raise _BadUsage(f"{kind.name} has no setting {name}; it has {', '.join(kind.settings)}")
        try:
            settings[name] = json.loads(value, parse_constant=_text)
        except (ValueError, RecursionError):
            settings[name] = value
    return settings


def _account(kind: "type[Integration]", config: str | None) -> dict[str, Any]:
    """The settings of the destination in a settings file; those that the integration has not are left out."""
    if config is None:
        return {}
    from videospec.cli.config import BadSettings, in_force
    from videospec.spelling import fold

    try:
        accounts = in_force(argparse.Namespace(config=config)).settings.accounts or {}
    except BadSettings as error:
        raise _BadUsage(str(error)) from None
    found = [account for name, account in accounts.items() if fold(name) == fold(kind.name)]
    return {name: value for account in found for name, value in account.items() if name in kind.settings}


def _text(name: str) -> None:
    raise ValueError(f"{name} is no JSON")


def _seconds(value: str) -> float:
    seconds = float(value)
    if not 0 <= seconds < float("inf"):
        raise argparse.ArgumentTypeError(f"{value} is no number of seconds from 0 on")
    return seconds


def _same(one: str, other: str) -> bool:
    return Path(other).exists() and Path(one).samefile(other)


def _complain(text: str) -> int:
    print(f"videospec simulate: {text}", file=sys.stderr)
    return 2


@define
class _Refusals:
    """Tells of the first few lines that were refused, and how many there were."""

    file: str
    count: int = 0

    def tell(self, refused: "Refused") -> None:
        self.count += 1
        if self.count <= _LISTED:
            what = " ".join(filter(None, [refused.field, refused.text]))
            print(f"videospec: {self.file}:{refused.line}: {what}. {refused.mend}"[:600], file=sys.stderr)

    def close(self) -> None:
        if self.count > _LISTED:
            print(f"videospec: {self.count - _LISTED} more such lines", file=sys.stderr)
