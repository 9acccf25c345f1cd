"""Keeping what answers were before."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.faq.model import Entry, Version, What
from bot.faq.store import versions
from bot.faq.text import EntryText


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


def columns(text: EntryText) -> dict[str, Any]:
    """Return the columns that hold what a person wrote."""
    return {
        "question": text.question,
        "aliases": "\n".join(text.aliases),
        "answer": text.answer,
        "role": text.role,
        "source": text.source,
    }


def _version(row: Row[Any]) -> Version:
    return Version(
        entry_id=row.entry_id,
        version=row.version,
        text=EntryText(
            row.question, tuple(row.aliases.splitlines()), row.answer, row.role, row.source
        ),
        removed=row.removed,
        changed_by=row.changed_by,
        changed_at=row.changed_at,
        what=What(row.what),
    )
