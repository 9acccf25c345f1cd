"""Series as organisers make them, and what they do to them in a year."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from random import Random
from typing import Literal

from bot.meetings.acts import Act, begin, cancel, move, skip, this_and_following
from bot.meetings.errors import NothingToCome
from bot.meetings.model import Moment, Series, When
from bot.meetings.rules import rest
from bot.meetings.series import occurrences
from bot.when.recurrence import Recurrence

YEAR_BEGINS = datetime(2027, 1, 1, tzinfo=UTC)
YEAR_ENDS = datetime(2028, 1, 1, tzinfo=UTC)

ZONES = (
    "Africa/Cairo", "Africa/Casablanca", "Africa/Johannesburg", "Africa/Lagos", "Africa/Nairobi",
    "America/Anchorage", "America/Argentina/Buenos_Aires", "America/Bogota", "America/Chicago",
    "America/Denver", "America/Halifax", "America/Havana", "America/Los_Angeles",
    "America/New_York", "America/Nuuk", "America/Phoenix", "America/Santiago", "America/Sao_Paulo",
    "America/St_Johns", "Asia/Beirut", "Asia/Dhaka", "Asia/Dubai", "Asia/Jerusalem",
    "Asia/Kathmandu", "Asia/Kolkata", "Asia/Manila", "Asia/Shanghai", "Asia/Tokyo",
    "Atlantic/Azores", "Australia/Adelaide", "Australia/Lord_Howe", "Australia/Sydney",
    "Europe/Berlin", "Europe/Chisinau", "Europe/Dublin", "Europe/London", "Pacific/Auckland",
    "Pacific/Chatham", "Pacific/Honolulu", "UTC",
)  # fmt: skip
TIMES = (time(0), time(0, 30), time(1, 30), time(2), time(2, 30), time(3), time(12, 15), time(19))
RULES = (
    "FREQ=DAILY",
    "FREQ=DAILY;INTERVAL=3",
    "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
    "FREQ=WEEKLY;BYDAY=SU",
    "FREQ=WEEKLY;BYDAY=SA,SU",
    "FREQ=WEEKLY;BYDAY=TU",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH",
    "FREQ=MONTHLY;BYDAY=1MO",
    "FREQ=MONTHLY;BYDAY=-1SU",
    "FREQ=MONTHLY;BYMONTHDAY=15",
    "FREQ=MONTHLY;BYMONTHDAY=31",
    "FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1",
    "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=28,29;BYSETPOS=-1",
    "FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
)
LENGTHS = (15, 60, 90, 240)


@dataclass(frozen=True)
class Deed:
    """Something that an organiser wants done to the session of an original start."""

    kind: Literal["skip", "move", "following", "cancel"]
    original: datetime
    at: datetime
    """Where a session is moved to, or when the series is cancelled, in UTC."""

    zone: str
    key: str = ""
    when: When | None = None
    minutes: int | None = None

    def done(self, series: Series) -> Act:
        match self.kind:
            case "skip":
                return skip(series, self.original)
            case "move":
                to = Moment.of(self.at, self.zone)
                return move(series, self.original, to, self.minutes)
            case "cancel":
                return cancel(series, self.at)
            case _:
                return this_and_following(
                    series, self.original, self.key, when=self.when, minutes=self.minutes
                )


@dataclass
class Organiser:
    """Somebody who makes series and changes them, at random."""

    random: Random
    zone: str | None = None
    """Where all their series are; else anywhere."""

    def series(self, key: str) -> Series:
        while True:
            try:
                series = begin(key, self._when(), self.random.choice(LENGTHS))
            except NothingToCome:
                continue
            if occurrences(series, YEAR_BEGINS, YEAR_ENDS):
                return series

    def deeds(self, series: Series, times: int) -> Iterator[tuple[Deed, Act]]:
        """Do so many things to this year's sessions of the newest series."""
        for number in range(times):
            deed = self._deed(series, f"{series.key}-{number}")
            if deed is None:
                return
            act = deed.done(series)
            yield deed, act
            series = act.after[-1]

    def all_of(self, key: str, times: int) -> list[Series]:
        """Make a series and change it so many times; return all that became of it."""
        every = [self.series(key)]
        for _, act in self.deeds(every[0], times):
            every[-1:] = act.after
        return every

    def _when(self) -> When:
        zone = self.zone or self.random.choice(ZONES)
        day = YEAR_BEGINS.replace(tzinfo=None) + timedelta(days=self.random.randrange(200))
        start = datetime.combine(day.date(), self.random.choice(TIMES))
        if self.random.random() < 0.1:
            return Moment(start, zone)
        until = start + timedelta(days=self.random.randrange(1, 300))
        ends = ("", "", f";COUNT={self.random.randrange(1, 80)}", f";UNTIL={until:%Y%m%d}T235959")
        return Recurrence(self.random.choice(RULES) + self.random.choice(ends), start, zone)

    def _deed(self, series: Series, key: str) -> Deed | None:
        sessions = occurrences(series, YEAR_BEGINS, YEAR_ENDS)
        if not sessions:
            return None
        chosen = self.random.choice(sessions)
        original, start, zone = chosen.id.original, chosen.start, series.zone
        kind = self.random.choice(("cancel", "following", "following", "longer", *MOSTLY))
        if kind == "following":
            return Deed("following", original, start, zone, key, self._following(series, original))
        if kind == "longer":
            return Deed("following", original, start, zone, key, minutes=45)
        if kind == "move":
            to = start + timedelta(minutes=15 * self.random.randrange(-400, 400))
            zone = self.random.choice([zone, zone, self.random.choice(ZONES)])
            return Deed("move", original, to, zone, minutes=self.random.choice([None, 30]))
        return Deed("cancel" if kind == "cancel" else "skip", original, start, zone)

    def _following(self, series: Series, original: datetime) -> When:
        at = self.random.choice(TIMES)
        if self.random.random() < 0.5 and isinstance(series.when, Recurrence):
            return rest(series.when, original, at)
        start = datetime.combine(original.date(), at)
        return Recurrence(self.random.choice(RULES[:8]), start, series.zone)


MOSTLY = ("skip",) * 5 + ("move",) * 7
