"""Where a setting comes from: a flag, else `videospec.toml`, else the environment (secrets only), else the default.

`videospec config` shows what is in force and from where; secrets are shown as set or not set, never as they are.
"""

import argparse
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import attrs
from attrs import frozen

from videospec.plugins import UnknownDestination, find_adapter, find_destination, unknown_adapter, unknown_player
from videospec.settings import Settings
from videospec.spec.readings import READINGS

FILE: Final = "videospec.toml"
WRITE_KEY: Final = "SEGMENT_WRITE_KEY"

_SECONDS: Final = {
    "heartbeat": "seconds of playing time between heartbeats",
    "stall_min": "a stall shorter than this is not told",
    "pause_settle": "an end, an ad, an error or a seek this soon after a pause made it",
    "seek_settle": "a seek is over when no other follows for this long",
    "end_grace": "an end is final when nothing follows for this long",
    "idle": "a session silent for this long is over",
    "linger": "slack for logs whose sessions are not in the order of their times",
    "window": "a missing line is waited for this long, in log time",
}
_TEXTS: Final = {
    "route": "named in message ids when one session is sent to one place twice on purpose",
    "run": "named in message ids when it is sent again on purpose",
    "user_id": "userId of every message",
    "anonymous_id": "anonymousId of every message",
    "adapter": "read every player with this adapter",
    "override_function": "a Python function, as module:function, that overrides messages",
}
_LISTS: Final = {
    "include": "only these players (the name before the @)",
    "exclude": "not these players",
    "destinations": "make the tracks right for these destinations too",
}
_OBJECTS: Final = {
    "context": "merged over each session's context",
    "integrations": "Segment's integrations object",
    "accounts": "the settings that each destination has in Segment, by its name",
}
_TABLES: Final = {"overrides": "overrides of your own, a table each"}
"""Those that only the file can have."""
_FLAGS: Final = {"destinations": "destination"}
"""Flags that are not called as their setting: each names one of a list."""
SOURCES: Final = ("web", "ios", "android", "server")
"""Kinds of source that send messages."""
_WIDTH: Final = 18
_METAVARS: Final = {"destinations": "NAME"}


class BadSettings(ValueError):
    """A setting that cannot be; the text names it and the mend."""


@frozen
class InForce:
    """The settings and, for each, where it comes from."""

    settings: Settings
    origin: dict[str, str]


def add_config(parser: argparse.ArgumentParser, reads: str) -> None:
    """The settings file alone; `reads` is what is taken from it."""
    parser.add_argument(
        "--config", metavar="FILE", help=f"settings file, for {reads} (default: {FILE} in this folder, if there is one)"
    )


def add_flags(parser: argparse.ArgumentParser) -> None:
    """A flag for every setting."""
    group = parser.add_argument_group("settings (also in videospec.toml)")
    group.add_argument(
        "--config", metavar="FILE", help=f"settings file (default: {FILE} in this folder, if there is one)"
    )
    for name, text in _SECONDS.items():
        group.add_argument(f"--{_flag(name)}", dest=name, type=float, metavar="S", help=text)
    for name, reading in READINGS.items():
        choices = "; ".join(f"{choice}: {text}" for choice, text in reading.choices.items())
        group.add_argument(f"--{_flag(name)}", dest=name, choices=list(reading.choices), help=choices)
    for name, text in _TEXTS.items():
        group.add_argument(f"--{_flag(name)}", dest=name, metavar="TEXT", help=text)
    for name, text in _LISTS.items():
        group.add_argument(
            f"--{_flag(name)}", dest=name, action="append", metavar=_METAVARS.get(name, "PLAYER"), help=text
        )
    for name, text in _OBJECTS.items():
        group.add_argument(f"--{_flag(name)}", dest=name, type=_object, metavar="JSON", help=text)


def _flag(name: str) -> str:
    return _FLAGS.get(name) or name.replace("_", "-")


def _object(text: str) -> dict[str, Any]:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise argparse.ArgumentTypeError(f"not JSON ({error})") from None
    if not isinstance(value, dict):
        raise argparse.ArgumentTypeError("not a JSON object")
    return value


def in_force(args: argparse.Namespace) -> InForce:
    """The settings of this call. BadSettings names what is wrong, and where it stands."""
    path = Path(args.config) if args.config else Path(FILE)
    written = _read(path) if args.config or path.exists() else {}
    names = [attribute.name for attribute in attrs.fields(Settings)]
    values: dict[str, Any] = {}
    origin: dict[str, str] = {}
    for name in names:
        flag = getattr(args, name, None)
        if flag is not None:
            values[name], origin[name] = flag, f"--{_flag(name)}"
        elif name in written:
            values[name], origin[name] = written[name], str(path)
        else:
            origin[name] = "default"
    unknown = sorted(set(written) - set(names))
    if unknown:
        import difflib

        near = difflib.get_close_matches(unknown[0], names, 1)
        raise BadSettings(f"{path}: unknown setting {unknown[0]!r}" + (f", did you mean {near[0]!r}?" if near else ""))
    try:
        settings = Settings(**values)
    except (ValueError, TypeError) as error:
        text = str(error.args[0]) if error.args else str(error)
        wrong = next((name for name in values if name in text), None)
        raise BadSettings(f"{origin[wrong]}: {text}" if wrong else text) from None
    if settings.adapter and find_adapter(settings.adapter) is None:
        raise BadSettings(f"{origin['adapter']}: {unknown_adapter(settings.adapter)}")
    return InForce(settings, origin)


def doubts(found: InForce) -> Iterator[str]:
    """Settings that may be meant otherwise, as sentences. A log may hold players that no adapter is for, and leaving those
    out is a good use of `exclude`, so an unknown name is no error; where one adapter reads every player, any name is."""
    settings = found.settings
    for name in () if settings.adapter else ("include", "exclude"):
        for player in getattr(settings, name):
            if (why := unknown_player(player)) is not None:
                yield f"{found.origin[name]}: {why}"


def _read(path: Path) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise BadSettings(f"cannot read {path}: {error.strerror or error}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise BadSettings(f"{path}: {error}") from None


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """`videospec config`."""
    parser = commands.add_parser("config", help="show the settings in force and where each comes from")
    add_flags(parser)
    parser.set_defaults(does=run)


def run(args: argparse.Namespace) -> int:
    """Prints one setting a line: name, value, origin."""
    import sys

    from videospec.cli.accounts import accounts
    from videospec.cli.own import hooks

    try:
        found = in_force(args)
        accounts(found.settings, [find_destination(name) for name in found.settings.destinations])
        hooks(found.settings, os.environ.get(WRITE_KEY, ""))
    except (BadSettings, UnknownDestination) as error:
        print(f"videospec config: {error}", file=sys.stderr)
        return 2
    for text in doubts(found):
        print(f"videospec config: {text}", file=sys.stderr)
    for name, origin in found.origin.items():
        value = getattr(found.settings, name)
        if name == "accounts" and value:  # what they are set to may be secret
            value = {account: sorted(one) for account, one in value.items()}
        print(f"{name:{_WIDTH}} {_shown(value):34} {origin}")
    print(f"{WRITE_KEY:{_WIDTH}} {'(set)' if os.environ.get(WRITE_KEY) else '(not set)':34} environment")
    return 0


def _shown(value: Any) -> str:
    if value is None or value in ("", ()):
        return "-"
    return f"{value:g}" if isinstance(value, float) else value if isinstance(value, str) else _json(value)


def _json(value: Any) -> str:
    return json.dumps(value, default=lambda date: date.isoformat())  # TOML has dates, which JSON has not
