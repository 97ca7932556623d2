"""Lines that never came, URLs that tell nothing, clocks that count from 1970: what is said all the same."""

import json
import math
import random
import sys
from collections import Counter
from pathlib import Path

import pytest
from test_hearing import BEGUN, at, rolls, told
from test_hearing_trouble import ASSET, MID, MID_ROLL, OPENS, hls

from videospec import Session, Settings, replay
from videospec.player_events import Pause, Play, Playing, QualityShown, Snapshot

sys.path.insert(0, str(Path(__file__).parent / "recordings"))
from recorded import LOGS, lines_of

BEATS = ("Video Content Playing", "Video Ad Playing")


def test_a_seek_whose_arrival_was_lost_is_over_when_the_content_plays_on() -> None:
    begins = at(5, "seeking", 40, paused=False, seeking=True)
    stale = at(5.1, "timeupdate", 5, paused=False, seeking=False)
    steps = [*BEGUN, begins, stale, *((t, type_, {**more, "seeking": False}) for t, type_, more in rolls(40, 5.5, 20))]
    names = ("Playback Seek Started", "Playback Seek Completed", "Content Playing")
    assert [(one["event"], one["after"], one["position"]) for one in told("html5@1", steps, *names)] == [
        ("Playback Seek Started", 5, 4),
        ("Playback Seek Completed", 5.75, 40),
        ("Content Playing", 10.85, 45),
    ]


def test_a_player_that_does_not_say_whether_it_seeks_is_believed_by_its_word_alone() -> None:
    steps = [*BEGUN, at(5, "seeking", 40, paused=False), *rolls(40, 5.5, 20)]
    assert told("html5@1", steps, "Playback Seek Completed") == []


def test_a_reload_whose_first_frame_was_lost_plays_when_its_positions_move() -> None:
    steps = [*BEGUN, at(5, "emptied", paused=False), at(5.1, "loadstart", paused=False), *rolls(0, 6, 30)]
    heard = [*steps[:-95], at(6, "playing", paused=False), *steps[-95:]]
    beats = [(one["after"], one["position"]) for one in told("html5@1", steps, "Content Playing")]
    assert beats == [(11.35, 5), (21.35, 15)]
    assert len(told("html5@1", heard, "Content Playing")) == len(beats)


def test_frames_that_never_moved_beat_for_nobody() -> None:
    """A player that says `playing` and stands, until the viewer pauses."""
    stands = [at(0.1 + n / 4, "timeupdate", 0, paused=False) for n in range(1, 120)]
    steps = [*BEGUN[:2], *stands, at(30, "pause", 0, paused=True), at(31, "play", 0, paused=False)]
    names = ("Content Started", "Content Playing", "Playback Paused")
    assert [(one["event"], one["after"], one["position"]) for one in told("html5@1", steps, *names)] == [
        ("Content Started", 0.1, 0),
        ("Playback Paused", 30, 0),
        ("Content Playing", 31, 0),
    ]


def test_few_lost_lines_silence_nobody() -> None:
    """Of every recording four lines in a row are lost, at three places."""
    rng = random.Random(5)

    def beats(lines: list[bytes]) -> int:
        said = Counter(track.event for track in replay(lines, Settings(heartbeat=2)))
        return sum(said[event] for event in BEATS)

    silenced = []
    for log in LOGS:
        lines = lines_of(log)
        whole = beats(lines)
        words = [n for n, raw in enumerate(lines) if n and b'"timeupdate"' not in raw]
        cuts = rng.sample(words, 3)
        silenced += [(log.name, cut) for cut in cuts if beats(lines[:cut] + lines[cut + 4 :]) < whole * 0.7 - 2]
    assert silenced == []


def test_metadata_that_comes_again_takes_back_no_ad() -> None:
    """A page that sends its metadata with every beacon."""
    meta = at(14, "session.meta", 5, src="page", ads=MID_ROLL)
    steps = [
        *OPENS,
        at(5.5, "playing", 0, paused=False, duration=8),
        hls(13.5, "hlsInterstitialAssetEnded", ASSET, 8),
        hls(13.6, "hlsInterstitialEnded", MID),
        at(13.8, "playing", 5, paused=False),
        *rolls(5, 13.8, 15),
        at(15, "pause", 6, paused=True),
        at(16, "play", 6, paused=False),
    ]
    (once,) = told("hls.js@1", steps, "Playback Paused", ads=MID_ROLL)
    (again,) = told("hls.js@1", sorted([*steps, meta], key=lambda step: step[0]), "Playback Paused", ads=MID_ROLL)
    assert again["total_length"] == once["total_length"] == 68


def test_a_blob_names_no_source() -> None:
    """hls.js and Shaka feed the element through a URL that is another each time."""
    steps = [at(0, "loadstart", duration=None, source="blob:https://a.example/1"), *BEGUN]
    again = [
        at(5, "emptied", duration=None, source="blob:https://a.example/2"),
        at(5.1, "loadstart", duration=None, source="blob:https://a.example/2"),
        at(5.2, "playing", 5, paused=False),
        *rolls(5, 5.2, 9),
    ]
    said = told("html5@1", [*steps, *again], "Content Started", "Playback Started", content={"duration": 60})
    assert [one.get("asset_id") or one["content_asset_ids"] for one in said] == [["unknown"], "unknown"]


def test_urls_that_differ_at_their_end_are_of_two_contents() -> None:
    base = f"https://cdn.example/{'a' * 300}/"
    contents = [{"asset_id": name, "source_url": f"{base}{name}.m3u8", "duration": 60} for name in ("one", "two")]
    steps = [
        at(0, "hlsManifestLoading", src="player", data={"url": f"{base}two.m3u8"}, duration=None),
        *BEGUN,
    ]
    (started,) = told("hls.js@1", steps, "Content Started", content=None, contents=contents)
    assert started["asset_id"] == "two"


def test_a_live_clock_may_count_from_1970() -> None:
    began = 1_795_000_000.0
    steps = [
        at(0, "play", began, paused=False, live=True),
        at(0.1, "playing", began, paused=False, live=True),
        *((t, type_, {**more, "live": True, "duration": None}) for t, type_, more in rolls(began, 0.1, 25)),
    ]
    said = told(
        "html5@1", steps, "Content Started", "Content Playing", content={"asset_id": "news", "livestream": True}
    )
    assert [(one["event"], one["position"] - began) for one in said] == [
        ("Content Started", 0),
        ("Content Playing", 10),
        ("Content Playing", 20),
    ]


@pytest.mark.parametrize("odd", [math.nan, math.inf, -math.inf])
def test_a_host_may_say_what_is_no_number(odd: float) -> None:
    session, said = Session(base="s", player="ours"), []
    seen = Snapshot(position=0, duration=60, volume=odd, height=odd, framerate=odd, rate=odd, bitrate=odd)
    for event in (Play(1000, seen), Playing(1100, seen), QualityShown(math.nan, seen), Pause(3000, seen)):
        said += session.feed(event)
    said += session.progress(4000, Snapshot(position=odd, duration=odd))
    said += session.close()
    assert said[-1].event == "Video Playback Interrupted"
    for track in said:
        json.loads(track.json(), parse_constant=pytest.fail)
