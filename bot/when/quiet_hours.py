"""Hours of each day in which nobody is to be disturbed, and when they are over."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class QuietHours:
    """Full hours of the clock, 0 to 23: from `first` until `until`, which isn't quiet any more."""

    first: int
    until: int

    def __contains__(self, hour: int) -> bool:
        return (hour - self.first) % 24 < (self.until - self.first) % 24

    def over(self, at: datetime, zone: str) -> datetime:
        """Return `at` where it isn't quiet in that zone, else when it is over, in UTC."""
        local = at.astimezone(ZoneInfo(zone))
        if local.hour not in self:
            return at
        day = local.date() if local.hour < self.until else local.date() + A_DAY
        return datetime.combine(day, time(self.until), ZoneInfo(zone)).astimezone(UTC)


@dataclass(frozen=True)
class Quiet:
    """Somebody's quiet hours, if they have any, in their zone."""

    hours: QuietHours | None
    zone: str

    def over(self, at: datetime) -> datetime:
        """Return `at` where it isn't quiet, else when it is over, in UTC."""
        return self.hours.over(at, self.zone) if self.hours else at


def undisturbed(at: datetime, quiet: Sequence[Quiet]) -> datetime:
    """Return the first instant from `at` on at which none of them is quiet.

    Where they leave no time of the day, only the first one's quiet hours are kept.
    """
    moment = at
    while moment - at < A_DAY:
        later = max((each.over(moment) for each in quiet), default=moment)
        if later == moment:
            return moment
        moment = later
    return quiet[0].over(at)
