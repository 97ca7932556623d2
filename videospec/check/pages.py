"""The pages of a stream: the sessions of one viewer have one in common, and those of two viewers none."""

from typing import Any

from videospec.simulators.integration import Integration, Page, Settings


class Pages:
    """The pages on which an integration runs, by viewer: as many as have a live session."""

    def __init__(self, kind: type[Integration], settings: Settings) -> None:
        self.kind, self.settings = kind, settings
        self.pages: dict[str, Page] = {}
        self.names: dict[str, str] = {}
        """By session, the name of its page: a viewer who logs in stays on it."""
        self.sessions: dict[str, dict[str, None]] = {}
        """The live sessions of each page, in the order of their first messages."""
        self.none = Page(kind, settings)

    def of(self, session: str, message: dict[str, Any]) -> Page:
        """The page of a session, by the viewer of its first message."""
        name = self.names.get(session)
        if name is None:
            name = self.names[session] = str(message.get("anonymousId") or message.get("userId"))
            self.sessions.setdefault(name, {})[session] = None
            if name not in self.pages:
                self.pages[name] = Page(self.kind, self.settings)
        return self.pages[name]

    def knows(self, event: str) -> bool:
        """Whether the integration takes an event by its name."""
        return self.none.integration.knows(event)

    def leave(self, session: str, theirs: str) -> None:
        """What came of a session, under its own name or another, is over."""
        if (name := self.names.get(session)) is not None:
            self.pages[name].integration.leave(theirs)

    def over(self, session: str) -> None:
        """A session is over, and its page if no other goes on there."""
        if (name := self.names.pop(session, None)) is not None:
            del self.sessions[name][session]
            if not self.sessions[name]:
                del self.sessions[name], self.pages[name]
