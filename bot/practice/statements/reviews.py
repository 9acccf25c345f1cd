"""Keeping ratings, and forgetting old ones."""

from datetime import datetime

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.practice.model import Card, Phase, Rating, Review
from bot.practice.store import reviews


async def add(session: AsyncSession, user_id: int, card: Card, review: Review) -> None:
    """Keep the newest rating of a card."""
    await session.execute(
        insert(reviews).values(
            user_id=user_id,
            key=card.key,
            number=card.reviews,
            rating=int(review.rating),
            phase_before=int(review.before),
            reviewed_at=review.at,
        )
    )


async def since(session: AsyncSession, user_id: int, begin: datetime) -> list[Review]:
    """Return a member's ratings since an instant."""
    theirs = (reviews.c.user_id == user_id) & (reviews.c.reviewed_at >= begin)
    columns = select(reviews.c.reviewed_at, reviews.c.rating, reviews.c.phase_before)
    rows = await session.execute(columns.where(theirs))
    return [Review(at, Rating(rating), Phase(before)) for at, rating, before in rows]


async def forget(session: AsyncSession, before: datetime) -> None:
    """Erase ratings from before an instant; what the cards know of them stays."""
    await session.execute(delete(reviews).where(reviews.c.reviewed_at < before))
