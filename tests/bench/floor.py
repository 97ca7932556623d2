"""What a replay cannot go below: parse every line, write every message; nothing between.

    python tests/bench/floor.py LOG --lines 1000000 --messages 95000 --message FILE

`FILE` holds one representative message. It is read once and serialised as often as asked, spread evenly over the lines:
no parse of a replay's output may count as work of the floor.
"""

import argparse
import os
import sys
from itertools import islice
from pathlib import Path

import orjson


def floor(log: Path, lines: int, messages: int, message: object, sink: Path) -> int:
    """Parses `lines` lines and writes `messages` messages; returns the bytes written."""
    loads, dumps, written = orjson.loads, orjson.dumps, 0
    with log.open("rb") as told, sink.open("wb") as out:
        # A run of lines, then a message: a count kept for each line would be work that the floor does not have.
        for number in range(messages):
            for line in islice(told, (number + 1) * lines // messages - number * lines // messages):
                loads(line)
            written += out.write(dumps(message, option=orjson.OPT_APPEND_NEWLINE))
        for line in told:
            loads(line)
    return written


def main() -> int:
    parser = argparse.ArgumentParser(description="orjson.loads of every line, orjson.dumps of as many messages.")
    parser.add_argument("log", type=Path)
    parser.add_argument("--lines", type=int, required=True)
    parser.add_argument("--messages", type=int, required=True)
    parser.add_argument("--message", type=Path, required=True)
    parser.add_argument("-o", "--output", type=Path, default=Path(os.devnull))
    options = parser.parse_args()
    message = orjson.loads(options.message.read_bytes())
    floor(options.log, options.lines, options.messages, message, options.output)
    return 0


if __name__ == "__main__":
    sys.exit(main())
