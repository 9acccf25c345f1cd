"""Reading what tables hold of a member, without what they hold of others."""

from collections.abc import AsyncGenerator, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.privacy.model import EVERYWHERE, Scope, Sheet
from bot.privacy.statements.reach import Reach
from bot.store.held import Held
from bot.store.types import UtcDateTime


async def sheets(
    session: AsyncSession, reach: Reach, member_id: int, scope: Scope, most: int
) -> list[Sheet]:
    """Return a member's rows, the newest `most` of each table."""
    found = [each async for each in _all_sheets(session, reach, member_id, scope, most)]
    return [sheet for sheet in found if sheet.total]


async def guilds_of(session: AsyncSession, reach: Reach, member_id: int) -> set[int]:
    """Return the servers in which something is a member's own or names them."""
    found = set[int]()
    for name, held in reach.held.items():
        if held.theirs or held.named or (held.guild and reach.has_own(name)):
            guilds = reach.guilds_of(name, member_id)
            if guilds is not None:
                found |= {*await session.scalars(guilds)}
    return found


async def used_since(session: AsyncSession, reach: Reach, member_id: int, since: datetime) -> bool:
    """Return whether a member has written rows that belong to no server after `since`.

    When something was done is kept in columns whose names end in `_at`; others are planned times.
    """
    for name, held in reach.held.items():
        is_always_of_one = held.guild is not None and not held.guild.where
        if held.theirs and not is_always_of_one:
            table = reach.table(name)
            times = [each for each in table.c if isinstance(each.type, UtcDateTime)]
            done = [each > since for each in times if each.name.endswith("_at")]
            mine = reach.own(name, member_id, EVERYWHERE) & ~reach.is_in_some_guild(name)
            if done and await session.scalar(select(exists().where(mine, or_(*done)))):
                return True
    return False


async def _all_sheets(
    session: AsyncSession, reach: Reach, member_id: int, scope: Scope, most: int
) -> AsyncGenerator[Sheet]:
    for name, held in reach.held.items():
        if held.exported and reach.has_own(name):
            names = [column.name for column in reach.table(name).c]
            columns = [each for each in names if each not in held.withheld]
            own = reach.own(name, member_id, scope)
            yield await _sheet(session, reach, name, name, columns, own, member_id, most)
        for named in held.named:
            if named.exported:
                which = reach.naming(name, named, member_id, scope)
                title = f"{name}_{named.column}"
                yield await _sheet(
                    session, reach, name, title, [*named.exported], which, member_id, most
                )


async def _sheet(  # noqa: PLR0917 - whose rows of which table, and what of them
    session: AsyncSession,
    reach: Reach,
    name: str,
    file: str,
    columns: list[str],
    which: ColumnElement[bool],
    member_id: int,
    most: int,
) -> Sheet:
    table, held = reach.table(name), reach.held[name]
    total = await session.scalar(select(func.count()).select_from(table).where(which)) or 0
    newest = [column.desc() for column in table.primary_key]
    found = select(*table.c).where(which).order_by(*newest).limit(most)
    rows = (await session.execute(found)).mappings()
    own = [_without_others(row, held, member_id) for row in rows]
    given = [{column: row[column] for column in columns} for row in own]
    return Sheet(file, held.title, held.about, given, total)


def _without_others(row: Mapping[Any, Any], held: Held, member_id: int) -> dict[str, Any]:
    """Return a row in which nobody but the member is named."""
    values = {str(name): value for name, value in row.items()}
    for each in (*held.theirs, *held.named):
        is_meant = all(values[name] in allowed for name, allowed in each.where.items())
        if is_meant and values[each.column] != member_id:
            values[each.column] = None
    return values
