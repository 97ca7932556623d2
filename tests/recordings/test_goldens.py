"""Every recording has a golden beside it: the story as `videospec replay --timeline` prints it.

`pytest --accept` rewrites the stories; the comments at the top of a golden, which say what its player cannot know, stay.
"""

from pathlib import Path

import pytest
from recorded import LOGS, NAMES, lines_of

from videospec import Sessions, replay
from videospec.cli.timeline import Story


def story_of(path: Path) -> list[str]:
    story = Story()
    sessions = Sessions(heard=story.heard)
    for track in replay(lines_of(path), sessions=sessions):
        story.said(track)
    return [line for base in story.begun() for line in story.tell(base)]


@pytest.mark.parametrize("path", LOGS, ids=NAMES)
def test_golden(path: Path, accept: bool) -> None:
    golden = path.parent / path.name.replace(".jsonl.gz", ".scenario")
    before = golden.read_text("utf-8").splitlines() if golden.exists() else []
    comments = [line for line in before if line.startswith("#")]
    told = story_of(path)
    if accept:
        golden.write_text("\n".join([*comments, *told]) + "\n", "utf-8")
        return
    assert told == before[len(comments) :], f"read the change, then: pytest --accept -k {path.name[:-9]}"


def test_every_golden_has_its_recording() -> None:
    goldens = {path.stem for log in LOGS for path in log.parent.glob("*.scenario")}
    assert goldens == {path.name.removesuffix(".jsonl.gz") for path in LOGS}
