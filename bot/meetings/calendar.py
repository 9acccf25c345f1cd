"""Series of sessions as an iCalendar file (RFC 5545), which calendars import and keep up."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from icalendar import Calendar

from bot.meetings.clock_changes import vtimezone
from bot.meetings.events import event_of, events
from bot.meetings.model import Moved, Series
from bot.meetings.properties import fill
from bot.meetings.rules import before_all
from bot.plain_text import shown

KNOWN_AHEAD = timedelta(days=5 * 366)
"""How far from now on a file says when clocks change."""

AROUND = timedelta(days=2)
MOST_TITLE, MOST_ABOUT = 200, 4000
"""Characters."""


@dataclass(frozen=True)
class Entry:
    """A series and what calendars show with it, in plain text; no names or ids of members."""

    series: Series
    title: str
    about: str = ""
    link: str = ""
    """Where it takes place: the address of the group's channel."""


def calendar_file(name: str, entries: Sequence[Entry], now: datetime) -> bytes:
    """Return the file, UTF-8, with a calendar of that name; `now` is written as its date."""
    calendar = Calendar()
    fill(
        calendar,
        {
            "PRODID": "-//Waymark//Waymark//EN",
            "VERSION": "2.0",
            "METHOD": "PUBLISH",
            "X-WR-CALNAME": shown(name, MOST_TITLE),
        },
    )
    until = now.replace(microsecond=0) + KNOWN_AHEAD
    for zone, begin in _zones(entries):
        calendar.add_component(vtimezone(zone, begin, max(begin, until)))
    for entry in entries:
        _write(calendar, entry, now, until)
    return calendar.to_ical()


def _write(calendar: Calendar, entry: Entry, now: datetime, until: datetime) -> None:
    about = {
        "DTSTAMP": now,
        "SUMMARY": shown(entry.title, MOST_TITLE),
        "DESCRIPTION": _lines(entry.about) or None,
        "URL": shown(entry.link, MOST_TITLE) or None,
    }
    for event in events(entry.series, until):
        component = event_of(entry.series, event)
        fill(component, about)
        calendar.add_component(component)


def _zones(entries: Sequence[Entry]) -> list[tuple[str, datetime]]:
    """Return the zones that the file names, each with an instant before all that is in it."""
    begins: dict[str, datetime] = {}
    for zone, instant in _instants([entry.series for entry in entries]):
        begins[zone] = min(begins.get(zone, instant), instant)
    return [
        (zone, begin.replace(microsecond=0) - AROUND)
        for zone, begin in sorted(begins.items())
        if zone != "UTC"
    ]


def _instants(every: Sequence[Series]) -> Iterator[tuple[str, datetime]]:
    for series in every:
        yield series.zone, before_all(series.when)
        for change in series.changes:
            if isinstance(change, Moved):
                yield change.to.zone, change.to.instant


def _lines(text: str) -> str:
    return "\n".join(shown(line, MOST_ABOUT) for line in text.splitlines())[:MOST_ABOUT]
