"""The log's present: the newest time in it, clocks that are off set right (docs/decisions/0004-closing-and-linger.md)."""

from typing import Final

from attrs import Factory, define

from videospec.slot import Slot

# A session whose clock is further than this from the log's present has a clock of its own: it does not move the log's.
_SKEW_MS: Final = 300_000
# So many sessions in a row that are ahead of the log's present are believed.
_BELIEVED: Final = 20


@define
class Present:
    """Epoch ms; 0 before the first line."""

    newest: float = 0.0
    ahead: list[Slot] = Factory(list)
    """The sessions that, one after the other, were found far ahead of it."""

    def hear(self, slot: Slot, *, begins: bool = False) -> None:
        """A session has spoken. When one begins far from the present, or leaps ahead of it, its clock is its own, and
        moves nobody else's. But when one after the other is ahead, it is the present that has moved, and they are right."""
        now, newest = slot.latest(), self.newest
        ahead = now + slot.skew - newest
        if newest and (ahead > _SKEW_MS or (begins and ahead < -_SKEW_MS)):
            slot.skew -= ahead
            self.ahead = [*(one for one in self.ahead if one is not slot), slot] if ahead > 0 else []
            if len(self.ahead) >= _BELIEVED:
                self._believe(now)
            ahead = now + slot.skew - newest
        elif begins:
            self.ahead = []
        if ahead > 0:
            self.newest = now + slot.skew

    def _believe(self, now: float) -> None:
        for one in self.ahead:
            off = now - one.latest()
            one.skew = off if abs(off) > _SKEW_MS else 0.0
        self.ahead = []
