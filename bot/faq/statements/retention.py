"""Forgetting what isn't needed any more."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.faq.model import entry_key
from bot.faq.statements.entries import chunks
from bot.faq.store import entries, misses, tallies, versions, votes, waiting


async def forget_settled(session: AsyncSession, before: datetime) -> None:
    """Erase questions that were answered or dismissed before then."""
    await session.execute(delete(waiting).where(waiting.c.answered_at < before))


async def forget_misses(session: AsyncSession, before: datetime) -> None:
    """Erase questions without an answer that nobody has asked since then."""
    await session.execute(delete(misses).where(misses.c.last_at < before))


async def forget_removed(session: AsyncSession, before: datetime) -> None:
    """Erase answers that were removed before then, with all that is about them."""
    removed = entries.c.removed.is_(True) & (entries.c.changed_at < before)
    found = (await session.scalars(select(entries.c.id).where(removed))).all()
    for ids in chunks(found):
        keys = [entry_key(entry_id) for entry_id in ids]
        await session.execute(delete(votes).where(votes.c.answer_key.in_(keys)))
        await session.execute(delete(tallies).where(tallies.c.entry_id.in_(ids)))
        await session.execute(delete(versions).where(versions.c.entry_id.in_(ids)))
        await session.execute(delete(entries).where(entries.c.id.in_(ids)))
