"""Making reminders, and all that a member does with them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from itertools import islice

from sqlalchemy.ext.asyncio import AsyncSession

from bot.clock import Clock
from bot.delivery import listing
from bot.delivery.model import (
    Delivery,
    Plan,
    Reason,
    Schedule,
    SchedulePlan,
    ScheduleState,
    State,
    Target,
)
from bot.delivery.planner import Planner
from bot.delivery.settlement import Settled
from bot.i18n import _
from bot.members.service import Members
from bot.reminders import store
from bot.reminders.model import (
    DONE_KEPT_FOR,
    KEPT_FOR,
    MOST_REMINDERS,
    REMINDER,
    Draft,
    NothingToRemindOf,
    NotYourReminder,
    Place,
    Planned,
    Question,
    Reminder,
    ReminderGone,
    ReminderState,
    TooManyReminders,
    Wish,
)
from bot.store.database import Database
from bot.when.errors import UnclearTime
from bot.when.phrases import Moment, Once
from bot.when.recurrence import Recurrence, occurrences

SHOWN_AHEAD = 3


class Reminders:
    """Members' reminders. Everything asks for the member's id: nobody reaches another's."""

    def __init__(
        self, database: Database, clock: Clock, planner: Planner, members: Members
    ) -> None:
        self._database = database
        self._clock = clock
        self._planner = planner
        self._members = members

    async def ask(self, wish: Wish) -> Planned | Question:
        """Make or change a reminder, or keep the wish and return what to ask back.

        Raises TooManyReminders, NothingToRemindOf or ReminderGone.
        """
        async with self._database.writing() as session:
            await self._check(session, wish)
            try:
                return await self._fulfilled(session, wish)
            except UnclearTime as problem:
                now = self._clock.now()
                draft = await store.keep_draft(session, wish, problem.choices, now)
                return Question(draft, problem)

    async def draft(self, draft_id: int, user_id: int) -> Draft:
        """Return what a member typed before. Raises ReminderGone or NotYourReminder."""
        async with self._database.reading() as session:
            draft = await store.draft_by_id(session, draft_id)
        if draft is None or draft.wish.user_id != user_id:
            raise ReminderGone
        return draft

    async def answer(self, draft: Draft, when: str, what: str | None = None) -> Planned | Question:
        """Go on with a draft, with another phrase for its time."""
        wish = replace(draft.wish, when=when, what=what or draft.wish.what)
        answered = await self.ask(wish)
        async with self._database.writing() as session:
            await store.drop_draft(session, draft.id)
        return answered

    async def get(self, reminder_id: int, user_id: int) -> Planned:
        """Return a member's reminder. Raises ReminderGone or NotYourReminder."""
        async with self._database.reading() as session:
            return await self._planned(session, await self._own(session, reminder_id, user_id))

    async def kept(self, user_id: int) -> list[Planned]:
        """Return a member's reminders, soonest first, the paused ones last."""
        async with self._database.reading() as session:
            reminders = await store.kept_by(session, user_id)
            planned = await self._all_planned(session, reminders)
        return sorted(planned, key=lambda each: (not each.upcoming, each.upcoming))

    async def pause(self, reminder_id: int, user_id: int) -> Planned:
        """Let a reminder rest. Raises ReminderGone or NotYourReminder."""
        return await self._put_away(reminder_id, user_id, ReminderState.PAUSED)

    async def delete(self, reminder_id: int, user_id: int) -> Planned:
        """Delete a reminder; it can be brought back for a day.

        Raises ReminderGone or NotYourReminder.
        """
        return await self._put_away(reminder_id, user_id, ReminderState.DELETED)

    async def bring_back(self, reminder_id: int, user_id: int) -> Planned:
        """Resume a paused reminder, or take its deletion back.

        What came due meanwhile comes at once, late. Raises ReminderGone or TooManyReminders.
        """
        async with self._database.writing() as session:
            reminder = await self._own(session, reminder_id, user_id, deleted_too=True)
            if reminder.state is ReminderState.DELETED:
                await self._check_room(session, user_id)
            await self._resume(session, reminder)
            return await self._planned(
                session, await self._changed(session, reminder, state=ReminderState.ACTIVE)
            )

    async def snooze(self, reminder_id: int, user_id: int, when: str) -> Planned:
        """Remind once more, at another time. Raises ReminderGone, or UnclearTime."""
        async with self._database.writing() as session:
            reminder = await self._own(session, reminder_id, user_id, deleted_too=True)
            wish = Wish(user_id, reminder.guild_id, None, reminder.place, when, reminder.what)
            moment = await self._understood(session, wish)
            if isinstance(moment, Recurrence):
                raise UnclearTime(_("That repeats."), example="in 2 hours")
            await self._plan_once(session, reminder, moment)
            if reminder.schedule_id is None:
                reminder = await self._changed(
                    session, reminder, due=moment.at, state=ReminderState.ACTIVE
                )
            return Planned(reminder, (moment.at,))

    async def finish(self, reminder_id: int, user_id: int) -> Reminder:
        """Note that what was to be done is done, so that a snooze is off; a repeat goes on.

        Raises ReminderGone or NotYourReminder.
        """
        async with self._database.writing() as session:
            reminder = await self._own(session, reminder_id, user_id, deleted_too=True)
            await self._planner.cancel_about(session, REMINDER.name, reminder.id, alone_only=True)
            if reminder.schedule_id is not None:
                return reminder
            return await self._changed(session, reminder, state=ReminderState.DONE)

    async def due(self, reminder_id: int) -> Reminder | None:
        """Return a reminder that is to be posted now; None if its owner has put it away."""
        async with self._database.reading() as session:
            reminder = await store.by_id(session, reminder_id)
        return reminder if reminder and reminder.state is ReminderState.ACTIVE else None

    async def elsewhere(
        self, session: AsyncSession, delivery: Delivery, _reason: Reason
    ) -> Target | None:
        """Return where a reminder goes that can't be posted where it should."""
        reminder = await store.by_id(session, delivery.subject_id)
        if reminder is None or delivery.fallbacks:
            return None
        return reminder.instead_of(delivery.target)

    async def observe(self, session: AsyncSession, settled: Sequence[Settled]) -> None:
        """Note which reminders have been posted for the last time."""
        now = self._clock.now()
        for delivery in (each.delivery for each in settled):
            alone = delivery.kind == REMINDER.name and delivery.schedule_id is None
            if alone and delivery.state is State.SENT:
                await store.note_posted(session, delivery.subject_id, delivery.due, now)

    async def _check(self, session: AsyncSession, wish: Wish) -> None:
        if not wish.what.strip():
            raise NothingToRemindOf
        now = self._clock.now()
        await store.forget_old(session, wish.user_id, now - KEPT_FOR, now - DONE_KEPT_FOR)
        if wish.reminder_id is None:
            await self._check_room(session, wish.user_id)
        else:
            await self._own(session, wish.reminder_id, wish.user_id)

    async def _check_room(self, session: AsyncSession, user_id: int) -> None:
        if await store.count_of(session, user_id) >= MOST_REMINDERS:
            raise TooManyReminders

    async def _fulfilled(self, session: AsyncSession, wish: Wish) -> Planned:
        if wish.reminder_id is None:
            moment = await self._understood(session, wish)
            reminder = await store.add(session, wish, self._clock.now())
            return await self._plan(session, reminder, moment)
        before = await self._own(session, wish.reminder_id, wish.user_id)
        reworded = await self._changed(session, before, what=wish.what)
        if wish.when == before.phrase:
            return await self._planned(session, reworded)
        moment = await self._understood(session, wish)
        await self._unplan(session, before)
        renamed = await self._changed(session, reworded, phrase=wish.when)
        return await self._plan(session, renamed, moment)

    async def _understood(self, session: AsyncSession, wish: Wish) -> Moment:
        return await self._members.understood(session, wish.when, wish.user_id, wish.guild_id)

    async def _plan(self, session: AsyncSession, reminder: Reminder, moment: Moment) -> Planned:
        due, schedule = None, None
        if isinstance(moment, Once):
            await self._plan_once(session, reminder, moment)
            due = moment.at
        else:
            schedule = await self._begin(session, reminder, moment)
        planned = await self._changed(
            session,
            reminder,
            due=due,
            schedule_id=schedule and schedule.id,
            state=ReminderState.ACTIVE,
        )
        return await self._planned(session, planned)

    async def _plan_once(self, session: AsyncSession, reminder: Reminder, moment: Once) -> None:
        plan = Plan(
            kind=REMINDER.name,
            dedupe_key=f"reminder:{reminder.id}:{moment.at.isoformat()}",
            target=reminder.target,
            due=moment.at,
            subject_id=reminder.id,
            guild_id=_guild_of(reminder),
            configured_by=reminder.user_id,
        )
        await self._planner.plan(session, plan)

    async def _begin(
        self, session: AsyncSession, reminder: Reminder, recurrence: Recurrence
    ) -> Schedule:
        plan = SchedulePlan(
            kind=REMINDER.name,
            subject_id=reminder.id,
            target=reminder.target,
            recurrence=recurrence,
            guild_id=_guild_of(reminder),
            configured_by=reminder.user_id,
        )
        return await self._planner.begin(session, plan)

    async def _unplan(self, session: AsyncSession, reminder: Reminder) -> None:
        if reminder.schedule_id is not None:
            await self._planner.end(session, reminder.schedule_id)
        await self._planner.cancel_about(session, REMINDER.name, reminder.id)

    async def _resume(self, session: AsyncSession, reminder: Reminder) -> None:
        if reminder.schedule_id is not None:
            await self._planner.resume(session, reminder.schedule_id)
        elif reminder.due is not None:
            await self._plan_once(session, reminder, Once(reminder.due, None))

    async def _put_away(self, reminder_id: int, user_id: int, state: ReminderState) -> Planned:
        async with self._database.writing() as session:
            reminder = await self._own(session, reminder_id, user_id)
            await self._unplan(session, reminder)
            return await self._planned(session, await self._changed(session, reminder, state=state))

    async def _changed(
        self, session: AsyncSession, reminder: Reminder, **values: object
    ) -> Reminder:
        return await store.change(session, reminder.id, self._clock.now(), **values)

    async def _own(
        self, session: AsyncSession, reminder_id: int, user_id: int, *, deleted_too: bool = False
    ) -> Reminder:
        reminder = await store.by_id(session, reminder_id)
        if reminder is None:
            raise ReminderGone
        if reminder.user_id != user_id:
            raise NotYourReminder
        if reminder.state is ReminderState.DELETED and not deleted_too:
            raise ReminderGone
        return reminder

    async def _planned(self, session: AsyncSession, reminder: Reminder) -> Planned:
        [planned] = await self._all_planned(session, [reminder])
        return planned

    async def _all_planned(
        self, session: AsyncSession, reminders: Sequence[Reminder]
    ) -> list[Planned]:
        """Return reminders with what comes of them, as the queue and its schedules stand."""
        ids = [each.schedule_id for each in reminders if each.schedule_id is not None]
        schedules = await listing.schedules_of(session, ids)
        rows = await listing.of_subjects(session, REMINDER.name, [each.id for each in reminders])
        return [
            self._with(
                reminder,
                schedules.get(reminder.schedule_id or 0),
                [row.due for row in rows if row.subject_id == reminder.id],
            )
            for reminder in reminders
        ]

    def _with(
        self, reminder: Reminder, schedule: Schedule | None, planned: Sequence[datetime]
    ) -> Planned:
        now = self._clock.now()
        stopped = schedule is not None and schedule.state is ScheduleState.PAUSED
        active = reminder.state is ReminderState.ACTIVE
        ahead = {due for due in planned if due > now} if active else set[datetime]()
        if schedule is not None and active and not stopped:
            ahead |= {*islice(occurrences(schedule.recurrence, now), SHOWN_AHEAD)}
        upcoming = tuple(sorted(ahead)[:SHOWN_AHEAD])
        recurrence = schedule and schedule.recurrence
        return Planned(reminder, upcoming, recurrence, paused_by_trouble=active and stopped)


def _guild_of(reminder: Reminder) -> int | None:
    """Return the server whose pauses and managers it concerns: none, unless it is posted there."""
    return reminder.guild_id if reminder.place is Place.HERE else None
