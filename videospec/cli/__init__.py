"""The command line: one file a command, each with `add(commands)` and `run(args) -> exit code`."""

import argparse
import os
import sys
from collections.abc import Sequence

from videospec.cli import adapters, check, config, destinations, lint, replay, schema, simulate, validate

OK, FAILED, USAGE, STRICT, INTERRUPTED = 0, 1, 2, 3, 130

COMMANDS = (replay, validate, lint, check, simulate, schema, adapters, destinations, config)


def main(argv: Sequence[str] | None = None) -> int:
    """Runs a command and returns its exit code; bad usage exits with 2."""
    parser = argparse.ArgumentParser(
        prog="videospec",
        description="What a video player does, told in Segment's Video Spec.",
        epilog="videospec COMMAND --help explains one command.",
    )
    parser.add_argument("--version", action="version", version=_version())
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for command in COMMANDS:
        command.add(commands)
    args = parser.parse_args(argv)
    try:
        code: int = args.does(args)
        sys.stdout.flush()
    except BrokenPipeError:
        # whoever read us has seen enough; Python would complain once more while it closes stdout
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except KeyboardInterrupt:
        return INTERRUPTED
    return code


def _version() -> str:
    from videospec import __version__

    return f"videospec {__version__}"
