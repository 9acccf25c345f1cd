"""What managers do with the check-ins of their server's channels."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import replace

from sqlalchemy.ext.asyncio import AsyncSession

from bot.checkins.group import (
    MOST_GROUPS,
    REMOVED_KEPT_FOR,
    ROUND,
    ROUNDS_KEPT_FOR,
    SHOWN_ROUNDS,
    Group,
    GroupGone,
    GroupStanding,
    GroupThere,
    GroupWish,
    TooManyGroups,
)
from bot.checkins.model import Status
from bot.checkins.statements import groups
from bot.checkins.together.calls import Calls
from bot.checkins.together.rounds import Rounds
from bot.clock import Clock
from bot.daily.times import Times
from bot.delivery.model import Schedule, SchedulePlan, ScheduleState, Target
from bot.delivery.planner import Planner
from bot.members.service import Members
from bot.store.database import Database
from bot.when.recurrence import next_occurrence


class Groups:
    """Channels' check-ins. Everything asks for the server's id: nobody reaches another's."""

    def __init__(
        self, database: Database, clock: Clock, planner: Planner, members: Members
    ) -> None:
        self._database = database
        self._clock = clock
        self._planner = planner
        self.calls = Calls(database, clock, planner, members)
        self.rounds = Rounds(database, clock, planner, self.calls)

    async def setup(self, guild_id: int, wish: GroupWish, by: int) -> GroupStanding:
        """Begin to post. Raises GroupThere or TooManyGroups."""
        now = self._clock.now()
        values = {"guild_id": guild_id, "schedule_id": 0, "hours": wish.hours, "created_at": now}
        async with self._database.writing() as session:
            await groups.lock_guild(session, guild_id)
            await self._check_room(session, guild_id, wish.channel_id)
            how = {"mode": wish.mode.value, "state": Status.ACTIVE.value, "configured_by": by}
            group = await groups.add(session, values | how)
            plan = SchedulePlan(
                kind=ROUND.name,
                subject_id=group.id,
                target=Target.channel(wish.channel_id),
                recurrence=wish.times.recurrence(now),
                guild_id=guild_id,
                configured_by=by,
            )
            schedule = await self._planner.begin(session, plan)
            await groups.change(session, group.id, schedule_id=schedule.id)
        return replace(await self.get(guild_id, group.id), is_new=True)

    async def change(self, guild_id: int, group_id: int, wish: GroupWish) -> GroupStanding:
        """Post otherwise from now on. Raises GroupGone."""
        async with self._changing(guild_id, group_id) as (session, group, schedule):
            await groups.change(session, group.id, hours=wish.hours, mode=wish.mode.value)
            if wish.times != Times.of(schedule.recurrence):
                rule = wish.times.recurrence(self._clock.now())
                await self._planner.edit(session, schedule.id, recurrence=rule)
        return await self.get(guild_id, group_id)

    async def all(self, guild_id: int) -> list[GroupStanding]:
        """Return how a server's stand, in the order they were set up."""
        async with self._database.reading() as session:
            found = await groups.of_guild(session, guild_id)
            schedules = await groups.schedules_of(session, found)
            return [
                self._standing(each, schedules[each.id]) for each in found if each.id in schedules
            ]

    async def get(self, guild_id: int, group_id: int) -> GroupStanding:
        """Return how one stands, with its last rounds. Raises GroupGone."""
        async with self._database.reading() as session:
            group, schedule = await self._own(session, guild_id, group_id)
            last = await groups.last_rounds(session, group_id, SHOWN_ROUNDS)
            counts = await groups.counts(session, [each.id for each in last])
        return replace(self._standing(group, schedule), rounds=tuple(last), counts=counts)

    async def pause(self, guild_id: int, group_id: int) -> GroupStanding:
        """Let it rest. Raises GroupGone."""
        async with self._changing(guild_id, group_id) as (session, group, schedule):
            await self._planner.pause(session, schedule.id)
            await groups.change(session, group.id, state=Status.PAUSED.value)
        return await self.get(guild_id, group_id)

    async def resume(self, guild_id: int, group_id: int) -> GroupStanding:
        """Let it go on with the next day. Raises GroupGone."""
        async with self._changing(guild_id, group_id) as (session, group, schedule):
            if schedule.state is not ScheduleState.ACTIVE:
                await self._planner.resume(session, schedule.id)
            await groups.change(session, group.id, state=Status.ACTIVE.value)
        return await self.get(guild_id, group_id)

    async def remove(self, guild_id: int, group_id: int) -> GroupStanding:
        """Stop; it can be brought back for a day. Raises GroupGone."""
        standing = await self.get(guild_id, group_id)
        async with self._changing(guild_id, group_id) as (session, group, schedule):
            await self._planner.end(session, schedule.id)
            await groups.change(session, group.id, removed_at=self._clock.now())
        return standing

    async def bring_back(self, guild_id: int, group_id: int) -> GroupStanding:
        """Take a removal back. Raises GroupGone, GroupThere or TooManyGroups."""
        async with self._database.writing() as session:
            await groups.lock_guild(session, guild_id)
            group, schedule = await self._own(session, guild_id, group_id, removed_too=True)
            if group.removed_at is not None:
                await self._check_room(session, guild_id, schedule.target.id)
                await groups.change(session, group.id, removed_at=None)
                await self._planner.resume(session, schedule.id)
            if group.state is Status.PAUSED:
                await self._planner.pause(session, schedule.id)
        return await self.get(guild_id, group_id)

    async def look_after(self) -> None:
        """Erase what was removed, and rounds of long ago."""
        now = self._clock.now()
        async with self._database.writing() as session:
            await groups.forget(session, now - REMOVED_KEPT_FOR, (now - ROUNDS_KEPT_FOR).date())

    async def _check_room(self, session: AsyncSession, guild_id: int, channel_id: int) -> None:
        there = await groups.of_guild(session, guild_id)
        if len(there) >= MOST_GROUPS:
            raise TooManyGroups
        found = await groups.schedules_of(session, there)
        if any(schedule.target.id == channel_id for schedule in found.values()):
            raise GroupThere

    @asynccontextmanager
    async def _changing(
        self, guild_id: int, group_id: int
    ) -> AsyncGenerator[tuple[AsyncSession, Group, Schedule]]:
        async with self._database.writing() as session:
            await groups.lock_guild(session, guild_id)
            yield session, *await self._own(session, guild_id, group_id, to_change=True)

    async def _own(
        self,
        session: AsyncSession,
        guild_id: int,
        group_id: int,
        *,
        removed_too: bool = False,
        to_change: bool = False,
    ) -> tuple[Group, Schedule]:
        group = await groups.by_id(session, group_id)
        if group is None or group.guild_id != guild_id or (group.removed_at and not removed_too):
            raise GroupGone
        schedule = (await groups.schedules_of(session, [group], locked=to_change)).get(group.id)
        if schedule is None:
            raise GroupGone
        return group, schedule

    def _standing(self, group: Group, schedule: Schedule) -> GroupStanding:
        goes_on = schedule.state is ScheduleState.ACTIVE
        upcoming = next_occurrence(schedule.recurrence, self._clock.now()) if goes_on else None
        rests = group.state is Status.ACTIVE and not goes_on
        stopped = schedule.reason if rests else None
        return GroupStanding(group, schedule.target, schedule.recurrence, upcoming, stopped)
