"""Finding what managers may want to mend."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.faq.model import Gap, GapKind
from bot.faq.store import entries, misses, tallies

VOTES_TO_TELL = 3
"""Votes from which on an answer can count as unhelpful."""

STALE_AFTER = timedelta(days=180)

STILL_ASKED = timedelta(days=90)
"""How lately a stale answer must have been asked for."""

TEXT = func.coalesce(entries.c.question, tallies.c.title)


async def of_guild(
    session: AsyncSession, guild_id: int, kind: GapKind, limit: int, now: datetime
) -> list[Gap]:
    """Return a server's rows of a kind, what matters most first."""
    rows = await session.execute(QUERIES[kind](guild_id, now).limit(limit))
    return [_gap(kind, row) for row in rows]


def _unanswered(guild_id: int, _now: datetime) -> Select[Any]:
    order = (misses.c.count.desc(), misses.c.last_at.desc(), misses.c.key)
    columns = _named(misses.c.sample, misses.c.count, misses.c.last_at)
    return select(*columns).where(misses.c.guild_id == guild_id).order_by(*order)


def _most_asked(guild_id: int, _now: datetime) -> Select[Any]:
    order = (tallies.c.asked.desc(), tallies.c.last_asked.desc(), tallies.c.answer_key)
    given = _tallied(guild_id, tallies.c.asked, tallies.c.last_asked)
    return given.where(tallies.c.asked > 0).order_by(*order)


def _unhelpful(guild_id: int, _now: datetime) -> Select[Any]:
    enough = tallies.c.helpful + tallies.c.unhelpful >= VOTES_TO_TELL
    mostly = tallies.c.helpful < tallies.c.unhelpful
    voted = _tallied(guild_id, tallies.c.unhelpful, tallies.c.last_asked)
    return voted.where(enough, mostly).order_by(tallies.c.unhelpful.desc(), tallies.c.answer_key)


def _stale(guild_id: int, now: datetime) -> Select[Any]:
    unchanged = entries.c.changed_at <= now - STALE_AFTER
    wanted = tallies.c.last_asked >= now - STILL_ASKED
    asked = _tallied(guild_id, tallies.c.asked, entries.c.changed_at)
    return asked.where(unchanged, wanted).order_by(entries.c.changed_at, entries.c.id)


QUERIES: Mapping[GapKind, Callable[[int, datetime], Select[Any]]] = {
    GapKind.UNANSWERED: _unanswered,
    GapKind.UNHELPFUL: _unhelpful,
    GapKind.STALE: _stale,
    GapKind.MOST_ASKED: _most_asked,
}


def _tallied(guild_id: int, count: ColumnElement[int], last: ColumnElement[Any]) -> Select[Any]:
    """Return the query for answers with a tally, without those that were removed."""
    there = or_(tallies.c.entry_id.is_(None), entries.c.removed.is_(False))
    return (
        select(*_named(TEXT, count, last), tallies.c.entry_id)
        .outerjoin(entries, entries.c.id == tallies.c.entry_id)
        .where(tallies.c.guild_id == guild_id, there)
    )


def _named(
    text: ColumnElement[str], count: ColumnElement[int], last: ColumnElement[Any]
) -> tuple[ColumnElement[Any], ...]:
    return (text.label("text"), count.label("times"), last.label("last"))


def _gap(kind: GapKind, row: Row[Any]) -> Gap:
    entry_id = None if kind is GapKind.UNANSWERED else row.entry_id
    return Gap(kind, row.text, row.times, row.last, entry_id)
