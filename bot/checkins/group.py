"""Check-ins of a whole channel: when they are held, what members reply, and the wrap-up."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.checkins.model import Answer, DayState, Status
from bot.daily.times import ONE_DAY, Times
from bot.delivery.model import CatchUp, Kind, Target, Urgency
from bot.errors import MemberError
from bot.i18n import _, later
from bot.when.recurrence import Recurrence

MOST_GROUPS = 5
"""Of a server, each in another channel."""

USUAL_HOURS = 8
A_DAY_ROUND = 24
"""How long a round is open at least, so that it is everybody's morning once."""

CALLED_BEFORE = timedelta(hours=1)
"""How long before closing those who joined are called, but not in a round's first half."""

MOST_HOURS = 72
"""How long a round is open."""

LATE_FOR = timedelta(days=2)
"""How long after closing late replies are still taken."""

MAX_REPLY = 500
"""Characters of each part of a reply."""

SHOWN_ROUNDS = 5
REMOVED_KEPT_FOR = timedelta(days=1)
"""How long a removal can be taken back."""

ROUNDS_KEPT_FOR = timedelta(days=400)

ROUND = Kind(
    "checkin_round",
    timedelta(hours=25),  # the longest day; which day it is decides `Times.is_over`
    CatchUp.NEWEST,
    title=later("Check-ins of channels"),
)
THREAD = Kind(
    "checkin_thread",
    timedelta(days=1),
    CatchUp.EACH,
    title=later("Threads of check-ins"),
)
REPLY = Kind(
    "checkin_reply",
    timedelta(days=1),
    CatchUp.EACH,
    title=later("Replies to check-ins"),
)
REPLY_EDIT = Kind(
    "checkin_reply_edit",
    timedelta(days=1),
    CatchUp.EACH,
    Urgency.RELAXED,
    title=later("Replies to check-ins"),
)
WRAP = Kind(
    "checkin_wrap",
    timedelta(days=1),
    CatchUp.EACH,
    title=later("Wrap-ups of check-ins"),
)
WRAP_EDIT = Kind(
    "checkin_wrap_edit",
    timedelta(days=1),
    CatchUp.EACH,
    Urgency.RELAXED,
    title=later("Wrap-ups of check-ins"),
)
CALL = Kind(
    "checkin_call",
    timedelta(hours=3),
    CatchUp.NEWEST,
    title=later("Calls to check-ins"),
    personal=True,
)
KINDS = (ROUND, THREAD, REPLY, REPLY_EDIT, WRAP, WRAP_EDIT, CALL)


class Mode(StrEnum):
    """When those who joined are called, once a round, if they haven't replied by then."""

    WINDOW = "window"
    """All at once, shortly before the round closes."""

    MORNINGS = "mornings"
    """Each at the round's hour in their own zone."""


@dataclass(frozen=True)
class GroupWish:
    """What a manager sets up."""

    channel_id: int
    times: Times
    hours: int = USUAL_HOURS
    """How long each round is open."""

    mode: Mode = Mode.WINDOW


@dataclass(frozen=True)
class Group:
    """A channel's check-ins; where and when they are posted, their schedule says."""

    id: int
    guild_id: int
    schedule_id: int
    hours: int
    mode: Mode
    state: Status
    configured_by: int | None
    created_at: datetime
    removed_at: datetime | None


@dataclass(frozen=True)
class Round:
    """A local day's check-in of a channel."""

    id: int
    group_id: int
    guild_id: int
    day: date
    state: DayState
    reason: str | None
    delivery_id: int
    channel_id: int | None = None
    message_id: int | None = None
    posted_at: datetime | None = None
    closes_at: datetime | None = None
    thread_id: int | None = None
    thread_reason: str | None = None
    """Why it has no thread, or none any more."""

    wrap_id: int | None = None
    """The wrap-up's message."""

    wrapped_at: datetime | None = None

    @property
    def link(self) -> str | None:
        """A link to its message."""
        if self.message_id is None:
            return None
        return f"https://discord.com/channels/{self.guild_id}/{self.channel_id}/{self.message_id}"


@dataclass(frozen=True)
class Said:
    """What a member replies; each part may be empty."""

    wins: str = ""
    plans: str = ""
    blockers: str = ""


@dataclass(frozen=True)
class Reply:
    """A member's reply to a round; withdrawn, it says nothing."""

    id: int
    round_id: int
    guild_id: int
    member_id: int
    answer: Answer | None
    said: Said
    late: bool
    replied_at: datetime
    message_id: int | None = None
    """Its message in the thread."""


@dataclass(frozen=True)
class Joined:
    """A member who wants to be called to a channel's rounds."""

    group_id: int
    guild_id: int
    member_id: int
    called_at: datetime | None


@dataclass(frozen=True)
class WrapUp:
    """What came of a round. Who didn't reply isn't known to it."""

    round: Round
    replies: tuple[Reply, ...]
    upcoming: datetime | None = None

    @property
    def wins(self) -> Iterator[Reply]:
        """Yield the replies that name something done."""
        return (each for each in self.replies if each.said.wins)

    @property
    def blockers(self) -> Iterator[Reply]:
        """Yield the replies that name something in the way."""
        return (each for each in self.replies if each.said.blockers)


@dataclass(frozen=True)
class GroupStanding:
    """A channel's check-ins as they stand."""

    group: Group
    target: Target
    recurrence: Recurrence
    upcoming: datetime | None
    stopped: str | None = None
    rounds: Sequence[Round] = ()
    """The last ones, newest first."""

    counts: Mapping[int, int] = field(default_factory=dict[int, int])
    """How many replied, by the rounds' ids."""

    is_new: bool = False

    @property
    def wish(self) -> GroupWish:
        """What it was set up with."""
        return GroupWish(
            self.target.id, Times.of(self.recurrence), self.group.hours, self.group.mode
        )


class GroupGone(MemberError):
    """There are no check-ins in that channel."""

    def __init__(self) -> None:
        super().__init__(
            _("There are no check-ins in that channel. `/checkins setup` begins them.")
        )


class GroupThere(MemberError):
    """The channel has check-ins already."""

    def __init__(self) -> None:
        super().__init__(_("That channel has check-ins. Change them with `/checkins change`."))


class TooManyGroups(MemberError):
    """A server has as many as it may."""

    def __init__(self) -> None:
        text = _("{count} channels of this server have check-ins, the most I keep.")
        super().__init__(text.format(count=MOST_GROUPS))


class RoundGone(MemberError):
    """The round is too old, or another server's."""

    def __init__(self) -> None:
        super().__init__(_("That check-in is over. Look for a newer one."))


def call_at(times: Times, mode: Mode, zone: str, posted: datetime, closes: datetime) -> datetime:
    """Return when a member of a zone is called to a round that was posted at an instant."""
    if mode is Mode.WINDOW:
        return max(closes - CALLED_BEFORE, posted + (closes - posted) / 2)
    there = Times(times.at, zone)
    day = there.local_day(posted)
    due = there.due_on(day)
    return due if due >= posted else there.due_on(day + ONE_DAY)
