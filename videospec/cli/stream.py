"""What `lint` and `check` read: a file of tracks, or a capture log that is replayed first, told apart by the first line."""

import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import TYPE_CHECKING, Any, Final, Protocol

from attrs import define, field

from videospec.cli.reading import STDIN, Logs
from videospec.cli.writing import Listing
from videospec.rules.finding import Finding
from videospec.settings import Settings
from videospec.simulators.messages import Refused, messages
from videospec.spec.copies import copy_for
from videospec.spec.events import EVENTS

if TYPE_CHECKING:
    from videospec.check.added import Added
    from videospec.rules.view import View

NO_TRACKS: Final = "further lines that are no track are only counted"


class Judge(Protocol):
    """Whoever hears a stream and finds what is wrong with it."""

    @property
    def views(self) -> "Mapping[str, View]":
        """The sessions as they are before the next message, by their ids."""

    def take(self, line: int, message: dict[str, Any]) -> list[Finding]:
        """What a message shows."""

    def close(self) -> Iterable[Finding]:
        """What the end shows."""


@define
class Stream:
    """The messages of a file with their line numbers, from 1; of a capture log, the lines of its replay."""

    path: str
    settings: Settings
    """With which a log is replayed."""
    replayed: bool = False
    refused: int = 0
    """Lines that are no track, or no line of a log."""
    video: bool = False
    """Whether any message so far is a video event, spelled as the Video Spec has it."""
    copies: int = 0
    """Messages that are for one destination alone: to the Video Spec they are none."""
    _timed: bool = False
    _pending: list[Finding] = field(factory=list)
    _added: "Added | None" = None
    logs: Logs = field(init=False)
    listed: Listing = field(factory=lambda: Listing(NO_TRACKS))

    def __attrs_post_init__(self) -> None:
        self.logs = Logs([self.path])

    @property
    def name(self) -> str:
        """How the file is called in findings."""
        name = "stdin" if self.path == STDIN else self.path
        return f"{name} (replayed)" if self.replayed else name

    def __iter__(self) -> Iterator[tuple[int, dict[str, Any]]]:
        self.replayed, whole = told_apart(self.logs)
        if not self.replayed:
            for number, message in messages(whole, self._tell):
                self._timed = True
                self._look(message)
                yield number, message
            return
        from videospec.pipeline import replay
        from videospec.sessions import Sessions

        sessions = Sessions(self.settings.of_a_viewing())
        for number, track in enumerate(replay(whole, sessions=sessions), 1):
            message = track.message()
            self._look(message)
            yield number, message
        self.refused = sessions.tally.refused.total()

    def _look(self, message: dict[str, Any]) -> None:
        if not self.video:
            event = message.get("event")
            self.video = isinstance(event, str) and event in EVENTS

    def judged(self, judge: Judge) -> Iterator[Finding]:
        """All findings, those about single messages first: what stands by itself, then what `judge` says."""
        from videospec.rules.schema import schema

        for line, message in self:
            yield from self._unread()
            if copy_for(message) is None:
                yield from self._strange(schema(line, message), message, judge)
            else:
                self.copies += 1
            yield from judge.take(line, message)
        yield from self._unread()
        yield from judge.close()

    def _strange(self, found: list[Finding], message: dict[str, Any], judge: Judge) -> Iterator[Finding]:
        """Those of a message's findings that no override is the reason of."""
        for one in found:
            if one.rule.endswith("-property"):
                self._added = self._added or _all_added()
                if self._added.explains(one, message, judge.views.get(one.session)):
                    continue
            yield one

    def _unread(self) -> list[Finding]:
        """Findings about lines that are no JSON object, since the last time."""
        found, self._pending = self._pending, []
        return found

    def _tell(self, refused: Refused) -> None:
        self.refused += 1
        if not refused.field:
            self._pending.append(Finding("spec.json", "error", refused.line, refused.text, refused.mend))
            return
        if refused.field == "timestamp":
            # a message without a time is judged like any other, unless none before it says when it could have been
            if not self._timed:
                self._pending.append(
                    Finding("spec.date", "error", refused.line, refused.text, refused.mend, field="timestamp")
                )
            return
        self.listed.tell(in_words(self.name, refused))


def _all_added() -> "Added":
    # asked for by those alone whose stream has such a property
    from videospec.check.added import Added
    from videospec.plugins import all_destinations

    return Added(all_destinations().values())


def in_words(name: str, refused: Refused) -> str:
    """A line that is no track: where, what is wrong, and the mend."""
    what = " ".join(filter(None, [refused.field, refused.text]))
    return f"{name}:{refused.line}: {what}. {refused.mend}"


def told_apart(lines: Iterable[bytes]) -> tuple[bool, Iterator[bytes]]:
    """Whether lines are of a capture log, by the first that is not empty, and all of them: a stream is read once."""
    head: list[bytes] = []
    rest = iter(lines)
    for line in rest:
        head.append(line)
        if line.strip():
            break
    return bool(head) and is_log(head[-1]), chain(head, rest)


def is_log(line: bytes) -> bool:
    """Whether a line is of a capture log: it counts its lines by `seq`, and names no `event` of Segment's."""
    try:
        first = json.loads(line)
    except (ValueError, RecursionError):
        return False
    return isinstance(first, dict) and "seq" in first and "event" not in first
