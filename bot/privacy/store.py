"""The table of who is still in a server, as far as that was looked for."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Index, Text, UniqueConstraint, and_, case, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from bot.delivery.model import TargetKind
from bot.delivery.store import deliveries
from bot.i18n import later
from bot.privacy.model import ITSELF, Membership
from bot.store.database import on_postgres
from bot.store.held import Held, Id
from bot.store.tables import Table
from bot.store.types import DiscordId, OwnId, UtcDateTime


class MembershipRow(Table):
    """A member of a server of whom something is held, or the bot itself."""

    __tablename__ = "memberships"
    __held__ = Held(
        title=later("Memberships"),
        about=later("Servers in which I looked whether you are still there, and when you left."),
        theirs=(Id("member_id"),),
        guild=Id("guild_id"),
        withheld=("channels",),
        queued=("erasure",),
    )

    id: Mapped[int] = mapped_column(OwnId, primary_key=True)
    guild_id: Mapped[int] = mapped_column(DiscordId)
    member_id: Mapped[int] = mapped_column(DiscordId, index=True)
    checked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    left_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    channels: Mapped[str] = mapped_column(Text, default="")

    __table_args__ = (
        UniqueConstraint("guild_id", "member_id"),
        Index("ix_memberships_checked_at", "checked_at"),
        {"sqlite_autoincrement": True},  # an old delivery must never mean a new member
    )


async def keep(session: AsyncSession, guild_id: int, member_id: int, **values: Any) -> Membership:
    """Keep what is known of a membership."""
    insert = postgresql.insert if on_postgres(session) else sqlite.insert
    key = {"guild_id": guild_id, "member_id": member_id}
    statement = insert(MembershipRow).values(**key, **{"channels": "", **values})
    rows = await session.scalars(
        statement.on_conflict_do_update(index_elements=[*key], set_=values).returning(
            MembershipRow
        ),
        execution_options={"populate_existing": True},
    )
    return _membership(rows.one())


async def by_id(session: AsyncSession, membership_id: int) -> Membership | None:
    """Return one membership."""
    row = await session.get(MembershipRow, membership_id)
    return None if row is None else _membership(row)


async def of(
    session: AsyncSession, guild_id: int, member_id: int, *, locked: bool = False
) -> Membership | None:
    """Return a member's; `locked`, nobody else changes it until the unit of work ends."""
    found = select(MembershipRow).filter_by(guild_id=guild_id, member_id=member_id)
    row = await session.scalar(found.with_for_update() if locked else found)
    return None if row is None else _membership(row)


async def guilds(session: AsyncSession) -> list[Membership]:
    """Return the servers that the bot is or was in."""
    rows = await session.scalars(select(MembershipRow).filter_by(member_id=ITSELF))
    return [*map(_membership, rows)]


async def suspected(session: AsyncSession, limit: int) -> list[tuple[int, int]]:
    """Return servers and members who may have left them, as something couldn't be sent."""
    rows = await session.execute(
        select(MembershipRow.guild_id, MembershipRow.member_id)
        .where(MembershipRow.checked_at.is_(None), MembershipRow.left_at.is_(None))
        .order_by(MembershipRow.id)
        .limit(limit)
    )
    return [(guild_id, member_id) for guild_id, member_id in rows]


async def unchecked(session: AsyncSession, before: datetime, limit: int) -> list[tuple[int, int]]:
    """Return servers and members for whom something is planned, the longest unchecked first."""
    to_user = deliveries.c.target_kind == TargetKind.USER.value
    member = case((to_user, deliveries.c.target_id), else_=deliveries.c.configured_by)
    planned = deliveries.c.next_try.is_not(None) & deliveries.c.guild_id.is_not(None)
    pairs = (
        select(deliveries.c.guild_id, member.label("member_id"))
        .where(planned, member.is_not(None))
        .distinct()
        .subquery()
    )
    same = and_(
        MembershipRow.guild_id == pairs.c.guild_id, MembershipRow.member_id == pairs.c.member_id
    )
    old = or_(MembershipRow.checked_at.is_(None), MembershipRow.checked_at < before)
    rows = await session.execute(
        select(pairs.c.guild_id, pairs.c.member_id)
        .outerjoin(MembershipRow, same)
        .where(old, MembershipRow.left_at.is_(None))
        .order_by(MembershipRow.checked_at.asc().nulls_first(), *pairs.c)
        .limit(limit)
    )
    return [(guild_id, member_id) for guild_id, member_id in rows]


async def away(session: AsyncSession, guild_id: int) -> Sequence[int]:
    """Return the members of whom something is held and who have left a server."""
    gone = (MembershipRow.guild_id == guild_id) & MembershipRow.left_at.is_not(None)
    return [*await session.scalars(select(MembershipRow.member_id).where(gone))]


async def is_awaited(session: AsyncSession, member_id: int) -> bool:
    """Return whether something is still to be sent to a member directly."""
    theirs = (deliveries.c.target_kind == TargetKind.USER.value) & (
        deliveries.c.target_id == member_id
    )
    pending = select(deliveries.c.id).where(theirs, deliveries.c.next_try.is_not(None)).limit(1)
    return await session.scalar(pending) is not None


async def back(session: AsyncSession, membership_id: int, now: datetime) -> None:
    """Note that a member, or the bot, is there again."""
    this = update(MembershipRow).where(MembershipRow.id == membership_id)
    await session.execute(this.values(left_at=None, checked_at=now, channels=""))


def _membership(row: MembershipRow) -> Membership:
    return Membership(
        row.id,
        row.guild_id,
        row.member_id,
        row.checked_at,
        row.left_at,
        frozenset(map(int, row.channels.split())),
    )
