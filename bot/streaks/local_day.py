"""The local days of instants, in a time zone and with an hour at which the day starts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import cast
from zoneinfo import ZoneInfo

from bot.streaks.model import DAY, Act, LocalDay

MIDNIGHT = 0
HOURS_A_DAY = 24


@dataclass(frozen=True)
class OwnDays:
    """How a member's days run: in an IANA zone, from an hour of its wall clock on, 0 to 23."""

    zone: str
    starts: int = MIDNIGHT

    def of(self, instant: datetime) -> LocalDay:
        """Return the day of an aware instant."""
        return local_day(instant, self.zone, self.starts)

    def of_each(self, instants: Iterable[datetime]) -> frozenset[date]:
        """Return the days of aware instants that are in order; each day is looked up once."""
        found, ends = set[date](), None
        for instant in instants:
            if ends is None or instant >= ends:
                day = self.of(instant).date
                found.add(day)
                ends = self.beginning(day + DAY)
        return frozenset(found)

    def act(self, instant: datetime) -> Act:
        """Return an act of the instant, which belongs to the local day it was sent on."""
        return act_at(instant, self.zone, self.starts)

    def touched(self, begins: datetime, ends: datetime) -> tuple[date, ...]:
        """Return the days that an outage from `begins` until `ends` touched, in order."""
        return days_of(begins, ends, self.zone, self.starts)

    def beginning(self, day: date) -> datetime:
        """Return the instant at which a day begins, in UTC."""
        return datetime.combine(day, time(self.starts), ZoneInfo(self.zone)).astimezone(UTC)


def local_day(instant: datetime, zone: str, starts: int = MIDNIGHT) -> LocalDay:
    """Return the day of an aware instant in an IANA zone.

    `starts` is the hour of the wall clock, 0 to 23, until which the date before goes on.
    """
    if starts not in range(HOURS_A_DAY):
        raise ValueError(f"a day can't start at {starts}:00")
    offset = cast("timedelta", instant.astimezone(ZoneInfo(zone)).utcoffset())
    ahead = offset - timedelta(hours=starts)
    return LocalDay((instant.astimezone(UTC) + ahead).date(), ahead)


def act_at(instant: datetime, zone: str, starts: int = MIDNIGHT) -> Act:
    """Return an act of the instant, which belongs to the local day it was sent on."""
    return Act(local_day(instant, zone, starts), instant)


def days_of(
    begins: datetime, ends: datetime, zone: str, starts: int = MIDNIGHT
) -> tuple[date, ...]:
    """Return the local days that an outage from `begins` until `ends` touched, in order."""
    first, last = (local_day(instant, zone, starts).date for instant in (begins, ends))
    return tuple(first + DAY * number for number in range((last - first).days + 1))
