"""Calling those who joined to a round, once, if they haven't replied by then."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.checkins.course import today_in
from bot.checkins.group import CALL, Group, Mode, Round, RoundGone, call_at
from bot.checkins.model import Status
from bot.checkins.statements import absences, groups, joining
from bot.clock import Clock
from bot.daily.times import Times
from bot.delivery.model import Delivery, Plan, State, Target
from bot.delivery.planner import Planner
from bot.delivery.settlement import Settled
from bot.members.service import Members
from bot.store.database import Database
from bot.store.slices import sliced


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
            await self._plan(session, group, found, [member_id])
            return group, True

    async def due(self, delivery: Delivery) -> Round | None:
        """Return the round a member is called to now; None if they needn't be."""
        now, member_id = self._clock.now(), delivery.configured_by or 0
        async with self._database.reading() as session:
            found = await groups.round_by_id(session, delivery.subject_id)
            group = found and await groups.by_id(session, found.group_id)
            wants = found and await joining.of_member(session, found.group_id, member_id)
            if found is None or wants is None or not found.closes_at or found.closes_at <= now:
                return None
            if group is None or group.removed_at or group.state is not Status.ACTIVE:
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
        for some in sliced(await joining.all_of(session, group.id)):
            await self._plan(session, group, found, [each.member_id for each in some])

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
        self, session: AsyncSession, group: Group, found: Round, members: Sequence[int]
    ) -> None:
        schedule = (await groups.schedules_of(session, [group])).get(group.id)
        if schedule is None or found.closes_at is None or found.posted_at is None:
            return
        times, now = Times.of(schedule.recurrence), self._clock.now()
        zones = dict.fromkeys(members, times.zone)
        if group.mode is Mode.MORNINGS:
            zones = await self._members.zones_within(session, members, found.guild_id)
        due = {
            zone: call_at(times, group.mode, zone, found.posted_at, found.closes_at)
            for zone in {*zones.values()}
        }
        plans = [
            _call(found, member_id, due[zone])
            for member_id, zone in zones.items()
            if now <= due[zone] < found.closes_at
        ]
        await self._planner.plan_all(session, plans)


def _call(found: Round, member_id: int, due: datetime) -> Plan:
    return Plan(
        kind=CALL.name,
        dedupe_key=f"{CALL.name}:{found.id}:{member_id}",
        target=Target.user(member_id),
        due=due,
        subject_id=found.id,
        guild_id=found.guild_id,
        configured_by=member_id,
    )
