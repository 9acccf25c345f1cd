"""What each slot means for each attendee: whether they can, and how awkward it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np

from bot.availability.clocks import (
    QUARTERS_A_WEEK,
    Clock,
    Numbers,
    Truths,
    awkward_quarters,
    free_quarters,
    most_within,
)
from bot.availability.model import WeeklyHours


@dataclass(frozen=True)
class Attendee:
    """Somebody to meet."""

    zone: str
    hours: WeeklyHours | None = None
    """When they have time, in wall time of their zone; None if they haven't said."""


@dataclass(frozen=True)
class Weighed:
    """By attendee, slot and week."""

    able: Truths
    burden: Numbers
    """How awkward the most awkward hour is, where they can; else 0."""
    local: Numbers
    """Which quarter of their week it begins in."""


@dataclass(frozen=True)
class Meetings:
    """When meetings begin for somebody, by their clocks; all are equally long."""

    length: int
    """Quarters."""
    local: Numbers
    """By slot and week: which quarter of their week each begins in."""
    changing: Truths
    """During which ones their clocks change."""
    quarters: Numbers
    """For these, each quarter."""

    @classmethod
    def of(cls, zone: str, starts: Numbers, length: int) -> Self:
        """Return meetings that begin at these quarters, as the clocks of a zone show them."""
        clock = Clock.of(zone, int(starts.min()), int(starts.max()) + length)
        local, last = clock.of_week(starts), clock.of_week(starts + (length - 1))
        changing = last != (local + (length - 1)) % QUARTERS_A_WEEK
        within = starts[changing][:, np.newaxis] + np.arange(length, dtype=np.int32)
        return cls(length, local, changing, clock.of_week(within))

    def most(self, of_week: Numbers) -> Numbers:
        """Return the most that any quarter of each meeting has."""
        found = most_within(of_week, self.length)[self.local]
        found[self.changing] = of_week[self.quarters].max(axis=1)
        return found


def weighed(attendees: Sequence[Attendee], starts: Numbers, length: int) -> Weighed:
    """Weigh meetings of so many quarters that begin at these, by slot and week."""
    zones = dict.fromkeys(each.zone for each in attendees)
    meetings = {zone: Meetings.of(zone, starts, length) for zone in zones}
    awkward = {zone: each.most(awkward_quarters()) for zone, each in meetings.items()}
    shape = (len(attendees), *starts.shape)
    able = np.zeros(shape, np.bool_)
    burden, local = np.zeros(shape, np.int32), np.zeros(shape, np.int32)
    for place, each in enumerate(attendees):
        busy = (~free_quarters(each.hours)).astype(np.int32)
        able[place] = meetings[each.zone].most(busy) == 0
        burden[place] = awkward[each.zone] * able[place]
        local[place] = meetings[each.zone].local
    return Weighed(able, burden, local)
