"""What a streak is made of, and what it is. The rules are explained in docs/streaks.md."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.errors import MemberError
from bot.i18n import _

DAY = timedelta(days=1)

CREDITS_PER_FREEZE = 7
"""A freeze is earned by each seven days that a streak adds."""

MOST_FREEZES = 2
"""Held at once."""

LONGEST_PAUSE = 366
"""Days."""

ROOM_TO_ANSWER = timedelta(hours=6)
"""A question that comes later in a member's day than this before midnight is for the next day."""

DOWN_FROM = timedelta(hours=2)
"""How long Waymark must have been down for days to be neutral."""

QUARTER_MIN = 15
"""Minutes. Questions of one quarter of an hour are kept as one: no zone's day begins within it."""

FROM_THE_FIRST = 3 * DAY
"""How long before a member's first act their history may begin, in whatever zones."""

JOURNEY = timedelta(hours=3)
"""A clock that was moved by so much was carried elsewhere.

No inhabited zone has set its clocks by more than two hours since 2015, but to leave out a date.
"""


@dataclass(frozen=True)
class LocalDay:
    """A day as a member's clock showed it; days of one date can begin at several instants."""

    date: date
    ahead: timedelta
    """How long before midnight UTC of its date it begins: the zone's offset less the day's start.

    Two hours in Berlin's summer; four hours less, so minus two, for who starts the day at four.
    """


@dataclass(frozen=True)
class Act:
    """One thing a member did, such as an answer. It belongs to the day on which it was sent."""

    day: LocalDay
    """Fixed at the act: a zone that is changed later changes no earlier day."""

    at: datetime


@dataclass(frozen=True)
class Pause:
    """Local days, the last one included, on which a member wants to rest."""

    first: date
    last: date | None = None
    """None if it hasn't been ended."""

    def __contains__(self, day: date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass(frozen=True)
class History:
    """All that a member's streak follows from, in any order."""

    acts: tuple[Act, ...] = ()
    pauses: tuple[Pause, ...] = ()
    outages: frozenset[date] = frozenset()
    """Local days on which Waymark was down."""

    asked: frozenset[date] | None = None
    """Local days that have a question for this member, today's too if it is to come; None: all."""


class DayState(StrEnum):
    """What a local day was for a streak."""

    DONE = "done"
    FROZEN = "frozen"
    """Missed, and covered by a freeze."""

    MISSED = "missed"
    PAUSED = "paused"
    DOWN = "down"
    """Waymark was."""

    UNASKED = "unasked"
    """There was no question."""

    TRAVELLED = "travelled"
    """Travelling east left out the day, or cut it short."""

    TOO_SOON = "too soon"
    """An act that adds nothing: changed zones made more days than have passed."""

    OPEN = "open"
    """Today, or a later date that was seen elsewhere: still to be done."""


@dataclass(frozen=True)
class Day:
    """One day of a calendar."""

    date: date
    state: DayState


@dataclass(frozen=True)
class Streak:
    """What a member's history adds up to; lengths in days."""

    current: int = 0
    best: int = 0
    freezes: int = 0
    """Held."""

    used: tuple[date, ...] = ()
    """The days that freezes covered in the current streak."""

    today_done: bool = False
    days: tuple[Day, ...] = ()
    """Each day from the first act until today, in order; empty before the first act."""


@dataclass(frozen=True)
class Outage:
    """A time in which Waymark was down: from when it was last seen to run until it ran again."""

    began: datetime
    ended: datetime


def quarter_of(instant: datetime) -> datetime:
    """Return when the quarter of an hour begins that an instant is in."""
    return instant.replace(
        minute=instant.minute // QUARTER_MIN * QUARTER_MIN, second=0, microsecond=0
    )


def outage_between(last_seen: datetime | None, now: datetime) -> Outage | None:
    """Return the outage since Waymark was last seen to run, if it was long enough for one."""
    if last_seen is None or now - last_seen < DOWN_FROM:
        return None
    return Outage(last_seen, now)


@dataclass(frozen=True)
class Rest:
    """A pause that has just been asked for."""

    pause: Pause
    after_today: bool
    """It begins tomorrow: today is done, and stays in the streak."""


class AlreadyPaused(MemberError):
    """A member who rests, or is about to, wants to rest."""

    def __init__(self) -> None:
        text = _("Your streak rests already, or will from tomorrow. `/streak resume` ends that.")
        super().__init__(text)


class NothingPaused(MemberError):
    """A member who doesn't rest wants to go on."""

    def __init__(self) -> None:
        super().__init__(_("Your streak isn't resting: today counts."))


class PauseTooLong(MemberError):
    """A pause of more than a year."""

    def __init__(self) -> None:
        text = _("A rest may have {count} days. Leave the number out to rest until you resume.")
        super().__init__(text.format(count=LONGEST_PAUSE))
