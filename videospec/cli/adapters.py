"""`videospec adapters`: which players are understood, and how that was proven."""

import argparse

from videospec.cli.writing import print_json
from videospec.plugins import adapter_names, find_adapter

_PROVEN = {
    "recording": "recordings of the player in a real browser",
    "typings": "the vendor's typings and documented event orders",
}


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """`videospec adapters`."""
    parser = commands.add_parser("adapters", help="list the players that are understood")
    parser.add_argument("--format", choices=["text", "json"], default="text")
    parser.set_defaults(does=run)


def run(args: argparse.Namespace) -> int:
    """One adapter a line: name, how proven, other spellings."""
    found = [adapter for name in adapter_names() if (adapter := find_adapter(name)) is not None]
    if args.format == "json":
        print_json([{"name": a.name, "proven": a.proven, "also": list(a.also)} for a in found])
        return 0
    for adapter in found:
        also = f"  (also {', '.join(adapter.also)})" if adapter.also else ""
        print(f"{adapter.name:24} proven by {_PROVEN[adapter.proven]}{also}")
    return 0
