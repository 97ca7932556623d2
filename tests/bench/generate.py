"""A large player log that looks like a busy evening, the same bytes for the same arguments.

    python tests/bench/generate.py --sessions 5000 --lines 1000000 --seed 1 -o FILE

70 % of the sessions are html5, 30 % hls.js with interstitials; native events come in the orders of real recordings,
less those that say nothing. `--lines` is met within a few per cent: a session ends where its viewer stops watching.
"""

import argparse
import heapq
import json
import random
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

Line = tuple[int, str]
Lines = Iterator[Line]

EPOCH = 1_795_000_000_000
OPENING_WINDOW_MS = 30_000
TICK_MS = 250
# A viewer's incidents for each second of play: about one pause in the 45 s that a session lasts at 200 lines.
INCIDENTS = {
    "pause": 0.019, "seek": 0.006, "stall": 0.006, "volume": 0.004, "rate": 0.002, "fullscreen": 0.002, "resize": 0.003,
}  # fmt: skip
PER_SECOND = sum(INCIDENTS.values())
# Sessions with ads last longer than the mean, since the ads are seen too; the two factors keep the mean (70 % : 30 %).
PLAIN_LENGTH, ADS_LENGTH = 0.75, 1.58
TICK_SHARE = 0.87
USER_AGENT = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36"


class Break(NamedTuple):
    """An ad break as the schedule names it."""

    kind: str
    pod: str
    at: int
    ads: tuple[int, ...]  # the seconds of each


class Plan(NamedTuple):
    """What will happen in a session."""

    duration: int
    until: float  # the content position where the viewer stops watching
    breaks: tuple[Break, ...]
    leaves: str  # "end", "pagehide" or "silence"


class Viewing:
    """What one page could write down at this moment; `say` writes it."""

    def __init__(self, session: str, player: str, at: int, **extra: Any) -> None:
        self.head = f'{{"session":"{session}","seq":'
        self.tail = f',"player":"{player}","src":"'
        self.zero = self.t = at
        self.seq = -1
        self.pos: float = 0
        self.rate: float = 1
        self.state: dict[str, Any] = {
            "duration": None, "paused": True, "ended": False, "seeking": False, "volume": 1, "muted": False,
            "playbackRate": 1, "fullscreen": False, "width": 640, "height": 360, **extra,
        }  # fmt: skip

    def say(self, type_: str, src: str = "media", data: Any = None, /, after: int = 0, **changes: Any) -> Line:
        """One line, `after` ms later, once `changes` have come over the state."""
        self.state.update(changes)
        return self._line(src, type_, "{}" if data is None else text(data), after, text(self.state)[1:])

    def ticks(self, until: float) -> Lines:
        """Position reports up to the position `until`, which is reached without one."""
        state = text(self.state)[1:]
        step = self.rate * TICK_MS / 1000
        while self.pos + step < until:
            self.pos = round(self.pos + step, 3)
            yield self._line("media", "timeupdate", "{}", TICK_MS, state)
        self.t += round((until - self.pos) / self.rate * 1000)
        self.pos = round(until, 3)

    def _line(self, src: str, type_: str, data: str, after: int, state: str) -> Line:
        self.seq += 1
        self.t += after
        clocks = f'{self.seq},"t":{self.t},"mono":{self.t - self.zero + 412.3:.1f}'
        said = f'{src}","type":"{type_}","data":{data}'
        return self.t, f'{self.head}{clocks}{self.tail}{said},"state":{{"currentTime":{self.pos},{state}}}\n'


def text(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"))


def plan_of(rng: random.Random, lines: float, ads: bool) -> Plan:
    """A session of about `lines` lines."""
    seconds = lines * TICK_SHARE * TICK_MS / 1000 * rng.uniform(0.5, 1.5) - (9 if ads else 0)
    until = max(4, int(seconds))
    leaves = rng.choices(("end", "pagehide", "silence"), (5, 3, 2))[0]
    duration = until if leaves == "end" else until + rng.randrange(60, 3600)
    if not ads:
        return Plan(duration, until, (), leaves)
    # Half of those who leave go before the mid-roll.
    at = until // 2 if leaves == "end" or rng.random() < 0.5 else until + 30
    breaks: tuple[Break, ...] = (Break("pre-roll", "pre1", 0, (5, 4)), Break("mid-roll", "mid1", at, (6,)))
    if rng.random() < 0.25:
        breaks += (Break("post-roll", "post1", duration, (4,)),)
    return Plan(duration, until, breaks, leaves)


def meta(v: Viewing, number: int, plan: Plan, player: str) -> Line:
    """The first line."""
    v.seq += 1
    show = number % 900
    line: dict[str, Any] = {
        "session": v.head.split('"')[3], "seq": 0, "t": v.t, "player": player, "src": "page", "type": "session.meta",
        "anonymous_id": f"viewer-{number % 40_000}",
        "content": {
            "asset_id": f"show-{show}", "title": f"Show {show}", "program": f"Program {show % 90}", "season": "1",
            "episode": str(show % 10), "genre": "Documentary", "channel": "one", "publisher": "Example",
            "duration": plan.duration, "full_episode": True, "livestream": False,
        },
        "context": {"page": {"url": f"https://video.example/watch/{show}"}, "userAgent": USER_AGENT},
    }  # fmt: skip
    line["ads"] = [
        {
            "asset_id": f"ad-{show % 60 + place}", "title": f"Ad {show % 60 + place}", "publisher": "Example Ads",
            "duration": seconds, "type": pod.kind, "pod_id": pod.pod, "position": place, "at": pod.at,
        }
        for pod in plan.breaks
        for place, seconds in enumerate(pod.ads, 1)
    ]  # fmt: skip
    return v.t, text(line) + "\n"


def incident(v: Viewing, rng: random.Random, until: float) -> Lines:
    """One thing that interrupts the play of content, or changes how it plays."""
    kind = rng.choices(tuple(INCIDENTS), tuple(INCIDENTS.values()))[0]
    if kind == "pause":
        yield v.say("pause", after=120, paused=True)
        yield v.say("play", after=rng.randrange(800, 9000), paused=False)
        yield v.say("playing", after=3)
    elif kind == "seek":
        v.pos = round(min(max(0, v.pos + rng.choice((-10, -5, 5, 10))), max(0, until - 1)), 3)
        yield v.say("seeking", after=90, seeking=True)
        yield v.say("waiting", after=1)
        yield v.say("seeked", after=rng.randrange(8, 700), seeking=False)
        yield v.say("playing", after=1)
    elif kind == "stall":
        yield v.say("waiting", after=60)
        yield v.say("timeupdate", after=200)
        yield v.say("playing", after=rng.randrange(20, 4000))
    elif kind == "volume":
        yield v.say("volumechange", after=70, volume=rng.choice((0.3, 0.5, 1)))
    elif kind == "rate":
        v.rate = rng.choice((1, 1.25, 1.5))
        yield v.say("ratechange", after=30, playbackRate=v.rate)
    elif kind == "fullscreen":
        full = not v.state["fullscreen"]
        yield v.say("fullscreenchange", "page", {"fullscreen": full}, after=40, fullscreen=full)
    elif kind == "resize":
        width, height = rng.choice(((640, 360), (960, 540), (1280, 720)))
        yield v.say("resize", "media", {"w": width, "h": height}, after=50, width=width, height=height)


def watch(v: Viewing, rng: random.Random, until: float) -> Lines:
    """Play content up to the position `until`."""
    while v.pos < until:
        yield from v.ticks(min(until, v.pos + v.rate * rng.expovariate(PER_SECOND)))
        if v.pos < until:
            yield from incident(v, rng, until)


def ending(v: Viewing, plan: Plan, rng: random.Random) -> Lines:
    """How a session without a post-roll is over; those who leave fall silent, or say pagehide first."""
    if plan.leaves == "end":
        yield v.say("pause", paused=True, ended=True)
        yield v.say("ended", after=1)
        if plan.breaks:
            yield v.say("hlsMediaEnded", "player", {"stalled": False}, after=1)
    elif plan.leaves == "pagehide":
        yield v.say("pagehide", "page", {"persisted": False}, after=rng.randrange(10, 200))


def hls_break(v: Viewing, pod: Break, plan: Plan) -> Lines:
    """hls.js announces a break at load, swaps the media, and says nothing of content between."""
    cue = {"pre": pod.kind == "pre-roll", "post": pod.kind == "post-roll", "once": True}
    event = {"event": {"identifier": pod.pod, "cue": cue, "startTime": pod.at, "duration": sum(pod.ads)}}
    back = v.pos
    yield v.say("hlsInterstitialStarted", "player", event, interstitial=pod.pod)
    for place, seconds in enumerate(pod.ads):
        name = f"{pod.pod}-{place + 1}-189324434"
        asset = {"asset": {"identifier": name, "duration": seconds}, "assetListIndex": place, **event}
        yield v.say("hlsInterstitialAssetStarted", "player", asset, after=2, asset=name, ended=False)
        v.pos = 0
        pressed = not v.state["paused"] or place > 0
        yield v.say("emptied", after=20, duration=None, paused=not pressed)
        yield v.say("play", after=1 if pressed else 900, paused=False)
        if pressed:
            yield v.say("waiting")
        yield v.say("playing", after=30, duration=plan.duration)
        yield v.say("durationchange", after=160, duration=seconds)
        yield from v.ticks(seconds)
        yield v.say("pause", paused=True, ended=True)
        yield v.say("ended")
        yield v.say("hlsInterstitialAssetEnded", "player", asset, after=1)
    v.pos = 0
    yield v.say("hlsInterstitialEnded", "player", event, after=8, duration=None, ended=False)
    if pod.kind == "post-roll":
        return
    yield v.say("hlsInterstitialsPrimaryResumed", "player", {"scheduleIndex": 1}, interstitial=None, asset=None)
    yield v.say("emptied", after=4, paused=False)
    yield v.say("play", after=1)
    yield v.say("waiting")
    yield v.say("durationchange", after=9, duration=plan.duration)
    if back:
        v.pos = back
        yield v.say("seeking", after=5, seeking=True)
        yield v.say("seeked", after=30, seeking=False)
    yield v.say("playing", after=1)


def watched(v: Viewing, plan: Plan, rng: random.Random) -> Lines:
    """One viewing, from the load to whatever ends it."""
    if plan.breaks:
        yield v.say("hlsManifestLoading", "player", {"url": "https://cdn.example/master.m3u8"}, after=10)
    yield v.say("loadstart", after=15)
    yield v.say("durationchange", after=60, duration=plan.duration)
    yield v.say("loadedmetadata", after=1)
    yield v.say("canplay", after=40)
    if not plan.breaks:
        yield v.say("play", after=rng.randrange(100, 3000), paused=False)
        yield v.say("playing", after=rng.randrange(4, 900))
    for pod in plan.breaks:
        if pod.at <= plan.until:
            yield from watch(v, rng, pod.at)
            yield from hls_break(v, pod, plan)
    if plan.leaves != "end" or not plan.breaks or plan.breaks[-1].kind != "post-roll":
        yield from watch(v, rng, plan.until)
        yield from ending(v, plan, rng)


def session(number: int, at: int, mean: float, rng: random.Random) -> Lines:
    """One viewing, its metadata first."""
    ads = number % 10 >= 7
    player, length, extra = "html5@1", PLAIN_LENGTH, {}
    if ads:
        player, length, extra = "hls.js@1.7.4", ADS_LENGTH, {"interstitial": None, "asset": None}
    v = Viewing(f"view-{number:07}", player, at, **extra)
    plan = plan_of(rng, mean * length, ads)
    yield meta(v, number, plan, player)
    yield from watched(v, plan, rng)


def log(sessions: int, lines: int, seed: int, live: int, first: int | None = None) -> Iterator[str]:
    """The whole log in the order of time, with up to `live` sessions at once; `first` lines of each, if given.

    Only the live sessions are held. A session starts when another ends, once the opening window is over.
    """
    rng = random.Random(seed)
    at_once = min(live, sessions)

    def start(number: int, at: int) -> tuple[int, int, str, Lines]:
        told = islice(session(number, at, lines / sessions, rng), first)
        return at, number, next(told)[1], told

    running = [start(number, EPOCH + OPENING_WINDOW_MS * number // at_once) for number in range(at_once)]
    started = at_once
    while running:
        t, number, line, told = running[0]
        yield line
        following = next(told, None)
        if following is not None:
            heapq.heapreplace(running, (following[0], number, following[1], told))
        elif started < sessions:
            heapq.heapreplace(running, start(started, t + 40))
            started += 1
        else:
            heapq.heappop(running)


def main() -> int:
    parser = argparse.ArgumentParser(description="Write a large player log; the same arguments give the same bytes.")
    parser.add_argument("--sessions", type=int, default=5000)
    parser.add_argument("--lines", type=int, default=1_000_000, help="about how many, in all")
    parser.add_argument("--live", type=int, default=5000, help="sessions at once")
    parser.add_argument("--first", type=int, help="only the first lines of each session: many open viewings")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("-o", "--output", type=Path, required=True)
    options = parser.parse_args()
    with options.output.open("w", encoding="utf-8", newline="\n") as out:
        out.writelines(log(options.sessions, options.lines, options.seed, options.live, options.first))
    return 0


if __name__ == "__main__":
    sys.exit(main())
