"""What a video player does, told in Segment's Video Spec.

`replay` reads a log; `Sessions` takes lines one at a time; `Session` takes events; `Adapter` is a player's table.
`Overriding` makes what they say right for destinations, which `find_destination` gives by name.
"""

from typing import TYPE_CHECKING, Any

from videospec.adapter import TICK, Adapter, Heard
from videospec.pipeline import replay
from videospec.plugins import UnknownDestination, find_destination
from videospec.session import Session
from videospec.sessions import Sessions
from videospec.settings import Settings
from videospec.tally import Refusal, Tally
from videospec.tracks import Track

if TYPE_CHECKING:
    from videospec.hooks import Hooks
    from videospec.overriding import Overriding

__all__ = [
    "TICK",
    "Adapter",
    "Heard",
    "Hooks",
    "Overriding",
    "Refusal",
    "Session",
    "Sessions",
    "Settings",
    "Tally",
    "Track",
    "UnknownDestination",
    "find_destination",
    "replay",
]
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    # loaded when asked for: a replay without destinations must not pay for them
    if name in ("Hooks", "Overriding"):
        from videospec import overriding  # noqa: PLC0415 -- a replay must not load it

        return getattr(overriding, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
