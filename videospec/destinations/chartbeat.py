"""Chartbeat: pages only. Its setting for video loads a script that watches players by itself."""

from typing import Final

from videospec.destinations.destination import EVERY, Destination, Ignored, Key, Quirk, Setting, Unreached

destination: Final = Destination(
    name="Chartbeat",
    about="Attention on pages in real time. Segment's integration hands it no video event.",
    checked="2026-11-22",
    reach=(),
    keys=(Key("Chartbeat", by="CAT; AJS chartbeat"),),
    unreached=(
        Unreached(("device-web",), "The integration counts pages only: it has no track.", by="AJS chartbeat"),
        Unreached(
            ("server", "cloud-web", "cloud-mobile"), "The destination has no cloud mode.", by="CAT; DOC chartbeat"
        ),
    ),
    ignores=(Ignored(EVERY, "nothing", by="AJS chartbeat"),),
    settings=(
        Setting("video", "loads chartbeat_video.js, which watches the players on the page itself", by="AJS chartbeat"),
    ),
    quirks=(
        Quirk(
            "CB1",
            "The setting video looks as if it took video events; it only loads another script.",
            "nobody",
            "Chartbeat measures the players that its own script knows.",
            by="AJS chartbeat",
        ),
    ),
)
