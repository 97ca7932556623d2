"""`videospec destinations`: the list and one destination, for people and for machines."""

import json
from typing import TYPE_CHECKING, Any

import pytest

from videospec.cli import main
from videospec.plugins import destination_names, find_destination
from videospec.simulators import SIMULATORS
from videospec.spec.events import EVENTS

if TYPE_CHECKING:
    from cli.conftest import Run


def test_the_list_is_aligned_and_whole(run: "Run") -> None:
    ran = run("destinations")
    assert (ran.code, ran.err) == (0, "")
    head, *lines = ran.out.decode().splitlines()
    at = head.index("events")
    assert [line[:at].strip() for line in lines] == destination_names()
    by_name = {line[:at].strip(): line[at:].split() for line in lines}
    assert by_name["Youbora"] == ["14", "5", "yes", "device-web"]
    assert by_name["Recombee"] == ["4", "15", "cloud-web,", "server"]
    assert by_name["Chartbeat"][:3] == ["0", "19", "none:"]


def test_the_list_as_json(run: "Run") -> None:
    listed = json.loads(run("destinations", "--format", "json").out)
    assert [one["name"] for one in listed] == destination_names()
    by_name = {one["name"]: one for one in listed}
    youbora = by_name["Youbora"]
    assert youbora["reach"] == ["device-web"]
    assert len(youbora["events"]) == 13
    assert youbora["extensions"] == ["Video Ad Clicked"]
    assert by_name["Adobe Analytics"]["extensions"] == [
        "Video Ad Skipped",
        "Video Ad Break Started",
        "Video Ad Break Completed",
    ]
    page = {name for name, event in EVENTS.items() if not event.extension}
    for one in listed:
        assert set(one["events"]) <= page
        assert set(one["events"]) | set(one["extensions"]) | set(one["ignored"]) >= set(EVENTS)
    assert {one["name"] for one in listed if one["simulated"]} == {one.name for one in SIMULATORS}


def test_one_for_people_says_first_where_it_cannot_be_reached(run: "Run") -> None:
    said = run("destinations", "show", "YOUBORA").out.decode()
    assert said.startswith("Youbora\n")
    assert said.index("It cannot be reached from") < said.index("Video events arrive in the viewer's browser.")
    first = said[said.index("It cannot") :].splitlines()[0]
    assert "a server source" in first
    parts = [line for line in said.splitlines() if line.isupper() and not line.startswith(" ")]
    assert parts[:2] == ["REACH", "EVENTS"]
    assert {"WHAT IT NEEDS", "QUIRKS", "SOURCES", "SETTINGS IN SEGMENT"} <= set(parts)
    for quirk in find_destination("Youbora").quirks:
        assert f"  {quirk.id} " in said
    assert said.count("mended by: nobody") == 5
    assert "dc98359" in said


@pytest.mark.parametrize("name", destination_names())
@pytest.mark.parametrize("columns", ["60", "200"])
def test_every_destination_can_be_shown_within_the_width(
    name: str, columns: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    assert main(["destinations", "show", name]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == name
    assert [line for line in lines if len(line) > min(int(columns), 120) and len(line.split()) > 2] == []


def test_what_is_reached_nowhere_says_so(run: "Run") -> None:
    said = run("destinations", "show", "chartbeat").out.decode()
    assert "Video events arrive nowhere." in said
    assert "an iOS source, an Android source or a server source" in said


@pytest.mark.parametrize("name", destination_names())
def test_one_as_json_has_every_fact_with_its_source(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["destinations", "show", name, "--format", "json"]) == 0
    whole: dict[str, Any] = json.loads(capsys.readouterr().out)
    it = find_destination(name)
    assert (whole["name"], whole["reach"], whole["checked"]) == (name, list(it.reach), "2026-11-22")
    facts = [row for rows in whole.values() if isinstance(rows, list) for row in rows if isinstance(row, dict)]
    assert [row["by"] for row in facts if "by" in row] == [fact.by for fact in it.facts()]
    assert [row["limit"] for row in whole["limits"]] == [type(limit).__name__ for limit in it.limits]


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (["show", "yubora"], "unknown destination 'yubora', did you mean 'Youbora'?"),
        (["show"], "name a destination"),
        (["tell", "youbora"], "invalid choice: 'tell'"),
    ],
)
def test_bad_usage(run: "Run", args: list[str], told: str) -> None:
    ran = run("destinations", *args)
    assert (ran.code, ran.out) == (2, b"")
    assert told in ran.err
    assert "Traceback" not in ran.err
