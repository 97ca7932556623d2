"""Lines and values that are none: no exception, no invalid track, and for every refusal a reason that is stable."""

import json
from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from judging import ADS, ODD, PLAIN, changed, dump, judge, line, meta, viewing

from videospec import Refusal, Sessions, replay
from videospec.delivery.batches import MESSAGE_BYTES
from videospec.player_events import Snapshot
from videospec.settings import Settings

MANY = 100_000
TICKS = viewing()

# -- lines that are none -----------------------------------------------------------------------------------------------

HEAD = b'{"session":"s","seq":0,"t":1800000000000,"player":"html5@1","src":"media","type":"play"'
LINES: dict[str, tuple[bytes, str | None]] = {
    "empty": (b"", None),
    "blank": (b" \t\r", None),
    "with CR": (HEAD + b"}\r", None),
    "with NaN": (HEAD + b',"state":{"currentTime":NaN,"duration":Infinity,"volume":-Infinity}}', None),
    "with 1e999": (HEAD + b',"state":{"currentTime":1e999,"duration":-1e999}}', None),
    "with a lone surrogate": (HEAD + b',"state":{"source":"\\ud800"},"data":{"\\udfff":"\\udfff"}}', None),
    "with a deep payload": (HEAD + b',"data":' + b"[" * 500 + b"]" * 500 + b"}", None),
    "with 1 MB of text": (HEAD + b',"data":"' + b"x" * 1_000_000 + b'"}', None),
    "with 1 MB of source": (HEAD + b',"state":{"source":"' + b"x" * 1_000_000 + b'"}}', None),
    "too long": (HEAD + b',"data":"' + b"x" * (1 << 20) + b'"}', "too-long"),
    "too deep": (b"[" * MANY, "too-deep"),
    "too deep within": (HEAD + b',"data":' + b"[" * MANY + b"]" * MANY + b"}", "too-deep"),
    "too deep objects": (b'{"a":' * MANY, "too-deep"),
    "not UTF-8": (HEAD + b',"data":"\xff"}', "not-utf8"),
    "UTF-16": ((HEAD + b"}").decode().encode("utf-16"), "not-utf8"),
    "truncated": (HEAD[:-10], "not-json"),
    "two at once": (HEAD + b"}" + HEAD + b"}", "not-json"),
    "a long number": (HEAD + b',"mono":' + b"1" * 5000 + b"}", "not-json"),
    "zero bytes": (b"\x00" * 100, "not-json"),
    "a list": (b"[1]", "wrong-field"),
    "a number": (b"1", "wrong-field"),
    "null": (b"null", "wrong-field"),
    "nothing in it": (b"{}", "wrong-field"),
    "a session of half a character": (HEAD.replace(b'"s"', b'"\\ud800"') + b"}", "wrong-field"),
    "a seq beyond all": (HEAD.replace(b":0", b":1e999") + b"}", "wrong-field"),
    "an unknown player": (HEAD.replace(b"html5@1", b"gramophone@78") + b"}", "unknown-player"),
}


@pytest.mark.parametrize("name", LINES)
def test_a_line_that_is_none(name: str) -> None:
    raw, reason = LINES[name]
    outcome = judge([raw])
    assert outcome.sessions.tally.refused == ({} if reason is None else {reason: 1})
    assert [refusal.number for refusal in outcome.refused] == [1] * (reason is not None)
    # it changes nothing for the lines around it
    later = line(0, "play", session="other")
    assert judge([later, raw, later.replace(b'"seq": 0', b'"seq": 1')]).sessions.tally.refused.keys() <= {reason}


@pytest.mark.parametrize("cut", range(1, len(HEAD), 7))
def test_a_truncated_line(cut: int) -> None:
    assert judge([HEAD[:cut], HEAD + b"}"]).sessions.tally.refused == {"not-json": 1}


def test_crlf_and_blank_lines_change_nothing() -> None:
    spaced = [part for raw in TICKS for part in (raw + b"\r", b"", b" \r")]
    outcome = judge(spaced)
    assert [track.json() for track in outcome.tracks] == [track.json() for track in judge(TICKS).tracks]
    assert outcome.sessions.tally.blank == 2 * len(TICKS)


def test_a_host_may_hand_on_what_is_no_bytes() -> None:
    """A text and a buffer are lines; of all else it is told that it is none."""
    log = [*viewing(meta(content={"title": "\u00e9t\u00e9"})), "caf\u00e9".encode()]
    told = [track.json() for track in judge(log).tracks]
    kinds: list[Callable[[bytes], Any]] = [bytes.decode, bytearray, memoryview]
    for as_given in kinds:
        assert [track.json() for track in replay([as_given(line) for line in log])] == told
    refused: list[Refusal] = []
    sessions = Sessions(refused=refused.append)
    for odd in (None, 5, 1.5, {}, [b"x"], object(), "\ud800"):
        assert sessions.take(odd) == []  # type: ignore[arg-type] # that is the point
    assert [one.reason for one in refused] == [
        "not-json",
        "wrong-field",
        "wrong-field",
        "wrong-field",
        "not-json",
        "not-json",
        "not-utf8",
    ]
    assert sessions.tally.lines == 7


# -- values that are none ----------------------------------------------------------------------------------------------

REQUIRED = {"session": str, "seq": int, "t": int, "player": str, "src": str, "type": str}
STATE = [field.encode_name for field in msgspec.structs.fields(Snapshot)]
# fmt: off
CONTENT = [
    "asset_id", "title", "description", "keywords", "season", "episode", "genre", "program", "publisher", "channel",
    "full_episode", "livestream", "airdate", "duration", "source_url", "pod_ids",
]
# fmt: on
CONTENT_TEXTS = (*CONTENT[:3], *CONTENT[4:10], "source_url")
AD = ["asset_id", "title", "publisher", "duration", "type", "pod_id", "position", "at", "load_type"]


@pytest.mark.parametrize("field", [*REQUIRED, "mono", "state", "data"])
def test_a_field_of_another_type(field: str) -> None:
    for odd in ODD:
        outcome = judge([dump({**value, field: odd}) for value in PLAIN])
        if field in REQUIRED and (not isinstance(odd, REQUIRED[field]) or isinstance(odd, bool)):
            assert outcome.sessions.tally.refused == {"wrong-field": len(PLAIN)}, odd
    if field in REQUIRED:
        missing = judge([dump({key: value[key] for key in value if key != field}) for value in PLAIN])
        assert missing.sessions.tally.refused == {"wrong-field": len(PLAIN)}
        assert all(f"`{field}` is missing" in refusal.text for refusal in missing.refused)


@pytest.mark.parametrize("key", STATE)
@pytest.mark.parametrize("values", [PLAIN, ADS], ids=["plain", "ads"])
def test_a_state_of_another_type(key: str, values: list[dict[str, Any]]) -> None:
    for odd in ODD:
        judge([dump({**value, "state": {**value.get("state", {}), key: odd}}) for value in values])


@pytest.mark.parametrize("key", ["user_id", "anonymous_id", "content", "contents", "ads", "context", "groups"])
def test_metadata_of_another_type(key: str) -> None:
    for odd in ODD:
        judge(changed(ADS, {key: odd}))
    assert judge(viewing(meta(context=[1]))).sessions.tally.refused == {"wrong-field": 1}


CONTEXTS = {
    b'{"a":NaN,"b":Infinity}': None,
    b'{"a":1e999}': None,
    b'{"a":-1e999}': None,
    b'{"a":' + b"1" * 30 + b"}": None,
    b'{"\\ud800":"\\ud800"}': None,
    b'{"a":"' + "é".encode() * 1300 + b'"}': None,
    b'{"a":"' + "é".encode() * 4000 + b'"}': "too-long",
    b'{"a":' + b"[" * 400 + b"]" * 400 + b"}": None,
    b'{"a":"' + b"x" * 500_000 + b'"}': "too-long",
    b'{"a":"\xff"}': "not-utf8",
    b'{"a":tru}': "not-json",
    b"[1]": "wrong-field",
    b'"x"': "wrong-field",
}


@pytest.mark.parametrize("context", CONTEXTS, ids=lambda context: context[:12].decode("latin-1"))
def test_a_context_that_cannot_be_sent(context: bytes) -> None:
    """It is left out, or made to fit; what is refused does not take the viewing with it."""
    outcome = judge(viewing(meta()[:-1] + b',"context":' + context + b"}"))
    assert CONTEXTS[context] != "too-long" or outcome.sessions.tally.refused == {"too-long": 1}
    assert set(outcome.sessions.tally.refused) <= {CONTEXTS[context], "wrong-field"}
    assert "Content Started" in outcome.events


def test_metadata_that_is_too_much_for_one_message() -> None:
    judge(viewing(meta(content={"asset_id": "a" * 2000, "pod_ids": ["é" * 500] * 200})))
    for key in ("user_id", "anonymous_id"):
        judge(viewing(meta(**{key: "é" * 400_000})))


def room(letter: str, most: int) -> str:
    """As many letters as `most` bytes of ASCII JSON hold."""
    return letter * (most // (len(json.dumps(letter)) - 2))


@pytest.mark.parametrize("letter", ["é", "\U0001f3ac", "\x01", '"', "a"])
def test_every_text_at_its_longest_still_makes_a_message(letter: str) -> None:
    """Everything that a message can hold, as long as it may be, in letters that take one to twelve bytes."""
    long = letter * 1000
    content = {**dict.fromkeys(CONTENT_TEXTS, long), "keywords": [letter * 90] * 100, "duration": 60, "pod_ids": [long]}
    ads = [
        {
            "asset_id": f"{n}{long}",
            "title": long,
            "publisher": long,
            "pod_id": f"{n}{long}",
            "type": "pre-roll",
            "duration": 5,
        }
        for n in range(12)
    ]
    values = [{**value} for value in ADS]
    values[0].update(user_id=long, anonymous_id=long, content=content, ads=ads, context={"a": room(letter, 8000)})
    settings = Settings(context={"b": room(letter, 1990)}, integrations={"Youbora": room(letter, 1980)})
    outcome = judge([json.dumps(value, ensure_ascii=False).encode() for value in values], settings)
    assert not outcome.sessions.tally.refused
    assert {"Ad Started", "Content Started"} <= set(outcome.events)
    assert max(len(json.dumps(track.message())) for track in outcome.tracks) <= MESSAGE_BYTES


def test_a_part_of_the_metadata_that_is_refused_takes_nothing_with_it() -> None:
    outcome = judge(viewing(meta(user_id="u", content={"title": "T", "duration": 60}, ads=[{}] * 100_000)))
    assert outcome.sessions.tally.refused == {"too-long": 1}
    assert {track.user_id for track in outcome.tracks} == {"u"}
    assert {track.properties["title"] for track in outcome.tracks if "Content" in track.event} == {"T"}


@pytest.mark.parametrize("key", CONTENT)
def test_a_content_of_another_type(key: str) -> None:
    for odd in ODD:
        judge(changed(PLAIN, {"content": {**ADS[0]["content"], key: odd}}))
        judge(changed(PLAIN, {"content": None, "contents": [{key: odd}, {"asset_id": "b", key: odd}]}))


@pytest.mark.parametrize("key", AD)
def test_a_scheduled_ad_of_another_type(key: str) -> None:
    for odd in ODD:
        judge(changed(ADS, {"ads": [{**ad, key: odd} for ad in ADS[0]["ads"]]}))


HUGE = (10**400, -(10**400), 2**63, 1e308, -1e308)


NUMBERS = "currentTime duration volume playbackRate width height bitrate framerate droppedFrames mono"


@pytest.mark.parametrize("field", NUMBERS.split())
@pytest.mark.parametrize("value", HUGE)
def test_numbers_that_are_too_large_to_reckon_with(field: str, value: float) -> None:
    """From the third line on, through a pause, a seek and an end."""
    types = ["play", "playing", "timeupdate", "pause", "play", "playing", "resize", "seeking", "seeked", "timeupdate"]
    lines = []
    for seq, kind in enumerate([*types, "volumechange", "ended"]):
        said = json.loads(line(seq, kind, seq))
        (said if field == "mono" else said.setdefault("state", {}))[field] = value if seq > 2 else seq
        lines.append(dump(said))
    assert judge(lines).events


def test_a_part_of_the_metadata_is_refused_by_its_name() -> None:
    for field, value in (("contents", 5), ("content", []), ("ads", "x"), ("context", 3)):
        assert all(f"`{field}`" in refusal.text for refusal in judge([meta(**{field: value})]).refused)
    told = judge(viewing(meta(content={"asset_id": "a", "title": "T", "keywords": ["x", "\ud800", "y"]})))
    (started,) = [track for track in told.tracks if track.event == "Video Content Started"]
    assert (started.properties["title"], started.properties["keywords"]) == ("T", ["x", "y"])
