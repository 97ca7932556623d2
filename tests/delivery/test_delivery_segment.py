"""The sender against a real HTTP endpoint: what arrives, what stops it, and what it shows to nobody."""

import base64
import logging
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from msgspec import Raw
from msgspec.structs import replace
from segment.analytics import request

from videospec.delivery.segment import Delivered, DeliveryStopped
from videospec.tracks import Track

if TYPE_CHECKING:
    from delivery.conftest import Endpoint, Reply, Time

Send = Callable[..., Delivered]
Make = Callable[..., Track]
Dead = list[tuple[int, str]]


# -- all is well -------------------------------------------------------------------------------------------------------


def test_messages_arrive_unchanged_once_and_in_order(send: Send, endpoint: "Endpoint", tracks: list[Track]) -> None:
    tracks[7] = replace(tracks[7], user_id="é😀", raw_context=Raw(b'{"ip":"0.0.0.0"}'), integrations={"All": False})
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


@pytest.mark.parametrize("dry_run", [False, True])
def test_a_batch_of_which_nothing_may_go_asks_nothing(
    send: Send, endpoint: "Endpoint", track: Make, dead: Dead, dry_run: bool
) -> None:
    stream = [track(n, bitrate=float("nan")) for n in range(3)]
    assert send(stream, dry_run=dry_run) == Delivered(refused={"not JSON": 3})
    assert [n for n, _ in dead] == [0, 1, 2]
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
