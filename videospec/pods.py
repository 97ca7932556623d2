"""Ad pods: those of a schedule, and the one that is announced or on."""

from functools import lru_cache
from typing import Final

import msgspec

from videospec.player_events import AdSlot

_SHARED: Final = 40


class Ad(msgspec.Struct, omit_defaults=True, gc=False):
    """The ad that is announced or on. `position` counts from 1; `length` and `shown` are seconds."""

    asset_id: str
    position: int
    said: str | None = None
    """The player's own id of it."""
    title: str | None = None
    publisher: str | None = None
    length: float | None = None
    load_type: str | None = None
    quartile: int = 0
    height: int | None = None
    """Of its picture, in pixels."""
    apart: bool = False
    """Shown in an element of its own: its position rolls, no report is about it."""


class AdBreak(msgspec.Struct, omit_defaults=True, gc=False):
    """The ad break that is announced or on. `pod` is the schedule's pod that it plays, if any."""

    pod_id: str
    type: str
    length: int | None = None
    pod: int | None = None
    count: int = 0


def as_pods(ads: tuple[AdSlot, ...]) -> tuple[tuple[AdSlot, ...], ...]:
    """The schedule by ad pod, in its own order; sessions of one schedule share it, if it is not long."""
    return (_as_pods if len(ads) <= _SHARED else _as_pods.__wrapped__)(ads)


@lru_cache(maxsize=512)
def _as_pods(ads: tuple[AdSlot, ...]) -> tuple[tuple[AdSlot, ...], ...]:
    pods: dict[tuple[str | None, str | None, float | None], list[AdSlot]] = {}
    for slot in ads:
        pods.setdefault((slot.type, slot.pod_id, None if slot.pod_id is not None else slot.at), []).append(slot)
    return tuple(map(tuple, pods.values()))
