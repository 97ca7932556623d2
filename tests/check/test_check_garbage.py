"""Whatever a stream holds, rules and checks go on to its end."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rules.story import messages

from videospec.check import Check
from videospec.check.limits import APART, broken, by_shape, settled
from videospec.check.rows import Rows
from videospec.check.truth import COUNTED, Truth
from videospec.plugins import destination_names, find_destination
from videospec.rules.finding import Finding
from videospec.rules.said import said
from videospec.rules.schema import schema
from videospec.spec.events import EVENTS

ALL = [find_destination(name) for name in destination_names()]
NAMES = [
    "session_id",
    "asset_id",
    "content_asset_id",
    "content_asset_ids",
    "pod_id",
    "pod_position",
    "pod_length",
    "type",
]
NAMES += [
    "ad_asset_id",
    "ad_type",
    "position",
    "total_length",
    "quartile",
    "content",
    "livestream",
    "method",
    "bitrate",
]
NAMES += ["load_type", "channel", "airdate", "integrations", "title", "keywords"]
PLAIN = messages("0 Playback Started\n1 Content Started 0\n2 Ad Started 0\n3 Ad Completed 1\n4 Playback Exited 3\n")

values = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**20), 10**20) | st.floats(allow_nan=False) | st.text(max_size=8)
    | st.sampled_from(["s", "c", "pre-roll", "mid-roll", "dynamic", "linear"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=3),
    max_leaves=4,
)  # fmt: skip
streams = st.lists(
    st.fixed_dictionaries(
        {
            "event": st.sampled_from(list(EVENTS)),
            "timestamp": st.sampled_from([one["timestamp"] for one in PLAIN]),
            "properties": st.dictionaries(st.sampled_from(NAMES), values, max_size=6).map(
                lambda one: {"session_id": "s", **one}
            ),
        },
        optional={"integrations": values, "messageId": values, "userId": values, "context": values},
    ),
    max_size=8,
)
ODD: list[Any] = [
    None,
    0,
    5,
    1.5,
    True,
    "",
    "x",
    "7",
    "2024-05-31",
    "é" * 60,
    "x" * 300,
    "x" * 600,
    "pre-roll",
    ["k"],
    [],
    [[1]] * 300,
]
ODD += [{}, {"position": 1}, {"a": {"b": {"c": {"d": 1}}}}, {"t": "x" * 700}]


@st.composite
def alike(draw: st.DrawFn) -> list[dict[str, Any]]:
    """A stream of few shapes, each with more than one set of values."""
    shapes = draw(
        st.lists(
            st.tuples(
                st.sampled_from(list(EVENTS)), st.dictionaries(st.sampled_from(NAMES), st.sampled_from(ODD), max_size=6)
            ),
            min_size=1,
            max_size=3,
        )
    )
    stream = []
    for event, properties in draw(st.lists(st.sampled_from(shapes), max_size=10)):
        told = {
            name: draw(st.sampled_from([one for one in ODD if one.__class__ is value.__class__]))
            for name, value in properties.items()
        }
        inner = told.get("content")
        if isinstance(inner, dict) and draw(st.booleans()):
            told["content"] = {**inner, "title": draw(st.sampled_from(ODD)), "asset_id": "c"}
        stream.append({"event": event, "timestamp": PLAIN[0]["timestamp"], "properties": {"session_id": "s", **told}})
    return stream


def checked(stream: list[dict[str, Any]], fix: bool) -> tuple[list[Finding], list[Any]]:
    one = Check(ALL, "web", fix=fix)
    found = [told for line, message in enumerate(stream, 1) for told in one.take(line, message)]
    return [*found, *one.close()], one.verdicts()


@settings(max_examples=300)
@given(alike(), st.booleans())
def test_what_is_known_of_a_shape_is_what_a_first_look_finds(stream: list[dict[str, Any]], fix: bool) -> None:
    told = checked(stream, fix)
    hear = Rows.hear

    def afresh(rows: Rows, *args: Any) -> None:
        rows._shapes.clear()
        hear(rows, *args)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Rows, "hear", afresh)
        assert checked(stream, fix) == told


@pytest.mark.parametrize("event", EVENTS)
def test_truth_hears_the_events_that_it_counts(event: str) -> None:
    it = said(1, {"event": event, "timestamp": PLAIN[0]["timestamp"], "properties": {"method": "error"}}, 0)
    assert it is not None
    truth = Truth()
    truth.hear(it, None)
    assert (truth != Truth()) is (event in COUNTED)


@settings(max_examples=150)
@given(streams)
def test_nothing_in_a_stream_raises(stream: list[dict[str, Any]]) -> None:
    for origin in ("web", "ios", "server"):
        one = Check(ALL, origin)
        found = list(one.first())
        for line, message in enumerate(stream, 1):
            found += schema(line, message)
            found += one.take(line, message)
        found += one.close()
        assert all(found_one.line is None or 1 <= found_one.line <= len(stream) for found_one in found)
        assert len(one.verdicts()) == len(ALL)


@pytest.mark.parametrize("fix", [False, True])
@pytest.mark.parametrize(
    "wrong",
    [{"event": ["Video Ad Started"]}, {"integrations": "x"}, {"userId": "\ud800"}],
    ids=["event", "switch", "half"],
)
def test_what_only_a_line_can_hold_raises_nothing(wrong: dict[str, Any], fix: bool) -> None:
    one = Check(ALL, "web", fix=fix)
    found = [
        told for line, it in enumerate(PLAIN, 1) for told in (*schema(line, it | wrong), *one.take(line, it | wrong))
    ]
    found += one.close()
    assert len(one.verdicts()) == len(ALL)
    # an event without a name is none of the Video Spec's; of the others it says what is wrong
    assert {told.field for told in found} & {"event", "integrations", "userId"} == wrong.keys() - {"event"}


LIMITS = [limit for it in ALL for limit in it.limits if not isinstance(limit, APART) and not by_shape(limit)]
WIDE: list[Any] = [None, 0, 5, "", "x", "7", "2024-05-31", [], ["k"], [[["k"]]], {}, {"a": 1}, {"a": [1]}, {"a": [[1]]}]
WIDE += [{"a": {}}, {"a": {"b": {"c": {"d": 1}}}}]


def form(value: Any, deep: bool) -> Any:
    """What a shape knows of a value."""
    if not isinstance(value, dict) or not deep:
        return value.__class__
    return {name: one.__class__ for name, one in value.items()}


@pytest.mark.parametrize("limit", LIMITS, ids=lambda limit: type(limit).__name__)
@given(st.data())
def test_what_a_shape_settles_holds_for_all_of_it(limit: Any, data: st.DataObject) -> None:
    names = ["content", "title", *getattr(limit, "one_of", ())]
    one = data.draw(st.dictionaries(st.sampled_from(names), st.sampled_from(WIDE)))
    alike = {
        name: [it for it in WIDE if form(it, name == "content") == form(was, name == "content")]
        for name, was in one.items()
    }
    other = {name: data.draw(st.sampled_from(values)) for name, values in alike.items()}
    if settled(limit, one):
        told = [[path for path, _ in broken(limit, {"properties": it}, it)] for it in (one, other)]
        assert told[0] == told[1]
