"""When most of a group can meet, with the awkward hours shared fairly.

Of two slots the better one is that which more can make; else that whose most burdened member is
burdened less; else that with less awkwardness altogether; else the earlier one. A weekly slot is
weighed over a year of weeks, so over each change of clocks.

The best slot of all is suggested first, then the best ones of other days: three if there are
so many, and up to five while as many can make them as the third. Where there are fewer days, the
best slots that don't overlap with these make up for it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Final

import numpy as np

from bot.availability.candidates import Candidates, candidates
from bot.availability.clocks import QUARTER, Numbers
from bot.availability.weighing import Attendee, Weighed, weighed

FEWEST: Final = 3
MOST: Final = 5


@dataclass(frozen=True)
class Wanted:
    """The meeting to find a slot for."""

    zone: str
    """The IANA zone in which it keeps its wall time."""
    length: timedelta
    """Up to a day."""
    after: datetime
    """Aware; the earliest instant at which it may begin."""
    weekly: bool = False
    """Whether it repeats each week; else it is once, within the next two weeks."""


@dataclass(frozen=True)
class Differing:
    """Weeks in a row that differ, as clocks change in one zone and not in another."""

    first: date
    """The day of the first such meeting, in the meeting's zone."""
    last: date
    can: int
    """How many can make it then."""
    moved: int
    """For how many the clock shows another time than at the first meeting of all."""


@dataclass(frozen=True)
class Slot:
    """A time to meet."""

    start: datetime
    """Naive wall time of the first meeting, in the meeting's zone."""
    at: datetime
    """That instant, in UTC."""
    can: int
    """How many can make it, each week if it is weekly."""
    awkward: int
    """How awkward it is for the most burdened of them, the weeks added up."""
    differing: tuple[Differing, ...] = ()


Rank = tuple[int, int, int, int]
"""Less is better: how many can't, the largest burden, all burdens, its place in time."""


def suggested(attendees: Sequence[Attendee], wanted: Wanted) -> tuple[Slot, ...]:
    """Return the three to five best slots, best first; fewer or none where nobody else can."""
    found = candidates(wanted.zone, wanted.after, weekly=wanted.weekly)
    length = max(1, -(-wanted.length // QUARTER))
    weights = weighed(attendees, found.quarters, length)
    ranked = sorted(_ranks(weights))
    return tuple(_slot(rank[-1], found, weights) for rank in _spread(ranked, found, wanted.length))


def _ranks(weights: Weighed) -> list[Rank]:
    """Return the ranks of the slots that anybody can make."""
    made = weights.able.sum(axis=(0, 2))
    each_ones = weights.burden.sum(axis=2)
    largest, total = each_ones.max(axis=0, initial=0), each_ones.sum(axis=0)
    return [
        (-int(made[place]), int(largest[place]), int(total[place]), int(place))
        for place in np.flatnonzero(made)
    ]


def _spread(ranked: Sequence[Rank], found: Candidates, length: timedelta) -> list[Rank]:
    """Return the best ones of different days, then what makes up for days that are missing."""
    taken: list[Rank] = []
    for rank in ranked:
        enough = len(taken) >= FEWEST and rank[0] > taken[FEWEST - 1][0]
        if len(taken) == MOST or enough:
            break
        others = [found.days[each[-1]] for each in taken]
        if found.days[rank[-1]] not in others:
            taken.append(rank)
    for rank in ranked:
        if len(taken) < FEWEST and _apart(rank, taken, found, length):
            taken.append(rank)
    return taken


def _apart(rank: Rank, taken: Sequence[Rank], found: Candidates, length: timedelta) -> bool:
    """Whether a slot overlaps with none that is taken."""
    return all(found.gap(rank[-1], each[-1]) >= length for each in taken)


def _slot(place: int, found: Candidates, weights: Weighed) -> Slot:
    able, local = weights.able[:, place], weights.local[:, place]
    burden = weights.burden[:, place].sum(axis=1)
    can = int(able.all(axis=1).sum())
    start = found.starts[place]
    return Slot(
        start,
        found.instant(place),
        can,
        int(burden.max(initial=0)),
        tuple(_differing(start.date(), can, able.sum(axis=0), _moved(local))),
    )


def _moved(local: Numbers) -> Numbers:
    """Return for each week for how many it begins at another time than in the first one."""
    return (local != local[:, :1]).sum(axis=0, dtype=np.int32)


def _differing(first: date, can: int, able: Numbers, moved: Numbers) -> list[Differing]:
    """Return the weeks in which more can than each week, or the clock shows another time."""
    weeks = [(int(able[week]), int(moved[week])) for week in range(len(able))]
    runs = groupby(range(len(weeks)), key=weeks.__getitem__)
    found: list[Differing] = []
    for (able_then, moved_then), run in runs:
        places = list(run)
        if (able_then, moved_then) != (can, 0):
            begin, end = (first + timedelta(weeks=place) for place in (places[0], places[-1]))
            found.append(Differing(begin, end, able_then, moved_then))
    return found
