"""The settings and their origin, delivery by command, and the small commands."""

import codecs
import gzip
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from attrs import fields
from delivery.conftest import Reply

from videospec import replay
from videospec.plugins import adapter_names
from videospec.settings import Settings
from videospec.spec.events import EVENTS

if TYPE_CHECKING:
    from cli.conftest import Run
    from delivery.conftest import Endpoint

ADS = Path(__file__).resolve().parents[2] / "samples" / "hls.js" / "hlsjs_S7.jsonl.gz"
KEY = "a-very-secret-key"

# -- settings ----------------------------------------------------------------------------------------------------------


def shown(out: bytes) -> dict[str, tuple[str, str]]:
    """Each setting with its value and its origin."""
    rows = [re.split(r"\s{2,}|(?<=_KEY) ", line.strip()) for line in out.decode().splitlines()]
    return {name: (value, origin) for name, value, origin in rows}


def beats(run: "Run", *args: str) -> int:
    return run("replay", ADS, *args).out.count(b'"Video Content Playing"')


def test_a_flag_goes_before_the_file_and_the_file_before_the_default(run: "Run", tmp_path: Path) -> None:
    default = beats(run)
    assert default > 0
    (tmp_path / "videospec.toml").write_text('heartbeat = 2\nuser_id = "from the file"\nexclude = ["plyr"]\n')
    (tmp_path / "other.toml").write_text("heartbeat = 1\n")
    two, one, far = beats(run), beats(run, "--config", "other.toml"), beats(run, "--heartbeat", "3000")
    assert 0 == far < default < two < one
    rows = shown(run("config", "--heartbeat", "4", "--context", '{"app":{"name":"x"}}').out)
    assert rows["heartbeat"] == ("4", "--heartbeat")
    assert rows["user_id"] == ("from the file", "videospec.toml")
    assert rows["exclude"] == ('["plyr"]', "videospec.toml")
    assert json.loads(rows["context"][0]) == {"app": {"name": "x"}}
    assert rows["idle"] == ("1800", "default")
    assert shown(run("config", "--config", "other.toml").out)["user_id"][1] == "default"


def test_config_shows_every_setting_once(run: "Run") -> None:
    rows = shown(run("config").out)
    assert list(rows) == [*(setting.name for setting in fields(Settings)), "SEGMENT_WRITE_KEY"]
    assert {origin for name, (_, origin) in rows.items() if name != "SEGMENT_WRITE_KEY"} == {"default"}


def test_a_date_in_the_file_is_shown(run: "Run", tmp_path: Path) -> None:
    (tmp_path / "videospec.toml").write_text("[context]\nsince = 2026-01-02\n")
    ran = run("config")
    assert (ran.code, ran.err) == (0, "")
    context = json.loads(shown(ran.out)["context"][0])
    assert context["since"] == "2026-01-02"
    told = json.loads(run("replay", ADS).lines[0])["context"]
    assert told["since"] == context["since"]


def test_what_an_account_is_set_to_is_not_shown(run: "Run", tmp_path: Path) -> None:
    (tmp_path / "videospec.toml").write_text('[accounts.Recombee]\nprivateToken = "hush"\n')
    ran = run("config")
    assert b"hush" not in ran.out
    assert json.loads(shown(ran.out)["accounts"][0]) == {"Recombee": ["privateToken"]}


def test_a_secret_is_never_shown(run: "Run") -> None:
    assert shown(run("config").out)["SEGMENT_WRITE_KEY"] == ("(not set)", "environment")
    ran = run("config", SEGMENT_WRITE_KEY=KEY)
    assert shown(ran.out)["SEGMENT_WRITE_KEY"] == ("(set)", "environment")
    assert KEY not in ran.out.decode() + ran.err


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["--heartbeat", "0"], "--heartbeat: heartbeat must be"),
        (["--config", "gone.toml"], "cannot read gone.toml"),
        (["--config", "bad.toml"], "bad.toml: unknown setting 'midrol', did you mean 'midroll'?"),
        (["--config", "type.toml"], "type.toml: idle must be"),
        (["--config", "reading.toml"], "reading.toml: loop must be one of"),
        (["--config", "list.toml"], "list.toml: include must be"),
        (["--config", "nan.toml"], "nan.toml: window must be"),
        (["--user-id", "\udcff"], r"--user-id: user_id must be what JSON in UTF-8 can say, not '\udcff'"),
        (["--context", '{"a": "\\ud800"}'], "--context: context must be what JSON in UTF-8 can say"),
        (["--adapter", "html"], "--adapter: unknown adapter 'html', did you mean 'html5'?"),
        (["--adapter", "Brightcov"], "--adapter: unknown adapter 'Brightcov', did you mean 'video.js+contrib-ads'?"),
        (["--adapter", "zoetrope"], "--adapter: unknown adapter 'zoetrope': there are dash.js, fluid-player"),
        (["--config", "adapter.toml"], "adapter.toml: unknown adapter 'hls', did you mean 'hls.js'"),
        (["--destination", "yubora"], "unknown destination 'yubora', did you mean 'Youbora'?"),
        (["--config", "destination.toml"], "unknown destination 'yubora', did you mean 'Youbora'?"),
    ],
)
def test_bad_settings_are_told_with_their_place(run: "Run", tmp_path: Path, args: list[str], words: str) -> None:
    (tmp_path / "bad.toml").write_text('midrol = "prose"\n')
    (tmp_path / "type.toml").write_text('idle = "long"\n')
    (tmp_path / "reading.toml").write_text('loop = "twice"\n')
    (tmp_path / "list.toml").write_text("include = [1]\n")
    (tmp_path / "adapter.toml").write_text('adapter = "hls"\n')
    (tmp_path / "destination.toml").write_text('destinations = ["Adobe Analytics", "yubora"]\n')
    (tmp_path / "nan.toml").write_text("window = nan\n")
    for command in (["config"], ["replay", ADS]):
        ran = run(*command, *args)
        assert (ran.code, ran.out) == (2, b"")
        assert words in ran.err


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (["--exclude", "plir"], ["--exclude: no adapter knows the player 'plir', did you mean 'plyr'?"]),
        (["--include", "html5", "--include", "Bitmovin@8"], ["--include: no adapter knows the player 'Bitmovin'"]),
        (["--exclude", "PLYR@3", "--include", "native"], []),
        (["--include", "our player", "--include", "html5", "--adapter", "html5"], []),
        (["--config", "c.toml"], ["c.toml: no adapter knows the player 'shakka', did you mean 'shaka-player'?"]),
    ],
)
def test_a_player_that_no_adapter_knows_is_told_once(
    run: "Run", tmp_path: Path, args: list[str], told: list[str]
) -> None:
    (tmp_path / "c.toml").write_text('exclude = ["shakka"]\n')
    commands: list[list[Any]] = [["replay", ADS, ADS], ["config"]]
    if "--config" in args:
        commands += [["lint", ADS], ["check", ADS, "--destination", "Youbora", "--ignore", "quirk"]]
    for command in commands:
        ran = run(*command, *args)
        assert ran.code == 0
        assert ran.err.splitlines()[: len(told)] == [f"videospec {command[0]}: {text}" for text in told]
        assert ran.err.count("no adapter") == len(told)


def test_settings_reach_the_tracks(run: "Run", tmp_path: Path) -> None:
    (tmp_path / "videospec.toml").write_text('[context.app]\nname = "tv"\n[integrations]\nAll = false\n')
    first = json.loads(run("replay", ADS, "--user-id", "u", "--anonymous-id", "a").lines[0])
    assert (first["userId"], first["anonymousId"]) == ("u", "a")
    assert first["context"]["app"] == {"name": "tv"}
    assert first["integrations"] == {"All": False}
    ids = {run("replay", ADS, *args).lines[0][:120] for args in ([], ["--run", "2"], ["--route", "b"])}
    assert len(ids) == 3
    assert run("replay", ADS, "--exclude", "hls.js").out == b""
    assert run("replay", ADS, "--include", "html5").out == b""
    assert run("replay", ADS, "--include", "html5", "--include", "hls.js").out != b""
    assert b"Video Ad Started" not in run("replay", ADS, "--adapter", "html5").out


# -- delivery ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def send(run: "Run", endpoint: "Endpoint") -> Any:
    def send(*args: str | Path) -> Any:
        logs = [arg for arg in args if isinstance(arg, Path)] or [ADS]
        rest = [arg for arg in args if not isinstance(arg, Path)]
        return run("replay", *logs, "--to", "segment", "--host", endpoint.url, *rest, SEGMENT_WRITE_KEY=KEY)

    return send


@pytest.fixture(scope="module")
def told() -> list[dict[str, Any]]:
    return [json.loads(track.json()) for track in replay(gzip.decompress(ADS.read_bytes()).splitlines())]


def test_tracks_arrive_at_segment(send: Any, endpoint: "Endpoint", told: list[dict[str, Any]]) -> None:
    ran = send()
    assert (ran.code, ran.out) == (0, b"")
    assert f"{len(told)} tracks sent in 1 requests" in ran.err
    assert endpoint.arrived == told
    assert endpoint.seen[0].body["writeKey"] == KEY
    assert KEY not in ran.err


def test_tracks_are_also_written_when_an_output_is_named(
    send: Any, endpoint: "Endpoint", told: list[dict[str, Any]], tmp_path: Path
) -> None:
    assert send("-o", "tracks.jsonl").code == 0
    assert [json.loads(raw) for raw in (tmp_path / "tracks.jsonl").read_bytes().splitlines()] == told
    assert endpoint.arrived == told


def test_a_key_that_is_not_accepted_stops_and_the_same_command_goes_on(
    send: Any, endpoint: "Endpoint", tmp_path: Path
) -> None:
    many = ["--heartbeat", "1", "--checkpoint", "mark.json", *(copy(tmp_path, number) for number in range(4))]
    endpoint.script = [Reply(), Reply(401, body=b"")]
    stopped = send(*many)
    assert stopped.code == 1
    assert "HTTP 401" in stopped.err
    assert "Traceback" not in stopped.err
    assert KEY not in stopped.err
    assert len(endpoint.arrived) == 100
    again = send(*many)
    assert again.code == 0
    assert "100 settled by an earlier run" in again.err
    ids = [message["messageId"] for message in endpoint.arrived]
    assert len(ids) == len(set(ids)) > 200
    assert send(*many).code == 0
    assert len(endpoint.arrived) == len(ids)
    other = send(*many, "--run", "2")
    assert other.code == 2
    assert "mark.json" in other.err


def copy(folder: Path, number: int) -> Path:
    """The recording as another viewing."""
    path = folder / f"copy-{number}.jsonl"
    path.write_bytes(gzip.decompress(ADS.read_bytes()).replace(b"lab-hlsjs_S7", f"copy-{number}".encode()))
    return path


@pytest.mark.parametrize("strict", [False, True])
def test_a_message_that_segment_refuses_is_kept_alone(
    send: Any, endpoint: "Endpoint", told: list[dict[str, Any]], tmp_path: Path, strict: bool
) -> None:
    poison = told[3]["messageId"]
    endpoint.rule = lambda batch: Reply(400 if poison in {message["messageId"] for message in batch} else 200)
    ran = send("--dead-letter", "dead.jsonl", *["--strict"] * strict)
    assert ran.code == 3 * strict
    assert [message["messageId"] for message in endpoint.arrived] == [m["messageId"] for m in told if m != told[3]]
    dead = [json.loads(raw) for raw in (tmp_path / "dead.jsonl").read_bytes().splitlines()]
    assert [letter["message"] for letter in dead] == [told[3]]
    assert "HTTP 400" in dead[0]["text"]
    assert f"{len(told) - 1} tracks sent" in ran.err
    assert "refused: 1 HTTP 400" in ran.err


def test_a_dry_run_sends_nothing_and_needs_no_key(run: "Run", endpoint: "Endpoint", told: list[dict[str, Any]]) -> None:
    ran = run("replay", ADS, "--to", "segment", "--host", endpoint.url, "--dry-run")
    assert ran.code == 0
    assert f"{len(told)} tracks would be sent" in ran.err
    assert endpoint.seen == []


@pytest.mark.parametrize("args", [["--rate", "0"], ["--rate", "-1"], ["--rate", "nan"], ["--host", "ftp://x"]])
def test_bad_delivery_is_bad_usage(send: Any, endpoint: "Endpoint", args: list[str]) -> None:
    ran = send(*args)
    assert ran.code == 2
    assert "Traceback" not in ran.err
    assert endpoint.seen == []


# -- the small commands ------------------------------------------------------------------------------------------------


def test_adapters_are_listed_with_how_they_were_proven(run: "Run") -> None:
    ran = run("adapters")
    assert ran.code == 0
    assert [line.split()[0] for line in ran.out.decode().splitlines()] == adapter_names()
    assert all(" proven by " in line for line in ran.out.decode().splitlines())
    listed = json.loads(run("adapters", "--format", "json").out)
    assert [adapter["name"] for adapter in listed] == adapter_names()
    assert {adapter["proven"] for adapter in listed} == {"recording", "typings"}


def test_the_schema_is_printed(run: "Run") -> None:
    whole = json.loads(run("schema").out)
    assert whole["$schema"].endswith("2020-12/schema")
    assert all(event in json.dumps(whole) for event in EVENTS)
    one = run("schema", "Video Content Playing").out
    assert b'"pod_id"' in one
    assert b'"ad_pod_id"' not in one
    wrong = run("schema", "Video Content Paused")
    assert (wrong.code, wrong.out) == (2, b"")
    assert "'Video Content Paused'" in wrong.err


def test_what_replay_writes_is_valid(run: "Run", tmp_path: Path) -> None:
    run("replay", ADS, "-o", "tracks.jsonl")
    assert run("validate", "tracks.jsonl") == (0, b"", "errors: 0, warnings: 0\n")


def test_findings_are_told_with_file_line_field_and_mend(run: "Run", tmp_path: Path) -> None:
    lines = run("replay", ADS).lines
    wrong = json.loads(lines[1])
    wrong["properties"]["position"] = -5
    (tmp_path / "a.jsonl").write_bytes(b"\n".join(lines[:2]) + b"\n")
    (tmp_path / "b.jsonl").write_bytes(lines[0] + b"\n" + json.dumps(wrong).encode() + b"\nnot json\n")
    ran = run("validate", "a.jsonl", "b.jsonl")
    assert ran.code == 1
    first, second = ran.out.decode().splitlines()
    assert first.startswith("b.jsonl:2: error spec.range properties.position: ")
    assert second.startswith("b.jsonl:3: error spec.json")
    assert ran.err == "errors: 2, warnings: 0\n"
    told = [json.loads(raw) for raw in run("validate", "--format", "json", "a.jsonl", "b.jsonl").lines]
    assert [(found["file"], found["line"], found["rule"], found["severity"]) for found in told] == [
        ("b.jsonl", 2, "spec.range", "error"),
        ("b.jsonl", 3, "spec.json", "error"),
    ]
    assert all(found["mend"] and found["message"] for found in told)
    assert run("validate", "-", stdin=lines[0]).code == 0
    assert run("validate", "gone.jsonl").code == 2


@pytest.mark.parametrize(
    "args",
    [["validate"], ["lint"], ["check", "--destination", "Youbora", "--ignore", "quirk"], ["simulate", "Youbora"]],
    ids=lambda args: args[0],
)
def test_a_file_cut_short_is_told_and_fails_with_strict_alone(run: "Run", tmp_path: Path, args: list[str]) -> None:
    packed = gzip.compress(run("replay", ADS).out)
    (tmp_path / "whole").write_bytes(packed)
    (tmp_path / "cut.gz").write_bytes(packed[:-6])  # of its checksum: no line is lost
    (tmp_path / "short.gz").write_bytes(packed[: len(packed) // 2])
    whole = run(*args, "whole", "--strict")
    cut, short = run(*args, "cut.gz"), run(*args, "short.gz")
    assert (whole.code, cut.code, cut.out.replace(b"cut.gz", b"whole")) == (0, 0, whole.out)
    assert "cut.gz: stops in the middle" in cut.err
    assert "short.gz: stops in the middle" in short.err
    assert run(*args, "cut.gz", "--strict").code == 3
    assert run("replay", "--strict", "cut.gz").code == 3


@pytest.mark.parametrize("more", [[], ["--write-baseline", "base.json"]], ids=["told", "listed"])
def test_a_log_cut_short_is_linted_as_far_as_it_goes(run: "Run", tmp_path: Path, more: list[str]) -> None:
    (tmp_path / "cut.gz").write_bytes(ADS.read_bytes()[:-4000])
    ran = run("lint", "cut.gz", *more)
    assert ran.code == 0
    assert "cut.gz: stops in the middle" in ran.err
    assert run("lint", "cut.gz", "--strict", *more).code == 3
    assert run("lint", ADS, "--strict").code == 0


READERS = [["validate"], ["lint"], ["simulate", "Youbora"]]


@pytest.mark.parametrize("args", READERS, ids=lambda args: args[0])
def test_the_mark_of_an_editor_is_no_part_of_a_file(run: "Run", tmp_path: Path, args: list[str]) -> None:
    tracks = run("replay", ADS).out
    (tmp_path / "plain").write_bytes(tracks)
    (tmp_path / "marked").write_bytes(codecs.BOM_UTF8 + tracks)
    assert run(*args, "marked", "--strict") == run(*args, "plain", "--strict")
    (tmp_path / "log").write_bytes(codecs.BOM_UTF8 + gzip.decompress(ADS.read_bytes()))
    assert run("replay", "log", "--strict").out == tracks


@pytest.mark.parametrize("args", READERS, ids=lambda args: args[0])
@pytest.mark.parametrize(("batch", "filter_"), [(True, ".batch[]"), (False, ".[]")], ids=["batch", "list"])
def test_messages_in_one_document_are_told_with_how_to_make_lines(
    run: "Run", tmp_path: Path, args: list[str], batch: bool, filter_: str
) -> None:
    messages = [json.loads(line) for line in run("replay", ADS).lines]
    (tmp_path / "one.json").write_text(json.dumps({"batch": messages} if batch else messages))
    ran = run(*args, "one.json")
    told = ran.out.decode() + ran.err
    assert f"found a {'batch' if batch else 'list'} of {len(messages)}, expected one message" in told
    assert told.count("one.json:1") == told.count(f"jq -c '{filter_}'") == 1


def test_a_finding_goes_before_what_could_not_be_read(run: "Run", tmp_path: Path) -> None:
    (tmp_path / "cut.gz").write_bytes(gzip.compress(b"nonsense\n" * 9)[:-6])
    assert run("validate", "cut.gz", "--strict").code == 1
    assert run("lint", "cut.gz", "--strict").code == 1
    (tmp_path / "log.jsonl").write_bytes(gzip.decompress(ADS.read_bytes()) + b"nonsense\n")
    assert run("lint", "log.jsonl", "--strict").code == 3
    (tmp_path / "tracks.jsonl").write_bytes(run("replay", ADS).out + b"nonsense\n")
    assert [run("simulate", "Youbora", "tracks.jsonl", *more).code for more in ([], ["--strict"])] == [0, 3]


def test_a_log_is_no_file_of_tracks(run: "Run", tmp_path: Path) -> None:
    run("replay", ADS, "-o", "tracks.jsonl")
    log = tmp_path / "log.jsonl"
    log.write_bytes(b"\n" + gzip.decompress(ADS.read_bytes()))
    word = "looks like a capture log, not tracks: `videospec replay` comes first\n"
    for files in ([log], ["tracks.jsonl", log, ADS]):
        ran = run("validate", *files)
        assert ran.code == 1
        assert ran.err.startswith(f"videospec validate: {log} {word}")
        assert ran.err.count("looks like") == 1
    told = run("validate", "-", "--format", "json", stdin=log.read_bytes())
    assert told.err == f"videospec validate: stdin {word}"
    assert all(json.loads(raw)["rule"] for raw in told.lines)


def test_version_and_help(run: "Run") -> None:
    assert re.fullmatch(rb"videospec \d+\.\d+\.\d+\n", run("--version").out)
    usage = run("--help").out.decode()
    assert all(f"\n    {command} " in usage for command in ("replay", "validate", "schema", "adapters", "config"))
    assert "--dead-letter FILE" in run("replay", "--help").out.decode()
