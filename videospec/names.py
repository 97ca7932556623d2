"""What things are called: contents, content pods, ad pods and ads; and how long they are.

Names come from the log's metadata and ad schedule, then from the player, then from here
(docs/reference/names.md has the order).
"""

from collections.abc import Sequence

import msgspec

from videospec.player_events import (
    AD_TYPES,
    MID,
    POST,
    PRE,
    AdSlot,
    AdStart,
    BreakStart,
    Content,
    Named,
)
from videospec.pods import Ad, AdBreak, as_pods
from videospec.texts import LONGEST_ID, fit

# A mid-roll this far behind the playhead that was not shown was passed over.
PASSED_S = 2.0
_NO_CONTENT = Content()


class Names(msgspec.Struct, omit_defaults=True, gc=False):
    """Who watches what. Mutable; one a viewing."""

    user_id: str | None = None
    anonymous_id: str | None = None
    context: tuple[str, ...] | None = None
    """Segment's context as the JSON of its members: sent often, read never."""
    playlist: tuple[Content, ...] = ()
    """All contents, where there is more than the one that is in the player."""
    pods: tuple[tuple[AdSlot, ...], ...] = ()
    """The ad schedule as ad pods, in its own order."""
    index: int = 0
    source: str | None = None
    lengths: dict[int, float] | None = None
    """The length of each content, by index, as the player said it first."""
    sign: bool | None = None
    """The player's own word on whether the content is live."""
    pod: int = 0
    """The number of the content pod that is or was open, from 1; 0 before the first."""
    before: float = 0.0
    """Seconds of the contents and ads seen in the session before what is on."""
    rounds: float = 0.0
    """Those of them that are the content's earlier rounds (reading `loop`)."""
    ads_shown: float = 0.0
    """The whole lengths of the ads shown, without the ad that is on."""
    pods_played: tuple[int, ...] = ()
    """The pods of the schedule, by index, that were given to a break."""
    breaks: tuple[int, int, int] = (0, 0, 0)
    """Breaks announced so far, by type."""
    brk: AdBreak | None = None
    ad: Ad | None = None
    content: Content = _NO_CONTENT
    """The content that is in the player."""
    length: float | None = None
    """Its length in seconds: the metadata's, else what the player said first."""
    livestream: bool | None = None
    """Whether it is live: the metadata's word, else the player's sign; None is not known."""
    asset: str = "unknown"
    """Its id: the metadata's, else its source's URL, else `unknown`."""

    # -- content ---------------------------------------------------------------------------------------------------

    def update(self, named: Named) -> None:
        """Takes over what the metadata names."""
        self.user_id = named.user_id or self.user_id
        self.anonymous_id = named.anonymous_id or self.anonymous_id
        self.context = named.context or self.context
        # who sends the same schedule again and again takes back no ad that was shown
        if named.ads is not None and (pods := as_pods(tuple(named.ads))) != self.pods:
            self.pods, self.pods_played = pods, ()
            if self.brk is not None:
                self.brk.pod = None
        if named.contents is not None:
            contents = self.contents
            if len(named.contents) == 1 and len(contents) > 1:
                self._take((*contents[: self.index], named.contents[0], *contents[self.index + 1 :]))
            else:
                self.index = min(self.index, max(len(named.contents) - 1, 0))
                self._take(tuple(named.contents))
        self._current()

    @property
    def contents(self) -> tuple[Content, ...]:
        """All contents that are known."""
        return self.playlist or (() if self.content is _NO_CONTENT else (self.content,))

    def _take(self, contents: tuple[Content, ...]) -> None:
        one = len(contents) == 1 and not self.index
        self.content, self.playlist = contents[0] if one else _NO_CONTENT, () if one else contents

    def _current(self) -> None:
        """What follows from which content it is, and from what is known of it."""
        if self.playlist:
            self.content = self.playlist[self.index] if self.index < len(self.playlist) else _NO_CONTENT
        content = self.content
        stated = content.duration
        said = self.lengths.get(self.index) if self.lengths else None
        self.asset = self.asset_id(self.index)
        self.length = said if stated is None else float(stated)
        self.livestream = self.sign if content.livestream is None else content.livestream

    def asset_id(self, index: int) -> str:
        """The id of a content: the metadata's, else its source's URL, else `unknown`."""
        contents = self.contents
        content = contents[index] if index < len(contents) else _NO_CONTENT
        if content.asset_id is not None:
            return content.asset_id
        return fit(content.source_url or (index == self.index and self.source) or "unknown", LONGEST_ID)

    @property
    def bound(self) -> float | None:
        """The position that the playhead never passes: the length, of what is not live."""
        return None if self.livestream else self.length

    def learn_length(self, seconds: float) -> None:
        """Takes a length that the player says, if none is known."""
        if self.length is None:
            self.lengths = {**(self.lengths or {}), self.index: seconds}
            self._current()

    def learn_live(self, live: bool) -> None:
        """Takes the player's sign."""
        self.sign = live
        self._current()

    def find(self, source: str | None) -> int | None:
        """Which of the contents a source is, if its URL tells. A log may hold the end of a URL only, and that end may be
        everybody's (`index.m3u8`)."""
        if not source:
            return None
        urls = [content.source_url or "" for content in self.contents]
        ends = "/" + source.lstrip("/")
        found = [n for n, url in enumerate(urls) if url == source] or [
            n for n, url in enumerate(urls) if url.endswith(ends)
        ]
        return found[0] if len(found) == 1 else None

    def follows(self, source: str | None) -> int | None:
        """The content that begins when another source loads after an end: the one whose URL it is, else the next."""
        found = self.find(source)
        if found is not None:
            return found if found != self.index else None
        if self.index + 1 < len(self.contents):
            return self.index + 1
        if source and self.source and source != self.source and len(self.contents) < 2:
            return max(len(self.contents), self.index + 1)
        return None

    def go_to(self, index: int, position: float, source: str | None) -> None:
        """Another content begins, or the same once more; `position` is where the one before was left."""
        self.before += position
        if index == self.index:
            self.rounds += position
        contents = self.contents
        missing = (Content(source_url=self.source),) * (index - len(contents))
        self.index, self.pod, self.sign = index, 0, None
        self._take((*contents, *missing))
        self.source = source
        self._current()

    def begin_at(self, index: int | None, source: str | None) -> None:
        """The first source loads; its URL may tell which content it is."""
        self.index = self.index if index is None else index
        self.source = source or self.source
        self._current()

    def afresh(self, following: int | None, source: str | None) -> "Names":
        """The same names for a new viewing, of the same content or of the one that follows."""
        fresh = Names(
            user_id=self.user_id,
            anonymous_id=self.anonymous_id,
            context=self.context,
            pods=self.pods,
            index=self.index if following is None else following,
            source=source or self.source,
            lengths=self.lengths,
            sign=self.sign if following is None else None,
        )
        fresh._take(self.contents)
        fresh._current()
        return fresh

    # -- content pods ----------------------------------------------------------------------------------------------

    def pod_id(self) -> str:
        """The id of the content pod that is or was open: the metadata's, else `<asset>-pod-<n>`."""
        return _pod_id(self.content, self.asset, self.pod or 1)

    def assets_expected(self) -> list[str]:
        """The ids of all contents known."""
        return list(dict.fromkeys(self.asset_id(index) for index in range(max(len(self.contents), 1))))

    def pods_expected(self) -> list[str]:
        """The ids of all content pods that the schedule divides the contents into."""
        middles = sum(pod[0].type == MID for pod in self.pods)
        counts = [1 + (middles if index == self.index else 0) for index in range(max(len(self.contents), 1))]
        contents = self.contents or (_NO_CONTENT,)
        return [
            _pod_id(contents[index], self.asset_id(index), n)
            for index, count in enumerate(counts)
            for n in range(1, count + 1)
        ]

    # -- ads -------------------------------------------------------------------------------------------------------

    def open_break(self, said: BreakStart, position: float, ended: bool) -> None:
        """A break is announced while the content's playhead is at `position`."""
        kind = said.type if said.type in AD_TYPES else self._break_type(said.offset, position, ended)
        pre, mid, post = (count + (kind == type_) for type_, count in zip(AD_TYPES, self.breaks, strict=True))
        self.breaks = pre, mid, post
        number = self.breaks[AD_TYPES.index(kind)]
        pod = self._pod_for(said, kind, position)
        scheduled = self.pods[pod][0].pod_id if pod is not None else None
        pod_id = scheduled if scheduled is not None else said.pod_id
        self.brk = AdBreak(
            pod_id=pod_id if pod_id is not None else f"{self.asset}-{kind}-{number}",
            type=kind,
            length=said.length or (len(self.pods[pod]) if pod is not None else None),
            pod=pod,
        )
        if pod is not None:
            self.pods_played = (*self.pods_played, pod)

    def _break_type(self, offset: float | None, position: float, ended: bool) -> str:
        length = self.length
        if offset is not None and offset < 0:
            return POST
        if ended or (length is not None and offset is not None and offset > 0 and offset >= length - 1):
            return POST
        if offset == 0 or (offset is None and not self.pod):
            return PRE
        return MID

    def _pod_for(self, said: BreakStart, kind: str, position: float) -> int | None:
        pods, played = self.pods, self.pods_played
        free = [index for index in range(len(pods)) if index not in played]
        for index in free:
            if said.pod_id is not None and pods[index][0].pod_id == said.pod_id:
                return index
        where = said.offset if said.offset is not None and said.offset > 0 else position
        same = [index for index in free if pods[index][0].type == kind]
        return min(same, key=lambda index: abs((pods[index][0].at or 0) - where), default=None)

    def start_ad(self, said: AdStart) -> None:
        """An ad of the open break is announced."""
        brk = self.brk
        if brk is None:
            raise RuntimeError("an ad needs a break")
        brk.count += 1
        position = said.position or brk.count
        brk.count = max(brk.count, position)
        brk.length = said.length or brk.length
        slot = self._slot_for(brk, said.asset_id, position)
        asset_id = said.asset_id if slot.asset_id is None else slot.asset_id
        length = slot.duration if slot.duration is not None else said.duration
        self.ad = Ad(
            asset_id=asset_id or f"{brk.pod_id}-ad-{position}",
            position=position,
            said=said.asset_id,
            title=slot.title or said.title,
            publisher=slot.publisher or said.publisher,
            length=float(length) if length is not None and length > 0 else None,
            load_type=slot.load_type or said.load_type,
        )

    def _slot_for(self, brk: AdBreak, asset_id: str | None, position: int) -> AdSlot:
        slots = self.pods[brk.pod] if brk.pod is not None else ()
        for number, slot in enumerate(slots, 1):
            if (slot.position or number) == position:
                return slot
        return next((slot for slot in slots if slot.asset_id is not None and slot.asset_id == asset_id), AdSlot())

    def end_ad(self, seen: float, *, failed: bool = False) -> None:
        """The ad that is on is over after `seen` seconds; one that failed leaves the sums."""
        if self.ad is not None and not failed:
            self.before += seen
            self.ads_shown += self.ad.length if self.ad.length is not None else seen
        self.ad = None

    # -- sums ------------------------------------------------------------------------------------------------------

    def post_rolls_ahead(self) -> bool:
        """Whether the schedule has a post-roll pod that was not shown."""
        played = self.pods_played
        return any(pod[0].type == POST and index not in played for index, pod in enumerate(self.pods))

    def ads_ahead(self, position: float) -> float:
        """Seconds of scheduled ads that may still come while the content is at `position`."""
        total, played = 0.0, self.pods_played
        for index, slots in enumerate(self.pods):
            if self.brk is not None and self.brk.pod == index:
                rest: Sequence[AdSlot] = [
                    slot for n, slot in enumerate(slots, 1) if (slot.position or n) > self.brk.count
                ]
            elif index in played:
                continue
            else:
                rest = slots
                first = slots[0]
                if first.type == PRE and self.pod:
                    continue
                if first.type == MID and (first.at or 0) < position - PASSED_S:
                    continue
            total += sum(slot.duration or 0 for slot in rest)
        return total

    def total_length(self, position: float, *, ended: bool) -> float | None:
        """The session's length in seconds: contents known, rounds and ads shown, contents and ads ahead until all has
        ended; None while the content's is not."""
        own = self.length
        if own is None:
            return None
        length = own
        if len(self.playlist) > 1:
            for index, content in enumerate(self.playlist):
                if index != self.index and not (ended and index > self.index):
                    length += content.duration or (self.lengths or {}).get(index, 0.0)
        if self.ad is not None:
            length += self.ad.length or 0.0
        if self.pods and not ended:
            length += self.ads_ahead(position)
        length += self.rounds + self.ads_shown
        # a content after this one in the list may have been seen before it
        return max(length, self.before + own) if ended else length


def _pod_id(content: Content, asset: str, number: int) -> str:
    ids = content.pod_ids
    return ids[number - 1] if ids and number <= len(ids) else f"{asset}-pod-{number}"
