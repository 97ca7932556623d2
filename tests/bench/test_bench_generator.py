"""The benchmark's own parts: a ratio is worth no more than the log and the arithmetic behind it."""

import importlib.util
import json
from collections import Counter
from itertools import groupby, pairwise
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from videospec import Sessions
from videospec.capture import read_line
from videospec.metadata import read_meta


def script(name: str) -> ModuleType:
    """A script of this folder; they are no package, so that they run by their path."""
    path = Path(__file__).with_name(f"{name}.py")
    spec = importlib.util.spec_from_file_location(f"bench_{name}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


generate, floor, run = script("generate"), script("floor"), script("run")
SESSIONS, LINES = 60, 12_000


@pytest.fixture(scope="module")
def log() -> list[str]:
    return list(generate.log(SESSIONS, LINES, 1, SESSIONS))


@pytest.fixture(scope="module")
def told(log: list[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in log]


def test_the_same_arguments_give_the_same_lines(log: list[str]) -> None:
    assert list(generate.log(SESSIONS, LINES, 1, SESSIONS)) == log
    assert list(generate.log(SESSIONS, LINES, 2, SESSIONS)) != log


def test_there_are_about_as_many_lines_as_asked_for(log: list[str]) -> None:
    assert abs(len(log) - LINES) < LINES * 0.1


def test_every_line_is_in_the_capture_format(log: list[str]) -> None:
    for text in log:
        assert text.endswith("}\n")
        assert text.count("\n") == 1
        line = read_line(text.encode())
        if line.type == "session.meta":
            named, refused = read_meta(text.encode(), line.t)
            assert not refused
            assert named.anonymous_id
            assert named.contents
            assert named.contents[0].duration
        else:
            assert line.mono is not None
            assert line.state is not None


def test_a_replay_knows_every_line(log: list[str]) -> None:
    # A line that is refused or unknown costs next to nothing, and a benchmark of those would flatter.
    sessions = Sessions()
    tracks = sum(len(sessions.take(line.encode())) for line in log) + sum(1 for _ in sessions.close())
    assert not sessions.tally.refused
    assert not sessions.tally.unknown
    assert tracks > len(log) // 20


def test_the_picture_stays_within_its_length(told: list[dict[str, Any]]) -> None:
    for line in told:
        state = line.get("state", {"currentTime": 0, "duration": None})
        assert 0 <= state["currentTime"] <= (state["duration"] or 0)


def test_each_session_begins_with_its_metadata_and_counts_its_lines(told: list[dict[str, Any]]) -> None:
    next_seq: Counter[str] = Counter()
    for line in told:
        assert line["seq"] == next_seq[line["session"]]
        assert (line["type"] == "session.meta") == (line["seq"] == 0)
        next_seq[line["session"]] += 1
    assert len(next_seq) == SESSIONS


def test_a_third_of_the_sessions_or_nearly_has_ads(told: list[dict[str, Any]]) -> None:
    metas = [line for line in told if line["type"] == "session.meta"]
    with_ads = [line for line in metas if line["ads"]]
    assert len(with_ads) == SESSIONS * 3 // 10
    assert {line["player"] for line in with_ads} == {"hls.js@1.7.4"}
    for line in with_ads:
        assert [ad["type"] for ad in line["ads"]][:3] == ["pre-roll", "pre-roll", "mid-roll"]


def test_the_share_of_position_reports_is_that_of_real_logs(told: list[dict[str, Any]]) -> None:
    ticks = sum(line["src"] == "media" and line["type"] == "timeupdate" for line in told)
    assert 0.85 < ticks / len(told) < 0.90


def test_the_mean_size_is_that_of_real_lines(log: list[str]) -> None:
    assert 300 < sum(map(len, log)) / len(log) < 340


def test_incidents_are_all_there(told: list[dict[str, Any]]) -> None:
    kinds = Counter(line["type"] for line in told)
    viewers_pauses = sum(line["type"] == "pause" and not line["state"]["ended"] for line in told)
    assert SESSIONS // 2 < viewers_pauses < SESSIONS * 2
    for kind in ("seeked", "waiting", "volumechange", "ratechange", "resize", "fullscreenchange", "ended", "pagehide"):
        assert kinds[kind], kind


def test_lines_are_in_the_order_of_time_and_sessions_interleave(told: list[dict[str, Any]]) -> None:
    times = [line["t"] for line in told]
    assert times == sorted(times)
    turns = sum(one["session"] != other["session"] for one, other in pairwise(told))
    assert turns > len(told) * 0.5


def test_no_more_sessions_than_asked_for_are_live_at_once() -> None:
    lines = [json.loads(line) for line in generate.log(SESSIONS, LINES, 1, 7)]
    last = {line["session"]: number for number, line in enumerate(lines)}
    live: set[str] = set()
    most = 0
    for number, line in enumerate(lines):
        live.add(line["session"])
        most = max(most, len(live))
        if last[line["session"]] == number:
            live.discard(line["session"])
    assert most == 7


def test_only_the_first_lines_if_asked_for() -> None:
    lines = [json.loads(line) for line in generate.log(SESSIONS, LINES, 1, SESSIONS, 12)]
    assert set(Counter(line["session"] for line in lines).values()) == {12}


@pytest.mark.parametrize("messages", [0, 1, 7, 100, 250])
def test_the_floor_reads_every_line_and_writes_every_message(tmp_path: Path, messages: int) -> None:
    source, sink = tmp_path / "log.jsonl", tmp_path / "out.jsonl"
    source.write_text('{"a":1}\n' * 100, encoding="utf-8")
    written = floor.floor(source, 100, messages, {"event": "x"}, sink)
    assert sink.read_text(encoding="utf-8") == '{"event":"x"}\n' * messages
    assert written == sink.stat().st_size
    source.write_text('{"a":1}\n' * 99 + "not JSON\n", encoding="utf-8")
    with pytest.raises(ValueError, match="invalid literal"):
        floor.floor(source, 100, messages, {"event": "x"}, sink)


def test_the_floor_spreads_its_messages_evenly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done = []

    def loads(line: bytes) -> None:
        done.append("line")

    def dumps(message: object, option: int) -> bytes:
        done.append("message")
        return b""

    source = tmp_path / "log.jsonl"
    source.write_bytes(b"{}\n" * 100)
    monkeypatch.setattr(floor, "orjson", SimpleNamespace(loads=loads, dumps=dumps, OPT_APPEND_NEWLINE=0))
    floor.floor(source, 100, 8, {}, tmp_path / "out.jsonl")
    runs = [len(list(group)) for kind, group in groupby(done) if kind == "line"]
    assert runs == [12, 13, 12, 13, 12, 13, 12, 13]


def test_ratios_are_of_neighbours() -> None:
    # Of the medians it would be 4 / 2; a slow hour that fell on both of a pair must not count.
    assert run.paired([3, 40, 4], [1, 20, 2]) == (2, 2, 3)
    with pytest.raises(ValueError, match="zip"):
        run.paired([1, 2], [1])


def test_the_spread_is_the_median_and_both_ends() -> None:
    assert run.spread([5, 1, 2, 9]) == (3.5, 1, 9)


def test_the_typical_line_is_the_one_nearest_the_mean(tmp_path: Path) -> None:
    path = tmp_path / "tracks.jsonl"
    path.write_bytes(b"1\n" + b"55555\n" + b"999999999\n")
    shape = run.shape(path)
    assert shape[:2] == (3, 18)
    assert shape.typical == b"55555\n"


def test_the_tables_say_what_was_measured() -> None:
    round_ = {"user": 3.0, "system": 0.1, "wall": 3.2, "rss": 40.0}
    result = {
        "machine": "a machine",
        "lines": 1000,
        "bytes_per_line": 320,
        "sessions": 5,
        "live": 5,
        "messages": 100,
        "bytes_per_message": 600,
        "rounds": 2,
        "costs": {
            "replay": [round_, round_ | {"user": 4.5}],
            "floor": [round_ | {"user": 2.0}, round_ | {"user": 3.0}],
            "start-up": [round_, round_],
        },
        "ratios": {"floor": run.paired([3, 4.5], [2, 3])._asdict(), "a peer": run.paired([3, 4.5], [6, 9])._asdict()},
        "memory": {"sessions": 20, "bytes": None},
        "track": {"us": 12.34, "silent_line_us": 1.5},
        "runner_rss": 15,
    }
    text = run.tables(result)
    assert "| replay | 3.75 (3.00–4.50) |" in text
    assert "replay / floor, user CPU, paired: 1.50** (1.50–1.50)" in text
    assert "replay / a peer, user CPU, paired: 0.50** (0.50–0.50)" in text
    assert "not known here" in text
    assert "12.3 µs" in text
