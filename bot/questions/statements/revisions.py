"""Counting the changes of a server's questions."""

from sqlalchemy.ext.asyncio import AsyncSession

from bot.questions.store import revisions
from bot.store import revisions as counting


async def revision_of(session: AsyncSession, guild_id: int) -> int:
    """Return how often a server's questions were changed."""
    return await counting.revision_of(session, revisions, guild_id)


async def revise(session: AsyncSession, guild_id: int) -> None:
    """Note that a server's questions are changed by this unit of work."""
    await counting.revise(session, revisions, guild_id)
