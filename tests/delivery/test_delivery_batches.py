"""Batches: what is measured, what is refused beforehand, and that nothing is lost or moved."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Raw

from videospec.delivery.batches import BATCH_BYTES, MESSAGE_BYTES, Letter, batches, envelope, halves, messages, weigh
from videospec.tracks import Track, iso

AROUND = envelope("key")


def make(n: int, padding: int = 0, **properties: Any) -> Track:
    return Track(
        "E",
        f"id-{n}",
        anonymous_id="a",
        timestamp=iso(1_700_000_000_000),
        properties={"n": n, "pad": "x" * padding, **properties},
    )


def body(batch: list[Letter]) -> str:
    """The body as the library writes it."""
    sent_at = "2026-11-22T03:04:05.123456+00:00"
    return json.dumps({"batch": messages(batch), "sentAt": sent_at, "writeKey": "key"})


def padded(n: int, size: int) -> Track:
    """A track of exactly so many bytes."""
    return make(n, size - weigh(make(n)).size)


def test_a_letter_is_as_large_as_the_library_writes_it() -> None:
    letter = weigh(make(1, title="é\u2028😀"))
    assert letter.size == len(json.dumps(letter.message))
    assert letter.size > len(make(1, title="é\u2028😀").json())
    assert letter.refusal is None


@pytest.mark.parametrize(("size", "refused"), [(MESSAGE_BYTES, False), (MESSAGE_BYTES + 1, True)])
def test_a_message_of_32_kb_goes_and_one_byte_more_does_not(size: int, refused: bool) -> None:
    letter = weigh(padded(1, size))
    assert letter.size == size
    assert (letter.refusal is not None) is refused


def test_the_limit_counts_escaped_bytes_and_the_reason_names_the_largest_part() -> None:
    title = "é" * 5600
    large = weigh(make(1, title=title))
    assert len(make(1, title=title).json()) < MESSAGE_BYTES / 2
    assert large.refusal is not None
    assert large.refusal.kind == "too large"
    for words in (
        f"{large.size} bytes",
        "32768",
        f"properties.title, {5600 * 6 + len(json.dumps({'title': ''})) - 2} bytes",
    ):
        assert words in large.refusal.reason


def test_a_large_context_is_named_too() -> None:
    refusal = weigh(Track("E", "id", anonymous_id="a", raw_context=Raw(b'{"app":"' + b"x" * 40_000 + b'"}'))).refusal
    assert refusal is not None
    assert "context, 40" in refusal.reason


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (float("nan"), "Out of range float"),
        ([1, {"deep": float("-inf")}], "Out of range float"),
        ("\ud800", "surrogates not allowed"),
        ({"\udfff": 1}, "surrogates not allowed"),
        ({1, 2}, "set is not JSON serializable"),
    ],
)
def test_what_is_not_json_is_refused_by_name(value: object, words: str) -> None:
    refusal = weigh(make(1, bitrate=value)).refusal
    assert refusal is not None
    assert refusal.kind == "not JSON"
    assert "properties.bitrate" in refusal.reason
    assert words in refusal.reason
    refusal.reason.encode()


def test_a_name_that_cannot_be_printed_is_escaped() -> None:
    refusal = weigh(make(1, **{"\ud800": 1})).refusal
    assert refusal is not None
    assert "properties.\\ud800" in refusal.reason.encode().decode()


def test_a_message_about_nobody_is_refused() -> None:
    refusal = weigh(Track("E", "id")).refusal
    assert refusal is not None
    assert refusal.kind == "nobody"


def test_whole_emoji_pass() -> None:
    assert weigh(make(1, title="😀 \\ud800 as text")).refusal is None


@pytest.mark.parametrize(("count", "cut"), [(0, []), (1, [1]), (100, [100]), (101, [100, 1]), (250, [100, 100, 50])])
def test_a_batch_has_at_most_100_messages(count: int, cut: list[int]) -> None:
    assert [len(batch) for batch in batches(map(make, range(count)), AROUND)] == cut


@pytest.mark.parametrize(("spare", "cut"), [(0, [15]), (-1, [14, 1])])
def test_a_body_reaches_475_000_bytes_and_never_passes_them(spare: int, cut: list[int]) -> None:
    fourteen = [padded(n, 32_000) for n in range(14)]
    left = BATCH_BYTES - AROUND - 14 * (32_000 + len(", "))
    got = list(batches([*fourteen, padded(14, left - spare)], AROUND))
    assert [len(batch) for batch in got] == cut
    assert len(body(got[0])) == (BATCH_BYTES if spare == 0 else AROUND + 14 * 32_002 - 2)


def test_batches_are_lazy(track: Callable[..., Track]) -> None:
    taken: list[int] = []
    stream = batches((taken.append(n) or track(n) for n in range(1000)), AROUND)  # type: ignore[func-returns-value] # None is meant: `or` goes on
    next(stream)
    assert len(taken) == 100


kinds = st.sampled_from([0, 10, 5_000, 31_000, 40_000])


@given(st.lists(kinds, max_size=330), st.text(max_size=40))
def test_nothing_is_lost_or_moved_and_the_limits_hold(paddings: list[int], key: str) -> None:
    got = list(batches([make(n, padding) for n, padding in enumerate(paddings)], envelope(key)))
    assert [letter.track.properties["n"] for batch in got for letter in batch] == list(range(len(paddings)))
    assert [letter.refusal is not None for batch in got for letter in batch] == [p == 40_000 for p in paddings]
    for batch in got:
        assert 0 < len(batch) <= 100
        assert len(json.dumps({"batch": messages(batch), "sentAt": "x" * 32, "writeKey": key})) <= BATCH_BYTES


@given(st.lists(st.sampled_from([0, 40_000]), min_size=2, max_size=100).filter(lambda p: p.count(0) >= 2))
def test_halves_share_the_messages_and_keep_the_order(paddings: list[int]) -> None:
    (batch,) = batches([make(n, padding) for n, padding in enumerate(paddings)], AROUND)
    left, right = halves(batch)
    assert left + right == batch
    assert abs(len(messages(left)) - len(messages(right))) <= 1
