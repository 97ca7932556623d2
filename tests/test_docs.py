"""The documentation: what is generated is what the code says, what is shown works, and every link leads somewhere."""

import ast
import builtins
import gzip
import importlib.util
import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from videospec import Overriding, Settings, replay
from videospec.cli import main
from videospec.destinations.faults import faults
from videospec.plugins import adapter_names, destination_names, find_destination


def _load() -> ModuleType:
    """docs_tables.py by its path: this folder is no package."""
    spec = importlib.util.spec_from_file_location("docs_tables", Path(__file__).with_name("docs_tables.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


docs = _load()
ROOT: Path = docs.ROOT
PAGES: list[Path] = docs.pages()
_CODE = re.compile(r"^```(\w*)\n(.*?)^```$", re.S | re.M)
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")


def named(page: Path) -> str:
    return str(page.relative_to(ROOT))


def read(page: str) -> str:
    return (ROOT / page).read_text("utf-8")


def blocks(page: Path) -> list[str]:
    return [match[1] for match in docs.BLOCK.findall(page.read_text("utf-8"))]


GENERATED = [(page, name) for page in PAGES for name in blocks(page)]


# -- generated blocks --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("page", "name"), GENERATED, ids=lambda value: value if isinstance(value, str) else named(value)
)
def test_block_is_what_the_code_says(page: Path, name: str, accept: bool) -> None:
    made = docs.TABLES[name]()
    text = page.read_text("utf-8")
    if accept:
        text = docs.BLOCK.sub(lambda m: f"{m[1]}{made}{m[4]}" if m[2] == name else m[0], text)
        page.write_text(text, "utf-8")
    shown = next(match[2] for match in docs.BLOCK.findall(text) if match[1] == name)
    assert shown == made, "run `pytest --accept tests/test_docs.py` and read the diff"


def test_every_table_is_shown_once() -> None:
    assert sorted(name for _, name in GENERATED) == sorted(docs.TABLES)


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_block_is_closed(page: Path) -> None:
    text = page.read_text("utf-8")
    assert text.count("<!-- generated: ") == text.count("<!-- end -->") == len(blocks(page))


# -- links -------------------------------------------------------------------------------------------------------------


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as GitHub makes them."""
    text = _CODE.sub("", page.read_text("utf-8"))
    headings = re.findall(r"^#+ (.+)$", text, re.M)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_links_lead_somewhere(page: Path) -> None:
    text = _CODE.sub("", page.read_text("utf-8"))
    dead = []
    for link in _LINK.findall(text):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        if not target.exists() or (anchor and anchor not in anchors(target)):
            dead.append(link)
    assert not dead


def test_every_page_is_linked_from_the_index() -> None:
    index = ROOT / "docs/index.md"
    linked = {(index.parent / link.partition("#")[0]).resolve() for link in _LINK.findall(read("docs/index.md"))}
    assert {page for page in (ROOT / "docs").rglob("*.md") if page != index} <= linked


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_lines_are_no_machine_s_own(page: Path) -> None:
    text = page.read_text("utf-8")
    assert str(Path.home()) not in text
    assert str(ROOT) not in text


# -- the two commands --------------------------------------------------------------------------------------------------


def commands() -> list[str]:
    """The README's commands, each one line."""
    return [text.strip() for language, text in _CODE.findall(read("README.md")) if language == "sh"]


def test_readme_has_two_commands_of_one_line() -> None:
    assert len(commands()) == 2
    assert all("\n" not in command for command in commands())


def test_ci_runs_the_command_of_the_readme() -> None:
    script = read(".ci/run").splitlines()
    assert script[-1] == commands()[1]
    assert [line for line in script if line and not line.startswith("#")] == [
        "set -euo pipefail",
        'cd "$(dirname "$0")/.."',
        commands()[1],
    ]


def test_first_command_replays_a_sample(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    last = commands()[0].split("&&")[-1].split()
    assert last[0] == ".venv/bin/videospec"
    monkeypatch.chdir(ROOT)
    assert main(last[1:]) == 0
    said = capsys.readouterr().out
    assert "Video Ad Started" in said
    assert "Video Playback Completed" in said


# -- what is shown works -----------------------------------------------------------------------------------------------


def python_blocks(page: str) -> list[str]:
    return [text for language, text in _CODE.findall(read(page)) if language == "python"]


def sample(name: str = docs.HLS) -> bytes:
    return gzip.decompress((ROOT / name).read_bytes())


def test_readme_example_takes_lines_and_events() -> None:
    example = docs.files(ROOT / "README.md")["embed.py"]
    assert len([line for line in example.splitlines() if line.strip()]) <= 10
    here: dict[str, Any] = {}
    exec(compile(example, "embed.py", "exec"), here)
    log = sample()
    half = log.index(b"\n", len(log) // 2) + 1
    said = [*here["beacon"](log[:half]), *here["beacon"](log[half:])]
    whole = [track.message() for track in replay(log.splitlines())]
    assert said == whole[: len(said)]
    assert len(whole) - len(said) <= 1
    assert [track.event for track in here["said"]] == ["Video Playback Started", "Video Content Started"]


def test_embedding_by_restoring_a_session_for_each_request(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    page = ROOT / "docs/how-to/embed.md"
    here: dict[str, Any] = {}
    exec(compile(docs.files(page)["intake.py"], "intake.py", "exec"), here)
    lines = sample().splitlines()
    store: dict[str, bytes] = {}
    said = []
    for start in range(0, len(lines), 7):
        said += here["take"]("lab-hlsjs_S7", lines[start : start + 7], store)
        assert set(store) == {"lab-hlsjs_S7"}
    whole = list(replay(lines))
    assert said == whole[: len(said)]
    rest = here["silent"]("lab-hlsjs_S7", 3600, store)
    assert [*said, *rest] == whole


def test_embedding_overrides_by_restoring_them_for_each_request() -> None:
    page = ROOT / "docs/how-to/embed.md"
    here: dict[str, Any] = {}
    for name in ("intake.py", "made_right.py"):
        exec(compile(docs.files(page)[name], name, "exec"), here)
    lines = sample().splitlines()
    sessions: dict[str, bytes] = {}
    overridings: dict[str, bytes] = {}
    sent = []
    for start in range(0, len(lines), 7):
        said = here["take"]("lab-hlsjs_S7", lines[start : start + 7], sessions)
        sent += here["made_right"]("lab-hlsjs_S7", said, overridings)
    said = here["silent"]("lab-hlsjs_S7", 3600, sessions)
    sent += here["made_right"]("lab-hlsjs_S7", said, overridings, last=True)
    assert sent == list(Overriding.to(here["DESTINATIONS"]).tracks(replay(lines)))
    assert {track.integrations is None for track in sent} == {True, False}


def test_silence_ends_an_abandoned_session() -> None:
    here: dict[str, Any] = {}
    exec(compile(docs.files(ROOT / "docs/how-to/embed.md")["intake.py"], "intake.py", "exec"), here)
    lines = sample(docs.HTML5).splitlines()
    half = lines[: len(lines) // 2]
    store: dict[str, bytes] = {}
    said = here["take"]("lab-html5_S2", half, store)
    assert here["silent"]("lab-html5_S2", 60, store) == []
    said += here["silent"]("lab-html5_S2", Settings().idle + 60, store)
    assert said == list(replay(half))
    assert said[-1].event == "Video Playback Interrupted"


def test_after_silence_only_what_plays_is_another_viewing() -> None:
    here: dict[str, Any] = {}
    exec(compile(docs.files(ROOT / "docs/how-to/embed.md")["intake.py"], "intake.py", "exec"), here)
    lines = [json.loads(raw) for raw in sample(docs.HTML5).splitlines()]
    half, play = lines[: len(lines) // 2], next(line for line in lines if line["type"] == "play")
    store: dict[str, bytes] = {}

    def late(line: dict[str, Any], more: int) -> list[str]:
        late = {**line, "seq": half[-1]["seq"] + more, "t": half[-1]["t"] + 7_200_000 + more}
        late.pop("mono", None)
        return [
            track.properties["session_id"] for track in here["take"]("lab-html5_S2", [json.dumps(late).encode()], store)
        ]

    here["take"]("lab-html5_S2", [json.dumps(line).encode() for line in half], store)
    # many calls are not one long silence
    assert [here["silent"]("lab-html5_S2", 60 * minute, store) for minute in range(1, 29)] == [[]] * 28
    assert here["silent"]("lab-html5_S2", Settings().idle + 60, store)[-1].event == "Video Playback Interrupted"
    assert late({**play, "type": "volumechange"}, 1) == []
    assert late({**play, "type": "pagehide", "src": "page"}, 2) == []
    assert set(late(play, 3)) == {"lab-html5_S2~2"}


# What a reader of the examples has already: the framework's, and the tables and clients of the host.
HOSTS = {"HttpResponse", "Outbox", "STREAM", "Viewing", "firehose", "table", "timedelta", "timezone", "transaction"}


def test_embedding_examples_use_nothing_that_is_not_there() -> None:
    trees = [ast.parse(text) for text in python_blocks("docs/how-to/embed.md")]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    there = {*HOSTS, *dir(builtins)}
    there |= {node.name for node in nodes if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}
    there |= {
        (name.asname or name.name)
        for node in nodes
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in node.names
    }
    there |= {node.arg for node in nodes if isinstance(node, ast.arg)}
    there |= {node.name for node in nodes if isinstance(node, ast.ExceptHandler) and node.name}
    there |= {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    assert {node.id for node in nodes if isinstance(node, ast.Name)} <= there


@pytest.mark.parametrize("page", [page for page in PAGES if python_blocks(named(page))], ids=named)
def test_python_is_python(page: Path) -> None:
    for text in python_blocks(named(page)):
        if not re.match(r"\w+\(.*\) -> [^\n]+\n\Z", text):
            ast.parse(text)


def test_example_adapter_is_one_file_one_recording_one_line() -> None:
    given = docs.files(ROOT / "docs/how-to/write-an-adapter.md")
    assert sorted(given) == ["acme.jsonl", "acme_adapter.py", "pyproject.toml"]
    with docs.desk_of(ROOT / "docs/how-to/write-an-adapter.md") as desk:
        said = docs.run(desk, "videospec replay acme.jsonl --summary -o tracks.jsonl")
        assert "unknown native" not in said
        assert docs.run(desk, "videospec validate tracks.jsonl") == "errors: 0, warnings: 0\n"
        assert "acme-player" in docs.run(desk, "videospec adapters")


def test_example_destination_is_one_file_one_test_one_line() -> None:
    page = ROOT / "docs/how-to/write-a-destination.md"
    assert sorted(docs.files(page)) == ["acme_destination.py", "pyproject.toml", "test_acme_destination.py"]
    with docs.desk_of(page) as desk:
        assert "4 passed" in docs.run(desk, "python -m pytest -q -p no:cacheprovider")
        said = docs.run(desk, f"videospec replay {docs.HTML5} --source server --destination Acme -o tracks.jsonl")
        assert said == ""
        tracks = [json.loads(line) for line in (desk / "tracks.jsonl").read_text("utf-8").splitlines()]
    copies = [one for one in tracks if one.get("integrations") == {"All": False, "Acme Insights": True}]
    assert {one["event"] for one in copies} >= {"Video Content Playing"}
    every = [find_destination(name) for name in destination_names()]
    here: dict[str, Any] = {}
    exec(compile(docs.files(page)["acme_destination.py"], "acme_destination.py", "exec"), here)
    assert list(faults([*every, here["destination"]])) == []


def test_every_adapter_has_its_row() -> None:
    rows = re.findall(r"^\| `([^`]+)` \|", read("docs/reference/adapters.md").partition("<!-- generated")[0], re.M)
    assert sorted(rows) == adapter_names()


def test_every_reason_of_refusal_is_explained() -> None:
    source = "".join(read(f"videospec/{room}.py") for room in ("capture", "metadata", "sessions"))
    reasons = set(re.findall(r'(?:Refused\(|_refuse\()"([a-z0-9-]+)"', source))
    page = read("docs/reference/capture-format.md")
    assert len(reasons) > 5
    assert {reason for reason in reasons if f"`{reason}`" not in page} == set()


def test_every_dependency_has_its_sentence() -> None:
    project = tomllib.loads(read("pyproject.toml"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    page = read("docs/reference/dependencies.md")
    assert [text for text in wanted if f"| `{re.split('[<>=,]', text)[0]}` |" not in page] == []


def test_module_runs_as_the_command() -> None:
    said = subprocess.run([sys.executable, "-m", "videospec", "--version"], capture_output=True, check=True, text=True)
    assert said.stdout.startswith("videospec ")
