"""Quarters of an hour in a row, and where each is in the week of somebody's zone.

All zones of today differ from UTC by full quarters, so nothing is rounded.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from bot.availability.awkwardness import NIGHT, awkwardness
from bot.availability.model import WeeklyHours

QUARTER = timedelta(minutes=15)
QUARTERS_AN_HOUR = 4
QUARTERS_A_DAY = 96
QUARTERS_A_WEEK = 672
MONDAY = datetime(1970, 1, 5, tzinfo=UTC)
"""From which quarters are counted."""

Numbers = NDArray[np.int32]
Truths = NDArray[np.bool_]


def quarters_since_monday(at: datetime) -> int:
    """Return how many quarters have passed since the first Monday of 1970, to an instant."""
    return (at - MONDAY) // QUARTER


def offset_at(quarter: int, zone: ZoneInfo) -> int:
    """Return the zone's offset from UTC at a quarter, in quarters."""
    offset = (MONDAY + quarter * QUARTER).astimezone(zone).utcoffset()
    return (offset or timedelta()) // QUARTER


@dataclass(frozen=True)
class Timeline:
    """So many quarters from the first on."""

    first: int
    length: int

    def offsets(self, zone: str) -> Numbers:
        """Return the zone's offset at each quarter, in quarters."""
        offsets = np.empty(self.length, np.int32)
        info = ZoneInfo(zone)
        for start in range(0, self.length, QUARTERS_A_WEEK):
            end = min(start + QUARTERS_A_WEEK, self.length)
            for low, high, offset in self._steady(info, start, end):
                offsets[low:high] = offset
        return offsets

    def of_week(self, zone: str) -> Numbers:
        """Return which quarter of the week it is in the zone; 0 is Monday, 0:00."""
        passed = np.arange(self.first, self.first + self.length, dtype=np.int32)
        return (passed + self.offsets(zone)) % QUARTERS_A_WEEK

    def _steady(self, zone: ZoneInfo, low: int, high: int) -> Iterator[tuple[int, int, int]]:
        """Yield stretches with one offset, with it; no zone changes twice within a week."""
        begins = offset_at(self.first + low, zone)
        if begins == offset_at(self.first + high - 1, zone):
            yield low, high, begins
            return
        middle = (low + high) // 2
        yield from self._steady(zone, low, middle)
        yield from self._steady(zone, middle, high)


def free_quarters(hours: WeeklyHours | None) -> Truths:
    """Return in which quarters of the week somebody has time; unless they said, but at night."""
    quarters = np.zeros(QUARTERS_A_WEEK, np.bool_)
    if hours is None:
        return awkward_quarters() < NIGHT
    halves = np.fromiter(hours.halves, np.int32, len(hours.halves))
    quarters[halves * 2] = quarters[halves * 2 + 1] = True
    return quarters


def awkward_quarters() -> Numbers:
    """Return how awkward each quarter of the week is."""
    of_day = [awkwardness(quarter // QUARTERS_AN_HOUR) for quarter in range(QUARTERS_A_DAY)]
    return np.array(of_day * (QUARTERS_A_WEEK // QUARTERS_A_DAY), np.int32)


def any_within(truths: Truths, starts: Numbers, length: int) -> Truths:
    """Return whether anything is true in the quarters from each start on."""
    so_many = np.concatenate((np.zeros(1, np.int32), np.cumsum(truths, dtype=np.int32)))
    return so_many[starts + length] > so_many[starts]
