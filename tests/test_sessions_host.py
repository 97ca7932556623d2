"""Sessions in a host that lives long: its clock and the players', what it saves, what others have installed beside us."""

import json
import logging
import random
from collections.abc import Callable, Iterator
from importlib.metadata import EntryPoint, entry_points
from typing import Any

import pytest
from test_sessions import T0, line, mixed, texts, viewing

from videospec import Session, Sessions, Settings, Track, plugins, replay
from videospec.adapter import Adapter, Heard, Says, merged
from videospec.player_events import AdStart, BreakStart, Leave
from videospec.plugins import all_destinations, find_adapter, no_adapter
from videospec.tally import Refusal
from videospec_adapters.html5 import MEDIA, PAGE


def leaps(lines: list[bytes], after: int, ms: int, *, mono: bool) -> list[bytes]:
    """A device whose clock is set by so much after some lines."""
    read = [json.loads(raw) for raw in lines]
    for number, one in enumerate(read):
        if mono:
            one["mono"] = one["t"] - T0 + 5000
        if number >= after:
            one["t"] += ms
    return [json.dumps(one).encode() for one in read]


@pytest.mark.parametrize("mono", [True, False])
def test_a_clock_that_is_set_in_the_middle_ends_nobody_elses_session(*, mono: bool) -> None:
    near = viewing("near", 0, 60)
    odd = leaps(viewing("odd", 0, 60), 30, 7_200_000, mono=mono)
    lines = [raw for pair in zip(near, odd, strict=True) for raw in pair]
    assert texts(list(replay(lines)))["near"] == texts(list(replay(near)))["near"]


def test_a_clock_that_never_leaps_is_the_sessions() -> None:
    odd = leaps(viewing("odd", 0, 60), 30, 7_200_000, mono=True)
    set_right = leaps(viewing("odd", 0, 60), 30, 0, mono=True)
    assert texts(list(replay(odd))) == texts(list(replay(set_right)))


def ticked(lines: list[bytes], off: int, seconds: float) -> list[bytes]:
    """What is said by a host whose clock is `off` from the players', and that ticks after every line."""
    sessions, said = Sessions(), []
    for raw in lines:
        said += sessions.take(raw)
        now = json.loads(raw)["t"] + off
        for step in range(3):
            said += sessions.tick(now + step * seconds * 100)
    return [track.json() for track in [*said, *sessions.close()]]


@pytest.mark.parametrize("off", [0, 240_000, -240_000, 86_400_000, -86_400_000])
def test_a_tick_says_what_replay_says_whatever_the_clocks(off: int) -> None:
    """A player four minutes slow, a host that was quiet for long: no pause is made certain before its time."""
    pressed = [
        line("s", 22, 20.2, "pause", 20, state={"currentTime": 20, "paused": True}),
        line("s", 23, 20.3, "seeking", 50, state={"currentTime": 50, "paused": True, "seeking": True}),
        line("s", 24, 20.4, "seeked", 50, state={"currentTime": 50, "paused": True}),
        line("s", 25, 20.45, "play", 50),
        line("s", 26, 20.5, "playing", 50),
        line("s", 27, 21.5, "timeupdate", 51),
    ]
    lines = [*viewing("s", 0, 20), *pressed]
    assert ticked(lines, off, 1) == [track.json() for track in replay(lines)]


def test_a_silence_that_is_told_ends_a_session_on_whatever_clock() -> None:
    sessions = Sessions()
    for raw in [*viewing("near", 0, 20), *viewing("far", 86_400, 20)]:
        sessions.take(raw)
    assert sessions.silent("far", Settings().idle - 60) == []
    (last,) = sessions.silent("far", Settings().idle + 60)
    assert (last.event, last.session_id, last.at) == ("Video Playback Interrupted", "far", T0 + 86_420_100)
    with pytest.raises(KeyError):
        sessions.silent("nobody", 1)


def test_a_session_that_ended_is_not_said_anew_after_a_restart() -> None:
    before, after = Sessions(), Sessions()
    said = [track for raw in viewing("s", 0, 20) for track in before.take(raw)] + before.end("s")
    after.restore(before.snapshot("s"))
    again = [track for raw in viewing("s", 4000, 20, first=30) for track in after.take(raw)]
    assert {track.session_id for track in again} == {"s~2"}
    assert not {track.id for track in said} & {track.id for track in again}
    with pytest.raises(KeyError):
        before.snapshot("nobody")


def test_what_is_saved_has_no_accounts_in_it() -> None:
    own = {"do": "set", "names": ["title"], "value": "secret-1"}
    settings = Settings(accounts={"Youbora": {"accountCode": "secret-2"}}, overrides=(own,), heartbeat=7)
    saved = Session(base="s", settings=settings).snapshot()
    assert b"secret" not in saved
    assert Session.restore(saved).settings.heartbeat == 7


def test_lines_wait_as_long_as_their_sessions_settings_say() -> None:
    sessions, later = Sessions(Settings(window=60)), Sessions(Settings(window=1))
    lines = viewing("s", 0, 30)
    for raw in [*lines[:10], lines[12]]:
        sessions.take(raw)
    later.restore(sessions.snapshot("s"))
    for raw in [*lines[13:20], *lines[10:12], *lines[20:]]:
        later.take(raw)
    assert later.tally.refused == {}


def test_a_report_that_fills_a_gap_lets_what_waits_be_heard() -> None:
    lines, sessions = viewing("s", 0, 40), Sessions()
    for raw in [*lines[:11], lines[12], lines[14], lines[11], lines[13]]:
        sessions.take(raw)
    assert (sessions.slots["s"].next_seq, sessions.slots["s"].waiting) == (15, None)


def test_what_is_older_than_the_gaps_that_are_remembered_is_refused_and_listed() -> None:
    told: list[Refusal] = []
    sessions = Sessions(Settings(window=0), refused=told.append)
    every_other = [line("s", n, n, "timeupdate", n) for n in range(0, 400, 2)]
    for raw in every_other:
        sessions.take(raw)
    sessions.take(line("s", 1, 1, "pause", 1))
    assert [one.reason for one in told] == ["late"]


def test_a_run_that_was_left_takes_no_count_back() -> None:
    sessions, lines = Sessions(), viewing("s", 0, 30)
    left = sessions.run(iter(lines[:3]))
    assert next(left)
    for raw in lines[3:]:
        sessions.take(raw)
    counted = sessions.tally.lines
    del left
    assert sessions.tally.lines == counted


def test_sessions_may_end_while_others_are_closed() -> None:
    sessions = Sessions()
    for raw in mixed([viewing(name, 0, 20) for name in "abc"], random.Random(1)):
        sessions.take(raw)
    closing, said = sessions.close(), []
    said.append(next(closing))
    for name in [name for name in "abc" if name in sessions.slots]:
        said += sessions.end(name)
    assert [track.event for track in [*said, *closing]] == ["Video Playback Interrupted"] * 3


# -- what others have installed ----------------------------------------------------------------------------------------


def sound(heard: Heard) -> Says:
    """What an adapter may say and note."""
    heard.memory["ads"] = heard.memory.get("ads", 0) + 1
    yield BreakStart(heard.at, heard.seen)
    yield AdStart(heard.at, heard.seen, title="Spot", duration=12)


def no_text(heard: Heard) -> Says:
    yield AdStart(heard.at, heard.seen, title=5)  # type: ignore[arg-type] # a number is no text


def no_number(heard: Heard) -> Says:
    yield AdStart(heard.at, heard.seen, duration="12")  # type: ignore[arg-type] # a text is no number


def no_instant(heard: Heard) -> Says:
    yield Leave(None, heard.seen)  # type: ignore[arg-type] # nothing is no instant


def no_event(heard: Heard) -> Any:
    return [object()]


def nothing_at_all(heard: Heard) -> Any:
    return None


def no_json(heard: Heard) -> Says:
    heard.memory["when"] = object()
    return ()


WRONG = (no_text, no_number, no_instant, no_event, nothing_at_all, no_json)
foreign = Adapter(
    name="foreign",
    proven="typings",
    rows=merged(MEDIA, PAGE, {"player": {one.__name__: one for one in (sound, *WRONG)}}),
)


other_name = Adapter(name="other", proven="typings", rows={})
html5 = Adapter(name="html5", proven="typings", rows={})
CACHED = (
    plugins._points,
    plugins._adapters,
    plugins._other_players,
    plugins._other_destinations,
    all_destinations,
    find_adapter,
    no_adapter,
)


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Adapters of somebody else's: a sound one, one that has another name, one that has a name of ours."""
    theirs = [
        EntryPoint(name, f"{__name__}:{what}", plugins.ADAPTERS)
        for name, what in (("foreign", "foreign"), ("misnamed", "other_name"), ("html5", "html5"))
    ]

    def points(group: str) -> list[EntryPoint]:
        return [*(theirs if group == plugins.ADAPTERS else ()), *entry_points(group=group)]

    monkeypatch.setattr("videospec.plugins.entry_points", points)
    for one in CACHED:
        one.cache_clear()
    yield
    for one in CACHED:
        one.cache_clear()


@pytest.mark.usefixtures("installed")
def test_an_adapter_with_a_name_of_ours_takes_its_place_and_says_so(caplog: pytest.LogCaptureFixture) -> None:
    assert find_adapter("html5") == html5
    assert "html5 of videospec.adapters takes the place of videospec_adapters.html5:adapter" in caplog.text


@pytest.mark.usefixtures("installed")
def test_an_adapter_that_has_another_name_than_its_entry_point_is_not_taken(caplog: pytest.LogCaptureFixture) -> None:
    """A session that was saved would not find it again."""
    refused: list[Refusal] = []
    Sessions(refused=refused.append).take(line("s", 0, 0, "play", 0, player="misnamed@1"))
    assert "entry point misnamed of videospec.adapters is the adapter of 'other'" in caplog.text
    assert refused[0].text.startswith("the adapter for player 'misnamed' (")
    with pytest.raises(ValueError, match=r"the adapter for player 'misnamed' .* cannot be loaded"):
        Sessions(Settings(adapter="misnamed"))


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize("wrong", WRONG)
def test_what_an_adapter_may_not_say_or_note_is_refused(wrong: Callable[[Heard], Says]) -> None:
    """No type checker has read it. What it says rightly is heard, and the session can be saved."""

    def told(*types: str) -> tuple[list[str], dict[str, int]]:
        said: list[str] = []
        sessions = Sessions()
        for seq, type_ in enumerate(["play", *types, "playing"]):
            src = "media" if type_.startswith("play") else "player"
            raw = line("s", seq, seq, type_, 0, player="foreign@1", src=src)
            said += [track.event for track in sessions.take(raw)]
            later = Sessions(tally=sessions.tally)
            later.restore(sessions.snapshot("s"))
            sessions = later
        return said, dict(sessions.tally.refused)

    right, refused = told(sound.__name__)
    assert (right[-1], refused) == ("Video Ad Started", {})
    assert told(wrong.__name__, sound.__name__) == (right, {"internal": 1})


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An adapter and a destination that cannot be loaded, beside ours."""
    real = plugins._points

    def points(group: str) -> dict[str, EntryPoint]:
        return {**real(group), "broken": EntryPoint("broken", "videospec.nowhere:it", group)}

    for one in CACHED[1:]:
        one.cache_clear()
    monkeypatch.setattr(plugins, "_points", points)
    yield
    for one in CACHED[1:]:
        one.cache_clear()


@pytest.mark.usefixtures("broken")
def test_an_adapter_that_cannot_be_loaded_takes_nobody_with_it(caplog: pytest.LogCaptureFixture) -> None:
    sessions = Sessions()
    lines = [line("b", 0, 0, "play", 0, player="broken@1"), line("o", 0, 0, "play", 0, player="nobody@1")]
    said = [track for raw in [*lines, *viewing("s", 0, 20)] for track in sessions.take(raw)]
    assert said[0].session_id == "s"
    assert sessions.tally.refused == {"unknown-player": 2}
    assert find_adapter("native") is find_adapter("html5")
    told = [one.getMessage() for one in caplog.records if one.levelno == logging.WARNING]
    assert told[0].startswith("entry point broken of videospec.adapters cannot be loaded (ModuleNotFoundError: ")


@pytest.mark.usefixtures("broken")
def test_a_destination_that_cannot_be_loaded_takes_nobody_with_it() -> None:
    assert "Youbora" in all_destinations()
    assert "broken" not in all_destinations()
    with pytest.raises(TypeError, match=r"entry point broken of videospec\.destinations cannot be loaded"):
        plugins.find_destination("broken")


def test_an_adapter_that_fails_half_way_takes_back_nothing_that_was_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def half(heard: Any) -> list[Any]:
        return [Leave(heard.at, heard.seen), object()]

    lines = viewing("s", 0, 20)
    sessions = Sessions()
    said: list[Track] = [track for raw in lines for track in sessions.take(raw)]
    monkeypatch.setitem(sessions.slots["s"].adapter.rows["media"], "volumechange", half)
    said += sessions.take(line("s", len(lines), 21, "volumechange", 20))
    said += sessions.close()
    assert sessions.tally.refused == {"internal": 1}
    assert [track.event for track in said][-1] == "Video Playback Exited"
    assert len({track.id for track in said}) == len(said)


@pytest.mark.parametrize(
    ("settings", "names"),
    [
        (Settings(destinations="Youbora"), "Overriding"),
        (Settings(accounts={"Youbora": {}}), "Overriding"),
        (Settings(overrides=[{"do": "drop"}]), "Overriding"),
        (Settings(override_function="here:there"), "Overriding"),
        (Settings(adapter="htlm5"), "did you mean 'html5'"),
    ],
)
def test_settings_that_would_do_nothing_are_refused(settings: Settings, names: str) -> None:
    with pytest.raises(ValueError, match=names):
        list(replay([], settings))
