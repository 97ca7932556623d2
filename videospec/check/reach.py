"""Whether a destination can be reached at all from where the messages come from, and how old its rows are."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from videospec.destinations.destination import ORIGINS, PLATFORMS, Destination, Origin, Platform
from videospec.destinations.sources import SOURCES, citations
from videospec.destinations.words import SENDERS
from videospec.rules.finding import Finding

_OLD_DAYS: Final = 365
_LAST: Final = {4: "-12-31", 7: "-28", 10: ""}
"""What completes a source's date that is known to the year, the month or the day."""


def unreached(it: Destination, origin: Origin) -> Finding | None:
    """The finding that no video event arrives, or None."""
    if it.reached_from(origin):
        return None
    if not it.reach:
        why = it.unreached[0].why if it.unreached else "no video event means anything to it"
        mend = "leave it out of what you count views by"
    else:
        whys = dict.fromkeys(row.why for row in it.unreached if set(row.reach) & set(ORIGINS[origin]))
        why = " ".join(whys) or f"it is reached by {', '.join(it.reach)} alone."
        mend = f"send from where it is reached: {', '.join(it.reach)}"
    text = f"nothing of this stream arrives at {it.name} from {SENDERS[origin]}: {why.rstrip('.')}"
    return Finding("reach.none", "error", None, text, mend, it.name, override=False)


def off(it: Destination) -> Finding:
    """The finding that every message is switched off for it."""
    text = f"nothing of this stream is meant for {it.name}: integrations switches it off on every message"
    mend = "leave it out of integrations, or turn it on there"
    return Finding("reach.off", "warning", None, text, mend, it.name, override=False)


def silent(it: Destination, why: str | None) -> Finding | None:
    """The finding that the account makes no calls, and why; None where it does."""
    if why is None:
        return None
    text = f"nothing of this stream arrives at {it.name}: {why}"
    return Finding("account.silent", "error", None, text, "set it in Segment", it.name, override=False)


def platforms(it: Destination, origin: Origin) -> tuple[Platform, ...]:
    """The pieces of code that messages from there meet, as far as somebody has read them."""
    found = dict.fromkeys(platform for reach in it.reached_from(origin) for platform in PLATFORMS[reach])
    return tuple(platform for platform in found if platform not in it.unread)


def old(it: Destination, day: date) -> Iterator[Finding]:
    """One note for all sources of the rows that are older than a year on a day."""
    known = SOURCES | {source.tag: source for source in it.sources}
    tags = {tag for fact in it.facts() for tag, _ in citations(fact.by)}
    dated = {tag: known[tag].date for tag in sorted(tags) if tag in known and known[tag].date}
    aged = {tag: said for tag, said in dated.items() if (day - _day(said)).days > _OLD_DAYS}
    if aged:
        listed = ", ".join(f"{tag} ({said})" for tag, said in aged.items())
        text = f"what is known of {it.name} was read in sources older than a year: {listed}"
        yield Finding("rows.old", "note", None, text, "compare the rows with what the vendor has now", it.name)


def _day(said: str) -> date:
    return date.fromisoformat(said + _LAST[len(said)])
