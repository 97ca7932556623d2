"""How `lint` and `check` go: read, find, tell in a format, and exit by what was found."""

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from videospec.cli.findings import BadBaseline, as_object, as_text, fails, wanted, write_baseline
from videospec.cli.reading import Unreadable, check, overwrites
from videospec.cli.rule_ids import UnknownRule
from videospec.cli.stream import Stream
from videospec.cli.writing import complain, print_json
from videospec.settings import Settings

if TYPE_CHECKING:
    from videospec.rules.finding import Finding

Find = Callable[[Stream], "Iterator[Finding]"]


def tell(
    args: argparse.Namespace,
    command: str,
    settings: Settings,
    find: Find,
    more: Callable[[], dict[str, Any]],
    words: Callable[[], str],
    *,
    several: bool = False,
) -> int:
    """Runs a command: 0 when no finding is as bad as --fail-on, 1 when one is, 2 for bad usage, 3 with --strict when
    part of the stream could not be read. A log is replayed with `settings`. `more` goes beside the findings in JSON,
    `words` after them in text; both are asked once the stream has been read. Of `several` destinations, a finding in text
    names its own."""
    if args.write_baseline is not None:
        args.baseline = None  # all findings are listed, those of the baseline before too
    try:
        pick = wanted(args)
        check([args.stream])
    except (BadBaseline, UnknownRule, Unreadable) as error:
        return complain(command, str(error))
    if args.write_baseline is not None and overwrites(args.write_baseline, args.stream):
        return complain(command, f"{args.write_baseline} is what is read: it would be overwritten")
    stream = Stream(args.stream, settings)
    found = pick(find(stream))
    if args.write_baseline is not None:
        try:
            count = write_baseline(args.write_baseline, found)
        except OSError as error:
            return complain(command, f"cannot write {args.write_baseline}: {error.strerror or error}")
        print(f"{args.write_baseline}: {count} findings accepted", file=sys.stderr)
        return _unread(command, stream, strict=args.strict)
    bad = False
    counts: Counter[str] = Counter()
    kept: list[Finding] = []
    for one in found:
        bad = bad or fails(one, args)
        counts[one.severity] += 1
        if args.format == "text":
            print(as_text(one, stream.name, several=several))
        else:
            kept.append(one)
    _whole(args, stream, kept, more)
    if args.format == "text" and (text := words()):
        print(text)
    if not stream.video:
        complain(command, f"no message of {stream.name} is a video event of the Video Spec")
    if stream.copies:
        copies = "message is a copy" if stream.copies == 1 else "messages are copies"
        complain(
            command, f"{stream.copies} {copies} for one destination: no rule of the Video Spec is held against such"
        )
    unread = _unread(command, stream, strict=args.strict)
    if args.format == "text":
        plural = {"error": "errors", "warning": "warnings", "note": "notes"}
        print(", ".join(f"{many}: {counts[one]}" for one, many in plural.items()), file=sys.stderr)
    return 1 if bad else unread


def _unread(command: str, stream: Stream, *, strict: bool) -> int:
    """Tells what of the stream could not be read, and what that is to the exit code."""
    if stream.replayed and stream.refused:
        lines = "line of the log was" if stream.refused == 1 else "lines of the log were"
        complain(command, f"{stream.refused} {lines} refused; videospec replay --summary tells why")
    for text in stream.logs.broken:
        complain(command, text)
    return 3 if strict and (stream.refused or stream.logs.broken) else 0


def _whole(
    args: argparse.Namespace, stream: Stream, found: "Iterable[Finding]", more: Callable[[], dict[str, Any]]
) -> None:
    if args.format == "json":
        told = {"file": stream.name, "findings": [as_object(one) for one in found], **more()}
        print_json(told)
    elif args.format == "sarif":
        from videospec import __version__
        from videospec.cli.sarif import sarif

        print_json(sarif(found, args.stream, __version__, replayed=stream.replayed))
