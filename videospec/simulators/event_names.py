"""Which method of an integration an event's name calls (analytics-events 2.2.5, `_wrapTrack` of analytics.js-integration).

A name fits in any case, its words apart by one space, one `_` or nothing. The object may come first, and then nothing may
follow; or the action, and then anything may follow. The first method of this order that the integration has and that
fits is called.
"""

import re
from typing import Final

SHOP: Final = (
    *("product list viewed", "product category viewed", "product viewed", "product added", "product removed"),
    *("cart viewed", "order completed", "checkout started"),
)
"""Those of shops that Adobe Analytics has methods for."""
METHODS: Final = (
    *("video playback started", "video playback paused", "video playback interrupted", "video playback resumed"),
    *("video playback completed", "video playback exited", "video playback buffer started"),
    *("video playback buffer completed", "video playback seek started", "video playback seek completed"),
    *("video content started", "video content playing", "video content completed"),
    *("video ad started", "video ad playing", "video ad completed", "video ad clicked", "video ad skipped"),
    *SHOP,
)


def _pattern(method: str) -> re.Pattern[str]:
    *thing, action = method.split()
    action_first, thing_first = ("[ _]?" + "[ _]?".join(words) for words in ([action, *thing], [*thing, action]))
    return re.compile(rf"{action_first}|{thing_first}[ _]?\Z", re.I | re.A)


_PATTERNS: Final = {method: _pattern(method) for method in METHODS}


def method_for(event: str, methods: frozenset[str]) -> str | None:
    """The method, out of those that an integration has, that is called for an event; None for the generic `track`."""
    return next((method for method in METHODS if method in methods and _PATTERNS[method].match(event)), None)
