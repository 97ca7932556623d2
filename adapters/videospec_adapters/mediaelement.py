"""MediaElement.js 7: the media element's voice.

Source: mediaelement 7.1.0 as recorded. Its own events repeat the element's a little later, its `ended` after it has
rewound to 0 (the rewind's `seeking` and `seeked` come after the end and are nobody's); its own `error` carries
nothing to use. `remove()` has no event: a copy of the element takes its place, loads again and stands, which shows where it
played; of one that was paused it cannot be told from another quality.
"""

from videospec.adapter import Adapter, merged
from videospec_adapters.hlsjs import error as hls_error
from videospec_adapters.html5 import ELEMENT_NAMES, MEDIA, PAGE, silent

adapter = Adapter(
    name="mediaelement",
    proven="recording",
    also=("mediaelement.js", "mediaelementjs", "mejs"),
    rows=merged(
        MEDIA,
        PAGE,
        {
            "player": {
                **silent(ELEMENT_NAMES),
                "hlsError": hls_error,
                **silent(
                    "rendererready controlsready controlsresize controlsshown controlshidden captionschange message "
                    "enteredfullscreen exitedfullscreen mejs.error"
                ),
            }
        },
    ),
    ignores=("hls", "mejs"),
)
