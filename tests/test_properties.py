"""What must hold whatever a player says."""

import random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sequences import Said, broken_grammar, by_session, sequence, tell

from videospec import Session, Settings, Track
from videospec.player_events import Snapshot
from videospec.spec.message import validate_message

SEEDS = st.integers(0, 2**32)
LENGTHS = st.integers(1, 60)
RANDOM_SEQUENCES = 10_000


def draw(seed: int, length: int) -> list[Said]:
    return sequence(random.Random(seed), length)


def texts(tracks: list[Track]) -> list[bytes]:
    return [track.json() for track in tracks]


LONG = [(seed, 60) for seed in (1002100, 1005594, 1006571, 1008338, 1009004, 1011504)]


@pytest.mark.parametrize(("seed", "length"), [*LONG, (3029014, 40), (9088252, 80)])
def test_sequences_that_were_told_wrongly_once(seed: int, length: int) -> None:
    """Ads announced while playback was interrupted; a pause that proves a content of which nothing was reported; a seek in
    a pause whose end was told when playback had long gone on."""
    for told in by_session(
        tell(draw(seed, length), Settings(midroll="prose", loop=("replay", "same")[seed % 2]))
    ).values():
        assert broken_grammar(told) is None


@pytest.mark.parametrize("part", range(10))
def test_ten_thousand_random_sequences(part: int) -> None:
    for seed in range(part, RANDOM_SEQUENCES, 10):
        tracks = tell(draw(seed, 40), Settings(midroll="prose", loop=("replay", "same")[seed % 2]))
        for session_id, said in by_session(tracks).items():
            assert broken_grammar(said) is None, (seed, session_id)
        if seed % 20 == part:
            for track in tracks:
                assert validate_message(track.message()) == [], seed


@given(SEEDS, LENGTHS)
@settings(max_examples=300)
@example(46, 39)  # an end of a seek beyond the content's length
@example(11001064, 65)  # another seek, which says not where, in the wake of one that stayed
@example(11011139, 65)  # the way back into a live window, after a jump elsewhere
@example(14011891, 44)  # an ad that plays though an error had doomed the session, and a press then
@example(6465329, 49)  # a seek that a break cut short while the player flushed, and another in the ad
@example(820, 37)  # an arrival that was lost, of a seek in whose wake the player flushed its buffer
@example(154, 33)  # a play that comes twice after a seek bar is let go
@example(683126859, 35)  # one that nothing began, and that says not where
def test_each_event_twice_is_once(seed: int, length: int) -> None:
    said = [(at, what) for at, what in draw(seed, length) if getattr(what, "kind", "") not in TWICE_IS_TWICE]
    assert texts(tell(said, twice=True)) == texts(tell(said))


# A click is an act each time. A loop, a replay and a load are told by what came before them.
TWICE_IS_TWICE = {"ad_click", "load", "ad_start", "break_start", "named"}


@given(SEEDS, LENGTHS)
@settings(max_examples=300)
@example(41635, 13)  # half a minute without a report, and then a stall
@example(14015598, 35)  # a pause in the wake of a scrub, and a seek long after it
def test_ticks_change_nothing(seed: int, length: int) -> None:
    said = draw(seed, length)
    assert texts(tell(said, ticks=True)) == texts(tell(said))


@given(SEEDS, LENGTHS, st.floats(0, 1))
@settings(max_examples=300)
def test_saved_and_restored_is_never_stopped(seed: int, length: int, where: float) -> None:
    said = draw(seed, length)
    cut = int(len(said) * where)
    session = Session(base="s")
    told = []
    for at, what in said[:cut]:
        told += session.progress(at, what) if isinstance(what, Snapshot) else session.feed(what)
    again = Session.restore(session.snapshot())
    assert Session.restore(again.snapshot()).snapshot() == again.snapshot()
    for one in (session, again):
        rest = []
        for at, what in said[cut:]:
            rest += one.progress(at, what) if isinstance(what, Snapshot) else one.feed(what)
        rest += one.close()
        if one is session:
            expected = texts(rest)
        else:
            assert texts(rest) == expected


@given(SEEDS, LENGTHS)
@settings(max_examples=400)
@example(381761, 41)  # long without a report, of a player that does not say that it plays what it loaded
@example(147990218, 54)  # playing within a seek that goes nowhere, of a player that stands while it should roll
@example(16009682, 47)  # a quartile that the player says in a seek within an ad
@example(12012730, 54)  # a seek across an ad of which no break was announced
def test_positions_fall_only_by_a_seek_or_a_new_asset(seed: int, length: int) -> None:
    """Positions of a content within one pod, and of an ad, of a player whose reports never go back. They may lag behind
    their own rate, and so behind what was told between two of them. What loads after an interruption begins where it does.
    Lengths are known from the start: what is told to be at 58 s cannot stay there if 30 s are all there is."""
    said = draw(seed, length)
    highest = 0.0
    for _, what in said:
        seen = what if isinstance(what, Snapshot) else what.seen
        seen.duration = None
        if seen.position is not None and seen.position >= 0:
            seen.position = highest = max(highest, seen.position)
    for tracks in by_session(tell(said)).values():
        last: dict[tuple[str, str], int] = {}
        for track in tracks:
            if track.event in MAY_FALL:
                last.clear()
            elif track.event in ("Video Content Playing", "Video Ad Playing"):
                asset = track.event, track.properties["asset_id"]
                assert track.properties["position"] >= last.get(asset, 0)
                last[asset] = track.properties["position"]


MAY_FALL = {
    "Video Playback Seek Started",
    "Video Content Started",
    "Video Ad Started",
    "Video Playback Interrupted",
}


def test_the_grammar_can_fail() -> None:
    """The checker sees planted faults."""
    tracks = tell(draw(7, 60))
    (said, *_) = [found for found in by_session(tracks).values() if len(found) > 4]
    assert broken_grammar(said) is None
    assert broken_grammar(said[1:]) is not None
    assert broken_grammar([*said, said[0]]) is not None
    assert broken_grammar(list(reversed(said))) is not None


@pytest.mark.parametrize("data", [b"", b"{}", b"[1]", b'{"version":99,"session":{}}', b"\xff"])
def test_a_bad_snapshot_says_so(data: bytes) -> None:
    with pytest.raises(ValueError, match="snapshot"):
        Session.restore(data)
