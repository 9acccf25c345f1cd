"""Reading and writing members' cards."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, func, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.practice.model import Card, Memory, Phase
from bot.practice.store import cards
from bot.store.database import on_postgres

MEMBER_LOCK = 0x50726163 << 32  # "Prac" in ASCII: apart from other advisory locks


async def lock_member(session: AsyncSession, user_id: int) -> None:
    """Let nobody else change what a member practises until the unit of work ends."""
    if on_postgres(session):  # on SQLite a writing unit of work is alone anyway
        lock = text("SELECT pg_advisory_xact_lock(:key)")
        await session.execute(lock, {"key": user_id ^ MEMBER_LOCK})


async def all_of(session: AsyncSession, user_id: int) -> dict[str, Card]:
    """Return a member's cards by their questions' keys."""
    rows = await session.execute(select(cards).where(cards.c.user_id == user_id))
    return {row.key: _card(row) for row in rows}


async def one(session: AsyncSession, user_id: int, key: str) -> Card | None:
    """Return the member's card of one question."""
    this = (cards.c.user_id == user_id) & (cards.c.key == key)
    row = (await session.execute(select(cards).where(this))).one_or_none()
    return None if row is None else _card(row)


async def put(session: AsyncSession, user_id: int, card: Card) -> None:
    """Write a card, new or not; the member must be locked."""
    this = (cards.c.user_id == user_id) & (cards.c.key == card.key)
    found = await session.scalar(select(func.count()).where(this))
    change = update(cards).where(this) if found else insert(cards)
    await session.execute(change.values(_columns(user_id, card)))


async def add_all(
    session: AsyncSession, user_id: int, keys: Collection[str], now: datetime
) -> None:
    """Add cards of questions that the member has none of yet."""
    if keys:
        rows = [_columns(user_id, Card.new(key, now)) for key in keys]
        await session.execute(insert(cards), rows)


async def wake(session: AsyncSession, user_id: int) -> int:
    """Ask all suspended cards again; return how many they were."""
    these = (cards.c.user_id == user_id) & cards.c.suspended
    woken = update(cards).where(these).values(suspended=False).returning(cards.c.key)
    return len((await session.execute(woken)).all())


async def put_in_again(
    session: AsyncSession, user_id: int, keys: Collection[str], now: datetime
) -> int:
    """Ask suspended cards of these questions again, as if put in now; return how many they were."""
    these = (cards.c.user_id == user_id) & cards.c.suspended & cards.c.key.in_(keys)
    values = {"suspended": False, "added_at": now}
    woken = update(cards).where(these).values(values).returning(cards.c.key)
    return len((await session.execute(woken)).all())


async def take_out(session: AsyncSession, user_id: int, added_at: datetime) -> int:
    """Undo a putting in at an instant but for what was rated since; return how many cards it was.

    New ones are removed, those that had been suspended are suspended again.
    """
    these = (cards.c.user_id == user_id) & (cards.c.added_at == added_at)
    new = delete(cards).where(these, cards.c.reviews == 0).returning(cards.c.key)
    before = (cards.c.first_review < added_at) & (cards.c.last_review < added_at)
    old = update(cards).where(these, before).values(suspended=True).returning(cards.c.key)
    return len((await session.execute(new)).all()) + len((await session.execute(old)).all())


def _columns(user_id: int, card: Card) -> Mapping[str, Any]:
    return {
        "user_id": user_id,
        "key": card.key,
        "due": card.memory.due,
        "phase": int(card.memory.phase),
        "step": card.memory.step,
        "stability": card.memory.stability,
        "difficulty": card.memory.difficulty,
        "last_review": card.memory.last_review,
        "reviews": card.reviews,
        "first_review": card.first_review,
        "suspended": card.suspended,
        "added_at": card.added_at,
    }


def _card(row: Row[Any]) -> Card:
    return Card(
        key=row.key,
        memory=Memory(
            due=row.due,
            phase=Phase(row.phase),
            step=row.step,
            stability=row.stability,
            difficulty=row.difficulty,
            last_review=row.last_review,
        ),
        added_at=row.added_at,
        reviews=row.reviews,
        first_review=row.first_review,
        suspended=row.suspended,
    )
