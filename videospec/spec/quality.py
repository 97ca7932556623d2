"""The quality object. The page gives its properties no types; one that it names elsewhere keeps its type from there."""
# ruff: noqa: N815 (the page's own names)

from pydantic import Field

from videospec.spec.fields import BITRATE, FRAMERATE, SESSION_ID, Amount, Count, Framerate, Maybe, SpecObject, Text


class Quality(SpecObject):
    """The properties of Video Quality Updated."""

    session_id: Maybe[Text] = Field(
        None,
        description=SESSION_ID,
        json_schema_extra={"x-extension": True},
    )
    bitrate: Maybe[Count] = Field(None, description=BITRATE)
    framerate: Maybe[Framerate] = Field(None, description=FRAMERATE)
    startupTime: Maybe[Amount] = Field(
        None, description="From the request to play to the first frame. The page gives no unit; here milliseconds."
    )
    droppedFrames: Maybe[Count] = Field(None, description="Frames that were not shown, since the start.")
