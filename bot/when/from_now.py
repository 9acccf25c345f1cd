"""Phrases that count from now: "in 20 minutes" needs no zone."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.when.clock_times import LAST_HOUR, NOON
from bot.when.grammar import Reading, two_times
from bot.when.lengths import by_calendar, check, exact_part, is_exact
from bot.when.parts import Clock, DayPart, HourMark, Span
from bot.when.recurrence import resolve


def span_of(reading: Reading) -> Span | None:
    """Return how long from now, if the phrase says nothing else. Raises UnclearTime."""
    span, mark = reading.one(Span), reading.one(HourMark)
    if reading.days or reading.all(Clock) or reading.all(DayPart):
        return None
    if span and mark:
        raise two_times()
    if mark and (not mark.hours or NOON < mark.hours < LAST_HOUR):
        return None
    return Span(((mark.hours, "hour"), (mark.minutes, "minute"))) if mark else span


def after(span: Span, now: datetime, zone: str | None) -> datetime:
    """Return the instant so long from now; days, weeks and months keep the zone's wall time.

    Raises UnclearTime if it is now, or more than five years ahead.
    """
    check(span)
    return _later_day(span, now, zone or "UTC") + exact_part(span)


def _later_day(span: Span, now: datetime, zone: str) -> datetime:
    if is_exact(span):
        return now
    wall = now.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    return resolve(by_calendar(span, wall), zone)
