"""Whether a destination can be reached at all from where the messages come from, and how old its rows are."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from videospec.destinations.destination import Destination
from videospec.destinations.places import ORIGINS, Origin
from videospec.destinations.words import SENDERS
from videospec.rules.finding import Finding

_OLD_DAYS: Final = 365


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


def old(it: Destination, day: date) -> Iterator[Finding]:
    """One note for all sources of the rows that are older than a year on a day."""
    aged = [
        f"{tag} ({source.date})"
        for tag, source in sorted(it.read.items())
        if source.day is not None and (day - source.day).days > _OLD_DAYS
    ]
    if aged:
        text = f"what is known of {it.name} was read in sources older than a year: {', '.join(aged)}"
        yield Finding("rows.old", "note", None, text, "compare the rows with what the vendor has now", it.name)
