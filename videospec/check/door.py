"""The door to the overrides: what mends a finding, once there is something that does.

`--fix` shows the same check after the overrides have gone over the stream. Both questions are asked here and nowhere else.
"""

from videospec.rules.finding import Finding


def mended(found: Finding) -> bool | None:
    """Whether an override of the finding's destination mends it; None while there are no overrides to ask."""
    return found.override
