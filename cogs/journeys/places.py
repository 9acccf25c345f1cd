"""What the custom ids of `/journey` carry, and whose they are."""

import re
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Self

import discord

from bot.careers.slugs import KEY_PATTERN
from bot.client import Waymark
from bot.errors import MemberError
from bot.i18n import _

OWNER = r"(?P<owner>\d{1,20})"
JOURNEY = r"(?P<journey>\d{1,19})"
TASK = r"(?P<task>\d{1,19})"
PHASE = r"(?P<phase>\d{1,2})"
DAY = r"\d{1,7}"
NO_ROLE = "0"


class NotYourJourney(MemberError):
    """Somebody pressed a button of another member's journey."""

    def __init__(self) -> None:
        super().__init__(_("That is somebody else's journey. `/journey show` has yours."))


class Act(StrEnum):
    """What is previewed with a pace that can be adjusted."""

    START = "start"
    SWITCH = "switch"
    PACE = "pace"


@dataclass(frozen=True)
class Draft:
    """A preview: what would begin or change, and the pace that it shows."""

    act: Act
    owner: int
    role: str = NO_ROLE
    """The key of the career that would begin."""

    journey: int = 0
    """The one under way that would be changed or replaced."""

    hours: int = 0
    """A week; 0 for what the target needs, or without one the usual."""

    target: date | None = None

    PATTERN = (
        rf"(?P<act>{'|'.join(Act)}):(?P<role>{KEY_PATTERN}|0):{JOURNEY}"
        rf":(?P<hours>\d{{1,2}}):(?P<target>{DAY}):{OWNER}"
    )

    def __str__(self) -> str:
        parts = (self.act, self.role, self.journey, self.hours, written(self.target), self.owner)
        return ":".join(map(str, parts))

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Read a custom id that the pattern matched."""
        return cls(
            Act(match["act"]),
            int(match["owner"]),
            match["role"],
            int(match["journey"]),
            int(match["hours"]),
            day_read(match["target"]),
        )

    def at(self, hours: int) -> "Draft":
        """Return the preview at another pace."""
        return replace(self, hours=hours)


def shows(phase: int, owner: int, sign: str = "b") -> str:
    """Return the custom id of a button that shows a journey; `sign` tells those of a card apart."""
    return f"journey:v1:show:{sign}:{phase}:{owner}"


def written(day: date | None) -> int:
    """Return a day as custom ids carry it."""
    return day.toordinal() if day else 0


def day_read(text: str) -> date | None:
    """Return the day that a custom id carries."""
    number = int(text)
    return date.fromordinal(number) if number else None


def require_owner(interaction: discord.Interaction[Waymark], owner: int) -> tuple[int, int]:
    """Return the ids of the server and of the member whose journey it is. Raises NotYourJourney."""
    if interaction.user.id != owner:
        raise NotYourJourney
    return interaction.guild_id or 0, owner
