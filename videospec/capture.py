"""The player-log line, checked at the wall (docs/reference/capture-format.md).

A line is read straight into typed structs; whatever is wrong with it is a `Refused` that names the field and the
mend. What JSON cannot say (NaN, infinities) and what Unicode cannot (lone surrogates) becomes unknown.
"""

import json
import math
import re
import sys
from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from typing import Annotated, Any, Final, TypeVar

import msgspec
from msgspec import Meta

from videospec.player_events import AD_TYPES, LOAD_TYPES, LONGEST_S, AdSlot, Content, Named, Number, Snapshot
from videospec.texts import LONGEST_ID, LONGEST_KEYWORDS, LONGEST_TEXT, fit, fit_all

LONGEST_LINE: Final = 1 << 20
"""Bytes of a line; a longer one is refused unread."""
LONGEST_CONTEXT: Final = 8 << 10
"""Bytes of a context, as it is written and as the ASCII JSON that Segment's library sends."""
META: Final = "session.meta"

LAST_MS: Final = 253_402_300_799_999  # the end of the year 9999, the last that ISO 8601's four digits can say


class Line(msgspec.Struct, kw_only=True, gc=False):
    """One native event. `t` is epoch ms, `mono` ms on a clock that never jumps.

    The fields are in the order in which logs write them, which is the order in which they are read fastest.
    """

    session: Annotated[str, Meta(min_length=1, max_length=100)]
    seq: Annotated[int, Meta(ge=0, le=1 << 53)]
    t: Annotated[int, Meta(ge=0, le=LAST_MS)]
    mono: Number | None = None
    player: Annotated[str, Meta(min_length=1, max_length=200)]
    src: Annotated[str, Meta(max_length=50)]
    type: Annotated[str, Meta(min_length=1, max_length=200)]
    data: msgspec.Raw = msgspec.Raw()
    state: Snapshot | None = None


_Id = str | int
_MOST_ADS: Final = 1000
# So many bytes of ASCII JSON, with spaces, come of a byte at most: three of a letter, two of a comma.
_GROWS = 4
# Levels of a context: a message may nest 32, of which it is at the second.
_DEEPEST: Final = 30


_NULL: Final = msgspec.Raw(b"null")


class _ContentLine(msgspec.Struct):
    asset_id: _Id | None = None
    title: str | None = None
    description: str | None = None
    keywords: list[str] | None = None
    season: _Id | None = None
    episode: _Id | None = None
    genre: str | None = None
    program: str | None = None
    publisher: str | None = None
    channel: str | None = None
    full_episode: bool | None = None
    livestream: bool | None = None
    airdate: str | None = None
    duration: Number | None = None
    source_url: str | None = None
    pod_ids: list[Annotated[str, Meta(min_length=1)]] | None = None


class _AdLine(msgspec.Struct):
    asset_id: _Id | None = None
    title: str | None = None
    publisher: str | None = None
    duration: Number | None = None
    type: str | None = None
    pod_id: _Id | None = None
    position: int | None = None
    at: Number | None = None
    load_type: str | None = None


class _MetaLine(msgspec.Struct):
    user_id: _Id | None = None
    anonymous_id: _Id | None = None
    content: msgspec.Raw = _NULL
    contents: msgspec.Raw = _NULL
    ads: msgspec.Raw = _NULL
    context: msgspec.Raw = _NULL


class Refused(ValueError):
    """A line that cannot be used. `reason` is a stable word to count by; the text names the field and the mend."""

    def __init__(self, reason: str, text: str) -> None:
        super().__init__(text)
        self.reason = reason


_T = TypeVar("_T")
# Bytes of metadata that are worth keeping for the next session that says the same.
_SHARED: Final = 4096

decode_line = msgspec.json.Decoder(Line).decode
"""The fast reading; it raises UNREADABLE for what `read_line` explains."""
UNREADABLE: Final = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
_meta = msgspec.json.Decoder(_MetaLine).decode


def is_utf8(raw: bytes) -> bool:
    """The fast reading passes over what it does not need, and does not see whether that is UTF-8."""
    if raw.isascii():
        return True
    try:
        raw.decode()
    except UnicodeDecodeError:
        return False
    return True


def read_line(raw: bytes) -> Line:
    """The line in `raw` (with or without its line end). Refused if it is not one."""
    try:
        if len(raw) <= LONGEST_LINE and is_utf8(raw):
            return decode_line(raw)
    except UNREADABLE:
        pass
    return _again(raw, Line)


def read_meta(raw: bytes, at: float) -> tuple[Named, list[Refused]]:
    """What a `session.meta` line names, as an event at `at`; and what was refused of it, part by part, so that a schedule
    that cannot be read takes nothing else with it. Refused if it is no such line at all."""
    try:
        meta = _meta(raw)
    except UNREADABLE:
        meta = _again(raw, _MetaLine)
    refused: list[Refused] = []

    def part(field: str, read: Callable[[bytes], _T | None], data: msgspec.Raw) -> _T | None:
        try:
            return _named(field, read, data)
        except Refused as one:
            refused.append(one)
            return None

    named = Named(
        at,
        Snapshot(),
        user_id=_id(meta.user_id),
        anonymous_id=_id(meta.anonymous_id),
        contents=part("contents", _contents, meta.contents) or part("content", _content_alone, meta.content),
        ads=part("ads", _ads, meta.ads),
        context=part("context", _context, meta.context),
    )
    return named, refused


@lru_cache(maxsize=512)
def _context(raw: bytes) -> tuple[str, ...] | None:
    """Its members, each as JSON, so that sessions share those that they say alike."""
    sayable = value = None
    size = len(raw)
    try:
        if size <= LONGEST_CONTEXT:
            value = json.loads(raw or b"null")
            sayable = _sayable(value, _DEEPEST)
            if size * _GROWS > LONGEST_CONTEXT:
                size = len(json.dumps(sayable))
    except (ValueError, RecursionError) as error:
        raise Refused("wrong-field", f"field `context`: {error}: send what Segment's context takes") from None
    if size > LONGEST_CONTEXT:
        raise Refused("too-long", f"field `context`: over {LONGEST_CONTEXT} bytes: send what Segment's context needs")
    if not isinstance(value, dict | None):
        raise Refused("wrong-field", "field `context`: expected an object: send what Segment's context takes")
    return (
        None if sayable is None else tuple(_shared(msgspec.json.encode({key: sayable[key]})[1:-1]) for key in sayable)
    )


@lru_cache(maxsize=4096)
def _shared(member: bytes) -> str:
    """One object for what many sessions say alike."""
    return member.decode()


def _id(value: str | int | None) -> str | None:
    return None if value is None or value == "" else fit(str(value), LONGEST_ID)


def _named(field: str, read: Callable[[bytes], _T], raw: msgspec.Raw) -> _T:
    """A part of the metadata. What many sessions say alike is read once and shared by them."""
    data = bytes(raw)
    try:
        return read(data) if len(data) <= _SHARED else read.__wrapped__(data)  # type: ignore[attr-defined] # each is an lru_cache
    except msgspec.ValidationError as error:
        raise Refused("wrong-field", _explain(str(error).replace("`$", f"`$.{field}", 1))) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Refused("wrong-field", f"field `{field}`: {error}") from None


@lru_cache(maxsize=512)
def _contents(raw: bytes) -> tuple[Content, ...] | None:
    lines = msgspec.json.decode(raw, type=list[_ContentLine] | None)
    return tuple(_content(line) for line in lines) if lines else None


@lru_cache(maxsize=512)
def _content_alone(raw: bytes) -> tuple[Content, ...] | None:
    line = msgspec.json.decode(raw, type=_ContentLine | None)
    return None if line is None else (_content(line),)


@lru_cache(maxsize=512)
def _ads(raw: bytes) -> tuple[AdSlot, ...] | None:
    lines = msgspec.json.decode(raw, type=list[_AdLine] | None)
    if lines is not None and len(lines) > _MOST_ADS:
        raise Refused("too-long", f"field `ads`: {len(lines)} ads: at most {_MOST_ADS} of a schedule are read")
    return None if lines is None else tuple(_ad(line) for line in lines)


def _content(line: _ContentLine) -> Content:
    """What the spec can say of a content: empty texts and what is no date are unknown, ids are texts."""
    keywords = fit_all(line.keywords or [], LONGEST_KEYWORDS)
    return Content(
        asset_id=_id(line.asset_id),
        title=_cut(line.title),
        description=_cut(line.description),
        keywords=keywords or None,
        season=_same(_id(line.season)),
        episode=_same(_id(line.episode)),
        genre=_same(line.genre),
        program=_same(line.program),
        publisher=_same(line.publisher),
        channel=_same(line.channel),
        full_episode=line.full_episode,
        airdate=line.airdate if line.airdate and _is_date(line.airdate) else None,
        livestream=line.livestream,
        duration=_length(line.duration),
        source_url=_cut(line.source_url),
        pod_ids=[fit(pod_id, LONGEST_ID) for pod_id in line.pod_ids or ()] or None,
    )


def _ad(line: _AdLine) -> AdSlot:
    return AdSlot(
        _id(line.asset_id),
        _cut(line.title),
        _same(line.publisher),
        _length(line.duration),
        next((kind for kind in AD_TYPES if kind == line.type), None),
        _id(line.pod_id),
        line.position if line.position is not None and line.position > 0 else None,
        line.at,
        line.load_type if line.load_type in LOAD_TYPES else None,
    )


@lru_cache(maxsize=4096)
def _same(text: str | None) -> str | None:
    """One object for a text that many contents share."""
    return _cut(text)


def _cut(text: str | None) -> str | None:
    return fit(text, LONGEST_TEXT) if text else None


def _length(seconds: float | None) -> float | None:
    return float(seconds) if seconds is not None and 0 < seconds < LONGEST_S else None


def _is_date(text: str) -> bool:
    """An ISO 8601 date, or date and time, that exists."""
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return text[4:5] == "-"


def _again(raw: bytes, kind: type[_T]) -> _T:
    """The slow reading of a line that the fast one refused: mends what may be unknown, explains what may not."""
    if len(raw) > LONGEST_LINE:
        raise Refused("too-long", f"the line has {len(raw)} bytes: at most {LONGEST_LINE} are read")
    try:
        value = json.loads(raw.decode("utf-8-sig"), parse_constant=lambda _: None)
    except UnicodeDecodeError as error:
        raise Refused("not-utf8", f"byte {error.start} is not UTF-8: write the log as UTF-8") from None
    except RecursionError:
        raise Refused("too-deep", "nested too deep: a payload is a flat object or nearly so") from None
    except ValueError as error:
        raise Refused("not-json", f"not a JSON object ({error}): one whole object a line") from None
    try:
        return msgspec.json.decode(msgspec.json.encode(_sayable(value)), type=kind)
    except msgspec.ValidationError as error:
        raise Refused("wrong-field", _explain(str(error))) from None
    except (RecursionError, msgspec.DecodeError, ValueError, OverflowError) as error:
        raise Refused("wrong-field", f"cannot be read ({error}): see the capture format") from None


def _sayable(value: Any, levels: int = sys.maxsize) -> Any:
    """The value without what JSON in UTF-8 or Segment cannot carry. RecursionError if it nests deeper than `levels`."""
    if isinstance(value, str):
        return value if value.isascii() or _encodes(value) else None
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, int):
        return value if value.bit_length() <= 63 else None
    if isinstance(value, dict | list) and levels == 0:
        raise RecursionError("nested too deep")
    if isinstance(value, dict):
        return {key: _sayable(item, levels - 1) for key, item in value.items() if _encodes(key)}
    if isinstance(value, list):
        return [_sayable(item, levels - 1) for item in value]
    return value


def _encodes(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


_AT = re.compile(r"(.*?)(?: - at `\$\.?(.*)`)?$", re.S)
_MISSING = re.compile(r"missing required field `(\w+)`")


def _explain(error: str) -> str:
    """msgspec's finding in plain words: which field, what is there, what should be."""
    match = _AT.match(error)
    what, where = (match[1], match[2]) if match else (error, None)
    missing = _MISSING.search(what)
    if missing:
        return f"field `{missing[1]}` is missing: every line needs session, seq, t, player, src and type"
    return f"field `{where or 'line'}`: {what[:1].lower()}{what[1:]}"
