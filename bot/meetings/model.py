"""A series of sessions: when they are, and which of them were skipped or moved."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.when.recurrence import Recurrence, resolve

LONGEST = 24 * 60
"""Minutes of a session."""

WALL = "%Y%m%dT%H%M%S"
"""A wall time as iCalendar writes it."""


@dataclass(frozen=True)
class Moment:
    """A single wall time of a zone, which stays when the zone's rules change."""

    wall: datetime
    """Naive. Where clocks skip it, it is the first instant after the gap."""

    zone: str
    """An IANA name."""

    second: bool = False
    """Whether it is the later one of a wall time that comes twice."""

    @classmethod
    def of(cls, instant: datetime, zone: str) -> "Moment":
        """Return what the clocks of the zone show at that instant."""
        local = instant.astimezone(ZoneInfo(zone))
        return cls(local.replace(tzinfo=None, fold=0), zone, second=local.fold == 1)

    @property
    def instant(self) -> datetime:
        """When that is, in UTC."""
        if self.second:
            return self.wall.replace(tzinfo=ZoneInfo(self.zone), fold=1).astimezone(UTC)
        return resolve(self.wall, self.zone)


@dataclass(frozen=True, order=True)
class SessionId:
    """Which session it is, whatever becomes of its time; as text "key:20270302T190000"."""

    series: str
    original: datetime
    """The naive wall time, in the zone of its series, at which the series has it."""

    def __str__(self) -> str:
        return f"{self.series}:{self.original:{WALL}}"

    @classmethod
    def read(cls, text: str) -> "SessionId":
        """Read what `str` wrote. Raises ValueError."""
        series, _, original = text.rpartition(":")
        return cls(series, datetime.strptime(original, WALL))  # noqa: DTZ007 - wall time


@dataclass(frozen=True)
class Session:
    """One session that takes place."""

    id: SessionId
    start: datetime
    """UTC."""

    minutes: int
    moved: bool = False
    """Whether its time or length isn't the series' own."""

    @property
    def end(self) -> datetime:
        """When it is over, in UTC."""
        return self.start + timedelta(minutes=self.minutes)


@dataclass(frozen=True)
class Skipped:
    """A session of a series that doesn't take place."""

    original: datetime


@dataclass(frozen=True)
class Moved:
    """A session of a series that has its own time, or its own length."""

    original: datetime
    to: Moment
    minutes: int


Change = Skipped | Moved
When = Recurrence | Moment


@dataclass(frozen=True)
class Series:
    """Sessions that belong together; a single one is a series too. Made by `bot.meetings.acts`."""

    key: str
    """What it is known by everywhere, and for ever: never reused, and without names or ids."""

    when: When
    minutes: int
    changes: tuple[Change, ...] = ()
    """Of different originals, in their order."""

    revision: int = 0
    """Counts the acts on it."""

    cancelled_from: datetime | None = None
    """The instant (UTC) from which on none of its sessions begins; earlier ones did."""

    follows: str | None = None
    """The key of the series that this one goes on from."""

    @property
    def zone(self) -> str:
        """The zone of its wall times."""
        return self.when.zone

    def change_of(self, original: datetime) -> Change | None:
        """Return what became of one session, or None if it is as the series has it."""
        return next((each for each in self.changes if each.original == original), None)
