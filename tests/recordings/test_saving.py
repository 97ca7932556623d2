"""Sessions of overrides that are saved and taken up again: as if never stopped, wherever it is."""

import json
from collections.abc import Iterator
from functools import cache
from itertools import zip_longest
from pathlib import Path
from typing import Any

import pytest
from overrides.viewings import Viewing
from recorded import LOGS, lines_of

from videospec import Hooks, Overriding, Track, find_destination, replay
from videospec.destinations.places import Origin
from videospec.plugins import destination_names

MENDED = [one for one in map(find_destination, destination_names()) if one.overrides or one.amend is not None]
ORIGINS: tuple[Origin, ...] = ("web", "android")
Message = dict[str, Any]


@cache
def tracks(log: Path) -> list[Track]:
    return list(replay(lines_of(log)))


def two_at_once(log: Path) -> list[Message]:
    """A recording's messages, and those of the next one between them."""
    other = LOGS[(LOGS.index(log) + 1) % len(LOGS)]
    pairs = zip_longest(tracks(log), tracks(other))
    return [track.message() for pair in pairs for track in pair if track is not None]


def never_stopped(over: Overriding, messages: list[Message]) -> list[bytes]:
    return [json.dumps(message).encode() for _, message in over.run(enumerate(messages))]


def stopped_after_each(over: Overriding, messages: list[Message]) -> Iterator[bytes]:
    for mark, message in enumerate(messages):
        yield from (json.dumps(one).encode() for _, one in over.take(mark, message))
        saved = over.snapshot()
        over = Overriding(over.targets, over.hooks)
        over.restore(saved)
        assert over.snapshot() == saved
    yield from (json.dumps(one).encode() for _, one in over.close())


@pytest.mark.parametrize("log", LOGS, ids=lambda log: log.name.removesuffix(".jsonl.gz"))
def test_saved_and_restored_is_never_stopped(log: Path) -> None:
    messages = two_at_once(log)
    for origin in ORIGINS:
        reached = [one for one in MENDED if one.reached_from(origin)]
        for some in (reached, *([one] for one in reached)):
            whole = never_stopped(Overriding.to(some, origin), messages)
            assert list(stopped_after_each(Overriding.to(some, origin), messages)) == whole


def tagged(hook: str, messages: list[Message], destination: str | None) -> list[Message]:
    """A user's function that needs each group as a whole."""
    return [{**one, "properties": {**one["properties"], hook: len(messages)}} for one in messages]


def test_a_users_own_function_hears_the_same_groups() -> None:
    messages = two_at_once(LOGS[0])
    some, own = [find_destination("Youbora"), find_destination("Adobe Analytics")], Hooks(function=tagged)
    whole = never_stopped(Overriding.to(some, "web", own), messages)
    assert list(stopped_after_each(Overriding.to(some, "web", own), messages)) == whole


def test_tracks_one_request_at_a_time() -> None:
    said = tracks(LOGS[0])
    some = [find_destination("Adobe Analytics")]
    told: list[Track] = []
    saved = Overriding.to(some).snapshot()
    for track in said:
        over = Overriding.to(some)
        over.restore(saved)
        told += over.tracks([track], more=True)
        saved = over.snapshot()
    assert told == list(Overriding.to(some).tracks(said))
    assert len(told) > len(said)


def test_what_waited_is_told_without_its_track() -> None:
    [started] = Viewing().started().messages
    over, again = (Overriding.to([find_destination("Adobe Analytics")]) for _ in range(2))
    [(mark, _)] = over.take(7, started)
    again.restore(over.snapshot())
    assert (mark, [mark for mark, _ in over.close()], [mark for mark, _ in again.close()]) == (7, [7], [None])
    again.restore(over.snapshot())
    assert list(again.tracks([])) == []


def test_messages_that_msgspec_cannot_write() -> None:
    over = Overriding.to([find_destination("Adobe Analytics")])
    odd = Viewing().say("Video Playback Started", 0, title="\ud800", position=10**30).messages
    whole = never_stopped(Overriding(over.targets), odd)
    assert list(stopped_after_each(over, odd)) == whole


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{}",
        b"[1]",
        b"\xff",
        b"[" * 100_000,
        b'{"version":99,"targets":[["Youbora",["web"]]],"sessions":{}}',
        b'{"version":1,"targets":[["Youbora",["web"]]],"sessions":{"s":{}}}',
        b'{"version":1,"targets":[["Youbora",["web"]]],"sessions":{"s":{"at":0,"viewings":[],"held":{}}}}',
        b'{"version":1,"targets":[["Youbora",["web"]]],"sessions":{"s":{"at":0,"viewings":[{"ad":3}],"held":{}}}}',
        b'{"version":1,"targets":[["Youbora",["web"]]],"sessions":{"s":{"at":0,"viewings":[{}],"held":{"1":[]}}}}',
    ],
)
def test_a_bad_snapshot_says_so(data: bytes) -> None:
    over = Overriding.to([find_destination("Youbora")])
    with pytest.raises(ValueError, match="snapshot"):
        over.restore(data)
    assert over.snapshot() == Overriding.to([find_destination("Youbora")]).snapshot()


def test_a_snapshot_is_of_its_destinations_and_origin() -> None:
    saved = Overriding.to([find_destination("Parsely"), find_destination("Adobe Analytics")]).snapshot()
    for over in (
        Overriding.to([find_destination("Parsely")]),
        Overriding.to([find_destination("Adobe Analytics"), find_destination("Parsely")]),
        Overriding.to([find_destination("Parsely"), find_destination("Adobe Analytics")], "ios"),
    ):
        with pytest.raises(ValueError, match="of other destinations, or of another origin: Parsely, Adobe Analytics"):
            over.restore(saved)
