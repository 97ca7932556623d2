"""Times and floods: no exception, no invalid track, no unbounded memory, whatever the clocks say and however much comes."""

import json
import tracemalloc
from collections.abc import Callable, Iterable
from typing import Any

import pytest
from judging import EPOCH, dump, judge, line, meta, viewing

from videospec import Sessions, replay

MANY = 100_000
MOST_ADS = 1000  # of a schedule
HOUR_MS = 3_600_000
YEAR_9999 = 253_402_300_799_999
TICKS = viewing()
Lines = list[bytes]


def retimed(change: Callable[[int, dict[str, Any]], dict[str, Any]]) -> Lines:
    """The plain viewing with keys of each line changed, by its number."""
    return [dump({**value, **change(seq, value)}) for seq, value in enumerate(map(json.loads, TICKS))]


def replaced(**state: Any) -> Lines:
    return [dump({**value, "state": {**value["state"], **state}}) for value in map(json.loads, TICKS)]


def as_it_was(log: Lines, **tally: int) -> None:
    """The log says what the plain viewing says."""
    outcome = judge(log)
    assert outcome.events == judge(TICKS).events
    assert {name: getattr(outcome.sessions.tally, name) for name in tally} == tally
    assert not outcome.sessions.tally.refused


# -- time and order ----------------------------------------------------------------------------------------------------

SAME: dict[str, tuple[Lines, dict[str, int]]] = {
    "each line twice": ([raw for raw in TICKS for _ in "ab"], {"duplicates": len(TICKS)}),
    "the whole log twice": (TICKS * 2, {"duplicates": len(TICKS)}),
    "a number missing": (TICKS[:50] + TICKS[51:], {"duplicates": 0}),
    "numbers far apart": (retimed(lambda seq, _: {"seq": seq * 10**12}), {"duplicates": 0}),
    "pairs the wrong way round": ([TICKS[i ^ 1] for i in range(len(TICKS))], {"duplicates": 0}),
    "a clock that jumps back by a day, and on": (
        retimed(lambda seq, value: {"mono": seq * 250, "t": value["t"] - 24 * HOUR_MS * (40 < seq < 80)}),
        {},
    ),
    "a mono that starts again": (retimed(lambda seq, _: {"mono": seq * 250 if seq < 60 else (seq - 60) * 250 + 1}), {}),
    "a mono on every other line": (retimed(lambda seq, _: {"mono": seq * 250.5 if seq % 2 else None}), {}),
}


@pytest.mark.parametrize("name", SAME)
def test_what_changes_nothing(name: str) -> None:
    log, tally = SAME[name]
    as_it_was(log, **tally)


def test_late_lines_are_kept_out_and_counted() -> None:
    late = [*TICKS[:20], *TICKS[23:], *TICKS[20:23]]
    outcome = judge(late)
    assert outcome.sessions.tally.refused == {"late": 3}
    assert [refusal.number for refusal in outcome.refused] == [len(late) - 2, len(late) - 1, len(late)]
    assert "--order any" in outcome.refused[0].text


@pytest.mark.parametrize("position", [-1, -1e308, 1e308, 2**63, 1e9])
def test_a_position_that_is_none(position: float) -> None:
    judge([*TICKS[:60], *(line(seq, "timeupdate", position) for seq in range(60, 120))])
    judge(replaced(currentTime=position))


@pytest.mark.parametrize("duration", [0, -1, 1e308, -1e308, 2**64, None])
def test_a_length_that_is_none(duration: float | None) -> None:
    outcome = judge(replaced(duration=duration))
    assert len(outcome.tracks) == len(judge(TICKS).tracks)
    assert not [track for track in outcome.tracks if "total_length" in track.properties]


def test_a_gap_of_ten_hours_ends_a_session() -> None:
    later = [line(seq, "timeupdate", seq / 4, t=EPOCH + 10 * HOUR_MS + seq * 250) for seq in range(120, 180)]
    outcome = judge([*TICKS, *later])
    assert {track.session_id for track in outcome.tracks} == {"s", "s~2"}
    assert outcome.events.count("Playback Interrupted") == 2
    assert len(outcome.tracks) < 20


CLOCKS: dict[str, Callable[[int, dict[str, Any]], dict[str, Any]]] = {
    "it stands": lambda seq, _: {"t": EPOCH},
    "it runs back": lambda seq, _: {"t": EPOCH - seq * 250},
    "it swings": lambda seq, _: {"t": EPOCH + (-1) ** seq * seq * HOUR_MS},
    "it is at zero": lambda seq, _: {"t": 0},
    "it starts at zero": lambda seq, _: {"t": 0 if seq < 3 else EPOCH + seq},
    "the last millisecond": lambda seq, _: {"t": YEAR_9999},
    "mono beyond the last": lambda seq, _: {"t": YEAR_9999, "mono": seq * 250},
    "mono without end": lambda seq, _: {"mono": 0 if seq < 60 else 1e308},
    "mono to minus infinity": lambda seq, _: {"mono": 0 if seq < 60 else -1e308},
    "mono of many digits": lambda seq, _: {"mono": 2**63 + seq * 250},
}


@pytest.mark.parametrize("name", CLOCKS)
def test_a_clock_that_is_none(name: str) -> None:
    judge(retimed(CLOCKS[name]))


# -- floods ------------------------------------------------------------------------------------------------------------


def interstitial(seq: int, word: str, number: int) -> bytes:
    event = {"identifier": f"break-{number}", "cue": {}, "startTime": 1, "assetList": [{}]}
    data = {"event": event, "asset": {"identifier": f"ad-{number}", "duration": 1}, "assetListIndex": 0}
    return line(seq, f"hlsInterstitial{word}", 1, src="player", player="hls.js@1", data=data)


@pytest.mark.parametrize(
    ("ads", "of_one"),
    [(MANY, {}), (30_000, {"at": 5, "duration": 1}), (15_000, {"type": "mid-roll", "duration": 3, "at": 7})],
)
def test_a_schedule_of_very_many_ads(ads: int, of_one: dict[str, Any]) -> None:
    schedule = [{**of_one, "pod_id": number} if "type" in of_one else of_one for number in range(ads)]
    outcome = judge(viewing(meta(ads=schedule)))
    assert outcome.sessions.tally.refused == {"too-long": 1}
    assert outcome.events[:2] == ["Playback Started", "Content Started"]


def test_a_list_of_very_many_contents() -> None:
    assert (
        judge(viewing(meta(contents=[{"asset_id": number} for number in range(40_000)]))).events[1] == "Content Started"
    )


def test_very_many_ads_announced() -> None:
    announced = [interstitial(120 + number, "AssetStarted", number) for number in range(MANY)]
    start = [raw.replace(b"html5@1", b"hls.js@1") for raw in TICKS]
    outcome = judge([*start, *announced])
    assert "Ad Started" not in outcome.events
    assert outcome.events[-1] == "Playback Interrupted"


def test_very_many_ads_seen_of_a_long_schedule() -> None:
    log = [
        raw.replace(b"html5@1", b"hls.js@1")
        for raw in viewing(meta(ads=[{"pod_id": f"break-{n}", "duration": 1} for n in range(4000)]))
    ]
    for number in range(4000):
        seq = len(log)
        log += [interstitial(seq, "Started", number), interstitial(seq + 1, "AssetStarted", number)]
        log += [line(seq + 2, "playing", 0, player="hls.js@1"), interstitial(seq + 3, "Ended", number)]
    assert judge(log).events.count("Ad Started") == 4000


def test_very_many_sessions_of_one_line() -> None:
    outcome = judge([line(0, "play", session=f"s{number}", t=EPOCH + number) for number in range(3000)])
    assert outcome.sessions.tally.sessions == 3000
    assert not outcome.sessions.slots


def test_very_many_unknown_natives() -> None:
    outcome = judge([line(number, f"news-{number}") for number in range(MANY)])
    assert not outcome.refused
    assert len(outcome.sessions.tally.unknown) == 10_000


def peak(log: Iterable[bytes]) -> float:
    """The most megabytes in use while a log is replayed and its tracks thrown away."""
    sessions = Sessions()
    tracemalloc.start()
    try:
        for _ in replay(log, sessions=sessions):
            pass
        return tracemalloc.get_traced_memory()[1] / 1e6
    finally:
        tracemalloc.stop()


LARGE = "x" * 10**6
FLOODS: dict[str, tuple[Callable[[int], bytes], int, float]] = {
    "unknown natives of many names": (lambda n: line(n, f"news-{n}-{'x' * 150}"), 25_000, 6),
    "sessions of one line, a minute apart": (
        lambda n: line(0, "play", session=f"s{n}", t=EPOCH + n * 60_000),
        4000,
        3,
    ),
    "large lines behind one that is missing": (lambda n: line(n + 1, "timeupdate", t=EPOCH, data=LARGE), 64, 24),
    "large lines with gaps": (lambda n: line(2 * n, "timeupdate", t=EPOCH, data=LARGE), 64, 24),
    "large payloads": (lambda n: line(n, "play", data=LARGE), 64, 8),
    "refused lines": (lambda n: LARGE.encode(), 64, 8),
    "unknown players": (lambda n: line(0, "play", session=f"s{n}", player=f"p{n}"), 10_000, 4),
}


@pytest.mark.parametrize("name", FLOODS)
def test_memory_is_bounded(name: str) -> None:
    make, count, most = FLOODS[name]
    judge([make(0)])  # what is loaded once is no flood
    assert peak(map(make, range(count))) < most
