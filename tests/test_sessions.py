"""Many sessions in one log: mixed, shuffled, late, silent, saved and taken up again."""

import json
import random
import sys
import uuid
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from videospec import Refusal, Session, Sessions, Settings, Track, replay
from videospec.cli.spill import Sorted
from videospec.ids import NAMESPACE, message_id
from videospec.player_events import Load, Snapshot

sys.path.insert(0, str(Path(__file__).parent / "recordings"))
from recorded import LOGS, lines_of, log_of

T0 = 1_795_000_000_000


def line(session: str, seq: int, at: float, type_: str, position: float | None = None, **extra: Any) -> bytes:
    """A line of the media element's, `at` seconds after T0."""
    state = {"currentTime": position, "duration": 100, "paused": False}
    head = {
        "session": session,
        "seq": seq,
        "t": T0 + int(at * 1000),
        "player": "html5@1",
        "src": "media",
        "type": type_,
    }
    return json.dumps({**head, "state": state, **extra}).encode()


def viewing(session: str, begins: float, seconds: int, first: int = 0) -> list[bytes]:
    """A plain viewing: play, playing, a report a second."""
    lines = [line(session, first, begins, "play", 0), line(session, first + 1, begins + 0.1, "playing", 0)]
    return lines + [line(session, first + 1 + i, begins + 0.1 + i, "timeupdate", i) for i in range(1, seconds + 1)]


def texts(tracks: list[Track]) -> dict[str, list[bytes]]:
    """What is said of each session."""
    told: dict[str, list[bytes]] = {}
    for track in tracks:
        told.setdefault(track.session_id, []).append(track.json())
    return told


def mixed(logs: list[list[bytes]], rng: random.Random) -> list[bytes]:
    """The logs in one, each in its own order, mixed by chance."""
    turns = [index for index, log in enumerate(logs) for _ in log]
    rng.shuffle(turns)
    waiting = [iter(log) for log in logs]
    return [next(waiting[turn]) for turn in turns]


@pytest.mark.parametrize("seed", range(4))
def test_any_mix_of_sessions_gives_the_same_tracks(seed: int) -> None:
    rng = random.Random(seed)
    logs = [lines_of(path) for path in rng.sample(LOGS, 8)]
    alone = texts([track for log in logs for track in replay(log)])
    assert texts(list(replay(mixed(logs, rng)))) == alone


def test_all_recordings_mixed() -> None:
    logs = [lines_of(path) for path in LOGS]
    alone = texts([track for log in logs for track in replay(log)])
    assert texts(list(replay(mixed(logs, random.Random(9))))) == alone


@pytest.mark.parametrize("seed", range(3))
def test_any_shuffle_sorted_gives_the_same_bytes(seed: int) -> None:
    lines = [raw for name in ("html5_S9", "hlsjs_S7skip", "videojs_S4") for raw in lines_of(log_of(name))]
    with closing(Sorted(lines)) as spill:
        expected = [track.json() for track in replay(spill)]
    random.Random(seed).shuffle(lines)
    with closing(Sorted(lines)) as spill:
        assert [track.json() for track in replay(spill)] == expected


def test_small_disorder_is_put_right() -> None:
    lines = lines_of(log_of("html5_S2"))
    expected = [track.json() for track in replay(lines)]
    rng = random.Random(1)
    for start in range(0, len(lines) - 6, 6):
        window = lines[start : start + 6]
        rng.shuffle(window)
        lines[start : start + 6] = window
    assert [track.json() for track in replay(lines)] == expected


def test_a_report_says_as_much_out_of_its_order() -> None:
    # the volume changes without a word, after the last heartbeat; the lines behind it show nothing of their own
    quiet = {"duration": 100, "paused": False, "volume": 0.2}
    log = viewing("a", 0, 21)
    log += [line("a", 23 + i, 22.1 + i, "timeupdate", state={**quiet, "currentTime": 22 + i}) for i in range(2)]
    log += [line("a", 25, 24.5, "pause", state=None), line("a", 26, 30, "pagehide", src="page", state=None)]
    swapped = [raw for first, second in zip(log[1::2], log[2::2], strict=True) for raw in (second, first)]
    told = [track.json() for track in replay(log)]
    assert any(b"Paused" in text for text in told)
    assert [track.json() for track in replay([log[0], *swapped])] == told


def test_a_report_that_fills_a_gap_lets_out_what_waited() -> None:
    log = [*viewing("a", 0, 5), line("a", 7, 6.2, "pause", 5.1), line("a", 8, 8, "play", 5.1)]
    sessions = Sessions()
    for raw in log[:6] + log[7:]:
        sessions.take(raw)
    assert [track.event for track in sessions.take(log[6])][:2] == ["Video Playback Paused", "Video Playback Resumed"]


def test_each_line_twice_is_once() -> None:
    lines = lines_of(log_of("hlsjs_S7"))
    sessions = Sessions()
    twice = list(replay([raw for raw in lines for _ in range(2)], sessions=sessions))
    assert [track.json() for track in twice] == [track.json() for track in replay(lines)]
    assert sessions.tally.duplicates == len(lines)


def test_a_gap_is_waited_for_then_passed_over_and_what_comes_later_is_late() -> None:
    lines = viewing("s", 0, 30)
    missing = lines.pop(10)
    late: list[Refusal] = []
    sessions = Sessions(refused=late.append)
    list(replay([*lines, missing], sessions=sessions))
    assert [(refusal.reason, refusal.number) for refusal in late] == [("late", 32)]
    assert sessions.tally.refused == {"late": 1}
    in_time: list[Refusal] = []
    sessions = Sessions(refused=in_time.append)
    list(replay([*lines[:13], missing, *lines[13:]], sessions=sessions))
    assert not in_time


def test_a_log_that_begins_later_is_one_session() -> None:
    sessions = Sessions()
    tracks = list(replay(viewing("s", 0, 30, first=5), sessions=sessions))
    assert sessions.tally.sessions == 1
    assert len({track.id for track in tracks}) == len(tracks)
    assert tracks[0].event == "Video Playback Started"


def test_a_session_that_was_let_go_speaks_again_as_another_viewing() -> None:
    other = [raw for i in range(60) for raw in viewing(f"o{i}", i * 150, 3)]
    again = viewing("s", 9000, 20, first=40)
    tracks = list(replay([*viewing("s", 0, 20), *other, *again]))
    told = texts(tracks)
    assert "s~2" in told
    assert len({track.id for track in tracks}) == len(tracks)
    assert b"timeout" in told["s"][-1]


def test_sparse_sessions_are_let_go() -> None:
    sessions = Sessions()
    take = sessions.take
    for i in range(400):
        take(line(f"s{i}", 0, i * 600, "play", 0))
    assert len(sessions.slots) < 60


def test_a_clock_that_is_off_closes_nobody_elses_session() -> None:
    far = viewing("far", 7_200_000, 20)
    near = viewing("near", 0, 60)
    lines = [*near[:30], *far, *near[30:]]
    assert texts(list(replay(lines)))["near"] == texts(list(replay(near)))["near"]


@pytest.mark.parametrize(("quiet", "apart"), [(3, 5), (12, 1), (3, 0.05), (3, 20), (48, 100)])
def test_a_night_in_which_nobody_watches_cuts_no_viewing(quiet: float, apart: float) -> None:
    """Sessions that begin far ahead of the log's present are believed after some; their first ones go on as they were."""
    logs = [viewing(f"{day}-{n}", day * quiet * 3600 + n * apart, 60) for day in (0, 1) for n in range(30)]
    lines = sorted((text for log in logs for text in log), key=lambda text: json.loads(text)["t"])
    sessions = Sessions()
    told = texts(list(replay(lines, sessions=sessions)))
    assert told == {name: tracks for log in logs for name, tracks in texts(list(replay(log))).items()}
    assert len(told) == 60
    assert sessions.present.newest == json.loads(lines[-1])["t"]


def test_silence_ends_a_session_and_a_later_line_begins_another() -> None:
    lines = [*viewing("s", 0, 20), *viewing("s", 20 + 1801, 5, first=22)]
    told = texts(list(replay(lines)))
    assert list(told) == ["s", "s~2"]
    last = json.loads(told["s"][-1])
    assert (last["event"], last["properties"]["method"]) == ("Video Playback Interrupted", "timeout")
    assert last["timestamp"] == "2026-11-18T11:07:00.100Z"


def test_heartbeats_wait_for_the_line_that_proves_them() -> None:
    silent = viewing("s", 0, 1)
    late = line("s", 3, 45, "timeupdate", 44)
    beats = [t.timestamp for t in replay([*silent, late]) if t.event == "Video Content Playing"]
    assert [beat[14:19] for beat in beats] == ["06:50", "07:00", "07:10", "07:20"]
    assert not [t for t in replay(silent) if t.event == "Video Content Playing"]


@pytest.mark.parametrize("name", ["html5_S2", "hlsjs_S7skip", "contribads_S7", "shaka-vast_S7"])
def test_saved_after_any_line_and_taken_up_elsewhere(name: str) -> None:
    lines = lines_of(log_of(name))
    expected = [track.json() for track in replay(lines)]
    rng = random.Random(3)
    session_id = json.loads(lines[0])["session"]
    for cut in rng.sample(range(1, len(lines)), 12):
        before, after = Sessions(), Sessions()
        told = [track for raw in lines[:cut] for track in before.take(raw)]
        after.restore(before.snapshot(session_id))
        told += [track for raw in lines[cut:] for track in after.take(raw)]
        told += after.close()
        assert [track.json() for track in told] == expected, cut


def test_an_adapter_that_fails_costs_its_line_only(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(_: object) -> list[Any]:
        raise ZeroDivisionError

    sessions = Sessions()
    lines = viewing("s", 0, 20)
    sessions.take(lines[0])
    monkeypatch.setitem(sessions.slots["s"].adapter.rows["media"], "volumechange", fails)
    told = [*sessions.take(line("s", 1, 0.05, "volumechange", 0))]
    told += [track for raw in viewing("s", 0, 20, first=1)[1:] for track in sessions.take(raw)]
    assert sessions.tally.refused == {"internal": 1}
    assert [track.event for track in told][:2] == ["Video Content Started", "Video Content Playing"]
    assert "ZeroDivisionError" in caplog.text
    assert "s~" not in caplog.text


def test_settings_choose_players_and_ids() -> None:
    lines = viewing("s", 0, 3)
    assert not list(replay(lines, Settings(exclude=("html5",))))
    assert not list(replay(lines, Settings(include=("hls.js",))))
    (first, *_) = replay(lines, Settings(user_id="u", context={"ip": "0.0.0.0"}, integrations={"All": False}))
    assert (first.user_id, first.context, first.integrations) == ("u", {"ip": "0.0.0.0"}, {"All": False})
    assert first.id != next(iter(replay(lines, Settings(run="again")))).id
    assert next(iter(replay(lines))).anonymous_id == "s"


@pytest.mark.parametrize("name", ["html5", "HTML-5", "html5@1.2", "HTML 5 Video", "native"])
def test_players_are_chosen_as_adapters_are_found(name: str) -> None:
    lines = viewing("s", 0, 3)
    assert not list(replay(lines, Settings(exclude=("plyr", name))))
    assert list(replay(lines, Settings(include=(name,)))) == list(replay(lines))
    assert list(replay(lines, Settings(exclude=("html",)))) == list(replay(lines))
    assert not list(replay(lines, Settings(adapter="html5", include=(f"our {name}",))))


def test_the_first_line_of_a_session_decides_its_player() -> None:
    first, *rest = viewing("s", 0, 20)
    others = [raw.replace(b"html5@1", b"hls.js@1") for raw in rest]
    assert others != rest
    assert list(replay([first, *others])) == list(replay([first, *rest]))


def test_lines_are_counted_whenever_someone_looks() -> None:
    given = 0

    def lines() -> Iterator[bytes]:
        nonlocal given
        for raw in [*viewing("s", 0, 20), b"{}"]:
            given += 1
            yield raw

    sessions = Sessions()
    counts = [(sessions.tally.lines, given) for _ in sessions.run(lines())]
    assert len(counts) > 1
    assert [counted for counted, _ in counts] == [count for _, count in counts]
    assert sessions.tally.lines == given
    assert sessions.take(b"{}") == []
    assert sessions.tally.lines == given + 1


def test_lines_are_counted_when_a_log_breaks_off() -> None:
    def breaks_off() -> Iterator[bytes]:
        yield from lines
        raise KeyboardInterrupt

    sessions, lines = Sessions(), viewing("s", 0, 9)  # the last are ticks
    with pytest.raises(KeyboardInterrupt):
        list(sessions.run(breaks_off()))
    assert sessions.tally.lines == len(lines)


def test_ids_are_uuids_of_what_they_say() -> None:
    for name in (["", "s", 0, ""], ["eu", 'é"~2', 12, "run 2"]):
        text = json.dumps(name, separators=(",", ":"), ensure_ascii=False)
        route, session_id, ordinal, run = name
        assert message_id(route, session_id, ordinal, run) == str(uuid.uuid5(uuid.UUID(bytes=NAMESPACE), text))  # type: ignore[arg-type] # uuid5 takes bytes since 3.12


def test_what_is_handed_out_is_the_callers_to_change() -> None:
    one = Session(base="a")
    one.feed(Load(T0, Snapshot())).extend(replay(lines_of(log_of("html5_S2"))))
    assert Session(base="b").feed(Load(T0, Snapshot())) == []
    assert Sessions().take(b"") == []


def test_a_restored_session_keeps_the_present_of_its_log() -> None:
    """A device that lives in next year ends nobody else's session, after a restart neither."""
    lines = lines_of(log_of("html5_S2"))
    far = json.loads(lines[0]) | {"session": "far", "t": json.loads(lines[0])["t"] + 365 * 86_400_000}

    def told(*, restarts: bool) -> list[bytes]:
        sessions, said = Sessions(), []
        for number, line in enumerate(lines):
            if number == 60:
                if restarts:
                    fresh = Sessions()
                    fresh.restore(sessions.snapshot(json.loads(lines[0])["session"]))
                    sessions = fresh
                sessions.take(json.dumps(far).encode())
            said += sessions.take(line)
        return [track.json() for track in said]

    assert told(restarts=True) == told(restarts=False)
    assert b"timeout" not in b"".join(told(restarts=True))


def test_time_that_passes_gives_up_a_gap() -> None:
    """A beacon that was lost near the end does not take the end with it."""
    lines = lines_of(log_of("html5_S2"))
    expected = [track.json() for track in replay([*lines[:-8], *lines[-7:]])]
    sessions = Sessions()
    said = [track for line in [*lines[:-8], *lines[-7:]] for track in sessions.take(line)]
    newest = json.loads(lines[-1])["t"]
    for seconds in (6, 60, 3600):
        said += sessions.tick(newest + seconds * 1000)
    assert [track.json() for track in [*said, *sessions.close()]] == expected
