"""The tables of journeys, their pauses and their tasks."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    Index,
    Select,
    String,
    Text,
    UniqueConstraint,
    delete,
    func,
    insert,
    select,
    text,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from bot.i18n import later
from bot.journeys.journey import Journey
from bot.journeys.model import Item, Pace, Task, TaskState
from bot.store.database import on_postgres
from bot.store.held import Held, Id, Parent
from bot.store.tables import Table
from bot.store.types import DiscordId, OwnId, UtcDateTime
from bot.streaks.model import Pause

MEMBER_LOCK = 0x4A6F7572 << 32  # "Jour" in ASCII: apart from other advisory locks
ACTIVE = text("ended_at IS NULL")


class JourneyRow(Table):
    """A member's journey in a server; the one without an end is under way."""

    __tablename__ = "journeys"
    __held__ = Held(
        title=later("Journeys"),
        about=later("The careers you are or were on your way to, at which pace and since when."),
        theirs=(Id("member_id"),),
        guild=Id("guild_id"),
    )

    id: Mapped[int] = mapped_column(OwnId, primary_key=True)
    guild_id: Mapped[int] = mapped_column(DiscordId)
    member_id: Mapped[int] = mapped_column(DiscordId)
    role: Mapped[str] = mapped_column(String(60))
    role_title: Mapped[str] = mapped_column(String(100))
    outline: Mapped[str] = mapped_column(String(24))
    hours: Mapped[int]
    since: Mapped[date]
    target: Mapped[date | None]
    started_on: Mapped[date]
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (
        Index(
            "uq_journeys_active",
            "guild_id",
            "member_id",
            unique=True,
            sqlite_where=ACTIVE,
            postgresql_where=ACTIVE,
        ),
        Index("ix_journeys_member", "member_id", "guild_id"),
        Index("ix_journeys_career", "guild_id", "role", "member_id"),
        {"sqlite_autoincrement": True},  # an old button must never mean a new journey
    )


class JourneyPauseRow(Table):
    """Local days on which a journey rests, the last one included."""

    __tablename__ = "journey_pauses"
    __held__ = Held(
        title=later("Rests on journeys"),
        about=later("The days on which your journeys rest."),
        parent=Parent("journey_id", "journeys"),
    )

    id: Mapped[int] = mapped_column(OwnId, primary_key=True)
    journey_id: Mapped[int] = mapped_column(OwnId, index=True)
    first: Mapped[date]
    last: Mapped[date | None]


class JourneyTaskRow(Table):
    """A task of a journey, with what the pack last said of it."""

    __tablename__ = "journey_tasks"
    __held__ = Held(
        title=later("Tasks of journeys"),
        about=later("What is to do, what you have done and when, and your notes."),
        parent=Parent("journey_id", "journeys"),
    )

    id: Mapped[int] = mapped_column(OwnId, primary_key=True)
    journey_id: Mapped[int] = mapped_column(OwnId)
    key: Mapped[str] = mapped_column(String(24))
    place: Mapped[int]
    phase: Mapped[int]
    phase_title: Mapped[str] = mapped_column(String(100))
    text: Mapped[str] = mapped_column(Text)
    is_milestone: Mapped[bool]
    effort: Mapped[int]
    state: Mapped[str] = mapped_column(String(7))
    archived: Mapped[bool]
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    done_on: Mapped[date | None]
    first_done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    note: Mapped[str] = mapped_column(Text)

    __table_args__ = (
        UniqueConstraint("journey_id", "key"),
        {"sqlite_autoincrement": True},  # an old button must never mean a new task
    )


async def lock_member(session: AsyncSession, guild_id: int, member_id: int) -> None:
    """Let nobody else change a member's journeys in a server until the unit of work ends."""
    if on_postgres(session):  # on SQLite a writing unit of work is alone anyway
        lock = text("SELECT pg_advisory_xact_lock(:key)")
        await session.execute(lock, {"key": (guild_id ^ member_id) ^ MEMBER_LOCK})


async def active(
    session: AsyncSession, guild_id: int, member_id: int, today: date
) -> tuple[Journey, str] | None:
    """Return a member's journey that is under way, and the print of its outline."""
    mine = (JourneyRow.guild_id == guild_id) & (JourneyRow.member_id == member_id)
    row = await session.scalar(select(JourneyRow).where(mine, JourneyRow.ended_at.is_(None)))
    return None if row is None else (await _journey(session, row, today), row.outline)


async def by_id(session: AsyncSession, journey_id: int, today: date) -> Journey | None:
    """Return a journey, ended or not."""
    row = await session.get(JourneyRow, journey_id, populate_existing=True)
    return None if row is None else await _journey(session, row, today)


async def done_by(session: AsyncSession, guild_id: int, member_id: int) -> tuple[Task, ...]:
    """Return what a member has done on all their journeys in a server, the latest first."""
    mine = (JourneyRow.guild_id == guild_id) & (JourneyRow.member_id == member_id)
    done = JourneyTaskRow.state == TaskState.DONE.value
    rows = await session.scalars(
        select(JourneyTaskRow)
        .join(JourneyRow, JourneyRow.id == JourneyTaskRow.journey_id)
        .where(mine, done)
        .order_by(JourneyTaskRow.done_at.desc(), JourneyTaskRow.id)
    )
    return tuple(map(_task, rows))


def latest(guild_id: int, role: str) -> Select[int]:
    """Return the statement for the ids of members' latest journeys of a career in a server."""
    here = (JourneyRow.guild_id == guild_id) & (JourneyRow.role == role)
    return select(func.max(JourneyRow.id)).where(here).group_by(JourneyRow.member_id)


def finishers(guild_id: int, role: str, phase: str | None) -> Select[int]:
    """Return the statement for who has finished the phase of that title, or all phases."""
    state = JourneyTaskRow.state
    is_one = JourneyTaskRow.archived.is_(False)
    if phase is not None:
        is_one &= JourneyTaskRow.phase_title == phase
    return (
        select(JourneyRow.member_id)
        .join(JourneyTaskRow, JourneyTaskRow.journey_id == JourneyRow.id)
        .where(JourneyRow.id.in_(latest(guild_id, role)), is_one)
        .group_by(JourneyRow.id, JourneyRow.member_id)
        .having(
            func.count().filter(state == TaskState.DONE.value) > 0,
            func.count().filter(state == TaskState.OPEN.value) == 0,
        )
    )


async def add(session: AsyncSession, journey: Journey, outline: str, now: datetime) -> int:
    """Add a journey with its tasks; return its id."""
    values = {
        "guild_id": journey.guild_id,
        "member_id": journey.member_id,
        "role": journey.role,
        "role_title": journey.role_title,
        "outline": outline,
        "started_on": journey.started_on,
        "started_at": now,
        **_pace_columns(journey.pace),
    }
    statement = insert(JourneyRow).values(values).returning(JourneyRow.id)
    journey_id = (await session.execute(statement)).scalar_one()
    await add_tasks(session, journey_id, journey.tasks)
    return journey_id


async def add_tasks(session: AsyncSession, journey_id: int, tasks: Iterable[Task]) -> None:
    """Add tasks to a journey."""
    rows = [{"journey_id": journey_id, **_task_columns(task)} for task in tasks]
    if rows:
        await session.execute(insert(JourneyTaskRow), rows)


async def put_tasks(session: AsyncSession, tasks: Iterable[Task]) -> None:
    """Overwrite tasks."""
    for task in tasks:
        this = JourneyTaskRow.id == task.id
        await session.execute(update(JourneyTaskRow).where(this).values(_task_columns(task)))


async def put_outline(session: AsyncSession, journey_id: int, title: str, outline: str) -> None:
    """Note which outline a journey's tasks fit."""
    await _put(session, journey_id, role_title=title, outline=outline)


async def put_pace(session: AsyncSession, journey_id: int, pace: Pace) -> None:
    """Overwrite what a member has agreed with themselves."""
    await _put(session, journey_id, **_pace_columns(pace))


async def put_end(session: AsyncSession, journey_id: int, ended_at: datetime | None) -> None:
    """End a journey, or let it go on."""
    await _put(session, journey_id, ended_at=ended_at)


async def put_pauses(session: AsyncSession, journey_id: int, pauses: Sequence[Pause]) -> None:
    """Overwrite a journey's pauses."""
    mine = JourneyPauseRow.journey_id == journey_id
    await session.execute(delete(JourneyPauseRow).where(mine))
    rows = [{"journey_id": journey_id, "first": p.first, "last": p.last} for p in pauses]
    if rows:
        await session.execute(insert(JourneyPauseRow), rows)


async def _put(session: AsyncSession, journey_id: int, **values: Any) -> None:
    await session.execute(update(JourneyRow).where(JourneyRow.id == journey_id).values(**values))


async def _journey(session: AsyncSession, row: JourneyRow, today: date) -> Journey:
    tasks = await session.scalars(
        select(JourneyTaskRow)
        .where(JourneyTaskRow.journey_id == row.id)
        .order_by(JourneyTaskRow.archived, JourneyTaskRow.place, JourneyTaskRow.id),
        execution_options={"populate_existing": True},
    )
    pauses = await session.execute(
        select(JourneyPauseRow.first, JourneyPauseRow.last)
        .where(JourneyPauseRow.journey_id == row.id)
        .order_by(JourneyPauseRow.first, JourneyPauseRow.id)
    )
    return Journey(
        id=row.id,
        guild_id=row.guild_id,
        member_id=row.member_id,
        role=row.role,
        role_title=row.role_title,
        started_on=row.started_on,
        pace=Pace(row.hours, row.since, row.target),
        tasks=tuple(map(_task, tasks)),
        today=today,
        pauses=tuple(Pause(first, last) for first, last in pauses),
        ended_at=row.ended_at,
    )


def _task(row: JourneyTaskRow) -> Task:
    item = Item(row.key, row.phase, row.phase_title, row.text, row.is_milestone, row.effort)
    return Task(
        id=row.id,
        place=row.place,
        item=item,
        state=TaskState(row.state),
        archived=row.archived,
        done_at=row.done_at,
        done_on=row.done_on,
        first_done_at=row.first_done_at,
        note=row.note,
    )


def _task_columns(task: Task) -> dict[str, Any]:
    item = task.item
    return {
        "key": item.key,
        "place": task.place,
        "phase": item.phase,
        "phase_title": item.phase_title,
        "text": item.text,
        "is_milestone": item.is_milestone,
        "effort": item.effort,
        "state": task.state.value,
        "archived": task.archived,
        "done_at": task.done_at,
        "done_on": task.done_on,
        "first_done_at": task.first_done_at,
        "note": task.note,
    }


def _pace_columns(pace: Pace) -> dict[str, Any]:
    return {"hours": pace.hours, "since": pace.since, "target": pace.target}
