"""Who is in groups, waits, has asked, or was in them."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.study.model import IN_OR_ON_THE_WAY, Entry, Group, Rank, Standing, State
from bot.study.roll import Roll
from bot.study.store import EntryRow, GroupRow

OVER = (Standing.LEFT.value, Standing.WITHDREW.value, Standing.DECLINED.value)
"""What is forgotten after a while."""


async def roll(session: AsyncSession, group: Group) -> Roll:
    """Return a group with everybody it knows."""
    return Roll(group, tuple(await _found(session, EntryRow.group_id == group.id)))


async def rolls(session: AsyncSession, groups: Sequence[Group]) -> list[Roll]:
    """Return groups with everybody they know, in the same order."""
    ids = [each.id for each in groups]
    found = await _found(session, EntryRow.group_id.in_(ids)) if ids else []
    return [
        Roll(group, tuple(each for each in found if each.group_id == group.id)) for group in groups
    ]


async def by_id(session: AsyncSession, entry_id: int) -> Entry | None:
    """Return an entry."""
    return next(iter(await _found(session, EntryRow.id == entry_id)), None)


async def add(
    session: AsyncSession, group: Group, member_id: int, standing: Standing, now: datetime
) -> Entry:
    """Let somebody stand anew in a group, behind all who came before."""
    former = (EntryRow.group_id == group.id, EntryRow.member_id == member_id)
    await session.execute(delete(EntryRow).where(*former))
    statement = insert(EntryRow).values(
        group_id=group.id,
        guild_id=group.guild_id,
        member_id=member_id,
        standing=standing.value,
        rank=Rank.MEMBER.value,
        at=now,
        refused=False,
    )
    return _entry((await session.scalars(statement.returning(EntryRow))).one())


async def change(session: AsyncSession, ids: Collection[int], **values: Any) -> None:
    """Overwrite columns of entries."""
    await session.execute(
        update(EntryRow).where(EntryRow.id.in_(ids)).values(**values),
        execution_options={"synchronize_session": False},
    )


async def stand(
    session: AsyncSession, entries: Collection[Entry], standing: Standing, now: datetime
) -> None:
    """Let entries stand differently from now on."""
    await change(session, [each.id for each in entries], standing=standing.value, at=now)


async def nothing_offered(session: AsyncSession, group_id: int) -> None:
    """Forget whom a group was offered to."""
    these = EntryRow.group_id == group_id
    await session.execute(
        update(EntryRow).where(these).values(offered_at=None, refused=False),
        execution_options={"synchronize_session": False},
    )


async def of_member(
    session: AsyncSession, guild_id: int, member_id: int, standings: Collection[Standing]
) -> list[Entry]:
    """Return how a member stands in the open groups of a server."""
    still_open = select(GroupRow.id).where(
        GroupRow.guild_id == guild_id, GroupRow.state == State.OPEN.value
    )
    return await _found(
        session,
        (EntryRow.member_id == member_id)
        & (EntryRow.guild_id == guild_id)
        & EntryRow.standing.in_([each.value for each in standings])
        & EntryRow.group_id.in_(still_open),
    )


async def count_of(session: AsyncSession, guild_id: int, member_id: int) -> int:
    """Return in how many open groups of a server a member is, or is on the way into."""
    return len(await of_member(session, guild_id, member_id, IN_OR_ON_THE_WAY))


async def owners(session: AsyncSession, group_ids: Sequence[int]) -> list[tuple[int, int]]:
    """Return the servers and owners of groups."""
    owning = (EntryRow.rank == Rank.OWNER.value) & (EntryRow.standing == Standing.MEMBER.value)
    found = select(EntryRow.guild_id, EntryRow.member_id).where(owning)
    rows = await session.execute(found.where(EntryRow.group_id.in_(group_ids)))
    return [(guild_id, member_id) for guild_id, member_id in rows]


async def overdue_offers(session: AsyncSession, before: datetime) -> list[int]:
    """Return open groups without an owner that nobody was offered since then."""
    owned = select(EntryRow.group_id).where(
        EntryRow.rank == Rank.OWNER.value, EntryRow.standing == Standing.MEMBER.value
    )
    offered = (
        select(EntryRow.group_id)
        .where(EntryRow.offered_at.is_not(None))
        .group_by(EntryRow.group_id)
        .having(func.max(EntryRow.offered_at) < before)
    )
    found = select(GroupRow.id).where(
        GroupRow.state == State.OPEN.value, GroupRow.id.in_(offered), GroupRow.id.not_in(owned)
    )
    return [*await session.scalars(found.order_by(GroupRow.id))]


async def forget_over(session: AsyncSession, before: datetime) -> None:
    """Erase who left, or was declined, before then."""
    old = (EntryRow.standing.in_(OVER), EntryRow.at < before)
    await session.execute(delete(EntryRow).where(*old))


async def _found(session: AsyncSession, which: ColumnElement[bool]) -> list[Entry]:
    rows = await session.scalars(
        select(EntryRow).where(which).order_by(EntryRow.id),
        execution_options={"populate_existing": True},
    )
    return [*map(_entry, rows)]


def entry_of(row: Mapping[str, Any]) -> Entry:
    """Return the entry that a row of the table was."""
    return Entry(
        id=row["id"],
        group_id=row["group_id"],
        guild_id=row["guild_id"],
        member_id=row["member_id"],
        standing=Standing(row["standing"]),
        rank=Rank(row["rank"]),
        at=row["at"],
        offered_at=row["offered_at"],
        refused=row["refused"],
    )


def _entry(row: EntryRow) -> Entry:
    return entry_of({each.key: getattr(row, each.key) for each in EntryRow.__table__.columns})
