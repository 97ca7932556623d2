"""What the rows of a destination say of each message: what it does with the event, what it needs, what it cannot take."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from attrs import frozen

from videospec.check.fixing import mends
from videospec.check.flat import SHAPES, Shape, Shapes, at, flat, kind
from videospec.check.limits import APART, boxed, broken, by_shape, rule_of, settled, shortest
from videospec.check.signs import shows
from videospec.check.tally import Fate, Seen, Tally
from videospec.destinations.destination import (
    Destination,
    Limit,
    Need,
    Option,
    Order,
    Outcome,
    Quirk,
    Use,
    listed,
)
from videospec.destinations.limits import Oldest, Required, Values
from videospec.destinations.places import Platform
from videospec.rules.finding import Finding, Severity
from videospec.rules.said import Said
from videospec.rules.view import View
from videospec.spec.events import CONTENT_COMPLETED, CONTENT_PLAYING, CONTENT_STARTED

_OF_CONTENT: Final = (CONTENT_PLAYING, CONTENT_COMPLETED)
_WITHOUT: Final[dict[str, tuple[Severity, Fate]]] = {
    "lost": ("error", "ignored"),
    "wrong": ("warning", "altered"),
    "poorer": ("note", "delivered"),
}
_COST: Final[dict[Outcome, tuple[Severity, Fate]]] = {
    "event lost": ("error", "ignored"),
    "property lost": ("warning", "altered"),
    "value cut": ("warning", "altered"),
    "value changed": ("warning", "altered"),
    "name changed": ("note", "altered"),
    "unknown": ("warning", "altered"),
}


@frozen
class _Known:
    """What is known of all messages of a shape: what each is one more of, and what each has to be asked."""

    seen: tuple[Seen, ...]
    needs: tuple[tuple[Need, str], ...]
    texts: tuple[tuple[Limit, float], ...]
    """Limits on the length of texts, each with the length up to which they surely keep it."""
    boxes: tuple[Limit, ...]
    """Limits on objects and arrays."""
    limits: tuple[Limit, ...]
    """The other ones."""
    order: tuple[Order, ...]


class Rows:
    """The rows of one destination on some platforms, held against a stream."""

    def __init__(
        self,
        it: Destination,
        platforms: tuple[Platform, ...],
        tally: Tally,
        shapes: Shapes,
        account: dict[str, Any],
        now: datetime | None = None,
    ) -> None:
        self.it, self.on, self.tally, self.shapes = it, platforms, tally, shapes

        def holds(fact: Any) -> bool:
            return any(fact.holds_on(platform) for platform in platforms)

        modelled = it.simulated and "web" in platforms
        quirks = [] if modelled else [quirk for quirk in it.quirks if holds(quirk)]
        self.told: dict[str, Fate] = {}
        for event in (*it.used(), *it.unused()):
            rows = [row for platform in platforms if (row := it.told(event, platform)) is not None]
            self.told[event] = "delivered" if any(isinstance(row, Use) for row in rows) else "ignored"
        self.told |= dict.fromkeys(listed(account.get(it.listed)), "delivered")
        limits = [limit for limit in it.limits if holds(limit)]
        # what a limit requires is said once, by the limit
        required = {
            (event, name) for one in limits if isinstance(one, Required) for event in one.events for name in one.one_of
        }
        self.instead: dict[str, list[Option]] = {}
        for option in filter(holds, it.options):
            for name in option.over:
                self.instead.setdefault(name, []).append(option)
        self.needs: dict[str, list[tuple[Need, str]]] = {}
        lists = listed(account[it.listed]) if it.listed in account else None
        for need in filter(holds, it.needs):
            named = account.get(need.named)
            names = (named,) if isinstance(named, str) and named else need.properties
            for event in need.events if lists is None or not need.listed else lists:
                asked = [(need, name) for name in names if (event, name) not in required]
                self.needs.setdefault(event, []).extend(asked)
        held = [limit for limit in limits if not isinstance(limit, APART)]
        self.on_shapes = [limit for limit in held if by_shape(limit)]
        self.on_values = [limit for limit in held if not by_shape(limit)]
        self.apart = [limit for limit in limits if isinstance(limit, APART)]
        self.oldest = [
            (limit, now.timestamp() * 1000 - limit.hours * 3_600_000)
            for limit in self.apart
            if isinstance(limit, Oldest) and now is not None
        ]
        # what no message tells is said of the destination; what a limit tells, by the limit
        by_limit = {name for limit in held for name in limit.quirks}
        self.general = [quirk for quirk in quirks if quirk.shown is None and quirk.id not in by_limit]
        self.shown: dict[str, list[Quirk]] = {
            event: [
                quirk
                for quirk in quirks
                if quirk.shown is not None and not quirk.at_end and event in (quirk.events or (event,))
            ]
            for event in self.told
        }
        self.at_end = [quirk for quirk in quirks if quirk.at_end]
        # what the order costs is told in numbers where there is a model
        self.order = [order for order in it.order if holds(order) and not modelled]
        self.mixed = [one for one in limits if isinstance(one, Values) and "mixed types" in one.kinds]
        # a table an event, or one set of properties for all
        self.tables = any(getattr(one, "of", "") == "column" for one in limits)
        self._kinds: dict[tuple[str, str], str] = {}
        self._shapes: dict[Shape, _Known] = {}

    def hear(self, it: Said, message: dict[str, Any], view: View | None) -> None:
        """A message, before its session takes it."""
        fate = self.told.get(it.event, "ignored")
        for quirk in self.shown.get(it.event, ()):
            if shows(quirk, message, it.properties, view):
                self._shown(quirk, it)
        if fate == "ignored":
            self.tally.fate(it.event, fate)
            return
        shape = self.shapes.of(it.event, it.properties)
        known = self._shapes.get(shape)
        if known is None:
            if len(self._shapes) >= SHAPES:
                self._shapes.clear()
            self._shapes[shape] = self._first(it, message, view)
            return
        line = it.line
        for one in known.seen:
            if one.line != line:
                one.count, one.line = one.count + 1, line
        for need, name in known.needs:
            self._need(need, name, it, message, view)
        if known.texts:
            longest = shape.longest(it.properties)
            for limit, most in known.texts:
                if longest > most:
                    self._hold(limit, message, it.properties, it)
        if known.boxes:
            inside = shape.boxes(it.properties)
            for limit in known.boxes:
                self._hold(limit, message, inside, it)
        for limit in known.limits:
            self._hold(limit, message, it.properties, it)
        if self.oldest:
            self._olds(it)
        if known.order:
            self._orders(known.order, it, view)

    def _first(self, it: Said, message: dict[str, Any], view: View | None) -> _Known:
        """The first message of a shape, and what is known by it of those that follow. Of two kinds of one property the
        first stays, so that what is found once holds for the rest of the stream."""
        self.tally.fate(it.event, self.told[it.event])
        needs = self.needs.get(it.event, [])
        for need, name in needs:
            self._need(need, name, it, message, view)
        on_values = [one for one in self.on_values if not (events := getattr(one, "events", ())) or it.event in events]
        found = [
            (limit, path, text) for limit in self.on_shapes for path, text in broken(limit, message, it.properties)
        ]
        found += self._types(it)
        for limit, path, text in found:
            self._limit(limit, path, text, it)
        asked = []
        for limit in on_values:
            told = [(limit, path, text) for path, text in broken(limit, message, it.properties)]
            for _, path, text in told:
                self._limit(limit, path, text, it)
            if settled(limit, it.properties):
                found += told
            else:
                asked.append(limit)
        self._olds(it)
        order = tuple(one for one in self.order if it.event in (one.others if one.place == "before" else _goes_on(one)))
        self._orders(order, it, view)
        lacks: list[object] = [(id(need), True) for need, name in needs if self._lacks(need, name, it) is True]
        keys = dict.fromkeys([*lacks, *((id(limit), self._mended(limit, it.event)) for limit, _, _ in found)])
        return _Known(
            tuple(self.tally.seen[key] for key in keys),
            tuple((need, name) for need, name in needs if self._lacks(need, name, it) is None),
            tuple((limit, most) for limit in asked if (most := shortest(limit)) is not None),
            tuple(limit for limit in asked if boxed(limit)),
            tuple(limit for limit in asked if shortest(limit) is None and not boxed(limit)),
            order,
        )

    def _lacks(self, need: Need, name: str, it: Said) -> bool | None:
        """Whether all messages of a shape lack what is needed; None where their values, options or sessions tell."""
        above, dot, rest = name.partition(".")
        if dot and (above != "content" or "." in rest):
            return None
        value = at(it.properties, name)
        if value is None:
            return None if name in self.instead or _of_an_ad(name, it) else True
        return None if need.values and isinstance(value, str) else False

    def known(self) -> Iterator[Finding]:
        """What is known to be wrong at a destination of which there is no model, and no message tells, where its events
        were sent."""
        for quirk in self.general:
            if not quirk.events or any(event in self.tally.fates for event in quirk.events):
                rule, mend = f"quirk.{quirk.id}", quirk.mend.rstrip(".")
                yield Finding(rule, "note", None, quirk.says.rstrip("."), mend, self.it.name)

    def over(self, view: View) -> None:
        """A session that is over."""
        for quirk in self.at_end:
            if view.ended in quirk.events and shows(quirk, {}, {}, view):
                self._shown(quirk, Said(view.line, view.ended, view.at, view.id, None, {}))
        for order in self.order:
            if order.place == "after" and not _goes_on(order):
                last = _last(order.others, view)
                if last > view.seen.get(order.event, 0):
                    self._order(order, last, "")

    # -- what is found

    def _shown(self, quirk: Quirk, it: Said) -> None:
        severity, fate = _WITHOUT[quirk.without]
        self.tally.fate(it.event, fate)
        if not self.tally.met(quirk.id, it.line):
            says, mend = f"on {it.event}: {quirk.says.rstrip('.')}", quirk.mend.rstrip(".")
            self.tally.add(quirk.id, it.line, f"quirk.{quirk.id}", severity, says, mend)

    def _need(self, need: Need, name: str, it: Said, message: dict[str, Any], view: View | None) -> None:
        value = at(it.properties, name)
        if value is not None and (not need.values or value in need.values or not isinstance(value, str)):
            return
        if value is None and _of_an_ad(name, it) and (view is None or view.ad is None):
            return  # outside ads nothing of an ad is asked for
        if name in self.instead and self._optional(name, message):
            return
        key = (id(need), value is None)
        severity, fate = _WITHOUT[need.without]
        self.tally.fate(it.event, fate)
        if self.tally.met(key, it.line, name):
            return
        text = f"{it.event} has no {name}" if value is None else f"{it.event} has {name} {str(value)[:40]!r}"
        known = f" as {', '.join(need.values)}" if need.values else ""
        self.tally.add(key, it.line, f"need.{need.without}", severity, f"{text}: {need.why}", f"send it{known}", name)

    def _optional(self, name: str, message: dict[str, Any]) -> bool:
        """Whether options of a message stand in for a property."""
        said = message.get("integrations")
        found = [said[key] for key in self.it.names if key in said] if isinstance(said, dict) else []
        given = [(option, at(one, key)) for one in found for option in self.instead[name] for key in option.names]
        return any(value is not None and (not option.values or value in option.values) for option, value in given)

    def _types(self, it: Said) -> Iterator[tuple[Limit, str, str]]:
        """Whether a property is of one kind wherever it comes; a null is of none."""
        table = it.event if self.tables else ""
        for path, value in flat(it.properties) if self.mixed else ():
            now = kind(value)
            if now == "null" or (before := self._kinds.setdefault((table, path), now)) == now:
                continue
            for limit in self.mixed:
                yield limit, path, f"{path} is of the kind {now}, and was {before}"

    def _hold(self, limit: Limit, message: dict[str, Any], properties: dict[str, Any], it: Said) -> None:
        for path, text in broken(limit, message, properties):
            self._limit(limit, path, text, it)

    def _limit(self, limit: Limit, path: str, text: str, it: Said) -> None:
        severity, fate = _COST[limit.outcome]
        self.tally.fate(it.event, fate)
        override = self._mended(limit, it.event)
        key = (id(limit), override)
        if self.tally.met(key, it.line, path):
            return
        message = f"on {it.event} {text}: {limit.then}"
        self.tally.add(key, it.line, rule_of(type(limit)), severity, message, f"keep to {limit.text}", path, override)

    def _mended(self, limit: Limit, event: str) -> bool | None:
        """Whether the override does what a limit asks of an event; None for one that no quirk is about."""
        return any(mends(self.it, name, self.on, event) for name in limit.quirks) if limit.quirks else None

    def _olds(self, it: Said) -> None:
        for oldest, since in self.oldest:
            if 0 < it.at < since:
                self._old(oldest, it)

    def _old(self, limit: Oldest, it: Said) -> None:
        if not self.tally.met(id(limit), it.line):
            text = f"{it.event} happened more than {limit.hours:g} hours ago: sent now, {limit.then}"
            mend = f"send it within {limit.hours:g} hours of when it happened"
            # no error: nobody has said that it is sent now
            self.tally.add(id(limit), it.line, "limit.oldest", "warning", text, mend)

    def _orders(self, orders: tuple[Order, ...], it: Said, view: View | None) -> None:
        for order in orders:
            if order.place == "before":
                if view is None or order.event not in view.seen:
                    self._order(order, it.line, it.event)
            elif view is not None and (last := _last(order.others, view)) > _last((order.event, *_OF_CONTENT), view):
                self._order(order, last, "")

    def _order(self, order: Order, line: int, event: str) -> None:
        if self.tally.met(id(order), line):
            return
        others = " or ".join(order.others)
        text = f"{order.event} is not {order.place} {event or others}: {order.why}"
        mend = f"send {order.event} {order.place} {others}"
        self.tally.add(id(order), line, f"order.{order.place}", "warning", text, mend)


def _of_an_ad(name: str, it: Said) -> bool:
    return name.startswith("ad_") and "Ad" not in it.event


def _last(events: tuple[str, ...], view: View) -> int:
    return max(view.seen.get(event, 0) for event in events)


def _goes_on(order: Order) -> tuple[str, ...]:
    """What shows that the content goes on, of an order that it begins anew: one that does not go on need not."""
    return _OF_CONTENT if order.event == CONTENT_STARTED else ()
