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
"""One line of the record: line, at, session, event, then call and args, or throws; and what the SDK reads. Until it is
written, its time is in ms, and its arguments are values."""


def written(call: Call) -> Call:
    """The line as it is written, which costs more than to make it."""
    told = call | {"at": iso_text(call["at"])}
    return told | {"args": shown_all(call["args"])} if "args" in call else told


class Stage:
    """Clock, timers and record. The clock is the messages' timestamps, in ms since 1970; it never goes back."""

    def __init__(self) -> None:
        self.now: int = 0
        self.calls: list[Call] = []
        self._started = False
        self._line = 0
        self._event: Value = UNDEFINED
        self._session: str | None = None
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
            self.on(self._line, TIMER)
            heapq.heappush(self._timers, (due + _EVERY_MS, timer, does))
            does()
            yield from self.taken()
        self.now = max(self.now, int(ms))

    def passes(self, ms: float) -> bool:
        """Sets the clock forward, as `move` does, if no timer is due by then; whether that is so."""
        if not self._started or (self._timers and self._timers[0][0] <= ms) or math.isnan(ms):
            return False
        if ms > self.now:
            self.now = int(ms)
        return True

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
        """Begins the handling of a message, or of a timer."""
        self._line, self._event, self._session = line, event, None

    def keeps(self, session: str) -> None:
        """Names the session of all that this message calls."""
        self._session = session

    def _put(self) -> Call:
        told: Call = {"line": self._line, "at": self.now}
        if self._session is not None:
            told["session"] = self._session
        if self._event is not UNDEFINED:
            told["event"] = self._event
        self.calls.append(told)
        return told

    def call(self, name: str, args: tuple[Value, ...] = (), reads: Call | None = None) -> None:
        """A call into the SDK, and what the SDK may read just then."""
        told = self._put()
        told["call"], told["args"] = name, args
        if reads is not None:
            told["reads"] = reads

    def changed(self, reads: Call) -> None:
        """No call, but the SDK reads something else from now on."""
        self._put()["reads"] = reads

    def throws(self, error: Thrown) -> None:
        """The integration threw: analytics.js swallows it, and what it would still have done is lost."""
        self._put()["throws"] = str(error)

    def taken(self) -> list[Call]:
        """The lines since the last time."""
        calls, self.calls = self.calls, []
        return calls
