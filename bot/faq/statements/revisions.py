"""Counting the changes of a server's answers, one change at a time."""

from sqlalchemy import select, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from bot.faq.store import revisions
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
    this = revisions.c.guild_id == guild_id
    return await session.scalar(select(revisions.c.revision).where(this)) or 0


async def revise(session: AsyncSession, guild_id: int) -> None:
    """Note that a server's answers are changed by this unit of work."""
    insert = postgresql.insert if on_postgres(session) else sqlite.insert
    first = insert(revisions).values(guild_id=guild_id, revision=1)
    one_more = {"revision": revisions.c.revision + 1}
    await session.execute(
        first.on_conflict_do_update(index_elements=["guild_id"], set_=one_more),
    )


async def _lock(session: AsyncSession, key: int) -> None:
    if on_postgres(session):  # on SQLite a writing unit of work is alone anyway
        await session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": key})
