"""Checkpoints: the same command goes on where it stopped, and another one is told so."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from segment.analytics import request

from videospec.delivery.checkpoint import CheckpointMismatch, Mark, load, save
from videospec.delivery.segment import Delivered, DeliveryStopped
from videospec.tracks import Track

if TYPE_CHECKING:
    from delivery.conftest import Endpoint, Reply

Send = Callable[..., Delivered]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "checkpoint.json"


def settled(file: Path) -> int:
    count: int = json.loads(file.read_text())["settled"]
    return count


def test_it_says_how_far_and_holds_no_secret(send: Send, file: Path, tracks: list[Track]) -> None:
    send(tracks, checkpoint=file, fingerprint="replay of a.log")
    assert json.loads(file.read_text()) == {
        "fingerprint": "replay of a.log",
        "settled": 250,
        "last": tracks[-1].message_id,
        "format": 1,
    }
    assert [path.name for path in file.parent.iterdir()] == [file.name]


def test_it_is_written_after_every_batch(send: Send, file: Path, tracks: list[Track]) -> None:
    seen: list[tuple[int, int]] = []
    send(tracks, checkpoint=file, progress=lambda count: seen.append((count, settled(file))))
    assert seen == [(100, 100), (100, 200), (50, 250)]


def test_the_same_command_goes_on_where_it_stopped(
    send: Send, endpoint: "Endpoint", reply: "type[Reply]", file: Path, tracks: list[Track]
) -> None:
    endpoint.script = [reply(), reply(401)]
    with pytest.raises(DeliveryStopped, match="100 tracks are settled") as stop:
        send(tracks, checkpoint=file, fingerprint="f")
    assert stop.value.delivered.sent == 100
    assert settled(file) == 100
    progress: list[int] = []
    delivered = send(iter(tracks), checkpoint=file, fingerprint="f", progress=progress.append)
    assert (delivered.skipped, delivered.sent) == (100, 150)
    assert progress == [100, 100, 50]
    assert endpoint.numbers == list(range(250))
    again = send(tracks, checkpoint=file, fingerprint="f")
    assert (again.skipped, again.sent, again.requests) == (250, 0, 0)


def test_a_log_that_has_grown_goes_on(send: Send, endpoint: "Endpoint", file: Path, tracks: list[Track]) -> None:
    send(tracks[:120], checkpoint=file)
    assert send(tracks, checkpoint=file).sent == 130
    assert endpoint.numbers == list(range(250))


def test_refused_tracks_are_settled_and_not_refused_again(
    send: Send, file: Path, track: Callable[..., Track], dead: list[tuple[int, str]]
) -> None:
    tracks = [track(0), track(1, bitrate=float("nan"))]
    send(tracks, checkpoint=file)
    assert send(tracks, checkpoint=file).skipped == 2
    assert [n for n, _ in dead] == [1]


def test_an_interrupt_while_waiting_leaves_it_true(
    send: Send, endpoint: "Endpoint", reply: "type[Reply]", file: Path, tracks: list[Track]
) -> None:
    def interrupted(seconds: float) -> None:
        raise KeyboardInterrupt

    endpoint.script = [reply(), reply(503)]
    with pytest.raises(KeyboardInterrupt):
        send(tracks, checkpoint=file, sleep=interrupted)
    assert settled(file) == 100
    send(tracks, checkpoint=file)
    assert endpoint.numbers == list(range(250))


def test_an_interrupt_between_the_answer_and_the_checkpoint_only_repeats(
    send: Send, endpoint: "Endpoint", file: Path, tracks: list[Track], monkeypatch: pytest.MonkeyPatch
) -> None:
    post = request.post

    def interrupted(*args: Any, **kwargs: Any) -> Any:
        response = post(*args, **kwargs)
        if len(endpoint.arrived) == 200:
            raise KeyboardInterrupt
        return response

    monkeypatch.setattr(request, "post", interrupted)
    with pytest.raises(KeyboardInterrupt):
        send(tracks, checkpoint=file)
    assert settled(file) == 100
    monkeypatch.undo()
    send(tracks, checkpoint=file)
    assert endpoint.numbers == [*range(200), *range(100, 250)]
    assert len({message["messageId"] for message in endpoint.arrived}) == 250


def test_a_stop_inside_a_halved_batch_keeps_what_was_settled(
    send: Send, endpoint: "Endpoint", reply: "type[Reply]", file: Path, tracks: list[Track], dead: list[tuple[int, str]]
) -> None:
    endpoint.script = [reply(400), reply(), reply(403)]
    with pytest.raises(DeliveryStopped):
        send(tracks[:100], checkpoint=file)
    assert settled(file) == 50
    send(tracks[:100], checkpoint=file)
    assert endpoint.numbers == list(range(100))
    assert dead == []


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda tracks: tracks[:99], "now give only 99"),
        (lambda tracks: tracks[1:], "track 100 is not the one"),
    ],
)
def test_another_log_is_a_mismatch(
    send: Send,
    endpoint: "Endpoint",
    file: Path,
    tracks: list[Track],
    change: Callable[[list[Track]], list[Track]],
    words: str,
) -> None:
    send(tracks[:100], checkpoint=file)
    before = len(endpoint.seen)
    with pytest.raises(CheckpointMismatch, match=words) as mismatch:
        send(change(tracks), checkpoint=file)
    assert "delete it or name another file" in str(mismatch.value)
    assert len(endpoint.seen) == before
    assert settled(file) == 100


def test_other_settings_are_a_mismatch(send: Send, file: Path, tracks: list[Track]) -> None:
    send(tracks, checkpoint=file, fingerprint="route a")
    with pytest.raises(CheckpointMismatch, match="other logs, settings, route, run, host or write key"):
        send(tracks, checkpoint=file, fingerprint="route b")


@pytest.mark.parametrize("text", ["", "[]", '{"settled": 1}', '{"fingerprint": "", "format": 2}', "\xff"])
def test_a_file_that_is_no_checkpoint_is_left_alone(send: Send, file: Path, tracks: list[Track], text: str) -> None:
    file.write_text(text, encoding="latin-1")
    with pytest.raises(CheckpointMismatch, match="not a checkpoint"):
        send(tracks, checkpoint=file)
    assert file.read_text(encoding="latin-1") == text


def test_a_folder_that_is_not_there_is_told_before_anything_is_sent(
    send: Send, endpoint: "Endpoint", tmp_path: Path, tracks: list[Track]
) -> None:
    with pytest.raises(FileNotFoundError):
        send(tracks, checkpoint=tmp_path / "nowhere" / "checkpoint.json")
    assert endpoint.seen == []


def test_a_crash_while_writing_leaves_the_old_one(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save(file, Mark("f", 100, "id-100"))

    def crash(descriptor: int) -> None:
        raise OSError("disk full")

    monkeypatch.setattr("os.fsync", crash)
    with pytest.raises(OSError, match="disk full"):
        save(file, Mark("f", 200, "id-200"))
    assert load(file, "f") == Mark("f", 100, "id-100")


def test_a_dry_run_reads_it_and_never_writes(send: Send, endpoint: "Endpoint", file: Path, tracks: list[Track]) -> None:
    send(tracks, checkpoint=file, dry_run=True)
    assert not file.exists()
    send(tracks[:100], checkpoint=file)
    delivered = send(tracks, checkpoint=file, dry_run=True)
    assert (delivered.skipped, delivered.sent, delivered.requests) == (100, 150, 2)
    assert settled(file) == 100
    assert endpoint.numbers == list(range(100))
