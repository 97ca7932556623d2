"""What we say of every recording breaks no rule, and faults planted in it are found."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from recorded import LOGS, NAMES, tracks_of

from videospec.rules import lint


def numbered(said: Iterable[dict[str, Any]]) -> list[tuple[int, dict[str, Any]]]:
    return list(enumerate(said, 1))


@pytest.mark.parametrize("log", LOGS, ids=NAMES)
def test_what_we_say_of_a_recording_breaks_no_rule(log: Path) -> None:
    assert list(lint(numbered(track.message() for track in tracks_of(log)))) == []


# -- faults planted in what we say -------------------------------------------------------------------------------------

Said = list[dict[str, Any]]
ADS, PAUSES = "hlsjs_S7", "html5_S2"


def said(name: str) -> Said:
    return [track.message() for track in tracks_of(LOGS[NAMES.index(name)])]


def without(event: str, nth: int = 0) -> Any:
    def plant(told: Said) -> Said:
        at = [index for index, one in enumerate(told) if one["event"] == event][nth]
        return told[:at] + told[at + 1 :]

    return plant


def changed(event: str, nth: int = 0, **to: Any) -> Any:
    def plant(told: Said) -> Said:
        one = [message for message in told if message["event"] == event][nth]
        one["properties"].update(to)
        return told

    return plant


def twice(event: str) -> Any:
    def plant(told: Said) -> Said:
        at = next(index for index, one in enumerate(told) if one["event"] == event)
        return [*told[: at + 1], {**told[at], "messageId": "another"}, *told[at + 1 :]]

    return plant


PLANTED = [
    (ADS, without("Video Playback Started"), "life.started-first"),
    (ADS, twice("Video Playback Started"), "life.started-once"),
    (ADS, lambda told: [*told, {**told[-2], "messageId": "another"}], "life.after-end"),
    (ADS, without("Video Playback Completed"), "life.ends"),
    (ADS, without("Video Ad Completed", 3), "life.open-at-end"),
    (ADS, without("Video Content Started"), "bracket.content"),
    (ADS, without("Video Content Completed"), "bracket.content-or-ad"),
    (ADS, without("Video Ad Started"), "ad.bracket"),
    (ADS, without("Video Ad Completed"), "ad.bracket"),
    (ADS, changed("Video Content Completed", position=8), None),
    (ADS, changed("Video Content Completed", 1, position=17), "position.content-falls"),
    (ADS, changed("Video Content Playing", 1, position=3), "position.content-falls"),
    (ADS, changed("Video Playback Completed", position=20), "position.playback-without-ads"),
    (ADS, changed("Video Content Started", 1, position=17), "position.content-with-ads"),
    (ADS, changed("Video Content Started", position=14), "position.content-with-ads"),
    (ADS, changed("Video Ad Started", 1, pod_position=1), "ad.pod-position"),
    (ADS, changed("Video Ad Playing", 1, quartile=1), "ad.quartiles"),
    (ADS, twice("Video Ad Playing"), "ad.quartiles"),
    (ADS, changed("Video Ad Started", 3, type="pre-roll"), "ad.type"),
    (ADS, changed("Video Content Playing", asset_id="another"), "bracket.same-content"),
    (ADS, changed("Video Playback Completed", ad_asset_id="lab-ad1"), "ad.named-now"),
    (PAUSES, without("Video Playback Paused"), "bracket.pause"),
    (PAUSES, without("Video Playback Resumed"), "heartbeat.paused"),
    (PAUSES, without("Video Playback Seek Completed"), "bracket.seek"),
    (PAUSES, lambda told: told[:3] + told[2:], "id.unique"),
    (PAUSES, lambda told: [told[0], told[2], told[1], *told[3:]], "time.order"),
]


@pytest.mark.parametrize(
    ("name", "plant", "rule"), PLANTED, ids=[f"{n}-{rule}" for n, (_, _, rule) in enumerate(PLANTED)]
)
def test_a_planted_fault_is_found(name: str, plant: Any, rule: str | None) -> None:
    told = plant(said(name))
    rules = {one.rule for one in lint(numbered(told))}
    assert rule in rules if rule else rules == set()
