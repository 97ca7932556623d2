"""Where a destination is reached: by which way, by which piece of code, from which source."""

from typing import Final, Literal, get_args

Reach = Literal["device-web", "device-ios", "device-android", "cloud-web", "cloud-mobile", "server", "direct"]
"""A way by which the video meaning of a message arrives. device: the vendor's own code runs in the page or the app.
cloud: Segment's servers pass on what a page or an app sent. server: the same for what a server sent. direct: we speak
to the vendor's own HTTP interface; no row may have it before there is a delivery that does."""

Platform = Literal["web", "ios", "swift", "android", "kotlin", "cloud"]
"""A piece of code that a fact holds for: Segment's integration for the web, for iOS (classic or Swift), for Android
(classic or Kotlin), or in Segment's servers."""

Origin = Literal["web", "ios", "android", "server"]
"""Where messages come from."""

REACHES: Final[tuple[Reach, ...]] = get_args(Reach)
PLATFORMS: Final[dict[Reach, tuple[Platform, ...]]] = {
    "device-web": ("web",),
    "device-ios": ("ios", "swift"),
    "device-android": ("android", "kotlin"),
    "cloud-web": ("cloud",),
    "cloud-mobile": ("cloud",),
    "server": ("cloud",),
    "direct": (),
}
APPS: Final[tuple[Platform, ...]] = (*PLATFORMS["device-ios"], *PLATFORMS["device-android"])
ORIGINS: Final[dict[Origin, tuple[Reach, ...]]] = {
    "web": ("device-web", "cloud-web"),
    "ios": ("device-ios", "cloud-mobile"),
    "android": ("device-android", "cloud-mobile"),
    "server": ("server",),
}
