"""The ids of all rules that a finding may have, and what a user's name for some of them stands for."""

import difflib
from collections.abc import Iterable
from typing import Final

APART: Final = (
    *("reach.none", "reach.off", "account.silent", "count.session", "simulator.throws", "rows.old"),
    *("name.lost", "name.other", "name.unread"),
    *("need.lost", "need.wrong", "need.poorer", "order.before", "order.after"),
)
"""Those of `check` that stand in no table."""


class UnknownRule(ValueError):
    """A name is no rule's, and no rule's id begins with it; the text names some that are like it."""


def rule_ids() -> list[str]:
    """All of them, with those of every destination that is installed."""
    # asked for by those alone who name a rule
    from videospec.check.limits import RULES as LIMITS
    from videospec.plugins import all_destinations
    from videospec.rules import RULES as SESSIONS
    from videospec.spec.findings import RULES as SPEC

    quirks = [f"quirk.{quirk.id}" for it in all_destinations().values() for quirk in it.quirks]
    return list(dict.fromkeys((*SPEC, *SESSIONS, *LIMITS, *APART, *quirks)))


def within(rule: str, name: str) -> bool:
    """Whether a name is a rule's id, or some of its parts from the left: `ad` is not `address.x`."""
    name = name.rstrip(".")
    return rule == name or rule.startswith(f"{name}.")


def asked(names: Iterable[str]) -> tuple[str, ...]:
    """The names, each of which stands for a rule. UnknownRule if one does not."""
    names = tuple(names)
    known = rule_ids() if names else []
    for name in names:
        if not any(within(rule, name) for rule in known):
            raise UnknownRule(f"no rule is called {name!r}{_meant(name, known)}")
    return names


def _meant(name: str, known: list[str]) -> str:
    folded = {one.casefold(): one for rule in known for one in (rule.partition(".")[0], rule)}
    word = name.casefold().strip(".")
    ends = [one for rule, one in folded.items() if word and rule.endswith(f".{word}")]
    near = ends or [folded[one] for one in difflib.get_close_matches(word[:100], folded, n=3)]
    return f", did you mean {' or '.join(map(repr, near[:3]))}?" if near else ""
