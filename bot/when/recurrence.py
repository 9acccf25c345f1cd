"""Rules that repeat over wall time: "every weekday at 9, Berlin time" stays at 9 all year.

A rule is an RFC 5545 RRULE that runs over naive wall time; each match is then turned into an
instant. Where clocks go forward over a match, it comes at the first instant after the gap; where
they go back, it comes once, the first time.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Literal, cast
from zoneinfo import ZoneInfo

from dateutil.rrule import rrule, rrulestr

FREQUENCIES = ("HOURLY", "DAILY", "WEEKLY", "MONTHLY", "YEARLY")

LARGEST_JUMP = timedelta(days=2)
"""More than any zone has ever jumped: Samoa left out a whole day in 2011."""

STEPS = {
    "HOURLY": timedelta(hours=1),
    "DAILY": timedelta(days=1),
    "WEEKLY": timedelta(weeks=1),
}
"""The frequencies whose periods are all equally long."""


@dataclass(frozen=True)
class Recurrence:
    """A rule over the wall time of a zone. Raises ValueError if it isn't one that Waymark runs."""

    rule: str
    """An RRULE value such as "FREQ=WEEKLY;BYDAY=MO,WE"; UNTIL is wall time, without "Z"."""

    start: datetime
    """DTSTART, naive wall time: the first occurrence is the first match at or after it."""

    zone: str
    """An IANA name."""

    skipped: frozenset[date] = frozenset()
    """Local dates that are left out; COUNT counts them, as iCalendar does with EXDATE."""

    def __post_init__(self) -> None:
        parts = self._parts()
        if parts.get("FREQ") not in FREQUENCIES or "\n" in self.rule:
            raise ValueError(f"{self.rule}: FREQ must be one of {', '.join(FREQUENCIES)}")
        if {"DTSTART", "BYMINUTE", "BYSECOND"} & parts.keys():
            raise ValueError(f"{self.rule}: the start gives the minute")
        ZoneInfo(self.zone)
        self._begun(self.start)

    def rrule_near(self, wall: datetime) -> rrule:
        """Return the rule without the matches long before `wall`, so that none is walked over."""
        parts = self._parts()
        step = STEPS.get(parts["FREQ"])
        if step is None or "COUNT" in parts or wall <= self.start:
            return self._begun(self.start)
        step *= int(parts.get("INTERVAL", 1))
        return self._begun(self.start + (wall - self.start) // step * step)

    def _parts(self) -> dict[str, str]:
        pairs = (part.partition("=") for part in self.rule.split(";"))
        return {name: value for name, _, value in pairs}

    def _begun(self, start: datetime) -> rrule:
        return cast("rrule", rrulestr(self.rule, dtstart=start))


def matches(recurrence: Recurrence, after: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Yield the wall times that the rule matches, with their instants (UTC), of which each is once.

    The instants are strictly after `after` and in order.
    """
    zone = ZoneInfo(recurrence.zone)
    begin = after.astimezone(zone).replace(tzinfo=None) - LARGEST_JUMP
    last = after
    for wall in recurrence.rrule_near(begin).xafter(begin, inc=True):
        instant = resolve(wall, recurrence.zone)
        if instant > last and wall.date() not in recurrence.skipped:
            yield wall, instant
            last = instant


def occurrences(recurrence: Recurrence, after: datetime) -> Iterator[datetime]:
    """Yield the instants (UTC) strictly after `after`, in order, each once."""
    return (instant for _, instant in matches(recurrence, after))


def next_occurrence(recurrence: Recurrence, after: datetime) -> datetime | None:
    """Return the first instant (UTC) strictly after `after`, or None when the rule has ended."""
    return next(occurrences(recurrence, after), None)


def latest_occurrence(recurrence: Recurrence, after: datetime, until: datetime) -> datetime | None:
    """Return the last instant (UTC) strictly after `after` and not after `until`, or None."""
    latest = None
    for instant in occurrences(recurrence, after):
        if instant > until:
            break
        latest = instant
    return latest


def fits(wall: datetime, zone: str) -> Literal["once", "never", "twice"]:
    """Return how often a naive wall time exists in the zone."""
    first, second = _offset(wall, zone, fold=0), _offset(wall, zone, fold=1)
    if first == second:
        return "once"
    return "never" if first < second else "twice"


def resolve(wall: datetime, zone: str) -> datetime:
    """Return the instant (UTC) of a naive wall time.

    In a gap that is the first instant after it; of a wall time that exists twice, the first.
    """
    instant = (wall - _offset(wall, zone, fold=0)).replace(tzinfo=UTC)
    if fits(wall, zone) != "never":
        return instant
    return _end_of_gap((wall - _offset(wall, zone, fold=1)).replace(tzinfo=UTC), instant, zone)


def _end_of_gap(before: datetime, after: datetime, zone: str) -> datetime:
    """Return the instant of the zone's jump, which lies after `before` and not after `after`."""
    offset = after.astimezone(ZoneInfo(zone)).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = before + (after - before) // 2
        if middle.astimezone(ZoneInfo(zone)).utcoffset() == offset:
            after = middle
        else:
            before = middle
    return after.replace(microsecond=0)


def _offset(wall: datetime, zone: str, *, fold: Literal[0, 1]) -> timedelta:
    return cast("timedelta", wall.replace(tzinfo=ZoneInfo(zone), fold=fold).utcoffset())
