"""Sessions written by hand, as the Video Spec has them, and what an integration makes of them with and without override."""

import json
from typing import Any, Final

from videospec.destinations.destination import Accounts
from videospec.destinations.places import Origin
from videospec.overriding import Overriding
from videospec.plugins import find_destination
from videospec.simulators import find_simulator, simulate
from videospec.tracks import iso

START: Final = 1_795_000_000_000
Message = dict[str, Any]
CONTENT: Final = {
    "asset_id": "show-1",
    "title": "One",
    "program": "Shows",
    "season": "2",
    "episode": "7",
    "genre": "news",
    "publisher": "Acme",
    "channel": "ch",
    "airdate": "2026-03-05",
    "keywords": ["a", "b"],
    "full_episode": True,
    "total_length": 200,
    "livestream": False,
    "bitrate": 2500,
}
ADOBE: Final = {"heartbeatTrackingServerUrl": "https://hb.example", "marketingCloudOrgId": "ORG@AdobeOrg"}
DTVR: Final = {"sendId3Events": ["Video Content Started", "Video Playback Resumed", "Video Content Playing"]}
SETTINGS: Final[dict[str, dict[str, Any]]] = {"Adobe Analytics": ADOBE, "Nielsen DTVR": DTVR}


class Viewing:
    """A session; every method says one event, `at` seconds after its start."""

    def __init__(self, session_id: str = "s") -> None:
        self.session_id = session_id
        self.messages: list[Message] = []

    def say(self, event: str, at: float, **properties: Any) -> "Viewing":
        self.messages.append(
            {
                "type": "track",
                "event": event,
                "messageId": f"{self.session_id}-{len(self.messages)}",
                "timestamp": iso(START + at * 1000),
                "properties": {"session_id": self.session_id, **properties},
            }
        )
        return self

    def playback(self, event: str, at: float, position: int, **more: Any) -> "Viewing":
        ids = {} if event == "Started" else {"content_asset_id": "show-1"}
        said = {**ids, "position": position, "total_length": 250, "livestream": False, **more}
        return self.say(f"Video Playback {event}", at, **said)

    def started(self, **more: Any) -> "Viewing":
        return self.playback("Started", 0, 0, content_asset_ids=["show-1"], video_player="p", bitrate=2500, **more)

    def content(self, event: str, at: float, position: int, **more: Any) -> "Viewing":
        return self.say(f"Video Content {event}", at, **{**CONTENT, "position": position, **more})

    def ad(self, event: str, at: float, position: int, kind: str = "mid-roll", **more: Any) -> "Viewing":
        inside = {"content": {**CONTENT, "position": more.pop("content_at", 0)}}
        said = {"asset_id": "ad-1", "pod_id": "pod", "pod_position": 1, "pod_length": 1, "type": kind, "title": "Cola"}
        said |= {"publisher": "Ads", "position": position, "total_length": 30, **inside, **more}
        return self.say(f"Video Ad {event}", at, **said)

    def calls(self, name: str, *, override: bool, tail: float = 0) -> list[dict[str, Any]]:
        return calls(name, self.messages, override=override, tail=tail)


def overridden(
    name: str, messages: list[Message], accounts: Accounts | None = None, origin: Origin = "web"
) -> list[Message]:
    over = Overriding.to([find_destination(name)], origin, accounts=accounts)
    return [message for _, message in over.run(enumerate(messages))]


def heard(name: str, view: Viewing, origin: Origin, accounts: Accounts | None = None) -> list[Message]:
    """What a destination gets after its override, in the order in which it gets it."""
    sent = overridden(name, view.messages, accounts, origin)
    return [one for one in sent if one.get("integrations", {}).get(find_destination(name).name) is not False]


def calls(
    name: str, messages: list[Message], *, override: bool, tail: float = 0, settings: dict[str, Any] | None = None
) -> list[dict[str, Any]]:
    """What the integration calls, as it is written."""
    kind = find_simulator(name)
    assert kind is not None
    sent = overridden(name, messages) if override else messages
    told = simulate(kind, enumerate(sent, 1), settings or SETTINGS.get(kind.name, {}), tail=tail)
    return [json.loads(json.dumps(call)) for call in told]


def named(told: list[dict[str, Any]], call: str) -> list[dict[str, Any]]:
    """The calls of one name, as far as it is given."""
    return [one for one in told if one.get("call", "").endswith(call)]
