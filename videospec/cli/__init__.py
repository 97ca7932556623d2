"""The command line: one file a command, each with `add(commands)` and `run(args) -> exit code`."""

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module

OK, FAILED, USAGE, STRICT, INTERRUPTED = 0, 1, 2, 3, 130

COMMANDS = ("replay", "validate", "lint", "check", "simulate", "schema", "adapters", "destinations", "config")


def main(argv: Sequence[str] | None = None) -> int:
    """Runs a command and returns its exit code; bad usage exits with 2."""
    parser = argparse.ArgumentParser(
        prog="videospec",
        description="What a video player does, told in Segment's Video Spec.",
        epilog="videospec COMMAND --help explains one command.",
    )
    parser.add_argument("--version", action="version", version=_version())
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    argv = sys.argv[1:] if argv is None else argv
    # a command that is named comes alone: what the others import would be half of the start of a replay
    for name in [name for name in COMMANDS if name in argv[:1]] or COMMANDS:
        import_module(f"videospec.cli.{name}").add(commands)
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
