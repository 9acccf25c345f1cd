"""The slots among which one is looked for: each half hour of a week, or of two, in a zone."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from bot.availability.clocks import MONDAY, QUARTER, Numbers, offset_at, quarters_since_monday
from bot.availability.model import HALF_HOUR
from bot.when.recurrence import fits, resolve

WEEK = timedelta(weeks=1)
TWO_WEEKS = 2 * WEEK
WEEKS = 53
"""Over which a weekly slot is looked at: a year, with each change of clocks."""


@dataclass(frozen=True)
class Candidates:
    """Slots in order of time, with the instants of each."""

    starts: list[datetime]
    """Naive wall times of the first meeting."""
    quarters: Numbers
    """For each slot and week, when they begin, in quarters since the first Monday of 1970."""
    days: list[int]
    """The day of each slot: of the week if they repeat, else the date."""
    weekly: bool

    def instant(self, place: int) -> datetime:
        """Return when a slot's first meeting begins, in UTC."""
        return MONDAY + int(self.quarters[place, 0]) * QUARTER

    def gap(self, one: int, other: int) -> timedelta:
        """Return the time between the beginnings of two slots."""
        between = abs(self.starts[one] - self.starts[other])
        return min(between, WEEK - between) if self.weekly else between


def candidates(zone: str, after: datetime, *, weekly: bool) -> Candidates:
    """Return the half hours from an instant on, each with its instants.

    Those that a change of clocks skips are left out where they are the first ones.
    """
    begin = _next_half_hour(after, zone)
    span, weeks = (WEEK, WEEKS) if weekly else (TWO_WEEKS, 1)
    walls = (begin + place * HALF_HOUR for place in range(span // HALF_HOUR))
    starts = [wall for wall in walls if fits(wall, zone) != "never"]
    passed = np.array([(start - starts[0]) // QUARTER for start in starts], np.int32)
    columns = [_instants(starts, passed, week * WEEK, zone) for week in range(weeks)]
    days = [start.weekday() if weekly else start.toordinal() for start in starts]
    return Candidates(starts, np.stack(columns, axis=1), days, weekly)


def _next_half_hour(after: datetime, zone: str) -> datetime:
    wall = after.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    full = wall.replace(minute=0, second=0, microsecond=0)
    halves = -((full - wall) // HALF_HOUR)
    begin = full + halves * HALF_HOUR
    while resolve(begin, zone) < after:
        begin += HALF_HOUR
    return begin


def _instants(starts: list[datetime], passed: Numbers, later: timedelta, zone: str) -> Numbers:
    """Return the quarters of wall times so much later; `passed` counts them from the first one."""
    first, last = (quarters_since_monday(resolve(starts[at] + later, zone)) for at in (0, -1))
    info, known = ZoneInfo(zone), fits(starts[0] + later, zone) == "once"
    if known and offset_at(first, info) == offset_at(last, info):
        return passed + np.int32(first)
    resolved = (resolve(start + later, zone) for start in starts)
    return np.array([quarters_since_monday(each) for each in resolved], np.int32)
