"""What a video player does, told in Segment's Video Spec.

`replay` reads a log; `Sessions` takes lines one at a time; `Session` takes events; `Adapter` is a player's table.
"""

from videospec.adapter import TICK, Adapter, Heard
from videospec.pipeline import replay
from videospec.session import Session
from videospec.sessions import Sessions
from videospec.settings import Settings
from videospec.tally import Refusal, Tally
from videospec.tracks import Track

__all__ = ["TICK", "Adapter", "Heard", "Refusal", "Session", "Sessions", "Settings", "Tally", "Track", "replay"]
__version__ = "0.1.0"
