"""The sender: a stream of tracks into Segment, in order, each settled once: sent, or refused with a reason.

One request is out at a time, and a batch that must wait holds those behind it. A batch that is refused is halved until
the one bad message is alone.
"""

import logging
import random
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from attrs import define, field, frozen

from videospec.delivery.batches import Batch, Refusal, batches, envelope, halves, messages
from videospec.delivery.checkpoint import Mark, load, save, skip
from videospec.delivery.wire import HOST, Answer, Verdict, ask, check_host, meaning, own_session, verdict
from videospec.tracks import Track

RATE: Final = 400.0
"""Requests a second; Segment asks for fewer than 500."""

_SLOWEST: Final = 0.001

_BACKOFF_S = 0.5, 60.0
_log = logging.getLogger(__name__)


@define
class Delivered:
    """What came of the stream, in tracks (`requests` and `retries` count HTTP requests). Of a dry run: what would."""

    sent: int = 0
    refused: dict[str, int] = field(factory=dict)
    """By kind of refusal, such as `too large` or `HTTP 400`."""
    requests: int = 0
    """Retries included."""
    retries: int = 0
    skipped: int = 0
    """Settled by an earlier run, as the checkpoint says."""
    stopped: str | None = None
    """Why it ended before the stream did."""


class DeliveryStopped(Exception):
    """The delivery cannot go on until something outside is mended; nothing is lost. `delivered` is what was done."""

    def __init__(self, message: str, delivered: Delivered) -> None:
        super().__init__(message)
        self.delivered = delivered


@frozen
class _Line:
    """The way to Segment. `ask` is one request: the messages and the number of the retry; times are seconds."""

    ask: Callable[[list[dict[str, Any]], int], Answer]
    pace: Callable[[], None]
    patience: float
    sleep: Callable[[float], object]
    clock: Callable[[], float]
    jitter: Callable[[], float]


def _pacer(rate: float, clock: Callable[[], float], sleep: Callable[[float], object]) -> Callable[[], None]:
    """A function that returns at most `rate` times a second."""
    free = clock()

    def pace() -> None:
        nonlocal free
        if (early := free - clock()) > 0:
            sleep(early)
        free = max(free, clock()) + 1 / rate

    return pace


def _backoff(failures: int, jitter: float) -> float:
    low, high = _BACKOFF_S
    return max(low, min(high, low * 2.0 ** min(failures, 10)) * (1 - jitter / 4))


def _persist(line: _Line, going: list[dict[str, Any]], delivered: Delivered) -> Answer:
    """Asks until the answer is not "again", or that has been the answer for longer than patience allows."""
    first_failure = None
    for failures in count():
        line.pace()
        delivered.requests += 1
        delivered.retries += failures > 0
        answer = line.ask(going, failures)
        if verdict(answer.status) is not Verdict.AGAIN:
            break
        now = line.clock()
        first_failure = now if first_failure is None else first_failure
        wait = answer.wait or _backoff(failures, line.jitter())
        if now + wait - first_failure > line.patience:
            break
        _log.warning("Segment did not take a batch (%s); the next try is in %.1f s", answer, wait)
        line.sleep(wait)
    return answer


def _answers(line: _Line, batch: Batch, delivered: Delivered) -> Iterator[tuple[Batch, Answer]]:
    """The batch with its answer; or, when it is refused, the pieces it falls into, in order, each with its own."""
    going = messages(batch)
    answer = _persist(line, going, delivered) if going else Answer(200)
    if verdict(answer.status) is Verdict.REFUSED and len(going) > 1:
        for half in halves(batch):
            yield from _answers(line, half, delivered)
    else:
        yield batch, answer


def _refusal(answer: Answer) -> Refusal | None:
    if verdict(answer.status) is Verdict.TAKEN:
        return None
    return Refusal(str(answer), f"refused by Segment: {answer}" + (f" ({answer.said})" if answer.said else ""))


def _why(host: str, answer: Answer, settled: int, kept: bool) -> str:
    after = (
        f"{settled} tracks are settled, and the same command goes on after them"
        if kept
        else "the same command sends all again with the same messageIds, so that Segment drops the repeats"
    )
    return f"{urlsplit(host).hostname}: {answer}: {meaning(answer)}. Nothing is lost: {after}."


def ready(*, write_key: str, host: str, rate: float, dry_run: bool, checkpoint: Path | None, fingerprint: str) -> Mark:
    """How far an earlier delivery came. Raises what `deliver` would raise before it asks for a track: a caller with
    outputs of its own may want to know before they are opened."""
    check_host(host)
    if not rate >= _SLOWEST:
        raise ValueError(f"rate must be at least {_SLOWEST} requests a second, not {rate!r}")
    if not (write_key or dry_run):
        raise ValueError("the write key is empty")
    if checkpoint is None:
        return Mark(fingerprint)
    mark = load(checkpoint, fingerprint)
    if not dry_run:
        save(checkpoint, mark)
    return mark


def deliver(
    tracks: Iterable[Track],
    *,
    write_key: str,
    refused: Callable[[Track, str], object],
    host: str = HOST,
    rate: float = RATE,
    dry_run: bool = False,
    checkpoint: Path | None = None,
    fingerprint: str = "",
    progress: Callable[[int], object] | None = None,
    gzip: bool = False,
    timeout: float = 15,
    patience: float = 3600,
    sleep: Callable[[float], object] = time.sleep,
    clock: Callable[[], float] = time.monotonic,
    jitter: Callable[[], float] = random.random,
) -> Delivered:
    """Empties the stream into Segment, in order; the messages go out exactly as `Track.message()` gives them.

    `rate` is requests a second, at most; `timeout` (of one request) and `patience` (of failure without a break) are
    seconds. `refused` gets each track that cannot be delivered, with a reason that may quote Segment. `progress` gets
    the number of tracks just settled. `fingerprint` names what the stream is made from. A dry run checks and counts
    all, needs no key, asks no one and writes no checkpoint.

    A kill at any moment loses nothing: at worst the batch under way is sent twice, and Segment drops the second by its
    messageIds. Raises DeliveryStopped when the set-up must be mended or patience ends; CheckpointMismatch when the
    checkpoint is of another stream; ValueError for an argument that makes no sense; OSError when the checkpoint cannot
    be read or written (before anything is sent, if it never could); RuntimeError for a second delivery at one time.
    """
    mark = ready(
        write_key=write_key, host=host, rate=rate, dry_run=dry_run, checkpoint=checkpoint, fingerprint=fingerprint
    )
    delivered, stream = Delivered(), iter(tracks)
    report = progress or (lambda settled: None)
    keep = None if dry_run else checkpoint
    if checkpoint:
        skip(stream, mark, checkpoint)
        delivered.skipped = mark.settled
        if mark.settled:
            report(mark.settled)

    post = partial(ask, write_key=write_key, host=host, gzip=gzip, timeout=timeout)
    line = (
        _Line(lambda going, retry: Answer(200), lambda: None, 0, sleep, clock, jitter)
        if dry_run
        else _Line(post, _pacer(rate, clock, sleep), patience, sleep, clock, jitter)
    )
    with nullcontext() if dry_run else own_session():
        for batch in batches(stream, envelope(write_key)):
            for part, answer in _answers(line, batch, delivered):
                if verdict(answer.status) in {Verdict.AGAIN, Verdict.STOP}:
                    delivered.stopped = _why(host, answer, mark.settled, keep is not None)
                    raise DeliveryStopped(delivered.stopped, delivered)
                for letter in part:
                    if refusal := letter.refusal or _refusal(answer):
                        delivered.refused[refusal.kind] = delivered.refused.get(refusal.kind, 0) + 1
                        refused(letter.track, refusal.reason)
                    else:
                        delivered.sent += 1
                mark = Mark(fingerprint, mark.settled + len(part), part[-1].track.message_id)
                if keep:
                    save(keep, mark)
                report(len(part))
    return delivered
