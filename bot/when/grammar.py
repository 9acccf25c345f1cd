"""Reading a phrase: its words are taken by the rules, the longest match first, in any order."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Final, TypeVar

from bot.i18n import _
from bot.when import clock_times, dates, repeats, zones
from bot.when.asking import quoted, unclear
from bot.when.clock_times import Meaning, Rule
from bot.when.errors import UnclearTime
from bot.when.parts import (
    Clock,
    Day,
    DayPart,
    Either,
    HourMark,
    Instant,
    Mark,
    Part,
    Repeat,
    Role,
    Span,
    ZoneName,
)

FILLERS: Final = (
    "at in for to of by this time again once about around set reminder can could you my our local"
)
"""Words that say nothing where no rule takes them."""

MOST_WORDS_OF_A_ZONE = 5

Kind = TypeVar("Kind")


@dataclass(frozen=True)
class Reading:
    """The parts of a phrase, and which day is for what."""

    words: str
    parts: list[Part] = field(default_factory=list["Part"])
    days: list[tuple[Role, Day]] = field(default_factory=list[tuple[Role, Day]])

    def all(self, kind: type[Kind]) -> list[Kind]:
        """Return the different parts of a kind."""
        found = [part for part in self.parts if isinstance(part, kind)]
        return [part for place, part in enumerate(found) if part not in found[:place]]

    def one(self, kind: type[Kind]) -> Kind | None:
        """Return the part of a kind, if there is one. Raises UnclearTime if there are several."""
        found = self.all(kind)
        if len(found) > 1:
            raise two_times()
        return found[0] if found else None

    def in_order(self, *, month_first: bool) -> "Reading":
        """Return the reading in which "03/04" is read in one of its two ways."""

        def meant(day: Day) -> Day:
            if not isinstance(day, Either):
                return day
            return day.month_first if month_first else day.day_first

        return replace(self, days=[(role, meant(day)) for role, day in self.days])

    @property
    def says_when(self) -> bool:
        """Whether the phrase has a day, a time or how long from now, in itself or to repeat."""
        kinds = (Clock, DayPart, HourMark, Span, Instant, Repeat)
        return bool(self.days) or any(isinstance(part, kinds) for part in self.parts)

    def days_for(self, role: Role) -> list[Day]:
        """Return the different days of a role."""
        return list(dict.fromkeys(day for its_role, day in self.days if its_role == role))


def two_times() -> UnclearTime:
    """Return the error that says that a phrase has more than one time."""
    return unclear(_("That has two different times in it; I can take one."))


def read(words: str) -> Reading:
    """Return the parts of a phrase in canonical words. Raises UnclearTime."""
    reading = Reading(words)
    role: Role = "on"
    for part in _parts(words):
        if isinstance(part, Day):
            reading.days.append((role, part))
            role = role if role == "except" else "on"
        elif role != "except" or part != Repeat(None):
            role = part.role if isinstance(part, Mark) else "on"
            reading.parts.append(part)
    return reading


def _parts(words: str) -> Iterator[Part]:
    place = 0
    unknown: list[tuple[int, int]] = []
    while place < len(words):
        end, parts = _taken(words, place)
        if parts is None:
            unknown.append((place, end))
        yield from parts or ()
        place = end + 1
    if unknown:
        yield _zone_of(words, unknown)


def _taken(words: str, place: int) -> tuple[int, tuple[Part, ...] | None]:
    """Return where what stands here ends, and what it means; None if nobody knows."""
    matches = ((pattern.match(words, place), rule) for pattern, rule in _rules())
    found = [(match.end(), match, meaning) for match, meaning in matches if match]
    if found:
        end, match, meaning = max(found, key=lambda each: each[0])
        return end, meaning(match)
    if (end := _end_of_zone(words, place)) is not None:
        return end, (ZoneName(words[place:end], place, end),)
    end = (words + " ").index(" ", place)
    return end, () if words[place:end] in FILLERS.split() else None


@cache
def _rules() -> tuple[tuple[re.Pattern[str], Meaning], ...]:
    rules: tuple[Rule, ...] = (*clock_times.RULES, *repeats.RULES, *dates.RULES)
    return tuple((re.compile(rf"(?:{pattern})(?= |$)"), meaning) for pattern, meaning in rules)


def _end_of_zone(words: str, place: int) -> int | None:
    """Return where the longest name of a zone that begins here ends."""
    ends = [match.start() for match in re.finditer(r" |$", words) if match.start() > place]
    for end in reversed(ends[:MOST_WORDS_OF_A_ZONE]):
        if zones.is_name(words[place:end]):
            return end
    return None


def _zone_of(words: str, unknown: list[tuple[int, int]]) -> ZoneName:
    """Return the words that no rule knows, if they stand together: they may name a zone."""
    start, end = unknown[0][0], unknown[-1][1]
    if sum(stop - begin + 1 for begin, stop in unknown) != end - start + 1:
        raise not_understood(words)
    return ZoneName(words[start:end], start, end, guessed=True)


def not_understood(words: str) -> UnclearTime:
    """Return the error that says that some words are no time at all."""
    return unclear(_("I don't understand “{words}” as a time.").format(words=quoted(words)))
