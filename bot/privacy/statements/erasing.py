"""Erasing what tables hold of a member or a server, within one transaction."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ColumnElement, Text, cast, func, select, type_coerce
from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.model import State
from bot.privacy.model import Part, Scope
from bot.privacy.statements.reach import Reach
from bot.store.database import on_postgres

NOBODY = "@…"
"""What stands for a forgotten member where a server's own text mentioned them."""


async def counted(session: AsyncSession, reach: Reach, member_id: int, scope: Scope) -> list[Part]:
    """Return how many rows of each table are a member's, and how many name them."""
    parts: list[Part] = []
    for name, held in reach.held.items():
        which = reach.own(name, member_id, scope) if reach.has_own(name) else None
        own = await _count(session, reach, name, which)
        naming = reach.named(name, member_id, scope) if held.named else None
        named = await _count(session, reach, name, naming)
        parts.append(Part(held.title, own, named))
    return parts


async def lock_schedules(session: AsyncSession, reach: Reach, member_id: int, scope: Scope) -> None:
    """Let nobody else touch a member's schedules until the unit of work ends.

    The queue locks them before their deliveries too.
    """
    schedules = reach.table("schedules")
    which = reach.own("schedules", member_id, scope)
    found = select(schedules.c.id).where(which).order_by(schedules.c.id)
    await session.execute(found.with_for_update())


async def being_sent(
    session: AsyncSession,
    reach: Reach,
    member_id: int,
    scope: Scope,
    now: datetime,
    *,
    but: int | None,
) -> bool:
    """Return whether something of a member's is on its way right now; nothing more is after that.

    Their deliveries are locked until the unit of work ends.
    """
    queue = reach.table("deliveries")
    pending = queue.c.next_try.is_not(None) & (queue.c.id != (but or 0))
    which = reach.own("deliveries", member_id, scope) & pending
    found = select(queue.c.state, queue.c.next_try).where(which).order_by(queue.c.id)
    rows = (await session.execute(found.with_for_update())).all()
    return any(row.state == State.LEASED and row.next_try > now for row in rows)


async def erase_member(
    session: AsyncSession, reach: Reach, member_id: int, scope: Scope, reference: str
) -> None:
    """Delete a member's rows, and take them out of the others."""
    for name in reach.in_order():
        await _unname(session, reach, name, member_id, scope)
        await _unmention(session, reach, name, member_id, scope, reference)
        if reach.has_own(name):
            await _delete(session, reach, name, reach.own(name, member_id, scope))


async def erase_guild(session: AsyncSession, reach: Reach, scope: Scope) -> None:
    """Delete a server's rows; members' own ones that were made there forget where."""
    for name in reach.in_order():
        which, table = reach.of_guild(name, scope), reach.table(name)
        await session.execute(table.delete().where(which))
        if placed := reach.held[name].placed:
            made_there = table.c[placed[0]] == scope.guild_id
            await session.execute(table.update().where(made_there).values(dict.fromkeys(placed)))


async def _count(
    session: AsyncSession, reach: Reach, name: str, which: ColumnElement[bool] | None
) -> int:
    if which is None:
        return 0
    counting = select(func.count()).select_from(reach.table(name)).where(which)
    return await session.scalar(counting) or 0


async def _delete(
    session: AsyncSession, reach: Reach, name: str, which: ColumnElement[bool]
) -> None:
    table = reach.table(name)
    deleting = table.delete().where(which)
    if reach.gone[name]:
        gone = (await session.execute(deleting.returning(*table.c))).all()
        for make_right in reach.gone[name]:
            await make_right(session, gone)
    else:
        await session.execute(deleting)


async def _unname(
    session: AsyncSession, reach: Reach, name: str, member_id: int, scope: Scope
) -> None:
    table = reach.table(name)
    for named in reach.held[name].named:
        emptied = dict.fromkeys((named.column, *named.emptied_too))
        which = reach.naming(name, named, member_id, scope)
        await session.execute(table.update().where(which).values(emptied))


async def _unmention(  # noqa: PLR0917 - the reach, whose id, where, and what stands for it
    session: AsyncSession, reach: Reach, name: str, member_id: int, scope: Scope, reference: str
) -> None:
    """Take a member's id out of a server's own texts, which stay what they are otherwise."""
    table = reach.table(name)
    for column_name in reach.held[name].texts:
        column = table.c[column_name]
        is_json = isinstance(column.type, JSON)
        written: ColumnElement[Any] = (
            cast(column, Text) if is_json and on_postgres(session) else type_coerce(column, Text)
        )
        mentioning = written.contains(str(member_id)) & reach.within(name, scope)
        for mention in (f"<@{member_id}>", f"<@!{member_id}>"):
            written = func.replace(written, mention, NOBODY)
        written = func.replace(written, str(member_id), reference)
        value = cast(written, JSON) if is_json and on_postgres(session) else written
        await session.execute(table.update().where(mentioning).values({column_name: value}))
