"""How people of a language write dates and times: day or month first, 12 or 24 hours."""

from dataclasses import dataclass
from functools import cache

from babel import Locale, UnknownLocaleError


@dataclass(frozen=True)
class Habits:
    """What is known of how somebody writes."""

    month_first: bool | None = None
    """Whether 3/4 is 4 March; None if nobody knows, so that it is asked back."""
    twelve: bool = False
    """Whether 17:00 is 5pm to them."""


@cache
def habits_of(locale: str | None) -> Habits:
    """Return the habits of a Discord locale such as "en-GB"; none for one that is unknown."""
    try:
        known = Locale.parse(locale or "", sep="-")
    except (UnknownLocaleError, ValueError):
        return Habits()
    date, time = known.date_formats["short"].pattern, known.time_formats["short"].pattern
    return Habits(date.index("M") < date.index("d"), "h" in time)
