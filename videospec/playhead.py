"""Where an asset is, between two reports and at an end; and where it is told to be."""

from typing import Final

import msgspec

# Reports that go back by less are jitter; by more, a seek was not heard.
_BACK_S: Final = 1.0


class Playhead(msgspec.Struct, omit_defaults=True, gc=False):
    """Where an asset is: `position` seconds at the instant `at`, rolling by elapsed time x rate, never past `length`."""

    position: float = 0.0
    at: float = 0.0
    rate: float = 1.0
    length: float | None = None
    rolling: bool = False
    base: float = 0.0
    """What a player of stitched ads adds to this asset's position; reports have it taken off."""
    lead: float = 0.0
    """How much of `position` is no report: it rolled so far and stopped."""
    told: float = 0.0
    """The last position told, and what was reported by then."""
    told_of: float = 0.0

    def value(self, at: float) -> float:
        """The position at an instant; before the last report it is reckoned back."""
        position = self.position + (at - self.at) / 1000 * self.rate if self.rolling else self.position
        if self.length is not None and position > self.length:
            return self.length
        return position if position > 0 else 0.0

    @property
    def reported(self) -> float:
        """The last position that was reported."""
        return self.position - self.lead if self.lead else self.position

    def tell(self, at: float) -> float:
        """The position to tell of an instant: not below the last one told, though a report may lag behind the playhead
        that rolled ahead of it. It falls with a seek (`move`), or when reports do."""
        position, reported = self.value(at), self.reported
        if position < self.told and reported > self.told_of - _BACK_S:
            return self.told if self.length is None else min(self.told, self.length)
        self.told, self.told_of = position, reported
        return position

    def report(self, position: float, at: float) -> None:
        """A reported position wins."""
        self.position, self.at, self.lead = position, at, 0.0

    def hear(self, reported: float, at: float) -> None:
        """A position as the player says it."""
        position = reported - self.base
        self.report(position if position > 0 else 0.0, at)

    def move(self, position: float, at: float) -> None:
        """A seek, or another asset: the position may be told to have fallen."""
        self.report(position, at)
        self.told = self.told_of = 0.0

    def roll(self, rolling: bool, at: float) -> None:
        """Starts or stops at an instant. A report later than that instant stays."""
        if self.rolling and not rolling and at > self.at:
            value = self.value(at)
            self.position, self.at, self.lead = value, at, self.lead + value - self.position
        elif rolling and not self.rolling and at > self.at:
            self.at = at
        self.rolling = rolling


class _Still(Playhead, frozen=True):  # type: ignore[misc] # mypy takes a struct for a dataclass
    """What is shared is not written to."""


NO_AD: Final = _Still()
"""The playhead of the ad while none is on."""
