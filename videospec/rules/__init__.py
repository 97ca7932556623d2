"""The rules of the Video Spec page over whole sessions, and the one pass that holds them all.

Memory is by live session: one that has said nothing for long, by its own times and by the messages since, is let go.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

from videospec.rules import ads, beats, brackets, life, positions
from videospec.rules.finding import SEVERITIES, Finding, Severity, at_least
from videospec.rules.rule import Rule, Told
from videospec.rules.said import Said, said
from videospec.rules.view import ENDS_ADS, View
from videospec.spec.copies import copy_for
from videospec.spec.events import EVENTS
from videospec.spec.readings import BY_DEFAULT

RULES: Final[dict[str, Rule]] = {
    rule.id: rule for room in (life, brackets, positions, beats, ads) for rule in room.RULES
}
"""Every rule by its id."""

_SILENT_MS: Final = 24 * 3600 * 1000
_ENDED_MS: Final = 30 * 60 * 1000
_APART: Final = 10_000
"""Messages of others after which a silent session may be let go, whatever the clock says: a file need not be in the order
of its times."""


class Lint:
    """One pass over the messages of a stream, of any number of sessions."""

    def __init__(self, over: Callable[[View], None] | None = None, readings: Mapping[str, str] = BY_DEFAULT) -> None:
        """`over` is told of each session when no more is expected of it; `readings` are the choices in
        force, all of them."""
        self.readings = readings
        self.views: dict[str, View] = {}
        self._over = over
        self._taken = 0
        self._newest = 0.0
        self._loose = View("")

    def take(self, line: int, message: dict[str, Any]) -> list[Finding]:
        """What is wrong with a message, or with earlier ones by what it shows. A copy for one destination is none of
        what the rules are about."""
        it = self.read(line, message) if copy_for(message) is None else None
        return [] if it is None else self.hear(it)

    def read(self, line: int, message: dict[str, Any]) -> Said | None:
        """A message as the rules read it; None for one that is no video event."""
        return said(line, message, self._newest)

    def hear(self, it: Said) -> list[Finding]:
        """The same, of a message that was read."""
        self._taken += 1
        if it.at > self._newest or self._taken == 1:
            self._newest = it.at
        if not it.session:
            return _ask(_LOOSE, self._loose, it)
        view = self.views.get(it.session)
        if view is None:
            view = self.views[it.session] = View(it.session, self.readings)
        view.touched = self._taken
        found: list[Finding] = self._let_go() if self._taken % _APART == 0 else []
        # the order of time is asked before time moves on
        if not view.line or it.at >= view.at:
            view.advance(it.at)
        view.broken_off = None
        if view.ad is not None and it.event in ENDS_ADS:
            view.break_off()
        for broken, rule in (_IN_CALM if view.calm(it) else _BY_EVENT)[it.event]:
            told = broken(view, it)
            if told is not None:
                found.append(_finding(rule, view, it.line, told))
        view.take(it)
        return found

    def close(self) -> list[Finding]:
        """What is wrong with the sessions that are still there: no more comes."""
        return [found for view in list(self.views.values()) for found in self._end(view)]

    def _let_go(self) -> list[Finding]:
        found = []
        for view in list(self.views.values()):
            longest = _ENDED_MS if view.ended else _SILENT_MS
            if self._newest - view.at > longest and self._taken - view.touched > _APART:
                found += self._end(view)
        return found

    def _end(self, view: View) -> list[Finding]:
        found = [
            _finding(rule, view, view.line, told)
            for rule in _AT_END
            if rule.at_end is not None and (told := rule.at_end(view)) is not None
        ]
        del self.views[view.id]
        if self._over is not None:
            self._over(view)
        return found


def lint(messages: Iterable[tuple[int, dict[str, Any]]], readings: Mapping[str, str] = BY_DEFAULT) -> Iterator[Finding]:
    """The findings of a stream of messages with their line numbers, from 1, by the `readings` in force."""
    one = Lint(readings=readings)
    for line, message in messages:
        yield from one.take(line, message)
    yield from one.close()


_Asked = dict[str, tuple[tuple[Callable[[View, Said], Told], Rule], ...]]


def _asked(rules: list[Rule]) -> _Asked:
    return {
        event: tuple((rule.broken, rule) for rule in rules if rule.broken and (not rule.events or event in rule.events))
        for event in EVENTS
    }


_BY_EVENT: Final = _asked([rule for rule in RULES.values() if rule.id != "life.session-id"])
_IN_CALM: Final = _asked([rule for rule in RULES.values() if rule.calm and rule.id != "life.session-id"])
_AT_END: Final = tuple(rule for rule in RULES.values() if rule.at_end is not None)
_LOOSE: Final = (RULES["life.session-id"],)


def _ask(rules: Iterable[Rule], view: View, it: Said) -> list[Finding]:
    asked = ((rule, rule.broken(view, it)) for rule in rules if rule.broken is not None)
    return [_finding(rule, view, it.line, told) for rule, told in asked if told is not None]


def _finding(rule: Rule, view: View, line: int, told: str | tuple[int, str]) -> Finding:
    line, text = (line, told) if isinstance(told, str) else told
    return Finding(rule.id, rule.severity, line, text, rule.mend, session=view.id)


__all__ = ["RULES", "SEVERITIES", "Finding", "Lint", "Rule", "Severity", "View", "at_least", "lint"]
