"""On which local days a member is asked, whatever becomes of their zone and hour.

Whoever travels is never asked twice on one local day, neither by the date it was when they were
asked nor by the date their new zone gives that instant. A day that is lost by it is kept, to be
named with the next question.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.daily.times import ONE_DAY, Times
from bot.when.recurrence import Recurrence


@dataclass(frozen=True)
class Course:
    """The days that are over with, and those to come."""

    times: Times
    first: date
    """The local day from which these times hold."""

    covered: date
    """The newest local day that is over with: asked on, or past its hour."""

    asked_at: datetime | None = None
    left_out: tuple[date, ...] = ()
    """Days of theirs that a change has cost, and that weren't named yet, in order."""

    @classmethod
    def begun(cls, times: Times, now: datetime) -> "Course":
        """Return the course that begins with the next time to come."""
        covered = _past(times, now)
        return cls(times, covered + ONE_DAY, covered)

    @classmethod
    def of(
        cls,
        recurrence: Recurrence,
        covered: date,
        asked_at: datetime | None,
        left_out: tuple[date, ...],
    ) -> "Course":
        """Return the course of a schedule's rule."""
        first = recurrence.start.date()
        return cls(Times.of(recurrence), first, covered, asked_at, left_out)

    def recurrence(self) -> Recurrence:
        """Return the rule, from its first day on."""
        start = datetime.combine(self.first, self.times.at)
        return replace(self.times.recurrence(self.times.due_on(self.first)), start=start)

    def turned(self, times: Times, now: datetime) -> "Course":
        """Return the course with other times from now on."""
        covered = max(self.covered, self._behind(now))
        busy = [covered, _past(times, now)]
        if self.asked_at is not None:
            busy.append(times.local_day(self.asked_at))
        first = max(busy) + ONE_DAY
        kept = [day for day in self.left_out if day <= covered]
        lost = [day for day in _between(covered, first) if _is_on(self.times, day)]
        return replace(self, times=times, first=first, covered=covered, left_out=(*kept, *lost))

    def asked(self, day: date, at: datetime) -> "Course":
        """Return the course once a day's question has come, and what was lost was named."""
        return replace(self, covered=max(self.covered, day), asked_at=at, left_out=())

    def _behind(self, now: datetime) -> date:
        """Return the newest day that these times have reached; before the first, what was."""
        past = _past(self.times, now)
        return past if past >= self.first else self.covered


def today_in(zone: str, now: datetime) -> date:
    """Return the date there."""
    return now.astimezone(ZoneInfo(zone)).date()


def _past(times: Times, now: datetime) -> date:
    """Return the newest local day whose hour has come."""
    today = times.local_day(now)
    return today if times.due_on(today) <= now else today - ONE_DAY


def _between(after: date, before: date) -> Iterator[date]:
    day = after + ONE_DAY
    while day < before:
        yield day
        day += ONE_DAY


def _is_on(times: Times, day: date) -> bool:
    return not times.weekdays or day.weekday() in times.weekdays
