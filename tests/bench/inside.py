"""What only a process itself can see: the memory of a live session, and the time of one track.

    python tests/bench/inside.py memory OPENINGS
    python tests/bench/inside.py track LOG --lines 100000

Prints one JSON object. `run.py` starts this in processes of its own.
"""

import argparse
import gc
import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path

from videospec import Sessions, Settings


def feeder() -> tuple[Callable[[bytes], list[bytes]], Sessions]:
    """The one place that knows how lines go in and how tracks come out as text."""
    sessions = Sessions(Settings())
    take = sessions.take

    def feed(line: bytes) -> list[bytes]:
        return [track.json() for track in take(line)]

    return feed, sessions


def resident() -> int | None:
    """Bytes of this process in memory; None where the system does not say so in /proc."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        return None
    return pages * os.sysconf("SC_PAGE_SIZE")


def memory(openings: Path) -> dict[str, float | None]:
    """Bytes of resident memory for each of the sessions that `openings` begins and does not end."""
    # What is loaded and cached once is no session's own, so a few sessions go first, into an instance of their own.
    warm, _ = feeder()
    with openings.open("rb") as lines:
        for line in islice(lines, 2000):
            warm(line)
    feed, sessions = feeder()
    gc.collect()
    before = resident()
    with openings.open("rb") as lines:
        for line in lines:
            feed(line)
    gc.collect()
    after = resident()
    live = sessions.tally.sessions
    return {"sessions": live, "bytes": None if before is None or after is None else (after - before) / live}


def track(log: Path, most: int) -> dict[str, float | None]:
    """Microseconds for each track: what the lines that yield tracks cost above what a silent line costs.

    Each call is timed by itself; the median of the silent lines holds the price of the clock and of the parse, so it is
    taken off every line that said something.
    """
    feed, _ = feeder()
    silent: list[int] = []
    saying: list[int] = []
    tracks = 0
    clock = time.perf_counter_ns
    gc.disable()
    with log.open("rb") as lines:
        for line in islice(lines, most):
            start = clock()
            said = feed(line)
            took = clock() - start
            if said:
                saying.append(took)
                tracks += len(said)
            else:
                silent.append(took)
    base = statistics.median(silent)
    # A median of the lines, not their sum: one line that the system put to sleep must not become the price of a track.
    above = statistics.median(saying) - base
    return {"tracks": tracks, "us": above * len(saying) / tracks / 1000, "silent_line_us": base / 1000}


def main() -> int:
    parser = argparse.ArgumentParser(description="Measured from inside: memory of a session, time of a track.")
    parser.add_argument("what", choices=("memory", "track"))
    parser.add_argument("log", type=Path)
    parser.add_argument("--lines", type=int, default=100_000)
    options = parser.parse_args()
    print(json.dumps(memory(options.log) if options.what == "memory" else track(options.log, options.lines)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
