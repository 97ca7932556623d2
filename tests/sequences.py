"""Random player events, and the grammar that whatever is said of them must follow."""

import random
from typing import Any

from videospec import Session, Settings, Track
from videospec.player_events import (
    AdClick,
    AdEnd,
    AdFail,
    AdFrame,
    AdQuartile,
    AdSkip,
    AdSlot,
    AdStart,
    AllAdsDone,
    BreakEnd,
    BreakStart,
    Buffered,
    Buffering,
    Content,
    Cut,
    Dispose,
    Ended,
    Fault,
    Jump,
    Leave,
    LiveSign,
    Load,
    Named,
    Pause,
    Play,
    PlayerEvent,
    Playing,
    QualityShown,
    Renditions,
    Report,
    SeekEnd,
    SeekStart,
    Snapshot,
)

# Kinds with how often they come; None is a position report.
WEIGHTS: list[tuple[Any, int]] = [
    (None, 40), (Play, 8), (Playing, 12), (Pause, 6), (SeekStart, 6), (SeekEnd, 6), (Buffering, 6), (Buffered, 3),
    (Ended, 4), (Load, 3), (Report, 3), (BreakStart, 3), (BreakEnd, 3), (AdStart, 4), (AdFrame, 3), (AdEnd, 4),
    (AdSkip, 1), (AdFail, 1), (AdClick, 1), (AdQuartile, 1), (AllAdsDone, 1), (QualityShown, 2), (Renditions, 1),
    (LiveSign, 1), (Named, 1), (Jump, 1), (Fault, 1), (Cut, 1), (Leave, 1), (Dispose, 1),
]  # fmt: skip
STEPS_MS = [0, 1, 20, 100, 240, 260, 900, 1100, 2500, 9000, 31_000, 400_000, 2_000_000]
STEP_WEIGHTS = [4, 4, 10, 10, 30, 10, 6, 6, 6, 3, 2, 1, 1]
CONTENTS = [
    Content(asset_id="show-1", title="One", livestream=False, duration=60.0, source_url="https://video.example/1.m3u8"),
    Content(asset_id="show-2", title="Two", duration=30.0, source_url="https://video.example/2.m3u8"),
]
SLOTS = [
    AdSlot("ad-1", "Cola", None, 8.0, "pre-roll", "pre", 1, 0.0),
    AdSlot("ad-2", "Shoes", None, 6.0, "pre-roll", "pre", 2, 0.0),
    AdSlot("ad-3", "Cars", None, 7.0, "mid-roll", "mid", 1, 20.0),
    AdSlot("ad-4", "Tea", None, 5.0, "post-roll", "post", 1, -1.0),
]

Said = tuple[float, PlayerEvent | Snapshot]


def sequence(rng: random.Random, length: int) -> list[Said]:
    """A run of events and position reports: each with its instant. Positions wander, mostly as a player's would."""
    at, position = 1_795_000_000_000.0, 0.0
    said: list[Said] = []
    if rng.random() < 0.7:
        contents = CONTENTS[: rng.randint(1, 2)]
        said.append((at, Named(at, Snapshot(), anonymous_id="v", contents=contents, ads=rng.choice([None, SLOTS]))))
    kinds, weights = zip(*WEIGHTS, strict=True)
    for kind in rng.choices(kinds, weights, k=length):
        step = rng.choices(STEPS_MS, STEP_WEIGHTS)[0]
        at += step
        position = rng.choices([position + step / 1000, position, rng.uniform(0, 70), 0.0], [80, 10, 8, 2])[0]
        seen = Snapshot(
            position=rng.choices([position, None, -1.0], [95, 4, 1])[0],
            duration=rng.choices([60.0, 30.0, None, 0.0, 8.0], [60, 10, 20, 5, 5])[0],
            ended=rng.random() < 0.02,
            seeking=rng.random() < 0.05,
            volume=rng.random(),
            muted=rng.random() < 0.1,
            rate=rng.choice([1, 1, 1, 1.5, 0]),
            height=rng.choice([360, 360, 540, None]),
        )
        said.append((at, seen if kind is None else _event(kind, at, seen, rng)))
    return said


def _event(kind: Any, at: float, seen: Snapshot, rng: random.Random) -> PlayerEvent:
    extras: dict[Any, dict[str, Any]] = {
        Load: {"source": rng.choice([None, "https://video.example/1.m3u8", "https://video.example/2.m3u8", "x"])},
        BreakStart: {"pod_id": rng.choice([None, "pre", "mid", "b3"]), "offset": rng.choice([None, 0.0, 20.0, -1.0])},
        AdStart: {"asset_id": rng.choice([None, "ad-1", "ad-3", "z"]), "duration": rng.choice([None, 8.0])},
        AdQuartile: {"quartile": rng.randint(1, 3)},
        Fault: {"code": rng.choice([None, 2, "fragLoadError"])},
        Cut: {"method": "network loss"},
        QualityShown: {"height": rng.choice([None, 360, 540]), "bitrate": rng.choice([None, 7e5])},
        Renditions: {"offered": [(360, 7e5, None), (540, 1.5e6, 25.0)]},
        LiveSign: {"live": rng.random() < 0.5},
        Named: {"contents": rng.choice([None, CONTENTS[:1]]), "ads": rng.choice([None, SLOTS[:1]])},
    }
    event: PlayerEvent = kind(at, seen, **extras.get(kind, {}))
    return event


def tell(
    said: list[Said], settings: Settings | None = None, *, twice: bool = False, ticks: bool = False
) -> list[Track]:
    """All that is said of a sequence, over as many viewings as it makes; the log stops after it."""
    session = Session(base="s", settings=settings or Settings())
    tracks: list[Track] = []
    for at, what in said:
        if ticks:
            for part in (0.3, 0.7, 1.0):
                tracks += session.tick(session.last_at + (at - session.last_at) * part)
        for _ in range(2 if twice else 1):
            session, told = _hear(session, at, what)
            tracks += told
    return tracks + session.close()


def _hear(session: Session, at: float, what: PlayerEvent | Snapshot) -> tuple[Session, list[Track]]:
    told = session.progress(at, what) if isinstance(what, Snapshot) else session.feed(what)
    asks = isinstance(what, Play)
    if session.over and (session.goes_on or asks):
        looped = isinstance(what, SeekStart)
        session = session.successor()
        if isinstance(what, Snapshot):
            return session, told + session.progress(at, what)
        return session, told + session.feed(Play(at, what.seen) if looped else what)
    return session, told


OVER = {"Video Playback Completed", "Video Playback Exited"}
PLAYBACK_POSITION = "Video Playback"


def broken_grammar(tracks: list[Track]) -> str | None:
    """What is wrong with the order of one session's tracks, or None."""
    open_ = {"seek": False, "buffer": False, "ad": False, "content": False}
    paused = over = cut = False
    if tracks and tracks[0].event != "Video Playback Started":
        return f"begins with {tracks[0].event}"
    for index, track in enumerate(tracks):
        event = track.event
        if over:
            return f"{event} after the end"
        if index and track.timestamp < tracks[index - 1].timestamp:
            return f"{event} goes back in time"
        if index and event == "Video Playback Started":
            return "started twice"
        fault = _step(event, track, open_, paused=paused, cut=cut)
        if fault:
            return fault
        paused = {"Video Playback Paused": True, "Video Playback Resumed": False}.get(event, paused)
        cut = {"Video Playback Interrupted": True, "Video Playback Resumed": False}.get(event, cut)
        over = event in OVER
    return None


def _step(event: str, track: Track, open_: dict[str, bool], *, paused: bool, cut: bool) -> str | None:
    brackets = {
        "Video Playback Seek Started": ("seek", True),
        "Video Playback Seek Completed": ("seek", False),
        "Video Playback Buffer Started": ("buffer", True),
        "Video Playback Buffer Completed": ("buffer", False),
        "Video Content Started": ("content", True),
        "Video Content Completed": ("content", False),
        "Video Ad Started": ("ad", True),
        "Video Ad Completed": ("ad", False),
        "Video Ad Skipped": ("ad", False),
    }
    if event in brackets:
        name, opens = brackets[event]
        if name == "ad" and opens and open_["ad"]:
            # an ad that failed has no last word; the next one shows that it is gone
            open_["ad"] = False
        if name == "content" and opens:
            open_["ad"] = False
        if open_[name] == opens:
            return f"{event} twice"
        open_[name] = opens
        if open_["ad"] and open_["content"]:
            return f"{event}: content and ad are open together"
    if event in ("Video Content Playing", "Video Ad Playing", "Video Ad Clicked"):
        which = "content" if event.startswith("Video Content") else "ad"
        if not open_[which]:
            return f"{event} while it is not open"
        if (paused or cut) and event == "Video Content Playing":
            return f"{event} while paused or interrupted"
    if event == "Video Playback Paused" and paused:
        return "paused twice"
    if event == "Video Playback Interrupted" and cut:
        return "interrupted twice"
    if event == "Video Playback Resumed" and not (paused or cut):
        return "resumed without a pause"
    if track.properties.get("position", 0) < 0:
        return f"{event}: negative position"
    return None


def by_session(tracks: list[Track]) -> dict[str, list[Track]]:
    """Tracks by viewing, in the order in which they left."""
    sessions: dict[str, list[Track]] = {}
    for track in tracks:
        sessions.setdefault(track.session_id, []).append(track)
    return sessions
