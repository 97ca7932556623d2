"""Replay against its floor, in one command.

    python tests/bench/run.py --lines 300000 --rounds 7 --peers

Whole processes, in turns (replay, floor, replay, floor ...), so that whatever else the machine does falls on both; the
result is the median of the ratios of neighbours. Seconds of two machines, or of two hours, cannot be compared; these
ratios can. With --peers (needs npm) Snowplow's media plugin does the same job on the same log in the same turns.
"""

import argparse
import hashlib
import json
import os
import platform
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

HERE = Path(__file__).parent
# The mean length of a session at which the share of position reports is that of real logs (see generate.py).
LINES_PER_SESSION = 200
# The run that is not counted leaves compiled modules behind, as an installation does, whatever this shell says of it.
COMPILED = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
SNOWPLOW = "Snowplow's media plugin"
NOTES = """\
Floor: orjson reads every line and writes as many messages of the same mean size. Start-up: a replay of one line.
A child's peak is never shown below this runner's own, {runner_rss:.0f} MB. Memory of a session: growth of the resident
set over the first 16 lines of each. Silent line and track: each call timed by itself; a track is the median of the
lines that say something, less that of the silent ones, by tracks."""


class Cost(NamedTuple):
    """What one process cost."""

    user: float
    system: float
    wall: float
    rss: float  # MB at the peak


class Spread(NamedTuple):
    median: float
    low: float
    high: float


class Shape(NamedTuple):
    """How many lines a file has, their bytes, their digest, and the line whose size is nearest the mean."""

    lines: int
    size: int
    digest: str
    typical: bytes


def spread(values: Sequence[float]) -> Spread:
    return Spread(statistics.median(values), min(values), max(values))


def paired(over: Sequence[float], under: Sequence[float]) -> Spread:
    """The spread of `over / under`, round by round."""
    return spread([above / below for above, below in zip(over, under, strict=True)])


def shape(path: Path) -> Shape:
    """Reads the file twice, so that nothing of it is held."""
    lines = size = 0
    digest = hashlib.sha256()
    with path.open("rb") as file:
        for line in file:
            lines += 1
            size += len(line)
            digest.update(line)
    mean = size / max(lines, 1)
    with path.open("rb") as file:
        typical = min(file, key=lambda line: abs(len(line) - mean), default=b"")
    return Shape(lines, size, digest.hexdigest(), typical)


def peak_mb(usage: resource.struct_rusage) -> float:
    # Bytes on macOS, KiB elsewhere.
    return usage.ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)


def cost(command: Sequence[str]) -> Cost:
    """Runs a command to its end. SystemExit with what it complained of if it failed."""
    with tempfile.TemporaryFile() as complaints:
        start = time.perf_counter()
        child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=complaints, env=COMPILED)
        _, status, usage = os.wait4(child.pid, 0)
        wall = time.perf_counter() - start
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode:
            complaints.seek(0)
            raise SystemExit(f"{' '.join(command)} failed ({child.returncode}):\n{complaints.read().decode()}")
    return Cost(usage.ru_utime, usage.ru_stime, wall, peak_mb(usage))


def generated(folder: Path, **arguments: int) -> Path:
    """A log with these arguments, made now if the folder has none."""
    source = hashlib.sha256((HERE / "generate.py").read_bytes()).hexdigest()[:8]
    path = folder / f"log-{source}-{'-'.join(f'{name}{value}' for name, value in arguments.items())}.jsonl"
    if not path.exists():
        part = path.with_suffix(".part")
        options = [text for name, value in arguments.items() for text in (f"--{name}", str(value))]
        subprocess.run([sys.executable, HERE / "generate.py", *options, "-o", part], check=True)
        part.rename(path)
    return path


def peers(folder: Path, log: Path) -> dict[str, list[str]]:
    """The commands of the peers by name, and what Node itself costs: it parses the same lines and does no more."""
    home = folder / "peers"
    shutil.copytree(HERE / "peers", home, dirs_exist_ok=True)
    npm = ["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts", "--legacy-peer-deps"]
    subprocess.run(npm, cwd=home, check=True, stdout=subprocess.DEVNULL)
    snowplow = ["node", str(home / "snowplow.mjs"), str(log), str(folder / "payloads.jsonl")]
    return {SNOWPLOW: snowplow, "Node, parsing alone": [*snowplow, "--parse-only"]}


def inside(*arguments: str | Path) -> Any:
    """What inside.py measured, in a process of its own."""
    done = subprocess.run([sys.executable, HERE / "inside.py", *arguments], check=True, stdout=subprocess.PIPE)
    return json.loads(done.stdout)


def machine() -> str:
    """Where this was measured, in a line."""
    model = platform.processor() or platform.machine()
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        named = [line for line in cpuinfo.read_text(encoding="utf-8").splitlines() if line.startswith("model name")]
        model = named[0].partition(":")[2].strip() if named else model
    libraries = ", ".join(f"{name} {version(name)}" for name in ("orjson", "msgspec", "videospec"))
    load = os.getloadavg()[0]
    python = f"{platform.python_implementation()} {platform.python_version()}"
    return f"{model}, {os.cpu_count()} cores, load {load:.1f}, {platform.system()}, {python}, {libraries}"


def measured(options: argparse.Namespace) -> dict[str, Any]:
    """Everything that the tables say."""
    folder: Path = options.dir
    folder.mkdir(parents=True, exist_ok=True)
    sessions = max(1, options.lines // LINES_PER_SESSION)
    live = min(options.live, sessions)
    log = generated(folder, sessions=sessions, lines=options.lines, live=live, seed=options.seed)
    told = shape(log)
    out, message, one_line = folder / "tracks.jsonl", folder / "message.json", folder / "one-line.jsonl"
    replay = [sys.executable, "-m", "videospec", "replay", str(log), "-o", str(out)]
    with log.open("rb") as lines:
        one_line.write_bytes(lines.readline())
    start_up = [*replay[:4], str(one_line), "-o", str(folder / "one-track.jsonl")]
    # The first run is not counted: it warms the caches and says how much the floor has to write.
    cost(replay)
    said = shape(out)
    message.write_bytes(said.typical)
    counts = ["--lines", str(told.lines), "--messages", str(said.lines), "--message", str(message)]
    floor = [sys.executable, str(HERE / "floor.py"), str(log), *counts]
    turns = {"replay": replay, "floor": floor, "start-up": start_up}
    if options.peers:
        turns |= peers(folder, log)
    costs: dict[str, list[Cost]] = {name: [] for name in turns}
    for _ in range(options.rounds):
        for name, command in turns.items():
            costs[name].append(cost(command))
        if shape(out).digest != said.digest:
            raise SystemExit("two replays of one log gave different bytes: measure again when that is mended")
    openings = generated(folder, sessions=options.memory, lines=options.memory * 200, live=options.memory, first=16)
    return {
        "machine": machine(),
        "lines": told.lines,
        "bytes_per_line": told.size / told.lines,
        "sessions": sessions,
        "live": live,
        "messages": said.lines,
        "bytes_per_message": said.size / said.lines,
        "digest": said.digest,
        "rounds": options.rounds,
        "costs": {name: [one._asdict() for one in of] for name, of in costs.items()},
        "ratios": {
            name: paired([one.user for one in costs["replay"]], [one.user for one in of])._asdict()
            for name, of in costs.items()
            if name in ("floor", SNOWPLOW)
        },
        "memory": inside("memory", openings),
        "track": inside("track", log),
        "runner_rss": peak_mb(resource.getrusage(resource.RUSAGE_SELF)),
    }


def tables(result: dict[str, Any]) -> str:
    """The result as Markdown."""
    rows = []
    for name, costs in result["costs"].items():
        columns = [spread([one[field] for one in costs]) for field in Cost._fields]
        rows.append(f"| {name} | " + " | ".join(f"{c.median:.2f} ({c.low:.2f}–{c.high:.2f})" for c in columns) + " |")
    memory, track = result["memory"], result["track"]
    of_session = "not known here" if memory["bytes"] is None else f"{memory['bytes']:.0f} B"
    replays = result["costs"]["replay"]
    replay_rss = max(one["rss"] for one in replays)
    per_line = statistics.median(one["user"] for one in replays) / result["lines"] * 1e6
    return "\n".join(
        (
            result["machine"],
            "",
            f"{result['lines']:,} lines of {result['bytes_per_line']:.0f} B in {result['sessions']:,} sessions, "
            f"{result['live']:,} live at once; {result['messages']:,} messages of {result['bytes_per_message']:.0f} B "
            f"(one for {result['lines'] / result['messages']:.1f} lines); {result['rounds']} rounds, median (min–max)",
            "",
            "| whole process | user CPU s | sys CPU s | wall s | peak RSS MB |",
            "|---|---|---|---|---|",
            *rows,
            "",
            *(
                f"- **replay / {name}, user CPU, paired: {of['median']:.2f}** ({of['low']:.2f}–{of['high']:.2f})"
                for name, of in result["ratios"].items()
            ),
            "",
            "| | |",
            "|---|---|",
            f"| peak RSS of the replay above | {replay_rss:.1f} MB |",
            f"| memory of a live session ({memory['sessions']:,} live) | {of_session} |",
            f"| user CPU of a line, all in all | {per_line:.2f} µs |",
            f"| a silent line | {track['silent_line_us']:.2f} µs |",
            f"| a track, heard, composed and serialised | {track['us']:.1f} µs |",
            "",
            NOTES.format(**result),
        )
    )


def main() -> int:
    parser = argparse.ArgumentParser(description="Measures videospec replay against its floor.")
    parser.add_argument("--lines", type=int, default=300_000)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--live", type=int, default=5000, help="sessions at once, at most")
    parser.add_argument("--memory", type=int, default=20_000, help="live sessions for the memory of one")
    parser.add_argument("--peers", action="store_true", help="also Snowplow's media plugin, in Node")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--dir", type=Path, default=Path(tempfile.gettempdir()) / "videospec-bench")
    parser.add_argument("--json", type=Path, help="also write what was measured to this file")
    options = parser.parse_args()
    result = measured(options)
    print(tables(result))
    if options.json:
        options.json.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
