"""Forgetting what was settled long ago, so that the queue's table doesn't grow for ever."""

from datetime import datetime, timedelta

from sqlalchemy import or_, select

from bot.delivery.model import ScheduleState
from bot.delivery.store import deliveries, schedules
from bot.store.database import Database

KEPT_FOR = timedelta(days=90)
"""How long a settled delivery can be looked up, and its intent can't be planned again."""

EVERY = timedelta(hours=1)
BATCH = 500
"""Rows erased in one unit of work, so that nobody waits long for it."""


async def forget_settled(database: Database, now: datetime) -> int:
    """Erase deliveries that were settled longer ago than `KEPT_FOR`; return how many.

    They are looked for without a write lock: it takes a walk through the table.
    """
    is_old = deliveries.c.settled_at < now - KEPT_FOR
    async with database.reading() as session:
        ids = [*await session.scalars(select(deliveries.c.id).where(is_old))]
    for start in range(0, len(ids), BATCH):
        async with database.writing() as session:
            these = deliveries.c.id.in_(ids[start : start + BATCH])
            await session.execute(deliveries.delete().where(these, is_old))
    await _forget_ended_schedules(database, now - KEPT_FOR)
    return len(ids)


async def _forget_ended_schedules(database: Database, before: datetime) -> None:
    """Erase schedules that ended before then and of which no delivery is left."""
    of_it = select(deliveries.c.id).where(deliveries.c.schedule_id == schedules.c.id)
    long_ago = or_(schedules.c.ended_at.is_(None), schedules.c.ended_at < before)
    ended = (schedules.c.state == ScheduleState.ENDED.value) & long_ago
    async with database.writing() as session:
        await session.execute(schedules.delete().where(ended, ~of_it.exists()))
