"""Groups: which there are, and changing them."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, func, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.database import on_postgres
from bot.study.model import Admission, Group, Place, State, Wish
from bot.study.store import EntryRow, GroupRow

SERVER_LOCK, MEMBER_LOCK = 0x53744772 << 32, 0x53744D65 << 32
"""Apart from other advisory locks: "StGr" and "StMe" in ASCII."""


async def lock_server(session: AsyncSession, guild_id: int) -> None:
    """Let nobody else open groups of a server until the unit of work ends."""
    await _lock(session, guild_id ^ SERVER_LOCK)


async def lock_member(session: AsyncSession, guild_id: int, member_id: int) -> None:
    """Let nothing else bring a member into groups of a server until the unit of work ends."""
    await _lock(session, (guild_id ^ member_id) ^ MEMBER_LOCK)


async def _lock(session: AsyncSession, key: int) -> None:
    if on_postgres(session):  # on SQLite a writing unit of work is alone anyway
        await session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": key})


async def add(  # noqa: PLR0917 - what it is, where, whose and when
    session: AsyncSession, guild_id: int, wish: Wish, place: Place, by: int, now: datetime
) -> Group:
    """Make a group."""
    statement = insert(GroupRow).values(
        guild_id=guild_id,
        state=State.OPEN.value,
        made_by=by,
        active_at=now,
        looked_at=now,
        channel_id=place.channel_id,
        own_thread=place.own_thread,
        **wish_columns(wish),
    )
    return _group((await session.scalars(statement.returning(GroupRow))).one())


def wish_columns(wish: Wish) -> dict[str, Any]:
    """Return what a group is to be, as columns."""
    return {
        "name": wish.name,
        "topic": wish.topic,
        "role": wish.role,
        "phase": wish.phase,
        "size": wish.size,
        "admission": wish.admission.value,
        "zone": wish.zone,
    }


async def by_id(session: AsyncSession, group_id: int, *, locked: bool = False) -> Group | None:
    """Return a group; `locked`, nobody else changes it until the unit of work ends."""
    found = select(GroupRow).where(GroupRow.id == group_id)
    row = await session.scalar(
        found.with_for_update() if locked else found,
        execution_options={"populate_existing": True},
    )
    return None if row is None else _group(row)


async def of_server(session: AsyncSession, guild_id: int, *states: State) -> list[Group]:
    """Return a server's groups that stand so, by name."""
    wanted = [each.value for each in states]
    here = (GroupRow.guild_id == guild_id) & GroupRow.state.in_(wanted)
    return await _found(session, here)


async def by_ids(session: AsyncSession, ids: Collection[int]) -> list[Group]:
    """Return groups, by name."""
    return await _found(session, GroupRow.id.in_(ids)) if ids else []


async def by_cards(session: AsyncSession, card_ids: Collection[int]) -> list[Group]:
    """Return the groups whose cards these messages are."""
    return await _found(session, GroupRow.message_id.in_(card_ids))


async def dormant(session: AsyncSession, before: datetime, limit: int) -> list[int]:
    """Return open groups in which nothing happened since, and that weren't asked yet."""
    still = (GroupRow.state == State.OPEN.value) & GroupRow.asked_at.is_(None)
    return await _ids(session, still & (GroupRow.active_at < before), limit)


async def unanswered(session: AsyncSession, before: datetime, limit: int) -> list[int]:
    """Return open groups that were asked before then, without an answer."""
    still = GroupRow.state == State.OPEN.value
    return await _ids(session, still & (GroupRow.asked_at < before), limit)


async def longest_unlooked(session: AsyncSession, before: datetime, limit: int) -> list[int]:
    """Return open groups whose owners weren't looked for since, the longest first."""
    still = (GroupRow.state == State.OPEN.value) & (GroupRow.looked_at < before)
    found = select(GroupRow.id).where(still).order_by(GroupRow.looked_at, GroupRow.id)
    return [*await session.scalars(found.limit(limit))]


async def change(session: AsyncSession, ids: Sequence[int], **values: Any) -> None:
    """Overwrite columns of groups."""
    await session.execute(
        update(GroupRow).where(GroupRow.id.in_(ids)).values(**values),
        execution_options={"synchronize_session": False},
    )


async def erase_closed(session: AsyncSession, before: datetime) -> None:
    """Erase groups that were closed before then, with who was in them."""
    old = select(GroupRow.id).where(
        GroupRow.state.in_([State.CLOSED.value, State.ARCHIVED.value]), GroupRow.closed_at < before
    )
    ids = [*await session.scalars(old)]
    await session.execute(delete(EntryRow).where(EntryRow.group_id.in_(ids)))
    await session.execute(delete(GroupRow).where(GroupRow.id.in_(ids)))


async def _ids(session: AsyncSession, which: ColumnElement[bool], limit: int) -> list[int]:
    return [
        *await session.scalars(select(GroupRow.id).where(which).order_by(GroupRow.id).limit(limit))
    ]


async def _found(session: AsyncSession, which: ColumnElement[bool]) -> list[Group]:
    rows = await session.scalars(
        select(GroupRow).where(which).order_by(func.lower(GroupRow.name), GroupRow.id),
        execution_options={"populate_existing": True},
    )
    return [*map(_group, rows)]


def _group(row: GroupRow) -> Group:
    admission = Admission(row.admission)
    return Group(
        id=row.id,
        guild_id=row.guild_id,
        wish=Wish(row.name, row.topic, row.role, row.phase, row.size, admission, row.zone),
        place=Place(row.channel_id, row.own_thread),
        state=State(row.state),
        active_at=row.active_at,
        asked_at=row.asked_at,
        closed_at=row.closed_at,
        card_id=row.message_id,
        card_due=row.card_due,
        pinned=row.pinned,
    )
