"""What the custom ids of check-ins carry."""

from enum import StrEnum

ID = r"(?P<id>\d{1,18})"
OWNER = r"(?P<owner>\d{1,20})"
GUILD = r"(?P<guild>\d{1,20})"


class Act(StrEnum):
    """What a button does with a day's check-in."""

    DONE = "done"
    ON_TRACK = "on_track"
    STUCK = "stuck"
    SKIP = "skip"
    UNDO = "undo"
    TELL = "tell"


class Manage(StrEnum):
    """What a button does with a member's check-ins."""

    SHOW = "show"
    NOW = "now"
    PAUSE = "pause"
    RESUME = "resume"
    OFF = "off"
    BACK = "back"
