"""A group's year written down session by session, and what follows from it, step by step.

It shares no code with `bot.meetings`, `bot.when` or dateutil: days are counted one by one, the
clock is zoneinfo's, and quiet hours are waited for minute by minute.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
HORIZON = date(2028, 3, 1)
"""Sessions are written down until then."""

Id = tuple[str, datetime]


@dataclass(frozen=True)
class Page:
    """A session: when it is, and whether it was moved; no start if it was skipped."""

    start: datetime | None
    minutes: int
    moved: bool = False


@dataclass
class Book:
    """One series: a page for each wall time that its rule ever gave."""

    key: str
    minutes: int
    pages: dict[datetime, Page]
    closed: datetime | None = None

    @classmethod
    def opened(cls, key: str, when: Any, minutes: int) -> "Book":
        pages = {wall: Page(clock(wall, when.zone), minutes) for wall in walls(when)}
        return cls(key, minutes, pages)

    def sessions(self) -> Iterator[tuple[Id, datetime, int]]:
        for wall, page in self.pages.items():
            if page.start and not (self.closed and page.start >= self.closed):
                yield (self.key, wall), page.start, page.minutes

    def done(self, deed: Any) -> list["Book"]:
        """Do the deed; return the books that there are then, of this one."""
        page = self.pages[deed.original]
        if deed.kind == "skip":
            self.pages[deed.original] = Page(None, page.minutes)
        elif deed.kind == "move":
            self.pages[deed.original] = Page(deed.at, deed.minutes or page.minutes, moved=True)
        elif deed.kind == "cancel":
            self.closed = deed.at
        else:
            return self._split(deed)
        return [self]

    def _split(self, deed: Any) -> list["Book"]:
        is_first = deed.original == min(self.pages)
        old = {wall: page for wall, page in self.pages.items() if wall >= deed.original}
        minutes = deed.minutes or self.minutes
        new = dict.fromkeys(old) if deed.when is None else dict.fromkeys(walls(deed.when))
        zone = deed.zone if deed.when is None else deed.when.zone
        by_date = {wall.date(): page for wall, page in old.items()}
        if deed.when is not None:
            by_date.pop(deed.original.date())
        pages = {
            wall: self._carried(by_date.get(wall.date()), Page(clock(wall, zone), minutes))
            for wall in new
        }
        book = Book(self.key if is_first else deed.key, minutes, pages, self.closed)
        if is_first:
            return [book]
        self.pages = {wall: page for wall, page in self.pages.items() if wall < deed.original}
        return [self, book]

    def _carried(self, old: Page | None, new: Page) -> Page:
        if old is None or not (old.start is None or old.moved):
            return new
        minutes = new.minutes if old.minutes == self.minutes else old.minutes
        return Page(old.start, minutes, old.moved)


@dataclass
class Person:
    """A member, with what they answered, and for when."""

    id: int
    way: str
    leads: list[timedelta]
    zone: str
    quiet: frozenset[int]
    answers: dict[Id, tuple[str, datetime]] = field(default_factory=dict[Id, tuple[str, datetime]])


def expected(
    books: Iterable[Book], people: Iterable[Person], begin: datetime, end: datetime
) -> set[tuple[Id, datetime, int, str]]:
    """Who is reminded of what, when and how."""
    found = set[tuple[Id, datetime, int, str]]()
    everyone = [person for person in people if person.way != "none"]
    for session, start, _ in (each for book in books for each in book.sessions()):
        for person in everyone:
            if person.answers.get(session) in [("going", start), ("maybe", start)]:
                dues = {due for lead in person.leads if (due := _due(start, lead, person))}
                found |= {(session, due, person.id, person.way) for due in dues}
    return {each for each in found if begin <= each[1] < end}


def _due(start: datetime, lead: timedelta, person: Person) -> datetime | None:
    moment = start - lead
    while moment.astimezone(ZoneInfo(person.zone)).hour in person.quiet:
        moment += MINUTE
        if moment >= start:
            return None
    return moment


@cache
def clock(wall: datetime, zone: str) -> datetime:
    """When the clocks of the zone first show that wall time, or something later."""
    utc, here = wall.replace(tzinfo=UTC), ZoneInfo(zone)
    offsets = {(utc + hours * DAY).astimezone(here).utcoffset() or timedelta() for hours in (-1, 1)}
    for instant in sorted(utc - offset for offset in offsets):
        if instant.astimezone(here).replace(tzinfo=None) == wall:
            return instant
    instant = min(utc - offset for offset in offsets)
    while instant.astimezone(here).replace(tzinfo=None) < wall:
        instant += MINUTE
    return _first_like(instant, wall, here)


def _first_like(instant: datetime, wall: datetime, here: ZoneInfo) -> datetime:
    while (instant - MINUTE).astimezone(here).replace(tzinfo=None) > wall:
        instant -= MINUTE
    return instant


def walls(when: Any) -> Iterator[datetime]:
    """The wall times of a rule, or the only one of a moment."""
    if not hasattr(when, "rule"):
        yield when.wall
        return
    parts = dict(part.split("=") for part in when.rule.split(";"))
    left, day = int(parts.get("COUNT", 10_000)), when.start.date()
    until = datetime.strptime(parts.get("UNTIL", "99991231T000000"), "%Y%m%dT%H%M%S")  # noqa: DTZ007
    while left and day < HORIZON:
        wall = datetime.combine(day, when.start.time())
        if wall > until:
            return
        if _is_on(parts, when.start.date(), day):
            left -= 1
            if day not in when.skipped:
                yield wall
        day += DAY


def _is_on(parts: dict[str, str], first: date, day: date) -> bool:
    interval, weekday = int(parts.get("INTERVAL", 1)), WEEKDAYS[day.weekday()]
    if parts["FREQ"] == "DAILY":
        return (day - first).days % interval == 0
    if parts["FREQ"] == "WEEKLY":
        weeks = (_monday(day) - _monday(first)).days // 7
        return weeks % interval == 0 and weekday in parts["BYDAY"].split(",")
    if "BYMONTH" in parts and day.month != int(parts["BYMONTH"]):
        return False
    if "BYDAY" in parts:
        nth = (day.day - 1) // 7 + 1 if parts["BYDAY"][0] == "1" else -(_days_left(day) // 7 + 1)
        return parts["BYDAY"] == f"{nth}{weekday}"
    numbers = [int(number) for number in parts["BYMONTHDAY"].split(",")]
    if "BYSETPOS" in parts:
        return _days_left(day) == 0
    return day.day in numbers


def _monday(day: date) -> date:
    return day - day.weekday() * DAY


def _days_left(day: date) -> int:
    following = (day.replace(day=28) + 4 * DAY).replace(day=1)
    return (following - day).days - 1
