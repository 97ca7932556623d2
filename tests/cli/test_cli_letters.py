"""What the commands print where standard output has another encoding than UTF-8, as it has in many a pipeline."""

import io
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from cli.conftest import PLAIN

from videospec.cli import main

if TYPE_CHECKING:
    from cli.conftest import Run

AT = "2026-03-05T12:00:00.000Z"
SESSION = "zwölf ☕ 🎬"  # one that Latin-1 has, one that no 8-bit encoding has, one beyond 16 bits
MESSAGE = {
    "type": "track",
    "event": "Video Content Started",
    "timestamp": AT,
    "userId": "u",
    "properties": {
        "session_id": SESSION,
        "channel": SESSION,
        "load_type": "linear",
        "genre": 3,
        "title": [f"{SESSION} " * 20],
    },
}
YOUBORA = ["--destination", "Youbora"]
JSON = {
    "validate": ["validate", "FILE", "--format", "json"],
    "lint": ["lint", "FILE", "--format", "json"],
    "lint as sarif": ["lint", "FILE", "--format", "sarif"],
    "check": ["check", "FILE", *YOUBORA, "--format", "json"],
    "check as sarif": ["check", "FILE", *YOUBORA, "--format", "sarif"],
    "simulate": ["simulate", "Nielsen DTVR", "FILE"],
    "replay": ["replay", "LOG", "--user-id", SESSION],
    "adapters": ["adapters", "--format", "json"],
    "destinations": ["destinations", "--format", "json"],
    "one destination": ["destinations", "show", "Google Analytics 4 Cloud", "--format", "json"],
    "schema": ["schema"],
}
TEXT = {
    "validate": ["validate", "FILE"],
    "lint": ["lint", "FILE"],
    "check": ["check", "FILE", *YOUBORA],
    "timeline": ["replay", "LOG", "--timeline"],
    "one destination": ["destinations", "show", "Google Analytics 4 Cloud"],
    "config": ["config", "--user-id", SESSION],
}


@pytest.fixture
def printed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Runs a command in this process with a standard output of an encoding."""
    (tmp_path / "zwölf.jsonl").write_text(json.dumps(MESSAGE) + "\n", "utf-8")
    files = {"FILE": str(tmp_path / "zwölf.jsonl"), "LOG": str(PLAIN)}

    def run(args: list[str], encoding: str) -> str:
        out = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
        monkeypatch.setattr(sys, "stdout", out)
        assert main([files.get(arg, arg) for arg in args]) in (0, 1)
        out.flush()
        said = out.buffer.getvalue()
        assert said
        return str(said.decode("utf-8" if args[0] in ("replay", "simulate") and "--timeline" not in args else encoding))

    return run


def values(text: str) -> list[Any]:
    """One value over many lines, or one a line."""
    return [json.loads(text)] if text.startswith(("{\n", "[\n")) else [json.loads(line) for line in text.splitlines()]


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
@pytest.mark.parametrize("name", JSON)
def test_json_is_the_same_json(printed: Any, name: str, encoding: str) -> None:
    assert values(printed(JSON[name], encoding)) == values(printed(JSON[name], "utf-8"))


@pytest.mark.parametrize("name", TEXT)
def test_text_has_numbers_for_letters(printed: Any, name: str) -> None:
    told = printed(TEXT[name], "utf-8")
    assert printed(TEXT[name], "ascii") == told.encode("ascii", "backslashreplace").decode()


def test_letters_stay_letters_in_utf8(printed: Any) -> None:
    assert SESSION in printed(JSON["lint"], "utf-8")


def test_a_terminal_of_ascii(run: "Run", tmp_path: Path) -> None:
    (tmp_path / "t.jsonl").write_text(json.dumps(MESSAGE) + "\n", "utf-8")
    for more in ({"PYTHONIOENCODING": "ascii"}, {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}):
        ran = run("lint", "t.jsonl", "--format", "json", **more)
        assert ran.out.isascii()
        assert {found.get("session") for found in json.loads(ran.out)["findings"]} >= {SESSION}
    assert run("replay", "--help", PYTHONIOENCODING="ascii").code == 0


def test_a_file_whose_name_is_no_text(run: "Run", tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/caf\xe9.jsonl"
    Path(os.fsdecode(path)).write_text(json.dumps(MESSAGE) + "\n", "utf-8")
    told = json.loads(run("lint", os.fsdecode(b"caf\xe9.jsonl"), "--format", "sarif").out)
    place = told["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "caf%E9.jsonl"
