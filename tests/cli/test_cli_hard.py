"""Streams that cannot be read twice or are closed, names and files that get in each other's way, settings that are none."""

import base64
import json
import os
import subprocess
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from cli.conftest import ADS, COMMAND, PLAIN, SAMPLES
from delivery.conftest import Reply

if TYPE_CHECKING:
    from cli.conftest import Run
    from delivery.conftest import Endpoint

KEY = "a-key-of-a-test"


# -- streams -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def tracks(run: "Run", plain: Path, tmp_path: Path) -> Path:
    """The tracks of a recording."""
    path = tmp_path / "tracks.jsonl"
    assert run("replay", plain, "-o", path).code == 0
    return path


@pytest.mark.parametrize("args", [["simulate", "Youbora"], ["lint", "--format", "json"], ["validate"]])
def test_a_named_pipe_is_read_like_a_file(run: "Run", tracks: Path, tmp_path: Path, args: list[str]) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_bytes, args=(tracks.read_bytes(),))
    writer.start()
    ran = run(*args, pipe)
    writer.join()
    of_file = run(*args, tracks)
    assert (ran.code, ran.err) == (of_file.code, of_file.err)
    assert ran.out.replace(bytes(pipe), bytes(tracks)) == of_file.out


@pytest.mark.parametrize("before", [b"", b"\n \n"])
def test_a_log_is_nothing_to_simulate_wherever_it_comes_from(run: "Run", plain: Path, before: bytes) -> None:
    plain.write_bytes(before + plain.read_bytes())
    for ran in (run("simulate", "Youbora", "-", stdin=plain.read_bytes()), run("simulate", "Youbora", plain)):
        assert (ran.code, ran.out) == (2, b"")
        assert "is a capture log" in ran.err


@pytest.mark.parametrize("args", [["adapters"], ["replay", str(PLAIN)], ["replay", str(PLAIN), "--timeline"]])
@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-"])
def test_a_stream_that_is_closed_is_no_fault(env: dict[str, str], tmp_path: Path, args: list[str], closed: str) -> None:
    command = f'exec "$@" {closed}'
    ran = subprocess.run(
        ["sh", "-c", command, "sh", *COMMAND, *args],
        env=env,
        cwd=tmp_path,
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert (ran.returncode, ran.stderr) == (0, b"")


# -- files that get in each other's way --------------------------------------------------------------------------------


def test_lines_that_were_heard_late_are_told_by_their_own_number(run: "Run", tmp_path: Path) -> None:
    """With any order a line that waits for a gap is heard when others have been read."""
    head = {"session": "s", "t": 1_800_000_000_000, "player": "html5@1", "src": "media"}
    bad = {**head, "seq": 5, "src": "page", "type": "session.meta", "content": {"asset_id": [1]}}
    rows = [{**head, "seq": 0, "type": "play"}, bad, *({**head, "seq": seq, "type": "progress"} for seq in (6, 7, 8))]
    log = tmp_path / "log.jsonl"
    log.write_text("".join(json.dumps(row) + "\n" for row in reversed(rows)))
    ran = run("replay", log, "--order", "any", "--dead-letter", "dead.jsonl")
    (letter,) = [json.loads(line) for line in (tmp_path / "dead.jsonl").read_text().splitlines()]
    assert (letter["line"], json.loads(letter["raw"])) == (4, bad)
    assert "log.jsonl:4: " in ran.err


BAD = {
    "no rate": ["--rate", "0"],
    "a rate that never ends": ["--rate", "1e-300"],
    "no host": ["--host", "nowhere"],
    "another command's checkpoint": ["--checkpoint", "mark", "--heartbeat", "5"],
}


@pytest.mark.parametrize("name", BAD)
def test_a_delivery_that_cannot_begin_leaves_files_as_they_are(
    run: "Run", endpoint: "Endpoint", tmp_path: Path, name: str
) -> None:
    args = ["replay", ADS, "--to", "segment", "--host", endpoint.url]
    assert run(*args, "--checkpoint", "mark", SEGMENT_WRITE_KEY=KEY).code == 0
    for file in ("old", "dead"):
        (tmp_path / file).write_text("precious\n")
    ran = run(*args, *BAD[name], "-o", "old", "--dead-letter", "dead", SEGMENT_WRITE_KEY=KEY)
    assert ran.code == 2
    assert (tmp_path / "old").read_text() == (tmp_path / "dead").read_text() == "precious\n"


def test_a_checkpoint_is_of_one_source(run: "Run", endpoint: "Endpoint", tmp_path: Path) -> None:
    args = ["replay", ADS, "--to", "segment", "--host", endpoint.url, "--checkpoint", "mark"]
    assert run(*args, SEGMENT_WRITE_KEY=KEY).code == 0
    ran = run(*args, SEGMENT_WRITE_KEY="of-another-source")
    assert (ran.code, len(endpoint.seen)) == (2, 1)
    assert "write key" in ran.err
    assert KEY not in (tmp_path / "mark").read_text()


def test_a_log_that_a_checkpoint_would_be_written_over(run: "Run", tmp_path: Path) -> None:
    log = tmp_path / "mark.part"
    log.write_bytes(PLAIN.read_bytes())
    ran = run("replay", log, "--to", "segment", "--dry-run", "--checkpoint", "mark")
    assert ran.code == 2
    assert log.read_bytes() == PLAIN.read_bytes()


def test_a_message_is_put_once_among_the_dead(run: "Run", endpoint: "Endpoint", tmp_path: Path) -> None:
    """A dry run meets what the delivery after it will meet again."""
    args = ["replay", ADS, PLAIN, "--to", "segment", "--host", endpoint.url, "--checkpoint", "mark"]
    args += ["--dead-letter", "dead", "--user-id", "u"]
    poison = json.loads(run("replay", PLAIN, "--user-id", "u").lines[0])["messageId"]
    endpoint.rule = lambda batch: Reply(400 if poison in {one["messageId"] for one in batch} else 200)
    assert run(*args, SEGMENT_WRITE_KEY=KEY).code == 0
    first = (tmp_path / "dead").read_bytes()
    assert first.count(b"\n") == 1
    mark = json.loads((tmp_path / "mark").read_text())
    tracks = [json.loads(line) for line in run("replay", ADS, PLAIN, "--user-id", "u").lines]
    place = next(number for number, one in enumerate(tracks) if one["messageId"] == poison)
    mark |= {"settled": place, "last": tracks[place - 1]["messageId"]}
    (tmp_path / "mark").write_text(json.dumps(mark))
    assert run(*args, SEGMENT_WRITE_KEY=KEY).code == 0
    assert (tmp_path / "dead").read_bytes() == first


def test_a_name_that_is_no_text_can_be_delivered(run: "Run", tmp_path: Path) -> None:
    log = tmp_path / os.fsdecode(b"n\xff.gz")
    log.write_bytes(PLAIN.read_bytes())
    ran = run("replay", log, "--to", "segment", "--dry-run")
    assert (ran.code, ran.err) == (0, "videospec replay: 14 tracks would be sent in 1 requests\n")


def test_a_disk_that_fills_while_sending_is_no_bad_usage(run: "Run") -> None:
    logs = sorted(SAMPLES.glob("*/*.jsonl.gz"))
    ran = run("replay", *logs, "--to", "segment", "--dry-run", "-o", "/dev/full")
    assert ran.code == 1
    assert "No space left" in ran.err


def test_the_key_is_not_told_as_it_is_in_a_header_either(run: "Run", endpoint: "Endpoint") -> None:
    told = base64.b64encode(f"{KEY}:".encode())
    endpoint.rule = lambda batch: Reply(400, body=b'{"code":"bad","message":"Basic %b, %b"}' % (told, KEY.encode()))
    ran = run("replay", PLAIN, "--to", "segment", "--host", endpoint.url, SEGMENT_WRITE_KEY=KEY)
    assert "Basic …, …" in ran.err
    assert KEY not in ran.err
    assert told.decode() not in ran.err
    assert "refused: 14 HTTP 400 (only counted; --dead-letter FILE keeps them)" in ran.err


# -- settings that are none --------------------------------------------------------------------------------------------

ROW = {"do": "set", "names": "x", "value": 1}
NONE: dict[str, tuple[Any, str]] = {
    "sites": ({"overrides": [{**ROW, "sites": 5}]}, "sites must be a text or a list of texts"),
    "sites in a list": ({"overrides": [{**ROW, "sites": [5]}]}, "sites must be a text or a list of texts"),
    "events": ({"overrides": [{**ROW, "events": 5}]}, "events must be a text or a list of texts"),
    "write keys": ({"overrides": [{**ROW, "write_keys": [12345]}]}, "write_keys must be a text or a list of texts"),
    "do": ({"overrides": [{**ROW, "do": ["set"]}]}, "row 1: do must be a text"),
    "destination": ({"overrides": [{**ROW, "destination": 5}]}, "row 1: destination must be a text"),
    "overrides": ({"overrides": 5}, "overrides must be a list of tables"),
    "include": ({"include": 5}, "include must be a list of texts"),
    "accounts": ({"accounts": {"accountCode": "s3cret"}}, "a table for each destination, and accountCode is none"),
    "an account of nobody": ({"accounts": {"Youbra": {"a": "s3cret"}}}, "did you mean 'Youbora'?"),
    "a module that is broken": ({"override_function": "broken:override"}, "ZeroDivisionError"),
    "no function": ({"override_function": "a:b:c"}, "'a:b:c' is not like module:function"),
}


def toml(value: Any) -> str:
    """A value in TOML, whose inline tables are not JSON's objects."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name} = {toml(one)}" for name, one in value.items()) + "}"
    return f"[{', '.join(map(toml, value))}]" if isinstance(value, list) else json.dumps(value)


@pytest.mark.parametrize("name", NONE)
def test_settings_that_are_none_are_told(run: "Run", tmp_path: Path, name: str) -> None:
    written, words = NONE[name]
    (tmp_path / "broken.py").write_text("1 / 0\n")
    (tmp_path / "videospec.toml").write_text("".join(f"{key} = {toml(value)}\n" for key, value in written.items()))
    for args in (["replay", PLAIN], ["config"]):
        ran = run(*args)
        assert (ran.code, ran.out) == (2, b"")
        assert words in ran.err
        assert "s3cret" not in ran.err


@pytest.mark.parametrize(
    "args",
    [
        ["config", "--config", "deep"],
        ["replay", "log", "--context", "[" * 20_000],
        ["lint", "log", "--baseline", "deep"],
    ],
)
def test_what_is_nested_too_deep_is_told(run: "Run", tmp_path: Path, args: list[str]) -> None:
    (tmp_path / "deep").write_text(("a = " if "config" in args else "") + "[" * 100_000)
    (tmp_path / "log").write_bytes(PLAIN.read_bytes())
    ran = run(*args)
    assert (ran.code, ran.out) == (2, b"")
    assert "Traceback" not in ran.err
