"""What a command writes: whole lines, also when it is stopped; refused lines; a bar that shows how far it is."""

import base64
import codecs
import json
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, Final

from attrs import define, field

from videospec.tally import Refusal, Tally

_FLUSH: Final = 1 << 18
# Below this a log is read before a bar could be seen.
_BAR_FROM: Final = 4 << 20
_LISTED: Final = 10


@contextmanager
def unbroken() -> Iterator[None]:
    """Ctrl-C waits until the block is done, so that a line is written whole or not at all."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@define
class Lines:
    """Writes lines in large, whole pieces."""

    to: IO[bytes]
    _waiting: list[bytes] = field(factory=list)
    _size: int = 0

    def write(self, line: bytes) -> None:
        """Takes a line without its end."""
        self._waiting.append(line)
        self._size += len(line)
        if self._size > _FLUSH:
            self.flush()

    def flush(self) -> None:
        """Writes what waits."""
        if self._waiting:
            with unbroken():
                self.to.write(b"\n".join(self._waiting) + b"\n")
                self.to.flush()
                self._waiting, self._size = [], 0


@contextmanager
def opened(path: str, *, go_on: bool = False) -> Iterator[Lines]:
    """Lines to a file (after what is in it, to go on), or to standard output for `-`.

    What was taken is written whatever ends the block.
    """
    if path == "-":
        lines = Lines(sys.stdout.buffer)
        try:
            yield lines
        finally:
            lines.flush()
        return
    with Path(path).open("ab" if go_on else "wb") as file:
        lines = Lines(file)
        try:
            yield lines
        finally:
            lines.flush()


def print_json(value: Any, *, indent: int | None = 2) -> None:
    """Prints JSON: letters as they are in UTF-8, which JSON is exchanged in (RFC 8259, 8.1), by their numbers where
    standard output has another encoding."""
    encoding = getattr(sys.stdout, "encoding", None) or "ascii"
    print(json.dumps(value, ensure_ascii=codecs.lookup(encoding).name != "utf-8", indent=indent))


@define
class DeadLetters:
    """Lists every refusal: the first few on standard error, all of them in a file if one is named."""

    place: Callable[[int], tuple[str, int]]
    file: Lines | None = None
    count: int = 0

    def line(self, refusal: Refusal) -> None:
        """A line of the log that was kept out."""
        name, number = self.place(refusal.number)
        letter: dict[str, Any] = {"file": name, "line": number, "reason": refusal.reason, "text": refusal.text}
        raw = refusal.raw.removesuffix(b"\n")
        try:
            letter["raw"] = raw.decode()
        except UnicodeDecodeError:
            letter["raw_base64"] = base64.b64encode(raw).decode()
        self._put(f"{name}:{number}: {refusal.reason}: {refusal.text}", letter)

    def message(self, message: dict[str, Any], text: str) -> None:
        """A message that could not be delivered."""
        self._put(f"{message['messageId']}: {text}", {"reason": "undeliverable", "text": text, "message": message})

    def _put(self, text: str, letter: dict[str, Any]) -> None:
        self.count += 1
        if self.count <= _LISTED:
            print(f"videospec: refused {text[:500]}", file=sys.stderr)
        elif self.count == _LISTED + 1:
            where = "in the dead-letter file" if self.file else "only counted; --dead-letter FILE keeps them"
            print(f"videospec: further refusals are {where}", file=sys.stderr)
        if self.file is not None:
            self.file.write(json.dumps(letter, ensure_ascii=True).encode())


@contextmanager
def progress(total: int | None) -> Iterator[Callable[[int], None] | None]:
    """A bar over bytes read, for a person who waits: on a terminal, and for logs that take a while."""
    if not sys.stderr.isatty() or (total is not None and total < _BAR_FROM):
        yield None
        return
    from tqdm import tqdm

    with tqdm(total=total, unit="B", unit_scale=True, unit_divisor=1024, desc="replay", file=sys.stderr) as bar:
        yield lambda count: _moved(bar, count)


def _moved(bar: Any, count: int) -> None:
    bar.update(count)


def summary(tally: Tally) -> Iterator[str]:
    """The tally as text."""
    yield f"lines      {tally.lines:>12,}"
    yield f"sessions   {tally.sessions:>12,}"
    yield f"tracks     {tally.tracks:>12,}"
    yield f"duplicates {tally.duplicates:>12,}"
    if tally.left_out:
        yield f"left out   {tally.left_out:>12,}  (include, exclude)"
    yield f"refused    {sum(tally.refused.values()):>12,}"
    for reason, count in tally.refused.most_common():
        yield f"  {reason:20} {count:>8,}"
    if tally.unknown:
        yield "unknown native events (ignored)"
        for (player, src, type_), count in sorted(tally.unknown.items(), key=lambda item: (-item[1], item[0])):
            yield f"  {player} {src} {type_[:60]}: {count:,}"
