"""`videospec schema`: the Video Spec as JSON Schema."""

import argparse
import sys

from videospec.cli.writing import print_json


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """`videospec schema`."""
    parser = commands.add_parser("schema", help="print the Video Spec as JSON Schema (draft 2020-12)")
    parser.add_argument(
        "event", nargs="?", help="the message of one event, e.g. 'Video Content Playing' (default: of all)"
    )
    parser.set_defaults(does=run)


def run(args: argparse.Namespace) -> int:
    """Prints the schema."""
    from videospec.spec.schema import schema

    try:
        document = schema(args.event)
    except KeyError:
        print(f"videospec schema: there is no event {args.event!r} in the Video Spec", file=sys.stderr)
        return 2
    print_json(document)
    return 0
