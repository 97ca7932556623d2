"""Every recording through every destination that is simulated: what each says holds together."""

from pathlib import Path

import pytest
from recorded import LOGS, NAMES, tracks_of

from videospec import Track
from videospec.check import VENDORS, Check
from videospec.plugins import find_destination


def heard_ads(said: list[Track]) -> list[Track]:
    """The ads that Youbora hears of: one that starts while a skipped one is open there is none."""
    heard, is_open = [], False
    for track in said:
        if track.event == "Video Ad Started":
            heard += [] if is_open else [track]
            is_open = True
        elif track.event == "Video Ad Completed":
            is_open = False
    return heard


@pytest.mark.parametrize("log", LOGS, ids=NAMES)
def test_numbers_of_a_recording(log: Path) -> None:
    one = Check([find_destination(vendor.name) for vendor in VENDORS])
    said = tracks_of(log)
    events = {track.event for track in said}
    found = [each for line, track in enumerate(said, 1) for each in one.take(line, track.message())]
    found += one.close()
    assert [each for each in found if each.rule == "simulator.throws"] == []
    assert all(set(verdict.fates) == events for verdict in one.verdicts())
    told = {verdict.destination: {each.what: each for each in verdict.numbers} for verdict in one.verdicts()}
    started = sum(track.event == "Video Playback Started" for track in said)
    heard = heard_ads(said)
    sessions = told["Adobe Analytics"]["sessions started"]
    assert sessions.true == sessions.theirs == started
    youbora = told["Youbora"]
    by_place = [each for what, each in youbora.items() if what.endswith("-roll ads")]
    assert sum(each.true for each in by_place) == sum(track.event == "Video Ad Started" for track in said)
    assert sum(each.theirs or 0 for each in by_place) == len(heard)
    # our ads carry the Video Spec's words, which Youbora does not know: no post-roll is ever counted as one
    assert all(each.theirs == 0 for what, each in youbora.items() if what == "post-roll ads")
    assert any(each.rule == "quirk.Y1" for each in found) == any(
        track.properties["type"] == "post-roll" for track in heard
    )
    assert told["Nielsen DCR"]["contents loaded"].theirs == 0
    paused = youbora.get("paused")
    assert paused is None or (paused.theirs or 0) <= paused.true + 0.001
