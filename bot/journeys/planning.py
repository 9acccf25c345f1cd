"""Dates from effort and pace. Pure: what day it is today is said by whoever asks.

Effort is spread evenly over the days of the week: at 7 hours a week each day holds one hour. What
is planned for a date is done before that day begins: 20 weeks of effort that begin on a Tuesday end
on the Tuesday 20 weeks later. Days of a pause hold nothing, so it moves all that follows.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from itertools import accumulate

from dateutil.relativedelta import relativedelta

from bot.careers.model import MOST_HOURS, Range
from bot.streaks.model import Pause

DAY = timedelta(days=1)
DAYS_A_WEEK = 7
MINUTES = 60

FULL_TIME = 40
"""Hours a week from which on a plan is called hard to keep: a full-time job."""


MOST_MONTHS = 1200
"""More are counted as so many: dates end with the year 9999."""


class Verdict(StrEnum):
    """Whether a target can be kept."""

    FITS = "fits"
    HARD = "hard"
    """It takes as much as a full-time job."""

    IMPOSSIBLE = "impossible"
    """It takes more than 60 hours a week, or there isn't a day left."""


@dataclass(frozen=True)
class Need:
    """What a target asks for."""

    hours: int | None
    """A week; None if there isn't a day left to work on."""

    @property
    def verdict(self) -> Verdict:
        """Whether it can be kept."""
        if self.hours is None or self.hours > MOST_HOURS:
            return Verdict.IMPOSSIBLE
        return Verdict.HARD if self.hours >= FULL_TIME else Verdict.FITS


def days_of_work(effort: int, hours: int) -> int:
    """Return how many days an effort takes, the last one perhaps in part."""
    return -(-effort * DAYS_A_WEEK // (hours * MINUTES))


def after(start: date, days: int, pauses: Iterable[Pause]) -> date:
    """Return the first date before which, from `start` on, there are so many days of work.

    All pauses must have ends.
    """
    left, day = days, start
    for pause in _in_order(pauses):
        if pause.last is None or pause.last < day:
            continue
        free = max((pause.first - day).days, 0)
        if left <= free:
            break
        left, day = left - free, pause.last + DAY
    return day + left * DAY


def days_between(start: date, end: date, pauses: Iterable[Pause]) -> int:
    """Return how many days of work there are from `start` until the day before `end`."""
    days, day = 0, start
    for pause in _in_order(pauses):
        if pause.last is None or pause.last < day:
            continue
        days += max((min(pause.first, end) - day).days, 0)
        day = pause.last + DAY
    return days + max((end - day).days, 0)


def settled(pauses: Iterable[Pause], today: date) -> tuple[Pause, ...]:
    """Return the pauses as if one without an end had its last day today."""
    return tuple(
        pause if pause.last is not None else replace(pause, last=max(today, pause.first))
        for pause in pauses
    )


def dates(
    efforts: Sequence[int], start: date, hours: int, pauses: Sequence[Pause]
) -> tuple[date, ...]:
    """Return for each effort in turn the date by which it is worked for, from `start` on."""
    sums = accumulate(efforts)
    return tuple(after(start, days_of_work(total, hours), pauses) for total in sums)


def worked_by(day: date, start: date, hours: int, pauses: Sequence[Pause]) -> int:
    """Return the effort that fits into the days from `start` until the day before `day`."""
    return days_between(start, day, pauses) * hours * MINUTES // DAYS_A_WEEK


def need(effort: int, start: date, target: date, pauses: Sequence[Pause]) -> Need:
    """Return what it takes to be there on `target`: the fewest whole hours a week that do."""
    days = days_between(start, target, pauses)
    if not effort:
        return Need(1)
    return Need(max(1, -(-effort * DAYS_A_WEEK // (days * MINUTES))) if days else None)


def pace_for(needed: Need) -> int:
    """Return the hours a week to plan with: what is needed, but no more than anybody may."""
    return min(needed.hours or MOST_HOURS, MOST_HOURS)


def weeks_beyond(months: Range, start: date, end: date) -> int:
    """Return by how many weeks the months last longer than a plan; less than 0 if shorter.

    0 if they last as long, or the plan lies within their range.
    """
    least, most = (
        start + relativedelta(months=min(bound, MOST_MONTHS)) if bound is not None else None
        for bound in (months.low, months.high)
    )
    if least is not None and end < least:
        return weeks_between(end, least)
    if most is not None and end > most and not months.high_open:
        return -weeks_between(most, end)
    return 0


def weeks_between(start: date, end: date) -> int:
    """Return how many weeks lie between two dates, rounded."""
    return round((end - start) / (DAY * DAYS_A_WEEK))


def _in_order(pauses: Iterable[Pause]) -> Iterator[Pause]:
    return iter(sorted(pauses, key=lambda pause: pause.first))
