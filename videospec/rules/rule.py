"""A rule over whole sessions: one small function, with what it is for."""

from collections.abc import Callable
from typing import Final

from attrs import field, frozen

from videospec.rules.finding import Severity
from videospec.rules.said import Said
from videospec.rules.view import View
from videospec.spec.events import EVENTS
from videospec.spec.readings import PAGE

Told = str | tuple[int, str] | None
"""What is wrong with the message at hand, or with an earlier one, by its line; None if nothing is."""

PLAYBACK: Final = tuple(name for name, event in EVENTS.items() if event.family == "playback")
CONTENT: Final = tuple(name for name, event in EVENTS.items() if event.family == "content")
AD: Final = tuple(name for name, event in EVENTS.items() if event.family == "ad")


@frozen
class Rule:
    """`broken` is asked of each message of `events` (none named: of every one) before the session takes it; `at_end` of a
    session that is over, in the file or by its own word. `anchor` is the section of the Video Spec page that asks for it."""

    id: str
    severity: Severity
    anchor: str
    why: str
    mend: str
    broken: Callable[[View, Said], Told] | None = None
    events: tuple[str, ...] = ()
    calm: bool = field(default=True, kw_only=True)
    """Whether it can be broken, too, in a session that is calm (`View.calm`)."""
    at_end: Callable[[View], Told] | None = None

    @property
    def section(self) -> str:
        """The URL of the page's section."""
        return f"{PAGE}#{self.anchor}"
