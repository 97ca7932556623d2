"""Which message a copy is of: that from whose id it has its own; where none has, by its event and its instant."""

from collections import deque
from collections.abc import Iterator
from typing import Final

from videospec.ids import copy_id
from videospec.overriding import LEAVING
from videospec.rules.said import Said
from videospec.rules.view import View

_MOST: Final = 64
"""More than may wait for a content before they are copied."""
_ORDINALS: Final = tuple(first + more for more in range(8) for first in (0, LEAVING))
"""The numbers of copies, those that nearly all have first; a function of a user's own may make more of one message."""


class Originals:
    """What copies may still be made of: of each live session the messages of its last instant, and before its content all,
    since a start waits until more is known of the content."""

    def __init__(self) -> None:
        self.last: Said | None = None
        """What was said last to everybody."""
        self.sessions: dict[str, deque[Said]] = {}

    def add(self, it: Said, view: View | None) -> None:
        """A message to everybody, before its session takes it."""
        self.last = it
        said = self.sessions.get(it.session)
        if said is None:
            said = self.sessions[it.session] = deque(maxlen=_MOST)
        elif view is None or (it.at != said[-1].at and (view.contents or view.was is not None)):
            said.clear()
        said.append(it)

    def of(self, copy: Said, destination: str) -> Said | None:
        """The message that a copy was made of, which an override may have given another session; None where it is
        not known."""
        at_once = [one for one in self._candidates(copy) if one.at == copy.at]
        if copy.id is not None:
            for ordinal in _ORDINALS:
                for one in at_once:
                    if one.id is not None and copy_id(one.id, destination, ordinal) == copy.id:
                        return one
        return next((one for one in at_once if one.event == copy.event), at_once[0] if at_once else None)

    def _candidates(self, copy: Said) -> Iterator[Said]:
        """The newest first."""
        session = copy.session if copy.session in self.sessions else copy.session.rpartition("#")[0]
        yield from reversed(self.sessions.get(session, ()))
        if self.last is not None and self.last.session != session:
            yield self.last

    def over(self, session: str) -> None:
        """A session is over."""
        self.sessions.pop(session, None)
