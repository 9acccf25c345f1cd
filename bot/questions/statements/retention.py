"""Forgetting what isn't needed any more."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.questions.known import State
from bot.questions.store import questions, versions

AT_ONCE = 1000
"""Ids in one statement; SQLite takes 32,766 values."""


async def forget(session: AsyncSession, state: State, before: datetime) -> None:
    """Erase questions that have been in a state since before then, with their versions."""
    old = (questions.c.state == state.value) & (questions.c.changed_at < before)
    found = (await session.scalars(select(questions.c.id).where(old))).all()
    for start in range(0, len(found), AT_ONCE):
        ids = found[start : start + AT_ONCE]
        await session.execute(delete(versions).where(versions.c.question_id.in_(ids)))
        await session.execute(delete(questions).where(questions.c.id.in_(ids)))
