"""Writing and reading what became of each day."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, bindparam, delete, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from bot.daily.model import Post, PostState
from bot.daily.selection import WEEK, Asked, Past, past_of
from bot.daily.store import posts
from bot.questions.model import Level
from bot.store.database import on_postgres

BY_ID = select(posts).where(posts.c.id == bindparam("id"))
OF_CONFIG = posts.c.config_id == bindparam("config_id")
OF_DAY = select(posts).where(OF_CONFIG, posts.c.day == bindparam("day"))
CHOSEN = select(posts).where(OF_CONFIG, posts.c.state == PostState.CHOSEN.value)


def _past() -> Select[Any, Any, Any]:
    """Return the statement for what was asked in the newest round and in the last posts."""
    asked = OF_CONFIG & posts.c.state.in_([PostState.CHOSEN.value, PostState.POSTED.value])
    newest = select(func.max(posts.c.round)).where(asked).scalar_subquery()
    last = select(posts.c.id).where(asked).order_by(posts.c.day.desc()).limit(WEEK)
    columns = select(posts.c.question_key, posts.c.level, posts.c.round)
    matters = or_(posts.c.round == newest, posts.c.id.in_(last))
    return columns.where(asked, matters).order_by(posts.c.day)


PAST = _past()


async def add_all(session: AsyncSession, rows: Sequence[Mapping[str, Any]]) -> None:
    """Add days, but those that have their row already."""
    if rows:
        insert = postgresql.insert if on_postgres(session) else sqlite.insert
        statement = insert(posts).on_conflict_do_nothing(index_elements=["config_id", "day"])
        connection = await session.connection()
        await connection.execute(statement, [*map(dict, rows)])


async def add(session: AsyncSession, values: Mapping[str, Any]) -> Post:
    """Add a day that has no row yet."""
    statement = posts.insert().values(**values).returning(*posts.c)
    return post_of((await session.execute(statement)).one())


async def change(session: AsyncSession, post_id: int, **values: Any) -> Post:
    """Change columns of a day, and return it."""
    statement = update(posts).where(posts.c.id == post_id).values(**values)
    return post_of((await session.execute(statement.returning(*posts.c))).one())


async def by_id(session: AsyncSession, post_id: int) -> Post | None:
    """Return one day."""
    row = (await session.execute(BY_ID, {"id": post_id})).one_or_none()
    return None if row is None else post_of(row)


async def of_day(session: AsyncSession, config_id: int, day: date) -> Post | None:
    """Return a configuration's day."""
    this = {"config_id": config_id, "day": day}
    row = (await session.execute(OF_DAY, this)).one_or_none()
    return None if row is None else post_of(row)


async def last(session: AsyncSession, config_id: int, limit: int, until: datetime) -> list[Post]:
    """Return the last days that were due until then, newest first."""
    statement = select(posts).where(posts.c.config_id == config_id, posts.c.due <= until)
    rows = await session.execute(statement.order_by(posts.c.day.desc()).limit(limit))
    return [post_of(row) for row in rows]


async def since(session: AsyncSession, config_id: int, day: date) -> list[Post]:
    """Return that day and those after it, as far as they have rows, in order."""
    statement = select(posts).where(posts.c.config_id == config_id, posts.c.day >= day)
    return [post_of(row) for row in await session.execute(statement.order_by(posts.c.day))]


async def chosen(session: AsyncSession, config_id: int) -> list[Post]:
    """Return the days whose question is being posted."""
    return [post_of(row) for row in await session.execute(CHOSEN, {"config_id": config_id})]


async def give_up(session: AsyncSession, ids: Collection[int], reason: str) -> None:
    """Note that the questions of these days aren't posted any more."""
    skipped = {"state": PostState.SKIPPED.value, "reason": str(reason)}
    if ids:
        await session.execute(update(posts).where(posts.c.id.in_(ids)).values(skipped))


async def take_back_skip(session: AsyncSession, post_id: int) -> None:
    """Forget that a day was to be skipped."""
    await session.execute(delete(posts).where(posts.c.id == post_id))


async def past(session: AsyncSession, config_id: int) -> Past:
    """Return what was asked, as far as it matters for what comes next."""
    rows = await session.execute(PAST, {"config_id": config_id})
    return past_of(Asked(row.question_key, Level(row.level), row.round) for row in rows)


def post_of(row: Any) -> Post:
    """Return a row as a day."""
    return Post(
        id=row.id,
        config_id=row.config_id,
        guild_id=row.guild_id,
        day=row.day,
        due=row.due,
        delivery_id=row.delivery_id,
        state=PostState(row.state),
        reason=row.reason,
        question_key=row.question_key,
        level=Level(row.level) if row.level else None,
        round=row.round,
        channel_id=row.channel_id,
        message_id=row.message_id,
        posted_at=row.posted_at,
        thread_id=row.thread_id,
        thread_reason=row.thread_reason,
        reveal_at=row.reveal_at,
        revealed_at=row.revealed_at,
        reveal_reason=row.reveal_reason,
    )
