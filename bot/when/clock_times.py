"""Times of day, as people write them: 7pm, 19:30, 19h30, half past six, noon, this evening."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import time
from typing import Final, Literal, cast

from bot.i18n import _
from bot.when.asking import quoted, unclear
from bot.when.parts import Clock, DayPart, HourMark, InDays, Part

Meaning = Callable[[re.Match[str]], tuple[Part, ...]]
Rule = tuple[str, Meaning]
"""A pattern over canonical words, and what it means."""

NOON = 12
LAST_HOUR = 24
LAST_MINUTE = 59

HOURS: Final = {
    "morning": time(9),
    "afternoon": time(15),
    "evening": time(19),
    "night": time(20),
}
"""When a part of the day is, if nothing more is said."""

FROM_TO: Final = {"morning": (0, 12), "afternoon": (12, 18), "evening": (15, 24), "night": (17, 29)}
"""The first and last hour that can be called so; those from 24 are on the next day."""

DAY_ENDS = 17
"""The hour of "end of day", at work."""

NIGHT_ENDS = 5
"""Earlier hours of "tonight" are on the next day."""

UNSAID: Final = time(9)
"""When a day is, if no time is said."""


@dataclass(frozen=True)
class Hour:
    """What a time of day comes to: the wall time, on the day it is said of or the next."""

    time: time
    next_day: bool = False


def hours_of(clock: Clock | None, part: DayPart | None, *, dated: bool) -> list[Hour]:
    """Return what the time of day may be; several if it is ambiguous. Raises UnclearTime.

    `dated` says whether a day goes with it: "midnight" is the coming one, "friday midnight" is
    where friday begins or where it ends.
    """
    if clock is None:
        return [Hour(HOURS[part.name] if part else UNSAID)]
    hours = _candidates(clock, dated=dated)
    if part:
        hours = _within(hours, part)
    return [Hour(time(hour % LAST_HOUR, clock.minute), hour >= LAST_HOUR) for hour in hours]


def _candidates(clock: Clock, *, dated: bool) -> list[int]:
    if clock.kind == "bare":
        return [clock.hour, clock.hour + NOON]
    if clock.kind == "midnight" and dated:
        return [0, LAST_HOUR]
    return [clock.hour]


def _within(hours: list[int], part: DayPart) -> list[int]:
    """Return the hours that can be called so; those of "tonight" may be past midnight."""
    if part.name == "night":
        hours = sorted({_at_night(hour) for hour in hours})
    first, last = FROM_TO[part.name]
    fitting = [hour for hour in hours if first <= hour <= last]
    if not fitting:
        raise unclear(_("That hour isn't in the {part}.").format(part=part.name))
    return fitting


def _at_night(hour: int) -> int:
    if hour == NOON:
        return LAST_HOUR
    return hour + LAST_HOUR if hour < NIGHT_ENDS else hour


def clock(hours: str, minutes: str | None = None, half: str | None = None) -> Clock:
    """Return the time of day; without am or pm it is sure only if it must be 24-hour."""
    hour, minute = int(hours), int(minutes or 0)
    if hour > LAST_HOUR or minute > LAST_MINUTE or (hour == LAST_HOUR and minute):
        what = _("There is no time “{time}”.").format(time=quoted(f"{hours}:{minutes or '00'}"))
        raise unclear(what)
    if half:
        return Clock(_on_24(hour, half), minute, twelve=True)
    two_figures = minutes is not None and len(hours) > 1
    sure = two_figures or hours.startswith("0") or hour >= NOON
    return Clock(hour, minute, "sure" if sure else "bare")


def _on_24(hour: int, half: str) -> int:
    if hour > NOON or (hour == 0 and half == "am"):
        return hour
    return hour % NOON + (NOON if half == "pm" else 0)


def _plain(match: re.Match[str]) -> tuple[Part, ...]:
    found = match.groupdict()
    return (clock(match["h"], found.get("m"), found.get("half")),)


def _of_four_figures(match: re.Match[str]) -> tuple[Part, ...]:
    return (clock(match["four"][:2], match["four"][2:]),)


def _hour_mark(match: re.Match[str]) -> tuple[Part, ...]:
    clock(match["h"] if int(match["h"]) <= LAST_HOUR else "0", match["m"])
    return (HourMark(int(match["h"]), int(match["m"] or 0)),)


def _past_or_to(match: re.Match[str]) -> tuple[Part, ...]:
    away = {"half": 30, "quarter": 15}.get(match["away"]) or int(match["away"])
    base = clock(match["h"], None, match["half"])
    minutes = base.hour * 60 + (away if match["side"] == "past" else -away)
    hour, minute = divmod(minutes % (LAST_HOUR * 60), 60)
    return (Clock(hour, minute, base.kind, base.twelve),)


def _half_of(match: re.Match[str]) -> tuple[Part, ...]:
    """Ask back: half seven is 7:30 in English, and 6:30 in German."""
    said, before, after = match["h"], match.string[: match.start()], match.string[match.end() :]
    hours = (int(said), (int(said) - 1) % NOON or NOON)
    halves = [match["half"]] if match["half"] else ["am", "pm"]
    what = _("“{words}” can mean two things.").format(words=quoted(match[0]))
    ways = (f"half past {hour} {half}" for hour in hours for half in halves)
    raise unclear(what, (f"{before}{way}{after}" for way in ways))


def _day_part(match: re.Match[str]) -> tuple[Part, ...]:
    part = DayPart(cast("Literal['morning', 'afternoon', 'evening', 'night']", match["part"]))
    day = {"this": 0, "last": -1}.get((match["which"] or "").strip())
    return (part,) if day is None else (InDays(day), part)


HOUR = r"(?P<h>\d{1,2})"
HALF = r" ?(?P<half>am|pm)"

RULES: Final[tuple[Rule, ...]] = (
    (rf"(?:at )?{HOUR}(?:[:.](?P<m>\d\d))?(?::\d\d)?{HALF}", _plain),
    (rf"(?:at )?{HOUR} (?P<m>[0-5]\d){HALF}", _plain),
    (rf"(?:at )?{HOUR}:(?P<m>\d\d)(?::\d\d)?(?: hour| oclock| h)?", _plain),
    (rf"at {HOUR}\.(?P<m>\d\d)(?: hour| oclock)?", _plain),
    (rf"{HOUR}\.(?P<m>\d\d) oclock", _plain),
    (rf"{HOUR}\.(?P<m>1[3-9]|[2-5]\d|00)(?: hour)?", _plain),
    (rf"at {HOUR} h(?: (?P<m>\d\d))?", _plain),
    (r"(?P<h>\d{1,3}) h(?: (?P<m>\d\d))?", _hour_mark),
    (r"(?:at )?(?P<four>\d{4}) hour", _of_four_figures),
    (r"at (?P<four>\d{4})", _of_four_figures),
    (r"(?P<four>0\d{3})", _of_four_figures),
    (rf"(?:at )?{HOUR}(?: oclock)?(?:{HALF})?", _plain),
    (
        rf"(?:at )?(?P<away>half|quarter|5|10|20|25|\d+(?= minute))(?: minute)? (?P<side>past|to) "
        rf"{HOUR}(?: oclock)?(?:{HALF})?",
        _past_or_to,
    ),
    (rf"(?:at )?half {HOUR}(?: oclock)?(?:{HALF})?", _half_of),
    (r"(?:at )?(?:12 )?noon", lambda _match: (Clock(NOON),)),
    (r"(?:at )?(?:12 )?midnight", lambda _match: (Clock(LAST_HOUR, kind="midnight"),)),
    (r"(?:at |by )?close of day", lambda _match: (Clock(DAY_ENDS),)),
    (r"(?:late )?tonight", lambda _match: (InDays(0), DayPart("night"))),
    (
        r"(?P<which>this |last )?(?:in |at )?(?:early |late )?"
        r"(?P<part>morning|afternoon|evening|night)",
        _day_part,
    ),
)
