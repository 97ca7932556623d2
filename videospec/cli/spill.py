"""A log in any order, sorted by (session, seq) on disk, so that any shuffle of it is the same replay."""

import sqlite3
import tempfile
from collections.abc import Iterable, Iterator

from attrs import define, field

from videospec.capture import Refused, read_line

_BATCH = 2000


@define
class Sorted:
    """The lines of a log by session and seq; what is no line comes first. `number` is the line's own in the log."""

    lines: Iterable[bytes]
    number: int = 0
    _keys: tuple[str, int] = field(default=("", -1), init=False)

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
                for self.number, raw in store.execute("select number, raw from line order by session, seq, raw"):
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
