"""What a command writes: whole lines, also when it is stopped; refused lines; a bar that shows how far it is."""

import base64
import codecs
import errno
import json
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any, Final

from attrs import define, field

from videospec.tally import Refusal, Tally

_FLUSH: Final = 1 << 18
# Below this a log is read before a bar could be seen.
_BAR_FROM: Final = 4 << 20
_LISTED: Final = 10


def printable(text: str) -> str:
    """A text of the log as a terminal may have it: what is not to be seen (control characters, line ends) is told by its
    number, since a log comes from anybody."""
    return text if text.isprintable() else "".join(one if one.isprintable() else repr(one)[1:-1] for one in text)


def complain(command: str, text: str, code: int = 2) -> int:
    """Tells what is wrong on standard error, and returns the exit code; that of bad usage if none is given."""
    print(f"videospec {command}: {text}", file=sys.stderr)
    return code


@define
class Listing:
    """Tells the first few of many on standard error, then `more`, once."""

    more: str
    count: int = 0

    def tell(self, text: str) -> None:
        self.count += 1
        if self.count <= _LISTED:
            print(f"videospec: {printable(text[:600])}", file=sys.stderr)
        elif self.count == _LISTED + 1:
            print(f"videospec: {self.more}", file=sys.stderr)


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

    def flush(self, *, sync: bool = False) -> None:
        """Writes what waits; `sync`: to the disk, where it is one."""
        if self._waiting:
            with unbroken():
                self.to.write(b"\n".join(self._waiting) + b"\n")
                self.to.flush()
                self._waiting, self._size = [], 0
        if sync:
            try:
                os.fsync(self.to.fileno())
            except OSError as error:
                if error.errno != errno.EINVAL:  # a pipe has no disk
                    raise


@contextmanager
def opened(path: str, *, go_on: bool = False) -> Iterator[Lines]:
    """Lines to a file (after the whole lines that are in it, to go on), or to standard output for `-`.

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
        if go_on and Path(path).is_file():
            file.truncate(_whole(path))
        lines = Lines(file)
        try:
            yield lines
        finally:
            lines.flush()


def _whole(path: str) -> int:
    """How many bytes of a file are whole lines: a kill may have left its last one unfinished."""
    with Path(path).open("rb") as file:
        return sum(len(line) for line in file if line.endswith(b"\n"))


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
    known: set[tuple[object, ...]] = field(factory=set)
    """What an earlier run of the same command has put there, which this one meets again."""
    listed: Listing = field(init=False)

    def __attrs_post_init__(self) -> None:
        where = "in the dead-letter file" if self.file else "only counted; --dead-letter FILE keeps them"
        self.listed = Listing(f"further refusals are {where}")

    def line(self, refusal: Refusal) -> None:
        """A line of the log that was kept out."""
        name, number = self.place(refusal.number)
        self.listed.tell(f"refused {name}:{number}: {refusal.reason}: {refusal.text}")
        letter: dict[str, Any] = {"file": name, "line": number, "reason": refusal.reason, "text": refusal.text}
        raw = refusal.raw.removesuffix(b"\n")
        try:
            letter["raw"] = raw.decode()
        except UnicodeDecodeError:
            letter["raw_base64"] = base64.b64encode(raw).decode()
        self._keep(letter)

    def message(self, message: dict[str, Any], text: str) -> None:
        """A message that could not be delivered. It is on the disk when this returns: a checkpoint counts it as settled,
        and no later run meets it again."""
        self.listed.tell(f"refused {message['messageId']}: {text}")
        self._keep({"reason": "undeliverable", "text": text, "message": message})
        if self.file is not None:
            self.file.flush(sync=True)

    def _keep(self, letter: dict[str, Any]) -> None:
        if self.file is not None and _about(letter) not in self.known:
            self.file.write(json.dumps(letter).encode())


def _about(letter: dict[str, Any]) -> tuple[object, ...]:
    """What a letter is known by: its line of a log, or its message, and what is wrong with it."""
    if "message" in letter:
        return letter["message"]["messageId"], letter["text"]
    return letter["file"], letter["line"], letter["text"]


@contextmanager
def dead_letters(
    path: str | None, place: Callable[[int], tuple[str, int]], *, go_on: bool = False
) -> Iterator[DeadLetters]:
    """Refusals to a file, after those of an earlier run to go on; only counted without one."""
    if path is None:
        yield DeadLetters(place)
        return
    with opened(path, go_on=go_on) as file:
        yield DeadLetters(place, file, _letters_in(path) if go_on else set())


def _letters_in(path: str) -> set[tuple[object, ...]]:
    """What the letters in a file are known by."""
    found: set[tuple[object, ...]] = set()
    if not Path(path).is_file():
        return found
    with Path(path).open("rb") as file:
        for line in file:
            with suppress(ValueError, KeyError, TypeError):  # nobody's
                found.add(_about(json.loads(line)))
    return found


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
    if tally.blank:
        yield f"blank      {tally.blank:>12,}"
    yield f"duplicates {tally.duplicates:>12,}"
    if tally.left_out:
        yield f"left out   {tally.left_out:>12,}  (include, exclude)"
    yield f"refused    {sum(tally.refused.values()):>12,}"
    for reason, count in tally.refused.most_common():
        yield f"  {reason:20} {count:>8,}"
    if tally.unknown:
        yield "unknown native events (ignored)"
        for (player, src, type_), count in sorted(tally.unknown.items(), key=lambda item: (-item[1], item[0])):
            yield printable(f"  {player} {src} {type_[:60]}: {count:,}")
