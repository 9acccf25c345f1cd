"""A reminder of an application's next step, as one of the member's own reminders."""

from bot.clock import Clock
from bot.errors import MemberError
from bot.i18n import _
from bot.milestones import store
from bot.milestones.model import Milestone
from bot.milestones.service import Milestones
from bot.reminders.model import NotYourReminder, Place, Planned, Question, ReminderGone, Wish
from bot.reminders.service import Reminders
from bot.store.database import Database
from bot.when.asking import date_phrase

AT = "09:00"
"""The member's own morning."""


class NoNextStep(MemberError):
    """An application has no next step with a date."""

    def __init__(self) -> None:
        super().__init__(_("There is no next step with a date yet. *Edit* sets one."))


class NextSteps:
    """Reminds, by direct message, of what is next; `/remind list` has such reminders too."""

    def __init__(
        self, database: Database, clock: Clock, milestones: Milestones, reminders: Reminders
    ) -> None:
        self._database = database
        self._clock = clock
        self._milestones = milestones
        self._reminders = reminders

    async def remind(self, guild_id: int, member_id: int, milestone_id: int) -> Planned | Question:
        """Plan the reminder; one that was planned before is moved instead.

        Raises MilestoneGone, NoNextStep or TooManyReminders.
        """
        own = (await self._milestones.get(guild_id, member_id, milestone_id)).milestone
        planned = await self._asked(own)
        if isinstance(planned, Planned):
            async with self._database.writing() as session:
                reminder_id, now = planned.reminder.id, self._clock.now()
                await store.change(session, own.id, now, reminder_id=reminder_id)
        return planned

    async def _asked(self, own: Milestone) -> Planned | Question:
        try:
            return await self._reminders.ask(_wish(own, own.reminder_id))
        except (ReminderGone, NotYourReminder):
            return await self._reminders.ask(_wish(own, None))


def _wish(own: Milestone, reminder_id: int | None) -> Wish:
    """Return what to remind of, and when. Raises NoNextStep."""
    details = own.details
    if details.next_on is None or own.done_at is not None:
        raise NoNextStep
    what = f"{details.title}: {details.next_step}" if details.next_step else details.title
    when = f"{date_phrase(details.next_on)} {AT}"
    return Wish(own.member_id, own.guild_id, None, Place.DM, when, what, reminder_id)
