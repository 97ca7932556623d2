"""What Segment's Adobe integration says of a video besides its calls: standard metadata and mapped properties."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from videospec.simulators.facade import Track, copied, find
from videospec.simulators.trample import trample
from videospec.simulators.values import UNDEFINED, Date, Thrown, Value, either, is_number, joined, text, truthy

_STANDARD: Final = {
    "a.media.show": ("program",),
    "a.media.season": ("season",),
    "a.media.episode": ("episode",),
    "a.media.asset": ("contentAssetId", "content_asset_id"),
    "a.media.genre": ("genre",),
    "a.media.airDate": ("airdate",),
    "a.media.originator": ("publisher",),
    "a.media.network": ("channel",),
    "a.media.rating": ("rating",),
}
_ADVERTISER: Final = "a.media.ad.advertiser"
_MAPPINGS: Final = ("eVars", "props", "hVars", "lVars", "contextValues")
_OF_THE_MESSAGE: Final = ("messageId", "anonymousId", "event")
_LIST: Final = re.compile(r"list[0-9]+\Z")


def said(track: Track, name: str) -> Value:
    """`track.properties()[name]`: the name counts letter by letter. An array and a text have a length of their own."""
    props = track.props
    if isinstance(props, dict):
        return copied(props.get(name, UNDEFINED))
    return len(props) if name == "length" and isinstance(copied(props), (list, str)) else UNDEFINED


def standard(track: Track) -> dict[str, Value]:
    """Adobe's keys of a video; the literal `no <key>` for what the event does not say."""
    return {
        key: next(filter(truthy, (said(track, name) for name in names)), f"no {key}")
        for key, names in _STANDARD.items()
    }


def standard_ad(track: Track) -> dict[str, Value]:
    """Adobe's key of an ad."""
    return {_ADVERTISER: either(said(track, "publisher"), f"no {_ADVERTISER}")}


def mapped(track: Track, settings: Mapping[str, Value]) -> dict[str, Value]:
    """The properties and parts of the context that the settings map to a variable. Objects and Dates are left out."""
    mappings = [settings[name] for name in _MAPPINGS if settings[name]]
    if not mappings:
        return {}
    first = trample(track.properties())
    flat = {**first, **trample(copied(track.context())), **first}
    found = {variable: value for mapping in mappings for variable, value in _found(mapping, flat, track)}
    if is_number(found.get("length")):  # taken for an array then, and its items are none
        return {}
    told = {}
    for variable, value in found.items():
        if variable and value is not UNDEFINED and value != "":
            told[variable] = text(value) if isinstance(value, bool) else value
    return told


def _found(mapping: Value, flat: dict[str, Value], track: Track) -> Iterator[tuple[str, Value]]:
    if isinstance(mapping, (list, str)):  # its names are numbers, which obj-case does not take
        raise Thrown("TypeError: path.replace is not a function")
    for name, variable in mapping.items() if isinstance(mapping, dict) else ():
        value = track.top(name) if name in _OF_THE_MESSAGE else find(flat, name)
        if value is None or isinstance(value, (dict, Date)):
            continue
        to = text(variable)
        yield to, joined(value) if isinstance(value, list) and _LIST.match(to) else value
