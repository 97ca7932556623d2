"""The models against the real integrations.

`fixtures/<destination>/<name>.jsonl` are tracks written by hand for each branch of the code and each known quirk;
`<name>.calls.jsonl` is what the real integration did with them, under `<name>.settings.json`. They were recorded once:
segmentio/analytics.js-integrations at dc98359 with segmentio-facade 3.2.7, analytics.js-integration 3.2.1 and the vendor's
SDK stubbed, in Node under a clock that the messages drive, in UTC, with a tail of two seconds.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from videospec.simulators import SIMULATORS, Integration, find_simulator, simulate
from videospec.simulators.event_names import SHOP, method_for
from videospec.simulators.messages import Refused, messages

FIXTURES = Path(__file__).with_name("fixtures")
RECORDED = sorted(FIXTURES.glob("*/*.calls.jsonl"))
TAIL_S = 2


def tracks(recorded: Path) -> Path:
    return recorded.with_name(recorded.name.replace(".calls", ""))


def kind_of(recorded: Path) -> type[Integration]:
    kind = find_simulator(recorded.parent.name)
    assert kind is not None
    return kind


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def simulated(recorded: Path) -> list[dict[str, Any]]:
    given = recorded.with_name(recorded.name.replace(".calls.jsonl", ".settings.json"))
    settings = json.loads(given.read_text("utf-8")) if given.exists() else {}
    refused: list[Refused] = []
    stream = messages(tracks(recorded).read_bytes().splitlines(), refused.append)
    calls = list(simulate(kind_of(recorded), stream, settings, tail=TAIL_S))
    assert refused == []
    # as they are written: what is equal in Python may differ in JSON (true and 1)
    return [json.loads(json.dumps(call)) for call in calls]


@pytest.mark.parametrize("recorded", RECORDED, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_the_model_calls_what_the_real_integration_called(recorded: Path) -> None:
    got, want = simulated(recorded), lines(recorded)
    assert [json.dumps(call, sort_keys=True) for call in got] == [json.dumps(call, sort_keys=True) for call in want]


@pytest.mark.parametrize("kind", SIMULATORS, ids=lambda kind: kind.name)
def test_every_method_is_recorded(kind: type[Integration]) -> None:
    """A method that no fixture calls could be anything."""
    mine = [path for path in RECORDED if kind_of(path) is kind]
    events = {message["event"] for path in mine for message in lines(tracks(path)) if isinstance(message["event"], str)}
    assert set(kind.methods) - set(SHOP) - {method_for(event, frozenset(kind.methods)) for event in events} == set()
    assert set(getattr(kind, "heartbeats", ())) - {event.lower() for event in events} == set()


def test_two_runs_share_nothing() -> None:
    """Parsely's real state is one for the page; a run is a page."""
    recorded = FIXTURES / "parsely" / "session.calls.jsonl"
    assert simulated(recorded) == simulated(recorded)


# -- what the clock does -----------------------------------------------------------------------------------------------


def at(second: float, event: str, **properties: Any) -> dict[str, Any]:
    return {"event": event, "timestamp": 1_800_000_000_000 + int(second * 1000), "properties": properties}


def dcr(*told: dict[str, Any], tail: float = 0) -> list[tuple[Any, ...]]:
    kind = find_simulator("Nielsen DCR")
    assert kind is not None
    calls = simulate(kind, enumerate(told, 1), tail=tail)
    return [(call["line"], call["at"][17:23], call["event"], *call["args"]) for call in calls]


STARTED = at(0, "Video Content Started", asset_id="a", load_type="dynamic", position=0)


def test_timers_fire_before_a_message_of_the_same_instant() -> None:
    assert dcr(STARTED, at(2, "Video Playback Paused", position=2))[1:] == [
        (1, "01.000", "(timer)", "setPlayheadPosition", 0),
        (1, "02.000", "(timer)", "setPlayheadPosition", 1),
        (2, "02.000", "Video Playback Paused", "stop", 2),
    ]


def test_a_clock_that_goes_back_stands_still() -> None:
    told = dcr(STARTED, at(-5, "Video Ad Playing", position=7), at(1, "Video Playback Paused", position=8))
    assert [call[2:] for call in told[1:]] == [
        ("(timer)", "setPlayheadPosition", 7),
        ("Video Playback Paused", "stop", 8),
    ]


def test_no_timer_fires_after_the_last_message_without_a_tail() -> None:
    assert len(dcr(STARTED)) == 1
    assert [call[-1] for call in dcr(STARTED, tail=2.5)[1:]] == [0, 1]
