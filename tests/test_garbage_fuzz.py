"""Payloads of any shape in every row of every adapter, recordings with faults, and any bytes."""

import gzip
import json
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from judging import EPOCH, ODD, SAMPLES, dump, judge, viewing

from videospec import Adapter, Heard, Session
from videospec.player_events import Play, Playing, Report, Snapshot
from videospec.plugins import adapter_names, find_adapter
from videospec.spec.message import validate_message

Lines = list[bytes]
TICKS = viewing()

# -- payloads ----------------------------------------------------------------------------------------------------------


class Payload(dict[str, Any]):
    """Has every key: at `depth` more keys down is the leaf, on the way are objects or lists of one object."""

    def __init__(self, depth: int, leaf: Any, *, lists: bool) -> None:
        inner = Payload(depth - 1, leaf, lists=lists) if depth else None
        super().__init__(any=leaf)
        self.value = leaf if inner is None else [inner] if lists else inner

    def get(self, key: str, default: Any = None) -> Any:
        return self.value

    def __getitem__(self, key: str) -> Any:
        return self.value

    def __contains__(self, key: object) -> bool:
        return True


class Said(Heard):
    """What was heard, with a payload that no JSON text can be."""

    @property
    def data(self) -> Payload:
        payload: Payload = self.memory["payload"]
        return payload


def rows() -> Iterator[tuple[str, str, str]]:
    for name in adapter_names():
        for src, types in known(name).rows.items():
            yield from (
                (name, src, type_) for type_, row in types.items() if callable(row) and not isinstance(row, type)
            )


def known(name: str) -> Adapter:
    adapter = find_adapter(name)
    assert adapter is not None
    return adapter


@pytest.mark.parametrize("row", list(rows()), ids="-".join)
def test_a_payload_of_another_shape(row: tuple[str, str, str]) -> None:
    name, src, type_ = row
    says: Any = known(name).rows[src][type_]
    for depth in range(4):
        for lists in (False, True):
            session, at, tracks = Session(base="s"), float(EPOCH), []
            tracks += session.feed(Play(at, Snapshot(position=0, duration=60)))
            tracks += session.feed(Playing(at, Snapshot(position=0, duration=60)))
            tracks += session.progress(at + 250, Snapshot(position=0.25, duration=60))
            memory: dict[str, Any] = {}
            for leaf in (odd for odd in ODD if odd != "\ud800"):  # no JSON reader gives out half a character
                at += 500
                seen = Snapshot(position=(at - EPOCH) / 1000, duration=60)
                payload = Payload(depth, leaf, lists=lists)
                for event in list(says(Said(at, src, type_, seen, b"", {**memory, "payload": payload}))):
                    tracks += session.feed(event)
                tracks += session.feed(Report(at + 1, seen))
            tracks += session.close()
            found = [f for track in tracks for f in validate_message(json.loads(track.json())) if f.severity == "error"]
            assert found == [], (depth, lists)


# -- fuzz --------------------------------------------------------------------------------------------------------------


@cache
def samples() -> list[Lines]:
    """Every recording, with a part of its position reports."""
    found = []
    for path in sorted(SAMPLES.glob("*/*.jsonl.gz")):
        raws = gzip.decompress(path.read_bytes()).splitlines()
        found.append([raw for number, raw in enumerate(raws) if b"time" not in raw[:200] or number % 5 == 0])
    return found


def placed(value: Any, where: int, odd: Any) -> Any:
    """The value with something odd at one of its places."""
    inner = (
        list(value.items()) if isinstance(value, dict) else list(enumerate(value)) if isinstance(value, list) else []
    )
    if not inner or where % 7 == 0:
        return odd
    key, chosen = inner[where % len(inner)]
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[key] = placed(chosen, where // 7, odd)
    return copy


def mutated(log: Lines, how: str, at: int, where: int, odd: Any) -> None:
    """One thing goes wrong with a log, in place."""
    at %= len(log)
    raw = log[at]
    if how == "lost":
        del log[at : at + 1 + where % 3 * (len(log) > 9)]
    elif how == "twice":
        log.insert(where % len(log), raw)
    elif how == "moved":
        log.insert(where % len(log), log.pop(at))
    elif how == "cut":
        log[at] = raw[: where % (len(raw) + 1)]
    elif how == "byte":
        place = where % (len(raw) + 1)
        log[at] = raw[:place] + bytes([where % 256]) + raw[place + 1 :]
    else:
        try:
            log[at] = dump(placed(json.loads(raw), where, odd))
        except ValueError:
            log[at] = dump(odd)


WAYS = ["lost", "twice", "moved", "cut", "byte", "odd", "odd", "odd"]
FAULT = st.tuples(st.sampled_from(WAYS), st.integers(0, 10**4), st.integers(0, 10**9), st.sampled_from(ODD))


@settings(max_examples=400, derandomize=True)
@given(st.integers(0, 10**3), st.lists(FAULT, min_size=1, max_size=40))
def test_recordings_with_faults(number: int, faults: list[tuple[str, int, int, Any]]) -> None:
    log = list(samples()[number % len(samples())])
    for fault in faults:
        if log:
            mutated(log, *fault)
    judge(log)


@settings(max_examples=300, derandomize=True)
@given(st.lists(st.binary(max_size=80), max_size=20))
def test_lines_of_any_bytes(lines: Lines) -> None:
    judge(lines)
    judge([raw + TICKS[0][len(raw) :] for raw in lines])
