"""The ad object: one ad of an ad pod, on its own timeline."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from videospec.spec.content import NestedContent
from videospec.spec.fields import POSITION, SESSION_ID, AdType, Bond, Count, Maybe, SpecObject, Text


class Ad(SpecObject):
    """The properties of every ad event. An ad is never live, so its position and length are never null."""

    BONDS: ClassVar[tuple[Bond, ...]] = (POSITION,)

    session_id: Text = Field(description=SESSION_ID)
    asset_id: Maybe[Text] = Field(None, description="Id of the ad.")
    pod_id: Maybe[Text] = Field(None, description="Id of the ad pod: the ads of one break.")
    pod_position: Maybe[Count] = Field(None, description="Place of the ad among the ads of its pod.")
    pod_length: Maybe[Count] = Field(None, description="How many ads the pod has.")
    type: Maybe[AdType] = Field(None, description="Where the ad stands in the content.")
    title: Maybe[Text] = Field(None, description="Title of the ad.")
    publisher: Maybe[Text] = Field(None, description="Who made or published the ad.")
    position: Maybe[Count] = Field(None, description="Seconds into the ad.")
    total_length: Maybe[Count] = Field(None, description="Seconds of the whole ad.")
    load_type: Maybe[Literal["linear", "dynamic"]] = Field(
        None, description="`linear` if every viewer gets this ad, `dynamic` if it was picked for this one."
    )
    content: Maybe[NestedContent] = Field(None, description="The content that the ad belongs to.")


class AdPlaying(Ad):
    """Video Ad Playing: a heartbeat, or the crossing of a quartile."""

    quartile: Maybe[Annotated[int, Field(ge=1, le=3)]] = Field(
        None, description="The quarter of the ad that has just been completed: 1, 2 or 3."
    )
