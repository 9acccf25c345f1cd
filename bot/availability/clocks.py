"""Quarters of an hour, and which one of a week it is by the clocks of a zone.

All zones of today differ from UTC by full quarters, so nothing is rounded.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Self
from zoneinfo import ZoneInfo

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
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
class Clock:
    """What the clocks of a zone show over a stretch of time."""

    since: Numbers
    """The quarters from which on they differ from UTC by the offset beside."""
    offsets: Numbers

    @classmethod
    def of(cls, zone: str, first: int, last: int) -> Self:
        """Return the clocks of a zone from a quarter to another."""
        stretches = (
            stretch
            for start in range(first, last + 1, QUARTERS_A_WEEK)
            for stretch in _steady(ZoneInfo(zone), start, min(start + QUARTERS_A_WEEK, last + 1))
        )
        since, offsets = zip(*stretches, strict=True)
        return cls(np.array(since, np.int32), np.array(offsets, np.int32))

    def of_week(self, quarters: Numbers) -> Numbers:
        """Return which quarter of the week it is in the zone; 0 is Monday, 0:00."""
        places = np.searchsorted(self.since, quarters, "right") - 1
        return (quarters + self.offsets[places]) % QUARTERS_A_WEEK


def _steady(zone: ZoneInfo, low: int, high: int) -> Iterator[tuple[int, int]]:
    """Yield where stretches with one offset begin, with it; none changes twice within a week."""
    begins = offset_at(low, zone)
    if begins == offset_at(high - 1, zone):
        yield low, begins
        return
    middle = (low + high) // 2
    yield from _steady(zone, low, middle)
    yield from _steady(zone, middle, high)


def free_quarters(hours: WeeklyHours | None) -> Truths:
    """Return in which quarters of the week somebody has time; unless they said, but at night."""
    if hours is None:
        return awkward_quarters() < NIGHT
    quarters = np.zeros(QUARTERS_A_WEEK, np.bool_)
    halves = np.fromiter(hours.halves, np.int32, len(hours.halves))
    quarters[halves * 2] = quarters[halves * 2 + 1] = True
    return quarters


def awkward_quarters() -> Numbers:
    """Return how awkward each quarter of the week is."""
    of_day = [awkwardness(quarter // QUARTERS_AN_HOUR) for quarter in range(QUARTERS_A_DAY)]
    return np.array(of_day * (QUARTERS_A_WEEK // QUARTERS_A_DAY), np.int32)


def most_within(of_week: Numbers, length: int) -> Numbers:
    """Return the most of so many quarters from each one of the week on."""
    return sliding_window_view(np.resize(of_week, QUARTERS_A_WEEK + length - 1), length).max(axis=1)
