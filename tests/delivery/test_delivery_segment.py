"""The sender against a real HTTP endpoint that misbehaves: what arrives, what waits, what stops."""

import base64
import logging
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from attrs import evolve
from segment.analytics import request

from videospec.delivery.segment import Delivered, DeliveryStopped
from videospec.tracks import Track

if TYPE_CHECKING:
    from tests.delivery.conftest import Endpoint, Reply, Time

Send = Callable[..., Delivered]
Make = Callable[..., Track]
Dead = list[tuple[int, str]]
FAR = format_datetime(datetime.now(UTC) + timedelta(days=2), usegmt=True)
PAST = format_datetime(datetime(2001, 1, 1, tzinfo=UTC), usegmt=True)


@pytest.fixture
def tracks(track: Make) -> list[Track]:
    return [track(n) for n in range(250)]


# -- all is well -------------------------------------------------------------------------------------------------------


def test_messages_arrive_unchanged_once_and_in_order(send: Send, endpoint: "Endpoint", tracks: list[Track]) -> None:
    tracks[7] = evolve(tracks[7], user_id="é😀", context={"ip": "0.0.0.0"}, integrations={"All": False})
    before = [track.json() for track in tracks]
    assert send(iter(tracks)) == Delivered(sent=250, requests=3)
    assert endpoint.arrived == [track.message() for track in tracks]
    assert endpoint.arrived[3]["timestamp"] == "2023-11-14T22:13:20.003Z"
    assert [track.json() for track in tracks] == before
    for seen in endpoint.seen:
        assert (seen.method, seen.path) == ("POST", "/v1/batch")
        assert seen.headers["Authorization"] == "Basic " + base64.b64encode(b"the-write-key:").decode()
        assert set(seen.body) == {"batch", "sentAt", "writeKey"}
        assert seen.size <= 475_000


def test_large_messages_make_smaller_batches(send: Send, endpoint: "Endpoint", track: Make) -> None:
    send(track(n, description="é" * 5000) for n in range(100))
    assert endpoint.numbers == list(range(100))
    assert all(440_000 < seen.size <= 475_000 for seen in endpoint.seen[:-1])


def test_gzip_and_a_slash_after_the_host(send: Send, endpoint: "Endpoint", tracks: list[Track]) -> None:
    send(tracks, gzip=True, host=endpoint.url + "/")
    assert endpoint.numbers == list(range(250))
    assert endpoint.seen[0].headers["Content-Encoding"] == "gzip"


def test_an_empty_stream_asks_nothing(send: Send, endpoint: "Endpoint") -> None:
    assert send([]) == Delivered()
    assert endpoint.seen == []


def test_a_garbage_body_with_200_is_taken(send: Send, endpoint: "Endpoint", reply: "type[Reply]", track: Make) -> None:
    endpoint.script = [reply(body=b"\x00<html>"), reply(204, body=b"", takes=True)]
    assert send([track(n) for n in range(101)]).retries == 0
    assert endpoint.numbers == list(range(101))


def test_a_dry_run_checks_and_counts_and_sends_nothing(
    send: Send, endpoint: "Endpoint", tracks: list[Track], track: Make, dead: Dead
) -> None:
    tracks[5] = track(5, bitrate=float("nan"))
    assert send(tracks, dry_run=True, write_key="") == Delivered(sent=249, requests=3, refused={"not JSON": 1})
    assert [n for n, _ in dead] == [5]
    assert endpoint.seen == []


def test_the_rate_is_kept(send: Send, endpoint: "Endpoint", fake_time: "Time", tracks: list[Track]) -> None:
    send((track for _ in range(4) for track in tracks), rate=4)
    assert len(endpoint.seen) == 10
    assert fake_time.waits == [0.25] * 9


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
    [("7", 7), ("4000", 300), (FAR, 300), (PAST, 0.5), ("0", 0.5), ("-3", 0.5), ("1.5", 0.5), ("soon", 0.5), ("", 0.5)],
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
    with pytest.raises(DeliveryStopped, match="HTTP 503.*try later.*Nothing is lost: 100 tracks are settled") as stop:
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


# -- stop --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (401, "write key is not accepted"),
        (403, "region"),
        (404, "without the path /v1/batch"),
        (407, "login"),
        (405, "not give"),
        (501, "no Segment API"),
        (505, "no Segment API"),
        (300, "redirect"),
        (304, "redirect"),
    ],
)
def test_a_fault_of_the_set_up_stops_at_once(
    send: Send, endpoint: "Endpoint", reply: "type[Reply]", tracks: list[Track], dead: Dead, status: int, words: str
) -> None:
    endpoint.script = [reply(), reply(status, body=b"")]
    with pytest.raises(DeliveryStopped, match=words) as stop:
        send(tracks)
    assert f"HTTP {status}" in str(stop.value)
    assert "Nothing is lost: the same command sends all again" in str(stop.value)
    assert stop.value.delivered == Delivered(sent=100, requests=2, stopped=str(stop.value))
    assert len(endpoint.seen) == 2
    assert dead == []


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed(
    send: Send, endpoint: "Endpoint", reply: "type[Reply]", tracks: list[Track], status: int
) -> None:
    endpoint.script = [reply(status, {"Location": endpoint.url + "/elsewhere"})]
    with pytest.raises(DeliveryStopped, match=f"HTTP {status}: a redirect to http://127.0.0.1 would turn"):
        send(tracks)
    assert [seen.method for seen in endpoint.seen] == ["POST"]
    assert endpoint.arrived == []


# -- what nobody may see or share --------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [401, 503])
def test_no_key_and_no_viewer_in_logs_and_exceptions(
    send: Send,
    endpoint: "Endpoint",
    reply: "type[Reply]",
    tracks: list[Track],
    caplog: pytest.LogCaptureFixture,
    status: int,
) -> None:
    caplog.set_level(logging.DEBUG)
    echo = b'{"code":"x","message":"the-write-key of viewer-7"}'
    endpoint.script = [reply(503, body=echo), reply(), reply(400, body=echo), *[reply(status, body=echo)] * 9]
    with pytest.raises(DeliveryStopped) as stop:
        send(tracks, patience=3)
    assert "the next try is in 0.5 s" in caplog.text
    for secret in ("the-write-key", base64.b64encode(b"the-write-key:").decode(), "viewer-7"):
        assert secret not in caplog.text
        assert secret not in repr(stop.value)
    assert stop.value.__cause__ is None
    assert stop.value.__context__ is None


def test_a_netrc_does_not_overrule_the_write_key(
    send: Send, endpoint: "Endpoint", track: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "netrc").write_text("default login somebody password else\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    send([track(0)])
    assert endpoint.seen[0].headers["Authorization"] == "Basic " + base64.b64encode(b"the-write-key:").decode()


def test_one_delivery_at_a_time(send: Send, endpoint: "Endpoint", track: Make) -> None:
    errors: list[BaseException] = []

    def second() -> None:
        try:
            send([track(1)])
        except RuntimeError as error:
            errors.append(error)

    def stream() -> Iterator[Track]:
        thread = threading.Thread(target=second)
        thread.start()
        thread.join()
        yield track(0)

    send(stream())
    assert len(errors) == 1
    assert endpoint.numbers == [0]


def test_the_session_is_ours_even_when_the_stream_fails(send: Send, track: Make) -> None:
    theirs = request._session

    def stream() -> Iterator[Track]:
        assert request._session is not theirs
        yield track(0)
        raise LookupError

    with pytest.raises(LookupError):
        send(stream())


@pytest.mark.parametrize(
    "wrong", [{"host": "api.segment.io"}, {"host": "ftp://x"}, {"host": "http://"}, {"rate": 0}, {"write_key": ""}]
)
def test_arguments_that_make_no_sense(send: Send, tracks: list[Track], wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"host|URL|rate|key"):
        send(tracks, **wrong)
