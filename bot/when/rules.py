"""RFC 5545 rules from the parts of a phrase: how often, and on which days."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from typing import Final

from dateutil.rrule import rrulestr

from bot.i18n import _
from bot.when.asking import REPEAT_EXAMPLE, unclear
from bot.when.errors import UnclearTime
from bot.when.parts import DayOfMonth, EachYear, NthWeekday, PlainDay, Repeat, Unit, Weekdays
from bot.when.setting import Setting

CODES: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
SHORTEST_MONTH = 28
LEAP_DAY: Final = (2, 29)

FREQUENCIES: Final[dict[tuple[Unit | None, str], str]] = {
    (None, "weekdays"): "WEEKLY",
    (None, "day of month"): "MONTHLY",
    (None, "nth weekday"): "MONTHLY",
    (None, "nth weekday of a month"): "YEARLY",
    (None, "day of year"): "YEARLY",
    ("hour", "none"): "HOURLY",
    ("day", "none"): "DAILY",
    ("day", "weekdays"): "WEEKLY",
    ("week", "none"): "WEEKLY",
    ("week", "weekdays"): "WEEKLY",
    ("month", "none"): "MONTHLY",
    ("month", "day of month"): "MONTHLY",
    ("month", "nth weekday"): "MONTHLY",
    ("year", "none"): "YEARLY",
    ("year", "nth weekday of a month"): "YEARLY",
    ("year", "day of year"): "YEARLY",
}
"""What "every ..." and the kind of its day come to; other pairs make no sense."""


def rule(repeat: Repeat, days: Sequence[PlainDay], first: date, *, skip_short: bool) -> str:
    """Return the RRULE, without its end; "weekly" alone is on the weekday of `first`.

    Raises UnclearTime if the days don't go with how often.
    """
    frequency = FREQUENCIES.get((repeat.unit, _kind(days)))
    if frequency is None or (repeat.unit == "day" and days and repeat.interval > 1):
        raise _senseless(repeat)
    interval = f";INTERVAL={repeat.interval}" if repeat.interval > 1 else ""
    by = _by(days or _days_of(frequency, first), skip_short=skip_short)
    return f"FREQ={frequency}{interval}{by}"


def single(pattern: str) -> str:
    """Return the rule as it would be with neither an interval nor an end."""
    return re.sub(r";(?:INTERVAL|UNTIL|COUNT)=\w+", "", pattern)


def matches(pattern: str, start: datetime) -> Iterator[datetime]:
    """Yield the wall times from `start` on that the rule matches."""
    return iter(rrulestr(pattern, dtstart=start))


def first_to_come(pattern: str, at: time, setting: Setting) -> datetime:
    """Return the next wall time that begins the rule."""
    walls = matches(single(pattern), datetime.combine(setting.today, at))
    return next(wall for wall in walls if setting.is_to_come(wall))


def _senseless(repeat: Repeat) -> UnclearTime:
    if repeat.unit == "month":
        return unclear(_("On which day of the month?"), example="first monday of the month 7pm")
    return unclear(_("I can't tell how often that is."), example=REPEAT_EXAMPLE)


def _kind(days: Sequence[PlainDay]) -> str:
    kinds = {_kind_of(day) for day in days}
    return kinds.pop() if len(kinds) == 1 else "several" if kinds else "none"


def _kind_of(day: PlainDay) -> str:
    match day:
        case Weekdays():
            return "weekdays"
        case DayOfMonth():
            return "day of month"
        case NthWeekday(month=None):
            return "nth weekday"
        case NthWeekday():
            return "nth weekday of a month"
        case _:
            return "day of year"


def _days_of(frequency: str, first: date) -> list[PlainDay]:
    """Return the day on which a rule without any recurs."""
    days: dict[str, PlainDay] = {
        "WEEKLY": Weekdays((first.weekday(),)),
        "MONTHLY": DayOfMonth(first.day),
        "YEARLY": EachYear(first.month, first.day),
    }
    return [days[frequency]] if frequency in days else []


def _by(days: Sequence[PlainDay], *, skip_short: bool) -> str:
    """Return the rule's days, which are all of one kind."""
    match list(days):
        case []:
            return ""
        case [Weekdays(), *_]:
            return _by_weekday([day for day in days if isinstance(day, Weekdays)])
        case [DayOfMonth(), *_]:
            numbers = sorted({day.day for day in days if isinstance(day, DayOfMonth)})
            return _by_day_of_month(numbers, skip_short=skip_short)
        case [NthWeekday(), *_]:
            return _by_nth_weekday([day for day in days if isinstance(day, NthWeekday)])
        case [EachYear(month, day)]:
            return _by_day_of_year(month, day)
        case _:
            raise unclear(_("Say each day on its own."), example="every year on 24 december 7pm")


def _by_weekday(days: list[Weekdays]) -> str:
    numbers = sorted({number for day in days for number in day.days})
    return f";BYDAY={','.join(CODES[number] for number in numbers)}"


def _by_day_of_month(numbers: list[int], *, skip_short: bool) -> str:
    """Return the days; one that short months lack is their last, unless there are several."""
    number = numbers[-1]
    if len(numbers) > 1 or number <= SHORTEST_MONTH or skip_short:
        return f";BYMONTHDAY={','.join(map(str, numbers))}"
    days = ",".join(str(day) for day in range(SHORTEST_MONTH, number + 1))
    return f";BYMONTHDAY={days};BYSETPOS=-1"


def _by_nth_weekday(days: list[NthWeekday]) -> str:
    months = {day.month for day in days}
    if len(months) > 1:
        raise unclear(_("Say each month on its own."), example="first monday of september 7pm")
    codes = ",".join(f"{day.nth}{CODES[day.weekday]}" for day in days)
    month = months.pop()
    return f"{f';BYMONTH={month}' if month else ''};BYDAY={codes}"


def _by_day_of_year(month: int, day: int) -> str:
    if (month, day) == LEAP_DAY:
        return ";BYMONTH=2;BYMONTHDAY=28,29;BYSETPOS=-1"
    return f";BYMONTH={month};BYMONTHDAY={day}"
