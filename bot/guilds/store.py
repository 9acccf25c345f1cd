"""The table of notices."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Index, String, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from bot.delivery.model import Target, TargetKind
from bot.guilds.model import Notice, Trouble
from bot.i18n import later
from bot.store.database import on_postgres
from bot.store.held import Held, Id, Named
from bot.store.tables import Table
from bot.store.types import DiscordId, OwnId, UtcDateTime


class NoticeRow(Table):
    """A trouble, open until it is over; `open_key` is empty then."""

    __tablename__ = "notices"
    __held__ = Held(
        title=later("Notices"),
        about=later("What you were told, or were to be told, as it couldn't be delivered."),
        theirs=(Id("member_id"), Id("target_id", {"target_kind": ("user",)})),
        named=(
            Named("configured_by"),
            Named("told_id", {"told_kind": ("user",)}, emptied_too=("told_kind",)),
        ),
        guild=Id("guild_id"),
        withheld=("open_key",),
        queued=("notice", "recovery"),
    )

    id: Mapped[int] = mapped_column(OwnId, primary_key=True)
    open_key: Mapped[str | None] = mapped_column(String(80), unique=True)
    guild_id: Mapped[int | None] = mapped_column(DiscordId)
    member_id: Mapped[int | None] = mapped_column(DiscordId)
    configured_by: Mapped[int | None] = mapped_column(DiscordId, index=True)
    target_kind: Mapped[str] = mapped_column(String(8))
    target_id: Mapped[int] = mapped_column(DiscordId, index=True)
    kind: Mapped[str] = mapped_column(String(32))
    reason: Mapped[str] = mapped_column(String(32))
    subject_id: Mapped[int | None] = mapped_column(OwnId)
    failures: Mapped[int] = mapped_column(default=1)
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    told_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    told_kind: Mapped[str | None] = mapped_column(String(8))
    told_id: Mapped[int | None] = mapped_column(DiscordId, index=True)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (
        Index("ix_notices_member", "member_id", "told_at"),
        Index("ix_notices_guild", "guild_id", "told_at"),
    )


async def open_notice(session: AsyncSession, trouble: Trouble, now: datetime) -> Notice:
    """Open a notice, or count one more failure of the one that is open."""
    insert = postgresql.insert if on_postgres(session) else sqlite.insert
    statement = insert(NoticeRow).values(
        open_key=trouble.key,
        guild_id=trouble.guild_id,
        member_id=trouble.member_id,
        configured_by=trouble.configured_by,
        target_kind=trouble.target.kind.value,
        target_id=trouble.target.id,
        kind=trouble.kind,
        reason=trouble.reason,
        subject_id=trouble.subject_id,
        failures=1,
        opened_at=now,
    )
    counted = {"failures": NoticeRow.failures + 1, "reason": trouble.reason}
    rows = await session.scalars(
        statement.on_conflict_do_update(index_elements=["open_key"], set_=counted).returning(
            NoticeRow
        ),
        execution_options={"populate_existing": True},
    )
    return _notice(rows.one())


async def by_id(session: AsyncSession, notice_id: int) -> Notice | None:
    """Return one notice."""
    row = await session.get(NoticeRow, notice_id)
    return None if row is None else _notice(row)


async def open_under(session: AsyncSession, keys: Sequence[str]) -> list[Notice]:
    """Return the open notices about these."""
    rows = await session.scalars(select(NoticeRow).where(NoticeRow.open_key.in_(keys)))
    return [_notice(row) for row in rows]


async def untold(
    session: AsyncSession, member_id: int, guild_id: int | None, limit: int
) -> list[Notice]:
    """Return open notices that a member, or the managers of a server, were not told of."""
    mine: ColumnElement[bool] = NoticeRow.member_id == member_id
    if guild_id is not None:
        mine |= (NoticeRow.guild_id == guild_id) & NoticeRow.member_id.is_(None)
    waiting = NoticeRow.told_at.is_(None) & NoticeRow.closed_at.is_(None)
    rows = await session.scalars(
        select(NoticeRow).where(mine, waiting).order_by(NoticeRow.id).limit(limit)
    )
    return [_notice(row) for row in rows]


async def mark_told(
    session: AsyncSession, notice_id: int, now: datetime, place: Target | None = None
) -> None:
    """Note that, and where, somebody was told."""
    told: dict[str, Any] = {"told_at": now}
    if place is not None:
        told |= {"told_kind": place.kind.value, "told_id": place.id}
    await session.execute(update(NoticeRow).where(NoticeRow.id == notice_id).values(told))


async def close(session: AsyncSession, notice_id: int, now: datetime) -> None:
    """Note that it is over; a new failure opens a new notice."""
    over: dict[str, Any] = {"closed_at": now, "open_key": None}
    await session.execute(update(NoticeRow).where(NoticeRow.id == notice_id).values(over))


async def forget_closed(session: AsyncSession, before: datetime) -> None:
    """Erase notices that were closed before then."""
    await session.execute(delete(NoticeRow).where(NoticeRow.closed_at < before))


def _notice(row: NoticeRow) -> Notice:
    told_in = Target(TargetKind(row.told_kind), row.told_id or 0) if row.told_kind else None
    trouble = Trouble(
        target=Target(TargetKind(row.target_kind), row.target_id),
        kind=row.kind,
        reason=row.reason,
        guild_id=row.guild_id,
        member_id=row.member_id,
        configured_by=row.configured_by,
        subject_id=row.subject_id,
    )
    return Notice(row.id, trouble, row.failures, row.opened_at, row.told_at, told_in, row.closed_at)
