"""For every recording: what we say is what the viewer did, as often and when."""

from pathlib import Path

import pytest
from recorded import LOGS, NAMES, Truth, sizes_shown, tracks_of, truth_of

from videospec import Track
from videospec.spec.message import validate_message

WITHIN_MS = 500
# A truth about standing still is up to this late: it is polled, and wants 0.4 s of it.
FROZEN_LATE_MS = 800

# What a player cannot know, and so neither can we. The same sentence stands in the golden of the recording.
CANNOT_KNOW = {
    "dashjs_S3": "the press on play while the stream is not ready has no event",
}
SCHEDULE = ["pre-roll 1/2 lab-ad1", "pre-roll 2/2 lab-ad2", "mid-roll 1/1 lab-ad3", "post-roll 1/1 lab-ad2"]
ADS = {
    "S7": SCHEDULE,
    "S7skip": SCHEDULE,
    "S7seek": SCHEDULE,
    "S7return": SCHEDULE,
    "S7adseek": SCHEDULE,
    "S7aderror": [],
}
# Shaka 5.2 never schedules a VMAP break at the end.
NO_POST_ROLL = {"shaka-vast_S7"}
# What broke playback off. A log that stops while something is open ends in a timeout.
INTERRUPTED = {
    "shaka_S6": ["timeout"],
    "shaka_S6m": ["error:1001"],
    "shaka-4.11_S6m": ["error:1001"],
    "dashjs_S6": ["error:27"],
    "dashjs_S14": ["network loss"],
    "hlsjs_S10loop": ["timeout"],
}
# The manifest was not there.
NO_FRAME = {"shaka_S6m", "shaka-4.11_S6m"}


def said(tracks: list[Track], event: str) -> list[Track]:
    return [track for track in tracks if track.event == f"Video {event}"]


def close(tracks: list[Track], instants: list[int], within: int = WITHIN_MS) -> None:
    assert len(tracks) == len(instants), [track.timestamp for track in tracks]
    for track, instant in zip(tracks, instants, strict=True):
        assert abs(track.at - instant) <= within, f"{track.event} {track.at - instant} ms off"


@pytest.fixture(params=LOGS, ids=NAMES)
def recording(request: pytest.FixtureRequest) -> tuple[str, Path, list[Track], Truth]:
    path: Path = request.param
    return path.name.removesuffix(".jsonl.gz"), path, tracks_of(path), truth_of(path)


def test_tells_what_the_viewer_did(recording: tuple[str, Path, list[Track], Truth]) -> None:
    name, _, tracks, truth = recording
    if name not in CANNOT_KNOW:
        close(said(tracks, "Playback Started"), truth.started)
    close(said(tracks, "Playback Paused"), truth.paused)
    close(said(tracks, "Playback Resumed"), truth.resumed)
    seeks = said(tracks, "Playback Seek Started")
    close(seeks, [instant for instant, _ in truth.seeks])
    assert len(said(tracks, "Playback Seek Completed")) == len(seeks)
    for seek, (_, target) in zip(seeks, truth.seeks, strict=True):
        ads = sum(ad.properties["total_length"] for ad in said(tracks, "Ad Completed") if ad.at <= seek.at)
        assert target is None or abs(seek.properties["seek_position"] - ads - target) <= 1
    close(said(tracks, "Ad Skipped"), truth.skips)
    close(said(tracks, "Playback Exited"), truth.left)


def test_tells_real_stalls_only(recording: tuple[str, Path, list[Track], Truth]) -> None:
    _, path, tracks, truth = recording
    if path.name == "shaka_S6.jsonl.gz":
        # the driver did not watch for it; the segments ran out and the picture stood, and nothing more came
        assert len(said(tracks, "Playback Buffer Started")) == 1
        return
    begun = said(tracks, "Playback Buffer Started")
    assert len(begun) == len(truth.frozen) == len(said(tracks, "Playback Buffer Completed"))
    for track, instant in zip(begun, truth.frozen, strict=True):
        assert 0 <= instant - track.at <= FROZEN_LATE_MS


def test_tells_the_ads_in_order(recording: tuple[str, Path, list[Track], Truth]) -> None:
    name, _, tracks, truth = recording
    expected = list(ADS.get(name.partition("_")[2], []))
    if name in NO_POST_ROLL:
        expected.pop()
    started = said(tracks, "Ad Started")
    told = [
        f"{p['type']} {p['pod_position']}/{p['pod_length']} {p['asset_id']}" for p in (t.properties for t in started)
    ]
    assert told == expected
    assert len(said(tracks, "Ad Completed")) + len(truth.skips) == len(expected)
    quartiles = [track.properties["quartile"] for track in said(tracks, "Ad Playing") if "quartile" in track.properties]
    seen_whole = len(expected) - len(truth.skips)
    assert quartiles.count(3) == seen_whole
    assert len(quartiles) >= 3 * seen_whole


def test_tells_contents_ends_and_quality(recording: tuple[str, Path, list[Track], Truth]) -> None:
    name, path, tracks, truth = recording
    viewings = len(truth.started) + truth.loads
    pods = 0 if name in NO_FRAME else 2 if ADS.get(name.partition("_")[2]) else viewings
    assert len(said(tracks, "Content Started")) == pods
    if truth.ended:
        completed = said(tracks, "Content Completed")
        close(completed, truth.ended)
        assert [t.properties["position"] for t in completed] == [t.properties["total_length"] for t in completed]
        over = said(tracks, "Playback Completed")
        assert [track.at for track in over] == [track.at for track in completed[truth.loads :]]
        assert [t.properties["position"] for t in over] == [t.properties["total_length"] for t in over]
    assert len(said(tracks, "Quality Updated")) == sizes_shown(path)
    interrupted = [track.properties["method"] for track in said(tracks, "Playback Interrupted")]
    assert interrupted == INTERRUPTED.get(name, [])


def test_says_only_valid_messages(recording: tuple[str, Path, list[Track], Truth]) -> None:
    _, _, tracks, _ = recording
    findings = [finding for track in tracks for finding in validate_message(track.message())]
    assert findings == []
