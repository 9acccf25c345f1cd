"""A series as iCalendar's events: the series itself, and each session that is otherwise."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from itertools import takewhile
from zoneinfo import ZoneInfo

from icalendar import Event, vRecur

from bot.meetings.clock_changes import clock_changes
from bot.meetings.model import WALL, Moment, Moved, Series, Session, Skipped
from bot.meetings.properties import fill
from bot.meetings.rules import before_all, dated, ended, first, instant_of, parts_of
from bot.meetings.series import find, whole
from bot.when.recurrence import Recurrence, fits, resolve

A_DAY = timedelta(days=1)
END_OF_DAY = time(23, 59, 59)

LAST_DAY = re.compile(
    r"(?<=;BYMONTH=2);BYMONTHDAY=28,29;BYSETPOS=-1|;BYMONTHDAY=28,29,30,31;BYSETPOS=-1"
)
"""The last day of a month in words that `ical.js` doesn't understand."""


@dataclass(frozen=True)
class Written:
    """An event as it is written. Its times are aware: local where the zone tells them apart."""

    start: datetime
    minutes: int
    rule: str | None = None
    """An RRULE; its end is in UTC."""

    left_out: tuple[datetime, ...] = ()
    instead_of: datetime | None = None
    """The session's original start, in an event of one session of a series."""

    cancelled: bool = False


def events(series: Series, until: datetime) -> list[Written]:
    """Return the events of a series.

    A session at a wall time that clocks skip or show twice is one of its own, as calendars disagree
    on when that is: those before `until` (UTC).
    """
    if next(whole(series), None) is None:
        return [_cancelled(series)]
    if isinstance(series.when, Moment):
        (session,) = whole(series)
        return [Written(_start(series, session), session.minutes)]
    last = _last(series)
    own = [_instead(series, session) for session in _otherwise(series, series.when, until)]
    return [_recurring(series, series.when, last), *own]


def event_of(series: Series, written: Written) -> Event:
    """Return the event as a component, without what it is about."""
    event = Event()
    fill(
        event,
        {
            "UID": f"{series.key}@waymark",
            "SEQUENCE": series.revision,
            "RECURRENCE-ID": written.instead_of,
            "DTSTART": written.start,
            "DURATION": timedelta(minutes=written.minutes),
            "RRULE": written.rule and vRecur.from_ical(written.rule),
            "EXDATE": list(written.left_out) or None,
            "STATUS": "CANCELLED" if written.cancelled else "CONFIRMED",
        },
    )
    return event


def _cancelled(series: Series) -> Written:
    if isinstance(series.when, Moment):
        return Written(_local(series.when.instant, series.zone), series.minutes, cancelled=True)
    start = _aware(_first_wall(series.when), series.zone)
    return Written(start, series.minutes, _rule(series.when, None), cancelled=True)


def _recurring(series: Series, when: Recurrence, last: datetime | None) -> Written:
    start = _aware(_first_wall(replace(when, skipped=frozenset())), when.zone)  # COUNT begins there
    gone = sorted({*_dates_left_out(when), *_left_out(series, last)})
    left_out = tuple(_aware(wall, when.zone) for wall in gone)
    return Written(start, series.minutes, _rule(when, last), left_out)


def _instead(series: Series, session: Session) -> Written:
    original = _aware(session.id.original, series.zone)
    return Written(_start(series, session), session.minutes, instead_of=original)


def _last(series: Series) -> datetime | None:
    """Return the last wall time, by the series' own rule, of one that was cancelled on its way."""
    if series.cancelled_from is None:
        return None
    return max(session.id.original for session in whole(series))


def _left_out(series: Series, last: datetime | None) -> list[datetime]:
    """Return the wall times of sessions that don't take place."""
    if last is None:
        return [each.original for each in series.changes if isinstance(each, Skipped)]
    held = {session.id.original for session in whole(series)}
    every = dated(series.when, before_all(series.when))
    before = takewhile(lambda match: match[0] < last, every)
    return [wall for wall, _ in before if wall not in held]


def _dates_left_out(when: Recurrence) -> list[datetime]:
    return [datetime.combine(day, when.start.time()) for day in when.skipped]


def _otherwise(series: Series, when: Recurrence, until: datetime) -> Iterator[Session]:
    """Yield the sessions that aren't when calendars expect them."""
    moved = {each.original for each in series.changes if isinstance(each, Moved)}
    for original in sorted(moved | _unclear(when, until)):
        session = find(series, original)
        if session is not None:
            yield session


def _unclear(when: Recurrence, until: datetime) -> set[datetime]:
    """Return its wall times that clocks skip or show twice."""
    at, found = when.start.time(), set[datetime]()
    for change in clock_changes(when.zone, before_all(when).replace(microsecond=0) - A_DAY, until):
        first, last = sorted([change.wall, change.set_to])
        walls = {datetime.combine(day, at) for day in (first.date(), last.date())}
        found |= {wall for wall in walls if first <= wall < last}
    return {wall for wall in found if instant_of(when, wall) is not None}


def _rule(when: Recurrence, last: datetime | None) -> str:
    """Return the rule with its end in UTC, which is the end of the day of its last match."""
    rule, parts = LAST_DAY.sub(";BYMONTHDAY=-1", when.rule), parts_of(when.rule)
    if last is not None:
        day = last.date()
    elif "UNTIL" in parts:
        until = datetime.strptime(parts["UNTIL"], WALL)  # noqa: DTZ007 - wall time
        day = until.date() if until.time() >= when.start.time() else until.date() - A_DAY
    else:
        return rule
    end = resolve(datetime.combine(day, END_OF_DAY), when.zone)
    return ended(rule, f"UNTIL={end:{WALL}}Z")


def _first_wall(when: Recurrence) -> datetime:
    found = first(when)
    return found[0] if found else when.start


def _start(series: Series, session: Session) -> datetime:
    change = series.change_of(session.id.original)
    return _local(session.start, change.to.zone if isinstance(change, Moved) else series.zone)


def _local(instant: datetime, zone: str) -> datetime:
    """Return the instant as a wall time; as UTC where the clocks show that twice."""
    wall = Moment.of(instant, zone).wall
    return instant.astimezone(UTC) if fits(wall, zone) == "twice" else _aware(wall, zone)


def _aware(wall: datetime, zone: str) -> datetime:
    return wall.replace(tzinfo=ZoneInfo(zone))
