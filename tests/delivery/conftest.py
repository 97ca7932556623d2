"""A real HTTP endpoint that misbehaves as told, a clock that only sleeping moves, and tracks to send."""

import gzip
import json
import logging
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from attrs import define, field, frozen
from segment.analytics import request

from videospec.delivery.segment import Delivered, deliver
from videospec.ids import message_id
from videospec.tracks import Track, iso

KEY = "the-write-key"
VIEWER = "viewer-7"


def make_track(n: int, **properties: Any) -> Track:
    return Track(
        event="Video Content Playing",
        id=message_id("", "s", n),
        anonymous_id=VIEWER,
        timestamp=iso(1_700_000_000_000 + n),
        properties={"session_id": "s", "n": n, **properties},
    )


@frozen
class Reply:
    """One answer. `hang` gives none at all, `reset` breaks the line; `takes` says if the batch counts as arrived."""

    status: int = 200
    headers: dict[str, str] = field(factory=dict)
    body: bytes = b'{"success":true}'
    hang: bool = False
    reset: bool = False
    takes: bool | None = None


@define
class Seen:
    method: str
    path: str
    headers: dict[str, str]
    size: int
    body: dict[str, Any]


@define
class Endpoint:
    """Answers by `script`, one reply a request, then by `rule`, which looks at the messages."""

    url: str = ""
    script: list[Reply] = field(factory=list)
    rule: Callable[[list[dict[str, Any]]], Reply] = lambda batch: Reply()
    seen: list[Seen] = field(factory=list)
    arrived: list[dict[str, Any]] = field(factory=list)
    lines: list[socket.socket] = field(factory=list)
    over: threading.Event = field(factory=threading.Event)

    @property
    def numbers(self) -> list[int]:
        """The messages that arrived, by number, in order."""
        return [message["properties"]["n"] for message in self.arrived]

    def answer(self, method: str, path: str, headers: dict[str, str], data: bytes) -> Reply:
        text = gzip.decompress(data) if headers.get("Content-Encoding") == "gzip" else data
        body = json.loads(text) if text else {"batch": []}
        self.seen.append(Seen(method, path, headers, len(text), body))
        reply = self.script.pop(0) if self.script else self.rule(body["batch"])
        if reply.status == 200 if reply.takes is None else reply.takes:
            self.arrived += body["batch"]
        return reply


def _handler(endpoint: Endpoint) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        # An answer in two packets would wait 40 ms for a delayed ACK.
        wbufsize = -1

        def setup(self) -> None:
            endpoint.lines.append(self.request)
            super().setup()

        def do_POST(self) -> None:
            data = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            reply = endpoint.answer(self.command, self.path, dict(self.headers), data)
            if reply.hang:
                endpoint.over.wait(10)
            if reply.hang or reply.reset:
                # Lingering for 0 s turns the close into a reset.
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                self.connection.close()
                self.close_connection = True
                return
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(reply.body)))
            self.end_headers()
            self.wfile.write(reply.body)

        do_GET = do_POST  # noqa: N815 -- the library's name

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 -- the library's name
            pass

    return Handler


class _Server(ThreadingHTTPServer):
    # Closing then waits for every connection, so that no socket outlives its test.
    daemon_threads = False


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    endpoint = Endpoint()
    with _Server(("127.0.0.1", 0), _handler(endpoint)) as server:
        endpoint.url = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield endpoint
        endpoint.over.set()
        # urllib3 closes its sockets only when its pool is collected, and after a fault exceptions in a cycle hold it.
        for line in endpoint.lines:
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
        server.shutdown()
        thread.join()


@define
class Time:
    """Seconds that pass only while somebody sleeps."""

    now: float = 1000.0
    waits: list[float] = field(factory=list)

    def clock(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.now += seconds


@pytest.fixture
def fake_time() -> Time:
    return Time()


@pytest.fixture
def track() -> Callable[..., Track]:
    return make_track


@pytest.fixture
def tracks() -> list[Track]:
    """Two full batches and a half."""
    return [make_track(n) for n in range(250)]


@pytest.fixture
def reply() -> type[Reply]:
    return Reply


@pytest.fixture
def dead() -> list[tuple[int, str]]:
    """What was refused: the number of the message, and the reason."""
    return []


@pytest.fixture
def send(endpoint: Endpoint, fake_time: Time, dead: list[tuple[int, str]]) -> Callable[..., Delivered]:
    """`deliver` to the endpoint, as fast as it goes, with the longest backoff of each try."""
    return partial(
        deliver,
        write_key=KEY,
        host=endpoint.url,
        rate=float("inf"),
        refused=lambda track, reason: dead.append((track.properties["n"], reason)),
        sleep=fake_time.sleep,
        clock=fake_time.clock,
        jitter=lambda: 0.0,
    )


@pytest.fixture(autouse=True)
def _leaves_the_library_as_it_was(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("NO_PROXY", "*")
    session, library_log = request._session, logging.getLogger("segment")
    yield
    assert request._session is session
    assert library_log.filters == []
