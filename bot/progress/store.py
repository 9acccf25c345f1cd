"""Counting members' journeys in the database: no row of a member ever leaves it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Integer,
    Select,
    Subquery,
    and_,
    case,
    cast,
    exists,
    func,
    or_,
    select,
)
from sqlalchemy.ext.asyncio import AsyncSession

from bot.journeys.model import TaskState
from bot.journeys.store import JourneyPauseRow, JourneyRow, JourneyTaskRow
from bot.privacy.store import MembershipRow
from bot.store.database import on_postgres


@dataclass(frozen=True)
class Wanted:
    """Whose journeys are counted, and since when something must have been done on them."""

    guild_id: int
    now: datetime
    active_since: datetime
    role: str | None = None
    """The career's slug; None for all."""


@dataclass(frozen=True)
class AtPhase:
    """How many members of a career have the same phase before them."""

    role: str
    title: str
    at: int | None
    """The first phase in which something is open; None for those past all."""

    has_dropped: bool
    members: int


@dataclass(frozen=True)
class Took:
    """How many members of a career took so many days for a phase."""

    role: str
    phase: int
    days: int
    members: int


async def stages(session: AsyncSession, wanted: Wanted) -> list[AtPhase]:
    """Count members by career, present phase and whether they dropped off."""
    each = _journeys(_phases(wanted))
    at = each.c.at
    is_over = at.is_(None)
    silent = each.c.last_at < wanted.active_since
    dropped = and_(~is_over, or_(each.c.ended_at.is_not(None), silent & ~_rests(each.c.id, wanted)))
    named = case((dropped, 1), else_=0).label("dropped")
    counted = select(
        each.c.role, func.max(each.c.title).label("title"), at, named, func.count().label("members")
    )
    rows = await session.execute(counted.group_by(each.c.role, at, named))
    return [AtPhase(row[0], row[1], row[2], bool(row[3]), row[4]) for row in rows]


async def days(session: AsyncSession, wanted: Wanted) -> list[Took]:
    """Count members by career, phase, and how many days they took for it.

    A phase begins when those before it were done, the first one with the journey. What was done
    before the journey began isn't counted.
    """
    phases = _phases(wanted)
    before = func.max(phases.c.last_on).over(
        partition_by=phases.c.id, order_by=phases.c.phase, rows=(None, -1)
    )
    begun = select(phases, before.label("before")).subquery()
    start = case((begun.c.before > begun.c.started_on, begun.c.before), else_=begun.c.started_on)
    took = _days_between(session, begun.c.last_on, start)
    named = case((took < 0, 0), else_=took).label("days")
    finished = and_(begun.c.open == 0, begun.c.done > 0, begun.c.last_on >= begun.c.started_on)
    counted = select(begun.c.role, begun.c.phase, named, func.count().label("members"))
    grouped = counted.where(finished).group_by(begun.c.role, begun.c.phase, named)
    return [Took(*row) for row in await session.execute(grouped)]


async def titles(session: AsyncSession, guild_id: int, role: str) -> Sequence[str]:
    """Return the titles of a career's phases as its journeys have them, in order."""
    here = (JourneyRow.guild_id == guild_id) & (JourneyRow.role == role)
    rows = await session.scalars(
        select(func.max(JourneyTaskRow.phase_title))
        .join(JourneyRow, JourneyRow.id == JourneyTaskRow.journey_id)
        .where(here, JourneyTaskRow.archived.is_(False))
        .group_by(JourneyTaskRow.phase)
        .order_by(JourneyTaskRow.phase)
    )
    return rows.all()


def _latest(wanted: Wanted) -> Select[int]:
    """Return the latest journey of each member in each career, of those who are in the server."""
    here = JourneyRow.guild_id == wanted.guild_id
    if wanted.role is not None:
        here &= JourneyRow.role == wanted.role
    away = exists().where(
        MembershipRow.guild_id == JourneyRow.guild_id,
        MembershipRow.member_id == JourneyRow.member_id,
        MembershipRow.left_at.is_not(None),
    )
    latest = select(func.max(JourneyRow.id)).where(here, ~away)
    return latest.group_by(JourneyRow.role, JourneyRow.member_id)


def _phases(wanted: Wanted) -> CTE:
    """Return each journey's phases, with how much is open and done of them."""
    state = JourneyTaskRow.state
    return (
        select(
            JourneyRow.id,
            JourneyRow.role,
            JourneyRow.role_title,
            JourneyRow.started_on,
            JourneyRow.started_at,
            JourneyRow.ended_at,
            JourneyTaskRow.phase,
            func.count().filter(state == TaskState.OPEN.value).label("open"),
            func.count().filter(state == TaskState.DONE.value).label("done"),
            func.max(JourneyTaskRow.done_on).label("last_on"),
            func.max(JourneyTaskRow.done_at).label("last_at"),
        )
        .join(JourneyTaskRow, JourneyTaskRow.journey_id == JourneyRow.id)
        .where(JourneyRow.id.in_(_latest(wanted)), JourneyTaskRow.archived.is_(False))
        .group_by(JourneyRow.id, JourneyTaskRow.phase)
        .cte("phases")
    )


def _journeys(phases: CTE) -> Subquery:
    """Return each journey with its first phase in which something is open.

    Where all was skipped, that is the first phase.
    """
    first_open = func.min(phases.c.phase).filter(phases.c.open > 0)
    nothing = case((func.sum(phases.c.done) == 0, 0))
    last = func.max(phases.c.last_at)
    begun = func.max(phases.c.started_at)
    each = select(
        phases.c.id,
        phases.c.role,
        func.max(phases.c.role_title).label("title"),
        func.max(phases.c.ended_at).label("ended_at"),
        func.coalesce(first_open, nothing).label("at"),
        case((last > begun, last), else_=begun).label("last_at"),
    )
    return each.group_by(phases.c.id, phases.c.role).subquery()


def _rests(journey_id: ColumnElement[int], wanted: Wanted) -> ColumnElement[bool]:
    today = wanted.now.date()
    return exists().where(
        JourneyPauseRow.journey_id == journey_id,
        JourneyPauseRow.first <= today,
        or_(JourneyPauseRow.last.is_(None), JourneyPauseRow.last >= today),
    )


def _days_between(
    session: AsyncSession, later: ColumnElement[Any], earlier: ColumnElement[Any]
) -> ColumnElement[int]:
    if on_postgres(session):
        return cast(later - earlier, Integer)
    return cast(func.julianday(later) - func.julianday(earlier), Integer)
