"""The generated parts of the documentation: each function gives the Markdown of one block, from the code's own tables.

A page holds a block between `<!-- generated: name -->` and `<!-- end -->`. Files that a reader is told to write stand in
the page itself, each after a line `<!-- file: name -->`; the commands of that page are run where these files are.
"""

import argparse
import ast
import gzip
import inspect
import json
import os
import re
import shlex
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any, Final

import attrs
import msgspec

from videospec import adapter as adapter_module
from videospec import (
    hooks,
    overriding,
    pipeline,
    player_events,
    plugins,
    session,
    sessions,
    settings,
    tally,
    tracks,
)
from videospec import metadata as metadata_module
from videospec import rules as session_lint
from videospec.adapter import TICK, Adapter
from videospec.cli import COMMANDS, config
from videospec.cli.adapters import _PROVEN
from videospec.delivery import segment
from videospec.delivery.wire import Answer, Verdict, meaning, verdict
from videospec.destinations import words as destination_words
from videospec.destinations.destination import Destination
from videospec.destinations.sources import SOURCES
from videospec.plugins import adapter_names, destination_names, find_adapter, find_destination
from videospec.settings import Settings
from videospec.simulators import SIMULATORS
from videospec.simulators.values import UNDEFINED
from videospec.spec.events import EVENTS, model_for
from videospec.spec.fields import SpecObject
from videospec.spec.findings import RULES
from videospec.spec.message import Message
from videospec.spec.readings import READINGS

ROOT: Final = Path(__file__).parent.parent
BLOCK: Final = re.compile(r"(<!-- generated: ([\w-]+) -->\n)(.*?)(<!-- end -->)", re.S)
_FILE: Final = re.compile(r"<!-- file: (\S+) -->\n+```\w*\n(.*?)```", re.S)


def pages() -> list[Path]:
    """Every page: the README, the change log and docs/."""
    return [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]


def files(page: Path) -> dict[str, str]:
    """The files that a page tells its reader to write, by name."""
    return dict(_FILE.findall(page.read_text("utf-8")))


def table(head: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """A Markdown table."""
    names = list(head)
    lines = [names, ["---"] * len(names), *([str(cell).replace("|", "\\|") for cell in row] for row in rows)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def code(value: object) -> str:
    """A piece of code within a line; nothing for None and for what is empty."""
    return "" if value is None or value in ("", ()) else f"`{value}`"


def codes(values: Iterable[object]) -> str:
    """Several."""
    return ", ".join(map(code, values))


# -- what a command says -----------------------------------------------------------------------------------------------


@contextmanager
def desk_of(page: Path | None, *, installed: bool = True) -> Iterator[Path]:
    """A folder as the reader of a page has it: the samples, and the files that the page gives. A `pyproject.toml` among
    them counts as installed, unless it is told not to."""
    with tempfile.TemporaryDirectory() as name:
        desk = Path(name)
        (desk / "samples").symlink_to(ROOT / "samples")
        given = files(page) if page else {}
        for path, text in given.items():
            (desk / path).parent.mkdir(parents=True, exist_ok=True)
            (desk / path).write_text(text, "utf-8")
        if installed and "pyproject.toml" in given:
            _install(desk, tomllib.loads(given["pyproject.toml"])["project"])
        yield desk


def _install(desk: Path, project: dict[str, Any]) -> None:
    """What pip would leave of a project: its metadata and its entry points, beside its modules."""
    info = desk / f"{project['name'].replace('-', '_')}-{project['version']}.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: {project['version']}\n")
    groups = project["entry-points"]
    lines = [line for group in groups for line in (f"[{group}]", *(f"{k} = {v}" for k, v in groups[group].items()))]
    (info / "entry_points.txt").write_text("\n".join(lines) + "\n")


def run(desk: Path, command: str) -> str:
    """What a `videospec` or `python` command says, on both outputs."""
    program, *arguments = shlex.split(command)
    start = [sys.executable, "-m", "videospec"] if program == "videospec" else [sys.executable]
    clean = {key: value for key, value in os.environ.items() if key not in ("SEGMENT_WRITE_KEY", "FORCE_COLOR")}
    environment = {**clean, "PYTHONPATH": str(desk), "PYTHONWARNINGS": "ignore", "COLUMNS": "100"}
    done = subprocess.run(
        [*start, *arguments],
        cwd=desk,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
        encoding="utf-8",
    )
    return done.stdout


def screen(*commands: str, page: str = "", show: Callable[[str], str] = str.rstrip, installed: bool = True) -> str:
    """Commands and what they say, as on a terminal; `show` may shorten what the last one says."""
    with desk_of(ROOT / page if page else None, installed=installed) as desk:
        lines = []
        for command in commands:
            said = run(desk, command)
            said = show(said) if command == commands[-1] else said.rstrip()
            lines += [f"$ {command}", *([said] if said else [])]
    return fence("\n".join(line.rstrip() for line in "\n".join(lines).splitlines()))


def fence(text: str, language: str = "text") -> str:
    """A code block."""
    return f"```{language}\n{text}\n```\n"


def head(count: int) -> Callable[[str], str]:
    """Shows the first lines only, and says that there are more."""
    return lambda text: "\n".join([*text.splitlines()[:count], "…"])


# -- the README and the tutorial ---------------------------------------------------------------------------------------

HLS: Final = "samples/hls.js/hlsjs_S7.jsonl.gz"
_CHECK: Final = f"videospec check {HLS} --destination Youbora --select quirk"
HTML5: Final = "samples/html5/html5_S2.jsonl.gz"
_README: Final = "README.md"
_TUTORIAL: Final = "docs/tutorial.md"
_GUIDE: Final = "docs/how-to/write-an-adapter.md"
_OWN: Final = "docs/how-to/write-a-destination.md"


def _with_ads(text: str) -> str:
    """The pre-roll and the way into the mid-roll."""
    lines = text.rstrip().splitlines()
    content = next(n for n, line in enumerate(lines) if "Video Content Started" in line)
    middle = next(n for n, line in enumerate(lines) if "Video Ad Started" in line and "mid-roll" in line)
    back = next(n for n, line in enumerate(lines) if "Video Content Started" in line and n > middle)
    first = [line for line in lines[: content + 1] if "quartile" not in line]
    return "\n".join([*first, "…", *lines[middle - 1 : middle + 1], "…", lines[back], "…", lines[-1]])


def timeline() -> str:
    """A real hls.js session with ads."""
    with desk_of(None) as desk:
        return fence(_with_ads(run(desk, f"videospec replay {HLS} --timeline")))


def _pretty(text: str) -> str:
    """The first JSON line, over several lines, without the context."""
    message = json.loads(text.splitlines()[0])
    message.pop("context", None)
    return json.dumps(message, indent=2, ensure_ascii=False)


def tutorial_line() -> str:
    """One line of a real log."""
    lines = gzip.decompress((ROOT / HTML5).read_bytes()).splitlines()
    played = next(line for line in lines if json.loads(line)["type"] == "pause")
    return fence(json.dumps(json.loads(played), indent=2, ensure_ascii=False), "json")


# -- adapters ----------------------------------------------------------------------------------------------------------


def _adapters() -> list[Adapter]:
    return [found for name in adapter_names() if (found := find_adapter(name)) is not None]


def players() -> str:
    """Players and how each was proven."""
    rows = [(code(one.name), codes(one.also), _PROVEN[one.proven]) for one in _adapters()]
    return table(("`player` in the log", "also", "proven by"), rows)


def voices() -> str:
    """Which native events of which voice each adapter hears."""
    rows = [
        (code(one.name), code(src), codes(sorted(type_ for type_, row in types.items() if row not in (None, TICK))))
        for one in _adapters()
        for src, types in sorted(one.rows.items())
        if any(row not in (None, TICK) for row in types.values())
    ]
    return table(("adapter", "voice", "native events that say something"), rows)


def words() -> str:
    """Every player event: the vocabulary of adapters."""
    rows = []
    for name, one in vars(player_events).items():
        if (
            isinstance(one, type)
            and issubclass(one, player_events.PlayerEvent)
            and one is not player_events.PlayerEvent
        ):
            own = [name for name in one.__struct_fields__ if name not in ("at", "seen")]
            rows.append((code(name), codes(own), _plain(inspect.getdoc(one) or "")))
    return table(("event", "own fields", "meaning"), rows)


def answers() -> str:
    """The keys of a line's `state` that are read."""
    rows = [
        (code(field.encode_name), code(field.name), _type(msgspec.json.schema(field.type)))
        for field in msgspec.structs.fields(player_events.Snapshot)
    ]
    return table(("key in `state`", "field of `Snapshot`", "type"), rows)


def metadata() -> str:
    """What `session.meta` may name."""
    parts: tuple[tuple[str, type[msgspec.Struct]], ...] = (
        ("", metadata_module._MetaLine),
        ("content.", metadata_module._ContentLine),
        ("ads[].", metadata_module._AdLine),
    )
    rows = []
    for prefix, part in parts:
        for field in msgspec.structs.fields(part):
            if field.name in ("content", "contents", "ads"):
                rows.append((code(field.name), "object" if field.name == "content" else "list of objects"))
            elif field.type is msgspec.Raw:
                rows.append((code(prefix + field.encode_name), "object"))
            else:
                rows.append((code(prefix + field.encode_name), _type(msgspec.json.schema(field.type))))
    return table(("key", "type"), rows)


# -- destinations ------------------------------------------------------------------------------------------------------


def slug(name: str) -> str:
    """A destination's name as its page is called."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower())


def _destinations() -> list[Destination]:
    return [find_destination(name) for name in destination_names()]


def destinations() -> str:
    """Every destination, with where it is reached and how many events it uses."""
    rows = [
        (
            f"[{one.name}](destinations/{slug(one.name)}.md)",
            codes(one.reach) or "nowhere",
            len(one.used()),
            len(one.unused()),
            len(one.quirks),
            "yes" if one.simulated else "",
        )
        for one in _destinations()
    ]
    return table(("destination", "video events arrive", "events used", "of ours not", "quirks", "simulated"), rows)


def destination_links() -> str:
    """The pages of all destinations, for the index."""
    links = ", ".join(f"[{one.name}](reference/destinations/{slug(one.name)}.md)" for one in _destinations())
    return f"One page each: {links}.\n"


def destination_sources() -> str:
    """Every source of facts."""
    rows = [(code(one.tag), f"{one.what} {one.commit}".rstrip(), one.date, one.where) for one in SOURCES.values()]
    return table(("tag", "read in", "as of", "where"), rows)


def evidence(quirk: str) -> list[str]:
    """The tests that show a quirk, which have its id in their name: the name, with a link to the file."""
    paths = sorted((*ROOT.glob("tests/overrides/test_*.py"), *ROOT.glob("tests/youboralib/test_*.py")))
    return [
        f"[{node.name.removeprefix('test_')}](../../{path.relative_to(ROOT)})"
        for path in paths
        for node in ast.parse(path.read_text("utf-8")).body
        if isinstance(node, ast.FunctionDef) and quirk.lower() in node.name.split("_")
    ]


def quirks_mended() -> str:
    """Every quirk of the simulated destinations: what is wrong, what shows it, and how it is mended."""
    rows = [
        (
            quirk.id,
            one.name,
            _prose(quirk.says),
            ", ".join(evidence(quirk.id)),
            _prose(destination_words.mended(one, quirk)),
        )
        for one in _destinations()
        if one.simulated
        for quirk in one.quirks
    ]
    return table(("quirk", "destination", "what is wrong", "evidence", "mended by"), rows)


def destination_page(one: Destination) -> str:
    """All that is known of a destination."""
    also = f" Also found as {codes(name for name in one.names if name != one.name)}." if len(one.names) > 1 else ""
    parts = [f"{one.about}{also}\n"]
    for section in destination_words.sections(one):
        parts.append(f"## {section.title}\n")
        parts += [f"{sentence}\n" for sentence in section.sentences]
        if section.rows:
            shown = [n for n in range(len(section.head)) if any(row[n] for row in section.rows)]
            head = [section.head[n] for n in shown]
            parts.append(table(head, ([_prose(row[n]) for n in shown] for row in section.rows)))
    return "\n".join(parts)


def _prose(text: str) -> str:
    """Text in which no character is Markdown's own."""
    return re.sub(r"([*_<>\[\]`])", r"\\\1", text)


# -- settings and commands ---------------------------------------------------------------------------------------------


def _value(value: Any) -> str:
    return "none" if value in (None, (), "") else code(f"{value:g}" if isinstance(value, int | float) else value)


def numbers() -> str:
    """Every setting but the readings."""
    texts = {**config._SECONDS, **config._TEXTS, **config._LISTS, **config._OBJECTS, **config._TABLES}
    kinds = dict.fromkeys(config._SECONDS, "seconds") | dict.fromkeys(config._TEXTS, "text")
    kinds |= dict.fromkeys(config._LISTS, "list of names") | dict.fromkeys(config._OBJECTS, "JSON object, TOML table")
    kinds |= dict.fromkeys(config._TABLES, "list of TOML tables; no flag")
    rows = [
        (code(field.name), kinds[field.name], _value(field.default), texts[field.name])
        for field in attrs.fields(Settings)
        if field.name not in READINGS
    ]
    return table(("setting", "type", "default", "meaning"), rows)


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."


def readings() -> str:
    """Every reading, with its choices and why the default is what it is."""
    parts = []
    for one in READINGS.values():
        parts.append(
            f"### `{one.name}`\n\nDefault: `{one.default}`. It reads [this section]({one.section}) of the page.\n\n"
        )
        parts.append(table(("choice", "what is said"), [(code(k), text) for k, text in one.choices.items()]))
        parts.append(f"\n{one.why}\n\n")
    return "".join(parts).rstrip() + "\n"


def commands() -> str:
    """Every command with its arguments."""
    parser = argparse.ArgumentParser(prog="videospec")
    added = parser.add_subparsers()
    for command in COMMANDS:
        import_module(f"videospec.cli.{command}").add(added)
    parts = []
    for choice in added._choices_actions:
        one = added.choices[choice.dest]
        parts.append(f"## `videospec {choice.dest}`\n\n{_sentence(choice.help or '')}\n\n")
        for group in one._action_groups:
            rows = [(_spelled(action), _help(action)) for action in group._group_actions]
            if rows:
                title = group.title or ""
                parts.append(f"{title[:1].upper()}{title[1:]}:\n\n{table(('argument', 'meaning'), rows)}\n")
    return "".join(parts).rstrip() + "\n"


def _spelled(action: argparse.Action) -> str:
    value = "{" + ",".join(map(str, action.choices)) + "}" if action.choices else action.metavar or action.dest.upper()
    if not action.option_strings:
        return code(f"{value}…" if action.nargs == "+" else f"[{value}]" if action.nargs == "?" else str(value))
    return codes(f"{option} {value}" if action.nargs != 0 else option for option in action.option_strings)


def _help(action: argparse.Action) -> str:
    if isinstance(action, argparse._HelpAction):
        return "show this help"
    if action.help:
        return action.help
    return f"default: {action.default}" if action.default is not None else ""


# -- delivery ----------------------------------------------------------------------------------------------------------

_STATUSES: Final = (200, 204, 301, 400, 401, 403, 404, 407, 408, 410, 413, 418, 422, 429, 460, 500, 501, 503, 505, 0)
_DOES: Final = {
    Verdict.TAKEN: "the batch is settled",
    Verdict.AGAIN: "wait, then the same batch again",
    Verdict.REFUSED: "halve the batch until the one bad message is alone; that one is dead-lettered",
    Verdict.STOP: "stop; exit code 1",
}
_SPOKEN: Final = {0: "no answer", 204: "other 2xx", 418: "other 4xx"}


def verdicts() -> str:
    """What each answer of the endpoint makes the sender do, and what it says when it stops."""
    found: dict[tuple[str, str], list[int]] = {}
    for status in _STATUSES:
        does = verdict(status)
        says = meaning(Answer(status)) if does in (Verdict.STOP, Verdict.AGAIN) else ""
        found.setdefault((_DOES[does], says), []).append(status)
    rows = [
        (", ".join(_SPOKEN.get(status, str(status)) for status in statuses), does, says)
        for (does, says), statuses in found.items()
    ]
    return table(("HTTP status", "what is done", "what a stop says"), rows)


def simulator_settings() -> str:
    """The settings of every simulated integration."""
    rows = [
        (one.name, code(name), "none" if default is None or default is UNDEFINED else code(json.dumps(default)))
        for one in SIMULATORS
        for name, default in one.settings.items()
    ]
    return table(("destination", "setting", "default"), rows)


# -- the spec ----------------------------------------------------------------------------------------------------------


def events() -> str:
    """Every event, with its object and the properties that it alone may carry."""
    rows = [
        (
            f"[{event.name}]({event.section})" + (" (extension)" if event.extension else ""),
            event.family,
            code(model_for(event.name).__name__),
            codes(event.extras),
        )
        for event in EVENTS.values()
    ]
    return table(("event", "family", "model", "properties of its own"), rows)


def objects() -> str:
    """Every object with its properties."""
    said: list[type[SpecObject]] = [Message]
    for name in EVENTS:
        said += [base for base in reversed(model_for(name).__mro__) if issubclass(base, SpecObject)]
    models = [model for model in dict.fromkeys(said) if model is not SpecObject]
    parts = []
    for model in models:
        bases = [base for base in model.__mro__[1:] if base in models]
        own = {n: f for n, f in model.model_fields.items() if n in inspect.get_annotations(model)}
        schema = model.model_json_schema()
        doc = _plain(inspect.getdoc(model) or "")
        also = f" Beside its own, all of {code(bases[0].__name__)}." if bases else ""
        parts.append(f"### `{model.__name__}`\n\n{doc}{also}\n\n")
        kinds = schema["properties"]
        rows = [
            (code(name), _type(kinds[name], schema.get("$defs", {})), _mark(kinds[name], field))
            for name, field in own.items()
        ]
        if rows:
            parts.append(table(("property", "type", "meaning"), rows) + "\n")
    return "".join(parts).rstrip() + "\n"


def _mark(schema: dict[str, Any], field: Any) -> str:
    needed = " Required." if field.is_required() else ""
    extension = " Extension: the page does not name it." if schema.get("x-extension") else ""
    return f"{field.description}{needed}{extension}"


_KINDS: Final = {
    "integer": "integer",
    "number": "number",
    "string": "text",
    "boolean": "true or false",
    "null": "null",
    "object": "object",
}


def _type(schema: dict[str, Any], defs: dict[str, Any] | None = None) -> str:
    """A JSON Schema as a few words."""
    if "anyOf" in schema:
        kinds = [_type(one, defs) for one in schema["anyOf"] if one.get("type") != "null"]
        kinds = ["number"] if kinds == ["integer", "number"] else kinds
        null = " or null" if any(one.get("type") == "null" for one in schema["anyOf"]) and defs is not None else ""
        return " or ".join(dict.fromkeys(kinds)) + null
    if "$ref" in schema:
        return code(schema["$ref"].rpartition("/")[2])
    if "const" in schema:
        return code(json.dumps(schema["const"]))
    if "enum" in schema:
        values = schema["enum"]
        return codes(values) if len(values) < 5 else "one of the events above"
    kind = schema.get("type")
    if isinstance(kind, list):
        return "number" if "number" in kind else " or ".join(_KINDS[one] for one in kind if one != "null")
    if kind == "array":
        return f"list of {_type(schema.get('items', {}), defs)}"
    if kind is None:
        return "any"
    # beyond a thousand million a limit is what a double holds, and no reader's concern
    limits = [f"from {schema['minimum']:g}" if schema.get("minimum", -1e9) > -1e9 else ""]
    if schema.get("maximum", 1e9) < 1e9:
        limits.append(f"to {schema['maximum']:g}")
    if "exclusiveMinimum" in schema:
        limits.append(f"over {schema['exclusiveMinimum']:g}")
    if "maxLength" in schema:
        limits.append(f"at most {schema['maxLength']} characters")
    return " ".join([_KINDS[kind], *filter(None, limits)])


_STORIES: Final = ROOT / "tests" / "rules" / "fixtures"


def session_rules() -> str:
    """Every rule over whole sessions."""
    rows = [
        (f"[`{rule.id}`](rules/{_page_of(rule.id)}.md)", rule.severity, rule.why)
        for rule in session_lint.RULES.values()
    ]
    return table(("rule", "severity", "why"), rows)


def session_rule(rule: session_lint.Rule) -> str:
    """One rule, with a stream that breaks it and one that does not."""
    breaks, keeps = ((_STORIES / f"{rule.id}.{how}").read_text("utf-8").rstrip() for how in ("breaks", "keeps"))
    asked = ", ".join(rule.events) if rule.events else "every event" if rule.broken else "the end of a session"
    return (
        f"{rule.why}\n\nSeverity: {rule.severity}. Asked of: {asked}. Read in [this section]({rule.section}) of the Video "
        f"Spec.\n\nMend: {rule.mend}.\n\nThis breaks it:\n\n{fence(breaks)}\nThis does not:\n\n{fence(keeps)}"
    )


def rule_links() -> str:
    """The pages of all rules, for the index."""
    return f"One page each: {', '.join(f'[{name}](reference/rules/{_page_of(name)}.md)' for name in session_lint.RULES)}.\n"


def _page_of(name: str) -> str:
    return name.replace(".", "-")


def _numbers(said: str) -> str:
    """What a check found wrong, and the numbers; `…` for the table of events."""
    return said.partition("\n\nevent ")[0].rstrip() + "\n…"


def rules() -> str:
    """Every rule of `videospec validate`."""
    return table(("rule", "what it asks for"), [(code(rule), text) for rule, text in RULES.items()])


# -- the Python API ----------------------------------------------------------------------------------------------------

_PUBLIC: Final[tuple[tuple[ModuleType, str], ...]] = (
    (pipeline, "replay"),
    (sessions, "Sessions"),
    (tally, "Tally"),
    (tally, "Refusal"),
    (session, "Session"),
    (tracks, "Track"),
    (settings, "Settings"),
    (adapter_module, "Adapter"),
    (adapter_module, "Heard"),
    (overriding, "Overriding"),
    (hooks, "Hooks"),
    (plugins, "find_destination"),
    (plugins, "UnknownDestination"),
)
_SENDING: Final = ((segment, "deliver"), (segment, "Delivered"), (segment, "DeliveryStopped"))
# The fields and methods that are for users, where a class has others too. A setting is told of in settings.md.
_FIELDS: Final = {
    "Session": {"base", "player", "number", "settings"},
    "Sessions": {"settings", "refused", "heard", "tally", "slots", "gone"},
    "Settings": set[str](),
    "Overriding": {"hooks"},
    "Hooks": {"function"},
}
_METHODS: Final = {
    "Session": {"id", "over", "due", "feed", "progress", "tick", "close", "successor", "snapshot", "restore"},
    "Hooks": set[str](),
}


def api(public: tuple[tuple[ModuleType, str], ...] = _PUBLIC) -> str:
    """Signatures and shapes of what `videospec` exports, read from the source."""
    parts = []
    for module, name in public:
        tree = ast.parse(inspect.getsource(module))
        node = next(n for n in tree.body if isinstance(n, ast.ClassDef | ast.FunctionDef) and n.name == name)
        parts.append(f"### `{name}`\n\n{_plain(ast.get_docstring(node) or '')}\n\n")
        if isinstance(node, ast.FunctionDef):
            parts.append(fence(_signature(node), "python") + "\n")
            continue
        fields = list(_fields(node))
        if fields:
            parts.append(table(("field", "type", "default", "meaning"), fields) + "\n")
        methods = [
            n
            for n in node.body
            if isinstance(n, ast.FunctionDef) and not n.name.startswith("_") and n.name in _METHODS.get(name, {n.name})
        ]
        rows = [(code(_signature(method)), _plain(ast.get_docstring(method) or "")) for method in methods]
        if rows:
            parts.append(table(("method", "what it does"), rows) + "\n")
    return "".join(parts).rstrip() + "\n"


def _signature(node: ast.FunctionDef) -> str:
    if any(isinstance(one, ast.Name) and one.id == "property" for one in node.decorator_list):
        return f"{node.name} -> {ast.unparse(node.returns)}" if node.returns else node.name
    arguments = ast.unparse(node.args).removeprefix("self, ").removeprefix("cls, ")
    arguments = "" if arguments in ("self", "cls") else arguments
    returns = f" -> {ast.unparse(node.returns)}" if node.returns else ""
    return f"{node.name}({arguments}){returns}"


def _fields(node: ast.ClassDef) -> Iterator[tuple[str, str, str, str]]:
    shown = _FIELDS.get(node.name)
    for here, after in zip(node.body, [*node.body[1:], None], strict=True):
        if not isinstance(here, ast.AnnAssign) or not isinstance(here.target, ast.Name):
            continue
        name, kind = here.target.id, ast.unparse(here.annotation)
        if name.startswith("_") or "ClassVar" in kind or (shown is not None and name not in shown):
            continue
        doc = after.value.value if isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant) else ""
        yield code(name), code(kind), code(_default(here.value)), _plain(str(doc))


def _default(value: ast.expr | None) -> str:
    if value is None:
        return ""
    if isinstance(value, ast.Call):
        given = {one.arg: one.value for one in value.keywords}
        if "default" in given:
            return ast.unparse(given["default"])
        made = given.get("default_factory") or (value.args[0] if value.args else None)
        return f"{ast.unparse(made)}()" if made is not None else ""
    return ast.unparse(value)


def _plain(doc: str) -> str:
    """A docstring in one line, up to its Google-style sections."""
    return " ".join(re.split(r"\n\s*Args:", inspect.cleandoc(doc))[0].split())


TABLES: Final[dict[str, Callable[[], str]]] = {
    "timeline": timeline,
    "players": players,
    "voices": voices,
    "words": words,
    "answers": answers,
    "metadata": metadata,
    "settings": numbers,
    "readings": readings,
    "commands": commands,
    "verdicts": verdicts,
    "simulator-settings": simulator_settings,
    "events": events,
    "objects": objects,
    "rules": rules,
    "api": api,
    "sending": lambda: api(_SENDING),
    "tutorial-timeline": lambda: screen(f"videospec replay {HTML5} --timeline"),
    "tutorial-line": tutorial_line,
    "tutorial-summary": lambda: screen(f"videospec replay {HTML5} -o tracks.jsonl --summary"),
    "tutorial-track": lambda: screen(f"videospec replay {HTML5}", show=_pretty),
    "tutorial-validate": lambda: screen(
        f"videospec replay {HTML5} -o tracks.jsonl", "videospec validate tracks.jsonl", page=_TUTORIAL
    ),
    "tutorial-wrong": lambda: screen("videospec validate wrong.jsonl", page=_TUTORIAL),
    "tutorial-mine": lambda: screen("videospec replay mine.jsonl --timeline", page=_TUTORIAL),
    "tutorial-python": lambda: screen("python count.py", page=_TUTORIAL),
    "tutorial-heartbeat": lambda: screen(f"videospec replay {HTML5} --timeline --heartbeat 5", show=head(7)),
    "session-rules": session_rules,
    "rule-links": rule_links,
    **{f"rule-{_page_of(rule.id)}": partial(session_rule, rule) for rule in session_lint.RULES.values()},
    "check": lambda: screen(_CHECK, show=_numbers),
    "check-fix": lambda: screen(f"{_CHECK} --fix", show=_numbers),
    "check-whole": lambda: screen(_CHECK.replace("--select quirk", "--ignore rows")),
    "check-table": lambda: screen(
        "videospec check samples/html5/html5_S2.jsonl.gz --destination Recombee --destination GA4 --select reach"
    ),
    "check-server": lambda: screen(
        "videospec check samples/html5/html5_S2.jsonl.gz --destination Youbora --source server"
    ),
    "lint-broken": lambda: screen(
        f"videospec replay {HLS} -o tracks.jsonl",
        "python -c \"import pathlib as p; f = p.Path('tracks.jsonl'); "
        "f.write_text(f.read_text().replace('Ad Completed', 'Ad Playing', 1))\"",
        "videospec lint tracks.jsonl",
    ),
    "destinations": destinations,
    "destination-links": destination_links,
    "destination-sources": destination_sources,
    "quirks-mended": quirks_mended,
    **{f"destination-{slug(one.name)}": partial(destination_page, one) for one in _destinations()},
    "adapter-timeline": lambda: screen("videospec replay acme.jsonl --timeline --summary", page=_GUIDE),
    "own-destination": lambda: screen("videospec destinations show acme", page=_OWN, show=head(18)),
    "adapter-unknown": lambda: screen("videospec replay acme.jsonl", page=_GUIDE, show=head(1), installed=False),
}
"""Every generated block by its name."""
