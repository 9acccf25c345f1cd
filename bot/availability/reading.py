"""Weekly hours as people type them: "weekdays 18-22, Sat 10-14", "Mon/Wed evenings", "Sun all day".

Nothing is guessed: "6-10" may be in the morning or in the evening and is asked back, and what isn't
understood is refused, so that what is kept is what was typed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from bot.availability.model import Range, UnclearHours, WeeklyHours
from bot.availability.parts import ALL_DAY, PARTS
from bot.availability.ranges import TIME, hours_between
from bot.i18n import _
from bot.when.asking import quoted
from bot.when.folding import fold
from bot.when.vocabulary import SPELLINGS, WEEKDAYS

GROUPS: Final = {
    "weekday": (0, 1, 2, 3, 4),
    "weekdays": (0, 1, 2, 3, 4),
    "weekend": (5, 6),
    "weekends": (5, 6),
    "daily": tuple(range(7)),
    "everyday": tuple(range(7)),
    "every day": tuple(range(7)),
}

NAMES: Final = {
    name: place
    for place, day in enumerate(WEEKDAYS)
    for short in (day, *SPELLINGS[day].split())
    for name in (short, f"{short}s")
}
DAY = "|".join(sorted(NAMES, key=len, reverse=True))
TO = r"\s*(?:-|\bto\b|\btill\b|\buntil\b|\bthrough\b|\bthru\b)\s*"

SILENT = re.compile(r"[\s,;/&+.:]+|(?:and|plus|on|at|in|the|from|between|every(?! day)|each)\b")
SOME_DAYS = re.compile(
    rf"(?P<group>{'|'.join(sorted(GROUPS, key=len, reverse=True))})\b"
    rf"|(?P<first>{DAY})\b\.?{TO}(?P<last>{DAY})\b|(?P<day>{DAY})\b"
)
SOME_HOURS = re.compile(rf"(?P<begin>{TIME}){TO}(?P<end>{TIME})(?![\w:])")
AFTER = re.compile(rf"after (?P<begin>{TIME})(?![\w:])")
PART = re.compile(r"(?P<part>morning|afternoon|evening)s?\b|(?P<all>all day|any ?time)\b")


@dataclass
class Gathered:
    """What was read so far: the days that the next hours are for, and all ranges."""

    days: list[int] = field(default_factory=list[int])
    timed: bool = False
    ranges: list[Range] = field(default_factory=list[Range])


def read(text: str) -> WeeklyHours:
    """Return the hours that the text says. Raises UnclearHours."""
    typed, found = " ".join(fold(text).split()), Gathered()
    for start, match in _pieces(typed):
        if match.re is SOME_DAYS:
            _add_days(found, match)
        else:
            _add_hours(found, typed, start, match)
    if not found.ranges and not found.days:
        raise UnclearHours(_("On which days do you usually have time, and from when to when?"))
    _check_timed(found, typed)
    return WeeklyHours.of(found.ranges)


def _pieces(typed: str) -> Iterator[tuple[int, re.Match[str]]]:
    place = 0
    while place < len(typed):
        if silent := SILENT.match(typed, place):
            place = silent.end()
            continue
        matches = (each.match(typed, place) for each in (SOME_DAYS, SOME_HOURS, AFTER, PART))
        match = next(filter(None, matches), None)
        if match is None:
            what = _("I don't understand “{words}” as days or hours of a week.")
            raise UnclearHours(what.format(words=quoted(typed[place:])))
        yield place, match
        place = match.end()


def _add_days(found: Gathered, match: re.Match[str]) -> None:
    if found.timed:
        found.days, found.timed = [], False
    if match["group"]:
        found.days += GROUPS[match["group"]]
    elif match["day"]:
        found.days.append(NAMES[match["day"]])
    else:
        first, last = NAMES[match["first"]], NAMES[match["last"]]
        found.days += [(first + step) % 7 for step in range((last - first) % 7 + 1)]


def _add_hours(found: Gathered, typed: str, start: int, match: re.Match[str]) -> None:
    head, tail = typed[:start], typed[match.end() :]
    if not found.days:
        choices = (f"{head}{days} {match[0]}{tail}" for days in ("weekdays", "every day"))
        raise UnclearHours(_("On which days?"), tuple(choices))
    first, length = _hours(match, head, tail)
    found.timed = True
    found.ranges += [Range(day, first, length) for day in found.days]


def _hours(match: re.Match[str], head: str, tail: str) -> tuple[int, int]:
    """Return from which half hour of the day, and how many."""
    if match.re is PART:
        first, end = ALL_DAY if match["all"] else PARTS[match["part"]]
        return first, end - first
    if match.re is AFTER:
        return hours_between(match["begin"], None, lambda said: f"{head}{said}{tail}")
    return hours_between(match["begin"], match["end"], lambda said: f"{head}{said}{tail}")


def _check_timed(found: Gathered, typed: str) -> None:
    """Raise UnclearHours if the last days have no hours."""
    if not found.timed:
        choices = (f"{typed} {part}" for part in ("evening", "all day"))
        raise UnclearHours(_("Which hours on these days?"), tuple(choices))
