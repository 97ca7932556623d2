"""How far a delivery has come, in a file, so that the same command goes on where it stopped.

A replay gives the same tracks in the same order each time, so a count says it all; the id of the last track and the
caller's fingerprint of logs and settings prove that it is the same replay. The file holds no message and no secret.
"""

import os
from collections import deque
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Final, Literal

import msgspec

from videospec.tracks import Track

FRESH: Final = ".part"
"""What a checkpoint that is being written has behind its name."""


class CheckpointMismatch(Exception):
    """The checkpoint belongs to another replay than the one that is to go on. The text says what to do."""


class Mark(msgspec.Struct, frozen=True):
    """`settled` tracks of the stream are sent or refused; `last` is the messageId of the last of them."""

    fingerprint: str
    settled: int = 0
    last: str | None = None
    format: Literal[1] = 1


def _mismatch(path: Path, what: str) -> CheckpointMismatch:
    return CheckpointMismatch(
        f"{path}: {what}. To go on, give the logs and settings that it was written for. To deliver from the start, "
        "delete it or name another file; Segment drops what it already has by messageId for at least 24 hours."
    )


def load(path: Path, fingerprint: str) -> Mark:
    """The mark in the file, or one at the start of the stream if there is no file.

    Raises CheckpointMismatch if the file is no checkpoint or has another fingerprint; OSError if it cannot be read.
    """
    try:
        mark = msgspec.json.decode(path.read_bytes(), type=Mark)
    except FileNotFoundError:
        return Mark(fingerprint)
    except msgspec.DecodeError:
        raise _mismatch(path, "this is not a checkpoint of this version") from None
    if mark.fingerprint != fingerprint:
        raise _mismatch(path, "this checkpoint was written for other logs, settings, route, run, host or write key")
    return mark


def save(path: Path, mark: Mark) -> None:
    """Writes the mark so that a crash leaves either the old file or the new one, whole. Raises OSError.

    The folder is not synced: a rename that a power cut undoes costs repeats, which Segment drops, and never a message.
    """
    fresh = path.with_name(path.name + FRESH)
    with fresh.open("wb") as file:
        file.write(msgspec.json.encode(mark) + b"\n")
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)


def skip(tracks: Iterator[Track], mark: Mark, path: Path) -> None:
    """Takes the settled tracks off the stream. Raises CheckpointMismatch if they are not those of the mark."""
    passed = deque(enumerate(islice(tracks, mark.settled), start=1), maxlen=1)
    count, track = passed[0] if passed else (0, None)
    if count < mark.settled:
        raise _mismatch(path, f"{mark.settled} tracks are settled, but the logs now give only {count}")
    if track is not None and track.message_id != mark.last:
        raise _mismatch(path, f"track {count} is not the one that was settled; the logs or settings have changed")
