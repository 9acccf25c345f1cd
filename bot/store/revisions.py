"""Counting changes of what a server has, so that each process knows when to read it again."""

import sqlalchemy as sa
from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.database import on_postgres


async def revision_of(session: AsyncSession, revisions: sa.Table, guild_id: int) -> int:
    """Return how often something of a server was changed, from the table that counts it."""
    this = revisions.c.guild_id == guild_id
    return await session.scalar(select(revisions.c.revision).where(this)) or 0


async def revise(session: AsyncSession, revisions: sa.Table, guild_id: int) -> None:
    """Note that it is changed by this unit of work."""
    insert = postgresql.insert if on_postgres(session) else sqlite.insert
    first = insert(revisions).values(guild_id=guild_id, revision=1)
    one_more = {"revision": revisions.c.revision + 1}
    await session.execute(
        first.on_conflict_do_update(index_elements=["guild_id"], set_=one_more),
    )
