"""What is to be posted, when, where, and how it ended.

A delivery holds identifiers only: its text is rebuilt from the truth when it is sent, so that
edits, cancellations and erasures always win.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, IntEnum, StrEnum

from bot.when.recurrence import Recurrence


class State(StrEnum):
    """Where a delivery is on its way. The last four are final."""

    WAITING = "waiting"
    LEASED = "leased"
    SENT = "sent"
    EXPIRED = "expired"
    FAILED = "failed"
    CANCELLED = "cancelled"


class ScheduleState(StrEnum):
    """Whether a schedule goes on."""

    ACTIVE = "active"
    PAUSED = "paused"
    ENDED = "ended"


class TargetKind(StrEnum):
    """What a delivery is sent to."""

    CHANNEL = "channel"
    USER = "user"


@dataclass(frozen=True)
class Target:
    """A channel or thread, or a user by direct message."""

    kind: TargetKind
    id: int

    @classmethod
    def channel(cls, channel_id: int) -> "Target":
        """Return a channel or thread as a target."""
        return cls(TargetKind.CHANNEL, channel_id)

    @classmethod
    def user(cls, user_id: int) -> "Target":
        """Return a user's direct messages as a target."""
        return cls(TargetKind.USER, user_id)


@dataclass(frozen=True)
class Elsewhere:
    """Where a delivery goes instead, and the server whose managers may stop it there."""

    target: Target
    guild_id: int | None = None


class Urgency(IntEnum):
    """What goes first in a burst; one channel keeps its order within an urgency."""

    URGENT = 0
    NORMAL = 1
    RELAXED = 2


class CatchUp(Enum):
    """What happens, after a downtime, to several missed occurrences of one schedule."""

    EACH = "each"
    """Every one that hasn't expired is sent, with its lateness said."""

    NEWEST = "newest"
    """Only the newest is sent, if it hasn't expired; the older ones end as expired."""


@dataclass(frozen=True)
class Kind:
    """A kind of delivery; each feature registers its own."""

    name: str
    expires_after: timedelta
    """How late it may be sent; later it ends as expired."""

    catch_up: CatchUp = CatchUp.NEWEST
    urgency: Urgency = Urgency.NORMAL
    title: str = ""
    """What managers know it by, in the plural, such as "Reminders"; marked with `later`."""

    personal: bool = False
    """Whether it concerns nobody but who configured it: they are told of trouble, not managers."""


class Reason(StrEnum):
    """Why a row is as it is, in the words of the log."""

    CHANNEL_GONE = "channel_gone"
    NO_ACCESS = "no_access"
    NO_PERMISSION = "no_permission"
    DM_CLOSED = "dm_closed"
    MEMBER_LEFT = "member_left"
    MESSAGE_GONE = "message_gone"
    REFUSED = "refused"
    UNCONFIRMED = "unconfirmed"
    UNKNOWN_KIND = "unknown_kind"
    BROKEN = "broken"
    DISCORD_DOWN = "discord_down"
    RATE_LIMITED = "rate_limited"
    LATE = "late"
    SUPERSEDED = "superseded"
    PAUSED = "paused"
    UNWANTED = "unwanted"
    CANCELLED = "cancelled"
    SENT = "sent"


@dataclass(frozen=True)
class Plan:
    """A delivery to be planned."""

    kind: str
    dedupe_key: str
    """What is meant, such as "question:{config}:{local date}": never planned a second time."""

    target: Target
    due: datetime
    subject_id: int
    """Which thing of the feature it is about."""

    guild_id: int | None = None
    configured_by: int | None = None
    """The user who is told when it can't be delivered."""


@dataclass(frozen=True)
class Delivery:
    """A row of the queue."""

    id: int
    kind: str
    subject_id: int
    schedule_id: int | None
    schedule_version: int | None
    guild_id: int | None
    configured_by: int | None
    target: Target
    urgency: int
    dedupe_key: str
    due: datetime
    expires: datetime
    state: State
    next_try: datetime | None
    """When it wants attention: the next try, or the end of its lease; None when settled."""

    attempts: int
    tried_at: datetime | None
    """When the first try began of which we don't know that Discord did not take it."""

    nonce: str
    """What Discord recognises a repeated send by; a 64-bit number, stored before the first try."""

    fallbacks: int
    """How many of its kind's fallbacks it has taken; private text is left out from the first."""

    message_id: int | None
    settled_at: datetime | None
    reason: str | None

    @property
    def may_be_there(self) -> bool:
        """Whether an earlier try may have arrived, of a row as it is given to be sent."""
        return bool(self.tried_at and self.next_try and self.tried_at < self.next_try)

    def late_by(self, now: datetime) -> timedelta:
        """Return how much later than due it is now; never negative."""
        return max(now - self.due, timedelta())


@dataclass(frozen=True)
class Schedule:
    """What repeats: only its next occurrence is a row of the queue."""

    id: int
    kind: str
    subject_id: int
    guild_id: int | None
    configured_by: int | None
    target: Target
    recurrence: Recurrence
    state: ScheduleState
    version: int
    """Counts edits: what was planned by an earlier version no longer plans a next occurrence."""

    failures: int
    """Failures in a row."""

    reason: str | None


@dataclass(frozen=True)
class SchedulePlan:
    """A schedule to be begun."""

    kind: str
    subject_id: int
    target: Target
    recurrence: Recurrence
    guild_id: int | None = None
    configured_by: int | None = None
