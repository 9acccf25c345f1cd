"""The tables of milestones and of applications' steps, and what is written to them."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, String, Text, delete, insert, text, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from bot.i18n import later
from bot.milestones.files import Record
from bot.milestones.model import Details, Kind, Milestone, Visibility
from bot.milestones.progress import Progress
from bot.milestones.stages import Outcome, Stage, Step, Steps, reached
from bot.store.database import on_postgres
from bot.store.held import Held, Id, Parent
from bot.store.tables import Table
from bot.store.types import DiscordId, OwnId, UtcDateTime

MEMBER_LOCK = 0x4D696C65 << 32  # "Mile" in ASCII: apart from other advisory locks
REMOVED = text("removed_at IS NOT NULL")


class MilestoneRow(Table):
    """A milestone of one member in one server."""

    __tablename__ = "milestones"
    __held__ = Held(
        title=later("Milestones"),
        about=later("Your goals, applications, interviews and offers in a server."),
        theirs=(Id("member_id"),),
        guild=Id("guild_id"),
        withheld=("name",),
    )

    id: Mapped[int] = mapped_column(OwnId, primary_key=True)
    guild_id: Mapped[int] = mapped_column(DiscordId)
    member_id: Mapped[int] = mapped_column(DiscordId)
    kind: Mapped[str] = mapped_column(String(11))
    title: Mapped[str] = mapped_column(String(100))
    name: Mapped[str] = mapped_column(String(100))
    note: Mapped[str] = mapped_column(Text)
    category: Mapped[str] = mapped_column(String(50))
    visibility: Mapped[str] = mapped_column(String(6))
    due: Mapped[date | None]
    progress: Mapped[int | None]
    progress_of: Mapped[int | None]
    next_step: Mapped[str] = mapped_column(String(200))
    next_on: Mapped[date | None]
    stage: Mapped[str | None] = mapped_column(String(9))
    reached: Mapped[str | None] = mapped_column(String(9))
    stage_since: Mapped[datetime | None] = mapped_column(UtcDateTime)
    outcome: Mapped[str | None] = mapped_column(String(9))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    was_done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    times_done: Mapped[int]
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reminder_id: Mapped[int | None] = mapped_column(OwnId)

    __table_args__ = (
        Index("ix_milestones_member", "member_id", "guild_id"),
        Index(
            "ix_milestones_removed",
            "removed_at",
            sqlite_where=REMOVED,
            postgresql_where=REMOVED,
        ),
        {"sqlite_autoincrement": True},  # an old button must never mean a new milestone
    )


class StepRow(Table):
    """A stage of an application, and when it was noted."""

    __tablename__ = "milestone_steps"
    __held__ = Held(
        title=later("Steps of applications"),
        about=later("When each of your applications came to which stage."),
        parent=Parent("milestone_id", "milestones"),
    )

    milestone_id: Mapped[int] = mapped_column(OwnId, primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    stage: Mapped[str] = mapped_column(String(9))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


async def lock_member(session: AsyncSession, member_id: int) -> None:
    """Let nobody else count or change a member's milestones until the unit of work ends."""
    if on_postgres(session):  # on SQLite a writing unit of work is alone anyway
        lock = text("SELECT pg_advisory_xact_lock(:key)")
        await session.execute(lock, {"key": member_id ^ MEMBER_LOCK})


async def add(
    session: AsyncSession, guild_id: int, member_id: int, record: Record, now: datetime
) -> Milestone:
    """Add a milestone, with the steps of an application."""
    statement = insert(MilestoneRow).values(
        guild_id=guild_id,
        member_id=member_id,
        created_at=now,
        changed_at=now,
        done_at=record.done_at,
        times_done=int(record.done_at is not None),
        outcome=record.outcome and record.outcome.value,
        **columns(record.details),
        **_standing(record.steps),
    )
    row = (await session.scalars(statement.returning(MilestoneRow))).one()
    await _add_steps(session, row.id, record.steps)
    return milestone(row)


async def change(
    session: AsyncSession, milestone_id: int, now: datetime, **values: Any
) -> Milestone:
    """Change columns of a milestone, and return it."""
    statement = update(MilestoneRow).where(MilestoneRow.id == milestone_id)
    rows = await session.scalars(
        statement.values(changed_at=now, **values).returning(MilestoneRow),
        execution_options={"populate_existing": True, "synchronize_session": False},
    )
    return milestone(rows.one())


async def set_steps(
    session: AsyncSession, milestone_id: int, steps: Steps, now: datetime, **values: Any
) -> Milestone:
    """Replace the steps of an application, and change columns of it."""
    await session.execute(delete(StepRow).where(StepRow.milestone_id == milestone_id))
    await _add_steps(session, milestone_id, steps)
    return await change(session, milestone_id, now, **_standing(steps), **values)


def columns(details: Details) -> dict[str, Any]:
    """Return what a member says of a milestone as its columns."""
    progress = details.progress
    return {
        "kind": details.kind.value,
        "title": details.title,
        "name": details.name,
        "note": details.note,
        "category": details.category,
        "visibility": details.visibility.value,
        "due": details.due,
        "progress": progress and progress.value,
        "progress_of": progress and progress.total,
        "next_step": details.next_step,
        "next_on": details.next_on,
    }


def milestone(row: MilestoneRow) -> Milestone:
    """Return the milestone of a row."""
    return Milestone(
        id=row.id,
        guild_id=row.guild_id,
        member_id=row.member_id,
        details=_details(row),
        created_at=row.created_at,
        changed_at=row.changed_at,
        done_at=row.done_at,
        was_done_at=row.was_done_at,
        times_done=row.times_done,
        removed_at=row.removed_at,
        stage=Stage(row.stage) if row.stage else None,
        stage_since=row.stage_since,
        outcome=Outcome(row.outcome) if row.outcome else None,
        reminder_id=row.reminder_id,
    )


def _details(row: MilestoneRow) -> Details:
    progress = None if row.progress is None else Progress(row.progress, row.progress_of)
    return Details(
        title=row.title,
        kind=Kind(row.kind),
        note=row.note,
        due=row.due,
        category=row.category,
        visibility=Visibility(row.visibility),
        progress=progress,
        next_step=row.next_step,
        next_on=row.next_on,
    )


def _standing(steps: Steps) -> dict[str, Any]:
    if not steps:
        return {}
    last = steps[-1]
    return {"stage": last.stage.value, "reached": reached(steps).value, "stage_since": last.at}


async def _add_steps(session: AsyncSession, milestone_id: int, steps: Iterable[Step]) -> None:
    rows = [
        {"milestone_id": milestone_id, "number": number, "stage": step.stage.value, "at": step.at}
        for number, step in enumerate(steps)
    ]
    if rows:
        await session.execute(insert(StepRow), rows)
