"""`videospec simulate`, as a user runs it."""

import gzip
import json
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import zstandard
from cli.conftest import COMMAND, PLAIN

if TYPE_CHECKING:
    from cli.conftest import Ran, Run

AT = "2026-03-05T12:00:00.000Z"


def track(event: str, /, **properties: Any) -> str:
    return json.dumps({"type": "track", "event": event, "timestamp": AT, "userId": "u", "properties": properties})


STARTED = track("Video Playback Started", session_id="s", position=3)
LINEAR = track("Video Content Started", load_type="linear", channel="c", tag="x")


def written(folder: Path, *lines: str) -> str:
    path = folder / "tracks.jsonl"
    path.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    return str(path)


def calls(ran: "Ran") -> list[dict[str, Any]]:
    return [json.loads(line) for line in ran.lines]


def test_a_line_has_the_parts_that_the_page_names(run: "Run", tmp_path: Path) -> None:
    ran = run("simulate", "Youbora", written(tmp_path, "", STARTED), "--set", "accountCode=acc")
    assert (ran.code, ran.err) == (0, "")
    first, *_, last = calls(ran)
    head = {"line": 2, "at": AT, "session": "s", "event": "Video Playback Started"}
    assert first == {**head, "call": "new Plugin", "args": [{"accountCode": "acc", "username": "u"}]}
    assert last == {**head, "call": "Adapter.monitorPlayhead", "args": [], "reads": {"getPlayhead": 3}}


@pytest.mark.parametrize("name", ["Nielsen DTVR", "nielsen-dtvr", "NIELSEN_DTVR", "nielsendtvr"])
def test_a_name_in_any_spelling(run: "Run", tmp_path: Path, name: str) -> None:
    assert len(run("simulate", name, written(tmp_path, LINEAR)).lines) == 1


@pytest.mark.parametrize("pack", [bytes, gzip.compress, zstandard.compress])
def test_a_file_or_a_pipe_packed_or_not(run: "Run", tmp_path: Path, pack: Any) -> None:
    data = pack(f"{STARTED}\n".encode())
    (tmp_path / "tracks").write_bytes(data)
    from_file, from_pipe = run("simulate", "youbora", "tracks"), run("simulate", "youbora", "-", stdin=data)
    assert from_file.out == from_pipe.out != b""


def test_the_calls_go_to_a_file(run: "Run", tmp_path: Path) -> None:
    ran = run("simulate", "youbora", written(tmp_path, STARTED), "-o", "calls.jsonl")
    assert (ran.code, ran.out) == (0, b"")
    assert len((tmp_path / "calls.jsonl").read_text().splitlines()) == 8


def test_time_goes_on_for_a_tail(run: "Run", tmp_path: Path) -> None:
    path = written(tmp_path, track("Video Content Started", load_type="dynamic", asset_id="a", position=5))
    assert len(run("simulate", "Nielsen DCR", path).lines) == 1
    last = calls(run("simulate", "Nielsen DCR", path, "--tail", "2"))[-1]
    assert (last["at"], last["event"], last["args"]) == (
        "2026-03-05T12:00:02.000Z",
        "(timer)",
        ["setPlayheadPosition", 6],
    )


def test_a_setting_is_json_or_a_text(run: "Run", tmp_path: Path) -> None:
    path = written(tmp_path, LINEAR)
    listed = ["--set", 'sendId3Events=["Video Content Started"]', "--set", "id3Property=tag"]
    assert [call["args"] for call in calls(run("simulate", "Nielsen DTVR", path, *listed))][1:] == [["sendID3", "x"]]
    assert calls(run("simulate", "Youbora", written(tmp_path, STARTED), "--set", "accountCode=NaN"))[0]["args"] == [
        {"accountCode": "NaN", "username": "u"}
    ]


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (["Vimeo"], "there is no simulator of Vimeo; there are Youbora,"),
        (["Youbora", "--set", "account=x"], "Youbora has no setting account; it has accountCode"),
        (["Youbora", "--set", "accountCode"], "expected NAME=VALUE"),
        (["Youbora", "--tail", "-1"], "no number of seconds"),
        (["Youbora", "--tail", "x"], "x is no number of seconds"),
        (["Youbora", "-o", "tracks.jsonl"], "it would be overwritten"),
        (["Youbora", "-o", "nowhere/calls"], "cannot write nowhere/calls"),
    ],
)
def test_bad_usage(run: "Run", tmp_path: Path, args: list[str], told: str) -> None:
    name, *options = args
    ran = run("simulate", name, written(tmp_path, STARTED), *options)
    assert (ran.code, ran.out) == (2, b"")
    assert told in ran.err
    assert Path(tmp_path, "tracks.jsonl").read_text() == f"{STARTED}\n"


def test_a_log_is_no_tracks(run: "Run") -> None:
    ran = run("simulate", "Youbora", PLAIN)
    assert (ran.code, ran.out) == (2, b"")
    assert "is a capture log: make tracks of it first" in ran.err


def test_a_file_that_is_not_there(run: "Run") -> None:
    ran = run("simulate", "Youbora", "nothing.jsonl")
    assert ran.code == 2
    assert "cannot read nothing.jsonl" in ran.err


def test_a_setting_without_which_nothing_is_called_is_told_once(run: "Run", tmp_path: Path) -> None:
    ran = run("simulate", "adobe analytics", written(tmp_path, STARTED, STARTED))
    assert (ran.code, ran.out) == (0, b"")
    assert ran.err.count("heartbeatTrackingServerUrl") == 1


def test_bad_lines_are_told_counted_and_left_out(run: "Run", tmp_path: Path) -> None:
    bad = ["{", "[]", '{"type": "page"}', '{"event": NaN}', "[" * 200, STARTED.replace(AT, "soon")]
    deep = STARTED.replace('"s"', '{"a":' * 200 + "1" + "}" * 200)
    ran = run("simulate", "youbora", written(tmp_path, *bad, deep, STARTED, *["{"] * 20))
    assert ran.code == 0
    assert {call["line"] for call in calls(ran)} == {8}
    told = ran.err.splitlines()
    assert "tracks.jsonl:1: not JSON in UTF-8" in told[0]
    assert told[2].endswith('tracks.jsonl:3: type found "page", expected "track". leave other calls out')
    assert 'tracks.jsonl:6: timestamp found "soon", expected a time' in told[5]
    assert "nested more than 100 levels" in told[6]
    assert told[-2] == "videospec: further lines that are no track are only counted"
    assert told[-1] == "videospec simulate: 27 lines are no tracks and were left out"


def test_a_message_without_a_time_happens_when_the_last_one_did(run: "Run", tmp_path: Path) -> None:
    untimed = json.dumps({"event": "Video Playback Completed", "properties": {"session_id": "s"}})
    ran = run("simulate", "youbora", written(tmp_path, STARTED, untimed))
    assert "tracks.jsonl:2: timestamp found none" in ran.err
    last = calls(ran)[-1]
    assert (last["line"], last["at"], last["call"]) == (2, AT, "Plugin.fireStop")


@pytest.mark.parametrize("args", [(), ("-o", "/dev/full")], ids=["out", "file"])
def test_a_full_disk_is_one_line(env: dict[str, str], tmp_path: Path, args: tuple[str, ...]) -> None:
    tracks = written(tmp_path, STARTED)
    with Path("/dev/full").open("wb") as out:
        command = [*COMMAND, "simulate", "Youbora", tracks, *args]
        ran = subprocess.run(command, env=env, stdout=out, stderr=subprocess.PIPE, check=False, timeout=60)
    assert (ran.returncode, ran.stderr) == (1, b"videospec simulate: stopped: No space left on device\n")


def test_what_json_can_say_and_utf8_cannot(run: "Run", tmp_path: Path) -> None:
    odd = STARTED.replace('"s"', '"\\ud800"').replace("3}", "123456789012345678901234}")
    reads = calls(run("simulate", "youbora", written(tmp_path, odd)))[-1]
    assert reads["session"] == "\ud800"
    assert reads["reads"] == {"getPlayhead": 1.2345678901234568e23}


def test_a_message_that_breaks_the_facade_is_lost(run: "Run", tmp_path: Path) -> None:
    ran = run("simulate", "parsely", written(tmp_path, track("Video Playback Paused", a=[{"hasOwnProperty": 1}])))
    assert [call["throws"] for call in calls(ran)] == ["TypeError: obj.hasOwnProperty is not a function"]


# -- overrides ---------------------------------------------------------------------------------------------------------


def test_an_override_comes_first(run: "Run", tmp_path: Path) -> None:
    path = written(tmp_path, track("Video Playback Started", session_id="s", bitrate=2500), "")
    plain, mended = run("simulate", "youbora", path), run("simulate", "youbora", path, "--override")
    assert calls(plain)[-1]["reads"] == {"getBitrate": 2500}
    assert calls(mended)[-1]["reads"] == {"getBitrate": 2_500_000}
    assert [call["line"] for call in calls(mended)] == [1] * 8


def test_what_an_override_holds_back_has_its_own_line(run: "Run", tmp_path: Path) -> None:
    started = track("Video Playback Started", session_id="s")
    stalls = track("Video Playback Buffer Started", session_id="s")
    content = track("Video Content Started", session_id="s", title="One")
    path = written(tmp_path, started, stalls, content)
    settings = ("--set", "heartbeatTrackingServerUrl=h", "--set", "marketingCloudOrgId=o")
    ran = run("simulate", "Adobe Analytics", path, "--override", *settings)
    assert [call["line"] for call in calls(ran)] == [1, 1, 2, 3, 3]
    [start] = [call for call in calls(ran) if call["call"].endswith("trackSessionStart")]
    assert start["args"][0]["createMediaObject"][0] == "One"


def test_settings_of_an_account(run: "Run", tmp_path: Path) -> None:
    (tmp_path / "site.toml").write_text('[accounts."youbora"]\naccountCode = "acme"\nother = 1\n')
    path = written(tmp_path, STARTED)
    first, *_ = calls(run("simulate", "Youbora", path, "--config", "site.toml"))
    assert first["args"][0]["accountCode"] == "acme"
    first, *_ = calls(run("simulate", "Youbora", path, "--config", "site.toml", "--set", "accountCode=mine"))
    assert first["args"][0]["accountCode"] == "mine"
    assert run("simulate", "Youbora", path, "--config", "none.toml").code == 2


def test_settings_of_the_folder(run: "Run", tmp_path: Path) -> None:
    (tmp_path / "videospec.toml").write_text('[accounts.NPAW]\naccountCode = "acme"\n')
    path = written(tmp_path, STARTED)
    first, *_ = calls(run("simulate", "Youbora", path))
    assert first["args"][0]["accountCode"] == "acme"
    (tmp_path / "videospec.toml").write_text("[accounts.Yuobora]\n")
    ran = run("simulate", "Youbora", path)
    assert (ran.code, ran.out) == (2, b"")
    assert "accounts: Yuobora: unknown destination 'Yuobora', did you mean 'Youbora'?" in ran.err


OWN = """
override_function = "mine:override"
[[overrides]]
do = "scale"
destination = "youbora"
name = "bitrate"
times = 2
[[overrides]]
do = "set"
name = "livestream"
value = true
[[overrides]]
do = "set"
destination = "Parsely"
name = "bitrate"
value = 1
"""
MINE = """
def override(hook, messages, destination):
    if hook == "groups":
        return [{**one, "userId": f"of {len(messages)}"} for one in messages]
    return messages
"""


def test_overrides_of_ones_own_come_too(run: "Run", tmp_path: Path) -> None:
    (tmp_path / "site.toml").write_text(OWN)
    (tmp_path / "mine.py").write_text(MINE)
    path = written(tmp_path, track("Video Playback Started", session_id="s", bitrate=2500))
    own = ("--config", "site.toml")
    ran = run("simulate", "Youbora", path, *own, "--override")
    assert (ran.code, ran.err) == (0, "")
    assert calls(ran)[-1]["reads"] == {"getBitrate": 5_000_000}
    options = next(call["args"][0] for call in calls(ran) if call["call"] == "new Plugin")
    assert options["username"] == "of 2"
    assert any('"content.isLive":true' in line.decode() for line in ran.lines)
    plain = run("simulate", "Youbora", path, *own)
    assert calls(plain)[-1]["reads"] == {"getBitrate": 2500}
