"""The sender against a real HTTP endpoint that misbehaves: what it waits for, and what it takes out."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from attrs import evolve

from videospec.delivery.segment import Delivered, DeliveryStopped
from videospec.tracks import Track

if TYPE_CHECKING:
    from delivery.conftest import Endpoint, Reply, Time

Send = Callable[..., Delivered]
Make = Callable[..., Track]
Dead = list[tuple[int, str]]
FAR = format_datetime(datetime.now(UTC) + timedelta(days=2), usegmt=True)
PAST = format_datetime(datetime(2001, 1, 1, tzinfo=UTC), usegmt=True)

# -- again -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [408, 410, 429, 460, 500, 502, 503, 504, 511, 599])
def test_again_with_backoff_then_taken(
    send: Send, endpoint: "Endpoint", reply: "type[Reply]", fake_time: "Time", tracks: list[Track], status: int
) -> None:
    endpoint.script = [reply(), *[reply(status)] * 3]
    assert send(tracks) == Delivered(sent=250, requests=6, retries=3)
    assert endpoint.numbers == list(range(250))
    assert fake_time.waits == [0.5, 1.0, 2.0]
    assert [seen.headers.get("X-Retry-Count") for seen in endpoint.seen] == [None, None, "1", "2", "3", None]
    assert len({seen.body["sentAt"] for seen in endpoint.seen}) == 6


@pytest.mark.parametrize(("jitter", "longest"), [(0.0, 60.0), (1.0, 45.0)])
def test_backoff_stays_between_half_a_second_and_a_minute(
    send: Send,
    endpoint: "Endpoint",
    reply: "type[Reply]",
    fake_time: "Time",
    track: Make,
    jitter: float,
    longest: float,
) -> None:
    endpoint.script = [reply(503)] * 14
    send([track(0)], jitter=lambda: jitter)
    assert fake_time.waits[0] == 0.5
    assert fake_time.waits == sorted(fake_time.waits)
    assert fake_time.waits[-4:] == [longest] * 4


@pytest.mark.parametrize(
    ("header", "wait"),
    [
        ("7", 7),
        ("4000", 300),
        pytest.param(FAR, 300, id="far"),
        (PAST, 0.5),
        ("0", 0.5),
        ("-3", 0.5),
        ("1.5", 0.5),
        ("soon", 0.5),
        ("", 0.5),
    ],
)
@pytest.mark.parametrize("status", [429, 503])
def test_retry_after_goes_before_backoff(
    send: Send,
    endpoint: "Endpoint",
    reply: "type[Reply]",
    fake_time: "Time",
    track: Make,
    header: str,
    wait: float,
    status: int,
) -> None:
    endpoint.script = [reply(status, {"Retry-After": header})]
    assert send([track(0)]).sent == 1
    assert fake_time.waits == [wait]


def test_a_reset_before_the_answer(
    send: Send, endpoint: "Endpoint", reply: "type[Reply]", fake_time: "Time", tracks: list[Track]
) -> None:
    endpoint.script = [reply(), reply(reset=True, takes=False), reply(reset=True, takes=False)]
    assert send(tracks).retries == 2
    assert endpoint.numbers == list(range(250))
    assert fake_time.waits == [0.5, 1.0]


@pytest.mark.parametrize("how", [{"reset": True}, {"hang": True}])
def test_what_was_taken_without_an_answer_is_repeated_under_its_id(
    send: Send, endpoint: "Endpoint", reply: "type[Reply]", tracks: list[Track], how: dict[str, Any]
) -> None:
    endpoint.script = [reply(), reply(takes=True, **how)]
    assert send(tracks, timeout=0.1).retries == 1
    assert endpoint.numbers == [*range(200), *range(100, 250)]
    assert len({message["messageId"] for message in endpoint.arrived}) == 250


def test_patience_ends_and_the_same_command_completes(
    send: Send, endpoint: "Endpoint", reply: "type[Reply]", fake_time: "Time", tracks: list[Track], tmp_path: Path
) -> None:
    endpoint.script = [reply()]
    endpoint.rule = lambda batch: reply(503)
    with pytest.raises(DeliveryStopped, match=r"HTTP 503.*try later.*Nothing is lost: 100 tracks are settled") as stop:
        send(tracks, checkpoint=tmp_path / "c", patience=600)
    assert 540 < sum(fake_time.waits) <= 600
    assert stop.value.delivered.stopped == str(stop.value)
    endpoint.rule = lambda batch: reply()
    assert send(tracks, checkpoint=tmp_path / "c").sent == 150
    assert endpoint.numbers == list(range(250))


def test_patience_counts_failure_without_a_break(
    send: Send, endpoint: "Endpoint", reply: "type[Reply]", tracks: list[Track]
) -> None:
    endpoint.script = [reply(503), reply(), reply(503), reply(), reply(503)]
    assert send(tracks, patience=0.5).retries == 3


def test_nobody_listens(send: Send, tracks: list[Track]) -> None:
    with pytest.raises(DeliveryStopped, match="ConnectionError: no answer came"):
        send(tracks, host="http://127.0.0.1:1", patience=5)


# -- refused -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [400, 413, 422])
@pytest.mark.parametrize("poison", [{0}, {57}, {99}, {0, 1, 98}, {248, 249}, {100, 3}])
def test_a_refused_batch_is_halved_down_to_the_culprits(
    send: Send,
    endpoint: "Endpoint",
    reply: "type[Reply]",
    tracks: list[Track],
    dead: Dead,
    status: int,
    poison: set[int],
) -> None:
    def rule(batch: list[dict[str, Any]]) -> "Reply":
        bad = poison & {message["properties"]["n"] for message in batch}
        return reply(status, body=b'{"code":"bad","message":"no  good,\\nthe-write-key"}') if bad else reply()

    endpoint.rule = rule
    delivered = send(tracks)
    assert endpoint.numbers == [n for n in range(250) if n not in poison]
    assert dead == [(n, f"refused by Segment: HTTP {status} (no good, …)") for n in sorted(poison)]
    assert delivered.refused == {f"HTTP {status}": len(poison)}
    assert delivered.sent == 250 - len(poison)
    assert delivered.requests <= 3 + len(poison) * 2 * 7


def test_a_503_while_halving_is_waited_for(
    send: Send, endpoint: "Endpoint", reply: "type[Reply]", track: Make, dead: Dead
) -> None:
    endpoint.script = [reply(400), reply(503), reply(), reply(400), reply(reset=True), reply(400, body=b"")]
    endpoint.script[4] = evolve(endpoint.script[4], takes=False)
    send([track(n) for n in range(4)])
    assert endpoint.numbers == [0, 1, 3]
    assert dead == [(2, "refused by Segment: HTTP 400")]


def test_refused_beforehand_and_by_segment_keep_their_order(
    send: Send, endpoint: "Endpoint", reply: "type[Reply]", track: Make, dead: Dead
) -> None:
    endpoint.rule = lambda batch: reply(400 if any(m["properties"]["n"] == 4 for m in batch) else 200)
    bad: dict[int, dict[str, object]] = {1: {"x": float("inf")}, 3: {"x": "\ud800"}, 5: {"x": "é" * 9000}}
    delivered = send([track(n, **bad.get(n, {})) for n in range(8)])
    assert endpoint.numbers == [0, 2, 6, 7]
    assert [n for n, _ in dead] == [1, 3, 4, 5]
    assert delivered.refused == {"not JSON": 2, "HTTP 400": 1, "too large": 1}
