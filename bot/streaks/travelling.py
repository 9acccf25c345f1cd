"""The days that travelling east took from a member."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from bot.streaks.model import DAY, JOURNEY, Act, LocalDay

REST = 7 * DAY
"""After a day that was only cut short, none is excused for so long.

Otherwise a zone set for an hour would excuse any missed day.
"""


@dataclass(frozen=True)
class Gap:
    """The dates between two acts, or between the last act and today."""

    after: date
    before: date
    gained: timedelta
    """By how much the member's clock was moved forward meanwhile."""

    def dates(self) -> list[date]:
        """Return the dates between."""
        return [self.after + DAY * number for number in range(1, (self.before - self.after).days)]

    def left_out(self) -> int:
        """Return how many dates never began for the member."""
        return max(self.gained // DAY, 0)

    def cut_short(self) -> bool:
        """Return whether one more date lacked hours."""
        return self.gained > timedelta() and self.gained % DAY >= JOURNEY


def gaps(acts: Iterable[Act], today: LocalDay) -> list[Gap]:
    """Return the gaps in order. Of several acts on a date those count that leave the least time."""
    known = _by_date(act.day for act in acts)
    if known and today.date > max(known):
        known[today.date] = [today.ahead]
    return [
        Gap(earlier, later, max(known[later]) - min(known[earlier]))
        for earlier, later in pairwise(sorted(known))
    ]


def excused(found: Iterable[Gap], missed: Iterable[date]) -> frozenset[date]:
    """Return those of the missed dates that are put down to travelling, the first of each gap."""
    return frozenset(_excused(found, frozenset(missed)))


def _excused(found: Iterable[Gap], missed: frozenset[date]) -> Iterator[date]:
    rested = date.min
    for gap in found:
        wanting = [day for day in gap.dates() if day in missed]
        yield from wanting[: gap.left_out()]
        short = wanting[gap.left_out() :]
        if short and gap.cut_short() and short[0] >= rested:
            yield short[0]
            rested = short[0] + REST


def _by_date(days: Iterable[LocalDay]) -> dict[date, Sequence[timedelta]]:
    known: dict[date, list[timedelta]] = {}
    for day in days:
        known.setdefault(day.date, []).append(day.ahead)
    return dict(known)
