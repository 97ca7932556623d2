"""Where an asset is, between two reports and at an end."""

import msgspec


class Playhead(msgspec.Struct, omit_defaults=True, gc=False):
    """Where an asset is: `position` seconds at the instant `at`, rolling by elapsed time x rate, never past `length`."""

    position: float = 0.0
    at: float = 0.0
    rate: float = 1.0
    length: float | None = None
    rolling: bool = False
    base: float = 0.0
    """What a player of stitched ads adds to this asset's position; reports have it taken off."""

    def value(self, at: float) -> float:
        """The position at an instant; before the last report it is reckoned back."""
        position = self.position + (at - self.at) / 1000 * self.rate if self.rolling else self.position
        if self.length is not None and position > self.length:
            return self.length
        return position if position > 0 else 0.0

    def report(self, position: float, at: float) -> None:
        """A reported position wins."""
        self.position, self.at = position, at

    def roll(self, rolling: bool, at: float) -> None:
        """Starts or stops at an instant. A report later than that instant stays."""
        if self.rolling and not rolling and at > self.at:
            self.position, self.at = self.value(at), at
        elif rolling and not self.rolling and at > self.at:
            self.at = at
        self.rolling = rolling
