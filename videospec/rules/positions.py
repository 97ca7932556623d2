"""Three playheads: of the playback with its ads, of the content without them, and within an ad."""

from typing import Final

from videospec.rules.rule import AD, CONTENT, PLAYBACK, Rule, Told
from videospec.rules.said import Said, number
from videospec.rules.view import View
from videospec.spec import events as e

_SLACK_S: Final = 1.0
"""Positions are whole seconds, each floored by itself."""
_ADS_SLACK_S: Final = 2.0
"""A sum of floored positions and lengths."""
_RATES: Final = (0.5, 2.0)
"""At which viewers play: the spec has no word for a rate, so played time tells no more than these allow."""
_LEFT_SLACK_S: Final = 3.0
"""How far a position may be from what was played: a content is paused, loads and is replaced in that time."""


_LEAVES: Final = (e.PLAYBACK_EXITED, e.PLAYBACK_PAUSED, e.PLAYBACK_INTERRUPTED)
"""What may come between a content that another one replaces and that one's first frame."""


def _playback_falls(view: View, it: Said) -> Told:
    if view.playback is None or it.position is None or it.live or it.event == e.PLAYBACK_SEEK_COMPLETED:
        return None
    before, seeks, contents = view.playback
    if seeks != view.seeks or contents != view.contents or before - it.position <= _SLACK_S:
        return None
    return f"position falls from {before:g} to {it.position:g} without a seek"


def _content_falls(view: View, it: Said) -> Told:
    if view.was is None or it.position is None or it.live:
        return None
    asset, before, seeks = view.was
    if view.sought and it.event == e.CONTENT_STARTED:
        return None  # the break came of a seek: where the content comes back is the player's to say
    whole = view.content_length is not None and before >= view.content_length - _SLACK_S
    if whole and it.event == e.CONTENT_STARTED and view.readings["loop"] == "same":
        return None  # the next round
    if before - it.position <= _SLACK_S or asset != it.properties.get("asset_id") or seeks != view.seeks:
        return None
    return f"position falls from {before:g} to {it.position:g} without a seek"


def _ad_falls(view: View, it: Said) -> Told:
    if it.position is None or view.ad is None or view.ad_position - it.position <= _SLACK_S:
        return None
    return f"position falls from {view.ad_position:g} to {it.position:g} within the ad"


def _ad_begins(view: View, it: Said) -> Told:
    if it.position is None or it.position <= _SLACK_S or view.sought:
        return None
    return f"the ad starts at position {it.position:g}"


def _without_ads(view: View, it: Said) -> Told:
    if view.was is None or it.position is None or it.live or it.event == e.PLAYBACK_SEEK_STARTED:
        return None
    _, content, seeks = view.was
    ads = view.ads_seen + (view.ad_position if view.ad is not None else 0)
    if seeks != view.seeks or it.position >= content - _SLACK_S + max(ads - _ADS_SLACK_S, 0):
        return None
    return f"position is {it.position:g}, after {content:g} s of content and {ads:g} s of ads"


def _with_ads(view: View, it: Said) -> Told:
    ads = view.ads_since
    if it.position is None or it.live or ads <= _ADS_SLACK_S + _SLACK_S or view.seeks:
        return None
    asset, before, _ = view.was or (it.get("asset_id"), 0.0, 0)
    if asset != it.get("asset_id") or abs(it.position - before - ads) > _SLACK_S:
        return None
    return f"position went from {before:g} to {it.position:g} while {ads:g} s of ads played"


def _left_there(view: View, done: Said) -> bool:
    """Whether a content that another one replaced was played as far as it was completed, at whatever rate: the viewer went
    on to the next."""
    position, played_ms, seeks = view.began
    played = (view.played_ms - played_ms) / 1000
    low, high = (position + played * rate for rate in _RATES)
    at = done.position
    return seeks != view.seeks or (at is not None and low - _LEFT_SLACK_S <= at <= high + _LEFT_SLACK_S)


def _short(view: View, it: Said) -> Told:
    done = view.completed
    if done is None or it.event in (e.QUALITY_UPDATED, e.PLAYBACK_RESUMED):
        return None
    view.completed = None
    if it.event == e.CONTENT_STARTED and it.get("asset_id") != done.get("asset_id") and _left_there(view, done):
        return None
    if (it.event == e.AD_STARTED and it.get("type") == "mid-roll") or it.event in _LEAVES:
        return None
    return (
        done.line,
        f"position {done.position:g} is short of total_length {done.get('total_length')}, and nothing that follows cuts it",
    )


def _length(view: View, it: Said) -> Told:
    length, first = it.properties.get("total_length"), view.length
    if first is None or length == first[1] or (length := number(length)) is None:
        return None
    if first[0] != it.properties.get("asset_id") or abs(length - first[1]) <= _SLACK_S:
        return None
    return f"total_length was {first[1]:g} and is {length:g}"


def _target(view: View, it: Said) -> Told:
    return None if number(it.get("seek_position")) is not None else "nothing says where the viewer wants to go"


RULES: Final = (
    Rule(
        "position.playback-falls",
        "error",
        "playback-event-object",
        "The playback's position counts what was played, ads and content; only a seek or another content takes it back.",
        "send one timeline with the ads in it, and Seek Started and Completed where the viewer jumps",
        _playback_falls,
        PLAYBACK[1:],
    ),
    Rule(
        "position.content-falls",
        "error",
        "content-event-object",
        "The content's position only moves on, also over a mid-roll, unless the viewer seeks or another content comes.",
        "send the content's own position, and Seek Started and Completed where the viewer jumps",
        _content_falls,
        CONTENT,
    ),
    Rule(
        "position.ad-falls",
        "error",
        "ad-event-object",
        "The position of an ad is the second within it, and moves on until the ad is over.",
        "send the ad's own position",
        _ad_falls,
        tuple(name for name in AD if name != e.AD_STARTED),
    ),
    Rule(
        "position.ad-begins",
        "warning",
        "ad-event-object",
        "An ad starts at its own second 0; a greater number is the content's position or the playback's.",
        "send the second within the ad, which is 0 at its start",
        _ad_begins,
        (e.AD_STARTED,),
    ),
    Rule(
        "position.playback-without-ads",
        "error",
        "playback-event-object",
        "The playback's position has the ads seen in it, so it is never less than content and ads together.",
        "add the seconds of the ads seen to the position of playback events",
        _without_ads,
        PLAYBACK[1:],
    ),
    Rule(
        "position.content-with-ads",
        "warning",
        "content-event-object",
        "The content's position leaves the ads out: after a break it goes on where it was.",
        "send the content's own position on content events",
        _with_ads,
        (e.CONTENT_STARTED,),
    ),
    Rule(
        "position.content-completed",
        "error",
        "video-content-completed",
        "At Content Completed position and total_length are equal, but where a mid-roll or another content cuts it short.",
        "send the full length as position, or Exited or Interrupted instead if the viewer did not see the end",
        _short,
        calm=False,
    ),
    Rule(
        "position.length-changes",
        "warning",
        "content-event-object",
        "A content has one length; a second one makes two completion rates of it.",
        "send the length that was said first",
        _length,
        CONTENT,
    ),
    Rule(
        "position.seek-target",
        "warning",
        "video-playback-seek-started",
        "Seek Started says in seek_position where the viewer wants to go.",
        "send seek_position, in seconds as position",
        _target,
        (e.PLAYBACK_SEEK_STARTED,),
    ),
)
