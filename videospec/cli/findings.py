"""Findings on their way out: which of them, compared with what was accepted before, in which format, with which exit."""

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import attrs
from attrs import define, field

from videospec.cli.config import add_config
from videospec.cli.reading import add_strict
from videospec.cli.rule_ids import asked, within
from videospec.rules.finding import SEVERITIES, Finding, at_least

FORMATS: Final = ("text", "json", "sarif")


class BadBaseline(ValueError):
    """A baseline file that cannot be read; the text says why."""


def add_flags(parser: argparse.ArgumentParser, *reads: str) -> None:
    """What both commands take; `reads` is what a command takes from the settings file besides."""
    parser.add_argument(
        "stream",
        metavar="TRACKS|LOG",
        help="track messages or a capture log, one JSON object a line; - is standard input",
    )
    parser.add_argument("--format", choices=FORMATS, default="text")
    parser.add_argument(
        "--fail-on", choices=SEVERITIES, default="error", help="exit with 1 for a finding this bad (default: error)"
    )
    parser.add_argument(
        "--select", metavar="RULE", action="append", default=[], help="only these rules, by id or by its first part"
    )
    parser.add_argument("--ignore", metavar="RULE", action="append", default=[], help="not these rules, likewise")
    parser.add_argument("--baseline", metavar="FILE", help="leave out the findings that this file lists")
    parser.add_argument("--write-baseline", metavar="FILE", help="list all findings in this file, and exit with 0")
    add_strict(parser)
    add_config(parser, " and ".join((*reads, "how a log is replayed")))


@define
class Wanted:
    """Which findings are told: those selected, not ignored, and not in the baseline as often as they come."""

    select: tuple[str, ...]
    ignore: tuple[str, ...]
    known: Counter[str] = field(factory=Counter)

    def __call__(self, found: Iterable[Finding]) -> Iterator[Finding]:
        for one in found:
            if self.select and not any(within(one.rule, name) for name in self.select):
                continue
            if any(within(one.rule, name) for name in self.ignore):
                continue
            if self.known:
                mark = fingerprint(one)
                if self.known[mark] > 0:
                    self.known[mark] -= 1
                    continue
            yield one


def wanted(args: argparse.Namespace) -> Wanted:
    """What a call asks for. BadBaseline if its baseline is none, UnknownRule if a rule is none."""
    select, ignore = asked(args.select), asked(args.ignore)
    known: Counter[str] = Counter() if args.baseline is None else _read(args.baseline)
    return Wanted(select, ignore, known)


def fingerprint(found: Finding) -> str:
    """What a finding is known by in another run: not its line, which moves with every message before it."""
    parts = (found.rule, found.destination, found.session, found.field, found.message)
    return sha256(json.dumps(parts).encode()).hexdigest()[:32]


def _read(path: str) -> "Counter[str]":
    try:
        told = json.loads(Path(path).read_text("utf-8"))
        return Counter({str(mark): int(count) for mark, count in told["findings"].items()})
    except OSError as error:
        raise BadBaseline(f"cannot read {path}: {error.strerror or error}") from None
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError):
        raise BadBaseline(f"{path} is no baseline; write one with --write-baseline {path}") from None


def write_baseline(path: str, found: Iterable[Finding]) -> int:
    """Lists findings by their fingerprints; returns how many. OSError if the file cannot be written."""
    marks = Counter(map(fingerprint, found))
    Path(path).write_text(json.dumps({"version": 1, "findings": dict(sorted(marks.items()))}, indent=1) + "\n", "utf-8")
    return marks.total()


def fails(found: Finding, args: argparse.Namespace) -> bool:
    """Whether a finding makes the command exit with 1."""
    return at_least(found.severity, args.fail_on)


def as_text(found: Finding, name: str, *, several: bool = False) -> str:
    """One finding as a line, and its mend as another. Where there are `several` destinations, it names its own."""
    where = f"{name}:{found.line}" if found.line is not None else name
    about = f" ({found.count} messages)" if found.count > 1 else ""
    whose = f" ({found.destination})" if several and found.destination else ""
    session = f" [{found.session}]" if found.session else ""
    mends = {None: "", True: " (the override does)", False: " (no override does)"}[found.override]
    told = f"{where}: {found.severity} {found.rule}{whose}{session}: {found.message}{about}"
    return f"{told}\n    mend{mends}: {found.mend}"


def as_object(found: Finding) -> dict[str, Any]:
    """One finding as an object, without what it has not."""
    return {key: value for key, value in attrs.asdict(found).items() if value not in ("", None) or key == "line"}
