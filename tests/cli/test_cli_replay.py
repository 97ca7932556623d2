"""`videospec replay`: logs in every packing and order, what is refused, what is shown, and how it stops."""

import base64
import gzip
import io
import json
import os
import random
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import zstandard

from videospec import Refusal, replay
from videospec.capture import LONGEST_LINE
from videospec.cli.reading import Logs
from videospec.cli.writing import dead_letters
from videospec.spec.message import validate_message

if TYPE_CHECKING:
    from cli.conftest import Ran, Run

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
PLAIN, ADS = SAMPLES / "html5" / "html5_S2.jsonl.gz", SAMPLES / "hls.js" / "hlsjs_S7.jsonl.gz"
COMMAND = [sys.executable, "-m", "videospec", "replay"]
TEXT = gzip.decompress(PLAIN.read_bytes())
LINES = TEXT.splitlines(keepends=True)
GARBAGE = [b"{}\n", b"\xff\n", b'{"session"\n', LINES[0].replace(b"html5", b"gramophone")]
REASONS = ["wrong-field", "not-utf8", "not-json", "unknown-player"]


@pytest.fixture(scope="module")
def expected() -> bytes:
    """What the recording says, as the Python API says it."""
    return b"".join(track.json() + b"\n" for track in replay(TEXT.splitlines()))


@pytest.fixture(scope="module")
def big(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A log of some 40 MB."""
    path = tmp_path_factory.mktemp("big") / "big.jsonl"
    generate = Path(__file__).resolve().parents[1] / "bench" / "generate.py"
    subprocess.run([sys.executable, generate, "--sessions", "600", "--lines", "120000", "-o", path], check=True)
    return path


def sessions(out: bytes) -> dict[str, list[bytes]]:
    found: dict[str, list[bytes]] = {}
    for raw in out.splitlines():
        found.setdefault(json.loads(raw)["properties"]["session_id"], []).append(raw)
    return found


# -- logs --------------------------------------------------------------------------------------------------------------

PACKINGS: dict[str, Callable[[bytes], bytes]] = {
    "plain": bytes,
    "gzip": gzip.compress,
    "gzip in two members": lambda text: gzip.compress(text[:30_000]) + gzip.compress(text[30_000:]),
    "zstd": zstandard.compress,
    "zstd in two frames": lambda text: zstandard.compress(text[:30_000]) + zstandard.compress(text[30_000:]),
    "without a last line end": bytes.rstrip,
    "with CRLF": lambda text: text.replace(b"\n", b"\r\n"),
    "with empty lines": lambda text: text.replace(b"\n", b"\n\n \n"),
}


@pytest.mark.parametrize("packing", PACKINGS)
def test_every_packing_gives_the_same_bytes(run: "Run", tmp_path: Path, expected: bytes, packing: str) -> None:
    log = tmp_path / "log"  # no ending: it is told by its first bytes
    log.write_bytes(PACKINGS[packing](TEXT))
    assert run("replay", log) == (0, expected, "")
    assert run("replay", "-", stdin=log.read_bytes()) == (0, expected, "")


def test_tracks_are_valid_and_end_in_a_line_end(expected: bytes) -> None:
    assert expected.endswith(b"}\n")
    assert [finding for raw in expected.splitlines() for finding in validate_message(json.loads(raw))] == []


def test_several_logs_are_one(run: "Run", plain: Path, expected: bytes) -> None:
    both = run("replay", plain, ADS)
    assert sessions(both.out) == {**sessions(expected), **sessions(run("replay", ADS).out)}
    assert run("replay", ADS, "-", stdin=TEXT).code == 0


def test_output_goes_to_a_file(run: "Run", tmp_path: Path, plain: Path, expected: bytes) -> None:
    assert run("replay", plain, "-o", "tracks.jsonl") == (0, b"", "")
    assert (tmp_path / "tracks.jsonl").read_bytes() == expected
    assert run("replay", plain, "-o", "-").out == expected


@pytest.mark.parametrize(
    ("packing", "cut"), [("gzip", 0.5), ("gzip", 0.999), ("zstd in two frames", 0.9), ("zstd in two frames", 0.999)]
)
def test_a_truncated_file_is_told(run: "Run", tmp_path: Path, expected: bytes, packing: str, cut: float) -> None:
    packed = PACKINGS[packing](TEXT)
    (tmp_path / "log").write_bytes(packed[: int(len(packed) * cut)])
    ran = run("replay", "log")
    assert ran.code == 0
    assert "log: stops in the middle" in ran.err
    assert ran.lines[:3] == expected.splitlines()[:3]
    assert run("replay", "--strict", "log").code == 3


@pytest.mark.parametrize("packing", ["gzip", "zstd"])
def test_a_damaged_file_is_told(run: "Run", tmp_path: Path, packing: str) -> None:
    packed = bytearray(PACKINGS[packing](TEXT))
    packed[-6 if packing == "gzip" else len(packed) // 2] ^= 0xFF  # a byte of gzip's checksum
    (tmp_path / "log").write_bytes(packed)
    ran = run("replay", "--strict", "log")
    assert ran.code == 3
    assert "log: is damaged" in ran.err
    assert "stops in the middle" not in ran.err


@pytest.mark.parametrize("seed", range(2))
def test_any_order_gives_the_same_bytes(run: "Run", tmp_path: Path, seed: int) -> None:
    lines = [*LINES, *gzip.decompress(ADS.read_bytes()).splitlines(keepends=True), *GARBAGE]
    (tmp_path / "sorted.jsonl").write_bytes(b"".join(lines))
    random.Random(seed).shuffle(lines)
    (tmp_path / "shuffled.jsonl").write_bytes(b"".join(lines))
    told = run("replay", "--order", "any", "sorted.jsonl")
    shuffled = run("replay", "--order", "any", "shuffled.jsonl", "--dead-letter", "dead.jsonl")
    assert len(told.lines) > 20
    assert (shuffled.code, shuffled.out) == (0, told.out)
    dead = [json.loads(raw) for raw in (tmp_path / "dead.jsonl").read_bytes().splitlines()]
    assert sorted((letter["reason"], letter["line"]) for letter in dead) == sorted(
        (reason, lines.index(raw) + 1) for reason, raw in zip(REASONS, GARBAGE, strict=True)
    )


@pytest.mark.parametrize("seed", range(3))
def test_small_disorder_is_put_right(run: "Run", tmp_path: Path, expected: bytes, seed: int) -> None:
    rng, lines = random.Random(seed), list(LINES)
    for at in range(0, len(lines), 4):
        piece = lines[at : at + 4]
        rng.shuffle(piece)
        lines[at : at + 4] = piece
    assert lines != LINES
    assert run("replay", "-", stdin=b"".join(lines)) == (0, expected, "")


# -- refusals ----------------------------------------------------------------------------------------------------------


def test_refused_lines_are_told_kept_and_counted(run: "Run", tmp_path: Path, plain: Path, expected: bytes) -> None:
    (tmp_path / "bad.jsonl").write_bytes(b"".join([*LINES[:2], GARBAGE[0], *LINES[2:], *GARBAGE[1:]]))
    ran = run("replay", plain, "bad.jsonl", "--dead-letter", "dead.jsonl", "--summary")
    assert (ran.code, ran.out) == (0, expected)
    dead = [json.loads(raw) for raw in (tmp_path / "dead.jsonl").read_bytes().splitlines()]
    first = len(LINES) + 2
    assert [(d["file"], d["line"], d["reason"]) for d in dead] == [
        ("bad.jsonl", at, reason) for at, reason in zip([3, first, first + 1, first + 2], REASONS, strict=True)
    ]
    raws = [d["raw"].encode() if "raw" in d else base64.b64decode(d["raw_base64"]) for d in dead]
    assert raws == [raw.rstrip(b"\n") for raw in GARBAGE]
    assert all(letter["text"] in ran.err for letter in dead)
    assert "bad.jsonl:3: wrong-field: field `session` is missing" in ran.err
    told = dict(line.split(None, 1) for line in ran.err.splitlines() if line.split(None, 1)[1:] and ":" not in line)
    counts = {
        name: int(told[name].replace(",", "")) for name in ("lines", "sessions", "tracks", "duplicates", "refused")
    }
    total = 2 * len(LINES) + 4
    assert counts == {
        "lines": total, "sessions": 1, "tracks": expected.count(b"\n"), "duplicates": len(LINES), "refused": 4,
    }  # fmt: skip
    assert all(int(told[reason]) == 1 for reason in REASONS)


def test_a_line_may_be_as_long_as_is_said_and_no_byte_longer(run: "Run", tmp_path: Path) -> None:
    """Its end is none of it, and a longer one takes nothing of the next with it."""
    first = LINES[0].rstrip(b"\n")[:-1]
    for more, refused in ((0, 0), (1, 1), (100_000, 1)):
        long = first + b',"x":"' + b"x" * (LONGEST_LINE + more - len(first) - 8) + b'"}'
        assert len(long) == LONGEST_LINE + more
        for text in (b"\n".join([long, *map(bytes.strip, LINES[1:])]), long, long + b"\n"):
            (tmp_path / "long.jsonl").write_bytes(text)
            ran = run("replay", "long.jsonl", "--dead-letter", "dead.jsonl", "--summary")
            dead = [json.loads(raw) for raw in (tmp_path / "dead.jsonl").read_bytes().splitlines()]
            assert [(letter["line"], letter["reason"]) for letter in dead] == [(1, "too-long")] * refused
            assert re.search(rf"^lines +{len(text.splitlines())}$", ran.err, re.MULTILINE)


def test_strict_fails_what_was_refused(run: "Run", plain: Path, expected: bytes) -> None:
    assert run("replay", "--strict", plain).code == 0
    ran = run("replay", "--strict", "-", stdin=TEXT + GARBAGE[0])
    assert (ran.code, ran.out) == (3, expected)
    assert f"stdin:{len(LINES) + 1}: " in ran.err


def test_many_refusals_are_not_all_shown(run: "Run", tmp_path: Path) -> None:
    ran = run("replay", "-", "--dead-letter", "dead.jsonl", stdin=b"{}\n" * 500)
    assert ran.code == 0
    assert len(ran.err.splitlines()) < 20
    assert (tmp_path / "dead.jsonl").read_bytes().count(b"\n") == 500


def test_unknown_natives_are_in_the_summary(run: "Run") -> None:
    strange = LINES[3].replace(b'"type":"', b'"type":"strange-')
    assert "html5 " in (ran := run("replay", "-", "--summary", stdin=b"".join([*LINES[:3], strange]))).err
    assert "strange-" in ran.err
    assert ran.err.rstrip().endswith(": 1")


BAD: dict[str, tuple[list[str], str]] = {
    "no log": (["replay"], "LOG"),
    "no such log": (["replay", "gone.jsonl"], "gone.jsonl"),
    "a folder": (["replay", "."], "cannot read"),
    "no such setting": (["replay", "log", "--config", "typo.toml"], "did you mean 'heartbeat'"),
    "no such file of settings": (["replay", "log", "--config", "gone.toml"], "gone.toml"),
    "a file that is no TOML": (["replay", "log", "--config", "log"], "log: "),
    "a value out of range": (["replay", "log", "--heartbeat", "0"], "--heartbeat"),
    "a value out of range in the file": (["replay", "log", "--config", "range.toml"], "range.toml: stall_min"),
    "a text for a number": (["replay", "log", "--idle", "soon"], "--idle"),
    "no such reading": (["replay", "log", "--midroll", "poetry"], "--midroll"),
    "a context that is no object": (["replay", "log", "--context", "[1]"], "--context"),
    "an output that is the log": (["replay", "log", "-o", "log"], "overwritten"),
    "an output that is the log by another name": (["replay", "log", "-o", "./link"], "overwritten"),
    "dead letters in the log": (["replay", "log", "--dead-letter", "log"], "overwritten"),
    "dead letters among the tracks": (["replay", "log", "-o", "x", "--dead-letter", "./x"], "the same file"),
    "dead letters among the tracks by another name": (
        ["replay", "log", "-o", "old", "--dead-letter", "old2"],
        "--output and --dead-letter are the same file",
    ),
    "dead letters and tracks on standard output": (["replay", "log", "--dead-letter", "-"], "the same file"),
    "a checkpoint that is the output": (
        ["replay", "log", "--to", "segment", "--dry-run", "-o", "x", "--checkpoint", "x"],
        "--output and --checkpoint",
    ),
    "a checkpoint that is the log": (
        ["replay", "log", "--to", "segment", "--dry-run", "--checkpoint", "log"],
        "overwritten",
    ),
    "an output that is the settings": (["replay", "log", "--config", "good.toml", "-o", "good.toml"], "overwritten"),
    "a timeline among the tracks": (["replay", "log", "--timeline", "-o", "-"], "standard output"),
    "an output in no folder": (["replay", "log", "-o", "gone/tracks"], "gone/tracks"),
    "a host without delivery": (["replay", "log", "--host", "http://127.0.0.1"], "--to segment"),
    "delivery without a key": (["replay", "log", "--to", "segment"], "SEGMENT_WRITE_KEY"),
    "no such order": (["replay", "log", "--order", "size"], "--order"),
    "no such flag": (["replay", "log", "--loud"], "--loud"),
    "no command": ([], "COMMAND"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_usage_is_told_before_anything_is_done(run: "Run", tmp_path: Path, name: str) -> None:
    args, words = BAD[name]
    (tmp_path / "log").write_bytes(TEXT)
    (tmp_path / "link").symlink_to("log")
    (tmp_path / "old").touch()
    (tmp_path / "old2").hardlink_to(tmp_path / "old")
    (tmp_path / "good.toml").write_text("heartbeat = 5\n")
    (tmp_path / "typo.toml").write_text("heartbeet = 5\n")
    (tmp_path / "range.toml").write_text("stall_min = -1\n")
    ran = run(*args)
    assert (ran.code, ran.out) == (2, b"")
    assert words in ran.err
    assert "Traceback" not in ran.err
    assert (tmp_path / "log").read_bytes() == TEXT
    assert (tmp_path / "good.toml").read_text() == "heartbeat = 5\n"


def test_what_nobody_keeps_may_be_written_twice(run: "Run", plain: Path) -> None:
    assert run("replay", plain, "-o", "/dev/null", "--dead-letter", "/dev/null") == (0, b"", "")


# -- what is shown -----------------------------------------------------------------------------------------------------


def test_a_timeline_has_the_player_on_the_left_and_us_on_the_right(run: "Run", plain: Path, expected: bytes) -> None:
    ran = run("replay", "--timeline", plain, ADS)
    text = ran.out.decode()
    assert (ran.code, ran.err) == (0, "")
    assert "\x1b" not in text
    stories = text.rstrip("\n").split("\n\n")
    assert [story.split(" · ")[:2] for story in stories] == [["lab-html5_S2", "html5"], ["lab-hlsjs_S7", "hls.js"]]
    first = stories[0].splitlines()
    told = [json.loads(raw)["event"] for raw in expected.splitlines()]
    assert [line[49:81].strip() for line in first[1:] if "Video " in line] == told
    assert any(line[11:].startswith("play ") and "Video Playback Started" in line[49:] for line in first)
    assert "Video Ad Started" in stories[1]


def test_a_timeline_is_in_colour_on_a_terminal(on_a_terminal: "Callable[..., Ran]", run: "Run", plain: Path) -> None:
    shown = on_a_terminal(["out"], "replay", "--timeline", plain)
    assert shown.code == 0
    assert b"\x1b[36mVideo Playback Started" in shown.out
    assert b"\x1b" not in on_a_terminal(["out"], "replay", "--timeline", plain, NO_COLOR="1").out
    assert b"\x1b" not in on_a_terminal(["err"], "replay", "--timeline", plain).out


def test_a_timeline_has_room_on_a_narrow_terminal(on_a_terminal: "Callable[..., Ran]", run: "Run", plain: Path) -> None:
    """Piped it is as wide as it takes."""
    whole = run("replay", "--timeline", plain).out.decode().splitlines()
    assert max(map(len, whole)) > 80
    shown = on_a_terminal(["out"], "replay", "--timeline", plain, NO_COLOR="1", COLUMNS="80").out.decode().splitlines()
    assert len(shown) == len(whole)
    assert max(map(len, shown)) == 80
    assert any("Video Playback Started" in line for line in shown)


def test_a_bar_shows_only_on_a_terminal_and_for_large_logs(
    on_a_terminal: "Callable[..., Ran]", run: "Run", big: Path, plain: Path
) -> None:
    assert "100%" in on_a_terminal(["err"], "replay", big, "-o", "tracks.jsonl").err
    assert on_a_terminal(["err"], "replay", plain, "-o", "tracks.jsonl").err == ""
    assert run("replay", big, "-o", "tracks.jsonl").err == ""


def test_progress_of_a_stream_is_what_was_read_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    read, write = os.pipe()
    with os.fdopen(write, "wb") as file:
        file.write(TEXT[:20_000])
    with os.fdopen(read, "rb") as stream, monkeypatch.context() as patch:
        patch.setattr(sys, "stdin", io.TextIOWrapper(stream))
        seen: list[int] = []
        assert list(Logs(["-"], seen.append))
        assert sum(seen) == 20_000


# -- how it stops ------------------------------------------------------------------------------------------------------


def start(env: dict[str, str], *args: str | Path, **more: Any) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [*COMMAND, *map(str, args)], env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **more
    )


def whole(out: bytes) -> bool:
    return out.endswith(b"\n") and all(json.loads(raw)["messageId"] for raw in out.splitlines())


@pytest.mark.parametrize("to_file", [True, False])
def test_ctrl_c_leaves_whole_lines(env: dict[str, str], tmp_path: Path, big: Path, to_file: bool) -> None:
    output = tmp_path / "tracks.jsonl"
    with start(env, big, "-o", output if to_file else "-") as process:
        while process.poll() is None and not (to_file and output.exists() and output.stat().st_size):
            if not to_file and process.stdout is not None:
                first = os.read(process.stdout.fileno(), 1000)
                break
        process.send_signal(signal.SIGINT)
        rest, err = process.communicate(timeout=30)
    out = output.read_bytes() if to_file else first + rest
    assert process.returncode == 130
    told = re.search(r"interrupted: (\d+) lines read", err.decode())
    assert told is not None
    assert int(told[1]) > 0
    assert "Traceback" not in err.decode()
    assert whole(out)


def test_whoever_has_seen_enough_ends_it_without_a_complaint(env: dict[str, str], big: Path) -> None:
    with start(env, big) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert len(list(islice(process.stdout, 3))) == 3
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(30) == 0


@pytest.mark.parametrize("args", [["-o", "/dev/full"], ["--dead-letter", "/dev/full"], [], ["--timeline"]])
def test_a_full_disk_is_one_line(env: dict[str, str], tmp_path: Path, args: list[str]) -> None:
    log = tmp_path / "log"
    log.write_bytes(TEXT + b"{}\n")
    named = "/dev/full" in args
    with Path("/dev/null" if named else "/dev/full").open("wb") as out:
        command = [*COMMAND, str(log), *args]
        ran = subprocess.run(command, env=env, stdout=out, stderr=subprocess.PIPE, check=False, timeout=60)
    told = [line for line in ran.stderr.decode().splitlines() if "refused" not in line]
    assert (ran.returncode, told) == (1, ["videospec replay: stopped: No space left on device"])


def test_a_letter_that_cannot_be_shown_is_told_by_its_number(run: "Run", plain: Path) -> None:
    ran, told = run("replay", plain, "--timeline", PYTHONIOENCODING="ascii"), run("replay", plain, "--timeline")
    assert (ran.code, ran.err) == (0, "")
    assert not told.out.isascii()
    assert ran.out.decode() == told.out.decode().encode("ascii", "backslashreplace").decode()


def test_a_log_writes_nothing_but_letters_on_a_terminal(run: "Run", tmp_path: Path) -> None:
    """A log comes from anybody: what would move the cursor or begin another row is told by its number."""
    evil = "\x1b[2J\r\nx"
    head = {"session": f"s{evil}", "player": "html5", "t": 1, "src": "media"}
    lines = [
        {**head, "src": "page", "type": "session.meta", "content": {"asset_id": "a", "title": evil}},
        *({**head, "type": kind, "state": {"currentTime": at}} for kind, at in (("play", 0), ("playing", 0))),
        {**head, "type": "timeupdate", "state": {"currentTime": 1}},
        {**head, "type": f"odd{evil}"},
        {**head, "type": "play", "player": 5},
    ]
    log = tmp_path / "log.jsonl"
    log.write_text("".join(json.dumps({**one, "seq": seq}) + "\n" for seq, one in enumerate(lines)))
    ran = run("replay", log, "--timeline", "--summary")
    assert "\x1b" not in ran.out.decode() + ran.err
    assert "\r" not in ran.out.decode() + ran.err
    assert r"\x1b[2J\r\nx" in ran.out.decode()
    assert r"odd\x1b[2J\r\nx" in ran.err


def _place(number: int) -> tuple[str, int]:
    return "log", number


def test_a_message_that_was_refused_is_on_the_disk_before_it_is_settled(tmp_path: Path) -> None:
    """A checkpoint counts it as settled, so that no later run meets it again, whatever becomes of this one."""
    dead = tmp_path / "dead.jsonl"
    with dead_letters(str(dead), _place) as letters:
        letters.line(Refusal(1, "not-json", "not JSON", b"x"))
        assert dead.read_bytes() == b""
        letters.message({"messageId": "m1"}, "refused by Segment")
        assert [json.loads(line)["reason"] for line in dead.read_text().splitlines()] == ["not-json", "undeliverable"]


def test_a_run_that_goes_on_puts_no_line_twice_among_the_dead(tmp_path: Path) -> None:
    dead = tmp_path / "dead.jsonl"
    first = Refusal(1, "not-json", "not JSON", b"x")
    with dead_letters(str(dead), _place) as letters:
        letters.line(first)
    with dead.open("ab") as torn:
        torn.write(b'{"file":"log","li')
    with dead_letters(str(dead), _place, go_on=True) as letters:
        assert letters.known == {("log", 1, "not JSON")}
        letters.line(first)
        letters.line(Refusal(2, "not-json", "not JSON", b"y"))
    assert letters.listed.count == 2
    assert [json.loads(line)["line"] for line in dead.read_text().splitlines()] == [1, 2]


def test_standard_input_is_read_once_and_not_written_over(env: dict[str, str], tmp_path: Path, plain: Path) -> None:
    log = tmp_path / "own.jsonl"
    log.write_bytes(plain.read_bytes())
    for args, told in ((["-", "-"], "is named twice"), (["-", "-o", str(log)], "would be overwritten")):
        with log.open("rb") as given:
            ran = subprocess.run([*COMMAND, *args], env=env, stdin=given, capture_output=True, check=False, timeout=60)
        assert (ran.returncode, ran.stdout) == (2, b"")
        assert told in ran.stderr.decode()
    assert log.read_bytes() == plain.read_bytes()


def test_what_no_message_has_room_for_is_no_setting(run: "Run", plain: Path) -> None:
    for flag, value in (
        ("--user-id", "x" * 600),
        ("--anonymous-id", "x" * 600),
        ("--context", f'{{"a":"{"x" * 5000}"}}'),
    ):
        ran = run("replay", plain, flag, value)
        assert (ran.code, ran.out) == (2, b"")
        assert "must be at most" in ran.err


def test_overrides_for_a_destination_that_the_run_has_not_are_told(run: "Run", tmp_path: Path) -> None:
    row = 'do = "set"\ndestination = "mixpanel"\nname = "x"\nvalue = 1\n'
    (tmp_path / "videospec.toml").write_text(f"[[overrides]]\n{row}")
    assert "the overrides for Mixpanel do nothing" in run("replay", ADS, "--destination", "Youbora").err
    assert run("replay", ADS, "--destination", "Mixpanel").err == ""


# -- destinations ------------------------------------------------------------------------------------------------------


def test_a_destination_gets_its_copies(run: "Run") -> None:
    plain, ran = run("replay", ADS), run("replay", ADS, "--destination", "youbora", "--destination", "Parsely")
    assert (ran.code, ran.err) == (0, "")
    told = [json.loads(line) for line in ran.lines]
    copies = [one for one in told if "videospec" in one["context"]]
    assert {one["context"]["videospec"]["copy_for"] for one in copies} == {"Youbora", "Parsely"}
    assert all(one["integrations"]["All"] is False for one in copies)
    originals = [one for one in told if "videospec" not in one["context"]]
    assert [one["messageId"] for one in originals] == [json.loads(line)["messageId"] for line in plain.lines]
    assert len({one["messageId"] for one in told}) == len(told)


def test_destinations_of_the_settings_file(run: "Run", tmp_path: Path) -> None:
    (tmp_path / "videospec.toml").write_text('destinations = ["Youbora"]\n[accounts.Youbora]\naccountCode = "acme"\n')
    assert run("replay", ADS).out == run("replay", ADS, "--destination", "Youbora").out
    assert run("replay", ADS).out != run("replay", ADS, "--config", "/dev/null").out


def test_an_override_that_depends_on_the_account(run: "Run", tmp_path: Path) -> None:
    (tmp_path / "videospec.toml").write_text('[accounts."nielsen-dcr"]\ncontentAssetIdPropertyName = "title"\n')
    route = ("--destination", "Nielsen DCR", "--source", "android")
    for config, has in (("videospec.toml", True), ("/dev/null", False)):
        ran = run("replay", ADS, *route, "--config", config)
        told = [json.loads(line) for line in ran.lines]
        [done] = [one for one in told if one["event"] == "Video Playback Completed" and "videospec" in one["context"]]
        assert ("title" in done["properties"]) is has
    (tmp_path / "videospec.toml").write_text("[accounts.nobody]\n")
    assert run("replay", ADS, "--destination", "Youbora").code == 2


def test_what_the_route_does_not_reach_is_said_once(run: "Run") -> None:
    plain = run("replay", ADS)
    names = ("--destination", "Youbora", "--destination", "youbora")
    ran = run("replay", ADS, *names, "--to", "segment", "--dry-run", "-o", "-", SEGMENT_WRITE_KEY="k")
    assert ran.out == plain.out
    first, *_ = ran.err.splitlines()
    assert first.startswith(
        "videospec replay: Youbora is not reached from a server source, so nothing is copied for it."
    )
    assert ran.err.count("Youbora is not") == 1


def test_a_destination_that_is_none(run: "Run") -> None:
    ran = run("replay", ADS, "--destination", "Yuobora")
    assert (ran.code, ran.out) == (2, b"")
    assert "did you mean 'Youbora'?" in ran.err
    assert run("replay", ADS, "--destination", "Youbora", "--source", "web", "--to", "segment", "--dry-run").code == 2


def test_without_destinations_none_is_loaded(run: "Run") -> None:
    loaded = "[name for name in sys.modules if name.startswith(('videospec.destinations', 'videospec.overriding'))]"
    script = f"import sys; from videospec.cli import main; main(sys.argv[1:]); print({loaded})"
    told = subprocess.run(
        [sys.executable, "-c", script, "replay", str(ADS), "-o", "/dev/null"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.strip() == "[]"
