"""Finding a member's milestones; everything asks for the server and the member."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, case, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.milestones.model import MAX_TITLE, Kind, Milestone, State, Wanted, Whose
from bot.milestones.stages import Counted, Outcome, Stage, Step, Steps
from bot.milestones.store import MilestoneRow, StepRow, milestone

Row = MilestoneRow
OPEN = Row.done_at.is_(None)
SOONEST = func.coalesce(Row.next_on, Row.due)
IN_ORDER = (Row.done_at.is_not(None), Row.done_at.desc(), SOONEST.is_(None), SOONEST, Row.id)
"""Open ones before done ones; of those the soonest first, of these the latest first."""


def _mine(whose: Whose) -> tuple[ColumnElement[bool], ...]:
    return (Row.guild_id == whose.guild_id, Row.member_id == whose.member_id)


def _kept(whose: Whose) -> tuple[ColumnElement[bool], ...]:
    return (*_mine(whose), Row.removed_at.is_(None))


def _wanted(wanted: Wanted) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.kind is not None:
        conditions.append(Row.kind == wanted.kind.value)
    if wanted.visibility is not None:
        conditions.append(Row.visibility == wanted.visibility.value)
    if wanted.state is not None:
        conditions.append(OPEN if wanted.state is State.OPEN else Row.done_at.is_not(None))
    return conditions


async def by_id(session: AsyncSession, whose: Whose, milestone_id: int) -> Milestone | None:
    """Return one of a member's milestones, a removed one too."""
    mine = select(Row).where(*_mine(whose), Row.id == milestone_id)
    row = await session.scalar(mine)
    return None if row is None else milestone(row)


async def page(
    session: AsyncSession, whose: Whose, wanted: Wanted, start: int, limit: int
) -> tuple[list[Milestone], int]:
    """Return a page of a member's milestones, and how many there are in all."""
    these = (*_kept(whose), *_wanted(wanted))
    total = await session.scalar(select(func.count()).select_from(Row).where(*these))
    rows = select(Row).where(*these).order_by(*IN_ORDER).offset(start).limit(limit)
    return await _all(session, rows), total or 0


async def kept(session: AsyncSession, whose: Whose, wanted: Wanted) -> list[Milestone]:
    """Return all of a member's milestones that are wanted."""
    these = (*_kept(whose), *_wanted(wanted))
    return await _all(session, select(Row).where(*these).order_by(*IN_ORDER))


async def like(
    session: AsyncSession,
    whose: Whose,
    typed: str,
    states: Iterable[State],
    limit: int,
) -> list[Milestone]:
    """Return those whose title has all the words, the same or beginning so first."""
    name = " ".join(typed.split()).casefold()[:MAX_TITLE]
    has_all = [Row.name.contains(word, autoescape=True) for word in name.split()]
    begins = case((Row.name.startswith(name, autoescape=True), 0), else_=1)
    same = case((Row.name == name, 0), else_=1)
    these = (*_mine(whose), *has_all, _in(states))
    found = select(Row).where(*these).order_by(same, begins, *IN_ORDER).limit(limit)
    return await _all(session, found)


async def latest_put_away(session: AsyncSession, whose: Whose) -> Milestone | None:
    """Return what was done or removed last."""
    put_away = _in((State.DONE, State.REMOVED))
    last = func.coalesce(Row.removed_at, Row.done_at).desc()
    these = select(Row).where(*_mine(whose), put_away)
    row = await session.scalar(these.order_by(last, Row.id.desc()).limit(1))
    return None if row is None else milestone(row)


async def counts(session: AsyncSession, whose: Whose) -> tuple[int, int]:
    """Return how many a member has open, and how many open and done."""
    counted = select(func.count(case((OPEN, 1))), func.count()).where(*_kept(whose))
    opened, total = (await session.execute(counted)).one()
    return opened, total


async def steps_of(session: AsyncSession, ids: Sequence[int]) -> dict[int, Steps]:
    """Return the steps of applications, by their ids."""
    found = defaultdict[int, list[Step]](list)
    rows = select(StepRow).where(StepRow.milestone_id.in_(ids)).order_by(StepRow.number)
    for row in await session.scalars(rows):
        found[row.milestone_id].append(Step(Stage(row.stage), row.at))
    return {each: tuple(steps) for each, steps in found.items()}


async def applications(session: AsyncSession, whose: Whose) -> list[Counted]:
    """Return how many applications stand alike."""
    alike = (Row.stage, Row.reached, Row.outcome)
    these = (*_kept(whose), Row.kind == Kind.APPLICATION.value)
    rows = await session.execute(select(*alike, func.count()).where(*these).group_by(*alike))
    return [
        Counted(Stage(stage), Stage(reached), Outcome(outcome) if outcome else None, count)
        for stage, reached, outcome, count in rows
    ]


async def done_by_kind(session: AsyncSession, whose: Whose) -> dict[Kind, int]:
    """Return how many a member has done of each kind."""
    these = (*_kept(whose), Row.done_at.is_not(None))
    rows = await session.execute(select(Row.kind, func.count()).where(*these).group_by(Row.kind))
    return {Kind(kind): count for kind, count in rows}


async def forget_old(session: AsyncSession, removed_before: datetime) -> None:
    """Erase those that were removed before then."""
    old = Row.removed_at < removed_before
    steps = StepRow.milestone_id.in_(select(Row.id).where(old))
    await session.execute(delete(StepRow).where(steps))
    await session.execute(delete(Row).where(old))


async def remove_untouched(
    session: AsyncSession, whose: Whose, added_at: datetime, now: datetime
) -> int:
    """Remove those that were added at that instant and not changed since; return how many."""
    added = (Row.created_at == added_at, Row.changed_at == added_at)
    these = update(Row).where(*_kept(whose), *added)
    removed = await session.scalars(
        these.values(removed_at=now, changed_at=now).returning(Row.id),
        execution_options={"synchronize_session": False},
    )
    return len(removed.all())


def _in(states: Iterable[State]) -> ColumnElement[bool]:
    """Return whether a milestone is in one of the states."""
    state = case(
        (Row.removed_at.is_not(None), State.REMOVED.value),
        (Row.done_at.is_not(None), State.DONE.value),
        else_=State.OPEN.value,
    )
    return state.in_([each.value for each in states])


async def _all(session: AsyncSession, rows: Select[Any]) -> list[Milestone]:
    return [milestone(row) for row in await session.scalars(rows)]
