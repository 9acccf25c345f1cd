"""The dates that a day of a phrase may be, seen from a certain day."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta

from bot.when.dates import MONTHS_A_YEAR
from bot.when.parts import (
    Day,
    DayOfMonth,
    EachYear,
    Either,
    InDays,
    NthWeekday,
    OnDate,
    PlainDay,
    Weekdays,
    Which,
)

MOST_YEARS = 9
"""Within so many years each day of the year comes, even 29 February."""

WEEK = timedelta(weeks=1)


def readings(day: Day) -> list[PlainDay]:
    """Return the ways to read the day: one, or two for "03/04"."""
    return [day.day_first, day.month_first] if isinstance(day, Either) else [day]


def dates(day: PlainDay, today: date) -> Iterator[date]:
    """Yield the dates of a day in order, from `today` on unless one fixed date was said.

    "friday" and "this friday" are the coming one, today included. "next friday" is the one in
    the week that begins next Monday, so that on a Sunday it is five days off.
    """
    match day:
        case OnDate(fixed):
            yield fixed
        case InDays(days):
            yield today + timedelta(days=days)
        case Weekdays():
            yield from _weekdays(day, today)
        case _:
            months = _months(today, None if isinstance(day, EachYear) else day.which)
            found = (_in_month(day, year, month) for year, month in months)
            yield from (each for each in found if each and _wanted(day, each, today))


def _weekdays(day: Weekdays, today: date) -> Iterator[date]:
    monday = today - timedelta(days=today.weekday())
    if day.next_week:
        yield from sorted(monday + WEEK + timedelta(days=each) for each in day.days)
        return
    first = [today + timedelta(days=(each - today.weekday()) % 7) for each in day.days]
    later = timedelta(days=day.later)
    weeks = range(1) if day.later else range(2)
    yield from (each + later + week * WEEK for week in weeks for each in sorted(first))


def _months(today: date, which: Which) -> Iterator[tuple[int, int]]:
    first = today.year * MONTHS_A_YEAR + today.month - 1
    numbers = {
        None: range(first, first + MOST_YEARS * MONTHS_A_YEAR),
        "this": range(first, first + 1),
        "next": range(first + 1, first + 2),
    }
    return ((number // MONTHS_A_YEAR, number % MONTHS_A_YEAR + 1) for number in numbers[which])


def _in_month(day: EachYear | DayOfMonth | NthWeekday, year: int, month: int) -> date | None:
    """Return the day's date in the month, if it comes there."""
    if not isinstance(day, DayOfMonth) and day.month not in {None, month}:
        return None
    weekday, length = monthrange(year, month)
    number = _nth(day, weekday, length) if isinstance(day, NthWeekday) else day.day
    number = length if number == -1 else number
    return date(year, month, number) if number <= length else None


def _nth(day: NthWeekday, weekday_of_1st: int, length: int) -> int:
    first = 1 + (day.weekday - weekday_of_1st) % 7
    return max(range(first, length + 1, 7)) if day.nth == -1 else first + 7 * (day.nth - 1)


def _wanted(day: EachYear | DayOfMonth | NthWeekday, found: date, today: date) -> bool:
    year = day.year if isinstance(day, NthWeekday) else None
    return found >= today and year in {None, found.year}
