"""Writing and reading channels' check-ins, their rounds, and the replies to them."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import delete, func, insert, select, text, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from bot.checkins.group import ROUND, Group, Mode, Reply, Round, Said
from bot.checkins.model import Answer, DayState, Status
from bot.checkins.store import groups, joined, replies, rounds
from bot.delivery import listing
from bot.delivery.model import Schedule
from bot.store.database import on_postgres

GUILD_LOCK = 0x43686B73 << 32  # "Chks" in ASCII: apart from other advisory locks
THERE = groups.c.removed_at.is_(None)
GIVEN = replies.c.answer.is_not(None)


async def lock_guild(session: AsyncSession, guild_id: int) -> None:
    """Let nobody else count or change a server's until the unit of work ends."""
    if on_postgres(session):  # on SQLite a writing unit of work is alone anyway
        lock = text("SELECT pg_advisory_xact_lock(:key)")
        await session.execute(lock, {"key": guild_id ^ GUILD_LOCK})


async def add(session: AsyncSession, values: Mapping[str, Any]) -> Group:
    """Add a channel's check-ins."""
    statement = insert(groups).values(**values).returning(*groups.c)
    return group_of((await session.execute(statement)).one())


async def change(session: AsyncSession, group_id: int, **values: Any) -> Group:
    """Change columns of one, and return it."""
    statement = update(groups).where(groups.c.id == group_id).values(**values)
    return group_of((await session.execute(statement.returning(*groups.c))).one())


async def by_id(session: AsyncSession, group_id: int) -> Group | None:
    """Return one, though it be removed."""
    row = (await session.execute(select(groups).where(groups.c.id == group_id))).one_or_none()
    return None if row is None else group_of(row)


async def of_guild(session: AsyncSession, guild_id: int) -> list[Group]:
    """Return a server's, in the order they were set up."""
    statement = select(groups).where(groups.c.guild_id == guild_id, THERE).order_by(groups.c.id)
    return [group_of(row) for row in await session.execute(statement)]


async def schedules_of(
    session: AsyncSession, of: Sequence[Group], *, locked: bool = False
) -> dict[int, Schedule]:
    """Return their schedules by their own ids, but for those that the queue has erased."""
    its = {each.id: each.schedule_id for each in of}
    return await listing.schedules_of(session, ROUND.name, its, locked=locked)


async def add_round(session: AsyncSession, values: Mapping[str, Any]) -> Round | None:
    """Add a day's round; None if the day has one already."""
    statement = _insert(session, rounds).values(**values)
    statement = statement.on_conflict_do_nothing(index_elements=["group_id", "day"])
    return _round(await session.execute(statement.returning(*rounds.c)))


async def change_round(session: AsyncSession, round_id: int, **values: Any) -> Round | None:
    """Change columns of a round, and return it."""
    statement = update(rounds).where(rounds.c.id == round_id).values(**values)
    return _round(await session.execute(statement.returning(*rounds.c)))


async def round_by_id(
    session: AsyncSession, round_id: int, *, locked: bool = False
) -> Round | None:
    """Return a round; `locked`, nobody else changes it until the unit of work ends."""
    statement = select(rounds).where(rounds.c.id == round_id)
    return _round(await session.execute(statement.with_for_update() if locked else statement))


async def round_of(session: AsyncSession, group_id: int, day: date) -> Round | None:
    """Return a day's round."""
    this = (rounds.c.group_id == group_id) & (rounds.c.day == day)
    return _round(await session.execute(select(rounds).where(this)))


async def round_of_delivery(session: AsyncSession, group_id: int, delivery_id: int) -> Round | None:
    """Return the round that a delivery posts."""
    this = (rounds.c.group_id == group_id) & (rounds.c.delivery_id == delivery_id)
    return _round(await session.execute(select(rounds).where(this)))


async def last_rounds(session: AsyncSession, group_id: int, limit: int) -> list[Round]:
    """Return the last rounds, newest first."""
    statement = select(rounds).where(rounds.c.group_id == group_id)
    rows = await session.execute(statement.order_by(rounds.c.day.desc()).limit(limit))
    return [round_from(row) for row in rows]


async def counts(session: AsyncSession, ids: Sequence[int]) -> dict[int, int]:
    """Return how many replied to each of these rounds."""
    counted = select(replies.c.round_id, func.count()).where(replies.c.round_id.in_(ids), GIVEN)
    rows = await session.execute(counted.group_by(replies.c.round_id))
    return {row[0]: row[1] for row in rows}


async def keep_reply(session: AsyncSession, values: Mapping[str, Any]) -> Reply:
    """Keep a member's reply in place of the one before; late stays what was late at first."""
    kept = {name: values[name] for name in ("answer", "wins", "plans", "blockers", "replied_at")}
    statement = _insert(session, replies).values(**values)
    statement = statement.on_conflict_do_update(index_elements=["round_id", "member_id"], set_=kept)
    return reply_of((await session.execute(statement.returning(*replies.c))).one())


async def change_reply(session: AsyncSession, reply_id: int, **values: Any) -> None:
    """Change columns of a reply."""
    await session.execute(update(replies).where(replies.c.id == reply_id).values(**values))


async def reply_by_id(session: AsyncSession, reply_id: int) -> Reply | None:
    """Return a reply."""
    row = (await session.execute(select(replies).where(replies.c.id == reply_id))).one_or_none()
    return None if row is None else reply_of(row)


async def reply_of_member(session: AsyncSession, round_id: int, member_id: int) -> Reply | None:
    """Return a member's reply to a round."""
    this = (replies.c.round_id == round_id) & (replies.c.member_id == member_id)
    row = (await session.execute(select(replies).where(this))).one_or_none()
    return None if row is None else reply_of(row)


async def replies_to(session: AsyncSession, round_id: int) -> list[Reply]:
    """Return the replies to a round that weren't withdrawn, the earliest first."""
    statement = select(replies).where(replies.c.round_id == round_id, GIVEN)
    rows = await session.execute(statement.order_by(replies.c.late, replies.c.id))
    return [reply_of(row) for row in rows]


async def forget(session: AsyncSession, removed_before: datetime, before: date) -> None:
    """Erase what was removed, and rounds of long ago with their replies."""
    gone = select(groups.c.id).where(groups.c.removed_at < removed_before)
    old = select(rounds.c.id).where((rounds.c.day < before) | rounds.c.group_id.in_(gone))
    await session.execute(delete(replies).where(replies.c.round_id.in_(old)))
    await session.execute(delete(rounds).where(rounds.c.id.in_(old)))
    await session.execute(delete(joined).where(joined.c.group_id.in_(gone)))
    await session.execute(delete(groups).where(groups.c.removed_at < removed_before))


def _insert(session: AsyncSession, table: sa.Table) -> Any:
    return (postgresql.insert if on_postgres(session) else sqlite.insert)(table)


def _round(result: sa.Result[Any]) -> Round | None:
    row = result.one_or_none()
    return None if row is None else round_from(row)


def group_of(row: Any) -> Group:
    """Return a row as its dataclass."""
    return Group(
        id=row.id,
        guild_id=row.guild_id,
        schedule_id=row.schedule_id,
        hours=row.hours,
        mode=Mode(row.mode),
        state=Status(row.state),
        configured_by=row.configured_by,
        created_at=row.created_at,
        removed_at=row.removed_at,
    )


def round_from(row: Any) -> Round:
    """Return a row as its dataclass."""
    return Round(
        id=row.id,
        group_id=row.group_id,
        guild_id=row.guild_id,
        day=row.day,
        state=DayState(row.state),
        reason=row.reason,
        delivery_id=row.delivery_id,
        channel_id=row.channel_id,
        message_id=row.message_id,
        posted_at=row.posted_at,
        closes_at=row.closes_at,
        thread_id=row.thread_id,
        thread_reason=row.thread_reason,
        wrap_id=row.wrap_id,
        wrapped_at=row.wrapped_at,
    )


def reply_of(row: Any) -> Reply:
    """Return a row as its dataclass."""
    return Reply(
        id=row.id,
        round_id=row.round_id,
        guild_id=row.guild_id,
        member_id=row.member_id,
        answer=Answer(row.answer) if row.answer else None,
        said=Said(row.wins, row.plans, row.blockers),
        late=row.late,
        replied_at=row.replied_at,
        message_id=row.message_id,
    )
