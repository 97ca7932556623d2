"""Ads, their pods and their quartiles."""

from typing import Final

from videospec.rules.rule import AD, PLAYBACK, Rule, Told
from videospec.rules.said import Said, number
from videospec.rules.view import ENDS_ADS, View
from videospec.spec import events as e

_TYPES: Final = ("pre-roll", "mid-roll", "post-roll")


def _bracket(view: View, it: Said) -> Told:
    if it.event == e.AD_STARTED:
        return f"an ad is open since line {view.ad.line}" if view.ad is not None else None
    return None if view.ad is not None else "no ad is open"


def _broken_off(view: View, it: Said) -> Told:
    if (ad := view.broken_off) is None:
        return None
    return (
        ad.line,
        f"the ad has no end: after {(view.ad_ms - view.ad_began) / 1000:g} s comes {it.event} (line {it.line})",
    )


def _same(view: View, it: Said) -> Told:
    if view.ad is None:
        return None
    started = view.ad.properties
    for name in ("asset_id", "pod_id", "type"):
        was, now = started.get(name), it.properties.get(name)
        if was != now:
            return f"{name} is {now}, but line {view.ad.line} started {was}"
    return None


def _pod(view: View, it: Said) -> Told:
    return None if it.get("pod_id") else "the ad is in no pod: pod_id is missing"


def _place(view: View, it: Said) -> Told:
    place, length = number(it.get("pod_position")), number(it.get("pod_length"))
    if place is None:
        return None
    if place < 1:
        return f"pod_position is {place:g}, and the first is 1"
    if length is not None and place > length:
        return f"pod_position {place:g} is past pod_length {length:g}"
    if view.pod is not None and view.pod[0] == str(it.get("pod_id")) and place <= view.pod[1]:
        return f"pod_position is {place:g} after {view.pod[1]:g} in the same pod"
    return None


def _quartile(view: View, it: Said) -> Told:
    said = it.properties.get("quartile")
    if said is None or view.ad is None or (quartile := number(said)) is None or quartile > view.quartile:
        return None
    return f"quartile {quartile:g} comes after quartile {view.quartile:g}"


def _type(view: View, it: Said) -> Told:
    match it.get("type"):
        case "pre-roll" if view.contents:
            return "a pre-roll after content has been started"
        case "mid-roll" | "post-roll" as kind if not view.contents:
            return f"a {kind} before any content has been started"
        case _:
            return None


def _named(view: View, it: Said) -> Told:
    asset = it.properties.get("ad_asset_id")
    if isinstance(asset, list):
        return None
    if view.ad is None:
        return f"ad_asset_id is {asset}, but no ad plays" if asset else None
    was = view.ad.get("asset_id")
    if asset == was:
        return None
    return f"ad {was} plays since line {view.ad.line}, but ad_asset_id is {'missing' if asset is None else asset}"


def _typed(view: View, it: Said) -> Told:
    kind = it.properties.get("ad_type")
    if kind is None:
        return None
    playing = view.ad.get("type") if view.ad is not None else None
    if kind in _TYPES and playing in _TYPES and kind != playing:
        return f"ad_type is {kind}, but the ad of line {view.ad.line if view.ad else 0} is a {playing}"
    return None


RULES: Final = (
    Rule(
        "ad.bracket",
        "error",
        "ad-event-object",
        "An ad is started once, then completed or skipped once; all else of it comes in between.",
        "send Video Ad Started first, Video Ad Completed (or Skipped) last, and neither twice",
        _bracket,
        AD,
    ),
    Rule(
        "ad.broken-off",
        "warning",
        "ad-event-object",
        "An ad that breaks off (its media fail) has no event on the page; who counts its time waits for an end.",
        "send Video Ad Completed or Video Ad Skipped when an ad is over; where it failed there is nothing to send",
        _broken_off,
        ENDS_ADS,
    ),
    Rule(
        "ad.same",
        "error",
        "ad-event-object",
        "asset_id, pod_id and type say which ad it is and where it stands; they cannot change while it plays.",
        "send the ids and the type of Video Ad Started until the ad is over",
        _same,
        tuple(name for name in AD if name != e.AD_STARTED),
    ),
    Rule(
        "ad.pod",
        "error",
        "ad-event-object",
        "Ads that play one after the other make a pod, and each ad is in one; without it breaks cannot be counted.",
        "send pod_id, also where the pod is one ad",
        _pod,
        (e.AD_STARTED,),
    ),
    Rule(
        "ad.pod-position",
        "error",
        "ad-event-object",
        "pod_position counts the ads of a pod from 1 and ends at pod_length.",
        "count from 1 in each pod, one up for each ad",
        _place,
        (e.AD_STARTED,),
    ),
    Rule(
        "ad.quartiles",
        "error",
        "video-ad-playing",
        "Quartiles 1, 2 and 3 are each crossed once in an ad, in this order.",
        "send each quartile once, and no quartile on an ordinary heartbeat",
        _quartile,
        (e.AD_PLAYING,),
    ),
    Rule(
        "ad.type",
        "warning",
        "ad-event-object",
        "A pre-roll plays before the content and the others after it has begun; a wrong type moves the ad in every report.",
        "send the type that fits the place of the ad",
        _type,
        (e.AD_STARTED,),
    ),
    Rule(
        "ad.named-now",
        "error",
        "playback-event-object",
        "After Started a playback event names the ad that plays now; destinations tell by it whether the ad or the content "
        "is meant.",
        "send ad_asset_id, ad_pod_id and ad_type while an ad plays, and leave them out otherwise",
        _named,
        PLAYBACK[1:],
    ),
    Rule(
        "ad.type-now",
        "error",
        "playback-event-object",
        "ad_type of a playback event and type of the ad's own events are one thing under two names.",
        "send one value in both",
        _typed,
        PLAYBACK[1:],
    ),
)
