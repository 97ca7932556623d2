"""What the THEOplayer rows say, line by line, in the orders that the vendor documents.

A case is a list of lines: the native event, its payload and snapshot, and after the arrow what must be said.
"""

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

import msgspec
import pytest

from videospec import replay
from videospec.adapter import TICK, Heard
from videospec.player_events import PlayerEvent, Snapshot
from videospec_adapters.theoplayer import adapter


class Line(NamedTuple):
    """One line of the log and what it must say: a word, then the fields that are known."""

    type: str
    says: str
    data: dict[str, Any] | None
    state: dict[str, Any]


def line(native: str, says: str = "", data: dict[str, Any] | None = None, **state: Any) -> Line:
    return Line(native, says, data, state)


def ad(name: str | None, brk: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    fields = {"type": "linear", "id": name, "adBreak": brk, **more}
    return {"ad": {key: value for key, value in fields.items() if value is not None}}


def pod(offset: float, *names: str, integration: str = "google-ima", **more: Any) -> dict[str, Any]:
    ads = [{"id": name, "type": "linear"} for name in names]
    return {"timeOffset": offset, "integration": integration, "ads": ads, **more}


def capture(lines: list[Line]) -> Iterator[tuple[Line, dict[str, Any]]]:
    """The lines as a log has them: through JSON and back."""
    for seq, one in enumerate(lines):
        raw = {
            "session": "theo",
            "seq": seq,
            "t": 1_700_000_000_000 + 100 * seq,
            "player": "theoplayer@11.4.0",
            "src": "player",
            "type": one.type,
            "data": one.data,
            "state": one.state,
        }
        yield one, json.loads(json.dumps(raw))


def told(event: PlayerEvent) -> str:
    said = {name: getattr(event, name) for name in event.__struct_fields__ if name not in ("at", "seen")}
    fields = [f"{name}={value}" for name, value in said.items() if value is not None and value is not False]
    return " ".join([event.kind, *fields])


def hear(raw: dict[str, Any], memory: dict[str, Any]) -> list[str]:
    seen = msgspec.convert(raw["state"], Snapshot)
    assert adapter.knows(raw["src"], raw["type"])
    row = adapter.rows[raw["src"]].get(raw["type"])
    if row == TICK:
        return [TICK]
    if row is None:
        return []
    if isinstance(row, type):
        return [told(row(raw["t"], seen))]
    assert callable(row)
    heard = Heard(raw["t"], raw["src"], raw["type"], seen, json.dumps(raw["data"]).encode(), memory)
    return [told(event) for event in row(heard)]


def run(lines: list[Line]) -> list[tuple[str, str]]:
    memory: dict[str, Any] = {}
    said = []
    for one, raw in capture(lines):
        said.append((one.type, " | ".join(hear(raw, memory))))
        # A session may be saved after any line.
        memory = json.loads(json.dumps(memory))
    return said


MOVIE = "https://cdn.example/movie.m3u8"
OTHER = "https://cdn.example/other.m3u8"


def source(url: str = MOVIE) -> dict[str, Any]:
    return {"source": {"sources": [{"src": url, "type": "application/x-mpegURL"}], "metadata": {"title": "Movie"}}}


LOADED = line("sourcechange", f"load source={MOVIE}", source())
PLAY = line("play", "play")
PLAYING = line("playing", "playing")
PRE = pod(0, "a1", "a2")
CSAI = pod(0, "c1", integration="csai")
MID = pod(60.5, "m1")
POST = pod(-1, "p1")
DAI_MID = pod(600, "d1", "d2", integration="google-dai", id="1", maxDuration=45)
OVERLAY = {"timeOffset": 30, "integration": "google-ima", "ads": [{"id": "o1", "type": "nonlinear"}]}

CASES: dict[str, list[Line]] = {
    "content only": [
        LOADED,
        line("loadstart"),
        line("currentsourcechange", data={"currentSource": {"src": MOVIE}}),
        line("loadedmetadata"),
        line("durationchange", "report", {"duration": 120}),
        PLAY,
        line("waiting", "waiting"),
        PLAYING,
        line("timeupdate", "tick", {"currentTime": 1}),
        line("volumechange", "report", {"volume": 0.5}),
        line("ratechange", "report", {"playbackRate": 2}),
        line("presentationmodechange", "report", {"presentationMode": "fullscreen"}),
        line("pause", "pause", paused=True),
        PLAY,
        PLAYING,
        line("pause", "", ended=True),
        line("ended", "ended", ended=True),
    ],
    # "How to subscribe to ad events": the order of a Google IMA pre-roll, for a pod of two.
    "ima pre-roll of two": [
        LOADED,
        PLAY,
        line("addad", data=ad("a1")),
        line("updateadbreak"),
        line("updatead"),
        line("adloaded"),
        line("adbreakbegin", "break_start offset=0 length=2", {"adBreak": {**PRE, "id": "0"}}),
        line(
            "adbegin",
            "ad_start asset_id=a1 title=Cola position=1 length=2 duration=15",
            ad("a1", PRE, duration=15, title="Cola"),
        ),
        PLAYING,
        line("adimpression", "", ad("a1", PRE)),
        line("adfirstquartile", "ad_quartile quartile=1", ad("a1", PRE)),
        line("admidpoint", "ad_quartile quartile=2", ad("a1", PRE)),
        line("adthirdquartile", "ad_quartile quartile=3", ad("a1", PRE)),
        line("adend", "ad_end", ad("a1", PRE)),
        line("adbegin", "ad_start asset_id=a2 position=2 length=2", ad("a2", PRE, duration=0)),
        PLAYING,
        line("adend", "ad_end", ad("a2", PRE)),
        line("adbreakend", "break_end", {"adBreak": PRE}),
        line("removeadbreak"),
        PLAYING,
    ],
    # The same guide: csai has neither impression nor quartiles.
    "csai pre-roll": [
        LOADED,
        PLAY,
        line("adloaded"),
        line("adbreakchange"),
        line("adbreakbegin", "break_start offset=0 length=1", {"adBreak": CSAI}),
        line("adbegin", "ad_start asset_id=c1 position=1 length=1 duration=8", ad("c1", CSAI, duration=8)),
        PLAYING,
        line("adend", "ad_end", ad("c1", CSAI)),
        line("adbreakend", "break_end", {"adBreak": CSAI}),
        PLAYING,
    ],
    # Before 2.68.0 csai announced the break ahead of `play`.
    "break before play": [
        LOADED,
        line("adbreakbegin", "break_start offset=0 length=1", {"adBreak": CSAI}),
        PLAY,
        line("adbegin", "ad_start asset_id=c1 position=1 length=1", ad("c1", CSAI)),
        PLAYING,
    ],
    # The comScore connector's isBeforePreRoll.
    "content plays before the pre-roll": [
        LOADED,
        PLAY,
        line("adbreakbegin", "break_start offset=0 length=1", {"adBreak": CSAI}),
        line("playing"),
        line("adbegin", "ad_start asset_id=c1 position=1 length=1", ad("c1", CSAI)),
        PLAYING,
        line("adend", "ad_end", ad("c1", CSAI)),
        line("adbreakend", "break_end", {"adBreak": CSAI}),
    ],
    "break without an ad while content plays": [
        LOADED,
        PLAY,
        line("adbreakbegin", "break_start offset=0", {"adBreak": pod(0)}),
        line("playing"),
        line("aderror", "", {"message": "empty VAST"}),
        line("adbreakend", "break_end | playing", {"adBreak": pod(0)}),
    ],
    "mid-roll": [
        LOADED,
        PLAY,
        PLAYING,
        line("pause", "pause"),
        line("adbreakbegin", "break_start offset=60.5 length=1", {"adBreak": MID}),
        line("adbegin", "ad_start asset_id=m1 position=1 length=1", ad("m1", MID)),
        PLAYING,
        line("adbuffering", "waiting", ad("m1", MID)),
        PLAYING,
        line("pause", "pause"),
        PLAY,
        PLAYING,
        line("adend", "ad_end", ad("m1", MID)),
        line("adbreakend", "break_end", {"adBreak": MID}),
        PLAY,
        PLAYING,
    ],
    # Before 2.85.1 (csai) `ended` came before `adbreakend`; before 2.59.0 (IMA) twice; comScore's isAfterPostRoll.
    "post-roll with ended before adbreakend": [
        LOADED,
        PLAY,
        PLAYING,
        line("adbreakbegin", "break_start offset=-1 length=1", {"adBreak": POST}),
        line("adbegin", "ad_start asset_id=p1 position=1 length=1", ad("p1", POST)),
        PLAYING,
        line("adend", "ad_end", ad("p1", POST)),
        line("ended", "ended", ended=True),
        line("adbreakend", "break_end", {"adBreak": POST}),
        line("playing"),
        line("ended", "ended", ended=True),
        PLAY,
        PLAYING,
    ],
    "post-roll without ended": [
        LOADED,
        PLAY,
        PLAYING,
        line("adbegin", "break_start offset=-1 length=1 | ad_start asset_id=p1 position=1 length=1", ad("p1", POST)),
        PLAYING,
        line("adend", "ad_end", ad("p1", POST)),
        line("adbreakend", "break_end", {"adBreak": POST}),
        line("playing"),
        line("ended", "ended", ended=True),
    ],
    "post-roll after ended, paused within": [
        LOADED,
        PLAY,
        PLAYING,
        line("ended", "ended", ended=True),
        line("adbreakbegin", "break_start offset=-1 length=1", {"adBreak": POST}),
        line("adbegin", "ad_start asset_id=p1 position=1 length=1", ad("p1", POST)),
        PLAYING,
        line("pause", "pause", ended=True),
        PLAY,
        PLAYING,
        line("adend", "ad_end", ad("p1", POST)),
        line("adbreakend", "break_end", {"adBreak": POST}),
        line("playing"),
    ],
    "dai mid-roll: frames never stop": [
        LOADED,
        PLAY,
        PLAYING,
        line("adbreakbegin", "break_start length=2", {"adBreak": DAI_MID}, duration=1800),
        line(
            "adbegin",
            "ad_start asset_id=d1 position=1 length=2 | ad_frame",
            ad("d1", DAI_MID, integration="google-dai"),
        ),
        line("adfirstquartile", "ad_quartile quartile=1", ad("d1", DAI_MID)),
        line("adend", "ad_end", ad("d1", DAI_MID)),
        line(
            "adbegin",
            "ad_start asset_id=d2 position=2 length=2 | ad_frame",
            ad("d2", DAI_MID, integration="google-dai"),
        ),
        line("adend", "ad_end", ad("d2", DAI_MID)),
        line("adbreakend", "break_end | playing", {"adBreak": DAI_MID}),
    ],
    "dai pre-roll: the first frame is still to come": [
        LOADED,
        line("adbreakbegin", "break_start offset=0 length=1", {"adBreak": pod(0, "d1", integration="google-dai")}),
        PLAY,
        line("adbegin", "ad_start asset_id=d1 position=1 length=1", ad("d1", pod(0, "d1", integration="google-dai"))),
        PLAYING,
        line("adend", "ad_end", ad("d1")),
        line("adbreakend", "break_end | playing", {"adBreak": pod(0, "d1", integration="google-dai")}),
    ],
    "dai post-roll by its length": [
        LOADED,
        PLAY,
        PLAYING,
        line("adbreakbegin", "break_start offset=-1 length=2", {"adBreak": DAI_MID}, duration=640),
        line("adbegin", "ad_start asset_id=d1 position=1 length=2 | ad_frame", ad("d1", DAI_MID)),
        line("adend", "ad_end", ad("d1", DAI_MID)),
        line("adbreakend", "break_end", {"adBreak": DAI_MID}),
        line("ended", "ended"),
    ],
    "dai paused at the ad's begin": [
        LOADED,
        PLAY,
        PLAYING,
        line("pause", "pause"),
        line("adbreakbegin", "break_start length=2", {"adBreak": DAI_MID}),
        line("adbegin", "ad_start asset_id=d1 position=1 length=2", ad("d1", DAI_MID)),
        PLAY,
        PLAYING,
    ],
    "dai paused within the ad, which then ends": [
        LOADED,
        PLAY,
        PLAYING,
        line("adbreakbegin", "break_start length=2", {"adBreak": DAI_MID}),
        line("adbegin", "ad_start asset_id=d1 position=1 length=2 | ad_frame", ad("d1", DAI_MID)),
        line("pause", "pause"),
        line("adbreakend", "break_end", {"adBreak": DAI_MID}),
    ],
    "dai after the end": [
        LOADED,
        PLAY,
        PLAYING,
        line("ended", "ended"),
        line("adbreakbegin", "break_start length=2", {"adBreak": DAI_MID}),
        line("adbegin", "ad_start asset_id=d1 position=1 length=2", ad("d1", DAI_MID)),
        PLAYING,
        line("adend", "ad_end", ad("d1", DAI_MID)),
        line("adbreakend", "break_end", {"adBreak": DAI_MID}),
    ],
    "dai stalled at the ad's begin": [
        LOADED,
        PLAY,
        PLAYING,
        line("waiting", "waiting"),
        line("adbreakbegin", "break_start length=2", {"adBreak": DAI_MID}),
        line("adbegin", "ad_start asset_id=d1 position=1 length=2", ad("d1", DAI_MID)),
        line("adimpression", "ad_frame", ad("d1", DAI_MID)),
        line("adend", "ad_end", ad("d1", DAI_MID)),
        line("adbreakend", "break_end | playing", {"adBreak": DAI_MID}),
    ],
    "dai broken within the ad": [
        LOADED,
        PLAY,
        PLAYING,
        line("adbreakbegin", "break_start length=2", {"adBreak": DAI_MID}),
        line("adbegin", "ad_start asset_id=d1 position=1 length=2 | ad_frame", ad("d1", DAI_MID)),
        line("error", "fault code=6000", {"error": "x", "errorObject": {"code": 6000}}),
        line("adbreakend", "break_end", {"adBreak": DAI_MID}),
    ],
    "dai named by its ads only": [
        LOADED,
        PLAY,
        PLAYING,
        line("adbreakbegin", "break_start offset=0", {"adBreak": {"timeOffset": 0}}),
        line("adbegin", "ad_start asset_id=d1 position=1 | ad_frame", ad("d1", integration="google-dai")),
        line("adend", "ad_end", ad("d1")),
        line("adbreakend", "break_end | playing", {"adBreak": {"timeOffset": 0}}),
    ],
    "live dai: one clock": [
        LOADED,
        PLAY,
        line("playing", "playing", duration=None, live=True),
        line("durationchange", "report", {"duration": None}, duration=None, live=True),
        line("adbreakbegin", "break_start offset=600 length=2", {"adBreak": DAI_MID}, duration=None, live=True),
        line("adbegin", "ad_start asset_id=d1 position=1 length=2 | ad_frame", ad("d1", DAI_MID), live=True),
        line("adbreakend", "break_end | playing", {"adBreak": DAI_MID}, live=True),
    ],
    # Before 10.5.0 an extra `adbegin` after an error; before 11.2.0 an extra `playing` after the break.
    "theoads: slate, error, extra adbegin": [
        LOADED,
        PLAY,
        PLAYING,
        line(
            "adbreakbegin",
            "break_start pod_id=interstitial-7 offset=90 length=2",
            {"adBreak": pod(90, "t1", "t2", integration="theoads", id="interstitial-7")},
        ),
        line("adbegin", "", ad("slate", pod(90, "t1", "t2", integration="theoads"), isSlate=True)),
        line("adend", "", ad("slate", isSlate=True)),
        line(
            "adbegin",
            "ad_start asset_id=t1 position=1 length=2 | ad_frame",
            ad("t1", pod(90, "t1", "t2", integration="theoads")),
        ),
        line("aderror", "ad_fail", {}),
        line("adbegin", "", ad("t1", pod(90, "t1", "t2", integration="theoads"))),
        line("adend", "", ad("t1")),
        line(
            "adbegin",
            "ad_start asset_id=t2 position=2 length=2 | ad_frame",
            ad("t2", pod(90, "t1", "t2", integration="theoads")),
        ),
        line("adend", "ad_end", ad("t2")),
        line("adbreakend", "break_end | playing", {"adBreak": pod(90, integration="theoads")}),
        PLAYING,
    ],
    "custom server-side integration": [
        LOADED,
        PLAY,
        PLAYING,
        line(
            "adbegin",
            "break_start length=1 | ad_start asset_id=y1 position=1 length=1 | ad_frame",
            ad("y1", pod(9, "y1", integration="yospace")),
        ),
        line("adbreakend", "break_end | playing", {"adBreak": pod(9, integration="yospace")}),
    ],
    # UplynkAdBreak has no `timeOffset`, UplynkAd no `type`: the voice that says it all a second time.
    "uplynk in both voices": [
        LOADED,
        PLAY,
        PLAYING,
        line("adbreakbegin", "break_start offset=0 length=1", {"adBreak": pod(0, "u1", integration="uplynk")}),
        line("adbreakbegin", "", {"adBreak": {"startTime": 0, "duration": 8, "ads": []}}),
        line(
            "adbegin",
            "ad_start asset_id=u1 position=1 length=1 | ad_frame",
            ad("u1", pod(0, "u1", integration="uplynk")),
        ),
        line("adbegin", "", {"ad": {"startTime": 0, "endTime": 8, "duration": 8, "creative": "u"}}),
        line("adend", "ad_end", ad("u1")),
        line("adend", "", {"ad": {"startTime": 0, "endTime": 8}}),
        line("adcomplete"),
        line("adbreakend", "break_end | playing", {"adBreak": pod(0)}),
        line("adbreakend", "", {"adBreak": {"startTime": 0}}),
    ],
    "overlay opens no break": [
        LOADED,
        PLAY,
        PLAYING,
        line("adbreakbegin", "", {"adBreak": OVERLAY}),
        line("adbegin", "", {"ad": {"id": "o1", "type": "nonlinear", "adBreak": OVERLAY}}),
        line("adimpression", "", {"ad": {"id": "o1", "type": "nonlinear"}}),
        line("adend", "", {"ad": {"id": "o1", "type": "nonlinear"}}),
        line("adbreakend", "", {"adBreak": OVERLAY}),
        PLAYING,
    ],
    "double family": [
        LOADED,
        PLAY,
        line("adbreakbegin", "break_start offset=0 length=2", {"adBreak": PRE}),
        line("adbreakbegin", "", {"adBreak": PRE}),
        line("adbegin", "ad_start asset_id=a1 position=1 length=2", ad("a1", PRE)),
        line("adbegin", "", ad("a1", PRE)),
        PLAYING,
        line("adbegin", "", ad("a1", PRE)),
        line("adend", "ad_end", ad("a1", PRE)),
        line("adend", "", ad("a1", PRE)),
        line("adbegin", "ad_start asset_id=a2 position=2 length=2", ad("a2", PRE)),
        line("adend", "", ad("a1", PRE)),
        line("adbreakend", "break_end", {"adBreak": PRE}),
        line("adbreakend", "", {"adBreak": PRE}),
    ],
    "double family, nothing listed": [
        LOADED,
        PLAY,
        line("adbegin", "break_start offset=0 | ad_start asset_id=a1 position=1", ad("a1", pod(0))),
        PLAYING,
        line("adbegin", "", ad("a1", pod(0))),
        line("adend", "", {"ad": {"type": "nonlinear"}}),
        line("adend", "ad_end", ad("a1")),
    ],
    "breaks without an end between them": [
        LOADED,
        PLAY,
        line("adbegin", "break_start offset=0 | ad_start asset_id=a1 position=1", ad("a1", pod(0))),
        line("adbreakbegin", "break_end | break_start offset=60.5 length=1", {"adBreak": MID}),
        line("adbegin", "ad_start asset_id=m1 position=1 length=1", ad("m1", MID)),
    ],
    "one ad twice in a pod": [
        LOADED,
        PLAY,
        line(
            "adbegin",
            "break_start offset=0 length=2 | ad_start asset_id=h position=1 length=2",
            ad("h", pod(0, "h", "h")),
        ),
        line("adend", "ad_end", ad("h")),
        line("adbegin", "ad_start asset_id=h position=2 length=2", ad("h", pod(0, "h", "h"))),
        line("adend", "ad_end", ad("h")),
        line("adbegin", "", ad("h", pod(0, "h", "h"))),
    ],
    "lists that are short, ids that are missing": [
        LOADED,
        PLAY,
        line("adbegin", "break_start offset=0 | ad_start asset_id=cr1 position=1", ad(None, pod(0), creativeId="cr1")),
        line("adend", "ad_end", ad(None)),
        line("adbegin", "ad_start asset_id=a2 position=2", ad("a2", pod(0, "a2"))),
        line("adend", "ad_end", ad("a2")),
        line("adbegin", "ad_start position=3", ad(None)),
        line("adend", "ad_end", ad(None)),
    ],
    # A recorder has to cut the cycle of ad and break somewhere.
    "ads that do not name their break": [
        LOADED,
        PLAY,
        PLAYING,
        line("adbreakbegin", "break_start length=2", {"adBreak": DAI_MID}),
        line("adbegin", "ad_start asset_id=d2 position=2 length=2 | ad_frame", ad("d2")),
        line("adend", "ad_end", ad("d2")),
        line("adbreakend", "break_end | playing"),
    ],
    "playing ahead of the second ad": [
        LOADED,
        PLAY,
        line("adbegin", "break_start offset=0 length=2 | ad_start asset_id=a1 position=1 length=2", ad("a1", PRE)),
        PLAYING,
        line("adend", "ad_end", ad("a1")),
        line("playing"),
        line("adbegin", "ad_start asset_id=a2 position=2 length=2 | ad_frame", ad("a2", PRE)),
    ],
    # Before 6.3.0 no `playing` came with an IMA ad.
    "ima without playing": [
        LOADED,
        PLAY,
        line("adbegin", "break_start offset=0 length=2 | ad_start asset_id=a1 position=1 length=2", ad("a1", PRE)),
        line("adimpression", "ad_frame", ad("a1", PRE)),
        line("adfirstquartile", "ad_quartile quartile=1", ad("a1", PRE)),
        line("adend", "ad_end", ad("a1", PRE)),
        line("adbegin", "ad_start asset_id=a2 position=2 length=2", ad("a2", PRE)),
        line("adfirstquartile", "ad_frame | ad_quartile quartile=1", ad("a2", PRE)),
    ],
    "skip": [
        LOADED,
        PLAY,
        line("adbegin", "break_start offset=0 length=2 | ad_start asset_id=a1 position=1 length=2", ad("a1", PRE)),
        PLAYING,
        line("adskip", "ad_skip", {**ad("a1", PRE), "playedPercentage": 0.4}),
        line("adend", "", ad("a1", PRE)),
        line("adbreakend", "break_end", {"adBreak": PRE}),
    ],
    "another source during an ad": [
        LOADED,
        PLAY,
        line("adbegin", "break_start offset=0 length=2 | ad_start asset_id=a1 position=1 length=2", ad("a1", PRE)),
        PLAYING,
        line("sourcechange", f"load source={OTHER} instead=True", source(OTHER)),
        line("adbreakend", "", {"adBreak": PRE}),
        PLAY,
        PLAYING,
    ],
    "sources in all their shapes": [
        line("sourcechange", "load source=a.mp4", {"source": {"sources": "a.mp4"}}),
        line("sourcechange", "load source=b.mp4", {"source": {"sources": {"src": "b.mp4"}}}),
        line("sourcechange", "load source=c.mpd", {"source": {"sources": ["c.mpd", {"src": "d.m3u8"}]}}),
        line("sourcechange", "load source=e.mp4", {"source": "e.mp4"}),
        line("sourcechange", "load source=dai.m3u8", {"source": {"sources": [{"ssai": {}}]}}, source="dai.m3u8"),
        line("sourcechange", "load", None),
        line("sourcechange", "load", {"source": {"sources": []}}, source=""),
        line("sourcechange", "dispose", {"source": None}),
        line("destroy", "dispose"),
    ],
    # Before 10.11.0 autoplay said `play` ahead of `sourcechange`.
    "play ahead of the next source": [
        LOADED,
        line("play", "play", source=MOVIE),
        line("playing", "playing", source=MOVIE),
        line("ended", "ended", source=MOVIE),
        line("play", f"load source={OTHER} | play", source=OTHER),
        line("sourcechange", "", source(OTHER), source=OTHER),
        line("playing", "playing", source=OTHER),
        line("sourcechange", f"load source={OTHER}", source(OTHER), source=OTHER),
    ],
    "play ahead of a source change that is not told": [
        line("play", "play", source=MOVIE),
        line("playing", "playing", source=MOVIE),
        line("ended", "ended", source=MOVIE),
        line("play", f"load source={OTHER} | play", source=OTHER),
        line("playing", "playing", source=OTHER),
        line("sourcechange", f"load source={OTHER}", source(OTHER), source=OTHER),
    ],
    "replay": [
        LOADED,
        line("play", "play", source=MOVIE),
        line("playing", "playing", source=MOVIE),
        line("ended", "ended", source=MOVIE),
        line("play", "play", source=MOVIE),
        line("playing", "playing", source=MOVIE),
    ],
    "seek": [
        LOADED,
        PLAY,
        PLAYING,
        line("seeking", "seek_start", {"currentTime": 40}),
        line("seeking", "seek_start", {"currentTime": 50}),
        line("waiting", "waiting"),
        line("seeked", "seek_end", {"currentTime": 50}),
        PLAYING,
    ],
    "errors": [
        line("error", "fault code=4000", {"error": "x", "errorObject": {"code": 4000, "category": 4, "message": "x"}}),
        line("error", "fault code=10000", {"error": "x", "errorObject": {"code": 10000}}),
        line("error", "fault", {"error": "an old player's text"}),
        line("error", "fault", None),
        line("error", "", {"errorObject": {"code": 8000}}),
        line("error", "", {"errorObject": {"code": 9001}}),
        line("error", "", {"errorObject": {"code": 11000}}),
        line("error", "", {"error": {"errorCode": "SESSION_ERROR", "description": "x"}}),
        line("offline"),
        line("aderror", "", {"message": "no ad is open"}),
    ],
    "quality": [
        line(
            "activequalitychanged",
            "renditions offered=[(720, 2500000, 25)] | quality height=720 bitrate=2500000 framerate=25",
            {"quality": {"bandwidth": 2_500_000, "width": 1280, "height": 720, "frameRate": 25}},
        ),
        line(
            "activequalitychanged",
            "renditions offered=[(360, 800000, None)] | quality height=360 bitrate=800000",
            {"quality": {"bandwidth": 800_000, "height": 360, "frameRate": 0}},
        ),
        line("activequalitychanged", "", {"quality": {"bandwidth": 128_000, "audioSamplingRate": 48_000}}),
        line("activequalitychanged", "", {}),
        line("targetqualitychanged", "", {"quality": None, "qualities": []}),
        line("representationchange", "report"),
        line("resize", "quality"),
    ],
}


@pytest.mark.parametrize("name", CASES)
def test_theoplayer_says(name: str) -> None:
    lines = CASES[name]
    assert run(lines) == [(one.type, one.says) for one in lines]


@pytest.mark.parametrize(
    "payload", [None, [], "x", {"ad": 1}, {"ad": None, "adBreak": []}, {"source": [None]}, {"ad": {"type": []}}]
)
@pytest.mark.parametrize("native", sorted(adapter.rows["player"]))
def test_theoplayer_rows_take_any_payload(native: str, payload: Any) -> None:
    memory: dict[str, Any] = {}
    raw = {"t": 0, "src": "player", "type": native, "data": payload, "state": {}}
    for _ in range(2):
        hear(raw, memory)
    assert json.loads(json.dumps(memory)) == memory


@pytest.mark.parametrize(
    "native",
    [
        "contentprotectionerror",
        "manifesterror",
        "segmenterror",
        "segmentnotfound",
        "contentsteeringerror",
        "interstitialbegin",
    ],
)
def test_theoplayer_knows_what_is_not_fatal(native: str) -> None:
    assert adapter.knows("player", native)
    assert adapter.rows["player"].get(native) is None


def test_theoplayer_does_not_hear_the_element() -> None:
    assert set(adapter.rows["media"].values()) == {None}
    assert adapter.knows("media", "playing")


def test_stitched_ads_keep_content_time() -> None:
    """A stitched ad goes on where the stream's clock is; ad and content are told in their own time."""
    seen = {"duration": 120, "paused": False}
    ad = {"id": "x1", "type": "linear", "duration": 10, "integration": "google-dai"}
    ad_break = {"timeOffset": 60, "ads": [{"id": "x1"}], "integration": "google-dai"}
    steps: list[tuple[float, str, float, dict[str, Any]]] = [(0, "play", 0, {}), (0.1, "playing", 0, {})]
    steps += [(0.1 + i / 4, "timeupdate", i / 4, {}) for i in range(1, 241)]
    steps += [(60.3, "adbreakbegin", 60.1, {"adBreak": ad_break})]
    steps += [(60.31, "adbegin", 60.1, {"ad": {**ad, "adBreak": ad_break}})]
    steps += [(60.3 + i / 4, "timeupdate", 60.1 + i / 4, {}) for i in range(1, 40)]
    steps += [
        (70.3, "adend", 70.1, {"ad": {**ad, "adBreak": ad_break}}),
        (70.31, "adbreakend", 70.1, {"adBreak": ad_break}),
    ]
    steps += [(70.3 + i / 4, "timeupdate", 70.1 + i / 4, {}) for i in range(1, 60)]
    lines = [
        json.dumps(
            {"session": "s", "seq": seq, "t": int(1.795e12 + at * 1000), "player": "theoplayer@11.4.0", "src": "player"}
            | {"type": type_, "data": data, "state": {**seen, "currentTime": position}}
        ).encode()
        for seq, (at, type_, position, data) in enumerate(steps)
    ]
    told = [
        (t.event.removeprefix("Video "), t.properties["position"], t.properties.get("quartile")) for t in replay(lines)
    ]
    assert told[8:] == [
        ("Content Completed", 60, None),
        ("Ad Started", 0, None),
        ("Ad Playing", 2, 1),
        ("Ad Playing", 5, 2),
        ("Ad Playing", 7, 3),
        ("Ad Completed", 10, None),
        ("Content Started", 60, None),
        ("Content Playing", 70, None),
        ("Playback Interrupted", 84, None),
    ]
