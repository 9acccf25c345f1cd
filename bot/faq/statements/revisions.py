"""Counting the changes of a server's answers, one change at a time."""

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from bot.faq.store import revisions
from bot.store import revisions as counting
from bot.store.database import on_postgres

GUILD_LOCK = 0x46617173 << 32  # "Faqs" in ASCII: apart from other advisory locks
ASKER_LOCK = 0x46617161 << 32  # "Faqa" in ASCII


async def lock_guild(session: AsyncSession, guild_id: int) -> None:
    """Let nobody else change a server's answers until the unit of work ends."""
    await _lock(session, guild_id ^ GUILD_LOCK)


async def lock_asker(session: AsyncSession, asker_id: int) -> None:
    """Let nobody else pass on a member's questions until the unit of work ends."""
    await _lock(session, asker_id ^ ASKER_LOCK)


async def revision_of(session: AsyncSession, guild_id: int) -> int:
    """Return how often a server's answers were changed."""
    return await counting.revision_of(session, revisions, guild_id)


async def revise(session: AsyncSession, guild_id: int) -> None:
    """Note that a server's answers are changed by this unit of work."""
    await counting.revise(session, revisions, guild_id)


async def _lock(session: AsyncSession, key: int) -> None:
    if on_postgres(session):  # on SQLite a writing unit of work is alone anyway
        await session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": key})
