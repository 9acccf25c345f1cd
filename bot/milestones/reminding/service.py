"""A reminder of an application's next step, as one of the member's own reminders."""

from datetime import date, time

from sqlalchemy.ext.asyncio import AsyncSession

from bot.clock import Clock
from bot.daily.times import Times
from bot.errors import MemberError
from bot.i18n import _
from bot.members.service import Members
from bot.milestones import store
from bot.milestones.model import Milestone, State
from bot.milestones.service import Milestones
from bot.reminders.model import NotYourReminder, Place, Planned, Question, ReminderGone, Wish
from bot.reminders.service import Reminders
from bot.store.database import Database
from bot.when.asking import date_phrase

AT = time(9)
"""The member's own morning."""


class NoNextStep(MemberError):
    """An application has no next step with a date."""

    def __init__(self) -> None:
        super().__init__(_("There is no next step with a date yet. *Edit* sets one."))


class NextSteps:
    """Reminds, by direct message, of what is next; `/remind list` has such reminders too."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        members: Members,
        milestones: Milestones,
        reminders: Reminders,
    ) -> None:
        self._database = database
        self._clock = clock
        self._members = members
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

    async def follow(self, session: AsyncSession, before: Milestone, after: Milestone) -> None:
        """Let a reminder go, move or come back with its next step; observes the milestones."""
        reminder_id = after.reminder_id or await self._made_of(session, before)
        if reminder_id is None:
            return
        if _is_ahead(after):
            wish = _wish(after, reminder_id)
            if not _is_ahead(before):
                await self._moved(session, after, wish, is_back=True)
            elif wish != _wish(before, reminder_id):
                await self._moved(session, after, wish, is_back=False)
        elif _is_ahead(before):
            is_put_away = await self._reminders.put_away(session, reminder_id, after.member_id)
            kept = reminder_id if is_put_away else None
            await store.change(session, after.id, self._clock.now(), reminder_id=kept)

    async def _made_of(self, session: AsyncSession, own: Milestone) -> int | None:
        """Return the reminder that was made once its member had said their zone."""
        if not _is_ahead(own):
            return None
        return await self._reminders.made_of(session, _wish(own, None))

    async def _moved(
        self, session: AsyncSession, own: Milestone, wish: Wish, *, is_back: bool
    ) -> None:
        days = await self._members.days_within(session, own.member_id, own.guild_id)
        day = own.details.next_on or date.min
        due = Times(AT, days.zone).due_on(day)
        await self._reminders.move(session, wish, due, is_back=is_back)

    async def _asked(self, own: Milestone) -> Planned | Question:
        try:
            return await self._reminders.ask(_wish(own, own.reminder_id))
        except (ReminderGone, NotYourReminder):
            return await self._reminders.ask(_wish(own, None))


def _is_ahead(own: Milestone) -> bool:
    return own.state is State.OPEN and own.details.next_on is not None


def _wish(own: Milestone, reminder_id: int | None) -> Wish:
    """Return what to remind of, and when. Raises NoNextStep."""
    details = own.details
    if details.next_on is None or own.done_at is not None:
        raise NoNextStep
    what = f"{details.title}: {details.next_step}" if details.next_step else details.title
    when = f"{date_phrase(details.next_on)} {AT:%H:%M}"
    return Wish(own.member_id, own.guild_id, None, Place.DM, when, what, reminder_id)
