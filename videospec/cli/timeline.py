"""The story of a session as text: the player on the left, us on the right. A `.scenario` golden is the same text."""

import re
from collections.abc import Iterable, Iterator
from itertools import zip_longest
from typing import Any, Final

from attrs import define, field

from videospec.cli.writing import printable
from videospec.player_events import Snapshot
from videospec.session import Session
from videospec.tracks import Track, iso

_NUMBER: Final = re.compile(r"~\d+$")
# What a player says all the time without news for a reader.
_QUIET: Final = frozenset({"report", "renditions", "live", "load", "emptied", "quality", "named"})
_COLOURS: Final = {"Playback": "36", "Content": "32", "Ad": "35", "Quality": "33"}
# So many columns have room for most lines; where there are fewer, the player's side gives up some.
_ROOMY: Final = 110
_LOUD: Final = frozenset({"Video Playback Interrupted", "Video Playback Exited"})


@define
class Story:
    """Collects what is heard and said, by session of the log. `width` is the columns of a terminal; 0 is as many as it
    takes."""

    colour: bool = False
    width: int = 0
    natives: dict[str, list[tuple[float, str]]] = field(factory=dict)
    tracks: dict[str, list[Track]] = field(factory=dict)
    players: dict[str, str] = field(factory=dict)

    def heard(self, session: Session, at: float, src: str, type_: str, seen: Snapshot, kinds: list[str]) -> None:
        """Takes a native event that said something."""
        if all(kind in _QUIET for kind in kinds):
            return
        position = "" if seen.position is None else f" {seen.position:.2f}"
        self.players[session.base] = session.player
        self.natives.setdefault(session.base, []).append((at, f"{type_}{position}"))

    def said(self, track: Track) -> None:
        """Takes a track."""
        self.tracks.setdefault(_NUMBER.sub("", track.session_id), []).append(track)

    def begun(self) -> list[str]:
        """The sessions that have a story."""
        return list(dict.fromkeys([*self.natives, *self.tracks]))

    def tell(self, base: str) -> Iterator[str]:
        """The lines of one session's story, and forgets it."""
        colour = self.colour
        natives, tracks = self.natives.pop(base, []), self.tracks.pop(base, [])
        instants: dict[int, tuple[list[str], list[Track]]] = {}
        for at, text in natives:
            instants.setdefault(int(at), ([], []))[0].append(text)
        for track in tracks:
            instants.setdefault(track.at, ([], []))[1].append(track)
        begin = min(instants)
        title = printable(f"{base} · {self.players.pop(base, 'unknown')} · {iso(begin)}")
        yield _paint(title, "1", colour=colour)
        session = base
        for at in sorted(instants):
            for said, heard in zip_longest(instants[at][1], instants[at][0]):
                if said is not None and said.session_id != session:
                    session = said.session_id
                    yield _paint(printable(session), "1", colour=colour)
                yield _line((at - begin) / 1000, heard or "", said, colour=colour, width=self.width)


def _line(seconds: float, heard: str, said: Track | None, *, colour: bool, width: int) -> str:
    room = 38 if not width or width >= _ROOMY else 24
    left = f"{seconds:9.3f}  {_cut(printable(heard), room - 1):{room}}"
    if said is None:
        return _paint(left.rstrip(), "2", colour=colour)
    code = "31" if said.event in _LOUD else _COLOURS.get(said.event.split()[1], "0")
    right = printable(f"{said.event:32} {' · '.join(_details(said))}".rstrip())
    if width:
        right = _cut(right, max(width - len(left), 1))
    return _paint(left, "2", colour=colour) + _paint(right, code, colour=colour)


def _details(track: Track) -> Iterable[str]:
    properties: dict[str, Any] = track.properties
    if "position" in properties:
        length = properties.get("total_length", "?")
        yield f"{properties['position']}" + (" live" if length is None else f" of {length} s")
    if "seek_position" in properties:
        yield f"to {properties['seek_position']} s"
    if "method" in properties:
        yield str(properties["method"])
    if "pod_position" in properties:
        yield f"{properties.get('title', properties.get('asset_id'))}"
        yield f"{properties.get('type')} {properties['pod_position']} of {properties.get('pod_length', '?')}"
    elif "asset_id" in properties:
        yield f"{properties.get('title', properties['asset_id'])}"
        yield str(properties.get("pod_id"))
    if "quartile" in properties:
        yield f"quartile {properties['quartile']}"
    if "ad_asset_id" in properties and isinstance(properties["ad_asset_id"], str):
        yield f"in ad {properties['ad_asset_id']}"
    if track.event == "Video Quality Updated" and "bitrate" in properties:
        yield f"{properties['bitrate']} kbps"


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _paint(text: str, code: str, *, colour: bool) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if colour and text else text
