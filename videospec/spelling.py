"""When two names are one: how players and destinations are looked up."""

import re


def fold(name: str) -> str:
    """A name without what does not matter in it: `Shaka-Player`, `shaka_player` and `shakaplayer` are one."""
    return re.sub(r"[\s._-]", "", name.lower())
