"""The command line: one file a command, each with `add(commands)` and `run(args) -> exit code`."""

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from io import TextIOWrapper
from pathlib import Path

OK, FAILED, USAGE, STRICT, INTERRUPTED = 0, 1, 2, 3, 130

COMMANDS = ("replay", "validate", "lint", "check", "simulate", "schema", "adapters", "destinations", "config")


def main(argv: Sequence[str] | None = None) -> int:
    """Runs a command and returns its exit code; bad usage exits with 2."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:  # closed by whoever called us
            setattr(sys, name, Path(os.devnull).open(mode))  # noqa: SIM115 -- it is open as long as we are
    if isinstance(sys.stdout, TextIOWrapper):
        # a terminal that cannot show a letter gets its number, as standard error does
        sys.stdout.reconfigure(errors="backslashreplace")
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
        _let_go()  # whoever read us has seen enough
        return OK
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        print(f"videospec {args.command}: stopped: {where}{error.strerror or error}", file=sys.stderr)
        _let_go()
        return FAILED
    except KeyboardInterrupt:
        return INTERRUPTED
    return code


def _let_go() -> None:
    """What standard output will not take is dropped: Python would complain once more while it closes it."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _version() -> str:
    from videospec import __version__

    return f"videospec {__version__}"
