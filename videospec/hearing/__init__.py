"""How a viewing hears what a player says: what is believed, what is noise, and which word the machine gets.

HEAR maps each kind of player event to a function. Here live the rules that need names or positions; the finite ones
are in machine.py. Each rule's source is docs/reference/semantics.md.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from videospec.hearing import ads, loading, picture, playing, reports, seeks

if TYPE_CHECKING:
    from videospec.session import Session

HEAR: Final[dict[str, Callable[["Session", Any, float], None]]] = {
    "report": reports.report,
    "progress": playing.progress,
    "named": picture.named,
    "load": loading.load,
    "emptied": loading.load,
    "play": playing.play,
    "playing": playing.playing,
    "pause": playing.pause,
    "seek_start": seeks.seek_start,
    "seek_end": seeks.seek_end,
    "jump": seeks.jump,
    "waiting": playing.waiting,
    "flowing": playing.flowing,
    "ended": playing.ended,
    "fault": playing.fault,
    "cut": playing.cut,
    "leave": loading.leave,
    "dispose": loading.dispose,
    "break_start": ads.break_start,
    "break_end": ads.break_end,
    "ad_start": ads.ad_start,
    "ad_frame": ads.ad_frame,
    "ad_end": ads.ends("ad_end"),
    "ad_skip": ads.ends("ad_skip"),
    "ad_fail": ads.ends("ad_fail"),
    "ad_click": ads.ad_click,
    "ad_quartile": ads.ad_quartile,
    "all_done": ads.all_done,
    "renditions": picture.renditions,
    "quality": picture.quality,
    "live": picture.live,
}
