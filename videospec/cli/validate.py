"""`videospec validate TRACKS`: every message against the spec's models."""

import argparse
import sys
from collections.abc import Iterator

import attrs

from videospec.cli.reading import Logs, Unreadable, add_strict, check
from videospec.cli.writing import print_json


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """`videospec validate`."""
    parser = commands.add_parser("validate", help="check track messages against the Video Spec, one by one")
    parser.add_argument("tracks", nargs="+", metavar="TRACKS", help="JSON lines of track messages; - is standard input")
    parser.add_argument("--format", choices=["text", "json"], default="text")
    add_strict(parser)
    parser.set_defaults(does=run)


def run(args: argparse.Namespace) -> int:
    """Prints the findings; 0 when there is no error, 1 when there is, 2 for bad usage, 3 with --strict when a file could
    not be read to its end."""
    from videospec.spec.message import validate_lines

    try:
        check(args.tracks)
    except Unreadable as error:
        print(f"videospec validate: {error}", file=sys.stderr)
        return 2
    logs = Logs(args.tracks)
    errors = warnings = 0
    for finding in validate_lines(_tracks(logs)):
        file, line = logs.place(finding.line or 1)
        errors += finding.severity == "error"
        warnings += finding.severity != "error"
        if args.format == "json":
            print_json({"file": file, **attrs.asdict(finding), "line": line}, indent=None)
        else:
            print(
                f"{file}:{line}: {finding.severity} {finding.rule} {finding.field}: {finding.message}. {finding.mend}"
            )
    for text in logs.broken:
        print(f"videospec validate: {text}", file=sys.stderr)
    if args.format == "text":
        print(f"errors: {errors}, warnings: {warnings}", file=sys.stderr)
    if errors:
        return 1
    return 3 if args.strict and logs.broken else 0


def _tracks(logs: Logs) -> Iterator[bytes]:
    """The lines, and a word where a file is no file of tracks but what they are made of."""
    from videospec.cli.stream import is_log

    begun, told = "", False
    for number, line in enumerate(logs, 1):
        if not told and line.strip() and (file := logs.place(number)[0]) != begun:
            begun, told = file, is_log(line)
            if told:
                text = f"{file} looks like a capture log, not tracks: `videospec replay` comes first"
                print(f"videospec validate: {text}", file=sys.stderr)
        yield line
    if not begun and not logs.broken:
        print("videospec validate: there is no message in it", file=sys.stderr)
