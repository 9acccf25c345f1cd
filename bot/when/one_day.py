"""The one day of a phrase that doesn't repeat: as dates, for each way to read it."""

import re
from datetime import date

from bot.i18n import _
from bot.when.asking import date_phrase, unclear
from bot.when.calendar_days import dates, readings
from bot.when.errors import UnclearTime
from bot.when.grammar import Reading, two_times
from bot.when.lengths import by_calendar, check, has_exact
from bot.when.parts import Day, DayOfMonth, InDays, NthWeekday, OnDate, Span, Weekdays
from bot.when.setting import Setting
from bot.when.vocabulary import WEEKDAYS


def dates_said(reading: Reading, setting: Setting) -> list[list[date]]:
    """Return the dates for each way to read the day; none if no day is said.

    A weekday may go with a date ("friday 24 december"). Raises UnclearTime.
    """
    days = _days(reading, setting)
    weekday = next((day for day in days if isinstance(day, Weekdays)), None)
    others = [day for day in days if day != weekday]
    if len(others) > 1:
        raise two_times()
    if weekday and others:
        return [_on_weekday(weekday, others[0], reading, setting)]
    return [list(dates(each, setting.today)) for day in days for each in readings(day)]


def _days(reading: Reading, setting: Setting) -> list[Day]:
    days = [*reading.days_for("on"), *reading.days_for("starting")]
    for day in days:
        if isinstance(day, NthWeekday) and day.nth == -1 and not (day.month or day.which):
            raise unclear(_("That is in the past."), example="friday 7pm")
    if span := reading.one(Span):
        days.append(_after(span, setting))
    return days


def _after(span: Span, setting: Setting) -> OnDate:
    """Return the day of "in 3 days at 9am"."""
    check(span)
    if has_exact(span):
        raise two_times()
    return OnDate(by_calendar(span, setting.wall).date())


def _on_weekday(weekday: Weekdays, day: Day, reading: Reading, setting: Setting) -> list[date]:
    """Return the dates that are on the weekday: any 13th may be, of 24 december the next only."""
    if isinstance(day, InDays):
        raise two_times()
    found = [next(dates(each, setting.today)) for each in readings(day)]
    if isinstance(day, DayOfMonth):
        found = list(dates(day, setting.today))
    fitting = [each for each in found if each.weekday() in weekday.days]
    if not fitting:
        raise _wrong_weekday(found[0], WEEKDAYS[weekday.days[0]], reading)
    return fitting


def _wrong_weekday(day: date, weekday: str, reading: Reading) -> UnclearTime:
    what = _("{date} isn't a {weekday}.").format(
        date=date_phrase(day), weekday=weekday.capitalize()
    )
    without = re.sub(rf"\b(?:this |next )?{weekday}\b ?", "", reading.words)
    return unclear(what, (without, f"{weekday} 7pm"))
