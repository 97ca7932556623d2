"""`videospec lint TRACKS|LOG`: every rule of the Video Spec page, over single messages and whole sessions."""

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING

from videospec.cli.config import BadSettings, doubts, in_force
from videospec.cli.findings import add_flags
from videospec.cli.report import tell
from videospec.cli.stream import Stream
from videospec.cli.writing import complain

if TYPE_CHECKING:
    from videospec.rules.finding import Finding


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """`videospec lint`."""
    parser = commands.add_parser("lint", help="check a stream against every rule of the Video Spec, session by session")
    add_flags(parser)
    parser.set_defaults(does=run)


def run(args: argparse.Namespace) -> int:
    """Prints the findings; 0 when none is as bad as --fail-on, 1 when one is, 2 for bad usage."""
    try:
        found = in_force(argparse.Namespace(config=args.config))
    except BadSettings as error:
        return complain("lint", str(error))
    for text in doubts(found):
        complain("lint", text)
    return tell(args, "lint", found.settings, _found, dict, str)


def _found(stream: Stream) -> "Iterator[Finding]":
    from videospec.rules import Lint

    return stream.judged(Lint(readings=stream.settings.readings))
