"""A stream with copies for destinations: the rules hear what everybody hears, each destination what it hears."""

import gzip
import json
from pathlib import Path
from typing import Any, get_args

import pytest
from rules.story import messages

from videospec import Overriding, replay
from videospec.check import Check, Verdict
from videospec.check.added import Added
from videospec.destinations.places import Origin
from videospec.ids import copy_id
from videospec.plugins import destination_names, find_destination
from videospec.rules import Finding, Lint, lint
from videospec.rules.said import Said
from videospec.rules.schema import schema
from videospec.spec.copies import copy_for

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
LOGS = (
    *("hls.js/hlsjs_S7", "hls.js/hlsjs_S7skip", "video.js/videojs_S9", "dash.js/dashjs_S14", "shaka-player/shaka_S3"),
    "shaka-player/shaka_S6m",  # a start that waits until the session is interrupted, in the same instant
)
WEB = ("Youbora", "Adobe Analytics", "Nielsen DCR", "Nielsen DTVR", "Parsely", "Recombee", "Google Analytics 4 Cloud")
APPS: tuple[tuple[str, Origin], ...] = (("comScore", "ios"), ("Adobe Analytics", "android"), ("Nielsen DCR", "ios"))
Message = dict[str, Any]


def said(sample: str) -> list[Message]:
    lines = gzip.decompress((SAMPLES / f"{sample}.jsonl.gz").read_bytes()).splitlines()
    return [track.message() for track in replay(lines)]


def with_copies(messages: list[Message], *names: str, origin: Origin = "web") -> list[Message]:
    over = Overriding.to(map(find_destination, names), origin)
    return [message for _, message in over.run((None, one) for one in messages)]


def checked(
    messages: list[Message], *names: str, origin: Origin = "web", fix: bool = False
) -> tuple[Any, list[Verdict]]:
    one = Check([find_destination(name) for name in names], origin, fix=fix)
    found = [found for line, message in enumerate(messages, 1) for found in one.take(line, message)]
    found += one.close()
    # the lines that a finding counts are others: a copy has one of its own
    return {(it.rule, it.destination, it.message) for it in found}, one.verdicts()


@pytest.mark.parametrize("log", LOGS)
def test_what_was_overridden_is_what_fix_tells(log: str) -> None:
    plain = said(log)
    for name in WEB:
        told, fixed = with_copies(plain, name), checked(plain, name, fix=True)
        assert checked(told, name) == fixed, name
        assert checked(told, name, fix=True) == fixed, name
    for name, origin in APPS:
        # what is known of code without a model is told of a stream as it is, mended or not
        told, (_, fates) = with_copies(plain, name, origin=origin), checked(plain, name, origin=origin, fix=True)
        assert checked(told, name, origin=origin)[1] == fates, name


def test_copies_for_others_are_nothing_to_one() -> None:
    plain = said(LOGS[0])
    assert checked(with_copies(plain, "Youbora"), "Parsely", "comScore") == checked(plain, "Parsely", "comScore")
    both = with_copies(plain, "Youbora", "Recombee")
    assert checked(both, "Youbora") == checked(plain, "Youbora", fix=True)


def test_a_warehouse_hears_copies_too() -> None:
    plain = said(LOGS[0])
    (_, (before,)), (_, (after,)) = (checked(told, "BigQuery") for told in (plain, with_copies(plain, "Youbora")))
    assert before.reached
    assert (
        after.fates != before.fates
        or checked(plain, "BigQuery")[0] != checked(with_copies(plain, "Youbora"), "BigQuery")[0]
    )


@pytest.mark.parametrize("log", LOGS)
def test_the_rules_hear_what_everybody_hears(log: str) -> None:
    told = list(enumerate(with_copies(said(log), "Youbora", "Adobe Analytics", "Nielsen DCR"), 1))
    assert any("videospec" in message.get("context", {}) for _, message in told)
    assert list(lint(told)) == []
    broken = [(line, message) for line, message in told if message["event"] != "Video Ad Completed"]
    found: list[Finding] = list(lint(broken))
    assert bool(found) == (len(broken) < len(told))


@pytest.mark.parametrize("origin", get_args(Origin))
@pytest.mark.parametrize("log", [*LOGS, "html5/html5_S2"])
def test_what_an_override_adds_is_no_stranger(log: str, origin: Origin) -> None:
    added, plain = Added(map(find_destination, destination_names())), said(log)
    for name in destination_names():
        over = Lint()
        for line, message in enumerate(with_copies(plain, name, origin=origin), 1):
            for found in schema(line, message) if copy_for(message) is None else ():
                assert added.explains(found, message, over.views.get(found.session)), (name, found)
            over.take(line, message)


@pytest.mark.parametrize(
    ("event", "more"),
    [
        ("Playback Started", "asset_id=d"),
        ("Playback Started", "content_asset_id=d"),
        ("Playback Started", "title=T"),
        ("Playback Paused", "asset_id=d"),
        ("Playback Paused", "title=other"),
        ("Content Playing", "session=other"),
        ("Content Playing", "channel_name=c"),
        ("Content Completed", "content_asset_id=c"),
        ("Ad Started", "content_asset_id=c"),
    ],
)
def test_what_repeats_nothing_stays_a_stranger(event: str, more: str) -> None:
    told = messages(f"0 Playback Started\n1 Content Started 0 title=T\n2 {event} 1 {more}\n")
    added, over = Added(map(find_destination, destination_names())), Lint()
    over.take(1, told[0])
    over.take(2, told[1])
    (found,) = [one for one in schema(3, told[2]) if one.rule.endswith("-property")]
    assert not added.explains(found, told[2], over.views["s"])


def test_a_copy_stays_as_it_is() -> None:
    once = with_copies(said(LOGS[0]), "Youbora", "Adobe Analytics")
    assert with_copies(json.loads(json.dumps(once)), "Youbora", "Adobe Analytics") == json.loads(json.dumps(once))


@pytest.mark.parametrize("mark", [None, 3, {"copy_for": 3}, {}])
def test_another_mark_is_none(mark: Any) -> None:
    told = [{**one, "context": {"videospec": mark}} for one in said(LOGS[0]) if one["event"] != "Video Ad Completed"]
    assert len(list(lint(enumerate(told, 1)))) > 0


AT_ONCE = """
0 Playback Started
1 Ad Started 0 type=pre-roll pod_position=1 pod_length=2 asset_id=a1
1 Ad Completed 0 type=pre-roll pod_position=1 pod_length=2 asset_id=a1
1 Ad Started 0 type=pre-roll pod_position=2 pod_length=2 asset_id=a2
9 Ad Completed 8 type=pre-roll pod_position=2 pod_length=2 asset_id=a2
9 Content Started 0
19 Content Playing 10
19 Playback Paused 18
25 Playback Resumed 18
25 Content Playing 10
30 Playback Exited 23
"""


@pytest.mark.parametrize("name", WEB)
def test_a_copy_is_of_the_message_whose_id_it_has(name: str) -> None:
    told = messages(AT_ONCE)
    assert checked(with_copies(told, name), name) == checked(told, name, fix=True)
    # each is of its own, also where another of the same event and instant came after it
    one = Check([find_destination(name)])
    made: dict[str, list[Said]] = {}
    one.ones[0].copied = lambda told: made.setdefault(told.message["messageId"], []).append(told.of)  # type: ignore[method-assign] # to listen in
    mixed = with_copies(told, name)
    for line, message in enumerate(mixed, 1):
        one.take(line, message)
    for copy, ofs in made.items():
        ordinals = [*range(8), *range(1000, 1008)]
        assert all(of.id is not None and copy in {copy_id(of.id, name, n) for n in ordinals} for of in ofs)
