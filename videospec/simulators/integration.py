"""What the integrations have in common: settings, methods by event, and the run over the messages of a page."""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, ClassVar, Final

from videospec.simulators.dates import timestamp_ms
from videospec.simulators.event_names import method_for
from videospec.simulators.facade import Track
from videospec.simulators.stage import Call, Stage, written
from videospec.simulators.values import UNDEFINED, Thrown, Value, is_number, number, shown, text

_MOST_NAMES: Final = 1024
Settings = Mapping[str, Value]
"""The settings of an integration by their own names."""
Methods = Mapping[str, Callable[[Any, Track], None]]
"""What an integration does, by the event that calls it (a name of event_names.METHODS)."""


class _Does(dict[str, Callable[[Any, Track], None] | None]):
    """What an integration does at an event, by the name that was sent; None where no method takes it."""

    def __init__(self, methods: Methods, exact: Methods) -> None:
        super().__init__()
        self._methods, self._exact, self._names = methods, exact, frozenset(methods)

    def __missing__(self, event: str) -> Callable[[Any, Track], None] | None:
        if len(self) >= _MOST_NAMES:
            self.clear()
        method = method_for(event, self._names)
        told = self[event] = self._exact.get(event) if method is None else self._methods[method]
        return told


class Integration:
    """One integration of analytics.js on one page. Its state is what the real one keeps, no more and no less.

    A subclass names its settings with their defaults and the methods that it has, by the event that calls each.
    """

    name: ClassVar[str]
    """Its key in `integrations`."""
    settings: ClassVar[Settings]
    methods: ClassVar[Methods]
    exact: ClassVar[Methods] = {}
    """The same of events that no method takes, by this very name."""

    def __init__(self, stage: Stage, settings: Settings) -> None:
        self.stage = stage
        told = {name: number(value) if is_number(value) else value for name, value in settings.items()}
        self.set: dict[str, Value] = {**self.settings, **told}
        self._does = _Does(self.methods, self.exact)
        self._tracks = type(self).track is not Integration.track

    @classmethod
    def silent(cls, settings: Settings) -> str | None:
        """Why the integration, set like this, makes no calls whatever comes; None where it does."""
        return None

    def track(self, track: Track) -> None:
        """What happens with an event that no method takes."""

    def leave(self, session: str) -> None:
        """The viewer of a session has left, and what is kept for it goes with the page. The real integration does not
        hear of it: this is for readers of many viewers, of whom each has a page."""

    def knows(self, event: str) -> bool:
        """Whether an event means anything more than any other, by its name."""
        return self._does[event] is not None

    def deaf(self, event: str) -> bool:
        """Whether nothing happens with an event, whatever it says."""
        return not self._tracks and not self.knows(event)

    def take(self, track: Track) -> None:
        """Handles a message that is meant for this destination."""
        event = track.message.get("event", UNDEFINED)
        does = self._does[event if isinstance(event, str) else text(track.event())]
        if does is None:
            self.track(track)
        else:
            does(self, track)


class Page:
    """An integration on a page that is shown its messages one after the other."""

    def __init__(self, kind: type[Integration], settings: Settings | None = None) -> None:
        self.stage = Stage()
        self.integration = kind(self.stage, settings or {})
        self.silent = kind.silent(settings or {}) is not None

    def take(self, line: int, message: dict[str, Any]) -> list[Call]:
        """What is called for a message, after what the timers call that are due at or before its instant."""
        stage = self.stage
        calls: list[Call] = []
        if "timestamp" in message:
            try:
                ms = timestamp_ms(message["timestamp"])
            except Thrown:
                ms = math.nan
            if not stage.passes(ms):
                calls += stage.move(ms)
        event = message.get("event", UNDEFINED)
        stage.on(line, event if isinstance(event, str) else shown(number(event)) if is_number(event) else event)
        if self.silent or (event.__class__ is str and message.__class__ is dict and self.integration.deaf(event)):
            return calls
        try:
            track = Track(message)
            if track.enabled(self.integration.name):
                self.integration.take(track)
        except Thrown as error:
            stage.throws(error)
        return calls + stage.taken() if stage.calls else calls

    def tail(self, seconds: float) -> Iterator[Call]:
        """What the timers call while time goes on."""
        yield from self.stage.move(self.stage.now + seconds * 1000)


def simulate(
    kind: type[Integration],
    messages: Iterable[tuple[int, dict[str, Any]]],
    settings: Settings | None = None,
    *,
    tail: float = 0,
) -> Iterator[Call]:
    """What the integration calls in the vendor's SDK for the messages of one page.

    A message comes with its line number, from 1. Timers that are due at or before a message's instant fire before it;
    after the last message time goes on for `tail` seconds.
    """
    page = Page(kind, settings)
    for line, message in messages:
        yield from map(written, page.take(line, message))
    yield from map(written, page.tail(tail))
