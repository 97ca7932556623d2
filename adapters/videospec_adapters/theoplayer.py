"""THEOplayer for the Web (OptiView Player), 2.x to 11.x: the player's own voice, which is `player`, `player.ads`, its
video tracks and its presentation, all as src `player`. One media element may carry content and ads: it is not heard.

Source: the typings (npm theoplayer 11.4.0, named by type), the vendor's guides and release notes (named by version) and
its open-source connectors; docs/reference/adapters/theoplayer.md says which is for what.

Two kinds of ads, told apart by `Ad.integration`. The player plays the ad itself: a `playing` comes after `adbegin`, and
that is the ad's first frame. Or the ad is in the stream or guided by the server: frames never stop, so `adbegin` and
`adbreakend` are all there is. In the stream all times are *stream* time, and the payload has no content time (that is
a call, GoogleDAI.contentTimeForStreamTime): a mid-roll's offset is left out there, positions stay as told.
"""

from collections.abc import Callable
from typing import Any, Final

from videospec import player_events as say
from videospec.adapter import TICK, Adapter, Heard, Row, Says, merged
from videospec_adapters.html5 import ELEMENT_NAMES, PAGE, fault, silent

# AdIntegrationKind, of which "" and an absent one mean csai. All others are server-side: "google-dai", and the names of
# Ads.registerServerSideIntegration (Uplynk, Yospace, MediaTailor). "theoads" is guided: own ads on the content's clock.
PLAYED_BY_PLAYER: Final = frozenset({"", "csai", "theo", "google-ima", "spotx", "freewheel"})
ON_CONTENT_CLOCK: Final = PLAYED_BY_PLAYER | {"theoads"}
_MOST_BEGUN: Final = 200
# ErrorCategory (code // 1000) of text tracks, VR and presentation: they have an `error` of their own, not fatal (faq 15).
NOT_PLAYBACK: Final = frozenset({8, 9, 11})
# ErrorCode of what was not fetched: MANIFEST_LOAD_ERROR, MEDIA_LOAD_ERROR, NETWORK_ERROR, NETWORK_TIMEOUT. The player's own
# `offline` is about the manifest (NetworkEventMap), the page's about the device.
OF_NETWORK: Final = frozenset({4000, 5001, 6000, 6001})


def notes_of(heard: Heard) -> dict[str, Any]:
    """What earlier lines said: `rolls` frames move · `over` the content has ended · `url` the source while it played ·
    `early` a source taken for loaded before its `sourcechange` · `brk` the open break · `ad` the open ad."""
    notes: dict[str, Any] = heard.memory.setdefault("theo", {})
    return notes


def as_object(value: Any) -> dict[str, Any]:
    """A JSON object, or an empty one."""
    return value if isinstance(value, dict) else {}


def first_url(heard: Heard) -> str | None:
    """The first URL of a SourceDescription (`sources` is one Source or a list, a Source a text or a TypedSource)."""
    source = heard.data.get("source")
    sources = source.get("sources") if isinstance(source, dict) else source
    first = sources[0] if isinstance(sources, list) and sources else sources
    url = first.get("src") if isinstance(first, dict) else first
    return url if url and isinstance(url, str) else heard.seen.source or None


def load(heard: Heard) -> Says:
    """`sourcechange`: `source` is undefined when the page takes it away. It ends a break: IMA's, before 2.50.0, came
    without `adend` and `adbreakend`."""
    notes, url = notes_of(heard), first_url(heard)
    if notes.pop("early", False) in (heard.seen.source, url):
        return
    instead = "brk" in notes
    notes.clear()
    if heard.data.get("source", "") is None and url is None:
        yield say.Dispose(heard.at, heard.seen)
    else:
        yield say.Load(heard.at, heard.seen, source=url, instead=instead)


def play(heard: Heard) -> Says:
    """Before 10.11.0 autoplay over an ended stream said `play` ahead of its `sourcechange`."""
    notes, url = notes_of(heard), heard.seen.source
    if notes.get("over") and "brk" not in notes:
        known = notes.get("url", url)
        notes.clear()
        if url is not None and url != known:
            notes["early"] = url
            yield say.Load(heard.at, heard.seen, source=url)
    yield say.Play(heard.at, heard.seen)


def playing(heard: Heard) -> Says:
    """Frames of the open ad, or of the content. In a break without an open ad they are the content's, told when the
    break is over; after a post-roll they are nothing, the content is put back (both by the comScore connector)."""
    notes = notes_of(heard)
    if notes.get("over") and "brk" not in notes:
        return
    notes.pop("early", None)
    notes["rolls"] = True
    if "ad" in notes:
        notes["ad"]["shown"] = True
    elif "brk" in notes:
        notes["brk"]["held"] = True
        return
    elif heard.seen.source:
        notes["url"] = heard.seen.source
    yield say.Playing(heard.at, heard.seen)


def pause(heard: Heard) -> Says:
    """The pause of an end is no pause; yet a post-roll can be paused when the content has ended."""
    notes = notes_of(heard)
    notes["rolls"] = False
    if not heard.seen.ended or "ad" in notes:
        yield say.Pause(heard.at, heard.seen)


def waiting(heard: Heard) -> Says:
    """`waiting`, and `adbuffering` of Google IMA: "stalled playback to buffer"."""
    notes_of(heard)["rolls"] = False
    yield say.Buffering(heard.at, heard.seen)


def ended(heard: Heard) -> Says:
    """The content's end; before 2.85.1 (csai) it came before the `adbreakend` of a post-roll."""
    notes_of(heard).update(rolls=False, over=True)
    yield say.Ended(heard.at, heard.seen)


def error(heard: Heard) -> Says:
    """The player's ErrorEvent. ChromecastErrorEvent.error is an object, its own `error` a text."""
    code = heard.count("errorObject", "code")
    if not isinstance(heard.data.get("error"), dict) and (code is None or code // 1000 not in NOT_PLAYBACK):
        notes_of(heard)["rolls"] = False
        yield from fault(heard, None if code is None else str(code), network=code in OF_NETWORK)


def counts(ad: dict[str, Any]) -> bool:
    """Whether an ad takes a place in its break: no overlay, no slate (OptiView Ads), no UplynkAd (it has no `type`)."""
    return ad.get("type") == "linear" and ad.get("isSlate") is not True


def break_of(heard: Heard) -> dict[str, Any]:
    """The AdBreak of an AdBreakEvent, or of an AdEvent's ad, as it is noted: `at` its timeOffset as told, `offset` the
    same in content seconds, `place` the position of the latest ad, `begun` the ads so far."""
    ad = as_object(heard.data.get("ad"))
    said = as_object(heard.data.get("adBreak")) or as_object(ad.get("adBreak"))
    kind = str(ad.get("integration") or said.get("integration") or "")
    at, end = said.get("timeOffset"), heard.seen.duration
    at = at if isinstance(at, int | float) else None
    offset = at if at is None or at >= 0 else -1
    # Live has one clock: contentTimeForStreamTime "returns the given stream time for live streams".
    if at is not None and at > 0 and kind not in ON_CONTENT_CLOCK and not heard.seen.live:
        # In the stream, a break that lasts to its end is a post-roll (the comScore connector's rule).
        length = heard.number("adBreak", "maxDuration") or heard.number("ad", "adBreak", "maxDuration") or 0
        offset = -1 if end is not None and end <= at + length else None
    ads = heard.items("adBreak", "ads") or heard.items("ad", "adBreak", "ads")
    return {
        "at": at,
        "offset": offset,
        "stitched": kind not in PLAYED_BY_PLAYER,
        # A mere count with Google ("the pod index of the ad break"), an identifier elsewhere.
        "id": None if kind.startswith("google") else heard.text("adBreak", "id") or heard.text("ad", "adBreak", "id"),
        "ads": [one.get("id") for one in ads if counts(one)],
        "overlay": bool(ads) and all(one.get("type") == "nonlinear" for one in ads),
        "place": 0,
        "begun": [],
    }


def break_start(heard: Heard) -> Says:
    """`adbreakbegin`, or an `adbegin` without one. An AdBreak has its `timeOffset`; what has none is Uplynk's own voice
    (UplynkAdBreak), which by the vendor's guide says the same once more. Before 2.59.0 csai said `adbreakbegin` too
    often; no two breaks have the same `timeOffset` (ServerSideAdIntegrationController.createAdBreak)."""
    notes, brk = notes_of(heard), break_of(heard)
    if brk["at"] is None or brk["overlay"] or ("brk" in notes and notes["brk"]["at"] == brk["at"]):
        return
    yield from break_end(heard)
    notes["brk"] = brk
    yield say.BreakStart(heard.at, heard.seen, pod_id=brk["id"], offset=brk["offset"], length=len(brk["ads"]) or None)


def break_end(heard: Heard) -> Says:
    """`adbreakend`. Where frames never stopped, the content plays again without a word (OptiView Ads: since 11.2.0)."""
    notes = notes_of(heard)
    brk = notes.pop("brk", None)
    notes.pop("ad", None)
    if brk is None:
        return
    notes["over"] = notes.get("over") or (brk["at"] or 0) < 0
    yield say.BreakEnd(heard.at, heard.seen)
    if (brk["stitched"] or "held" in brk) and notes.get("rolls") and not notes["over"] and brk["offset"] != -1:
        yield say.Playing(heard.at, heard.seen)


def ad_id(heard: Heard) -> str | None:
    """Ad.id, "the identifier of the creative", or Ad.creativeId."""
    return heard.text("ad", "id") or heard.text("ad", "creativeId")


def ad_start(heard: Heard) -> Says:
    """`adbegin`, once an ad: before 10.5.0 OptiView Ads said it once more after an ad's error."""
    notes, ad, asset_id = notes_of(heard), as_object(heard.data.get("ad")), ad_id(heard)
    if not counts(ad) or ("ad" in notes and notes["ad"]["id"] == asset_id):
        return
    if "brk" not in notes:
        yield from break_start(heard)
    said = break_of(heard)
    brk = notes.setdefault("brk", said)
    brk["stitched"], listed = brk["stitched"] or said["stitched"], said["ads"] or brk["ads"]
    places = [n for n, one in enumerate(listed, 1) if one == ad.get("id") is not None]
    if 0 < len(places) <= brk["begun"].count(asset_id):
        return
    # A `playing` between two ads of a break was the later one's.
    early = brk.pop("held", False) and brk["place"] > 0
    brk["place"] = position = next((n for n in places if n > brk["place"]), brk["place"] + 1)
    brk["begun"] = [*brk["begun"][-_MOST_BEGUN:], asset_id]
    # An ad in the stream shows at once, unless no frame moves yet: then `playing` is still to come.
    shown = bool((brk["stitched"] or early) and notes.get("rolls"))
    notes["ad"] = {"id": asset_id, "shown": shown}
    # "Ads are lazily loaded" (AdBreak.maxDuration), so the list may be short of those to come.
    length = len(listed) if len(listed) >= position else None
    title, duration = heard.text("ad", "title"), heard.number("ad", "duration") or None
    yield say.AdStart(
        heard.at, heard.seen, asset_id=asset_id, title=title, position=position, length=length, duration=duration
    )
    if shown:
        yield say.AdFrame(heard.at, heard.seen)


def is_open(heard: Heard) -> bool:
    """Whether a line is about the open ad; one that names no ad is (`aderror` names none)."""
    ad, named = notes_of(heard).get("ad"), ad_id(heard)
    mine = ad is not None and (named is None or ad["id"] in (None, named))
    return mine and heard.text("ad", "type") != "nonlinear"


def closes(word: type[say.PlayerEvent]) -> Callable[[Heard], Says]:
    """A row that ends the open ad."""

    def row(heard: Heard) -> Says:
        if is_open(heard):
            del notes_of(heard)["ad"]
            yield word(heard.at, heard.seen)

    return row


def reaches(quartile: int) -> Callable[[Heard], Says]:
    """A row of an impression (0) or a quartile: also the first frame where `playing` was missing (IMA before 6.3)."""

    def row(heard: Heard) -> Says:
        notes = notes_of(heard)
        if is_open(heard):
            if not notes["ad"]["shown"]:
                yield say.AdFrame(heard.at, heard.seen)
            notes["ad"]["shown"] = notes["rolls"] = True
            if quartile:
                yield say.AdQuartile(heard.at, heard.seen, quartile=quartile)

    return row


def quality(heard: Heard) -> Says:
    """MediaTrack.activeQuality is "the quality that is currently being played"; an AudioQuality has no height."""
    height, bitrate = heard.count("quality", "height"), heard.number("quality", "bandwidth")
    rate = heard.number("quality", "frameRate") or None
    if height and bitrate:
        yield say.Renditions(heard.at, heard.seen, offered=[(height, bitrate, rate)])
        yield say.QualityShown(heard.at, heard.seen, height=height, bitrate=bitrate, framerate=rate)


PLAYER: Final[dict[str, Row]] = {
    "sourcechange": load,
    "play": play,
    "playing": playing,
    "pause": pause,
    "seeking": say.SeekStart,
    "seeked": say.SeekEnd,
    "waiting": waiting,
    "adbuffering": waiting,
    "timeupdate": TICK,
    "ended": ended,
    "error": error,
    "destroy": say.Dispose,
    "adbreakbegin": break_start,
    "adbegin": ad_start,
    "adimpression": reaches(0),
    "adfirstquartile": reaches(1),
    "admidpoint": reaches(2),
    "adthirdquartile": reaches(3),
    "adend": closes(say.AdEnd),
    "adskip": closes(say.AdSkip),
    "aderror": closes(say.AdFail),
    "adbreakend": break_end,
    "activequalitychanged": quality,
    "resize": say.QualityShown,
    "volumechange": say.Report,
    **dict.fromkeys(("durationchange", "presentationmodechange", "ratechange", "representationchange"), say.Report),
    # Loading, schedules, tracks, casting, errors that the player outlives; OptiView's own, told by `player.ads` too.
    **silent(
        "canplay canplaythrough currentsourcechange dimensionchange emptied encrypted loadeddata loadedmetadata "
        "loadstart offline online progress readystatechange change targetqualitychanged castingchange statechange "
        "adbreakchange adbreakskip adcomplete adloaded admetadata adsmanagerloaded fallback intenttofallback "
        "endpointloaded enterbadnetworkmode exitbadnetworkmode"
    ),
}

adapter = Adapter(
    name="theoplayer",
    also=("theo", "THEOplayer"),
    proven="typings",
    rows=merged(PAGE, {"player": PLAYER, "media": silent(ELEMENT_NAMES)}),
    ignores=("add", "content", "distribution", "interstitial", "manifest", "quality", "remove", "segment", "update"),
)
