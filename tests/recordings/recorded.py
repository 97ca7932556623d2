"""The recordings in samples/, and what their truth files say that the viewer did."""

import gzip
import json
from pathlib import Path
from typing import Any

from attrs import frozen

from videospec import Sessions, Settings, Track, replay

SAMPLES = Path(__file__).parents[2] / "samples"
LOGS = sorted(SAMPLES.glob("*/*.jsonl.gz"))
NAMES = [path.name.removesuffix(".jsonl.gz") for path in LOGS]
# Two presses closer than this are one scrub (reading seek_settle, and the time that a seek takes).
SCRUB_MS = 1500
# How long the content of the loop is.
LOOP_MS = 16_000


def log_of(name: str) -> Path:
    """A recording by its name."""
    return next(path for path in LOGS if path.name == f"{name}.jsonl.gz")


def lines_of(path: Path) -> list[bytes]:
    """The lines of a recording."""
    return gzip.decompress(path.read_bytes()).splitlines()


def tracks_of(path: Path, settings: Settings | None = None) -> list[Track]:
    """What we say of a recording. Fails where a line is refused."""
    sessions = Sessions(settings or Settings())
    tracks = list(replay(lines_of(path), sessions=sessions))
    assert not sessions.tally.refused
    assert not sessions.tally.unknown
    return tracks


@frozen
class Truth:
    """What the viewer did, in ms of the page's clock."""

    paused: list[int]
    resumed: list[int]
    seeks: list[tuple[int, float | None]]
    """When the first press was, and where the last one went (s); None is the live edge."""
    frozen: list[int]
    """When the picture was seen to stand; up to 0.8 s late (polled, and 0.4 s of standing still)."""
    skips: list[int]
    left: list[int]
    ended: list[int]
    loads: int
    """How often another content was loaded."""
    started: list[int]
    """When a viewing began: the first press, each replay, each time that a loop went round."""


def truth_of(path: Path) -> Truth:
    """Reads the truth file beside a recording."""
    viewer: list[dict[str, Any]] = json.loads(
        (path.parent / path.name.replace(".jsonl.gz", ".truth.json")).read_text()
    )["viewer"]
    at = {name: [step["t"] for step in viewer if step["action"] == name] for name in {s["action"] for s in viewer}}
    plays = at.get("play", [])
    seeks: list[tuple[int, float | None]] = []
    last = None
    for step in viewer:
        if step["action"] in ("seek", "edgeButton"):
            target = step.get("args", [None])[0]
            if last is not None and step["t"] - last < SCRUB_MS:
                seeks[-1] = (seeks[-1][0], target)
            else:
                seeks.append((step["t"], target))
            last = step["t"]
        elif not step["action"].startswith(("observed", "server")):
            last = None
    started = [plays[0], *at.get("replay", [])]
    if "loop" in at:
        # nobody watched the wraps, but they come as often as the content is long
        started += range(plays[0] + LOOP_MS, at["pause"][0], LOOP_MS)
    return Truth(
        # an ad's landing page opens in another window, and the ad pauses
        paused=sorted(at.get("pause", []) + at.get("ad.click", [])),
        resumed=plays[1:],
        seeks=seeks,
        frozen=at.get("observed.frozen", []),
        skips=at.get("skipAd", []) + at.get("ad.skip.click", []),
        # the page goes, or takes its player down
        left=at.get("navigate.away", []) + at.get("unload", []) + at.get("destroy", []),
        ended=at.get("observed.ended", []),
        loads=len(at.get("loadNext", [])),
        started=started,
    )


def sizes_shown(path: Path) -> int:
    """How often the picture's size changed while content played, by the log alone: the element's own `resize`, or another
    size when it plays what it loaded. What it loads and does not play is no picture of the content."""
    shown: int | None = None
    playing = False
    changes = 0
    for raw in lines_of(path):
        line = json.loads(raw)
        state = line.get("state") or {}
        height = state.get("height")
        if line["src"] != "media":
            continue
        if line["type"] == "emptied" and state.get("paused"):
            playing = False
        begins = line["type"] == "playing" and not playing
        if height and (begins or (line["type"] == "resize" and playing)):
            changes += shown is not None and height != shown
            shown, playing = height, True
    return changes
