"""`videospec replay LOG…`: recorded player logs become Video Spec tracks, on disk, on screen or at Segment."""

import argparse
import gc
import hashlib
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, closing
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from attrs import frozen

from videospec.cli.config import FILE, SOURCES, WRITE_KEY, BadSettings, add_flags, doubts, in_force
from videospec.cli.reading import Logs, Unreadable, add_strict, check, overwrites, same_file, size_of
from videospec.cli.timeline import Story
from videospec.cli.writing import DeadLetters, Lines, complain, dead_letters, opened, progress, summary
from videospec.delivery.checkpoint import FRESH, CheckpointMismatch
from videospec.pipeline import replay
from videospec.plugins import UnknownDestination
from videospec.sessions import Sessions
from videospec.settings import Settings
from videospec.tracks import Track

if TYPE_CHECKING:
    from videospec.destinations.places import Origin
    from videospec.overriding import Overriding


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """`videospec replay`."""
    parser = commands.add_parser("replay", help="turn player logs into Video Spec tracks")
    parser.add_argument(
        "logs", nargs="+", metavar="LOG", help="capture-format logs: plain, gzip, zstd; - is standard input"
    )
    parser.add_argument(
        "-o", "--output", metavar="FILE", help="write tracks here, one a line (- is standard output, the default)"
    )
    parser.add_argument("--timeline", action="store_true", help="print each session's story: player left, us right")
    parser.add_argument(
        "--order", choices=["seq", "any"], default="seq", help="any: sort the whole log first, through the disk"
    )
    add_strict(parser)
    parser.add_argument("--dead-letter", metavar="FILE", help="write refused lines here, with why")
    parser.add_argument("--summary", action="store_true", help="print what happened to every line (standard error)")
    parser.add_argument(
        "--source",
        choices=SOURCES,
        help="the kind of source that will send the tracks to the destinations (default: web; server with --to segment)",
    )
    to = parser.add_argument_group("delivery")
    to.add_argument("--to", choices=["segment"], help=f"send the tracks; the write key comes from {WRITE_KEY}")
    to.add_argument("--host", metavar="URL", help="default: https://api.segment.io")
    to.add_argument("--rate", type=float, metavar="N", help="requests a second (default 400)")
    to.add_argument("--dry-run", action="store_true", help="do all but send")
    to.add_argument(
        "--checkpoint", metavar="FILE", help="note what is settled, so that the same command goes on from there"
    )
    add_flags(parser)
    parser.set_defaults(does=run)


@frozen
class _Job:
    args: argparse.Namespace
    sessions: Sessions
    letters: DeadLetters
    story: Story
    lines: Iterable[bytes]
    overriding: "Overriding | None"


def run(args: argparse.Namespace) -> int:
    """0 when every line was handled or dead-lettered, 1 when delivery stopped, 2 for bad usage, 3 with --strict when a
    line was refused or a file could not be read to its end, 130 when interrupted."""
    try:
        found = in_force(args)
        settings = found.settings
        check(args.logs)
        _agree(args)
        overriding = _overriding(args, settings)
        settled = _settled(args, settings) if args.to else 0
    except (BadSettings, Unreadable) as error:
        return complain("replay", str(error), 2)
    for text in doubts(found):
        complain("replay", text, 0)
    with ExitStack() as stack:
        logs = Logs(args.logs, stack.enter_context(progress(size_of(args.logs))))
        lines, place = _ordered(logs, args.order, stack)
        try:
            letters = stack.enter_context(dead_letters(args.dead_letter, place, go_on=settled > 0))
            output = stack.enter_context(opened(args.output or "-")) if _writes(args) else None
        except OSError as error:
            return complain("replay", f"cannot write {error.filename}: {error.strerror}", 2)
        job = _job(args, lines, letters, settings, overriding)
        code = _work(job, settings, output)
    for text in logs.broken:
        complain("replay", text, 0)
    if args.summary:
        print("\n".join(summary(job.sessions.tally)), file=sys.stderr)
    if code == 0 and args.strict and (job.letters.listed.count or logs.broken):
        return 3
    return code


def _agree(args: argparse.Namespace) -> None:
    if args.to and not args.dry_run and not os.environ.get(WRITE_KEY):
        raise BadSettings(f"--to segment needs the source's write key in the environment variable {WRITE_KEY}")
    if args.to and args.source not in (None, "server"):
        raise BadSettings("--to segment is a server source: leave --source out")
    if not args.to and (args.host or args.rate is not None or args.dry_run or args.checkpoint):
        raise BadSettings("--host, --rate, --dry-run and --checkpoint go with --to segment")
    output = args.output or "-" * _writes(args)
    written = {"--output": output, "--dead-letter": args.dead_letter, "--checkpoint": args.checkpoint}
    config = args.config or FILE
    fresh = args.checkpoint and f"{args.checkpoint}{FRESH}"
    for path in filter(None, (*written.values(), fresh)):
        if any(overwrites(path, log) for log in args.logs):
            raise BadSettings(f"{path} is one of the logs: it would be overwritten")
        if Path(config).exists() and same_file(path, config):
            raise BadSettings(f"{path} has the settings: it would be overwritten")
    if args.timeline and output == "-":
        raise BadSettings("--timeline and the tracks both go to standard output: name a file for the tracks")
    for (one, path), (other, another) in combinations([(flag, name) for flag, name in written.items() if name], 2):
        if same_file(path, another) and not Path(path).is_char_device():
            raise BadSettings(f"{one} and {other} are the same file: {path}")


def _writes(args: argparse.Namespace) -> bool:
    return bool(args.output) or not (args.timeline or args.to)


def _overriding(args: argparse.Namespace, settings: Settings) -> "Overriding | None":
    """The overrides of the destinations that are named; what the route cannot reach is said here, once."""
    if not (settings.destinations or settings.overrides or settings.override_function or settings.accounts):
        return None
    # imported here: a replay without destinations must not pay for them
    from videospec.cli.accounts import accounts
    from videospec.cli.own import hooks
    from videospec.cli.reaching import reached
    from videospec.overriding import Overriding

    origin: Origin = args.source or ("server" if args.to else "web")
    try:
        found, unreached = reached(settings.destinations, origin)
    except UnknownDestination as error:
        raise BadSettings(str(error)) from None
    for text in unreached:
        complain("replay", text, 0)
    own = hooks(settings, os.environ.get(WRITE_KEY, ""))
    told = accounts(settings, found)
    known = {one.name for one in found}
    for name in dict.fromkeys(row.destination for row in own.rows if row.destination):
        if name not in known:
            complain("replay", f"the overrides for {name} do nothing: it is not among the destinations of this run", 0)
    return Overriding.to(found, origin, own, told) if found or own.rows or own.function else None


def _ordered(logs: Logs, order: str, stack: ExitStack) -> tuple[Iterable[bytes], Callable[[int], tuple[str, int]]]:
    """The lines in the order to read them, and where the n-th that was read came from."""
    if order != "any":
        return logs, logs.place
    # imported here: only this order needs a spill
    from videospec.cli.spill import Sorted

    spill = stack.enter_context(closing(Sorted(logs)))
    return spill, lambda given: logs.place(spill.number(given))


def _job(
    args: argparse.Namespace,
    lines: Iterable[bytes],
    letters: DeadLetters,
    settings: Settings,
    overriding: "Overriding | None",
) -> _Job:
    sessions = Sessions(settings.of_a_viewing(), refused=letters.line)
    story = Story()
    if args.timeline and sys.stdout.isatty():
        from shutil import get_terminal_size  # other replays need not wait for it

        story = Story(colour=not os.environ.get("NO_COLOR"), width=get_terminal_size().columns)
    if args.timeline:
        sessions.heard = story.heard
    return _Job(args, sessions, letters, story, lines, overriding)


def _long_run() -> None:
    """Nothing here makes reference cycles by the line; looking for them in every live session again and again is
    what costs."""
    gc.freeze()
    gc.set_threshold(200_000, 20, 100)


def _work(job: _Job, settings: Settings, output: Lines | None) -> int:
    _long_run()
    tracks = _tracks(job, output)
    try:
        if job.args.to:
            return _deliver(job, settings, tracks)
        for _ in tracks:
            pass
    except KeyboardInterrupt:
        done = f"{job.sessions.tally.lines} lines read, {job.sessions.tally.tracks} tracks said"
        return complain("replay", f"interrupted: {done}; what is written is whole", 130)
    return 0


def _tracks(job: _Job, output: Lines | None) -> Iterator[Track]:
    """The tracks, written and told on their way."""
    timeline = job.args.timeline
    told = replay(job.lines, sessions=job.sessions)
    if timeline:
        told = _heard(job, told)
    if job.overriding is not None:
        told = job.overriding.tracks(told)
    for track in told:
        if output is not None:
            output.write(track.json())
        yield track
    if timeline:
        _tell(job)


def _heard(job: _Job, tracks: Iterator[Track]) -> Iterator[Track]:
    """The tracks, each told to the timeline."""
    for track in tracks:
        job.story.said(track)
        if len(job.story.tracks) > len(job.sessions.slots) + 100:
            _tell(job)
        yield track


def _tell(job: _Job) -> None:
    """Prints the stories of sessions that are over."""
    for base in [base for base in job.story.begun() if base not in job.sessions.slots]:
        for line in job.story.tell(base):
            print(line)
        print()


def _deliver(job: _Job, settings: Settings, tracks: Iterator[Track]) -> int:
    from videospec.delivery.segment import DeliveryStopped, deliver

    args = job.args
    try:
        delivered = deliver(
            tracks, refused=lambda track, text: job.letters.message(track.message(), text), **_way(args, settings)
        )
    except DeliveryStopped as stopped:
        return complain("replay", str(stopped), 1)
    except CheckpointMismatch as error:
        return complain("replay", str(error))
    done = "would be sent" if args.dry_run else "sent"
    text = f"{delivered.sent} tracks {done} in {delivered.requests} requests"
    if delivered.skipped:
        text += f", {delivered.skipped} settled by an earlier run"
    if delivered.refused:
        text += ", refused: " + ", ".join(f"{count} {kind}" for kind, count in delivered.refused.items())
        text += "" if args.dead_letter else " (only counted; --dead-letter FILE keeps them)"
    return complain("replay", text, 0)


def _settled(args: argparse.Namespace, settings: Settings) -> int:
    """How many tracks an earlier delivery has settled. BadSettings for one that cannot begin."""
    # imported here: the sender's libraries cost more time to load than a short replay takes
    from videospec.delivery.segment import ready

    try:
        return ready(**_way(args, settings)).settled
    except (CheckpointMismatch, ValueError, OSError) as error:
        raise BadSettings(str(error)) from None


def _way(args: argparse.Namespace, settings: Settings) -> dict[str, Any]:
    """Where the tracks go, and how."""
    from videospec.delivery.segment import RATE
    from videospec.delivery.wire import HOST

    host, write_key = args.host or HOST, os.environ.get(WRITE_KEY, "")
    return {
        "write_key": write_key,
        "host": host,
        "rate": RATE if args.rate is None else args.rate,
        "dry_run": args.dry_run,
        "checkpoint": Path(args.checkpoint) if args.checkpoint else None,
        "fingerprint": _fingerprint(args, settings, host, write_key),
    }


def _fingerprint(args: argparse.Namespace, settings: Settings, host: str, write_key: str) -> str:
    """What makes a replay this replay: its logs, its settings, where it goes."""
    logs = [os.fsencode(Path(log).resolve()).hex() if log != "-" else log for log in args.logs]
    return hashlib.sha256(msgspec.json.encode([logs, args.order, host, write_key, settings])).hexdigest()
