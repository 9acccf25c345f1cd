"""A member's own reminders."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.delivery.model import CatchUp, Elsewhere, Kind, Target, Urgency
from bot.errors import MemberError
from bot.i18n import _, later
from bot.when.errors import UnclearTime
from bot.when.recurrence import Recurrence

MOST_REMINDERS = 25
"""Active and paused ones of a member."""

MAX_TEXT = 1000
"""Characters."""

KEPT_FOR = timedelta(days=1)
"""How long a deleted reminder or an unfinished one can be brought back."""

DONE_KEPT_FOR = timedelta(days=30)
"""How long one that was posted can still be snoozed."""

REMINDER = Kind(
    "reminder",
    timedelta(days=7),
    CatchUp.NEWEST,
    Urgency.URGENT,
    title=later("Reminders"),
    personal=True,
)


class Place(StrEnum):
    """Where a member wants to be reminded."""

    DM = "dm"
    HERE = "here"


class ReminderState(StrEnum):
    """What a member has done with a reminder."""

    ACTIVE = "active"
    PAUSED = "paused"
    DONE = "done"
    DELETED = "deleted"


KEPT = (ReminderState.ACTIVE, ReminderState.PAUSED)


@dataclass(frozen=True)
class Wish:
    """What a member typed; kept as a draft until the time in it is understood."""

    user_id: int
    guild_id: int | None
    channel_id: int | None
    """Where it was typed; None if the bot, or the member, can't post there."""

    place: Place
    when: str
    what: str
    reminder_id: int | None = None
    """The reminder that it changes, or None for a new one."""


@dataclass(frozen=True)
class Draft:
    """A wish whose time was not understood, with the phrases that would be."""

    id: int
    wish: Wish
    choices: tuple[str, ...]


@dataclass(frozen=True)
class Question:
    """What is asked back."""

    draft: Draft
    problem: UnclearTime


@dataclass(frozen=True)
class Reminder:
    """A reminder; `due` is its only instant or, snoozed, the next one; a schedule repeats."""

    id: int
    user_id: int
    guild_id: int | None
    channel_id: int | None
    place: Place
    what: str
    phrase: str
    due: datetime | None
    schedule_id: int | None
    state: ReminderState
    created_at: datetime

    @property
    def target(self) -> Target:
        """Where it is posted."""
        if self.place is Place.HERE and self.channel_id is not None:
            return Target.channel(self.channel_id)
        return Target.user(self.user_id)

    @property
    def link(self) -> str | None:
        """A link to the channel in which it was made."""
        if self.channel_id is None or self.guild_id is None:
            return None
        return f"https://discord.com/channels/{self.guild_id}/{self.channel_id}"

    @property
    def is_kept(self) -> bool:
        """Whether it counts as one of its member's reminders."""
        return self.state in KEPT

    def instead_of(self, target: Target) -> Elsewhere | None:
        """Return where it goes when it can't be posted at the target.

        One that repeats goes to no channel: it would be hinted at there again and again.
        """
        if target != Target.user(self.user_id):
            return Elsewhere(Target.user(self.user_id))
        if self.channel_id is None or self.link is None or self.schedule_id is not None:
            return None
        return Elsewhere(Target.channel(self.channel_id), self.guild_id)


@dataclass(frozen=True)
class Planned:
    """A reminder with its next instants (UTC), and its rule if it repeats."""

    reminder: Reminder
    upcoming: tuple[datetime, ...]
    recurrence: Recurrence | None = None
    stopped: bool = False
    """Whether its schedule rests though its member didn't pause it."""

    is_new: bool = False


class ReminderGone(MemberError):
    """The reminder was deleted, or is somebody else's."""

    def __init__(self) -> None:
        super().__init__(_("That reminder is gone. `/remind list` shows the ones you have."))


class NotYourReminder(MemberError):
    """Somebody pressed a button of another member's reminder."""

    def __init__(self) -> None:
        super().__init__(_("That's somebody else's reminder. `/remind me` makes your own."))


class TooManyReminders(MemberError):
    """A member has as many as they may."""

    def __init__(self) -> None:
        text = _("You have {count} reminders, which is the most I keep. Delete one first.")
        super().__init__(text.format(count=MOST_REMINDERS))


class NothingToRemindOf(MemberError):
    """The text of a reminder is blank."""

    def __init__(self) -> None:
        super().__init__(_("What should I remind you of? A few words are enough."))
