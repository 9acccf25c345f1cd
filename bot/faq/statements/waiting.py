"""Reading and writing the questions that wait for an answer."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.faq.model import Waiting, WaitingState
from bot.faq.store import waiting
from bot.faq.text import name_key


async def add(
    session: AsyncSession,
    *,
    guild_id: int,
    asker_id: int,
    channel_id: int | None,
    question: str,
    role: str | None,
    now: datetime,
) -> Waiting:
    """Let a question wait."""
    statement = insert(waiting).values(
        guild_id=guild_id,
        asker_id=asker_id,
        channel_id=channel_id,
        question=question,
        key=name_key(question),
        role=role,
        asked_at=now,
        state=WaitingState.OPEN.value,
    )
    return _waiting((await session.execute(statement.returning(waiting))).one())


async def by_id(session: AsyncSession, waiting_id: int, *, locked: bool = False) -> Waiting | None:
    """Return one question; `locked`, nobody else changes it until the unit of work ends."""
    this = select(waiting).where(waiting.c.id == waiting_id)
    row = (await session.execute(this.with_for_update() if locked else this)).one_or_none()
    return None if row is None else _waiting(row)


async def all_of(session: AsyncSession, guild_id: int, state: WaitingState) -> list[Waiting]:
    """Return a server's questions in that state, newest last."""
    these = (waiting.c.guild_id == guild_id) & (waiting.c.state == state.value)
    return [*map(_waiting, await session.execute(select(waiting).where(these).order_by("id")))]


async def open_keys(session: AsyncSession, guild_id: int, asker_id: int) -> list[str]:
    """Return a member's open questions in a server, as questions are compared."""
    mine = (waiting.c.asker_id == asker_id) & (waiting.c.guild_id == guild_id)
    is_open = waiting.c.state == WaitingState.OPEN.value
    return [*await session.scalars(select(waiting.c.key).where(mine, is_open))]


async def change(session: AsyncSession, waiting_id: int, **values: Any) -> Waiting:
    """Change columns of a question, and return it."""
    statement = update(waiting).where(waiting.c.id == waiting_id).values(**values)
    return _waiting((await session.execute(statement.returning(waiting))).one())


def _waiting(row: Row[Any]) -> Waiting:
    return Waiting(
        id=row.id,
        guild_id=row.guild_id,
        asker_id=row.asker_id,
        channel_id=row.channel_id,
        question=row.question,
        role=row.role,
        asked_at=row.asked_at,
        state=WaitingState(row.state),
        answer=row.answer,
        answered_by=row.answered_by,
        answered_at=row.answered_at,
        entry_id=row.entry_id,
    )
