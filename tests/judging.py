"""A judge for logs of any kind, and lines to make such logs of."""

import gzip
import json
import logging
from collections import Counter
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from videospec import Refusal, Sessions, Track, replay
from videospec.settings import DEFAULTS, Settings
from videospec.spec.findings import Finding
from videospec.spec.message import validate_message

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
REASONS = {"too-long", "too-deep", "not-utf8", "not-json", "wrong-field", "unknown-player", "late"}
EPOCH = 1_800_000_000_000
# Of every type and shape, at the edges of what JSON and Unicode can say.
ODD: tuple[Any, ...] = (
    None, True, False, -1, 0, 1.5, -0.5, 5, "", "x", "x" * 3000, "\x00", "\ud800", "é😀", "NaN", "2020-02-30",
    [], {}, [1], [None], [[[]]], ["\ud800"], {"a": 1}, 1e308, -1e308, 1e-320, 2**53, 2**63, 2**64, 10**30,
)  # fmt: skip


class Listener(logging.Handler):
    """Keeps what is logged."""

    def __init__(self) -> None:
        super().__init__()
        self.told: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.told.append(self.format(record))


class Outcome(NamedTuple):
    tracks: list[Track]
    sessions: Sessions
    refused: list[Refusal]

    @property
    def events(self) -> list[str]:
        return [track.event.removeprefix("Video ") for track in self.tracks]


@lru_cache(100_000)
def errors(text: bytes) -> list[Finding]:
    """What is wrong with a message; most runs of one log differ in few of theirs."""
    return [found for found in validate_message(json.loads(text)) if found.severity == "error"]


def judge(lines: list[bytes], settings: Settings = DEFAULTS) -> Outcome:
    """Replays a log and checks all that must hold of any."""
    refused: list[Refusal] = []
    sessions = Sessions(settings, refused=refused.append)
    log, listener = logging.getLogger("videospec"), Listener()
    log.addHandler(listener)
    try:
        tracks = list(replay(lines, sessions=sessions))
    finally:
        log.removeHandler(listener)
    assert not listener.told, listener.told[0]
    assert {refusal.reason for refusal in refused} <= REASONS, refused
    assert Counter(refusal.reason for refusal in refused) == sessions.tally.refused, sessions.tally
    assert sessions.tally.lines == len(lines), sessions.tally
    assert sessions.tally.tracks == len(tracks), sessions.tally
    assert all(refusal.raw == lines[refusal.number - 1] and refusal.text for refusal in refused), refused
    ids, latest = set(), dict.fromkeys({track.session_id for track in tracks}, "")
    for track in tracks:
        message = json.loads(text := track.json())
        assert not errors(text), (errors(text), track)
        assert message["messageId"] not in ids, track
        ids.add(message["messageId"])
        # ISO 8601 with four digits for the year sorts as text
        assert message["timestamp"] >= latest[track.session_id], track
        latest[track.session_id] = message["timestamp"]
    return Outcome(tracks, sessions, refused)


def dump(value: Any) -> bytes:
    return json.dumps(value).encode()


def line(seq: int, type_: str, position: float = 0, **more: Any) -> bytes:
    """A line of an html5 player; `state` holds what is not a key of lines."""
    keys = {key: more.pop(key) for key in ("session", "t", "mono", "player", "src", "data", "ads") if key in more}
    base = {"session": "s", "seq": seq, "t": EPOCH + seq * 250, "player": "html5@1", "src": "media", "type": type_}
    return dump({**base, **keys, "state": {"currentTime": position, "duration": 60, **more}})


def meta(**more: Any) -> bytes:
    return dump({**json.loads(line(0, "session.meta", src="player")), **more})


def viewing(first: bytes | None = None, count: int = 120, **more: Any) -> list[bytes]:
    """Half a minute of a plain viewing."""
    start = [first or meta(), line(1, "play", **more), line(2, "playing", **more)]
    return start + [line(seq, "timeupdate", (seq - 2) / 4, **more) for seq in range(3, count)]


def recorded(name: str) -> list[dict[str, Any]]:
    """A recording with every tenth of its position reports, numbered anew."""
    found = [json.loads(text) for text in gzip.decompress((SAMPLES / f"{name}.jsonl.gz").read_bytes()).splitlines()]
    kept = [value for index, value in enumerate(found) if value["type"] != "timeupdate" or index % 10 == 0]
    return [{**value, "seq": seq} for seq, value in enumerate(kept)]


def changed(values: list[dict[str, Any]], first: dict[str, Any]) -> list[bytes]:
    return [dump({**values[0], **first}), *map(dump, values[1:])]


PLAIN, ADS = recorded("html5/html5_S5"), recorded("hls.js/hlsjs_S7")
