"""Where the spec is silent or contradicts itself: one reading each, its choices, and why the default is what it is."""

from typing import Final

from attrs import frozen

PAGE: Final = "https://segment.com/docs/connections/spec/video/"


@frozen
class Reading:
    """A choice. `section` is the part of the spec's page that it reads."""

    name: str
    default: str
    choices: dict[str, str]
    section: str
    why: str


READINGS: Final = {
    reading.name: reading
    for reading in (
        Reading(
            "midroll",
            "prose",
            {
                "prose": "a mid-roll completes the content pod; the next pod starts after it",
                "lifecycle": "a mid-roll completes and starts no pod; Video Content Playing says when the next one plays",
            },
            f"{PAGE}#content-event-object",
            "The text says that a mid-roll divides the content into pods, each started and completed; the example "
            "lifecycle neither completes the first pod nor starts the second. The text is the rule, the example one use.",
        ),
        Reading(
            "loop",
            "replay",
            {
                "replay": "each round is a session of its own",
                "same": "the rounds are contents of one session, one after the other",
            },
            f"{PAGE}#playback-events",
            "A player that loops says no end. To the viewer it is the content again from the start, which is what a "
            "replay after the end is, so it is counted the same way.",
        ),
        Reading(
            "abandoned",
            "timeout",
            {
                "timeout": "a log that just stops ends as Video Playback Interrupted with method timeout",
                "silent": "a log that just stops says nothing more",
            },
            f"{PAGE}#playback-events",
            "The page knows Interrupted for what breaks playback off and Exited for a viewer who leaves. A log that "
            "stops shows neither; without a last word every total of the session would stay open.",
        ),
    )
}

BY_DEFAULT: Final = {name: reading.default for name, reading in READINGS.items()}
"""What each reading is if nobody chooses."""
