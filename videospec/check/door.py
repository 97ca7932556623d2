"""The door to the overrides: what mends a finding, once there is something that does.

`--fix` will show the same check after the overrides have gone over the stream; which findings an override mends is asked
here and nowhere else.
"""

from videospec.destinations.destination import Destination
from videospec.rules.finding import Finding


def mended(found: Finding, it: Destination) -> bool | None:
    """Whether an override of the destination mends a finding: False where no sender can; None while there are no
    overrides to ask."""
    name = found.rule.removeprefix("quirk.")
    mender = next((quirk.mender for quirk in it.quirks if quirk.id == name), "sender")
    return None if mender == "sender" else False
