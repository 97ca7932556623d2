"""The outbox of the documentation, against the endpoint that misbehaves."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from msgspec import Raw

from videospec.tracks import Track

if TYPE_CHECKING:
    from delivery.conftest import Endpoint, Reply

PAGE = Path(__file__).parents[2] / "docs/how-to/embed.md"
Send = Callable[[list[bytes], list[tuple[bytes, str]], str], None]


@pytest.fixture
def send(monkeypatch: pytest.MonkeyPatch) -> Send:
    found = re.search(r"<!-- file: outbox\.py -->\n```python\n(.*?)```", PAGE.read_text("utf-8"), re.S)
    assert found is not None
    here: dict[str, Any] = {"__name__": "outbox"}
    exec(compile(found[1], "outbox.py", "exec"), here)
    monkeypatch.setenv("SEGMENT_WRITE_KEY", "key")
    sends: Send = here["send"]
    return sends


def test_an_outbox_is_emptied_and_the_dead_have_their_reason(
    send: Send, endpoint: "Endpoint", track: Callable[..., Track]
) -> None:
    told = [track(n) for n in range(230)]
    told[7] = track(7, pad="x" * 40_000)
    outbox = [one.json() for one in told]
    dead: list[tuple[bytes, str]] = []
    send(outbox, dead, endpoint.url)
    assert outbox == []
    assert endpoint.numbers == [n for n in range(230) if n != 7]
    assert [(Track.read(text), why.split(" as JSON")[0]) for text, why in dead] == [(told[7], "40226 bytes")]


def test_what_is_left_is_sent_by_the_next_call(
    send: Send,
    endpoint: "Endpoint",
    reply: "type[Reply]",
    track: Callable[..., Track],
    caplog: pytest.LogCaptureFixture,
) -> None:
    endpoint.script = [reply(), reply(401)]
    outbox = [track(n).json() for n in range(150)]
    dead: list[tuple[bytes, str]] = []
    send(outbox, dead, endpoint.url)
    assert len(outbox) == 50
    assert "401" in caplog.text
    send(outbox, dead, endpoint.url)
    assert (outbox, dead, endpoint.numbers) == ([], [], list(range(150)))


def test_a_track_is_read_as_it_was_written(track: Callable[..., Track]) -> None:
    one = track(1, title="é", of={"a": [1, None]})
    whole = Track(one.event, one.id, "u", None, one.timestamp, Raw(b'{"ip":"0"}'), {"All": False}, one.properties)
    for written in (one, whole):
        read = Track.read(written.json())
        assert (read.json(), read.message()) == (written.json(), written.message())
    for text in (b"", b"[]", b'{"type":"page"}', b'{"type":"track","event":1}', b"\xff"):
        with pytest.raises(ValueError, match="not a track"):
            Track.read(text)
