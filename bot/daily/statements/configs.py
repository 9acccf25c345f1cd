"""Writing and reading configurations."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, func, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.daily.model import Config, ConfigState, Wish
from bot.daily.store import DailyConfigRow, DailyPostRow, configs
from bot.questions.model import Kind, Level
from bot.store.database import on_postgres

GUILD_LOCK = 0x4461696C << 32  # "Dail" in ASCII: apart from other advisory locks
THERE = configs.c.removed_at.is_(None)
BY_ID = select(configs).where(configs.c.id == bindparam("id"))
BY_ID_LOCKED = BY_ID.with_for_update()
FEW = 200
"""Configurations looked after in one unit of work."""


async def lock_guild(session: AsyncSession, guild_id: int) -> None:
    """Let nobody else count or change a server's configurations until the unit of work ends."""
    if on_postgres(session):  # on SQLite a writing unit of work is alone anyway
        lock = text("SELECT pg_advisory_xact_lock(:key)")
        await session.execute(lock, {"key": guild_id ^ GUILD_LOCK})


async def add(session: AsyncSession, values: Mapping[str, Any]) -> Config:
    """Add a configuration."""
    statement = insert(configs).values(**values).returning(*configs.c)
    return _config((await session.execute(statement)).one())


async def change(session: AsyncSession, config_id: int, **values: Any) -> Config:
    """Change columns of a configuration, and return it."""
    statement = update(configs).where(configs.c.id == config_id).values(**values)
    return _config((await session.execute(statement.returning(*configs.c))).one())


async def by_id(session: AsyncSession, config_id: int, *, locked: bool = False) -> Config | None:
    """Return one; `locked`, nobody else changes it until the unit of work ends."""
    found = await session.execute(BY_ID_LOCKED if locked else BY_ID, {"id": config_id})
    row = found.one_or_none()
    return None if row is None else _config(row)


async def of_guild(session: AsyncSession, guild_id: int) -> list[Config]:
    """Return a server's configurations, in the order they were made."""
    statement = select(configs).where(configs.c.guild_id == guild_id, THERE).order_by(configs.c.id)
    return [_config(row) for row in await session.execute(statement)]


async def count_of(session: AsyncSession, guild_id: int) -> int:
    """Return how many configurations a server has."""
    return (
        await session.scalar(select(func.count()).where(configs.c.guild_id == guild_id, THERE)) or 0
    )


async def unrecorded(session: AsyncSession, before: datetime) -> list[int]:
    """Return those whose days weren't looked after since then, the longest first."""
    old = configs.c.recorded_until < before
    statement = select(configs.c.id).where(THERE, old).order_by(configs.c.recorded_until)
    return [*await session.scalars(statement.limit(FEW))]


async def forget_removed(session: AsyncSession, before: datetime) -> None:
    """Erase configurations that were removed before then, with their days."""
    old = select(DailyConfigRow.id).where(DailyConfigRow.removed_at < before)
    await session.execute(delete(DailyPostRow).where(DailyPostRow.config_id.in_(old)))
    await session.execute(delete(DailyConfigRow).where(DailyConfigRow.removed_at < before))


def wish_columns(wish: Wish) -> dict[str, Any]:
    """Return what a configuration's own columns have of a wish."""
    return {
        "role": wish.role,
        "levels": ",".join(wish.levels),
        "kinds": ",".join(wish.kinds),
        "ping_role": wish.ping_role,
        "thread": wish.thread,
        "reveal_hours": wish.reveal_hours,
    }


def _config(row: Any) -> Config:
    return Config(
        id=row.id,
        guild_id=row.guild_id,
        schedule_id=row.schedule_id,
        role=row.role,
        levels=tuple(Level(each) for each in row.levels.split(",") if each),
        kinds=tuple(Kind(each) for each in row.kinds.split(",") if each),
        ping_role=row.ping_role,
        thread=row.thread,
        reveal_hours=row.reveal_hours,
        seed=row.seed,
        state=ConfigState(row.state),
        configured_by=row.configured_by,
        created_at=row.created_at,
        recorded_until=row.recorded_until,
        removed_at=row.removed_at,
    )
