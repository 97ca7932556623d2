"""Executable models of Segment's web integrations, as they are, bugs included.

Read from segmentio/analytics.js-integrations at dc98359, segmentio-facade 3.2.7 and analytics-events 2.2.5. A model takes
track messages and gives the calls that the real integration makes in the vendor's SDK. It does no I/O and reads no clock.
"""

from typing import Final

from videospec.simulators.adobe_analytics import AdobeAnalytics
from videospec.simulators.integration import Integration, simulate
from videospec.simulators.nielsen_dcr import NielsenDCR
from videospec.simulators.nielsen_dtvr import NielsenDTVR
from videospec.simulators.parsely import Parsely
from videospec.simulators.youbora import Youbora
from videospec.spelling import fold

SIMULATORS: Final[tuple[type[Integration], ...]] = (Youbora, AdobeAnalytics, NielsenDCR, NielsenDTVR, Parsely)


def find_simulator(name: str) -> type[Integration] | None:
    """The model of a destination, by its name in any case, with or without spaces, `-` and `_`."""
    return next((one for one in SIMULATORS if fold(one.name) == fold(name)), None)


__all__ = ["SIMULATORS", "Integration", "find_simulator", "simulate"]
