"""The queue's tables, and the statements that write them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from types import SimpleNamespace
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy import Index, String, Text, bindparam, select, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from bot.delivery.model import (
    Delivery,
    Reason,
    Schedule,
    ScheduleState,
    State,
    Target,
    TargetKind,
)
from bot.i18n import later
from bot.store.database import on_postgres
from bot.store.held import Held, Id, Named
from bot.store.tables import Table
from bot.store.types import DiscordId, OwnId, UtcDateTime
from bot.when.recurrence import Recurrence

UNSETTLED = text("next_try IS NOT NULL")
BY_SOMEBODY = text("configured_by IS NOT NULL")


OF_MEMBERS = Held(
    title=later("Planned messages"),
    about=later("What I was to send you, and when. What it says is in the other files."),
    theirs=(Id("target_id", {"target_kind": ("user",)}),),
    named=(Named("configured_by"),),
    guild=Id("guild_id"),
    withheld=("dedupe_key", "lease_owner", "nonce"),
)


class DeliveryRow(Table):
    """One thing to be posted once."""

    __tablename__ = "deliveries"
    __held__ = OF_MEMBERS

    id: Mapped[int] = mapped_column(OwnId, primary_key=True)
    kind: Mapped[str] = mapped_column(String(32))
    subject_id: Mapped[int] = mapped_column(DiscordId)
    schedule_id: Mapped[int | None] = mapped_column(OwnId)
    schedule_version: Mapped[int | None]
    guild_id: Mapped[int | None] = mapped_column(DiscordId)
    configured_by: Mapped[int | None] = mapped_column(DiscordId)
    target_kind: Mapped[str] = mapped_column(String(8))
    target_id: Mapped[int] = mapped_column(DiscordId)
    urgency: Mapped[int]
    dedupe_key: Mapped[str] = mapped_column(String(160), unique=True)
    due: Mapped[datetime] = mapped_column(UtcDateTime)
    expires: Mapped[datetime] = mapped_column(UtcDateTime)
    state: Mapped[str] = mapped_column(String(10))
    next_try: Mapped[datetime | None] = mapped_column(UtcDateTime)
    lease_owner: Mapped[str | None] = mapped_column(String(32))
    attempts: Mapped[int] = mapped_column(default=0)
    tried_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    nonce: Mapped[str] = mapped_column(String(25))
    fallbacks: Mapped[int] = mapped_column(default=0)
    message_id: Mapped[int | None] = mapped_column(DiscordId)
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reason: Mapped[str | None] = mapped_column(String(32))

    __table_args__ = (
        Index(
            "ix_deliveries_wanting",
            "urgency",
            "next_try",
            sqlite_where=UNSETTLED,
            postgresql_where=UNSETTLED,
        ),
        Index(
            "ix_deliveries_order",
            "target_id",
            "urgency",
            "due",
            sqlite_where=UNSETTLED,
            postgresql_where=UNSETTLED,
        ),
        Index("ix_deliveries_schedule", "schedule_id", "due"),
        Index("ix_deliveries_subject", "kind", "subject_id", "due"),
        Index("ix_deliveries_guild", "guild_id", "state", "due"),
        Index("ix_deliveries_target_id", "target_id"),
        Index(
            "ix_deliveries_configured_by",
            "configured_by",
            sqlite_where=BY_SOMEBODY,
            postgresql_where=BY_SOMEBODY,
        ),
    )


class ScheduleRow(Table):
    """What repeats."""

    __tablename__ = "schedules"
    __held__ = replace(OF_MEMBERS, withheld=())

    id: Mapped[int] = mapped_column(OwnId, primary_key=True)
    kind: Mapped[str] = mapped_column(String(32))
    subject_id: Mapped[int] = mapped_column(DiscordId)
    guild_id: Mapped[int | None] = mapped_column(DiscordId)
    configured_by: Mapped[int | None] = mapped_column(DiscordId)
    target_kind: Mapped[str] = mapped_column(String(8))
    target_id: Mapped[int] = mapped_column(DiscordId)
    rule: Mapped[str] = mapped_column(String(200))
    start: Mapped[str] = mapped_column(String(32))
    zone: Mapped[str] = mapped_column(String(64))
    skipped: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[str] = mapped_column(String(10))
    version: Mapped[int] = mapped_column(default=1)
    failures: Mapped[int] = mapped_column(default=0)
    reason: Mapped[str | None] = mapped_column(String(32))
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When a feature ended it; it may be resumed for a while."""

    __table_args__ = (
        Index("ix_schedules_guild", "guild_id", "state"),
        Index("ix_schedules_subject", "kind", "subject_id"),
        Index("ix_schedules_target_id", "target_id"),
        Index(
            "ix_schedules_configured_by",
            "configured_by",
            sqlite_where=BY_SOMEBODY,
            postgresql_where=BY_SOMEBODY,
        ),
        {"sqlite_autoincrement": True},  # a feature's old id must never mean another's schedule
    )


class PauseRow(Table):
    """A server in which nothing is posted until then."""

    __tablename__ = "delivery_pauses"
    __held__ = Held(
        title=later("Pauses of a server"),
        about=later("The server in which you paused what I post."),
        named=(Named("paused_by", exported=("guild_id", "until")),),
        guild=Id("guild_id"),
    )

    guild_id: Mapped[int] = mapped_column(DiscordId, primary_key=True, autoincrement=False)
    until: Mapped[datetime] = mapped_column(UtcDateTime)
    paused_by: Mapped[int | None] = mapped_column(DiscordId)


deliveries = cast("sa.Table", DeliveryRow.__table__)
schedules = cast("sa.Table", ScheduleRow.__table__)
paused = cast("sa.Table", PauseRow.__table__)

INSERT, INSERT_ON_POSTGRES = (
    insert(deliveries)
    .on_conflict_do_nothing(index_elements=["dedupe_key"])
    .returning(deliveries.c.id, deliveries.c.dedupe_key)
    for insert in (sqlite.insert, postgresql.insert)
)

SCHEDULES = select(schedules).where(schedules.c.id.in_(bindparam("ids", expanding=True)))
SCHEDULES_LOCKED = SCHEDULES.order_by(schedules.c.id).with_for_update()

STILL_LEASED = (
    select(deliveries.c.id)
    .where(
        deliveries.c.id.in_(bindparam("ids", expanding=True)),
        deliveries.c.lease_owner == bindparam("owner"),
    )
    .order_by(deliveries.c.id)
    .with_for_update()
)

BLANK: Mapping[str, Any] = {
    "tried_at": None,
    "message_id": None,
    "settled_at": None,
    "reason": None,
}
"""What a new row has not been given yet."""


async def insert_deliveries(
    session: AsyncSession, rows: Sequence[Mapping[str, Any]]
) -> list[Delivery]:
    """Insert deliveries but those whose intent is planned already; return the new ones."""
    if not rows:
        return []
    new = INSERT_ON_POSTGRES if on_postgres(session) else INSERT
    connection = await session.connection()
    ids = {key: number for number, key in await connection.execute(new, [*map(dict, rows)])}
    inserted = {row["dedupe_key"]: row for row in reversed(rows) if row["dedupe_key"] in ids}
    return [
        to_delivery(SimpleNamespace(**BLANK, **row, id=ids[key]))
        for key, row in sorted(inserted.items(), key=lambda item: ids[item[0]])
    ]


async def still_leased(session: AsyncSession, owner: str, ids: Sequence[int]) -> set[int]:
    """Return which of the rows `owner` still leases, locked until the unit of work ends."""
    return {*await session.scalars(STILL_LEASED, {"ids": ids, "owner": owner})}


async def update_leased(session: AsyncSession, changes: Sequence[Mapping[str, Any]]) -> None:
    """Write changes of rows that are leased, each with its `id`."""
    groups: dict[frozenset[str], list[dict[str, Any]]] = {}
    for change in changes:
        values = {("row" if name == "id" else name): value for name, value in change.items()}
        groups.setdefault(frozenset(values), []).append(values)
    connection = await session.connection()
    for columns, values in groups.items():
        await connection.execute(_update_of(columns), values)


@cache
def _update_of(columns: frozenset[str]) -> sa.Update:
    """Return the statement that writes these columns of the row `row`."""
    this = deliveries.c.id == bindparam("row")
    written: dict[str, Any] = {name: bindparam(name) for name in columns - {"row"}}
    return deliveries.update().where(this).values(written)


async def schedules_by_id(session: AsyncSession, ids: Sequence[int]) -> dict[int, Schedule]:
    """Return the schedules of these ids, locked until the unit of work ends."""
    if not ids:
        return {}
    rows = await session.execute(SCHEDULES_LOCKED, {"ids": ids})
    return {row.id: to_schedule(row) for row in rows}


async def insert_schedule(session: AsyncSession, values: Mapping[str, Any]) -> Schedule:
    """Insert a schedule."""
    statement = schedules.insert().values(version=1, failures=0, **values)
    return to_schedule((await session.execute(statement.returning(*schedules.c))).one())


async def update_schedule(
    session: AsyncSession, schedule_id: int, values: Mapping[str, Any]
) -> None:
    """Change columns of a schedule."""
    await session.execute(schedules.update().where(schedules.c.id == schedule_id).values(**values))


async def delivery_by_id(session: AsyncSession, delivery_id: int) -> Delivery | None:
    """Return one delivery."""
    statement = select(deliveries).where(deliveries.c.id == delivery_id)
    row = (await session.execute(statement)).one_or_none()
    return None if row is None else to_delivery(row)


async def update_delivery(
    session: AsyncSession, delivery_id: int, values: Mapping[str, Any]
) -> None:
    """Change columns of a delivery."""
    await session.execute(
        deliveries.update().where(deliveries.c.id == delivery_id).values(**values)
    )


async def pauses(
    session: AsyncSession, guild_ids: Sequence[int], now: datetime
) -> dict[int, datetime]:
    """Return until when each of these servers is paused."""
    if not guild_ids:
        return {}
    columns = paused.c
    now_paused = columns.guild_id.in_(guild_ids) & (columns.until > now)
    rows = await session.execute(select(columns.guild_id, columns.until).where(now_paused))
    return {row.guild_id: row.until for row in rows}


async def last_due(session: AsyncSession, schedule_id: int) -> datetime | None:
    """Return when the newest occurrence of a schedule was due that was not cancelled."""
    kept = (deliveries.c.schedule_id == schedule_id) & (deliveries.c.state != State.CANCELLED.value)
    return await session.scalar(select(sa.func.max(deliveries.c.due)).where(kept))


async def cancel(session: AsyncSession, delivery_id: int, now: datetime) -> Delivery | None:
    """Cancel an unsettled delivery and return it; None if it is settled already."""
    cancelled = await _cancel(session, deliveries.c.id == delivery_id, now)
    return cancelled[0] if cancelled else None


async def cancel_pending(session: AsyncSession, schedule_id: int, now: datetime) -> list[Delivery]:
    """Cancel what a schedule has pending."""
    return await _cancel(session, deliveries.c.schedule_id == schedule_id, now)


async def cancel_subject(
    session: AsyncSession, kind: str, subject_id: int, now: datetime, *, alone_only: bool
) -> list[Delivery]:
    """Cancel what is pending about a thing of a feature; of `alone_only`, no schedule's rows."""
    about = (deliveries.c.kind == kind) & (deliveries.c.subject_id == subject_id)
    if alone_only:
        about &= deliveries.c.schedule_id.is_(None)
    return await _cancel(session, about, now)


async def _cancel(
    session: AsyncSession, which: sa.ColumnElement[bool], now: datetime
) -> list[Delivery]:
    """Cancel unsettled rows. Their intent may be planned again, so they give up its key.

    A row keeps it whose message may exist: planned again, it could be posted twice.
    """
    freed = deliveries.c.dedupe_key + sa.literal("#") + sa.cast(deliveries.c.id, String)
    key = sa.case((deliveries.c.tried_at.is_(None), freed), else_=deliveries.c.dedupe_key)
    cancelled = {
        "state": State.CANCELLED.value,
        "reason": Reason.CANCELLED.value,
        "dedupe_key": key,
        "settled_at": now,
        "next_try": None,
        "lease_owner": None,
    }
    statement = deliveries.update().where(which, deliveries.c.next_try.is_not(None))
    rows = await session.execute(statement.values(cancelled).returning(*deliveries.c))
    return [to_delivery(row) for row in rows]


def recurrence_columns(recurrence: Recurrence) -> dict[str, str]:
    """Return a recurrence as columns of a schedule."""
    return {
        "rule": recurrence.rule,
        "start": recurrence.start.isoformat(),
        "zone": recurrence.zone,
        "skipped": " ".join(sorted(day.isoformat() for day in recurrence.skipped)),
    }


def target_columns(target: Target) -> dict[str, Any]:
    """Return a target as columns of either table."""
    return {"target_kind": target.kind.value, "target_id": target.id}


def to_delivery(row: Any) -> Delivery:
    """Return a row as its dataclass."""
    return Delivery(
        id=row.id,
        kind=row.kind,
        subject_id=row.subject_id,
        schedule_id=row.schedule_id,
        schedule_version=row.schedule_version,
        guild_id=row.guild_id,
        configured_by=row.configured_by,
        target=Target(TargetKind(row.target_kind), row.target_id),
        urgency=row.urgency,
        dedupe_key=row.dedupe_key,
        due=row.due,
        expires=row.expires,
        state=State(row.state),
        next_try=row.next_try,
        attempts=row.attempts,
        tried_at=row.tried_at,
        nonce=row.nonce,
        fallbacks=row.fallbacks,
        message_id=row.message_id,
        settled_at=row.settled_at,
        reason=row.reason,
    )


def to_schedule(row: Any) -> Schedule:
    """Return a row as its dataclass."""
    recurrence = Recurrence(
        row.rule,
        datetime.fromisoformat(row.start),
        row.zone,
        frozenset(map(date.fromisoformat, row.skipped.split())),
    )
    return Schedule(
        id=row.id,
        kind=row.kind,
        subject_id=row.subject_id,
        guild_id=row.guild_id,
        configured_by=row.configured_by,
        target=Target(TargetKind(row.target_kind), row.target_id),
        recurrence=recurrence,
        state=ScheduleState(row.state),
        version=row.version,
        failures=row.failures,
        reason=row.reason,
    )
