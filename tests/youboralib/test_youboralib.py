"""What is lost inside NPAW's own library: the simulated calls, made on the real youboralib 6.8.67 under a fake clock.

No sender mends these (docs/reference/destinations/youbora.md); each is shown once. `apply.mjs` tells how.
"""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from videospec.cli import main

HERE = Path(__file__).parent
Request = dict[str, Any]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the library as its lock file names it."""
    folder = tmp_path_factory.mktemp("youboralib")
    for name in ("apply.mjs", "clock.mjs", "package.json", "package-lock.json"):
        shutil.copy(HERE / name, folder)
    npm = ["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"]
    subprocess.run(npm, cwd=folder, check=True, capture_output=True, timeout=120)
    return folder


def requests(library: Path, quirk: str) -> list[Request]:
    """What the library sends to NPAW for a stream, pings apart."""
    calls = library / f"{quirk}.calls.jsonl"
    assert main(["simulate", "Youbora", str(HERE / "tracks" / f"{quirk}.jsonl"), "-o", str(calls)]) == 0
    node = ["node", "apply.mjs", str(calls)]
    done = subprocess.run(node, cwd=library, check=True, capture_output=True, timeout=60)
    return [one for one in map(json.loads, done.stdout.splitlines()) if one["service"] != "/ping"]


def services(sent: list[Request]) -> list[str]:
    return [one["service"] for one in sent]


def test_y3_what_happens_in_an_ad_is_not_sent(library: Path) -> None:
    """A pause, a stall and a seek in the ad make no request, for want of an /adJoin; the content's own pause does."""
    sent = requests(library, "Y3")
    assert services(sent) == [
        "/data", "/init", "/adManifest", "/adBreakStart", "/adStart", "/adStop", "/start", "/adBreakStop", "/joinTime",
        "/pause", "/resume", "/stop",
    ]  # fmt: skip
    assert sent[5]["params"]["pauseDuration"] == "-1"
    assert sent[9]["line"] > 10


def test_y8_two_contents_are_one_view(library: Path) -> None:
    sent = requests(library, "Y8")
    assert services(sent) == ["/data", "/init", "/start", "/joinTime", "/stop"]
    assert sent[2]["params"]["title"] == "First"
    assert len({one["view"] for one in sent[1:]}) == 1


def test_y10_a_stall_before_the_content_is_dropped(library: Path) -> None:
    """Of two stalls, 4 s before Content Started and 2 s after it, the second alone is sent."""
    stalls = [one for one in requests(library, "Y10") if one["service"] == "/bufferUnderrun"]
    assert [one["params"]["bufferDuration"] for one in stalls] == ["2000"]


def test_y11_a_skipped_ad_lasts_until_the_view_ends(library: Path) -> None:
    """An ad of 3 s lasts 19 s, and the content behind it is never started."""
    sent = requests(library, "Y11")
    (stop,) = [one for one in sent if one["service"] == "/adStop"]
    assert stop["params"]["adTotalDuration"] == "19000"
    assert stop["at"] == sent[-1]["at"]
    assert not {"/start", "/joinTime"} & set(services(sent))
