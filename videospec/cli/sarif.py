"""Findings as SARIF 2.1.0 (OASIS), which code hosts and editors show beside the lines."""

import os
from collections.abc import Iterable
from pathlib import PurePath
from typing import Any, Final
from urllib.parse import quote

from videospec.cli.findings import fingerprint
from videospec.rules import RULES
from videospec.rules.finding import Finding

SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def sarif(found: Iterable[Finding], path: str, version: str, *, replayed: bool = False) -> dict[str, Any]:
    """One run over the file at `path`. Of a log that was replayed no line is told as its region: it has none of the
    tracks."""
    results = list(found)
    worst: dict[str, Finding] = {}
    for one in results:
        worst.setdefault(one.rule, one)
    index = {name: place for place, name in enumerate(worst)}
    driver = {
        "name": "videospec",
        "version": version,
        "informationUri": "https://segment.com/docs/connections/spec/video/",
        "rules": [_rule(one) for one in worst.values()],
    }
    run = {"tool": {"driver": driver}, "results": [_result(one, path, index, replayed) for one in results]}
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(one: Finding) -> dict[str, Any]:
    known = RULES.get(one.rule)
    told: dict[str, Any] = {"id": one.rule, "defaultConfiguration": {"level": one.severity}}
    if known is None:
        return {**told, "shortDescription": {"text": one.mend}}
    return {**told, "shortDescription": {"text": known.why}, "helpUri": known.section}


def _uri(path: str) -> str:
    """A path as an RFC 3986 reference, which has neither spaces nor letters beyond ASCII."""
    whole = PurePath(path)
    return whole.as_uri() if whole.is_absolute() else quote(os.fsencode(whole.as_posix()))


def _result(found: Finding, path: str, index: dict[str, int], replayed: bool) -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": {"uri": _uri(path)}}
    where = ""
    if found.line and replayed:
        where = f"Track {found.line} of the replay: "
    elif found.line:
        place["region"] = {"startLine": found.line}
    told: dict[str, Any] = {
        "ruleId": found.rule,
        "ruleIndex": index[found.rule],
        "level": found.severity,
        "message": {"text": f"{where}{found.message}. Mend: {found.mend}."},
        "locations": [{"physicalLocation": place}],
        "occurrenceCount": found.count,
        "partialFingerprints": {"videospec/v1": fingerprint(found)},
    }
    named = {"session": found.session or None, "destination": found.destination or None, "override": found.override}
    properties = {key: value for key, value in named.items() if value is not None}
    return {**told, "properties": properties} if properties else told
