"""What the custom ids of `/daily` carry."""

from enum import StrEnum

ID = r"(?P<id>\d{1,18})"


class Act(StrEnum):
    """What a button does with a daily question."""

    SHOW = "show"
    PAUSE = "pause"
    RESUME = "resume"
    SKIP = "skip"
    REMOVE = "remove"
    BACK = "back"
