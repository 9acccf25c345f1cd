"""From when to when, as people write it: 18-22, 6-10pm, 9am-12, 22-2, 9:30-noon."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final, NoReturn

from bot.availability.model import HALVES_A_DAY, UnclearHours
from bot.i18n import _
from bot.when.asking import quoted

TIME: Final = (
    r"(?:\d{1,2}(?:[:.h]\d\d)?\s?(?:[ap]\.?m?\b\.?|uhr\b|h\b|oclock\b)?"
    r"|noon\b|midday\b|midnight\b)"
)
PARSED = re.compile(
    r"(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d\d))?\s?(?:(?P<half>[ap])\.?m?\.?|uhr|h|oclock)?"
)
NOON, MIDNIGHT = 24, HALVES_A_DAY
"""Half hours since the day began."""

HALF_A_DAY = HALVES_A_DAY // 2
TWELVE, LAST_HOUR, HALF_PAST = 12, 24, 30

Phrase = Callable[[str], str]
"""Puts another range in the place of the one that was typed."""


@dataclass(frozen=True)
class Said:
    """A time of day as it was typed, in half hours."""

    half: int
    """On a clock of 24 hours, as far as it is known; 48 is the day's end."""
    sure: bool
    """Whether it can't be meant on a clock of 12 hours, or says which half of the day."""
    halved: bool = False
    """Whether it says which half of the day."""


def hours_between(begin: str, end: str | None, phrase: Phrase) -> tuple[int, int]:
    """Return from which half hour of the day, and how many; without an end until midnight.

    Raises UnclearHours, with the whole phrase for each way to read it if there are two.
    """
    first = _said(begin)
    last = _said(end) if end else Said(MIDNIGHT, sure=True)
    if end is None and not first.sure:
        _ask(f"after {begin}", (f"after {_twelve(each)}" for each in _both(first)), phrase)
    if not first.sure and not last.sure:
        ways = ((each, _next(last, each)) for each in _both(first))
        pairs = (f"{_twelve(each)}-{_twelve(until)}" for each, until in ways)
        _ask(f"{begin}-{end}", pairs, phrase)
    start, until = _settled(first, last)
    length = (until - start) if until > start else until + HALVES_A_DAY - start
    if not 0 < length <= HALVES_A_DAY or until == start:
        raise UnclearHours(_("From when to when?"))
    return start % HALVES_A_DAY, length


def _settled(first: Said, last: Said) -> tuple[int, int]:
    """Return both, where one tells of the other: "6-10pm" begins at 6 pm, "10-14" at 10."""
    if not first.sure and last.halved:
        before = (last.half - first.half) % HALF_A_DAY or HALF_A_DAY
        return (last.half - before) % HALVES_A_DAY, last.half
    if not last.sure and first.halved:
        return first.half, _next(last, first.half)
    return first.half, last.half


def _next(said: Said, after: int) -> int:
    """Return when a time on a clock of 12 hours is next."""
    until = after + ((said.half - after) % HALF_A_DAY or HALF_A_DAY)
    return until if until <= HALVES_A_DAY else until - HALVES_A_DAY


def _both(said: Said) -> tuple[int, int]:
    return said.half % HALF_A_DAY, said.half % HALF_A_DAY + HALF_A_DAY


def _said(text: str) -> Said:
    if text in {"noon", "midday"}:
        return Said(NOON, sure=True)
    if text == "midnight":
        return Said(MIDNIGHT, sure=True)
    figures, minutes, part = PARSED.findall(text)[0]
    hour, minute = int(figures), int(minutes or 0)
    if hour > LAST_HOUR or (hour == LAST_HOUR and minute):
        _refuse(text)
    if minute not in {0, HALF_PAST}:
        what = _("I keep full and half hours, so “{time}” is too exact.")
        raise UnclearHours(what.format(time=quoted(text)))
    half = hour * 2 + minute // HALF_PAST
    if part and hour <= TWELVE:
        return Said(half % HALF_A_DAY + HALF_A_DAY * (part == "p"), sure=True, halved=True)
    two_figures = figures.startswith("0") or (minutes and len(figures) > 1)
    return Said(half, sure=bool(two_figures) or hour > TWELVE or hour == 0)


def _refuse(text: str) -> NoReturn:
    raise UnclearHours(_("There is no time “{time}”.").format(time=quoted(text)))


def _twelve(half: int) -> str:
    """Return "6pm" or "6:30pm"."""
    hour, half_past = divmod(half % HALVES_A_DAY, 2)
    return (
        f"{hour % TWELVE or TWELVE}{':30' if half_past else ''}{'pm' if hour >= TWELVE else 'am'}"
    )


def _ask(said: str, ways: Iterable[str], phrase: Phrase) -> NoReturn:
    what = _("“{hours}” can be in the morning or in the evening.").format(hours=quoted(said))
    raise UnclearHours(what, tuple(phrase(way) for way in ways))
