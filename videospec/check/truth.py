"""The numbers that are true of a stream, by what it says itself."""

from typing import Final

from attrs import define, field, frozen

from videospec.rules.said import Said
from videospec.rules.view import View
from videospec.spec import events as e

COUNTED: Final = frozenset(
    {e.PLAYBACK_STARTED, e.CONTENT_STARTED, e.AD_STARTED, e.PLAYBACK_PAUSED, e.PLAYBACK_INTERRUPTED}
)
"""The events that it hears; the rest it learns when a session is over."""
AD_TYPES: Final = ("pre-roll", "mid-roll", "post-roll")


@frozen
class Number:
    """One number, as it is and as the vendor has it; None where the vendor has none."""

    what: str
    true: float
    theirs: float | None
    unit: str = ""
    rounding: float = 0.5

    @property
    def differs(self) -> bool:
        """Whether the two are apart by more than rounding."""
        return self.true > 0 if self.theirs is None else abs(self.true - self.theirs) > self.rounding


@define
class Truth:
    """Sums over all sessions."""

    sessions: int = 0
    contents: int = 0
    contents_over: int = 0
    """Contents of sessions that are over."""
    completed: int = 0
    exited: int = 0
    interrupted: int = 0
    """Sessions whose last word it is."""
    errors: int = 0
    ads: dict[str, int] = field(factory=dict)
    pods: int = 0
    pauses: int = 0
    played_s: float = 0.0
    paused_s: float = 0.0
    stalled_s: float = 0.0
    seeking_s: float = 0.0
    ad_s: float = 0.0
    begun: dict[str, int] = field(factory=dict)
    """Contents of each session that goes on."""

    def hear(self, it: Said, view: View | None) -> None:
        """A message, before its session takes it."""
        match it.event:
            case e.PLAYBACK_STARTED:
                self.sessions += 1
            case e.CONTENT_STARTED:
                if view is None or view.was is None or view.was[0] != it.get("asset_id"):
                    self.contents += 1
                    self.begun[it.session] = self.begun.get(it.session, 0) + 1
            case e.AD_STARTED:
                kind = str(it.get("type"))
                self.ads[kind] = self.ads.get(kind, 0) + 1
                self.pods += view is None or view.pod is None or view.pod[0] != str(it.get("pod_id"))
            case e.PLAYBACK_PAUSED:
                self.pauses += 1
            case e.PLAYBACK_INTERRUPTED:
                # network loss is the fatal error of a device that is offline
                self.errors += str(it.get("method")).startswith(("error", "network loss"))

    def over(self, view: View) -> None:
        """A session that is over."""
        begun = self.begun.pop(view.id, 0)
        if view.ended or view.interrupted:
            self.contents_over += begun
        self.completed += view.ended == e.PLAYBACK_COMPLETED
        self.exited += view.ended == e.PLAYBACK_EXITED
        self.interrupted += bool(view.interrupted and not view.ended)
        self.played_s += view.played_ms / 1000
        self.paused_s += view.paused_ms / 1000
        self.stalled_s += view.stalled_ms / 1000
        self.seeking_s += view.seeking_ms / 1000
        self.ad_s += view.ad_ms / 1000
