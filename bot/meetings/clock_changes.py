"""When a zone sets its clocks, and how iCalendar says so.

`icalendar` can make a VTIMEZONE itself, but has clocks go forward an hour late: it writes the wall
time after the change where RFC 5545 wants the one before.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import cast
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

from bot.meetings.properties import fill

LOOKED_AT_EVERY = timedelta(days=1)
"""No zone changes its clocks and changes them back within this time."""

A_SECOND = timedelta(seconds=1)


@dataclass(frozen=True)
class ClockChange:
    """An instant (UTC) at which a zone sets its clocks."""

    instant: datetime
    before: timedelta
    """The offset from UTC until then."""

    after: timedelta
    name: str
    """What the time is called from then on, such as "CEST"."""

    is_summer: bool

    @property
    def wall(self) -> datetime:
        """What clocks showed as they were set."""
        return self.instant.replace(tzinfo=None) + self.before

    @property
    def set_to(self) -> datetime:
        """What they were set to."""
        return self.instant.replace(tzinfo=None) + self.after


@lru_cache(maxsize=256)
def clock_changes(zone: str, begin: datetime, end: datetime) -> tuple[ClockChange, ...]:
    """Return the changes after `begin` until `end`, in order; both are UTC."""
    return tuple(_changes(ZoneInfo(zone), begin, end))


def vtimezone(zone: str, begin: datetime, end: datetime) -> Timezone:
    """Return the zone as iCalendar has it, for what happens from `begin` to `end`."""
    component = Timezone()
    fill(component, {"TZID": zone})
    at_first = _change(ZoneInfo(zone), begin, _offset(ZoneInfo(zone), begin))
    for change in (at_first, *clock_changes(zone, begin, end)):
        component.add_component(_observance(change))
    return component


def _changes(zone: ZoneInfo, begin: datetime, end: datetime) -> Iterator[ClockChange]:
    moment, offset = begin, _offset(zone, begin)
    while moment < end:
        later = min(moment + LOOKED_AT_EVERY, end)
        if _offset(zone, later) != offset:
            yield _change(zone, _narrowed(zone, moment, later), offset)
            offset = _offset(zone, later)
        moment = later


def _narrowed(zone: ZoneInfo, before: datetime, after: datetime) -> datetime:
    """Return the instant between them, to the second, from which the later offset holds."""
    offset = _offset(zone, after)
    while after - before > A_SECOND:
        middle = before + (after - before) // A_SECOND // 2 * A_SECOND
        before, after = (before, middle) if _offset(zone, middle) == offset else (middle, after)
    return after


def _change(zone: ZoneInfo, instant: datetime, before: timedelta) -> ClockChange:
    local = instant.astimezone(zone)
    after = _offset(zone, instant)
    return ClockChange(instant, before, after, local.tzname() or zone.key, bool(local.dst()))


def _offset(zone: ZoneInfo, instant: datetime) -> timedelta:
    return cast("timedelta", instant.astimezone(zone).utcoffset())


def _observance(change: ClockChange) -> TimezoneStandard | TimezoneDaylight:
    """Return a change as a beginning of its own: `ical.js` reads one further date of several."""
    component = TimezoneDaylight() if change.is_summer else TimezoneStandard()
    fill(
        component,
        {
            "DTSTART": change.wall,
            "TZOFFSETFROM": change.before,
            "TZOFFSETTO": change.after,
            "TZNAME": change.name,
        },
    )
    return component
