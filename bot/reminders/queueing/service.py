"""What the queue has of reminders: planned, taken out again, and looked up."""

from collections.abc import Sequence
from datetime import datetime
from itertools import islice

from sqlalchemy.ext.asyncio import AsyncSession

from bot.clock import Clock
from bot.delivery import listing
from bot.delivery.model import Delivery, Plan, Schedule, SchedulePlan, ScheduleState
from bot.delivery.planner import Planner
from bot.reminders.model import REMINDER, Place, Planned, Reminder, ReminderState
from bot.when.recurrence import Recurrence, occurrences

SHOWN_AHEAD = 3


class Queueing:
    """Plans reminders, each within the unit of work of whoever changes it."""

    def __init__(self, clock: Clock, planner: Planner) -> None:
        self._clock = clock
        self._planner = planner

    async def plan_once(
        self, session: AsyncSession, reminder: Reminder, at: datetime
    ) -> Delivery | None:
        """Plan one instant; None if it is planned or was sent already."""
        plan = Plan(
            kind=REMINDER.name,
            dedupe_key=f"reminder:{reminder.id}:{at.isoformat()}",
            target=reminder.target,
            due=at,
            subject_id=reminder.id,
            guild_id=_guild_of(reminder),
            configured_by=reminder.user_id,
        )
        return await self._planner.plan(session, plan)

    async def begin(
        self, session: AsyncSession, reminder: Reminder, recurrence: Recurrence
    ) -> Schedule:
        """Plan what repeats."""
        plan = SchedulePlan(
            kind=REMINDER.name,
            subject_id=reminder.id,
            target=reminder.target,
            recurrence=recurrence,
            guild_id=_guild_of(reminder),
            configured_by=reminder.user_id,
        )
        return await self._planner.begin(session, plan)

    async def unplan(self, session: AsyncSession, reminder: Reminder) -> None:
        """Take all that is to come of a reminder out of the queue."""
        schedule = await self._schedule(session, reminder)
        if schedule is not None:
            await self._planner.end(session, schedule.id)
        await self._planner.cancel_about(session, REMINDER.name, reminder.id)

    async def resumed(self, session: AsyncSession, reminder: Reminder) -> bool:
        """Plan what is still to come of a reminder; return whether anything is."""
        if reminder.schedule_id is not None:
            own = await self._schedule(session, reminder)
            schedule = own and await self._planner.resume(session, own.id)
            return schedule is not None and schedule.state is ScheduleState.ACTIVE
        too_late = self._clock.now() - REMINDER.expires_after
        if reminder.due is None or reminder.due <= too_late:
            return False
        return await self.plan_once(session, reminder, reminder.due) is not None

    @staticmethod
    async def _schedule(session: AsyncSession, reminder: Reminder) -> Schedule | None:
        """Return what a reminder repeats by; None for one that doesn't, or once it is erased."""
        its = reminder.schedule_id
        return await listing.schedule_of(session, REMINDER.name, reminder.id, its)

    async def planned(self, session: AsyncSession, reminder: Reminder) -> Planned:
        """Return a reminder with what comes of it."""
        [planned] = await self.all_planned(session, [reminder])
        return planned

    async def all_planned(
        self, session: AsyncSession, reminders: Sequence[Reminder]
    ) -> list[Planned]:
        """Return reminders with what comes of them, as the queue and its schedules stand."""
        its = {each.id: each.schedule_id for each in reminders}
        schedules = await listing.schedules_of(session, REMINDER.name, its)
        rows = await listing.of_subjects(session, REMINDER.name, [each.id for each in reminders])
        return [
            self._with(
                reminder,
                schedules.get(reminder.id),
                [row.due for row in rows if row.subject_id == reminder.id],
            )
            for reminder in reminders
        ]

    def _with(
        self, reminder: Reminder, schedule: Schedule | None, planned: Sequence[datetime]
    ) -> Planned:
        now = self._clock.now()
        active = reminder.state is ReminderState.ACTIVE
        ahead = {due for due in planned if due > now} if active else set[datetime]()
        if schedule is not None and active and schedule.state is ScheduleState.ACTIVE:
            ahead |= {*islice(occurrences(schedule.recurrence, now), SHOWN_AHEAD)}
        return Planned(
            reminder,
            tuple(sorted(ahead)[:SHOWN_AHEAD]),
            schedule and schedule.recurrence,
            stopped=active and schedule is not None and schedule.state is ScheduleState.PAUSED,
        )


def _guild_of(reminder: Reminder) -> int | None:
    """Return the server whose pauses and managers it concerns: none, unless it is posted there."""
    return reminder.guild_id if reminder.place is Place.HERE else None
