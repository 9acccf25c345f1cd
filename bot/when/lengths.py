"""How long units of time are, and how far ahead is too far."""

from datetime import datetime, timedelta
from typing import Final

from dateutil.relativedelta import relativedelta

from bot.i18n import _
from bot.when.asking import unclear
from bot.when.parts import Span, Unit

FURTHEST = timedelta(days=5 * 366)
"""Five years; who says more has most likely mistyped."""

EXACT: Final[dict[Unit, timedelta]] = {
    "seconds": timedelta(seconds=1),
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
}
"""Units that are as long everywhere; the others go by the calendar."""

LEAST: Final[dict[Unit, timedelta]] = {
    **EXACT,
    "day": timedelta(days=1),
    "week": timedelta(weeks=1),
    "month": timedelta(days=28),
    "year": timedelta(days=365),
}
"""No unit is shorter than this."""


def is_exact(span: Span) -> bool:
    """Whether the span has nothing that goes by the calendar."""
    return all(unit in EXACT for _number, unit in span.amounts)


def has_exact(span: Span) -> bool:
    """Whether the span has seconds, minutes or hours."""
    return any(unit in EXACT for _number, unit in span.amounts)


def exact_part(span: Span) -> timedelta:
    """Return the seconds, minutes and hours."""
    return sum((EXACT[unit] * n for n, unit in span.amounts if unit in EXACT), timedelta())


def by_calendar(span: Span, wall: datetime) -> datetime:
    """Return the wall time so many days, weeks, months and years later."""
    total = dict.fromkeys(LEAST, 0)
    for number, unit in span.amounts:
        total[unit] += number
    return wall + relativedelta(
        years=total["year"], months=total["month"], weeks=total["week"], days=total["day"]
    )


def check(span: Span) -> None:
    """Raise UnclearTime if the span is nothing, or more than five years."""
    least = sum((LEAST[unit] * number for number, unit in span.amounts), timedelta())
    if least > FURTHEST:
        raise unclear(_("That is more than five years."), example="in 3 months")
    if not least:
        raise unclear(_("That is right now."), example="in 20 minutes")
