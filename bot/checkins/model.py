"""A member's own check-ins: when they are asked, what they answer, and what is wanted elsewhere."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Protocol

from bot.checkins.course import Course
from bot.daily.times import Times
from bot.delivery.model import CatchUp, Kind, Target, Urgency
from bot.errors import MemberError
from bot.i18n import _, later

MOST_QUESTIONS = 3
MAX_QUESTION = 100
MAX_ANSWER = 600
MAX_HELP = 600
"""Characters of a question, of what is answered to it, and of a note to facilitators."""

MOST_TASKS = 25
"""Of a menu; Discord allows no more."""

LONGEST_AWAY = timedelta(days=366)
DAYS_KEPT_FOR = timedelta(days=400)
"""How long what became of each day is kept."""

CHECKIN = Kind(
    "checkin",
    timedelta(hours=25),  # the longest day; which day it is decides `Times.is_over`
    CatchUp.NEWEST,
    Urgency.NORMAL,
    title=later("Check-ins"),
    personal=True,
)
NUDGE = Kind(
    "checkin_nudge",
    timedelta(hours=3),
    CatchUp.NEWEST,
    Urgency.RELAXED,
    title=later("Reminders of check-ins"),
    personal=True,
)
HELP = Kind(
    "checkin_help",
    timedelta(days=7),
    CatchUp.EACH,
    Urgency.NORMAL,
    title=later("Notes to facilitators"),
)


class Place(StrEnum):
    """Where a member wants to be asked."""

    DM = "dm"
    HERE = "here"


class Status(StrEnum):
    """What a member has done with their check-ins."""

    ACTIVE = "active"
    PAUSED = "paused"
    OFF = "off"


class Answer(StrEnum):
    """How it goes."""

    DONE = "done"
    ON_TRACK = "on_track"
    STUCK = "stuck"
    SKIP = "skip"


class DayState(StrEnum):
    """What became of a day."""

    ASKING = "asking"
    """Its question is on its way."""

    ASKED = "asked"
    SKIPPED = "skipped"


class Skip(StrEnum):
    """Why a member wasn't asked on a day of theirs, beside the queue's own reasons."""

    AWAY = "away"
    LATE = "late"
    """Waymark came back when the day was over."""


@dataclass(frozen=True)
class OpenTask:
    """Something a member has still to do."""

    id: int
    title: str


@dataclass(frozen=True)
class Reopened:
    """What became of ticked tasks that were to be opened again."""

    opened: tuple[int, ...] = ()
    out_of_reach: tuple[int, ...] = ()
    """Those of a journey that its member isn't on now: they stay done."""


class Progress(Protocol):
    """Where a member's open tasks are; check-ins only tick them."""

    async def open_tasks(self, guild_id: int, member_id: int) -> Sequence[OpenTask]:
        """Return what a member has still to do now, what comes first first."""
        ...

    async def finish(self, guild_id: int, member_id: int, ids: Sequence[int]) -> None:
        """Note that these tasks are done; those that aren't open any more stay as they are."""
        ...

    async def reopen(
        self, guild_id: int, member_id: int, ids: Sequence[int], until: datetime
    ) -> Reopened:
        """Take back that these tasks are done, unless they were done again after `until`."""
        ...

    async def stuck_help(self, guild_id: int, member_id: int) -> "Help | None":
        """Return what helps with what a member is at; None if nothing is known."""
        ...


@dataclass(frozen=True)
class Resource:
    """Something to read or do."""

    title: str
    url: str


@dataclass(frozen=True)
class Help:
    """The phase a member is at, and what there is for it."""

    phase: str
    resources: tuple[Resource, ...] = ()


class NoProgress:
    """Where nobody has a plan: there are no tasks to tick."""

    async def open_tasks(self, guild_id: int, member_id: int) -> Sequence[OpenTask]:
        """Return nothing."""
        return ()

    async def finish(self, guild_id: int, member_id: int, ids: Sequence[int]) -> None:
        """Do nothing."""

    async def reopen(
        self, guild_id: int, member_id: int, ids: Sequence[int], until: datetime
    ) -> Reopened:
        """Open nothing."""
        return Reopened(out_of_reach=tuple(ids))

    async def stuck_help(self, guild_id: int, member_id: int) -> Help | None:
        """Return nothing."""
        return None


@dataclass(frozen=True)
class Wish:
    """What a member sets up."""

    times: Times
    follows_zone: bool = True
    """Whether the times are in the member's own zone, whichever that is."""

    place: Place = Place.DM
    channel_id: int | None = None
    questions: tuple[str, ...] = ()
    """Their own; empty for the standard one."""


@dataclass(frozen=True)
class Config:
    """A member's check-ins in a server; when and where they are asked, its schedule says."""

    id: int
    guild_id: int
    member_id: int
    schedule_id: int | None
    follows_zone: bool
    place: Place
    channel_id: int | None
    questions: tuple[str, ...]
    state: Status
    covered: date
    asked_at: datetime | None
    left_out: tuple[date, ...]
    created_at: datetime

    @property
    def asked(self) -> tuple[str, ...]:
        """What they are asked; "" is the standard question."""
        return self.questions or ("",)

    @property
    def target(self) -> Target:
        """Where they are asked."""
        if self.place is Place.HERE and self.channel_id is not None:
            return Target.channel(self.channel_id)
        return Target.user(self.member_id)


@dataclass(frozen=True)
class Away:
    """A span in which a member isn't asked."""

    first: date
    back: date
    """The day on which they are asked again."""

    def __contains__(self, day: date) -> bool:
        return self.first <= day < self.back


@dataclass(frozen=True)
class Day:
    """A local day of a member, and what became of it."""

    id: int
    config_id: int
    guild_id: int
    member_id: int
    day: date
    state: DayState
    reason: str | None
    delivery_id: int | None = None
    channel_id: int | None = None
    message_id: int | None = None
    asked_at: datetime | None = None
    answer: Answer | None = None
    asked: tuple[str, ...] = ()
    """The questions that `said` answers: "" is the standard one; of old days they aren't known."""

    said: tuple[str, ...] = ()
    """What was answered to each question."""

    finished: int = 0
    """How many tasks were ticked."""

    ticked: tuple[int, ...] = ()
    """Which ones."""

    answered_at: datetime | None = None
    help_wanted: str | None = None
    """What facilitators are told, by consent."""


@dataclass(frozen=True)
class Prompt:
    """A day's question as it is asked."""

    config: Config
    day: Day
    left_out: tuple[date, ...] = ()
    is_back: bool = False
    """Whether they were away until then."""

    reopened: int = 0
    """How many tasks are open again, as their answer was taken back."""

    @property
    def questions(self) -> tuple[str, ...]:
        """The day's questions; of old days, those that are asked now. "" is the standard one."""
        return self.day.asked or self.config.asked


@dataclass(frozen=True)
class Standing:
    """A member's check-ins as they stand."""

    config: Config
    course: Course
    upcoming: datetime | None
    """When they are asked next; None while it rests."""

    stopped: str | None = None
    """Why it rests though its member didn't pause it."""

    away: Away | None = None
    today: Day | None = None
    is_new: bool = False


@dataclass(frozen=True)
class Sheet:
    """What a member fills in: what they said last to each question, and their open tasks."""

    prompt: Prompt
    last: tuple[str, ...] = ()
    tasks: tuple[OpenTask, ...] = field(default=())


class NoCheckins(MemberError):
    """A member without check-ins wants to do something with them."""

    def __init__(self) -> None:
        super().__init__(_("You have no check-ins here yet. Begin with `/checkin setup`."))


class CheckinsEnded(MemberError):
    """Check-ins were off for so long that nobody knows their times any more."""

    def __init__(self) -> None:
        super().__init__(
            _("Your check-ins here ended a while ago. `/checkin setup` begins them anew.")
        )


class NotYourCheckin(MemberError):
    """Somebody pressed a button of another member's check-in."""

    def __init__(self) -> None:
        super().__init__(_("That's somebody else's check-in. `/checkin setup` makes your own."))


class CheckinGone(MemberError):
    """The check-in is too old, or was erased."""

    def __init__(self) -> None:
        super().__init__(_("That check-in is too old. `/checkin now` starts today's."))


class CheckinZoneNeeded(MemberError):
    """A time was given, and nobody knows in which zone."""

    def __init__(self) -> None:
        super().__init__(
            _("In which time zone? Set yours with `/my settings`, or say it: `9:00 Berlin`.")
        )


class TooManyQuestions(MemberError):
    """More or longer questions of one's own than there is room for."""

    def __init__(self) -> None:
        text = _("Up to {count} questions, each of {length} characters, with | between them.")
        super().__init__(text.format(count=MOST_QUESTIONS, length=MAX_QUESTION))


class UnclearReturn(MemberError):
    """The day of return isn't a day to come."""

    def __init__(self) -> None:
        super().__init__(_("On which day are you back? Try “next monday” or “1 december”."))


class AwayTooLong(MemberError):
    """An absence of more than a year."""

    def __init__(self) -> None:
        text = _("At most {count} days. For longer, `/checkin off` ends it.")
        super().__init__(text.format(count=LONGEST_AWAY.days))


class NotAway(MemberError):
    """Somebody who isn't away comes back."""

    def __init__(self) -> None:
        super().__init__(_("You aren't away: you are asked as usual."))


class NobodyToTell(MemberError):
    """The server has named no channel for facilitators."""

    def __init__(self) -> None:
        super().__init__(
            _("This server has no channel for that yet. Managers choose it with `/settings`.")
        )


def questions_meant(text: str | None) -> tuple[str, ...]:
    """Return the questions that were typed, with | between. Raises TooManyQuestions."""
    questions = tuple(part.strip() for part in (text or "").split("|") if part.strip())
    if len(questions) > MOST_QUESTIONS or any(len(each) > MAX_QUESTION for each in questions):
        raise TooManyQuestions
    return questions
