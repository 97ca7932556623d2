"""Whatever a stream holds, rules and checks go on to its end."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rules.story import messages

from videospec.check import Check
from videospec.plugins import destination_names, find_destination
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


@settings(max_examples=150, deadline=None)
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
