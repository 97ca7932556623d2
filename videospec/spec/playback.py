"""The playback object: the state of the player, with the content and the ads of a session on one timeline."""

from typing import Annotated, ClassVar, Final

from pydantic import Field

from videospec.spec.fields import (
    BITRATE,
    FRAMERATE,
    LIVE,
    POSITION,
    SESSION_ID,
    AdType,
    Bond,
    Count,
    Framerate,
    Given,
    Maybe,
    SpecObject,
    Text,
)

_AD: Final = ("ad_asset_id", "ad_pod_id", "ad_type")


def _parted(given: Given) -> str | None:
    if given.keys().isdisjoint(_AD):
        return None
    missing = [name for name in _AD if given.get(name) is None]
    return f"an ad is named without its {' and '.join(missing)}" if 0 < len(missing) < len(_AD) else None


_AD_WHOLE: Final = Bond(
    "spec.ad-together",
    "ad_asset_id",
    _parted,
    "send ad_asset_id, ad_pod_id and ad_type together while an ad plays, and none of them otherwise",
    {
        "anyOf": [
            {"properties": {name: {"type": "null"} for name in _AD}},
            {"properties": {name: {"type": "string"} for name in _AD}, "required": list(_AD)},
        ]
    },
)


class PlaybackObject(SpecObject):
    """What every playback event may say."""

    BONDS: ClassVar[tuple[Bond, ...]] = (*LIVE, POSITION)

    session_id: Text = Field(description=SESSION_ID)
    position: Count | None = Field(
        None, description="Where the viewer is: seconds of content and ads so far. Null only for a livestream."
    )
    total_length: Count | None = Field(
        None, description="Seconds of all content and ads of the session. Null for a livestream, and only then."
    )
    bitrate: Maybe[Count] = Field(None, description=BITRATE)
    framerate: Maybe[Framerate] = Field(None, description=FRAMERATE)
    video_player: Maybe[Text] = Field(None, description="Which player it is.")
    sound: Maybe[Annotated[int, Field(ge=0, le=100)]] = Field(
        None, description="Volume from 0 (nothing is heard) to 100."
    )
    full_screen: Maybe[bool] = Field(None, description="Whether the player fills the screen.")
    ad_enabled: Maybe[bool] = Field(None, description="Whether ads can be shown; false behind an ad blocker.")
    quality: Maybe[Text] = Field(None, description="Name of the picture's quality, such as 1080p.")
    livestream: Maybe[bool] = Field(None, description="Whether this is a livestream.")


class PlaybackStarted(PlaybackObject):
    """Video Playback Started: names all that is going to be played, so its ids come in arrays."""

    content_asset_ids: Maybe[list[Text]] = Field(None, description="Ids of all contents to be played.")
    content_pod_ids: Maybe[list[Text]] = Field(None, description="Ids of all content pods to be played.")
    ad_asset_id: Maybe[list[Text]] = Field(None, description="Ids of all ads to be played.")
    ad_pod_id: Maybe[list[Text]] = Field(None, description="Ids of all ad pods to be played.")
    ad_type: Maybe[list[AdType]] = Field(None, description="Where those ads stand in the content.")


class Playback(PlaybackObject):
    """Every other playback event. An id may be null, as in the page's example lifecycle: nothing of its kind plays."""

    BONDS: ClassVar[tuple[Bond, ...]] = (*PlaybackObject.BONDS, _AD_WHOLE)

    content_asset_id: Text | None = Field(None, description="Id of the content that plays now.")
    content_pod_id: Text | None = Field(None, description="Id of the content pod that plays now.")
    ad_asset_id: Text | None = Field(None, description="Id of the ad that plays now.")
    ad_pod_id: Text | None = Field(None, description="Id of the ad pod that plays now.")
    ad_type: AdType | None = Field(None, description="Where the ad that plays now stands in the content.")


class PlaybackSeekStarted(Playback):
    """Video Playback Seek Started: `position` is where the viewer was."""

    seek_position: Maybe[Count] = Field(None, description="Where the viewer wants to go, in seconds as `position`.")


class PlaybackInterrupted(Playback):
    """Video Playback Interrupted: something other than the viewer stops playback."""

    method: Maybe[Text] = Field(None, description="What stopped playback, such as `network loss` or `call`.")
