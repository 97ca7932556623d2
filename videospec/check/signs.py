"""Whether a message shows a quirk, by the signs of the quirk's row."""

from typing import Any, Final

from videospec.check.flat import at, kind
from videospec.destinations.destination import Quirk
from videospec.destinations.signs import Sign
from videospec.rules.said import number
from videospec.rules.view import View

_NOTHING: Final = (None, "", 0, 0.0, False)
"""What a fact of a session is where it does not hold."""


def shows(quirk: Quirk, message: dict[str, Any], properties: dict[str, Any], view: View | None) -> bool:
    """Whether all signs are there."""
    for sign in quirk.shown or ():
        for path in sign.paths:
            if _fits(sign, path, message, properties, view):
                if sign.absent:
                    return False
                break
        else:
            if not sign.absent:
                return False
    return True


def _fits(sign: Sign, path: str, message: dict[str, Any], properties: dict[str, Any], view: View | None) -> bool:
    if sign.of == "session":
        fact = getattr(view, path, None)
        value = None if fact in _NOTHING else fact
    else:
        value = at(message if sign.of == "message" else properties, path)
    if value is None or (sign.shapes and kind(value) not in sign.shapes):
        return False
    if sign.values and not any(value == one and kind(value) == kind(one) for one in sign.values):
        return False
    if sign.above is None and sign.below is None and not (sign.short_of or sign.off):
        return True
    found = number(value)
    if found is None:
        return False
    if sign.short_of:
        whole = number(at(properties, sign.short_of))
        return whole is not None and whole - found > 1
    if sign.off:
        known = number(getattr(view, sign.off, None))
        return known is not None and abs(known - found) > 1
    return (sign.above is None or found > sign.above) and (sign.below is None or found < sign.below)
