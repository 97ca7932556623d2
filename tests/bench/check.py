"""Lint and check against the parse of their tracks, in one command.

    python tests/bench/check.py TRACKS --rounds 5

In one process, in CPU time, in turns over pieces of the stream, so that whatever else the machine does falls on all alike;
the result is the median of the ratios to `orjson.loads` of the same lines in the same round. `lint` is all that
`videospec lint` does but its printing; a destination's row is what it adds to that.
"""

import argparse
import json
import statistics
import sys
import time
from collections.abc import Generator
from pathlib import Path
from typing import Final

import orjson

from videospec.check import Check
from videospec.plugins import destination_names, find_destination
from videospec.rules.schema import schema
from videospec.simulators.messages import messages

PIECE: Final = 500
"""Lines in a turn: some milliseconds each."""


def parsed() -> Generator[None, list[bytes], None]:
    """Parses the lines of each piece that is sent to it."""
    while True:
        for line in (yield):
            orjson.loads(line)


def checked(names: list[str]) -> Generator[None, list[bytes], None]:
    """Checks the lines of each piece that is sent to it, as one stream."""
    one = Check([find_destination(name) for name in names])
    try:
        while True:
            for line, message in messages((yield), lambda refused: None):
                schema(line, message)
                one.take(line, message)
    except GeneratorExit:
        list(one.close())
        raise


def took(lines: list[bytes], names: list[str]) -> dict[str, float]:
    """CPU seconds of the floor, of lint and of lint with each destination, over the stream."""
    turns = {"floor": parsed(), "lint": checked([]), **{name: checked([name]) for name in names}}
    spent = dict.fromkeys(turns, 0.0)
    for turn in turns.values():
        next(turn)
    for start in range(0, len(lines), PIECE):
        piece = lines[start : start + PIECE]
        for name, turn in turns.items():
            before = time.process_time()
            turn.send(piece)
            spent[name] += time.process_time() - before
    for name, turn in turns.items():
        before = time.process_time()
        turn.close()
        spent[name] += time.process_time() - before
    return spent


def main() -> int:
    parser = argparse.ArgumentParser(description="lint and check, against orjson.loads of the tracks")
    parser.add_argument("tracks", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--destination", action="append", help="only these beside lint (default: all)")
    options = parser.parse_args()
    lines = options.tracks.read_bytes().splitlines()
    names = [find_destination(name).name for name in options.destination or destination_names()]
    took(lines, names)
    ratios: dict[str, list[float]] = {name: [] for name in ("lint", *names)}
    for _ in range(options.rounds):
        spent = took(lines, names)
        ratios["lint"].append(spent["lint"] / spent["floor"])
        for name in names:
            ratios[name].append((spent[name] - spent["lint"]) / spent["floor"])
    spread = {name: [round(f(told), 2) for f in (statistics.median, min, max)] for name, told in ratios.items()}
    print(json.dumps({"messages": len(lines), "times orjson.loads": spread}, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
