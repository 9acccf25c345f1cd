"""Keeping what answers were before."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.faq.importing import Imported
from bot.faq.model import Entry, Version, What
from bot.faq.store import entries, versions
from bot.faq.text import EntryText, Part


async def insert_all(session: AsyncSession, written: Sequence[Entry], what: What) -> None:
    """Keep the present versions of answers."""
    rows = [
        columns(entry.text)
        | {
            "entry_id": entry.id,
            "version": entry.version,
            "removed": entry.removed,
            "changed_by": entry.changed_by,
            "changed_at": entry.changed_at,
            "what": what.value,
        }
        for entry in written
    ]
    connection = await session.connection()
    await connection.execute(insert(versions), rows)


async def all_of(session: AsyncSession, entry_id: int) -> list[Version]:
    """Return an answer's versions, newest first."""
    mine = select(versions).where(versions.c.entry_id == entry_id)
    return [*map(_version, await session.execute(mine.order_by(versions.c.version.desc())))]


async def one(session: AsyncSession, entry_id: int, version: int) -> Version | None:
    """Return one version of an answer."""
    this = (versions.c.entry_id == entry_id) & (versions.c.version == version)
    row = (await session.execute(select(versions).where(this))).one_or_none()
    return None if row is None else _version(row)


async def imported(session: AsyncSession, guild_id: int, by: int, at: datetime) -> list[Imported]:
    """Return what a member's import of that instant has written."""
    before = versions.alias()
    one_earlier = before.c.version == versions.c.version - 1
    statement = (
        select(versions.c.entry_id, versions.c.version, *(before.c[part] for part in Part))
        .join(entries, entries.c.id == versions.c.entry_id)
        .outerjoin(before, and_(before.c.entry_id == versions.c.entry_id, one_earlier))
        .where(entries.c.guild_id == guild_id, versions.c.what == What.IMPORTED.value)
        .where(versions.c.changed_by == by, versions.c.changed_at == at)
    )
    return [*map(_imported, await session.execute(statement))]


def columns(text: EntryText) -> dict[str, Any]:
    """Return the columns that hold what a person wrote."""
    return {
        "question": text.question,
        "aliases": "\n".join(text.aliases),
        "answer": text.answer,
        "role": text.role,
        "source": text.source,
    }


def _imported(row: Row[Any]) -> Imported:
    return Imported(row.entry_id, row.version, None if row.question is None else _text(row))


def _text(row: Row[Any]) -> EntryText:
    aliases = tuple(row.aliases.splitlines())
    return EntryText(row.question, aliases, row.answer, row.role, row.source)


def _version(row: Row[Any]) -> Version:
    return Version(
        entry_id=row.entry_id,
        version=row.version,
        text=_text(row),
        removed=row.removed,
        changed_by=row.changed_by,
        changed_at=row.changed_at,
        what=What(row.what),
    )
