"""One request to Segment through its library, and what the answer means.

Whatever Segment, a proxy or the network does, an answer is one of four verdicts: taken, again (later), refused (for
what is in the batch), or stop (a fault of the set-up that no retry mends).
"""

import logging
import threading
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum, auto
from typing import Any, Final, NamedTuple
from urllib.parse import urlsplit

import requests
from segment.analytics import request

HOST: Final = "https://api.segment.io"
EU_HOST: Final = "https://events.eu1.segmentapis.com"

_alone = threading.Lock()


class Verdict(Enum):
    """What to do after an answer."""

    TAKEN = auto()
    AGAIN = auto()
    REFUSED = auto()
    STOP = auto()


class Answer(NamedTuple):
    """`status` 0 is no answer; `wait` is Retry-After in seconds; `said` may quote the endpoint: not for logs."""

    status: int
    said: str = ""
    wait: int | None = None

    def __str__(self) -> str:
        return f"HTTP {self.status}" if self.status else self.said


_PROXY = "check the host, and any proxy on the way"
_KEY = f"the write key is not accepted: check SEGMENT_WRITE_KEY, and that the host is of its region (EU: {EU_HOST})"
_NOT_HERE = f"no Segment API there: {_PROXY}"
_MEANS = {
    0: f"no answer came: check the network; {_PROXY}",
    401: _KEY,
    403: _KEY,
    404: "nothing takes batches at this address: check the host, which is given without the path /v1/batch",
    407: "the proxy wants a login: check the proxy settings",
    501: _NOT_HERE,
    505: _NOT_HERE,
}
_REDIRECT = f"would turn the batch into an empty request: give the final address as host, or {_PROXY}"
_UNKNOWN = f"an answer Segment does not give: {_PROXY}"

_REFUSES = {400, 413, 422}
# What the library retries too. 5xx is again except where _MEANS says otherwise.
_AGAIN = {0, 408, 410, 429, 460}


def verdict(status: int) -> Verdict:
    """What to do after this HTTP status; 0 is a network fault or a timeout."""
    if status // 100 == 2:
        return Verdict.TAKEN
    if status in _REFUSES:
        return Verdict.REFUSED
    if status in _AGAIN or (status // 100 == 5 and status not in _MEANS):
        return Verdict.AGAIN
    return Verdict.STOP


def meaning(answer: Answer) -> str:
    """What an answer that ends a delivery means and what to check, without a full stop."""
    if answer.status // 100 == 3:
        return f"a redirect{answer.said} {_REDIRECT}"
    if answer.status not in _MEANS and verdict(answer.status) is Verdict.AGAIN:
        return f"Segment does not take batches now: try later; {_PROXY}"
    return _MEANS.get(answer.status, _UNKNOWN)


def check_host(host: str) -> None:
    """Raises ValueError if the host is not an address that a batch can be posted to."""
    requests.Request("POST", host).prepare()
    if urlsplit(host).scheme not in {"http", "https"}:
        raise ValueError(f"the host must be an address like {HOST}")


class _Straight(requests.Session):
    """Follows no redirect and reads no .netrc, which would overrule the header with the write key."""

    def __init__(self) -> None:
        super().__init__()
        self.auth = lambda prepared: prepared

    def get_redirect_target(self, resp: requests.Response) -> None:
        return None


def _unheard(record: logging.LogRecord) -> bool:
    return False


@contextmanager
def own_session() -> Iterator[None]:
    """Gives the library a session of our own for the time of a delivery, and silences its log.

    The library's session is one for the whole process, lives on over fork, and follows redirects: POST becomes GET, and
    the 200 that comes of it counts as success. Its log shows bodies at DEBUG, write key and viewers included; what it
    says at ERROR is said better here. Raises RuntimeError if a delivery is under way in this process.
    """
    if not _alone.acquire(blocking=False):
        raise RuntimeError("a delivery is already under way in this process, and the library has only one session")
    theirs, library_log = request._session, logging.getLogger("segment")
    request._session = ours = _Straight()
    library_log.addFilter(_unheard)
    try:
        yield
    finally:
        library_log.removeFilter(_unheard)
        request._session = theirs
        ours.close()
        _alone.release()


def _without(write_key: str, text: str) -> str:
    """The text without the key, plain or as the header of a request has it."""
    for secret in (b64encode(f"{write_key}:".encode()).decode(), write_key):
        text = text.replace(secret, "…")
    return text


def ask(batch: list[dict[str, Any]], retry: int, *, write_key: str, host: str, gzip: bool, timeout: float) -> Answer:
    """One request, inside `own_session`; `retry` counts from 0, `timeout` is seconds. Raises no network error.

    `sentAt` is left to the library, fresh each time, because Segment moves every timestamp by receivedAt - sentAt.
    """
    try:
        response = request.post(write_key, host, gzip=gzip, timeout=timeout, retry_count=retry, batch=batch)
    except request.APIError as error:
        if error.status // 100 == 3:
            target = urlsplit(error.response.headers.get("Location", ""))
            return Answer(error.status, f" to {target.scheme}://{target.hostname}" if target.hostname else "")
        said = " ".join(_without(write_key, str(error.message)).split())[:200]
        return Answer(error.status, said, request.parse_retry_after(error.response))
    except requests.RequestException as error:
        return Answer(0, type(error).__name__)
    return Answer(response.status_code)
