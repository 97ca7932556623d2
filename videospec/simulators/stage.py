"""The page on which an integration runs: its clock, its timers, and the record of what it calls in the vendor's SDK."""

import heapq
import math
from collections.abc import Callable, Iterator
from typing import Any, Final

from videospec.simulators.calendar import iso_text
from videospec.simulators.values import UNDEFINED, Thrown, Value, shown_all

TIMER: Final = "(timer)"
_EVERY_MS: Final = 1000

Call = dict[str, Any]
"""One line of the record: line, at, session, event, then call and args, or throws; and what the SDK reads."""


class Stage:
    """Clock, timers and record. The clock is the messages' timestamps, in ms since 1970; it never goes back."""

    def __init__(self) -> None:
        self.now: int = 0
        self.calls: list[Call] = []
        self._started = False
        self._head: Call = {}
        self._line = 0
        self._timers: list[tuple[int, int, Callable[[], None]]] = []
        self._live: set[int] = set()
        self._made = 0

    # -- the clock and its timers

    def move(self, ms: float) -> Iterator[Call]:
        """Sets the clock forward and fires the timers that are due by then, in their order."""
        if math.isnan(ms):
            return
        if not self._started:
            self._started, self.now = True, int(ms)
        while self._timers and self._timers[0][0] <= ms:
            due, timer, does = heapq.heappop(self._timers)
            if timer not in self._live:
                continue
            self.now = max(self.now, due)
            self._head = {"line": self._line, "at": iso_text(self.now), "event": TIMER}
            heapq.heappush(self._timers, (due + _EVERY_MS, timer, does))
            does()
            yield from self.taken()
        self.now = max(self.now, int(ms))

    def every_second(self, does: Callable[[], None]) -> int:
        """`setInterval(does, 1000)`."""
        self._made += 1
        self._live.add(self._made)
        heapq.heappush(self._timers, (self.now + _EVERY_MS, self._made, does))
        return self._made

    def clear(self, timer: int | None) -> None:
        """`clearInterval(timer)`."""
        self._live.discard(timer or 0)

    # -- the record

    def on(self, line: int, event: Value) -> None:
        """Begins the handling of a message."""
        self._line = line
        self._head = {"line": line, "at": iso_text(self.now)}
        if event is not UNDEFINED:
            self._head["event"] = event

    def keeps(self, session: str) -> None:
        """Names the session of all that this message calls."""
        event = self._head.pop("event", UNDEFINED)
        self._head["session"] = session
        if event is not UNDEFINED:
            self._head["event"] = event

    def call(self, name: str, args: tuple[Value, ...] = (), reads: Call | None = None) -> None:
        """A call into the SDK, and what the SDK may read just then."""
        told = {**self._head, "call": name, "args": shown_all(list(args)) if args else []}
        if reads is not None:
            told["reads"] = reads
        self.calls.append(told)

    def changed(self, reads: Call) -> None:
        """No call, but the SDK reads something else from now on."""
        self.calls.append({**self._head, "reads": reads})

    def throws(self, error: Thrown) -> None:
        """The integration threw: analytics.js swallows it, and what it would still have done is lost."""
        self.calls.append({**self._head, "throws": str(error)})

    def taken(self) -> list[Call]:
        """The lines since the last time."""
        calls, self.calls = self.calls, []
        return calls
