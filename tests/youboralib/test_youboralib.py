"""What is lost inside NPAW's own library: the simulated calls, made on the real youboralib 6.8.67 under a fake clock.

No sender mends these (docs/reference/destinations/youbora.md); each is shown once. `apply.mjs` tells how.
"""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from rules.story import messages

from videospec.check import Check
from videospec.cli import main
from videospec.plugins import find_destination

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
    return replies(library, HERE / "tracks" / f"{quirk}.jsonl")


def replies(library: Path, tracks: Path, *flags: str) -> list[Request]:
    """The same for a file of tracks."""
    calls = library / f"{tracks.stem}.calls.jsonl"
    assert main(["simulate", "Youbora", str(tracks), "-o", str(calls), *flags]) == 0
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


ADS = """
0 Playback Started livestream=false
0.2 Ad Started 0 type=pre-roll asset_id=a1
5 {pre} 5 type=pre-roll asset_id=a1
5.5 Content Started 0 title=T
15.5 Content Playing 10 title=T
17 Playback Paused 17
20 Playback Resumed 17
20 Content Playing 12 title=T
30 Content Completed 22 title=T
30 Ad Started 0 pod_id=m asset_id=a2 pod_length=2
34 {mid} 4 pod_id=m asset_id=a2 pod_length=2
34 Ad Started 0 pod_id=m asset_id=a3 pod_position=2 pod_length=2
36 Playback Paused 33 ad_asset_id=a3 ad_pod_id=m ad_type=mid-roll
39 Playback Resumed 33 ad_asset_id=a3 ad_pod_id=m ad_type=mid-roll
39 Ad Playing 2 pod_id=m asset_id=a3 pod_position=2 pod_length=2
44 {last} 7 pod_id=m asset_id=a3 pod_position=2 pod_length=2
44 Content Started 22 pod_id=c-2 title=T
50 Playback Paused 44
52 Playback Seek Started 44 seek_position=80
53 Playback Seek Completed 80
58 Playback Resumed 80
58 Content Playing 64 pod_id=c-2 title=T
60 Playback Buffer Started 82
61.5 Playback Buffer Completed 82
65 Playback Paused 86
67 Playback Resumed 86
67 Content Playing 70 pod_id=c-2 title=T
70 Content Completed 73 pod_id=c-2 title=T
70 Playback Completed 89
"""
SKIPPED, WHOLE = "Ad Skipped", "Ad Completed"
CALM = "\n".join(line for line in ADS.format(pre=WHOLE, mid=WHOLE, last=WHOLE).splitlines() if "Seek" not in line)
COUNTED = ("views started", "views ended", "paused", "stalled", "seeking")
STORIES = {
    "whole": ADS.format(pre=WHOLE, mid=WHOLE, last=WHOLE),
    "skipped-before": ADS.format(pre=SKIPPED, mid=WHOLE, last=WHOLE),
    "skipped-within": ADS.format(pre=WHOLE, mid=SKIPPED, last=WHOLE),
    "skipped-at-last": ADS.format(pre=WHOLE, mid=WHOLE, last=SKIPPED),
    "paused-after-an-ad": CALM,
    "paused-after-an-ad-with-a-title": CALM.replace("asset_id=a3", "asset_id=a3 title=Spot"),
    "paused-at-the-end": "0 Playback Started livestream=false\n1 Content Started 0 title=T\n9 Playback Paused 8\n"
    "13 Playback Completed 60\n",
}


@pytest.mark.parametrize("fix", [False, True], ids=["as-sent", "after-overrides"])
@pytest.mark.parametrize("story", STORIES)
def test_check_counts_what_the_library_tells_npaw(library: Path, story: str, fix: bool) -> None:
    """Ads in all: which of them is what differs between versions (Y1)."""
    told = messages(STORIES[story])
    tracks = library / f"{story}-{fix}.jsonl"
    tracks.write_text("".join(f"{json.dumps(one)}\n" for one in told))
    sent = replies(library, tracks, "--set", "accountCode=x", *(["--override"] if fix else []))
    check = Check([find_destination("Youbora")], fix=fix)
    for line, message in enumerate(told, 1):
        check.take(line, message)
    list(check.close())
    theirs = {one.what: one.theirs or 0.0 for one in check.verdicts()[0].numbers}
    names = services(sent)

    def seconds(name: str, *of: str) -> float:
        return sum(max(0.0, float(one["params"].get(name, 0))) for one in sent if one["service"] in of) / 1000

    assert {
        "views started": names.count("/joinTime"),
        "views ended": names.count("/stop"),
        "paused": seconds("pauseDuration", "/resume", "/stop"),
        "stalled": seconds("bufferDuration", "/bufferUnderrun"),
        "seeking": seconds("seekDuration", "/seek"),
    } == pytest.approx({name: theirs.get(name, 0.0) for name in COUNTED})
    assert names.count("/adStop") + (story == "skipped-at-last" and not fix) == sum(
        count for what, count in theirs.items() if what.endswith("-roll ads")
    )
