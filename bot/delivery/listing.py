"""Reading the queue, for those who look after it."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, UnaryExpression, bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.model import Delivery, Schedule, ScheduleState, State, Target
from bot.delivery.store import (
    SCHEDULES,
    SCHEDULES_LOCKED,
    deliveries,
    delivery_by_id,
    schedules,
    target_columns,
    to_delivery,
    to_schedule,
)

UNSETTLED = deliveries.c.next_try.is_not(None)
TROUBLED = deliveries.c.state.in_([State.FAILED.value, State.EXPIRED.value])
OF_SCHEDULE = (
    select(deliveries)
    .where(
        deliveries.c.schedule_id == bindparam("schedule_id"), deliveries.c.due > bindparam("after")
    )
    .order_by(deliveries.c.due, deliveries.c.id)
)


async def upcoming(
    session: AsyncSession, guild_id: int | None, limit: int | None
) -> list[Delivery]:
    """Return what is to be sent, soonest first; of one server, or of all."""
    return await _rows(session, [UNSETTLED, *_of(guild_id)], deliveries.c.due.asc(), limit)


async def troubled(session: AsyncSession, guild_id: int | None, limit: int) -> list[Delivery]:
    """Return what failed or came too late, newest first; of one server, or of all."""
    return await _rows(session, [TROUBLED, *_of(guild_id)], deliveries.c.due.desc(), limit)


async def in_state(
    session: AsyncSession, state: State, guild_id: int | None, limit: int
) -> list[Delivery]:
    """Return rows in one state, newest first."""
    where = [deliveries.c.state == state.value, *_of(guild_id)]
    return await _rows(session, where, deliveries.c.due.desc(), limit)


async def failed_at(
    session: AsyncSession, guild_id: int, target: Target, now: datetime
) -> list[Delivery]:
    """Return what failed at one target and isn't too late yet, oldest first."""
    failed = (deliveries.c.state == State.FAILED.value) & (deliveries.c.expires > now)
    where = [failed, *_of(guild_id), *_at(target)]
    return await _rows(session, where, deliveries.c.due.asc(), None)


async def waiting_at(session: AsyncSession, guild_id: int, target: Target) -> list[Delivery]:
    """Return what waits for one target without belonging to a schedule."""
    alone = deliveries.c.schedule_id.is_(None)
    where = [UNSETTLED, alone, *_of(guild_id), *_at(target)]
    return await _rows(session, where, deliveries.c.due.asc(), None)


async def of_subjects(
    session: AsyncSession, kind: str, subject_ids: Sequence[int]
) -> list[Delivery]:
    """Return what is to be sent about things of a feature, soonest first."""
    about = (deliveries.c.kind == kind) & deliveries.c.subject_id.in_(subject_ids)
    return await _rows(session, [about, UNSETTLED], deliveries.c.due.asc(), None)


async def of_schedule(session: AsyncSession, schedule_id: int, after: datetime) -> list[Delivery]:
    """Return a schedule's occurrences that are due after an instant, whatever became of them."""
    rows = await session.execute(OF_SCHEDULE, {"schedule_id": schedule_id, "after": after})
    return [to_delivery(row) for row in rows]


async def by_id(session: AsyncSession, delivery_id: int) -> Delivery | None:
    """Return one delivery, whatever became of it."""
    return await delivery_by_id(session, delivery_id)


async def schedules_at(session: AsyncSession, guild_id: int, target: Target) -> list[Schedule]:
    """Return the schedules of one target that have not ended."""
    columns = target_columns(target)
    statement = select(schedules).where(
        schedules.c.guild_id == guild_id,
        schedules.c.target_kind == columns["target_kind"],
        schedules.c.target_id == columns["target_id"],
        schedules.c.state != ScheduleState.ENDED.value,
    )
    return [to_schedule(row) for row in await session.execute(statement)]


async def schedules_of(
    session: AsyncSession, kind: str, held: Mapping[int, int | None], *, locked: bool = False
) -> dict[int, Schedule]:
    """Return the schedules of things of a feature, by the things' ids.

    `held` has the id of each thing's schedule. One that was erased isn't among them, nor is
    somebody else's: SQLite once gave the ids of erased ones again. `locked`, nobody else changes
    them meanwhile.
    """
    ids = sorted({each for each in held.values() if each})
    if not ids:
        return {}
    rows = await session.execute(SCHEDULES_LOCKED if locked else SCHEDULES, {"ids": ids})
    return {
        row.subject_id: to_schedule(row)
        for row in rows
        if row.kind == kind and held.get(row.subject_id) == row.id
    }


async def schedule_of(
    session: AsyncSession, kind: str, thing: int, schedule_id: int | None, *, locked: bool = False
) -> Schedule | None:
    """Return the schedule of one thing of a feature; None once it was erased."""
    found = await schedules_of(session, kind, {thing: schedule_id}, locked=locked)
    return found.get(thing)


async def paused_schedules(session: AsyncSession, guild_id: int) -> list[Schedule]:
    """Return the server's schedules that are paused."""
    statement = select(schedules).where(
        schedules.c.guild_id == guild_id, schedules.c.state == ScheduleState.PAUSED.value
    )
    return [to_schedule(row) for row in await session.execute(statement)]


async def _rows(
    session: AsyncSession,
    where: Sequence[ColumnElement[bool]],
    order: UnaryExpression[object],
    limit: int | None,
) -> list[Delivery]:
    statement = select(deliveries).where(*where).order_by(order, deliveries.c.id).limit(limit)
    return [to_delivery(row) for row in await session.execute(statement)]


def _of(guild_id: int | None) -> list[ColumnElement[bool]]:
    return [] if guild_id is None else [deliveries.c.guild_id == guild_id]


def _at(target: Target) -> list[ColumnElement[bool]]:
    columns = target_columns(target)
    return [deliveries.c[name] == value for name, value in columns.items()]
