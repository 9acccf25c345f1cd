"""Rounds: posted, replied to, gathered in a thread, and wrapped up."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.checkins.group import (
    LATE_FOR,
    MAX_REPLY,
    REPLY,
    REPLY_EDIT,
    ROUND,
    THREAD,
    WRAP,
    WRAP_EDIT,
    Reply,
    Round,
    RoundGone,
    Said,
    WrapUp,
)
from bot.checkins.model import Answer, DayState, Skip, Status
from bot.checkins.statements import groups
from bot.checkins.together.calls import Calls
from bot.clock import Clock
from bot.daily.times import Times
from bot.delivery import listing
from bot.delivery.model import Delivery, Kind, Plan, Reason, ScheduleState, State, Target
from bot.delivery.planner import Planner, new_nonce
from bot.delivery.settlement import Settled
from bot.store.database import Database
from bot.when.recurrence import next_occurrence


class Rounds:
    """What the queue asks for, and what members reply."""

    def __init__(self, database: Database, clock: Clock, planner: Planner, calls: Calls) -> None:
        self._database = database
        self._clock = clock
        self._planner = planner
        self._calls = calls

    async def due(self, delivery: Delivery) -> Round | None:
        """Return the round to be posted now, with its closing; None if there is none."""
        now = self._clock.now()
        async with self._database.writing() as session:
            group = await groups.by_id(session, delivery.subject_id)
            if group is None or group.removed_at or group.state is not Status.ACTIVE:
                return None
            schedule = (await groups.schedules_of(session, [group])).get(group.id)
            if schedule is None:
                return None
            times = Times.of(schedule.recurrence)
            day = times.day_of(delivery.due)
            is_over = times.is_over(day, delivery.due, now)
            values = {
                "group_id": group.id,
                "guild_id": group.guild_id,
                "day": day,
                "delivery_id": delivery.id,
                "state": (DayState.SKIPPED if is_over else DayState.ASKING).value,
                "reason": Skip.LATE if is_over else None,
            }
            found = await groups.add_round(session, values)
            found = found or await groups.round_of(session, group.id, day)
        is_its = found is not None and found.delivery_id == delivery.id
        if found is None or not is_its or found.state is DayState.ASKED or is_over:
            return None
        return replace(found, closes_at=now + timedelta(hours=group.hours))

    async def get(self, guild_id: int, round_id: int) -> Round:
        """Return a server's round that takes replies. Raises RoundGone."""
        async with self._database.reading() as session:
            return await self._open(session, guild_id, round_id)

    async def mine(self, round_id: int, member_id: int) -> Reply | None:
        """Return what a member has replied."""
        async with self._database.reading() as session:
            return await groups.reply_of_member(session, round_id, member_id)

    async def reply(
        self, guild_id: int, round_id: int, member_id: int, said: Said
    ) -> tuple[Round, Reply]:
        """Keep a member's reply, and plan what shows it. Raises RoundGone."""
        parts = [each.strip()[:MAX_REPLY] for each in (said.wins, said.plans, said.blockers)]
        answer = Answer.STUCK if parts[2] else Answer.DONE if parts[0] else Answer.ON_TRACK
        return await self._keep(guild_id, round_id, member_id, answer, Said(*parts))

    async def withdraw(self, guild_id: int, round_id: int, member_id: int) -> tuple[Round, Reply]:
        """Take a reply back: nothing of it stays. Raises RoundGone."""
        return await self._keep(guild_id, round_id, member_id, None, Said())

    async def thread(self, delivery: Delivery) -> Round | None:
        """Return the round that is to get its thread; None if it has one."""
        async with self._database.reading() as session:
            found = await groups.round_by_id(session, delivery.subject_id)
        return found if found and found.message_id and found.thread_id is None else None

    async def thread_lacks(self, round_id: int, reason: Reason) -> None:
        """Note why a round has no thread, or none any more; replies show in its wrap-up."""
        async with self._database.writing() as session:
            await groups.change_round(session, round_id, thread_reason=reason.value)

    async def shown(self, delivery: Delivery) -> tuple[Round, Reply] | None:
        """Return the reply to be shown in the thread; None if there is none any more."""
        async with self._database.reading() as session:
            reply = await groups.reply_by_id(session, delivery.subject_id)
            found = reply and await groups.round_by_id(session, reply.round_id)
        if reply is None or found is None or found.thread_reason is not None:
            return None
        return found, reply

    async def wrap_up(self, delivery: Delivery) -> WrapUp | None:
        """Return what came of a round; None if its message was never posted."""
        async with self._database.reading() as session:
            found = await groups.round_by_id(session, delivery.subject_id)
            group = found and await groups.by_id(session, found.group_id)
            if found is None or group is None:
                return None
            given = await groups.replies_to(session, found.id)
            schedule = (await groups.schedules_of(session, [group])).get(group.id)
        goes_on = schedule is not None and schedule.state is ScheduleState.ACTIVE
        rule = schedule.recurrence if schedule is not None and goes_on else None
        upcoming = rule and next_occurrence(rule, self._clock.now())
        return WrapUp(found, tuple(given), upcoming)

    async def observe(self, session: AsyncSession, settled: Sequence[Settled]) -> None:
        """Write down how deliveries ended, and plan what follows."""
        await self._calls.observe(session, settled)
        for delivery in (each.delivery for each in settled):
            sent = delivery.state is State.SENT
            if delivery.kind == ROUND.name:
                await self._round_ended(session, delivery)
            elif delivery.kind == THREAD.name:
                await self._thread_ended(session, delivery)
            elif delivery.kind == REPLY.name and sent:
                message_id = delivery.message_id
                await groups.change_reply(session, delivery.subject_id, message_id=message_id)
                await self._catch_up(session, delivery)
            elif delivery.kind in {REPLY.name, REPLY_EDIT.name}:
                await self._changed(session, delivery)
            elif delivery.kind == WRAP.name and sent:
                await self._wrapped(session, delivery)

    async def _keep(
        self, guild_id: int, round_id: int, member_id: int, answer: Answer | None, said: Said
    ) -> tuple[Round, Reply]:
        now = self._clock.now()
        async with self._database.writing() as session:
            found = await self._open(session, guild_id, round_id, locked=True)
            values = {
                "round_id": found.id,
                "guild_id": guild_id,
                "member_id": member_id,
                "answer": answer.value if answer else None,
                "wins": said.wins,
                "plans": said.plans,
                "blockers": said.blockers,
                "late": found.closes_at is not None and found.closes_at <= now,
                "replied_at": now,
            }
            reply = await groups.keep_reply(session, values)
            plans = await self._plans(session, found, reply)
            await self._planner.plan_all(session, plans)
        return found, reply

    async def _plans(self, session: AsyncSession, found: Round, reply: Reply) -> list[Plan]:
        """Return what shows a reply: the thread, the message in it, the wrap-up anew."""
        plans = list[Plan]()
        again = f"{reply.id}:{new_nonce()}"
        if found.thread_reason is None:
            if found.thread_id is None:
                plans.append(self._plan(THREAD, str(found.id), found, found.id))
            elif reply.message_id is not None:
                plans.append(self._plan(REPLY_EDIT, again, found, reply.id))
            else:
                plans += await self._posting(session, found, reply)
        if found.wrap_id is not None:
            plans.append(self._plan(WRAP_EDIT, again, found, found.id))
        return plans

    async def _posting(self, session: AsyncSession, found: Round, reply: Reply) -> list[Plan]:
        """Return what posts a reply; nothing if that is on its way."""
        if await listing.of_subjects(session, REPLY.name, [reply.id]):
            return []
        return [self._plan(REPLY, f"{reply.id}:{new_nonce()}", found, reply.id)]

    def _plan(self, kind: Kind, key: str, found: Round, subject_id: int) -> Plan:
        in_thread = kind in {REPLY, REPLY_EDIT} and found.thread_id is not None
        place = found.thread_id if in_thread else found.channel_id
        return Plan(
            kind=kind.name,
            dedupe_key=f"{kind.name}:{key}",
            target=Target.channel(place or 0),
            due=self._clock.now(),
            subject_id=subject_id,
            guild_id=found.guild_id,
        )

    async def _round_ended(self, session: AsyncSession, delivery: Delivery) -> None:
        found = await groups.round_of_delivery(session, delivery.subject_id, delivery.id)
        group = await groups.by_id(session, delivery.subject_id)
        if found is None or group is None or found.state is not DayState.ASKING:
            return
        if delivery.state is not State.SENT:
            skipped = {"state": DayState.SKIPPED.value, "reason": delivery.reason}
            await groups.change_round(session, found.id, **skipped)
            return
        closes_at = self._clock.now() + timedelta(hours=group.hours)
        posted = {
            "state": DayState.ASKED.value,
            "channel_id": delivery.target.id,
            "message_id": delivery.message_id,
            "posted_at": self._clock.now(),
            "closes_at": closes_at,
        }
        found = await groups.change_round(session, found.id, **posted)
        if found is not None:
            wrap = self._plan(WRAP, str(found.id), found, found.id)
            by_whom = {"due": closes_at, "configured_by": group.configured_by}
            await self._planner.plan(session, replace(wrap, **by_whom))
            await self._calls.posted(session, group, found)

    async def _thread_ended(self, session: AsyncSession, delivery: Delivery) -> None:
        """Show what was replied until the thread was there."""
        if delivery.state is State.CANCELLED:
            return
        # A thread that begins with a message has that message's id.
        has: dict[str, Any] = {"thread_id": delivery.message_id}
        if delivery.state is not State.SENT:
            has = {"thread_reason": delivery.reason}
        found = await groups.change_round(session, delivery.subject_id, **has)
        if found is not None and found.thread_id is not None:
            given = await groups.replies_to(session, found.id)
            plans = [self._plan(REPLY, str(each.id), found, each.id) for each in given]
            await self._planner.plan_all(session, plans)

    async def _catch_up(self, session: AsyncSession, delivery: Delivery) -> None:
        """Show a reply anew that was changed while it was being posted."""
        reply = await groups.reply_by_id(session, delivery.subject_id)
        found = reply and await groups.round_by_id(session, reply.round_id)
        if reply is not None and found is not None and _came_during(reply, delivery):
            plan = self._plan(REPLY_EDIT, f"{reply.id}:posted", found, reply.id)
            await self._planner.plan(session, plan)

    async def _changed(self, session: AsyncSession, delivery: Delivery) -> None:
        """Note that a reply's message is gone; if it was given again meanwhile, post it anew."""
        reply = await groups.reply_by_id(session, delivery.subject_id)
        found = reply and await groups.round_by_id(session, reply.round_id)
        if reply is None or found is None:
            return
        withdrawn = reply.answer is None and not _came_during(reply, delivery)
        deleted = delivery.state is State.SENT and withdrawn
        if deleted or delivery.reason == Reason.MESSAGE_GONE:
            await groups.change_reply(session, reply.id, message_id=None)
            reply = replace(reply, message_id=None)
        is_shown = reply.answer is None or reply.message_id is not None
        in_thread = found.thread_id is not None and found.thread_reason is None
        if delivery.state is State.CANCELLED and in_thread and not is_shown:
            plans = await self._posting(session, found, reply)
            await self._planner.plan_all(session, plans)

    async def _wrapped(self, session: AsyncSession, delivery: Delivery) -> None:
        wrapped = {"wrap_id": delivery.message_id, "wrapped_at": self._clock.now()}
        found = await groups.change_round(session, delivery.subject_id, **wrapped)
        given = await groups.replies_to(session, delivery.subject_id)
        if found is not None and any(_came_during(each, delivery) for each in given):
            plan = self._plan(WRAP_EDIT, f"{found.id}:posted", found, found.id)
            await self._planner.plan(session, plan)

    async def _open(
        self, session: AsyncSession, guild_id: int, round_id: int, *, locked: bool = False
    ) -> Round:
        found = await groups.round_by_id(session, round_id, locked=locked)
        if found is None or found.guild_id != guild_id or found.closes_at is None:
            raise RoundGone
        if self._clock.now() >= found.closes_at + LATE_FOR:
            raise RoundGone
        return found


def _came_during(reply: Reply, delivery: Delivery) -> bool:
    """Return whether a reply was given while a message that shows it was being posted."""
    return delivery.tried_at is not None and reply.replied_at > delivery.tried_at
