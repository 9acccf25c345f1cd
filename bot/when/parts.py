"""What a phrase is made of: each part says one thing, whatever the words' order."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

Unit = Literal["seconds", "minute", "hour", "day", "week", "month", "year"]
Which = Literal["this", "next"] | None
"""Of which month, if that is said."""
Role = Literal["on", "starting", "until", "except"]


@dataclass(frozen=True)
class Clock:
    """A time of day. A bare one ("at 5") may be in the morning or in the evening."""

    hour: int
    """0 to 24; 24 is the end of the day."""
    minute: int = 0
    kind: Literal["sure", "bare", "midnight"] = "sure"
    twelve: bool = field(default=False, compare=False)
    """Whether the member writes am and pm."""


@dataclass(frozen=True)
class HourMark:
    """What "h" is in: "19h30", which is a time of day, or "2h30", which is how long from now."""

    hours: int
    minutes: int


@dataclass(frozen=True)
class DayPart:
    """A part of the day, which has an hour of its own and tells am from pm."""

    name: Literal["morning", "afternoon", "evening", "night"]


@dataclass(frozen=True)
class Span:
    """A length of time: from now, or over which something repeats."""

    amounts: tuple[tuple[int, Unit], ...]


@dataclass(frozen=True)
class Instant:
    """A point in time that needs no zone: a Discord timestamp, or ISO 8601 with an offset."""

    at: datetime


@dataclass(frozen=True)
class OnDate:
    """A day of a certain year."""

    day: date


@dataclass(frozen=True)
class EachYear:
    """A day that comes every year; one-off it is the next."""

    month: int
    day: int


@dataclass(frozen=True)
class DayOfMonth:
    """A day that comes every month; -1 is the last."""

    day: int
    which: Which = None


@dataclass(frozen=True)
class InDays:
    """So many days from today; negative ones are past."""

    days: int


@dataclass(frozen=True)
class Weekdays:
    """Days of the week, 0 for Monday; several of them are a repeat."""

    days: tuple[int, ...]
    next_week: bool = False
    later: int = 0
    """Days to add."""


@dataclass(frozen=True)
class NthWeekday:
    """The first, second, ... or last (-1) weekday of each month, or of a certain one."""

    nth: int
    weekday: int
    month: int | None = None
    year: int | None = None
    which: Which = None


@dataclass(frozen=True)
class Either:
    """A date that can be read in two ways."""

    day_first: "OnDate | EachYear"
    month_first: "OnDate | EachYear"


PlainDay = OnDate | EachYear | DayOfMonth | InDays | Weekdays | NthWeekday
Day = PlainDay | Either


@dataclass(frozen=True)
class Repeat:
    """How often: "every 2 weeks"; without a unit ("every") the day says it."""

    unit: Unit | None
    interval: int = 1


@dataclass(frozen=True)
class Mark:
    """What the next day is for: "until", "starting", "except"."""

    role: Role


@dataclass(frozen=True)
class Count:
    """How many times."""

    times: int


@dataclass(frozen=True)
class Lasting:
    """Over how long something repeats."""

    span: Span


@dataclass(frozen=True)
class SkipShortMonths:
    """Months without a 31st are left out, rather than served on their last day."""


@dataclass(frozen=True)
class Turn:
    """Which of two equal wall times is meant, where clocks go back: 0 or 1."""

    fold: Literal[0, 1]


@dataclass(frozen=True)
class ZoneName:
    """A word or several that name a zone, and where they stand."""

    text: str
    start: int = field(compare=False)
    end: int = field(compare=False)
    guessed: bool = field(default=False, compare=False)
    """Whether it is just what nothing else is known to be."""


Part = (
    Clock
    | HourMark
    | DayPart
    | Span
    | Instant
    | Day
    | Repeat
    | Mark
    | Count
    | Lasting
    | SkipShortMonths
    | Turn
    | ZoneName
)
