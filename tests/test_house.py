"""The plan of the house, held: which room may import which, what quiet rooms must not know, and what lies about."""

import ast
import gzip
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
BOTTOM = {"player_events", "tracks", "settings", "spec.readings", "spec.events"}
SPEC = {
    "spec.ads",
    "spec.copies",
    "spec.content",
    "spec.depths",
    "spec.events",
    "spec.fields",
    "spec.findings",
    "spec.lines",
    "spec.message",
    "spec.playback",
}
SPEC |= {"spec.quality", "spec.quick", "spec.readings", "spec.schema", "spec.sizes", "spec.stamps"}

# The module (without `videospec.`) and what of ours it may import. A name with a star is a folder of rooms.
ROOMS: dict[str, set[str]] = {
    "player_events": set(),
    # apart from tracks, so that a check can tell a copy by the id that it must have
    "ids": set(),
    "tracks": set(),
    "spec": set(),
    "spec.readings": set(),
    "spec.events": {"spec.readings"},
    "settings": {"spec.readings", "texts"},
    "machine": set(),
    "adapter": {"player_events"},
    "capture": {"player_events"},
    "metadata": {"capture", "player_events", "texts"},
    "texts": set(),
    "pods": {"player_events"},
    "names": {"player_events", "pods", "texts"},
    "compose": {"names", "texts", *BOTTOM},
    "telling": {"compose", "names", *BOTTOM},
    "playhead": set(),
    "tally": set(),
    "hearing": {"hearing.*"},
    "hearing.*": {"names", "playhead", "telling", "hearing.*", *BOTTOM},
    "holding": {"machine", "telling"},
    "drafts": {"ids", "tracks"},
    "session": {"drafts", "hearing", "holding", "machine", "names", "playhead", "telling", *BOTTOM},
    "spelling": set(),
    "plugins": {"adapter", "destinations.destination", "spelling"},
    "slot": {"adapter", "capture", "plugins", "session", *BOTTOM},
    "present": {"slot"},
    "sessions": {"adapter", "capture", "metadata", "plugins", "present", "session", "slot", "tally", *BOTTOM},
    "pipeline": {"sessions", *BOTTOM},
    "": {"adapter", "overriding", "pipeline", "plugins", "session", "sessions", "tally", *BOTTOM},
    "__main__": {"cli"},
    "spec.*": SPEC,
    "spec.naming": {"spec.events", "spelling"},
    "destinations": set(),
    "destinations.*": {"destinations.*", "spec.events", "spelling"},
    "hooks": {"destinations.*", "ids", "spelling"},
    "target": {"destinations.*", "hooks", "spec.events"},
    "saving": {"destinations.viewing", "hooks", "target"},
    "overriding": {
        "destinations.*",
        "hooks",
        "ids",
        "saving",
        "spec.copies",
        "spec.events",
        "spec.naming",
        "target",
        "tracks",
    },
    "delivery.*": {"tracks", "delivery.*"},
    "simulators": {"simulators.*", "spelling"},
    "rules": {"rules.*", "spec.copies", "spec.events", "spec.readings"},
    "rules.*": {"rules.*", "spec.events", "spec.naming", "spec.readings", "spec.stamps"},
    "rules.schema": {"rules.finding", "spec.message", "spec.naming", "spec.quick"},
    "simulators.*": {"simulators.*", "spec.depths", "spec.lines", "spec.stamps"},
    "check": {
        "check.*",
        "destinations.*",
        "hooks",
        "rules",
        "rules.*",
        "simulators",
        "simulators.*",
        "spec.copies",
        "spec.readings",
    },
    "check.*": {
        "check.*",
        "destinations.*",
        "hooks",
        "ids",
        "overriding",
        "rules.*",
        "simulators.*",
        "spec.copies",
        "spec.events",
        "spec.naming",
    },
    "check.limits": {"check.flat", "destinations.*", "spec.sizes"},
    "cli.*": {"*"},
    "videospec_adapters.*": {"adapter", "player_events", "videospec_adapters.*"},
}
# Rooms that work on a viewing name its type, and are named by it in turn.
FOR_TYPES_ONLY = {
    "": {"hooks", "overriding"},
    "compose": {"session"},
    "telling": {"session"},
    "hearing": {"session"},
    **{f"hearing.{room}": {"session"} for room in ("ads", "loading", "picture", "playing", "reports", "seeks")},
    "holding": {"session"},
    "drafts": {"session"},
    "spec.events": {"spec.fields"},
}

LOUD = ("delivery", "cli", "plugins", "__main__")
NOT_QUIET = {"time", "asyncio", "threading", "socket", "uuid", "random", "os", "requests", "segment", "logging"}
# An adapter may be anybody's: when one fails, its traceback must reach the host, and a track is no place for it.
MAY_LOG = {"sessions"}
# What reads a clock, a file or the screen without an import that would tell.
NOT_QUIET_CALLS = {"open", "input", "now", "utcnow", "today", "read_text", "read_bytes", "write_text", "write_bytes"}
LONGEST, MAY_BE_LONG = 350, {"videospec/machine.py"}
TOP = {"README.md", "LICENSE", "CHANGELOG.md", "pyproject.toml", "videospec", "adapters", "tests", "docs", "samples"}
# Written so that this file does not hold what it looks for.
MACHINE_PATH = re.compile(r"(?<![\w.-])/(?:wor[k]|roo[t])/|(?<![\w.-])/hom[e]/\w+")


def module(path: Path) -> str:
    """A file's module without `videospec.`; the package itself is ""."""
    parts = path.with_suffix("").parts
    names = parts[1:] if parts[0] in ("videospec", "adapters") else parts
    return ".".join(name for name in names if name != "__init__")


def sources() -> dict[str, str]:
    paths = [path for top in ("videospec", "adapters") for path in (ROOT / top).rglob("*.py")]
    return {str(path.relative_to(ROOT)): path.read_text("utf-8") for path in sorted(paths)}


SOURCES = sources()
MODULES = {module(Path(path)) for path in SOURCES}


def within(name: str, rooms: set[str]) -> bool:
    """Whether a module is one of the rooms, or in a folder of them."""
    return bool(rooms & {name, "*"}) or any(room.endswith(".*") and f"{name}.".startswith(room[:-1]) for room in rooms)


def room(name: str) -> str | None:
    """The row of ROOMS that a module stands in: its own, else its folder's."""
    return name if name in ROOMS else next((key for key in ROOMS if within(name, {key})), None)


def imports(tree: ast.AST, *, typing: bool = False) -> Iterator[tuple[str, bool]]:
    """Every import by its full name, and whether it is for type checking only. A relative one is `.`."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and ast.unparse(node.test) in ("TYPE_CHECKING", "typing.TYPE_CHECKING"):
            yield from imports(ast.Module(node.body, []), typing=True)
            yield from imports(ast.Module(node.orelse, []), typing=typing)
        elif isinstance(node, ast.Import):
            yield from ((alias.name, typing) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                known = whole.removeprefix("videospec.") in MODULES or whole in MODULES
                yield ("." if node.level else whole if known else str(node.module)), typing
        else:
            yield from imports(node, typing=typing)


def breaches(path: str, text: str) -> Iterator[str]:
    """What a file does that its room may not."""
    name, tree = module(Path(path)), ast.parse(text)
    own = room(name)
    if own is None:
        yield f"{path} stands in no room: give it one in ROOMS"
        return
    quiet = name.partition(".")[0] not in LOUD
    for whole, typing in imports(tree):
        top, _, inner = whole.partition(".")
        target = whole if top == "videospec_adapters" else inner
        if whole == ".":
            yield f"{path} imports relatively"
        elif top in ("videospec", "videospec_adapters"):
            allowed = ROOMS[own] | (FOR_TYPES_ONLY.get(name, set()) if typing else set())
            if not within(target, allowed):
                yield f"{path} imports {whole}"
        elif top in ("pydantic", "pydantic_core") and not name.startswith("spec."):
            yield f"{path} imports {top}: bytes cross the wall in spec"
        elif quiet and top in NOT_QUIET and not (top == "logging" and name in MAY_LOG):
            yield f"{path} imports {top}: quiet rooms are pure"
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        called = ast.unparse(node.func).rpartition(".")[2]
        if called == "print" and name.partition(".")[0] != "cli":
            yield f"{path}:{node.lineno} prints"
        if quiet and called in NOT_QUIET_CALLS:
            yield f"{path}:{node.lineno} calls {called}"
        if called in ("__import__", "import_module") and name not in ("spec.events", "cli"):
            yield f"{path}:{node.lineno} imports out of sight"
    if not ast.get_docstring(tree):
        yield f"{path} has no docstring"
    if (lines := text.count("\n")) > LONGEST and path not in MAY_BE_LONG:
        yield f"{path} has {lines} lines"


@pytest.mark.parametrize("path", SOURCES)
def test_a_file_keeps_to_its_room(path: str) -> None:
    assert list(breaches(path, SOURCES[path])) == []


def test_every_room_of_the_plan_is_there() -> None:
    assert [key for key in ROOMS if not any(room(name) == key for name in MODULES)] == []
    named = set().union(*ROOMS.values(), *FOR_TYPES_ONLY.values(), FOR_TYPES_ONLY)
    assert [name for name in sorted(named - {"*"}) if not any(within(there, {name}) for there in MODULES)] == []


@pytest.mark.parametrize(
    ("path", "planted", "told"),
    [
        ("videospec/machine.py", "from videospec.names import MID", "imports videospec.names"),
        ("videospec/machine.py", "import videospec.settings", "imports videospec.settings"),
        ("videospec/adapter.py", "from videospec import session", "imports videospec.session"),
        ("videospec/tracks.py", "from .settings import Settings", "relatively"),
        ("videospec/telling.py", "from videospec.session import Session", "imports videospec.session"),
        ("videospec/names.py", "def f():\n    from videospec.cli import replay", "imports videospec.cli"),
        ("videospec/delivery/wire.py", "from videospec.settings import Settings", "imports videospec.settings"),
        (
            "videospec/sessions.py",
            "from videospec.delivery.segment import deliver",
            "imports videospec.delivery.segment",
        ),
        ("videospec/pipeline.py", "import videospec_adapters.html5", "imports videospec_adapters.html5"),
        ("adapters/videospec_adapters/plyr.py", "from videospec.session import Session", "imports videospec.session"),
        ("adapters/videospec_adapters/plyr.py", "import time", "imports time"),
        ("videospec/session.py", "import os.path", "imports os"),
        ("videospec/session.py", "from time import monotonic", "imports time"),
        ("videospec/session.py", "import logging", "imports logging"),
        ("videospec/capture.py", "from pydantic import BaseModel", "imports pydantic"),
        ("videospec/cli/replay.py", "import pydantic_core", "imports pydantic_core"),
        ("videospec/tracks.py", "NOW = datetime.now(UTC)", "calls now"),
        ("videospec/spec/fields.py", "TEXT = open('spec.txt')", "calls open"),
        ("videospec/plugins.py", "print(GROUP)", "prints"),
        ("videospec/sessions.py", "import importlib\nimportlib.import_module('time')", "out of sight"),
        ("videospec/tracks.py", "#\n" * 351, "lines"),
    ],
)
def test_a_planted_breach_is_told(path: str, planted: str, told: str) -> None:
    before = set(breaches(path, SOURCES[path]))
    found = set(breaches(path, f"{SOURCES[path]}\n{planted}\n")) - before
    assert [breach for breach in found if told in breach] != []


def test_a_new_file_needs_a_room_and_a_docstring() -> None:
    assert [breach for breach in breaches("videospec/upstairs.py", '"""New."""\n') if "no room" in breach]
    assert [breach for breach in breaches("videospec/cli/new.py", "x = 1\n") if "no docstring" in breach]


def test_what_costs_time_to_load_is_not_loaded_with_the_package() -> None:
    heavy = {"pydantic", "requests", "segment", "tqdm", "zstandard", "asyncio", "sqlite3", "videospec.overriding"}
    script = f"import sys, videospec; print(sorted({heavy} & set(sys.modules)))"
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT)
    assert told.stdout.strip() == "[]"


# -- the repository ----------------------------------------------------------------------------------------------------


def files() -> list[Path]:
    """What belongs to the project: all that git tracks or would; where there is no git, all that is there."""
    if not (ROOT / ".git").exists():
        return [path.relative_to(ROOT) for path in ROOT.rglob("*") if path.is_file() and path.suffix != ".pyc"]
    listing = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    told = subprocess.run(listing, capture_output=True, text=True, check=True, cwd=ROOT).stdout
    return [Path(name) for name in told.split("\0") if name and (ROOT / name).is_file()]


def strangers(paths: list[Path]) -> list[str]:
    return sorted({path.parts[0] for path in paths} - TOP - {name for p in paths if (name := p.parts[0])[0] == "."})


def machine_paths(path: Path, data: bytes) -> list[str]:
    text = (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8", "replace")
    return [f"{path}: {match[0]}" for match in MACHINE_PATH.finditer(text)]


def test_the_top_level_holds_what_the_plan_names() -> None:
    assert strangers(files()) == []
    assert strangers([Path("README.md"), Path("setup.py"), Path("scripts/x"), Path(".ci/run")]) == [
        "scripts",
        "setup.py",
    ]


def test_no_file_names_a_folder_of_somebodys_machine() -> None:
    found = [text for path in files() for text in machine_paths(path, (ROOT / path).read_bytes())]
    assert found == []


@pytest.mark.parametrize("folder", ["wor" + "k/x", "roo" + "t/.cache", "hom" + "e/ann/x"])
def test_a_planted_machine_path_is_found(folder: str) -> None:
    text = f'open("/{folder}")'.encode()
    assert len(machine_paths(Path("a.py"), text)) == 1
    assert len(machine_paths(Path("a.gz"), gzip.compress(text))) == 1
    assert machine_paths(Path("a.md"), f"https://a.example/{folder} and my/{folder}".encode()) == []
