"""Counting what is asked, what isn't answered, and what members think of answers."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Table, delete, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from bot.faq.model import MAX_MISSES, MAX_TITLE, entry_id_in
from bot.faq.store import count_votes, misses, tallies, votes
from bot.faq.text import name_key
from bot.plain_text import shown
from bot.store.database import on_postgres


async def count_asked(
    session: AsyncSession, guild_id: int, answer_key: str, title: str, now: datetime
) -> None:
    """Count an answer that was given."""
    asked = {"title": shown(title, MAX_TITLE), "last_asked": now}
    first = _uncounted(guild_id, answer_key) | asked | {"asked": 1}
    again = asked | {"asked": tallies.c.asked + 1}
    await _insert_or_update(session, tallies, first, again)


async def count_miss(session: AsyncSession, guild_id: int, question: str, now: datetime) -> None:
    """Count a question that wasn't answered; nothing is kept of who asked it."""
    sample = shown(question, MAX_TITLE)
    if not sample:
        return
    key = name_key(sample)
    first = {"guild_id": guild_id, "key": key, "sample": sample, "count": 1, "last_at": now}
    again = {"count": misses.c.count + 1, "last_at": now}
    await _insert_or_update(session, misses, first, again)
    await _make_room(session, guild_id, key)


async def vote(
    session: AsyncSession,
    guild_id: int,
    answer_key: str,
    *,
    member_id: int,
    helpful: bool | None,
    now: datetime,
) -> None:
    """Keep a member's only vote on an answer, or withdraw it, and count all of them anew."""
    await _lock_tally(session, guild_id, answer_key)
    mine = {"guild_id": guild_id, "answer_key": answer_key, "member_id": member_id}
    if helpful is None:
        await session.execute(delete(votes).filter_by(**mine))
    else:
        choice = {"helpful": helpful, "at": now}
        await _insert_or_update(session, votes, mine | choice, choice)
    await count_votes(session, guild_id, answer_key)


async def _make_room(session: AsyncSession, guild_id: int, newest: str) -> None:
    """Forget what a server asks least, the oldest first, but not the newest, beyond its share."""
    mine = misses.c.guild_id == guild_id
    counted = select(func.count()).select_from(misses).where(mine)
    excess = (await session.scalar(counted) or 0) - MAX_MISSES
    if excess > 0:
        order = (misses.c.count, misses.c.last_at, misses.c.key)
        least = select(misses.c.key).where(mine, misses.c.key != newest).order_by(*order)
        await session.execute(delete(misses).where(mine, misses.c.key.in_(least.limit(excess))))


async def _lock_tally(session: AsyncSession, guild_id: int, answer_key: str) -> None:
    """Let nobody else vote on an answer until the unit of work ends; begin its tally if need be."""
    as_it_is = {"title": tallies.c.title}
    await _insert_or_update(session, tallies, _uncounted(guild_id, answer_key), as_it_is)


def _uncounted(guild_id: int, answer_key: str) -> dict[str, Any]:
    """Return the tally of an answer that was never given."""
    return {
        "guild_id": guild_id,
        "answer_key": answer_key,
        "entry_id": entry_id_in(answer_key),
        "title": "",
        "asked": 0,
        "helpful": 0,
        "unhelpful": 0,
    }


async def _insert_or_update(
    session: AsyncSession, table: Table, first: Mapping[str, Any], again: Mapping[str, Any]
) -> None:
    """Insert a row, or change the one with its key, in one statement."""
    insert = postgresql.insert if on_postgres(session) else sqlite.insert
    keys = [column.name for column in table.primary_key]
    statement = insert(table).values(**first)
    await session.execute(statement.on_conflict_do_update(index_elements=keys, set_=dict(again)))
