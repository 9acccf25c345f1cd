"""Days, as people write them: tomorrow, next friday, the 15th, 24 Dec 2026, 24.12., christmas."""

import re
from calendar import monthrange
from datetime import date
from typing import Final

from bot.i18n import _
from bot.when.asking import unclear
from bot.when.clock_times import Rule
from bot.when.parts import (
    DayOfMonth,
    EachYear,
    Either,
    InDays,
    NthWeekday,
    OnDate,
    Part,
    Repeat,
    Weekdays,
    Which,
)
from bot.when.vocabulary import MONTHS, WEEKDAYS

LEAP_YEAR = 2024
CENTURY = 2000
MONTHS_A_YEAR = 12
LONGEST_MONTH = 31
WORKING_DAYS = (0, 1, 2, 3, 4)
WEEKEND = (5, 6)

HOLIDAYS: Final = {
    "new year eve": (12, 31),
    "new year day": (1, 1),
    "new year": (1, 1),
    "valentines day": (2, 14),
    "valentines": (2, 14),
    "halloween": (10, 31),
    "christmas eve": (12, 24),
    "christmas day": (12, 25),
    "christmas": (12, 25),
    "boxing day": (12, 26),
}
"""Days on which nobody in the world differs, as (month, day)."""

WHICH: Final[dict[str | None, Which]] = {"this": "this", "next": "next"}

NEAR_DAYS: Final = {
    "day before yesterday": -2,
    "yesterday": -1,
    "today": 0,
    "tomorrow": 1,
    "day after tomorrow": 2,
}


def day_of(day: int, month: int, year: int | None) -> OnDate | EachYear:
    """Return the day, checked to exist. Raises UnclearTime."""
    if not 1 <= month <= MONTHS_A_YEAR:
        raise unclear(_("There is no month {month}.").format(month=month))
    if not 1 <= day <= monthrange(year or LEAP_YEAR, month)[1]:
        name = f"{day} {MONTHS[month - 1].capitalize()} {year or ''}".strip()
        last = monthrange(year or LEAP_YEAR, month)[1]
        example = f"{last} {MONTHS[month - 1]} 7pm"
        raise unclear(_("There is no {date}.").format(date=name), example=example)
    return EachYear(month, day) if year is None else OnDate(date(year, month, day))


def _year(text: str | None) -> int | None:
    if text is None:
        return None
    year = int(text)
    if year == 0 and len(text) > 2:  # noqa: PLR2004 - two figures are of this century
        raise unclear(_("There was no year 0."))
    return year + CENTURY if len(text) == 2 else year  # noqa: PLR2004


def _named(match: re.Match[str]) -> tuple[Part, ...]:
    month = MONTHS.index(match["month"]) + 1
    return (day_of(int(match["d"]), month, _year(match["y"])),)


def _numeric(match: re.Match[str]) -> tuple[Part, ...]:
    return (day_of(int(match["d"]), int(match["m"]), _year(match.groupdict().get("y"))),)


def _slashed(match: re.Match[str]) -> tuple[Part, ...]:
    first, second, year = int(match["a"]), int(match["b"]), _year(match["y"])
    if second > MONTHS_A_YEAR:
        return (day_of(second, first, year),)
    if first > MONTHS_A_YEAR or first == second:
        return (day_of(first, second, year),)
    return (Either(day_of(first, second, year), day_of(second, first, year)),)


def _day_of_month(match: re.Match[str]) -> tuple[Part, ...]:
    day = int(match["d"])
    if not 1 <= day <= LONGEST_MONTH:
        raise unclear(_("No month has a day {day}.").format(day=day), example="on the 15th 7pm")
    return _in_months(day, match["which"])


def _last_day(match: re.Match[str]) -> tuple[Part, ...]:
    return _in_months(-1, match["which"])


def _in_months(day: int, which: str | None) -> tuple[Part, ...]:
    if which == "every":
        return (Repeat("month"), DayOfMonth(day))
    return (DayOfMonth(day, WHICH.get(which)),)


def _weekday(match: re.Match[str]) -> tuple[Part, ...]:
    return (Weekdays((WEEKDAYS.index(match["day"]),)),)


def _next_weekday(match: re.Match[str]) -> tuple[Part, ...]:
    return (Weekdays((WEEKDAYS.index(match["day"]),), next_week=True),)


def _weekday_week(match: re.Match[str]) -> tuple[Part, ...]:
    return (Weekdays((WEEKDAYS.index(match["day"]),), later=7),)


def _weekdays(match: re.Match[str]) -> tuple[Part, ...]:
    days = [WEEKDAYS.index(day) for day in re.findall(r"\w+day", match[0])]
    if "to" in match[0].split():
        first, last = days[0], days[-1]
        days = [(first + step) % 7 for step in range((last - first) % 7 + 1)]
    return (Weekdays(tuple(sorted(set(days)))),)


def _counted_from(match: re.Match[str]) -> tuple[Part, ...]:
    days = int(match["n"]) * (1 if match["unit"] == "day" else 7)
    if match["base"] in NEAR_DAYS:
        return (InDays(NEAR_DAYS[match["base"]] + days),)
    return (Weekdays((WEEKDAYS.index(match["base"]),), later=days),)


def _nth_weekday(match: re.Match[str]) -> tuple[Part, ...]:
    places = [-1 if nth == "last" else int(nth[0]) for nth in match["nth"].split()]
    weekday = WEEKDAYS.index(match["day"])
    month = MONTHS.index(match["month"]) + 1 if match["month"] else None
    year, which = _year(match["y"]), WHICH.get(match["which"])
    days = tuple(NthWeekday(nth, weekday, month, year, which) for nth in places)
    if which or month:
        return days
    several = (Repeat(None),) if len(days) > 1 else ()
    return (Repeat("month"), *days) if match["whole"] else (*several, *days)


def _day_wanted(match: re.Match[str]) -> tuple[Part, ...]:
    head, tail = match.string[: match.start()], match.string[match.end() :]
    choice = f"{head}1 {match[0].removeprefix('next ')}{tail}"
    raise unclear(_("Which day in {month}?").format(month=match["month"].capitalize()), (choice,))


WEEKDAY = "|".join(WEEKDAYS)
MONTH = rf"(?P<month>{'|'.join(MONTHS)})"
YEAR = r"(?P<y>(?:19|20|21)\d\d)(?! hour)"
ORDINAL = r"(?:st|nd|rd|th)"
NTH = rf"(?:[1-5]{ORDINAL}|last)"
DAY = rf"(?P<d>\d{{1,2}}){ORDINAL}?"

RULES: Final[tuple[Rule, ...]] = (
    (rf"{DAY}(?: of)? {MONTH}(?: {YEAR})?", _named),
    (rf"{MONTH} {DAY}(?: {YEAR})?", _named),
    (rf"{DAY} - {MONTH} - {YEAR}", _named),
    (rf"(?:next )?{MONTH}(?: (?:19|20|21)\d\d)?", _day_wanted),
    (r"(?P<y>\d{4})(?P<sep>[-/.])(?P<m>\d{1,2})(?P=sep)(?P<d>\d{1,2})", _numeric),
    (r"(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>\d{4}|\d\d)", _numeric),
    (r"(?P<d>\d{1,2})\.(?P<m>0?[1-9]|1[0-2])", _numeric),
    (r"(?P<a>\d{1,2})(?P<sep>[/-])(?P<b>\d{1,2})(?P=sep)(?P<y>\d{4}|\d\d)", _slashed),
    (r"(?P<a>\d{1,2})/(?P<b>\d{1,2})(?P<y>)??", _slashed),
    (rf"(?P<d>\d{{1,2}}){ORDINAL}(?: (?:of )?(?P<which>this|next|every)? ?month)?", _day_of_month),
    (r"day (?P<d>\d{1,2})(?: of (?P<which>every)? ?month)?", _day_of_month),
    (r"(?:last day|end)(?: of)?(?: (?P<which>this|next|every))? month", _last_day),
    (r"last day(?P<which>)??", _last_day),
    (rf"(?:this )?(?P<day>{WEEKDAY})", _weekday),
    (rf"(?:next|next week) (?P<day>{WEEKDAY})", _next_weekday),
    (rf"(?P<day>{WEEKDAY}) next week", _next_weekday),
    (rf"(?:this )?(?P<day>{WEEKDAY}) week", _weekday_week),
    (rf"(?:{WEEKDAY})(?: (?:to )?(?:{WEEKDAY}))+", _weekdays),
    (
        r"(?:in )?(?P<n>\d{1,3}) (?P<unit>day|week) (?:starting|after) "
        rf"(?P<base>today|tomorrow|{WEEKDAY})",
        _counted_from,
    ),
    (
        rf"(?P<nth>{NTH}(?: {NTH})*) (?P<day>{WEEKDAY})"
        r"(?: (?:of |in )?"
        rf"(?:(?P<whole>(?:(?P<which>next|this|every) )?month)|{MONTH}(?: {YEAR})?))?",
        _nth_weekday,
    ),
    ("weekday", lambda _match: (Weekdays(WORKING_DAYS),)),
    ("weekend", lambda _match: (Weekdays(WEEKEND),)),
    ("|".join(NEAR_DAYS), lambda match: (InDays(NEAR_DAYS[match[0]]),)),
    ("|".join(HOLIDAYS), lambda match: (EachYear(*HOLIDAYS[match[0]]),)),
)
