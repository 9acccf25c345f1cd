"""Where a repeat ends, and what it leaves out."""

from datetime import date, datetime, time, timedelta

from bot.i18n import _
from bot.when.asking import REPEAT_EXAMPLE, unclear
from bot.when.calendar_days import dates, readings
from bot.when.grammar import Reading
from bot.when.lengths import by_calendar, check, exact_part, has_exact
from bot.when.parts import Count, Day, InDays, Lasting, PlainDay, Repeat, Span, Weekdays
from bot.when.setting import Setting

ALL_DAYS = Weekdays(tuple(range(7)))


def date_of(day: Day, first: date, setting: Setting) -> date:
    """Return the date of "until friday", from `first` on; "tomorrow" counts from today.

    Raises UnclearTime if it can be read in two ways or isn't to come.
    """
    ways = readings(day)
    if len(ways) > 1:
        raise unclear(
            _("Write the month of that date as a word."), example=f"{REPEAT_EXAMPLE} until 1 march"
        )
    found = next(dates(ways[0], setting.today if isinstance(day, InDays) else first), None)
    if found is None:
        raise unclear(_("There is no such day to come."), example=f"{REPEAT_EXAMPLE} until 1 march")
    return found


def end(reading: Reading, repeat: Repeat, start: datetime, setting: Setting) -> str:
    """Return ";UNTIL=..." or ";COUNT=...", if the phrase says either. Raises UnclearTime."""
    ends = [
        *(_until(date_of(day, start.date(), setting), start) for day in reading.days_for("until")),
        *(f";COUNT={count.times}" for count in reading.all(Count)),
        *(_lasting(each.span, repeat, start) for each in reading.all(Lasting)),
    ]
    if len(ends) > 1:
        raise unclear(_("It can end in one way only."), example=f"{REPEAT_EXAMPLE} 10 times")
    return "".join(ends)


def _until(last: date, start: datetime) -> str:
    """Return ";UNTIL=..." for a last day, which counts."""
    if last < start.date():
        raise unclear(_("That ends before it begins."), example=f"{REPEAT_EXAMPLE} 10 times")
    return f";UNTIL={datetime.combine(last, time(23, 59, 59)):%Y%m%dT%H%M%S}"


def _lasting(span: Span, repeat: Repeat, start: datetime) -> str:
    """Return the end of "for 3 weeks"; "for 6 hours" is so many times."""
    check(span)
    if not has_exact(span):
        return _until((by_calendar(span, start) - timedelta(days=1)).date(), start)
    times = exact_part(span) // timedelta(hours=repeat.interval)
    if repeat.unit != "hour" or not times:
        raise unclear(
            _("For how many days, weeks or times?"), example=f"{REPEAT_EXAMPLE} for 3 weeks"
        )
    return f";COUNT={times}"


def without_weekdays(
    repeat: Repeat, days: list[PlainDay], left_out: list[Day]
) -> tuple[list[PlainDay], list[Day]]:
    """Return the days without weekdays that are left out, and what else is left out."""
    weekdays = [day for day in left_out if isinstance(day, Weekdays)]
    if not weekdays:
        return days, left_out
    daily = repeat == Repeat("day") and not days
    everyday = [ALL_DAYS] if daily else [day for day in days if isinstance(day, Weekdays)]
    gone = {number for day in weekdays for number in day.days}
    kept = {number for day in everyday for number in day.days} - gone
    if not kept:
        raise unclear(_("That leaves no day."), example="every day 9am except sunday")
    return [Weekdays(tuple(sorted(kept)))], [day for day in left_out if day not in weekdays]
