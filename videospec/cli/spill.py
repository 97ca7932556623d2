"""A log in any order, sorted by (session, seq) on disk, so that any shuffle of it is the same replay."""

import os
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from typing import IO, Final

from attrs import define, field

from videospec.capture import Refused, read_line

_BATCH: Final = 2000
_NUMBER: Final = 8


@define
class Sorted:
    """The lines of a log by session and seq; what is no line comes first."""

    lines: Iterable[bytes]
    _numbers: IO[bytes] = field(factory=tempfile.TemporaryFile, init=False)
    """The number in the log of each line that was given, in this order."""

    def close(self) -> None:
        """Lets go of what was noted; no line can be asked for after it."""
        self._numbers.close()

    def number(self, given: int) -> int:
        """The line's own number in the log; `given` is its place in the order here, from 1. A line may be asked for when
        all are through."""
        self._numbers.seek((given - 1) * _NUMBER)
        found = int.from_bytes(self._numbers.read(_NUMBER), "little")
        self._numbers.seek(0, os.SEEK_END)
        return found

    def __iter__(self) -> Iterator[bytes]:
        with tempfile.TemporaryDirectory(prefix="videospec-") as folder:
            store = sqlite3.connect(f"{folder}/lines.db", isolation_level=None)
            try:
                # A scratch file needs no journal; the cache is small and the sorter spills beside the file.
                store.executescript(
                    "pragma journal_mode=off; pragma synchronous=off; pragma cache_size=-8000; pragma temp_store=file;"
                    "create table line (session text, seq integer, number integer, raw blob);"
                )
                self._fill(store)
                # Two lines of one seq are told apart by their bytes, so that the first is the same in every shuffle.
                for number, raw in store.execute("select number, raw from line order by session, seq, raw"):
                    self._numbers.write(number.to_bytes(_NUMBER, "little"))
                    yield raw
            finally:
                store.close()

    def _fill(self, store: sqlite3.Connection) -> None:
        rows: list[tuple[str, int, int, bytes]] = []
        store.execute("begin")
        for number, raw in enumerate(self.lines, 1):
            try:
                line = read_line(raw)
                rows.append((line.session, line.seq, number, raw))
            except Refused:
                rows.append(("", -1, number, raw))
            if len(rows) >= _BATCH:
                store.executemany("insert into line values (?, ?, ?, ?)", rows)
                rows.clear()
        store.executemany("insert into line values (?, ?, ?, ?)", rows)
        store.execute("commit")
