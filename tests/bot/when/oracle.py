"""What a rule means, found by looking at a clock on the wall through all of some days.

It shares no code with `bot.when`, nor with dateutil: the clock is zoneinfo's, the days are counted
one by one.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from math import gcd
from typing import cast
from zoneinfo import ZoneInfo

SECOND, MINUTE, HOUR, DAY = (timedelta(seconds=n) for n in (1, 60, 3600, 86400))
AROUND = 2 * DAY
SAMPLED = DAY / 2
"""No zone changes its clocks and changes them back within this time."""

Matching = Callable[[datetime, datetime], bool]
"""Whether a wall time, given the rule's start, is of the rule."""


@dataclass(frozen=True)
class Change:
    """An instant at which a zone sets its clocks."""

    zone: str
    instant: datetime
    before: timedelta
    """The offset until then."""

    after: timedelta

    @property
    def walls(self) -> tuple[datetime, datetime]:
        """The wall times that the change leaves out or repeats: from the first, to the second."""
        utc = self.instant.replace(tzinfo=None)
        low, high = sorted((self.before, self.after))
        return utc + low, utc + high

    def __str__(self) -> str:
        return f"{self.zone} {self.instant:%Y-%m-%d}"


@dataclass(frozen=True)
class Watched:
    """What the clock of a zone showed in the days around an instant."""

    begin: datetime
    end: datetime
    reached: dict[datetime, datetime]
    """By wall time: the first instant at which the clock showed it, or something later."""

    times_shown: Counter[datetime]

    def days(self) -> Iterator[date]:
        """Yield each local date that the clock passed, also those that it left out."""
        first, last = min(self.reached).date(), max(self.reached).date()
        return (first + n * DAY for n in range((last - first).days + 1))


@dataclass(frozen=True)
class Rule:
    """A rule as RFC 5545 writes it, and what it means."""

    text: str
    matches: Matching

    @property
    def is_hourly(self) -> bool:
        """Whether it may come more than once a day."""
        return self.text.startswith("FREQ=HOURLY")

    def walls(self, start: datetime, watched: Watched) -> Iterator[datetime]:
        """Yield the wall times that match from the start on, in order."""
        hours = range(24) if self.is_hourly else (start.hour,)
        for day in watched.days():
            for hour in hours:
                wall = datetime.combine(day, start.time()).replace(hour=hour)
                if wall >= start and wall in watched.reached and self.matches(wall, start):
                    yield wall


def offset(zone: str, instant: datetime) -> timedelta:
    return cast("timedelta", instant.astimezone(ZoneInfo(zone)).utcoffset())


def changes(zone: str, first_year: int, last_year: int) -> list[Change]:
    """Return every change of a zone's offset in these years, found by halving."""
    found: list[Change] = []
    instant, end = datetime(first_year, 1, 1, tzinfo=UTC), datetime(last_year + 1, 1, 1, tzinfo=UTC)
    while instant < end:
        if offset(zone, instant) != offset(zone, instant + SAMPLED):
            found.append(_change(zone, instant, instant + SAMPLED))
        instant += SAMPLED
    return found


def _change(zone: str, low: datetime, high: datetime) -> Change:
    before, after = offset(zone, low), offset(zone, high)
    while high - low > SECOND:
        middle = (low + (high - low) / 2).replace(microsecond=0)
        if offset(zone, middle) == before:
            low = middle
        else:
            high = middle
    return Change(zone, high, before, after)


@lru_cache(16)
def watched(change: Change) -> Watched:
    """Look at the zone's clock every minute; more often, where its offsets have seconds."""
    step = gcd(60, change.before.seconds, change.after.seconds) * SECOND
    begin, end = change.instant - AROUND, change.instant + AROUND
    zone, reached, times_shown = (
        ZoneInfo(change.zone),
        dict[datetime, datetime](),
        Counter[datetime](),
    )
    latest = begin.astimezone(zone).replace(tzinfo=None) - step
    instant = begin
    while instant <= end:
        shown = instant.astimezone(zone).replace(tzinfo=None)
        times_shown[shown] += 1
        while latest < shown:
            latest += step
            reached[latest] = instant
        instant += step
    return Watched(begin, end, reached, times_shown)


def every(interval: int, period: timedelta, day: Matching) -> Matching:
    """Match in each so-manieth hour, day or week (from Monday) since the start's."""

    def begin(wall: datetime) -> datetime:
        if period == HOUR:
            return wall.replace(minute=0)
        midnight = wall.replace(hour=0, minute=0)
        return midnight if period == DAY else midnight - wall.weekday() * DAY

    def matches(wall: datetime, start: datetime) -> bool:
        return day(wall, start) and (begin(wall) - begin(start)) // period % interval == 0

    return matches


def always(_wall: datetime, _start: datetime) -> bool:
    return True


def on(*weekdays: int) -> Matching:
    return lambda wall, _: wall.weekday() in weekdays


def nth(number: int, weekday: int) -> Matching:
    return lambda wall, _: wall.weekday() == weekday and (wall.day + 6) // 7 == number


def last(weekday: int) -> Matching:
    return lambda wall, _: wall.weekday() == weekday and (wall + 7 * DAY).month != wall.month


def month_days(*numbers: int) -> Matching:
    return lambda wall, _: wall.day in numbers


def last_day(wall: datetime, _start: datetime) -> bool:
    return (wall + DAY).month != wall.month


def thirtieth_or_last(wall: datetime, _start: datetime) -> bool:
    return wall.day == 30 or (wall.day < 30 and (wall + DAY).month != wall.month)


def in_month(month: int, day: Matching) -> Matching:
    return lambda wall, start: wall.month == month and day(wall, start)


def anniversary(wall: datetime, start: datetime) -> bool:
    return (wall.month, wall.day) == (start.month, start.day)


CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
WEEKDAYS, WEEKEND = (0, 1, 2, 3, 4), (5, 6)


def rules(day: date) -> list[Rule]:
    """Return rules of every kind; where a rule names a day, it is this one."""
    weekday, week = day.weekday(), (day.day + 6) // 7
    code = CODES[weekday]
    return [
        Rule("FREQ=HOURLY", always),
        Rule("FREQ=HOURLY;INTERVAL=3", every(3, HOUR, always)),
        Rule("FREQ=DAILY", always),
        Rule("FREQ=DAILY;INTERVAL=3", every(3, DAY, always)),
        Rule("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", on(*WEEKDAYS)),
        Rule("FREQ=WEEKLY;BYDAY=SA,SU", on(*WEEKEND)),
        Rule(f"FREQ=WEEKLY;INTERVAL=2;BYDAY={code}", every(2, 7 * DAY, on(weekday))),
        Rule("FREQ=MONTHLY;BYMONTHDAY=31", month_days(31)),
        Rule(f"FREQ=MONTHLY;BYMONTHDAY=1,{day.day}", month_days(1, day.day)),
        Rule("FREQ=MONTHLY;BYMONTHDAY=-1", last_day),
        Rule("FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1", thirtieth_or_last),
        Rule(f"FREQ=MONTHLY;BYDAY={week}{code}", nth(week, weekday)),
        Rule(f"FREQ=MONTHLY;BYDAY=-1{code}", last(weekday)),
        Rule(f"FREQ=YEARLY;BYMONTH=3;BYDAY=-1{code}", in_month(3, last(weekday))),
        Rule("FREQ=YEARLY", anniversary),
    ]
