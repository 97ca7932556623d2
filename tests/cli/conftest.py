"""The command as a user runs it: a process of its own, its streams, a terminal where one matters."""

import fcntl
import gzip
import os
import pty
import struct
import subprocess
import sys
import termios
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import pytest
from delivery.conftest import endpoint  # noqa: F401 -- a fixture here too

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
PLAIN, ADS = SAMPLES / "html5" / "html5_S2.jsonl.gz", SAMPLES / "hls.js" / "hlsjs_S7.jsonl.gz"
COMMAND = [sys.executable, "-m", "videospec"]
PATIENCE_S = 60
_TESTERS = {"SEGMENT_WRITE_KEY", "NO_COLOR", "TERM", "COLUMNS"}


class Ran(NamedTuple):
    code: int
    out: bytes
    err: str

    @property
    def lines(self) -> list[bytes]:
        return self.out.splitlines()


Run = Callable[..., Ran]


@pytest.fixture
def env() -> dict[str, str]:
    """Nothing of the tester's own settings; a local endpoint is asked directly."""
    kept = {name: value for name, value in os.environ.items() if name not in _TESTERS}
    return {**kept, "NO_PROXY": "*", "TERM": "xterm"}


@pytest.fixture
def run(tmp_path: Path, env: dict[str, str]) -> Run:
    """Runs `videospec` in a folder of its own."""

    def run(*args: str | Path, stdin: bytes = b"", **more: str) -> Ran:
        command = [*COMMAND, *map(str, args)]
        done = subprocess.run(
            command,
            input=stdin,
            capture_output=True,
            cwd=tmp_path,
            env={**env, **more},
            timeout=PATIENCE_S,
            check=False,
        )
        return Ran(done.returncode, done.stdout, done.stderr.decode())

    return run


@pytest.fixture
def on_a_terminal(tmp_path: Path, env: dict[str, str]) -> Callable[..., Ran]:
    """Runs `videospec` with a terminal for the streams named: "out", "err" or both; the other one is a pipe."""

    def run(streams: Sequence[str], *args: str | Path, **more: str) -> Ran:
        ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))
        out_to, err_to = (theirs if name in streams else subprocess.PIPE for name in ("out", "err"))
        command, mine = [*COMMAND, *map(str, args)], {**env, **more}
        with subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=out_to, stderr=err_to, cwd=tmp_path, env=mine
        ) as process:
            os.close(theirs)
            shown = b""
            with suppress(OSError):  # the terminal's way to say that nobody holds its other end
                while piece := os.read(ours, 65_536):
                    shown += piece
            out, err = process.communicate(timeout=PATIENCE_S)
            os.close(ours)
        return Ran(process.returncode, shown if out is None else out, (shown if err is None else err).decode())

    return run


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    """A recording of a plain viewing, unpacked."""
    path = tmp_path / "plain.jsonl"
    path.write_bytes(gzip.decompress(PLAIN.read_bytes()))
    return path
