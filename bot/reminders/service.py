"""Making reminders, and all that a member does with them."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.clock import Clock
from bot.delivery.model import (
    Delivery,
    Elsewhere,
    Reason,
    ScheduleState,
    State,
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
    Planned,
    Question,
    Reminder,
    ReminderGone,
    ReminderState,
    TooManyReminders,
    Wish,
)
from bot.reminders.queueing.service import Queueing
from bot.store.database import Database
from bot.when.errors import UnclearTime
from bot.when.phrases import Moment, Once


class Reminders:
    """Members' reminders. Everything asks for the member's id: nobody reaches another's."""

    def __init__(
        self, database: Database, clock: Clock, planner: Planner, members: Members
    ) -> None:
        self._database = database
        self._clock = clock
        self._planner = planner
        self._members = members
        self._queue = Queueing(clock, planner)

    async def ask(self, wish: Wish, draft_id: int | None = None) -> Planned | Question:
        """Make or change a reminder, or keep the wish and return what to ask back.

        A draft that it answers is used up by it, so that a second press makes no second one.
        Raises TooManyReminders, NothingToRemindOf or ReminderGone.
        """
        if not wish.what.strip():
            raise NothingToRemindOf
        meant = await self._meant(wish.when, wish.user_id, wish.guild_id)
        async with self._database.writing() as session:
            await store.lock_member(session, wish.user_id)
            if draft_id is not None and not await store.take_draft(session, draft_id):
                raise ReminderGone
            if wish.reminder_id is None:
                return await self._made(session, wish, meant)
            return await self._edited(session, wish, wish.reminder_id, meant)

    async def draft(self, draft_id: int, user_id: int) -> Draft:
        """Return what a member typed before. Raises ReminderGone."""
        async with self._database.reading() as session:
            draft = await store.draft_by_id(session, draft_id)
        if draft is None or draft.wish.user_id != user_id:
            raise ReminderGone
        return draft

    async def answer(self, draft: Draft, when: str, what: str | None = None) -> Planned | Question:
        """Go on with a draft, with another phrase for its time."""
        wish = replace(draft.wish, when=when, what=what or draft.wish.what)
        return await self.ask(wish, draft.id)

    async def get(self, reminder_id: int, user_id: int) -> Planned:
        """Return a member's reminder. Raises ReminderGone or NotYourReminder."""
        async with self._database.reading() as session:
            return await self._queue.planned(
                session, await self._own(session, reminder_id, user_id)
            )

    async def kept(self, user_id: int) -> list[Planned]:
        """Return a member's reminders, soonest first, the paused ones last."""
        async with self._database.reading() as session:
            reminders = await store.kept_by(session, user_id)
            planned = await self._queue.all_planned(session, reminders)
        return sorted(planned, key=lambda each: (not each.upcoming, each.upcoming))

    async def pause(self, reminder_id: int, user_id: int) -> Planned:
        """Let a reminder rest; one that is over stays over. Raises ReminderGone."""
        return await self._put_away(reminder_id, user_id, ReminderState.PAUSED)

    async def delete(self, reminder_id: int, user_id: int) -> Planned:
        """Delete a reminder; it can be brought back for a day. Raises ReminderGone."""
        return await self._put_away(reminder_id, user_id, ReminderState.DELETED)

    async def bring_back(self, reminder_id: int, user_id: int) -> Planned:
        """Resume a paused reminder, or take its deletion back; one that is over stays over.

        A single one that came due meanwhile comes at once, late. Raises ReminderGone or
        TooManyReminders.
        """
        async with self._writing(reminder_id, user_id, deleted_too=True) as (session, reminder):
            await self._check_room(session, reminder)
            goes_on = await self._queue.resumed(session, reminder)
            state = ReminderState.ACTIVE if goes_on else ReminderState.DONE
            return await self._queue.planned(
                session, await self._changed(session, reminder, state=state)
            )

    async def snooze(self, reminder_id: int, user_id: int, when: str) -> Planned:
        """Remind once more, at another time; an earlier snooze is off.

        A repeat goes on beside it. Raises ReminderGone, TooManyReminders or UnclearTime.
        """
        moment = await self._members.time_meant(when, user_id, None)
        if not isinstance(moment, Once):
            raise UnclearTime(_("That repeats."), example="in 2 hours")
        async with self._writing(reminder_id, user_id) as (session, reminder):
            await self._check_room(session, reminder)
            await self._planner.cancel_about(session, REMINDER.name, reminder.id, alone_only=True)
            await self._queue.plan_once(session, reminder, moment.at)
            if reminder.schedule_id is not None:
                return Planned(reminder, (moment.at,))
            state = ReminderState.ACTIVE
            snoozed = await self._changed(session, reminder, due=moment.at, state=state)
            return Planned(snoozed, (moment.at,))

    async def finish(self, reminder_id: int, user_id: int) -> Reminder:
        """Note that what was to be done is done, so that a snooze is off; a repeat goes on.

        Raises ReminderGone or NotYourReminder.
        """
        async with self._writing(reminder_id, user_id) as (session, reminder):
            await self._planner.cancel_about(session, REMINDER.name, reminder.id, alone_only=True)
            if reminder.schedule_id is not None:
                return reminder
            return await self._changed(session, reminder, state=ReminderState.DONE)

    async def made_of(self, session: AsyncSession, wish: Wish) -> int | None:
        """Return the reminder that was made of a wish and is still to come."""
        return await store.like(session, wish)

    async def put_away(self, session: AsyncSession, reminder_id: int, user_id: int) -> bool:
        """Let one that is to come be done with, within a unit of work; return whether it was.

        It isn't where its member has paused or deleted it, or it has come.
        """
        reminder = await self._theirs(session, reminder_id, user_id, ReminderState.ACTIVE)
        if reminder is None:
            return False
        await self._queue.unplan(session, reminder)
        await self._changed(session, reminder, state=ReminderState.DONE)
        return True

    async def move(
        self, session: AsyncSession, wish: Wish, due: datetime, *, is_back: bool
    ) -> None:
        """Let the reminder of a wish come at another instant, within a unit of work.

        One that was put away comes again if it `is_back`; one whose instant is past, no more.
        """
        state = ReminderState.DONE if is_back else ReminderState.ACTIVE
        reminder = await self._theirs(session, wish.reminder_id or 0, wish.user_id, state)
        if reminder is None:
            return
        await self._queue.unplan(session, reminder)
        goes_on = due > self._clock.now()
        if goes_on:
            await self._queue.plan_once(session, reminder, due)
        becomes = ReminderState.ACTIVE if goes_on else ReminderState.DONE
        says = {"what": wish.what, "phrase": wish.when, "due": due, "schedule_id": None}
        await self._changed(session, reminder, state=becomes, **says)

    async def due(self, delivery: Delivery) -> Reminder | None:
        """Return the reminder that is to be posted now; None if its member has put it away."""
        async with self._database.reading() as session:
            reminder = await store.by_id(session, delivery.subject_id)
        if reminder is None:
            return None
        snoozed = reminder.schedule_id is not None and delivery.schedule_id is None
        wanted = reminder.is_kept if snoozed else reminder.state is ReminderState.ACTIVE
        return reminder if wanted else None

    async def forget_old(self) -> None:
        """Erase what can't be brought back any more, and drafts that nobody went on with."""
        now = self._clock.now()
        async with self._database.writing() as session:
            await store.forget_old(session, now - KEPT_FOR, now - DONE_KEPT_FOR)

    async def elsewhere(
        self, session: AsyncSession, delivery: Delivery, _reason: Reason
    ) -> Elsewhere | None:
        """Return where a reminder goes that can't be posted where it should."""
        reminder = await store.by_id(session, delivery.subject_id)
        if reminder is None or delivery.fallbacks:
            return None
        return reminder.instead_of(delivery.target)

    async def observe(self, session: AsyncSession, settled: Sequence[Settled]) -> None:
        """Note which reminders have come for the last time."""
        now = self._clock.now()
        for each in settled:
            delivery = each.delivery
            if delivery.kind != REMINDER.name:
                continue
            if each.schedule is ScheduleState.ENDED:
                await store.note_over(session, delivery.subject_id, now)
            elif delivery.schedule_id is None and delivery.state is State.SENT:
                await store.note_posted(session, delivery.subject_id, delivery.due, now)

    async def _theirs(
        self, session: AsyncSession, reminder_id: int, user_id: int, state: ReminderState
    ) -> Reminder | None:
        """Return a member's reminder if it is in a state; nobody else changes it meanwhile."""
        await store.lock_member(session, user_id)
        found = await store.by_id(session, reminder_id, locked=True)
        is_meant = found is not None and (found.user_id, found.state) == (user_id, state)
        return found if is_meant else None

    async def _made(
        self, session: AsyncSession, wish: Wish, meant: Moment | UnclearTime
    ) -> Planned | Question:
        if await store.count_of(session, wish.user_id) >= MOST_REMINDERS:
            raise TooManyReminders
        if isinstance(meant, UnclearTime):
            return await self._question(session, wish, meant)
        reminder = await store.add(session, wish, self._clock.now())
        return replace(await self._plan(session, reminder, meant), is_new=True)

    async def _edited(
        self, session: AsyncSession, wish: Wish, reminder_id: int, meant: Moment | UnclearTime
    ) -> Planned | Question:
        before = await self._own(session, reminder_id, wish.user_id, to_change=True)
        await self._check_room(session, before)
        if wish.when == before.phrase:
            reworded = await self._changed(session, before, what=wish.what)
            planned = await self._queue.planned(session, reworded)
            if planned.upcoming or reworded.state is ReminderState.PAUSED:
                return planned
        if isinstance(meant, UnclearTime):
            return await self._question(session, wish, meant)
        await self._queue.unplan(session, before)
        renamed = await self._changed(session, before, what=wish.what, phrase=wish.when)
        return await self._plan(session, renamed, meant)

    async def _question(self, session: AsyncSession, wish: Wish, problem: UnclearTime) -> Question:
        now = self._clock.now()
        return Question(await store.keep_draft(session, wish, problem.choices, now), problem)

    async def _meant(self, phrase: str, user_id: int, guild_id: int | None) -> Moment | UnclearTime:
        """Return the time that is meant, or what to ask back: before anything is locked."""
        try:
            return await self._members.time_meant(phrase, user_id, guild_id)
        except UnclearTime as problem:
            return problem

    async def _check_room(self, session: AsyncSession, reminder: Reminder) -> None:
        """Raise TooManyReminders if one that is done with can't count again."""
        if reminder.is_kept:
            return
        if await store.count_of(session, reminder.user_id) >= MOST_REMINDERS:
            raise TooManyReminders

    async def _plan(self, session: AsyncSession, reminder: Reminder, moment: Moment) -> Planned:
        due, schedule = None, None
        if isinstance(moment, Once):
            due = moment.at
            await self._queue.plan_once(session, reminder, due)
        else:
            schedule = await self._queue.begin(session, reminder, moment)
        planned = await self._changed(
            session,
            reminder,
            due=due,
            schedule_id=schedule and schedule.id,
            state=ReminderState.ACTIVE,
        )
        return await self._queue.planned(session, planned)

    async def _put_away(self, reminder_id: int, user_id: int, state: ReminderState) -> Planned:
        async with self._writing(reminder_id, user_id) as (session, reminder):
            if state is ReminderState.PAUSED and not reminder.is_kept:
                return await self._queue.planned(session, reminder)
            await self._queue.unplan(session, reminder)
            return await self._queue.planned(
                session, await self._changed(session, reminder, state=state)
            )

    async def _changed(
        self, session: AsyncSession, reminder: Reminder, **values: object
    ) -> Reminder:
        return await store.change(session, reminder.id, self._clock.now(), **values)

    @asynccontextmanager
    async def _writing(
        self, reminder_id: int, user_id: int, *, deleted_too: bool = False
    ) -> AsyncGenerator[tuple[AsyncSession, Reminder]]:
        """Open a unit of work on a member's reminder, which nobody else changes meanwhile."""
        async with self._database.writing() as session:
            await store.lock_member(session, user_id)
            own = await self._own(
                session, reminder_id, user_id, to_change=True, deleted_too=deleted_too
            )
            yield session, own

    async def _own(
        self,
        session: AsyncSession,
        reminder_id: int,
        user_id: int,
        *,
        to_change: bool = False,
        deleted_too: bool = False,
    ) -> Reminder:
        reminder = await store.by_id(session, reminder_id, locked=to_change)
        if reminder is None:
            raise ReminderGone
        if reminder.user_id != user_id:
            raise NotYourReminder
        if reminder.state is ReminderState.DELETED and not deleted_too:
            raise ReminderGone
        return reminder
