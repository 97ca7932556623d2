"""Destinations by name: any spelling, other names, what is close to a wrong one, and what is loaded when."""

import os
import subprocess
import sys
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from videospec import plugins
from videospec.plugins import UnknownDestination, destination_names, find_destination

SAMPLE = Path(__file__).resolve().parents[2] / "samples" / "html5" / "html5_S2.jsonl.gz"
LOADED = "print(sorted(name for name in sys.modules if name.startswith('videospec.destinations')))"


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("youbora", "Youbora"),
        ("  NIELSEN_dcr", "Nielsen DCR"),
        ("nielsen-dtvr", "Nielsen DTVR"),
        ("com-score", "comScore"),
        ("adobeanalytics", "Adobe Analytics"),
        ("Parse.ly", "Parsely"),
        ("mailchimp", "MailChimp"),
        ("GA4", "Google Analytics 4 Cloud"),
        ("Actions Google Analytic 4", "Google Analytics 4 Cloud"),
        ("Facebook Conversions API (Actions)", "Facebook Conversions API"),
        ("IbmUbx", "IBM UBX"),
        ("hubspot cloud mode (actions)", "HubSpot"),
    ],
)
def test_spelling_and_other_names(asked: str, name: str) -> None:
    assert find_destination(asked).name == name


@pytest.mark.parametrize(("wrong", "close"), [("Yubora", "Youbora"), ("nielsen", "Nielsen"), ("comescore", "comScore")])
def test_a_wrong_name_is_answered_with_close_ones(wrong: str, close: str) -> None:
    with pytest.raises(UnknownDestination, match=f"unknown destination '{wrong}', did you mean .*{close}"):
        find_destination(wrong)


def test_a_name_that_nothing_is_close_to() -> None:
    with pytest.raises(UnknownDestination, match=r"^unknown destination 'qqqqqqqq'$") as told:
        find_destination("qqqqqqqq")
    assert told.value.close == []


def loaded(script: str, path: Path | None = None) -> str:
    environment = {**os.environ, "PYTHONPATH": str(path or "")}
    command = [sys.executable, "-c", f"import sys\n{script}\n{LOADED}"]
    return subprocess.run(command, capture_output=True, text=True, check=True, env=environment).stdout


def test_names_are_listed_without_loading_any() -> None:
    assert loaded("from videospec.plugins import destination_names\nassert destination_names()") == "[]\n"


def test_a_replay_loads_none() -> None:
    script = f"from videospec.cli import main\nassert main(['replay', {str(SAMPLE)!r}, '-o', {os.devnull!r}]) == 0"
    assert loaded(script) == "[]\n"


def test_a_name_loads_its_own_file_only() -> None:
    told = loaded("from videospec.plugins import find_destination\nassert find_destination('chartbeat')")
    assert "videospec.destinations.chartbeat" in told
    assert "videospec.destinations.youbora" not in told


def test_a_third_party_s_destination_stands_beside_ours(tmp_path: Path) -> None:
    info = tmp_path / "acme-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: acme\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[videospec.destinations]\nAcme Video = acme:it\n")
    (tmp_path / "acme.py").write_text(
        "from videospec.destinations.destination import Destination\n"
        "it = Destination(name='Acme Video', about='x', also=('ACV',), checked='2026-11-22', reach=('server',))\n"
    )
    script = (
        "from videospec.plugins import destination_names, find_destination\n"
        "assert destination_names()[0] == 'Acme Video'\n"
        "assert find_destination('acme-video') is find_destination('acv')\n"
        "assert find_destination('youbora').name == 'Youbora'"
    )
    assert "videospec.destinations.youbora" in loaded(script, tmp_path)


def test_what_is_no_destination_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    point = EntryPoint("Wrong", "videospec.spelling:fold", plugins.DESTINATIONS)
    monkeypatch.setattr(plugins, "_points", lambda group: {"wrong": point})
    find_destination.cache_clear()
    with pytest.raises(TypeError, match=r"entry point Wrong of videospec\.destinations is function, not Destination"):
        find_destination("wrong")


def test_the_list_is_in_order() -> None:
    names = destination_names()
    assert names == sorted(names, key=str.lower)
    assert len(names) == 22
