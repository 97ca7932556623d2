"""Lint and check against the parse of their tracks, in one command.

    python tests/bench/check.py TRACKS --rounds 5

In one process, in turns, in CPU time; the result is the median of the ratios to `orjson.loads` of the same lines in the same
round. `lint` is all that `videospec lint` does but its printing; a destination's row is what it adds to that.
"""

import argparse
import json
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson

from videospec.check import Check
from videospec.plugins import destination_names, find_destination
from videospec.rules.schema import schema
from videospec.simulators.messages import messages


def parse(lines: list[bytes]) -> None:
    for line in lines:
        orjson.loads(line)


def checked(lines: list[bytes], names: list[str]) -> None:
    one = Check([find_destination(name) for name in names])
    for line, message in messages(lines, lambda refused: None):
        schema(line, message)
        one.take(line, message)
    list(one.close())


def took(does: Callable[..., Any], *args: Any) -> float:
    start = time.process_time()
    does(*args)
    return time.process_time() - start


def main() -> int:
    parser = argparse.ArgumentParser(description="lint and check, against orjson.loads of the tracks")
    parser.add_argument("tracks", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--destination", action="append", help="only these beside lint (default: all)")
    options = parser.parse_args()
    lines = options.tracks.read_bytes().splitlines()
    names = [find_destination(name).name for name in options.destination or destination_names()]
    checked(lines, names)
    ratios: dict[str, list[float]] = {name: [] for name in ("lint", *names)}
    for _ in range(options.rounds):
        floor = took(parse, lines)
        lint = took(checked, lines, [])
        ratios["lint"].append(lint / floor)
        for name in names:
            more = took(checked, lines, [name])
            ratios[name].append((more - lint) / floor)
    spread = {name: [round(f(told), 2) for f in (statistics.median, min, max)] for name, told in ratios.items()}
    print(json.dumps({"messages": len(lines), "times orjson.loads": spread}, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
