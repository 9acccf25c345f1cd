"""Writing and reading who wants to be called to channels' check-ins."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.checkins.group import Joined
from bot.checkins.store import CheckinJoinedRow, joined
from bot.store.upsert import upsert


async def join(session: AsyncSession, group_id: int, guild_id: int, member_id: int) -> None:
    """Keep that a member wants to be called."""
    whose = {"group_id": group_id, "member_id": member_id, "guild_id": guild_id}
    await upsert(session, CheckinJoinedRow, **whose)


async def leave(session: AsyncSession, group_id: int, member_id: int) -> bool:
    """Forget that a member wants to be called; return whether they did."""
    left = delete(joined).where(*_of(group_id, member_id)).returning(joined.c.member_id)
    return (await session.scalar(left)) is not None


async def all_of(session: AsyncSession, group_id: int) -> list[Joined]:
    """Return who wants to be called."""
    statement = select(joined).where(joined.c.group_id == group_id)
    rows = await session.execute(statement.order_by(joined.c.member_id))
    return [_joined(row) for row in rows]


async def of_member(session: AsyncSession, group_id: int, member_id: int) -> Joined | None:
    """Return whether, and how, a member wants to be called."""
    statement = select(joined).where(*_of(group_id, member_id))
    row = (await session.execute(statement)).one_or_none()
    return None if row is None else _joined(row)


async def note_called(session: AsyncSession, group_id: int, member_id: int, at: datetime) -> None:
    """Note when a member was called."""
    called = update(joined).where(*_of(group_id, member_id)).values(called_at=at)
    await session.execute(called)


def _of(group_id: int, member_id: int) -> tuple[Any, Any]:
    return joined.c.group_id == group_id, joined.c.member_id == member_id


def _joined(row: Any) -> Joined:
    return Joined(row.group_id, row.guild_id, row.member_id, row.called_at)
