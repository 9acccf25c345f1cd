"""How often and how long, as people write it: in 2h, every other week, until march, 10 times."""

import re
from datetime import UTC, datetime
from typing import Final, cast

from bot.i18n import _
from bot.when.asking import REPEAT_EXAMPLE, quoted, unclear
from bot.when.clock_times import Meaning, Rule
from bot.when.lengths import check
from bot.when.parts import (
    Count,
    Instant,
    Lasting,
    Mark,
    NthWeekday,
    Part,
    Repeat,
    Role,
    SkipShortMonths,
    Span,
    Turn,
    Unit,
)
from bot.when.vocabulary import WEEKDAYS

MINUTES: Final = {"minute": 1, "hour": 60, "day": 1440, "week": 10080}
FIGURES: Final = 6
"""Longer numbers are no lengths of time that anybody means."""

MOST_TIMES = 1000


def _amount(number: str, unit: str) -> tuple[int, Unit]:
    """Return a whole amount: 1.5 hours are 90 minutes, a fortnight is 2 weeks, h is hour."""
    unit = "hour" if unit == "h" else unit
    if unit == "fortnight":
        number, unit = str(float(number) * 2), "week"
    if float(number).is_integer():
        return int(float(number)), cast("Unit", unit)
    if unit not in MINUTES:
        raise unclear(_("Say it in whole {unit}s.").format(unit=unit), example="in 3 months")
    return round(float(number) * MINUTES[unit]), "minute"


def _span(text: str) -> Span:
    if re.search(rf"\d{{{FIGURES},}}", text):
        raise unclear(_("That is too far ahead."), example="in 2 weeks")
    amounts = [_amount(number, unit) for number, unit in re.findall(r"([\d.]+) ([a-z]+)", text)]
    if minutes := re.search(r" h (\d\d)$", text):
        amounts.append((int(minutes[1]), "minute"))
    return Span(tuple(amounts))


def _from_now(match: re.Match[str]) -> tuple[Part, ...]:
    return (_span(match["span"]),)


def _ago(_match: re.Match[str]) -> tuple[Part, ...]:
    raise unclear(_("That is in the past."), example="in 20 minutes")


def _lasting(match: re.Match[str]) -> tuple[Part, ...]:
    return (Lasting(_span(match["span"])),)


def _every(match: re.Match[str]) -> tuple[Part, ...]:
    if len(match["n"] or "") >= FIGURES:
        raise unclear(_("That is too rare."), example=REPEAT_EXAMPLE)
    number, unit = _amount(match["n"] or "1", match["unit"])
    check(Span(((number, unit),)))
    if unit in {"minute", "seconds"}:
        if unit == "seconds" or number % 60:
            what = _("I repeat things at most once an hour, at whole hours apart.")
            raise unclear(what, example="every hour")
        number, unit = number // 60, "hour"
    return (Repeat(unit, number),)


def _every_day_named(match: re.Match[str]) -> tuple[Part, ...]:
    return (Repeat(None, 2 if match["other"] else 1),)


def _every_second(match: re.Match[str]) -> tuple[Part, ...]:
    day = match["day"]
    if match["whole"]:
        return (Repeat("month"), NthWeekday(2, WEEKDAYS.index(day)))
    what = _("“every second {day}” can mean two things.").format(day=day)
    before, rest = match.string[: match.start()], match.string[match.end() :]
    ways = (f"every 2 weeks on {day}", f"2nd {day} of every month")
    raise unclear(what, (f"{before}{way}{rest}" for way in ways))


def _count(match: re.Match[str]) -> tuple[Part, ...]:
    if len(match["n"]) >= FIGURES or not 0 < int(match["n"]) <= MOST_TIMES:
        what = _("It can repeat 1 to {most} times.").format(most=MOST_TIMES)
        raise unclear(what, example=f"{REPEAT_EXAMPLE} 10 times")
    return (Count(int(match["n"])),)


def _too_often(_match: re.Match[str]) -> tuple[Part, ...]:
    raise unclear(_("Say each time on its own."), example="every day 9am")


def _either_of(*choices: str) -> Meaning:
    """Return what asks back: the words are vague, any of the choices in their stead is not."""

    def ask(match: re.Match[str]) -> tuple[Part, ...]:
        before, after = match.string[: match.start()], match.string[match.end() :]
        what = _("“{words}” isn't exact enough.").format(words=quoted(match[0]))
        raise unclear(what, (f"{before}{choice}{after}" for choice in choices))

    return ask


def _in_what(match: re.Match[str]) -> tuple[Part, ...]:
    what = _("“{words}” what?").format(words=match[0])
    before = match.string[: match.start()]
    raise unclear(what, (f"{before}{match[0]} minutes", f"{before}{match[0]} hours"))


def _vague(match: re.Match[str]) -> tuple[Part, ...]:
    what = _("“{words}” isn't a time I can know.").format(words=quoted(match[0]))
    raise unclear(what, example="in 20 minutes")


def _mark(match: re.Match[str]) -> tuple[Part, ...]:
    return (Mark(cast("Role", match[0])),)


def _timestamp(match: re.Match[str]) -> tuple[Part, ...]:
    try:
        return (Instant(datetime.fromtimestamp(int(match["seconds"]), UTC)),)
    except (OverflowError, ValueError, OSError):
        raise unclear(_("That is too far off.")) from None


def _iso(match: re.Match[str]) -> tuple[Part, ...]:
    text = f"{match['date']}T{match['time']}{match['offset'].upper()}"
    try:
        return (Instant(datetime.fromisoformat(text).astimezone(UTC)),)
    except (OverflowError, ValueError):
        raise unclear(_("There is no such date or time.")) from None


UNITS = "minute|seconds|hour|h|day|week|fortnight|month|year"
UNIT = rf"(?P<unit>{UNITS})"
AMOUNT = rf"\d+(?:\.\d+)? (?:{UNITS})"
SPAN = rf"(?P<span>{AMOUNT}(?: {AMOUNT})*)"
IN_HOURS = r"(?P<span>\d+ h \d\d)"

RULES: Final[tuple[Rule, ...]] = (
    (rf"(?:in |after )?{SPAN}(?: from now| starting now)?", _from_now),
    (rf"(?:in |after ){IN_HOURS}(?: minute)?", _from_now),
    (rf"{SPAN} ago", _ago),
    (rf"for (?:next )?{SPAN}", _lasting),
    (rf"every (?:(?P<n>\d+(?:\.\d+)?)(?:st|nd|rd|th)? )?{UNIT}", _every),
    (rf"once (?:(?P<n>1)|per) {UNIT}", _every),
    (r"every(?: (?P<other>2))?", _every_day_named),
    (
        rf"every 2nd (?P<day>{'|'.join(WEEKDAYS)})(?P<whole> (?:of |in )?(?:every )?month)?",
        _every_second,
    ),
    (r"every 2nd", _either_of("2nd of every month", "every 2 days")),
    (r"(?:for )?(?P<n>\d+) times?", _count),
    (r"(?:twice|\d+ times) (?:1|per|every) (?:hour|day|week|month|year)|twice", _too_often),
    (r"until|starting|except", _mark),
    (r"(?:skip|except|without|not in) short month", lambda _match: (SkipShortMonths(),)),
    (r"or (?:its |on )?last day", lambda _match: ()),
    (r"<t:(?P<seconds>-?\d+)(?::\w)?>", _timestamp),
    (
        r"(?P<date>\d{4}-\d\d-\d\d) (?P<time>\d\d:\d\d(?::\d\d)?)(?:\.\d+)? ?"
        r"(?P<offset>z|[+-]\d\d:?\d\d)",
        _iso,
    ),
    (r"1st time", lambda _match: (Turn(0),)),
    (r"2nd time", lambda _match: (Turn(1),)),
    (r"in (?P<n>\d{1,3})$", _in_what),
    (r"next week", _either_of("next monday", "in 1 week")),
    (r"next month", _either_of("1st of next month", "in 1 month")),
    (r"next year", _either_of("1 january", "in 1 year")),
    (r"(?<!every )(?<!every 2 )(?<!except )(?:this )?weekend", _either_of("saturday", "sunday")),
    (r"next weekend", _either_of("next saturday", "next sunday")),
    (r"bi ?(?:weekly|every week)", _either_of("every 2 weeks")),
    (r"bi ?(?:monthly|every month)", _either_of("every 2 months")),
    (r"asap|soon|later|now|sometime|some time|someday|whenever|eventually|immediately", _vague),
    (r"when .*|(?:after|before) (?!\d).*|this (?:week|month|year)", _vague),
)
