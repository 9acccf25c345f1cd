"""A member's weekly hours: half hours of a week of wall time, wherever its member lives."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Self

from bot.errors import MemberError
from bot.i18n import _
from bot.when.errors import UnclearTime

HALF_HOUR = timedelta(minutes=30)
HALVES_A_DAY = 48
HALVES_A_WEEK = 7 * HALVES_A_DAY
MAX_TYPED = 200
"""Characters."""

EXAMPLE = "weekdays 18-22, Sat 10-14"


@dataclass(frozen=True)
class Range:
    """Hours that begin on a day of the week and may end on the next one."""

    day: int
    """0 for Monday."""
    first: int
    """Half hours since midnight, 0 to 47."""
    length: int
    """Half hours, 1 to 48."""


@dataclass(frozen=True)
class WeeklyHours:
    """The half hours of a week that somebody has time in; 0 is Monday, 0:00 to 0:30."""

    halves: frozenset[int]

    @classmethod
    def of(cls, ranges: Iterable[Range]) -> Self:
        """Return the hours that are in any of the ranges."""
        firsts = ((each.day * HALVES_A_DAY + each.first, each.length) for each in ranges)
        halves = (half for first, length in firsts for half in range(first, first + length))
        return cls(frozenset(half % HALVES_A_WEEK for half in halves))

    @classmethod
    def decoded(cls, code: str) -> Self:
        """Return the hours of a code; raises ValueError if it isn't one."""
        bits = int.from_bytes(urlsafe_b64decode(code), "big")
        return cls(frozenset(half for half in range(HALVES_A_WEEK) if bits >> half & 1))

    def encoded(self) -> str:
        """Return the hours as 56 letters, which fit in a button's custom id."""
        bits = sum(1 << half for half in self.halves)
        return urlsafe_b64encode(bits.to_bytes(HALVES_A_WEEK // 8, "big")).decode()

    def __bool__(self) -> bool:
        return bool(self.halves)

    def covers(self, hours: "WeeklyHours") -> bool:
        """Whether all of other hours are among these."""
        return hours.halves <= self.halves


@dataclass(frozen=True)
class Known:
    """What a member has said of their hours, if they have."""

    hours: WeeklyHours | None = None
    changed_at: datetime | None = None


@dataclass(frozen=True)
class Change:
    """What was known before, and what is now."""

    before: Known
    after: Known


class UnclearHours(UnclearTime):
    """Weekly hours that can't be taken as they are; each of `choices` can."""

    def __init__(self, what: str, choices: Sequence[str] = (), example: str = EXAMPLE) -> None:
        super().__init__(what, choices, example)


class HoursChangedSince(MemberError):
    """An Undo came after another change."""

    def __init__(self) -> None:
        super().__init__(
            _("Your hours were changed again since. `/my availability` shows how they are now.")
        )
