"""What a `session.meta` line names: who watches, which contents with which ads, and Segment's context.

A part that cannot be read is refused alone: a schedule takes no content with it.
"""

import json
from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from typing import Annotated, Any, Final, TypeVar

import msgspec
from msgspec import Meta

from videospec.capture import UNREADABLE, Refused, explained, in_words, sayable
from videospec.player_events import (
    AD_TYPES,
    LOAD_TYPES,
    LONGEST_S,
    NOTHING_SEEN,
    AdSlot,
    Content,
    Named,
    Number,
    Whole,
)
from videospec.texts import LONGEST_ID, LONGEST_KEYWORDS, LONGEST_TEXT, fit, fit_all

META: Final = "session.meta"
"""The type of the line."""
LONGEST_CONTEXT: Final = 8 << 10
"""Bytes of a context, as it is written and as the ASCII JSON that Segment's library sends."""

_Id = str | int
_T = TypeVar("_T")
_MOST_ADS: Final = 1000
# So many bytes of ASCII JSON, with spaces, come of a byte at most: three of a letter, two of a comma.
_GROWS = 4
# Levels of a context: a message may nest 32, of which it is at the second.
_DEEPEST: Final = 30
# Bytes of metadata that are worth keeping for the next session that says the same.
_SHARED: Final = 4096
_NULL: Final = msgspec.Raw(b"null")


class _ContentLine(msgspec.Struct):
    asset_id: _Id | None = None
    title: str | None = None
    description: str | None = None
    keywords: list[str | None] | None = None
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
    position: Whole | None = None
    at: Number | None = None
    load_type: str | None = None


class _MetaLine(msgspec.Struct):
    user_id: _Id | None = None
    anonymous_id: _Id | None = None
    content: msgspec.Raw = _NULL
    contents: msgspec.Raw = _NULL
    ads: msgspec.Raw = _NULL
    context: msgspec.Raw = _NULL


_meta = msgspec.json.Decoder(_MetaLine).decode
_content_lines = msgspec.json.Decoder(list[_ContentLine] | None).decode
_content_line = msgspec.json.Decoder(_ContentLine | None).decode
_ad_lines = msgspec.json.Decoder(list[_AdLine] | None).decode


def read_meta(raw: bytes, at: float) -> tuple[Named, list[Refused]]:
    """What a `session.meta` line names, as an event at `at`; and what was refused of it, part by part, so that a schedule
    that cannot be read takes nothing else with it. Refused if it is no such line at all."""
    try:
        meta = _meta(raw)
    except UNREADABLE:
        meta = explained(raw, _MetaLine)
    refused: list[Refused] = []
    named = Named(
        at,
        NOTHING_SEEN,
        user_id=_id(meta.user_id),
        anonymous_id=_id(meta.anonymous_id),
        contents=_part("contents", _contents, meta.contents, refused)
        or _part("content", _content_alone, meta.content, refused),
        ads=_part("ads", _ads, meta.ads, refused),
        context=_part("context", _context, meta.context, refused),
    )
    return named, refused


def _part(field: str, read: Callable[[bytes], _T | None], raw: msgspec.Raw, refused: list[Refused]) -> _T | None:
    """A part of the metadata; None with why among `refused` if it cannot be read. What many sessions say alike is read
    once and shared by them."""
    data = bytes(raw)
    try:
        return read(data) if len(data) <= _SHARED else read.__wrapped__(data)  # type: ignore[attr-defined] # each is an lru_cache
    except Refused as refusal:
        refused.append(refusal)
    except msgspec.ValidationError as error:
        text = str(error) if "`$" in str(error) else f"{error} - at `$`"
        refused.append(Refused("wrong-field", in_words(text.replace("`$", f"`$.{field}", 1))))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        refused.append(Refused("wrong-field", f"field `{field}`: {error}"))
    return None


@lru_cache(maxsize=512)
def _context(raw: bytes) -> tuple[str, ...] | None:
    """Its members, each as JSON, so that sessions share those that they say alike."""
    said = value = None
    size = len(raw)
    try:
        if size <= LONGEST_CONTEXT:
            value = _json(raw or b"null")
            said = sayable(value, _DEEPEST)
            if size * _GROWS > LONGEST_CONTEXT:
                size = len(json.dumps(said))
    except (ValueError, RecursionError) as error:
        raise Refused("wrong-field", f"field `context`: {error}: send what Segment's context takes") from None
    if size > LONGEST_CONTEXT:
        raise Refused("too-long", f"field `context`: over {LONGEST_CONTEXT} bytes: send what Segment's context needs")
    if not isinstance(value, dict | None):
        raise Refused("wrong-field", "field `context`: expected an object: send what Segment's context takes")
    return None if said is None else tuple(_shared(msgspec.json.encode({key: said[key]})[1:-1]) for key in said)


def _json(raw: bytes) -> Any:
    try:
        return msgspec.json.decode(raw)
    except UNREADABLE:
        return json.loads(raw)  # what it alone reads, such as NaN, is mended


@lru_cache(maxsize=4096)
def _shared(member: bytes) -> str:
    """One object for what many sessions say alike."""
    return member.decode()


def _id(value: str | int | None) -> str | None:
    return None if value is None or value == "" else fit(str(value), LONGEST_ID)


@lru_cache(maxsize=512)
def _contents(raw: bytes) -> tuple[Content, ...] | None:
    lines = _content_lines(raw)
    return tuple(_content(line) for line in lines) if lines else None


@lru_cache(maxsize=512)
def _content_alone(raw: bytes) -> tuple[Content, ...] | None:
    line = _content_line(raw)
    return None if line is None else (_content(line),)


@lru_cache(maxsize=512)
def _ads(raw: bytes) -> tuple[AdSlot, ...] | None:
    lines = _ad_lines(raw)
    if lines is not None and len(lines) > _MOST_ADS:
        raise Refused("too-long", f"field `ads`: {len(lines)} ads: at most {_MOST_ADS} of a schedule are read")
    return None if lines is None else tuple(_ad(line) for line in lines)


def _content(line: _ContentLine) -> Content:
    """What the spec can say of a content: empty texts and what is no date are unknown, ids are texts."""
    keywords = fit_all([word for word in line.keywords or () if word], LONGEST_KEYWORDS)
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


def _same(text: str | None) -> str | None:
    """A text that many contents share."""
    return None if text is None else _one(_cut(text))


@lru_cache(maxsize=4096)
def _one(text: str | None) -> str | None:
    """One object for it."""
    return text


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
