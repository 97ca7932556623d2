"""Tracks in batches that Segment takes, each measured as the library will write it and checked before it goes.

Segment-analytics-python writes a body with `json.dumps` and its defaults: a space after each separator, and everything
beyond ASCII escaped (`é` is 6 bytes). Segment answers 400 to a whole batch for one message it cannot read, so what can
be known beforehand is refused here.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any, Final, NamedTuple

from attrs import frozen

from videospec.tracks import Track

MESSAGE_BYTES: Final = 32 * 1024
BATCH_BYTES: Final = 475_000
"""Segment's own limit is 500 KB; the library keeps this distance from it, and so do we."""
BATCH_MESSAGES: Final = 100

_COMMA = len(", ")
# The longest that the library's datetime.isoformat() gets; it is shorter at a whole second.
_SENT_AT = "2000-01-01T00:00:00.000001+00:00"


class Refusal(NamedTuple):
    """Why a message is not delivered: `kind` is a short name to count by, `reason` a sentence for a person."""

    kind: str
    reason: str


@frozen
class Letter:
    """A track as it will be sent. `size` is its bytes in the body; `refusal` says why it must not go, if so."""

    track: Track
    message: dict[str, Any]
    size: int
    refusal: Refusal | None = None


Batch = list[Letter]
"""Letters in stream order, at least one; those with a refusal hold their place and are not sent."""


def _text(value: Any) -> str:
    """The library's JSON, which also lets NaN and lone surrogates through; here they raise ValueError."""
    text = json.dumps(value, allow_nan=False)
    if "\\ud" in text:
        json.dumps(value, ensure_ascii=False).encode()
    return text


def _parts(message: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The message in pieces that a person can look for, by printable name."""
    for key, value in message.items():
        pieces = value.items() if key == "properties" else [(None, value)]
        for name, piece in pieces:
            label = key if name is None else f"{key}.{name}"
            yield label.encode(errors="backslashreplace").decode(), {name or key: piece}


def _not_json(message: dict[str, Any], error: Exception) -> Refusal:
    for label, part in _parts(message):
        try:
            _text(part)
        except (TypeError, ValueError, RecursionError) as its:
            return Refusal("not JSON", f"{label} cannot be sent as JSON: {its}")
    return Refusal("not JSON", f"the message cannot be sent as JSON: {error}")


def _too_large(message: dict[str, Any], size: int) -> Refusal:
    largest, label = max((len(_text(part)) - len("{}"), label) for label, part in _parts(message))
    return Refusal(
        "too large",
        f"{size} bytes as JSON, over Segment's limit of {MESSAGE_BYTES}; the largest part is {label}, {largest} bytes",
    )


def weigh(track: Track) -> Letter:
    """The track as a letter, refused if it is over 32 KB, is not JSON, or names nobody. Changes nothing."""
    message = track.message()
    try:
        size = len(_text(message))
    except (TypeError, ValueError, RecursionError) as error:
        return Letter(track, message, 0, _not_json(message, error))
    if size > MESSAGE_BYTES:
        return Letter(track, message, size, _too_large(message, size))
    if not (track.user_id or track.anonymous_id):
        # Segment answers 200 to it and drops it.
        return Letter(track, message, size, Refusal("nobody", "the message has neither userId nor anonymousId"))
    return Letter(track, message, size)


def envelope(write_key: str) -> int:
    """The bytes of a body around its messages, at most."""
    return len(json.dumps({"batch": [], "sentAt": _SENT_AT, "writeKey": write_key}))


def batches(tracks: Iterable[Track], around: int) -> Iterator[Batch]:
    """The stream cut into batches, lazily and in order, every track in exactly one of them.

    A batch has at most 100 letters, and its body, with the `around` bytes of the envelope, at most 475 000 bytes.
    """
    room = BATCH_BYTES - around + _COMMA
    batch: Batch = []
    used = 0
    for letter in map(weigh, tracks):
        cost = 0 if letter.refusal else letter.size + _COMMA
        if used + cost > room:
            yield batch
            batch, used = [], 0
        batch.append(letter)
        used += cost
        if len(batch) == BATCH_MESSAGES:
            yield batch
            batch, used = [], 0
    if batch:
        yield batch


def messages(batch: Batch) -> list[dict[str, Any]]:
    """The messages of a batch that may be sent, in order."""
    return [letter.message for letter in batch if letter.refusal is None]


def halves(batch: Batch) -> tuple[Batch, Batch]:
    """The batch cut so that each side has half of its messages; it must have two or more."""
    places = [place for place, letter in enumerate(batch) if letter.refusal is None]
    cut = places[len(places) // 2]
    return batch[:cut], batch[cut:]
