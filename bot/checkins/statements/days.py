"""Writing and reading what became of each day."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from bot.checkins.model import Answer, Day, DayState
from bot.checkins.store import days
from bot.store.database import on_postgres

NOTHING_SAID = "[]"
BLANK: Mapping[str, Any] = {
    "asked": NOTHING_SAID,
    "said": NOTHING_SAID,
    "finished": 0,
    "ticked": NOTHING_SAID,
}


async def add(session: AsyncSession, values: Mapping[str, Any]) -> Day | None:
    """Add a day; None if it has its row already."""
    insert = postgresql.insert if on_postgres(session) else sqlite.insert
    statement = insert(days).values(**{**BLANK, **values})
    statement = statement.on_conflict_do_nothing(index_elements=["config_id", "day"])
    row = (await session.execute(statement.returning(*days.c))).one_or_none()
    return None if row is None else day_of(row)


async def change(session: AsyncSession, day_id: int, **values: Any) -> Day:
    """Change columns of a day, and return it."""
    statement = update(days).where(days.c.id == day_id).values(**values)
    return day_of((await session.execute(statement.returning(*days.c))).one())


async def by_id(session: AsyncSession, day_id: int, *, locked: bool = False) -> Day | None:
    """Return a day; `locked`, nobody else changes it until the unit of work ends."""
    statement = select(days).where(days.c.id == day_id)
    found = await session.execute(statement.with_for_update() if locked else statement)
    row = found.one_or_none()
    return None if row is None else day_of(row)


async def of_date(session: AsyncSession, config_id: int, day: date) -> Day | None:
    """Return what became of a local day."""
    this = (days.c.config_id == config_id) & (days.c.day == day)
    row = (await session.execute(select(days).where(this))).one_or_none()
    return None if row is None else day_of(row)


async def of_delivery(session: AsyncSession, config_id: int, delivery_id: int) -> Day | None:
    """Return the day that a delivery asks about."""
    this = (days.c.config_id == config_id) & (days.c.delivery_id == delivery_id)
    row = (await session.execute(select(days).where(this))).one_or_none()
    return None if row is None else day_of(row)


async def last(session: AsyncSession, config_id: int) -> Day | None:
    """Return the newest day."""
    statement = select(days).where(days.c.config_id == config_id)
    row = (await session.execute(statement.order_by(days.c.day.desc()).limit(1))).one_or_none()
    return None if row is None else day_of(row)


async def answered_before(session: AsyncSession, config_id: int, day: date) -> Day | None:
    """Return the last day before one on which something was said."""
    earlier = (days.c.config_id == config_id) & (days.c.day < day)
    statement = select(days).where(earlier, days.c.said != NOTHING_SAID)
    row = (await session.execute(statement.order_by(days.c.day.desc()).limit(1))).one_or_none()
    return None if row is None else day_of(row)


async def leave_out(session: AsyncSession, config_id: int, reason: str) -> None:
    """Note that a day whose question was just to be asked has none, as its member wished."""
    asking = (days.c.config_id == config_id) & (days.c.state == DayState.ASKING.value)
    skipped = {"state": DayState.SKIPPED.value, "reason": reason}
    await session.execute(update(days).where(asking, days.c.answer.is_(None)).values(skipped))


async def fail(session: AsyncSession, delivery_id: int, config_id: int, reason: str | None) -> None:
    """Note that the question of a day couldn't be asked, unless it was answered anyway."""
    this = (days.c.config_id == config_id) & (days.c.delivery_id == delivery_id)
    waiting = (days.c.state == DayState.ASKING.value) & days.c.answer.is_(None)
    skipped = {"state": DayState.SKIPPED.value, "reason": reason}
    await session.execute(update(days).where(this, waiting).values(skipped))


async def forget(session: AsyncSession, before: date) -> None:
    """Erase the days before a date."""
    await session.execute(delete(days).where(days.c.day < before))


def column(values: Sequence[str] | Sequence[int]) -> str:
    """Return questions, or ids of tasks, as they are kept."""
    return json.dumps([*values])


def said_column(said: tuple[str, ...]) -> str:
    """Return answers as they are kept."""
    return json.dumps(said if any(said) else ())


def day_of(row: Any) -> Day:
    """Return a row as its dataclass."""
    return Day(
        id=row.id,
        config_id=row.config_id,
        guild_id=row.guild_id,
        member_id=row.member_id,
        day=row.day,
        state=DayState(row.state),
        reason=row.reason,
        delivery_id=row.delivery_id,
        channel_id=row.channel_id,
        message_id=row.message_id,
        asked_at=row.asked_at,
        answer=Answer(row.answer) if row.answer else None,
        asked=tuple(json.loads(row.asked)),
        said=tuple(json.loads(row.said)),
        finished=row.finished,
        ticked=tuple(json.loads(row.ticked)),
        answered_at=row.answered_at,
        help_wanted=row.help_wanted,
    )
