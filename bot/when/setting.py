"""Where and when a phrase was typed, and how a wall time is said there."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.i18n import _
from bot.when.asking import clock_phrase, date_phrase, unclear
from bot.when.lengths import FURTHEST

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Setting:
    """The present of whoever typed a phrase."""

    now: datetime
    """Aware UTC."""
    zone: str
    """The IANA zone that the phrase is in."""
    said: bool = False
    """Whether the phrase names the zone."""
    twelve: bool = False
    """Whether the phrase has am or pm, or its member writes so."""
    writes_twelve: bool = False
    """Whether the member's language has am and pm."""

    @property
    def wall(self) -> datetime:
        """The wall time now, naive."""
        return self.now.astimezone(ZoneInfo(self.zone)).replace(tzinfo=None, fold=0)

    @property
    def today(self) -> date:
        """The date there."""
        return self.wall.date()

    def is_to_come(self, wall: datetime) -> bool:
        """Whether the wall time, or the second of two equal ones, is after now."""
        if wall < self.wall - DAY:
            return False
        both = (wall.replace(tzinfo=ZoneInfo(self.zone), fold=fold) for fold in (0, 1))
        return max(each.astimezone(UTC) for each in both) > self.now

    def phrase(self, wall: datetime, *, dated: bool = False) -> str:
        """Return "tomorrow 9am" or "3 April 2027 17:00", with the zone if the phrase has one."""
        near = {0: "today", 1: "tomorrow"}.get((wall.date() - self.today).days)
        day = date_phrase(wall) if dated or near is None else near
        return self.in_zone(f"{day} {clock_phrase(wall, twelve=self.twelve)}")

    def in_zone(self, phrase: str) -> str:
        """Return the phrase with the zone, if it was said."""
        return f"{phrase} {self.zone}" if self.said else phrase

    def check_near(self, wall: datetime) -> None:
        """Raise UnclearTime if the wall time is too far ahead."""
        if wall - self.wall > FURTHEST:
            raise unclear(_("That is more than five years ahead."))

    def check_recent(self, wall: datetime) -> None:
        """Raise UnclearTime if the wall time is too far ahead or too long ago."""
        self.check_near(wall)
        if self.wall - wall > FURTHEST:
            raise unclear(_("That is more than five years ago."))
