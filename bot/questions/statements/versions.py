"""Keeping what questions were before."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.questions.importing import Imported
from bot.questions.known import State
from bot.questions.own import Own, Version, What
from bot.questions.statements.contents import content_of, text_in
from bot.questions.store import questions, versions
from bot.store.slices import in_slices


async def insert_all(session: AsyncSession, written: Sequence[Own], what: What) -> None:
    """Keep the present versions of questions."""
    rows = [
        {
            "question_id": own.id,
            "version": own.version,
            "content": content_of(own.text),
            "state": own.state.value,
            "changed_by": own.changed_by,
            "changed_at": own.changed_at,
            "what": what.value,
        }
        for own in written
    ]
    connection = await session.connection()
    await connection.execute(insert(versions), rows)


async def all_of(session: AsyncSession, question_id: int) -> list[Version]:
    """Return a question's versions, newest first."""
    mine = select(versions).where(versions.c.question_id == question_id)
    return [*map(_version, await session.execute(mine.order_by(versions.c.version.desc())))]


async def one(session: AsyncSession, question_id: int, version: int) -> Version | None:
    """Return one version of a question."""
    this = (versions.c.question_id == question_id) & (versions.c.version == version)
    row = (await session.execute(select(versions).where(this))).one_or_none()
    return None if row is None else _version(row)


async def imported(session: AsyncSession, guild_id: int, by: int, at: datetime) -> list[Imported]:
    """Return what a member's import of that instant has written."""
    before = versions.alias()
    one_earlier = before.c.version == versions.c.version - 1
    statement = (
        select(versions.c.question_id, versions.c.version, before.c.content, before.c.state)
        .join(questions, questions.c.id == versions.c.question_id)
        .outerjoin(before, and_(before.c.question_id == versions.c.question_id, one_earlier))
        .where(questions.c.guild_id == guild_id, versions.c.what == What.IMPORTED.value)
        .where(versions.c.changed_by == by, versions.c.changed_at == at)
    )
    return [_imported(row) async for row in in_slices(session, statement)]


def _imported(row: Row[*tuple[Any, ...]]) -> Imported:
    if row.content is None:
        return Imported(row.question_id, row.version, None)
    return Imported(row.question_id, row.version, text_in(row.content), State(row.state))


def _version(row: Row[Any]) -> Version:
    return Version(
        question_id=row.question_id,
        version=row.version,
        text=text_in(row.content),
        state=State(row.state),
        changed_by=row.changed_by,
        changed_at=row.changed_at,
        what=What(row.what),
    )
