"""What leaderboards count, over which time, and who is on them."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bot.leaderboard.ranking import Board

PAGE = 10
"""Members on a page: each is looked up at Discord, so that who left isn't shown."""

EVER = date(1, 1, 1)


class Measure(StrEnum):
    """What is counted."""

    STREAK = "streak"
    """Days in a row, as of now."""

    ANSWERS = "answers"
    HELPFUL = "helpful"
    """Votes on shared answers that were given in the period."""


class Period(StrEnum):
    """Over which time; by the local days of those who answered, weeks begin on Monday."""

    WEEK = "week"
    LAST_WEEK = "last_week"
    MONTH = "month"
    LAST_MONTH = "last_month"
    YEAR = "year"
    EVER = "ever"


class Length(StrEnum):
    """How long a span is."""

    WEEK = "week"
    MONTH = "month"
    YEAR = "year"
    EVER = "ever"


@dataclass(frozen=True)
class Span:
    """A week, month or year of the calendar, or all time, by its first day."""

    length: Length
    begins: date


@dataclass(frozen=True)
class Wanted:
    """Which leaderboard somebody wants to see."""

    measure: Measure = Measure.STREAK
    period: Period = Period.MONTH
    """Without meaning for streaks."""

    page: int = 0


@dataclass(frozen=True)
class Seen:
    """A leaderboard as a member sees it."""

    wanted: Wanted
    board: Board
    takes_part: bool
    """Whether the reader does."""


@dataclass(frozen=True)
class Tally:
    """What a member's answers in a span add up to."""

    answers: int = 0
    helpful: int = 0


def spans_with(day: date) -> tuple[Span, ...]:
    """Return the spans that a day belongs to, one of each length."""
    return (
        Span(Length.WEEK, day - timedelta(days=day.weekday())),
        Span(Length.MONTH, day.replace(day=1)),
        Span(Length.YEAR, day.replace(month=1, day=1)),
        Span(Length.EVER, EVER),
    )


def span_of(period: Period, today: date) -> Span:
    """Return the span that a period means on a day."""
    week, month, year, ever = spans_with(today)
    last_week = week.begins - timedelta(weeks=1)
    last_month = (month.begins - timedelta(days=1)).replace(day=1)
    spans = {
        Period.WEEK: week,
        Period.LAST_WEEK: Span(Length.WEEK, last_week),
        Period.MONTH: month,
        Period.LAST_MONTH: Span(Length.MONTH, last_month),
        Period.YEAR: year,
        Period.EVER: ever,
    }
    return spans[period]


def last_day(span: Span) -> date:
    """Return the last day of a span."""
    if span.length is Length.WEEK:
        return span.begins + timedelta(days=6)
    if span.length is Length.MONTH:
        return (span.begins + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    if span.length is Length.YEAR:
        return span.begins.replace(month=12, day=31)
    return date.max


def spans_shown(today: date) -> frozenset[Span]:
    """Return all spans that can be asked for where it is this day, or was or will be a day off."""
    days = (today - timedelta(days=1), today, today + timedelta(days=1))
    return frozenset(span_of(period, day) for day in days for period in Period)
