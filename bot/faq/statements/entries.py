"""Reading and writing answers, with their names and versions."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    and_,
    bindparam,
    case,
    delete,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession

from bot.faq.model import Entry, What
from bot.faq.statements import versions
from bot.faq.statements.revisions import revise
from bot.faq.store import entries, misses, names, tallies
from bot.faq.text import EntryText, name_key
from bot.store.slices import in_slices, sliced

AT_ONCE = 1000
"""Ids in one statement; SQLite takes 32,766 values."""

COUNTS = (tallies.c.asked, tallies.c.helpful, tallies.c.unhelpful, tallies.c.last_asked)


async def all_of(session: AsyncSession, guild_id: int) -> tuple[Entry, ...]:
    """Return a server's answers, in the order they were made."""
    there = (entries.c.guild_id == guild_id) & entries.c.removed.is_(False)
    rows = in_slices(session, _read(there).order_by(entries.c.id))
    return tuple([_entry(row) async for row in rows])


async def by_id(session: AsyncSession, guild_id: int, entry_id: int) -> Entry | None:
    """Return one answer of a server, though it may be removed."""
    this = (entries.c.guild_id == guild_id) & (entries.c.id == entry_id)
    row = (await session.execute(_read(this))).one_or_none()
    return None if row is None else _entry(row)


async def named(session: AsyncSession, guild_id: int, name: str) -> Entry | None:
    """Return the answer of a server that goes by this name."""
    this = (names.c.guild_id == guild_id) & (names.c.name == name_key(name))
    entry_id = await session.scalar(select(names.c.entry_id).where(this))
    return None if entry_id is None else await by_id(session, guild_id, entry_id)


async def like(
    session: AsyncSession, guild_id: int, typed: str, limit: int, offset: int = 0
) -> list[Entry]:
    """Return answers with a name that has all the words typed; what begins so comes first."""
    begins = case((names.c.name.startswith(name_key(typed), autoescape=True), 0), else_=1)
    found = select(names.c.entry_id).where(_has_words(guild_id, typed))
    ranked = found.group_by(names.c.entry_id).order_by(func.min(begins), func.min(names.c.name))
    ids = (await session.scalars(ranked.limit(limit).offset(offset))).all()
    by_ids = {each.id: each for each in map(_entry, await _with_ids(session, ids))}
    return [by_ids[entry_id] for entry_id in ids]


async def count_like(session: AsyncSession, guild_id: int, typed: str) -> int:
    """Return how many answers have a name that has all the words typed."""
    different = func.count(names.c.entry_id.distinct())
    return await session.scalar(select(different).where(_has_words(guild_id, typed))) or 0


async def count_of(session: AsyncSession, guild_id: int) -> int:
    """Return how many answers a server has."""
    there = (entries.c.guild_id == guild_id) & entries.c.removed.is_(False)
    return await session.scalar(select(func.count()).select_from(entries).where(there)) or 0


async def owner_of_name(
    session: AsyncSession, guild_id: int, text: EntryText, except_id: int
) -> tuple[str, str] | None:
    """Return a name in the text that another answer has, and that answer's question."""
    taken = names.c.name.in_(text.keys) & (names.c.entry_id != except_id)
    statement = (
        select(names.c.name, entries.c.question)
        .join(entries, entries.c.id == names.c.entry_id)
        .where(names.c.guild_id == guild_id, taken)
    )
    row = (await session.execute(statement.limit(1))).one_or_none()
    if row is None:
        return None
    written = dict(zip(text.keys, (text.question, *text.aliases), strict=True))
    return written[row.name], row.question


async def add_all(
    session: AsyncSession,
    guild_id: int,
    texts: Sequence[EntryText],
    what: What,
    *,
    by: int | None,
    now: datetime,
) -> list[Entry]:
    """Add answers, whose names must be free."""
    if not texts:
        return []
    common = {"guild_id": guild_id, "version": 1, "changed_by": by, "changed_at": now}
    new = insert(entries).returning(entries.c.id, entries.c.question)
    connection = await session.connection()
    added: list[Entry] = []
    for some in sliced(texts):
        rows = [versions.columns(text) | common | {"removed": False} for text in some]
        ids = {question: number for number, question in await connection.execute(new, rows)}
        added += [_new(ids[text.question], guild_id, text, by, now) for text in some]
    await _record(session, guild_id, added, what)
    return added


async def put_all(
    session: AsyncSession, guild_id: int, changed: Sequence[Entry], what: What
) -> None:
    """Write the next versions of a server's answers, whose names must be free."""
    if not changed:
        return
    connection = await session.connection()
    for ids in chunks([entry.id for entry in changed]):
        await session.execute(delete(names).where(names.c.entry_id.in_(ids)))
    this = update(entries).where(entries.c.id == bindparam("row"))
    for some in sliced(changed):
        await connection.execute(this, [{"row": entry.id, **_state(entry)} for entry in some])
    await _record(session, guild_id, changed, what)


def chunks(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    """Return the ids in parts that fit into one statement."""
    return (ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE))


async def _record(
    session: AsyncSession, guild_id: int, written: Sequence[Entry], what: What
) -> None:
    """Keep names and versions of what was written, and forget the questions that it answers."""
    found_by = [*_names(written)]
    connection = await session.connection()
    for some in sliced(found_by):
        await connection.execute(insert(names), [*some])
    for each in sliced(written):
        await versions.insert_all(session, each, what)
    answered = misses.c.key.in_(select(names.c.name).where(names.c.guild_id == guild_id))
    await session.execute(delete(misses).where(misses.c.guild_id == guild_id, answered))
    await revise(session, guild_id)


def _names(written: Iterable[Entry]) -> Iterator[dict[str, Any]]:
    return (
        {"guild_id": entry.guild_id, "name": key, "entry_id": entry.id}
        for entry in written
        if not entry.removed
        for key in entry.text.keys
    )


def _state(entry: Entry) -> Mapping[str, Any]:
    """Return the columns that a change writes."""
    return versions.columns(entry.text) | {
        "version": entry.version,
        "changed_by": entry.changed_by,
        "changed_at": entry.changed_at,
        "removed": entry.removed,
    }


def _has_words(guild_id: int, typed: str) -> ColumnElement[bool]:
    words = name_key(typed).split()
    has_all = [names.c.name.contains(word, autoescape=True) for word in words]
    return and_(names.c.guild_id == guild_id, *has_all)


async def _with_ids(session: AsyncSession, ids: Sequence[int]) -> Iterable[Row[Any]]:
    return await session.execute(_read(entries.c.id.in_(ids)))


def _read(which: ColumnElement[bool]) -> Select[Any]:
    counted = tallies.c.entry_id == entries.c.id
    return select(*entries.c, *COUNTS).outerjoin(tallies, counted).where(which)


def _new(entry_id: int, guild_id: int, text: EntryText, by: int | None, now: datetime) -> Entry:
    return Entry(
        id=entry_id,
        guild_id=guild_id,
        question=text.question,
        aliases=text.aliases,
        answer=text.answer,
        role=text.role,
        source=text.source,
        version=1,
        changed_by=by,
        changed_at=now,
    )


def _entry(row: Row[Any]) -> Entry:
    return Entry(
        id=row.id,
        guild_id=row.guild_id,
        question=row.question,
        aliases=tuple(row.aliases.splitlines()),
        answer=row.answer,
        role=row.role,
        source=row.source,
        version=row.version,
        changed_by=row.changed_by,
        changed_at=row.changed_at,
        removed=row.removed,
        asked=row.asked or 0,
        helpful=row.helpful or 0,
        unhelpful=row.unhelpful or 0,
        last_asked=row.last_asked,
    )
