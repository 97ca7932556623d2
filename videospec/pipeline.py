"""The order of the rooms, written once: lines in, tracks out."""

from collections.abc import Iterable, Iterator

from videospec.sessions import Sessions
from videospec.settings import DEFAULTS, Settings
from videospec.tracks import Track


def replay(
    lines: Iterable[bytes], settings: Settings = DEFAULTS, *, sessions: Sessions | None = None
) -> Iterator[Track]:
    """Reads a player log and yields its Video Spec tracks: the same lines, the same tracks, with the same ids.

    Args:
        lines: capture-format lines (docs/reference/capture-format.md), of any number of sessions, mixed. settings:
        readings and numbers. sessions: give one to keep hold of its `tally`, to hear of refusals, or to go on from
        snapshots; its own settings
            then apply.

    Memory is by live session. Lines that cannot be used are counted in `sessions.tally` and told to `sessions.refused`;
    nothing in a line raises.
    """
    many = Sessions(settings) if sessions is None else sessions
    for tracks in many.run(lines):
        yield from tracks
    yield from many.close()
