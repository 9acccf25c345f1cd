"""Repeating phrases: the recurrence that the parts of a phrase come to."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from bot.i18n import _
from bot.when.asking import REPEAT_EXAMPLE, unclear
from bot.when.calendar_days import readings
from bot.when.clock_times import NOON, UNSAID, hours_of
from bot.when.descriptions import phrase_of
from bot.when.endings import date_of, end, without_weekdays
from bot.when.grammar import Reading, two_times
from bot.when.once import clock_of
from bot.when.parts import (
    Clock,
    Day,
    DayPart,
    HourMark,
    InDays,
    Instant,
    OnDate,
    PlainDay,
    Repeat,
    SkipShortMonths,
    Span,
    Weekdays,
)
from bot.when.recurrence import Recurrence, next_occurrence
from bot.when.rules import first_to_come, matches, rule, single
from bot.when.setting import Setting

EARLIEST_SURE = 6
"""A bare hour of a repeat from here on is in the morning; "every day at 5" is asked back."""


def repeats(reading: Reading) -> bool:
    """Whether the phrase repeats: it says so, or names several weekdays."""
    several = (isinstance(day, Weekdays) and len(day.days) > 1 for day in reading.days_for("on"))
    return bool(reading.all(Repeat)) or any(several)


def recurrence(reading: Reading, setting: Setting) -> Recurrence:
    """Return the recurrence that the phrase means. Raises UnclearTime."""
    if reading.all(Span) or reading.all(Instant):
        raise two_times()
    found = list(dict.fromkeys(_recurrences(reading, setting)))
    if len(found) > 1:
        choices = [setting.in_zone(_said(each, setting)) for each in found]
        raise unclear(_("That can be read in more than one way."), choices)
    setting.check_near(found[0].start)
    if next_occurrence(found[0], setting.now) is None:
        raise unclear(_("That ends before it comes."), example=f"{REPEAT_EXAMPLE} 10 times")
    return found[0]


def _said(found: Recurrence, setting: Setting) -> str:
    return phrase_of(found, setting.now, twelve=setting.writes_twelve)


def _recurrences(reading: Reading, setting: Setting) -> Iterator[Recurrence]:
    """Yield what each way to read the phrase comes to."""
    repeat = _repeat(reading)
    for days in _ways(reading.days_for("on")):
        for at in _times(reading):
            yield _recurrence(reading, repeat, days, at, setting)


def _repeat(reading: Reading) -> Repeat:
    """Return how often; "every" beside "monthly" says nothing more."""
    said = reading.all(Repeat)
    units = [each for each in said if each.unit] or said[:1] or [Repeat(None)]
    if len(units) > 1:
        raise two_times()
    others = [each.interval for each in said if not each.unit]
    if units[0].unit and max(others, default=1) > 1:
        raise unclear(_("I can't tell how often that is."), example="every 2 months on the 1st 7pm")
    timed = any(reading.all(kind) for kind in (DayPart, Clock, HourMark))
    if units[0].unit is None and timed and not reading.days_for("on"):
        return Repeat("day", units[0].interval)
    return units[0]


def _ways(days: list[Day]) -> list[list[PlainDay]]:
    """Return the days for each way to read them: "every year on 03/04" has two."""
    ways: list[list[PlainDay]] = [[]]
    for day in days:
        ways = [[*way, each] for way in ways for each in readings(day)]
    return ways[:2]


def _times(reading: Reading) -> list[time | None]:
    """Return the times of day it may be at; None if an hourly repeat says none."""
    said, part = clock_of(reading), reading.one(DayPart)
    hourly = any(each.unit == "hour" for each in reading.all(Repeat))
    if hourly and not (said or part):
        return [None]
    if said and said.kind == "midnight":
        return [time()]
    if said and said.kind == "bare" and not part and EARLIEST_SURE <= said.hour < NOON:
        said = Clock(said.hour, said.minute)
    return [each.time for each in hours_of(said, part, dated=True)]


def _recurrence(
    reading: Reading, repeat: Repeat, days: list[PlainDay], at: time | None, setting: Setting
) -> Recurrence:
    begin, days = _begin(reading, days, setting)
    days, left_out = without_weekdays(repeat, days, reading.days_for("except"))
    skip_short = bool(reading.all(SkipShortMonths))
    pattern = rule(repeat, days, begin or setting.today, skip_short=skip_short)
    start = _start(pattern, repeat, begin, at, setting)
    skipped = frozenset(date_of(day, start.date(), setting) for day in left_out)
    return Recurrence(
        f"{pattern}{end(reading, repeat, start, setting)}", start, setting.zone, skipped
    )


def _begin(
    reading: Reading, days: list[PlainDay], setting: Setting
) -> tuple[date | None, list[PlainDay]]:
    """Return the day from which it repeats, if said, and the days on which it does."""
    fixed = [day for day in days if isinstance(day, InDays | OnDate)]
    next_week = [day for day in days if isinstance(day, Weekdays) and day.next_week]
    said = [*reading.days_for("starting"), *fixed, *next_week]
    if len(said) > 1:
        raise two_times()
    every = [replace(day, next_week=False) if day in next_week else day for day in days]
    kept = [day for day in every if day not in fixed]
    begin = date_of(said[0], setting.today, setting) if said else None
    if begin:
        setting.check_recent(datetime.combine(begin, time()))
    return begin, kept


def _start(
    pattern: str, repeat: Repeat, begin: date | None, at: time | None, setting: Setting
) -> datetime:
    """Return the first match; an hourly repeat runs from the hour said, or the next full ones."""
    if at is None and begin in {None, setting.today}:
        hour = setting.wall.replace(minute=0, second=0, microsecond=0)
        return hour + timedelta(hours=repeat.interval)
    at = at or UNSAID
    if repeat.unit == "hour":
        return datetime.combine(begin or setting.today, at)
    if begin is None:
        return first_to_come(pattern, at, setting)
    first = next(matches(single(pattern), datetime.combine(begin, at)))
    if repeat.interval > 1 or setting.is_to_come(first):
        return first
    return first_to_come(pattern, at, setting)
