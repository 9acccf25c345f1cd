"""What the queue asks for: a member's question of a day, its nudge, a note; how each ended."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.checkins.model import (
    CHECKIN,
    NUDGE,
    Away,
    Config,
    Day,
    DayState,
    Prompt,
    Skip,
    Status,
)
from bot.checkins.settings import NUDGE_AFTER
from bot.checkins.statements import absences, configs, days
from bot.clock import Clock
from bot.daily.times import Times
from bot.delivery.model import Delivery, Elsewhere, Plan, Reason, State, Target, TargetKind
from bot.delivery.planner import Planner
from bot.delivery.settlement import Settled
from bot.members.service import Members
from bot.settings.service import Preferences
from bot.store.database import Database


class Asking:
    """Decides, when a question is due, whether it is asked; each local day has it once."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        planner: Planner,
        preferences: Preferences,
        members: Members,
    ) -> None:
        self._database = database
        self._clock = clock
        self._planner = planner
        self._preferences = preferences
        self._members = members

    async def due(self, delivery: Delivery) -> Prompt | None:
        """Return the question to be asked now, the same one at every try; None if there is none."""
        async with self._database.writing() as session:
            config = await configs.by_id(session, delivery.subject_id, locked=True)
            times = config and await self._times(session, config)
            if config is None or times is None or config.state is not Status.ACTIVE:
                return None
            whose = config.guild_id, config.member_id
            away = await absences.of_member(session, *whose)
            day = await self._day(session, config, times, delivery, away)
        if day is None:
            return None
        is_back = away is not None and day.day >= away.back
        return Prompt(config, day, config.left_out, is_back)

    async def nudge(self, delivery: Delivery) -> Prompt | None:
        """Return the question that is still open; None if it isn't, or its day is over.

        Whoever has quiet hours by now is reminded after them, if that is still the day.
        """
        now = self._clock.now()
        async with self._database.writing() as session:
            day = await days.by_id(session, delivery.subject_id)
            config = day and await configs.by_id(session, day.config_id)
            times = config and await self._times(session, config)
            if day is None or config is None or times is None or day.answer is not None:
                return None
            away = await absences.of_member(session, day.guild_id, day.member_id)
            free = await self._members.undisturbed(session, day.member_id, day.guild_id, now)
            rests = config.state is not Status.ACTIVE or (away is not None and day.day in away)
            if rests or times.local_day(free) != day.day:
                return None
            if free > now and not delivery.may_be_there:
                await self._plan_nudge_at(session, day, free, delivery.guild_id)
        return Prompt(config, day) if free == now else None

    async def note(self, delivery: Delivery) -> Day | None:
        """Return the day of which facilitators are to be told; None if it was erased."""
        async with self._database.reading() as session:
            day = await days.by_id(session, delivery.subject_id)
        return day if day and day.help_wanted else None

    async def elsewhere(
        self, session: AsyncSession, delivery: Delivery, reason: Reason
    ) -> Elsewhere | None:
        """Return where a question goes that can't be asked in its channel: to its member.

        Who has left the server isn't asked on its behalf any more.
        """
        config = await configs.by_id(session, delivery.subject_id)
        is_last = delivery.fallbacks or delivery.target.kind is TargetKind.USER
        if config is None or is_last or reason is Reason.MEMBER_LEFT:
            return None
        return Elsewhere(Target.user(config.member_id))

    async def observe(self, session: AsyncSession, settled: Sequence[Settled]) -> None:
        """Write down which questions were asked, and plan the nudges that were asked for."""
        for each in settled:
            delivery = each.delivery
            if delivery.kind != CHECKIN.name:
                continue
            if delivery.state is State.SENT:
                await self._asked(session, delivery)
            else:
                await days.fail(session, delivery.id, delivery.subject_id, delivery.reason)

    async def _day(
        self,
        session: AsyncSession,
        config: Config,
        times: Times,
        delivery: Delivery,
        away: Away | None,
    ) -> Day | None:
        """Return the day's row, if it is this delivery's to ask."""
        date = times.day_of(delivery.due)
        reason = None
        if times.is_over(date, delivery.due, self._clock.now()):
            reason = Skip.LATE
        elif away is not None and date in away:
            reason = Skip.AWAY
        state = DayState.SKIPPED if reason else DayState.ASKING
        values = {
            "config_id": config.id,
            "guild_id": config.guild_id,
            "member_id": config.member_id,
            "day": date,
            "state": state.value,
            "reason": reason,
            "delivery_id": delivery.id,
            "asked": days.column(config.asked),
        }
        day = await days.add(session, values) or await days.of_date(session, config.id, date)
        is_its = day is not None and day.delivery_id == delivery.id
        if day is None or not is_its or day.state is DayState.ASKED or reason:
            return None
        return await days.change(session, day.id, state=DayState.ASKING.value, reason=None)

    async def _asked(self, session: AsyncSession, delivery: Delivery) -> None:
        config = await configs.by_id(session, delivery.subject_id, locked=True)
        day = config and await days.of_delivery(session, config.id, delivery.id)
        if config is None or day is None:
            return
        now, target = self._clock.now(), delivery.target
        asked = await days.change(
            session,
            day.id,
            state=DayState.ASKED.value,
            reason=None,
            channel_id=target.id if target.kind is TargetKind.CHANNEL else None,
            message_id=delivery.message_id,
            asked_at=now,
        )
        covered = max(config.covered, day.day)
        await configs.change(session, config.id, covered=covered, asked_at=now, left_out="")
        await self._came_back(session, asked)
        await self._plan_nudge(session, asked, delivery)

    async def _came_back(self, session: AsyncSession, day: Day) -> None:
        away = await absences.of_member(session, day.guild_id, day.member_id)
        if away is not None and day.day >= away.back:
            await absences.drop(session, day.guild_id, day.member_id)

    async def _plan_nudge(self, session: AsyncSession, day: Day, delivery: Delivery) -> None:
        hours = await self._preferences.read(session, NUDGE_AFTER, day.member_id)
        if not hours or day.answer is not None:
            return
        wanted = self._clock.now() + timedelta(hours=hours)
        whose = day.member_id, day.guild_id
        due = await self._members.undisturbed(session, *whose, wanted)
        await self._plan_nudge_at(session, day, due, delivery.guild_id)

    async def _plan_nudge_at(
        self, session: AsyncSession, day: Day, due: datetime, guild_id: int | None
    ) -> None:
        plan = Plan(
            kind=NUDGE.name,
            dedupe_key=f"{NUDGE.name}:{day.id}:{due.isoformat()}",
            target=Target.user(day.member_id),  # who hasn't answered is nobody else's business
            due=due,
            subject_id=day.id,
            guild_id=guild_id,
            configured_by=day.member_id,
        )
        await self._planner.plan(session, plan)

    async def _times(self, session: AsyncSession, config: Config) -> Times | None:
        schedule = await configs.schedule_of(session, config)
        return schedule and Times.of(schedule.recurrence)
