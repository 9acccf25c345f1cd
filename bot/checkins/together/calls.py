"""Calling those who joined to a round, once, if they haven't replied by then."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from bot.checkins.course import today_in
from bot.checkins.group import CALL, Group, Joined, Round, RoundGone, call_at
from bot.checkins.statements import absences, groups, joining
from bot.clock import Clock
from bot.daily.times import Times
from bot.delivery import listing
from bot.delivery.model import Delivery, Plan, State, Target
from bot.delivery.planner import Planner
from bot.delivery.settlement import Settled
from bot.members.service import Members
from bot.store.database import Database


class Calls:
    """Who is called to a channel's rounds, and when."""

    def __init__(
        self, database: Database, clock: Clock, planner: Planner, members: Members
    ) -> None:
        self._database = database
        self._clock = clock
        self._planner = planner
        self._members = members

    async def toggle(self, guild_id: int, round_id: int, member_id: int) -> tuple[Group, bool]:
        """Call a member from now on, or no more; return which. Raises RoundGone."""
        async with self._database.writing() as session:
            found = await groups.round_by_id(session, round_id)
            group = found and await groups.by_id(session, found.group_id)
            if found is None or group is None or found.guild_id != guild_id or group.removed_at:
                raise RoundGone
            if await joining.leave(session, group.id, member_id):
                return group, False
            await joining.join(session, group.id, guild_id, member_id)
            await self._plan(session, group, found, [Joined(group.id, guild_id, member_id, None)])
            return group, True

    async def due(self, delivery: Delivery) -> Round | None:
        """Return the round a member is called to now; None if they needn't be."""
        now, member_id = self._clock.now(), delivery.configured_by or 0
        async with self._database.reading() as session:
            found = await groups.round_by_id(session, delivery.subject_id)
            wants = found and await joining.of_member(session, found.group_id, member_id)
            if found is None or wants is None or not found.closes_at or found.closes_at <= now:
                return None
            reply = await groups.reply_of_member(session, found.id, member_id)
            days = await self._members.days_within(session, member_id, found.guild_id)
            away = await absences.of_member(session, found.guild_id, member_id)
        today = today_in(days.zone, now)
        before = wants.called_at and today_in(days.zone, wants.called_at)
        is_away = away is not None and today in away
        return None if reply or is_away or before == today else found

    async def posted(self, session: AsyncSession, group: Group, found: Round) -> None:
        """Plan the calls to a round that was just posted."""
        await self._plan(session, group, found, await joining.all_of(session, group.id))

    async def observe(self, session: AsyncSession, settled: Sequence[Settled]) -> None:
        """Note who was called."""
        for delivery in (each.delivery for each in settled):
            if delivery.kind == CALL.name and delivery.state is State.SENT:
                found = await groups.round_by_id(session, delivery.subject_id)
                if found is not None:
                    whom = delivery.configured_by or 0
                    now = self._clock.now()
                    await joining.note_called(session, found.group_id, whom, now)

    async def _plan(
        self, session: AsyncSession, group: Group, found: Round, whom: Sequence[Joined]
    ) -> None:
        schedules = await listing.schedules_of(session, [group.schedule_id])
        times = Times.of(schedules[group.schedule_id].recurrence)
        plans = [await self._call(session, group, found, times, each.member_id) for each in whom]
        await self._planner.plan_all(session, [each for each in plans if each is not None])

    async def _call(
        self, session: AsyncSession, group: Group, found: Round, times: Times, member_id: int
    ) -> Plan | None:
        now = self._clock.now()
        if found.closes_at is None or found.posted_at is None:
            return None
        days = await self._members.days_within(session, member_id, found.guild_id)
        due = call_at(times, group.mode, days.zone, found.posted_at, found.closes_at)
        if not now <= due < found.closes_at:
            return None
        return Plan(
            kind=CALL.name,
            dedupe_key=f"{CALL.name}:{found.id}:{member_id}",
            target=Target.user(member_id),
            due=due,
            subject_id=found.id,
            guild_id=found.guild_id,
            configured_by=member_id,
        )
