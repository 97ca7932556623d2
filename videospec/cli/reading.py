"""Logs as lines: plain, gzip and zstd files and standard input, told apart by their first bytes, in bounded memory."""

import argparse
import gzip
import os
import sys
import zlib
from bisect import bisect_right
from codecs import BOM_UTF8
from collections.abc import Callable, Iterator, Sequence
from io import BytesIO
from itertools import chain
from pathlib import Path
from stat import S_ISREG
from typing import IO, Final

from attrs import define, field

from videospec.capture import LONGEST_LINE
from videospec.cli import zstd

STDIN: Final = "-"
# Small enough that its lines are still in a core's cache when they are heard.
_CHUNK: Final = 1 << 16
_GZIP: Final = b"\x1f\x8b"


class Unreadable(OSError):
    """A log that cannot be opened; the text says why and what to do."""


@define
class Logs:
    """Several logs as one run of lines. `place(n)` says where the n-th line (from 1) came from."""

    paths: Sequence[str]
    progress: Callable[[int], None] | None = None
    """Called with each number of bytes read from disk."""
    broken: list[str] = field(factory=list)
    """Files that stop in the middle (a truncated gzip) or are damaged, with why."""
    _starts: list[int] = field(factory=list)
    _names: list[str] = field(factory=list)
    _count: int = 0

    def __iter__(self) -> Iterator[bytes]:
        return chain.from_iterable(self._pieces())

    def _pieces(self) -> Iterator[list[bytes]]:
        for path in self.paths:
            self._starts.append(self._count + 1)
            self._names.append("stdin" if path == STDIN else path)
            try:
                with _open(path) as file:
                    for lines in _unmarked(_lines(self._told(file, _plain(file)))):
                        self._count += len(lines)
                        yield lines
            except (EOFError, zlib.error, gzip.BadGzipFile, _zstd_error()) as error:
                what = "stops in the middle" if isinstance(error, EOFError) else "is damaged"
                self.broken.append(f"{self._names[-1]}: {what} ({error}): the lines before were read")

    def _told(self, file: IO[bytes], read: Callable[[int], bytes]) -> Callable[[int], bytes]:
        """The same reads, with progress told by how far the file on disk is; of a stream, by what was read of it."""
        progress = self.progress
        if progress is None:
            return read
        before, on_disk = 0, file.seekable()

        def told(size: int) -> bytes:
            nonlocal before
            data = read(size)
            here = file.tell() if on_disk else before + len(data)
            progress(here - before)
            before = here
            return data

        return told

    def place(self, number: int) -> tuple[str, int]:
        """The file and the line in it, from 1."""
        index = bisect_right(self._starts, number) - 1
        return self._names[index], number - self._starts[index] + 1


def same_file(one: str, other: str) -> bool:
    """Whether two paths are of one file, be it there yet or not."""
    if Path(one).exists() and Path(other).exists():
        return Path(one).samefile(other)
    return Path(one).resolve() == Path(other).resolve()


def overwrites(output: str, path: str) -> bool:
    """Whether writing one file would destroy what is read from another; neither is a file where it is a stream, unless
    standard input comes from one."""
    if path == STDIN and output != STDIN:
        try:
            return S_ISREG(os.fstat(0).st_mode) and os.path.samestat(os.fstat(0), Path(output).stat())
        except OSError:
            return False
    return STDIN not in (output, path) and same_file(output, path)


def add_strict(parser: argparse.ArgumentParser) -> None:
    """The flag of every command that reads logs or tracks; without it what could be read is what counts."""
    parser.add_argument(
        "--strict",
        action="store_true",
        help="exit with 3 when a line was refused, or a file stops in the middle or is damaged",
    )


def size_of(paths: Sequence[str]) -> int | None:
    """Bytes on disk, or None where a stream is among them."""
    if not all(path != STDIN and Path(path).is_file() for path in paths):
        return None
    return sum(Path(path).stat().st_size for path in paths)


def check(paths: Sequence[str]) -> None:
    """Raises Unreadable for the first path that is no readable file."""
    if list(paths).count(STDIN) > 1:
        raise Unreadable(f"standard input ({STDIN}) is named twice, and can be read once")
    for path in paths:
        # who writes to a pipe would take its closing for the end of us
        if path != STDIN and not Path(path).is_fifo():
            _open(path).close()


def _open(path: str) -> IO[bytes]:
    if path == STDIN:
        return sys.stdin.buffer
    try:
        return Path(path).open("rb")
    except OSError as error:
        raise Unreadable(f"cannot read {path}: {error.strerror or error}") from None


def _plain(file: IO[bytes]) -> Callable[[int], bytes]:
    """Reads of the text in a file, whatever it is packed in."""
    head = file.peek(4)[:4]  # type: ignore[attr-defined] # both open() and stdin are buffered readers
    if head.startswith(_GZIP):
        return gzip.GzipFile(fileobj=file).read1
    if head == zstd.MAGIC:
        return zstd.reads(file)
    # what is there now: a pipe may be slow, and a line that is there should not wait for the next
    return file.read1  # type: ignore[attr-defined, no-any-return] # buffered


def _zstd_error() -> type[Exception]:
    module = sys.modules.get("zstandard")
    error: type[Exception] = module.ZstdError if module is not None else EOFError
    return error


def _unmarked(pieces: Iterator[list[bytes]]) -> Iterator[list[bytes]]:
    """The same, without the mark that editors set at the beginning of a file (a BOM)."""
    for first in pieces:
        first[0] = first[0].removeprefix(BOM_UTF8)
        yield first
        break
    yield from pieces


def _lines(read: Callable[[int], bytes]) -> Iterator[list[bytes]]:
    """Lines in runs of what was read at once, with their ends, but for those that were read in pieces. A line longer than
    is read is one of these, and cut short at the limit plus one byte, so that it is refused by its length."""
    rest = b""
    while chunk := read(_CHUNK):
        # `split` looks at every byte by itself and takes three times as long
        lines = BytesIO(chunk).readlines()
        if rest:
            whole = rest if len(rest) > LONGEST_LINE else rest + lines[0]
            lines[0] = whole.removesuffix(b"\n")[: LONGEST_LINE + 1]
        rest = b"" if chunk.endswith(b"\n") else lines.pop()
        if lines:
            yield lines
    if rest:
        yield [rest]
