"""Series as organisers make them, with everything that may happen to them in a year."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from random import Random

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
    "America/St_Johns", "Asia/Beirut", "Asia/Dhaka", "Asia/Dubai", "Asia/Jerusalem", "Asia/Kathmandu", "Asia/Kolkata",
    "Asia/Manila", "Asia/Shanghai", "Asia/Tokyo", "Atlantic/Azores", "Australia/Adelaide",
    "Australia/Lord_Howe", "Australia/Sydney", "Europe/Berlin", "Europe/Chisinau", "Europe/Dublin",
    "Europe/London", "Pacific/Auckland", "Pacific/Chatham", "Pacific/Honolulu", "UTC",
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


@dataclass
class Organiser:
    """Somebody who makes series and changes them, at random."""

    random: Random

    def when(self) -> When:
        zone = self.random.choice(ZONES)
        day = YEAR_BEGINS.replace(tzinfo=None) + timedelta(days=self.random.randrange(200))
        start = datetime.combine(day.date(), self.random.choice(TIMES))
        if self.random.random() < 0.1:
            return Moment(start, zone)
        ends = ("", "", f";COUNT={self.random.randrange(1, 80)}", f";UNTIL={self._until(start)}")
        return Recurrence(self.random.choice(RULES) + self.random.choice(ends), start, zone)

    def series(self, key: str) -> Series:
        while True:
            try:
                series = begin(key, self.when(), self.random.choice(LENGTHS))
            except NothingToCome:
                continue
            if occurrences(series, YEAR_BEGINS, YEAR_ENDS):
                return series

    def change(self, series: Series, key: str) -> Act | None:
        """Do something to one of this year's sessions; None where there is none left."""
        sessions = occurrences(series, YEAR_BEGINS, YEAR_ENDS)
        if not sessions:
            return None
        chosen = self.random.choice(sessions)
        original = chosen.id.original
        match self.random.randrange(12):
            case 0 if self.random.random() < 0.3:
                return cancel(series, chosen.start)
            case 1 | 2:
                when = series.when
                if isinstance(when, Recurrence):
                    when = rest(when, original, self.random.choice(TIMES))
                return this_and_following(series, original, key, when=when)
            case 3:
                return this_and_following(series, original, key, minutes=45)
            case 4 | 5 | 6:
                return skip(series, original)
            case _:
                to = chosen.start + timedelta(minutes=15 * self.random.randrange(-400, 400))
                zone = self.random.choice([series.zone, series.zone, self.random.choice(ZONES)])
                length = self.random.choice([None, 30])
                return move(series, original, Moment.of(to, zone), length)

    def changed(self, key: str, times: int) -> list[Series]:
        """Make a series and change it so many times; return all that became of it."""
        every = [self.series(key)]
        for number in range(times):
            act = self.change(every[-1], f"{key}-{number}")
            if act is not None:
                every[-1:] = act.after
        return every

    def _until(self, start: datetime) -> str:
        until = start + timedelta(days=self.random.randrange(1, 300))
        return f"{until:%Y%m%d}T235959"
