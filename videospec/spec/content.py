"""The content object: what is watched, on a timeline without its ads."""

from typing import ClassVar

from pydantic import Field

from videospec.spec.fields import (
    BITRATE,
    FRAMERATE,
    LIVE,
    POSITION,
    SESSION_ID,
    Airdate,
    Bond,
    Count,
    Framerate,
    Maybe,
    SpecObject,
    Text,
)


class NestedContent(SpecObject):
    """The content object inside an ad event. The ad event around it has the session_id, so it need not repeat it."""

    BONDS: ClassVar[tuple[Bond, ...]] = (*LIVE, POSITION)

    session_id: Maybe[Text] = Field(None, description=SESSION_ID)
    asset_id: Maybe[Text] = Field(None, description="Id of the content.")
    pod_id: Maybe[Text] = Field(None, description="Id of the content pod: a stretch of content between ad breaks.")
    title: Maybe[Text] = Field(None, description="Title of the content.")
    description: Maybe[Text] = Field(None, description="What the content is about, in short.")
    keywords: Maybe[list[Text]] = Field(None, description="Free tags of the content.")
    season: Maybe[Text] = Field(None, description="Number of the season, as text.")
    episode: Maybe[Text] = Field(None, description="Number of the episode, as text.")
    genre: Maybe[Text] = Field(None, description="Genre, such as `documentary`.")
    program: Maybe[Text] = Field(None, description="Show or series that the content belongs to.")
    publisher: Maybe[Text] = Field(None, description="Who made or published the content.")
    position: Count | None = Field(
        None, description="Seconds into the content, ads left out. Null only for a livestream."
    )
    total_length: Count | None = Field(
        None, description="Seconds of the whole content, ads left out. Null for a livestream, and only then."
    )
    channel: Maybe[Text] = Field(None, description="Where the content is shown, such as a station or a blog.")
    full_episode: Maybe[bool] = Field(None, description="Whether this is a whole episode; false for a clip.")
    livestream: Maybe[bool] = Field(None, description="Whether the content is a livestream.")
    airdate: Maybe[Airdate] = Field(None, description="Day of the first showing or publishing, ISO 8601.")
    bitrate: Maybe[Count] = Field(None, description=BITRATE)
    framerate: Maybe[Framerate] = Field(None, description=FRAMERATE)


class Content(NestedContent):
    """The properties of every content event."""

    session_id: Text = Field(description=SESSION_ID)
