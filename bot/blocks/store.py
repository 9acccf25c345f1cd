"""The tables of blocks and of the key of their hashes."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Index, String, UniqueConstraint, delete, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from bot.blocks.model import MAX_REASON, Block
from bot.i18n import later
from bot.store.database import on_postgres
from bot.store.held import Held, Id, Named, NotPersonal
from bot.store.tables import Table
from bot.store.types import DiscordId, OwnId, UtcDateTime

THE_KEY = 1


class BlockRow(Table):
    """A block; the hash stays when its member is forgotten."""

    __tablename__ = "blocks"
    __held__ = Held(
        title=later("Blocks by a server (they hold on, without your name)"),
        about=later("Servers that keep you from using me there, or in which you blocked others."),
        named=(
            Named(
                "member_id",
                emptied_too=("reason",),
                exported=("guild_id", "reason", "blocked_at"),
            ),
            Named("blocked_by", exported=("guild_id", "blocked_at")),
        ),
        guild=Id("guild_id"),
    )

    id: Mapped[int] = mapped_column(OwnId, primary_key=True)
    guild_id: Mapped[int] = mapped_column(DiscordId)
    digest: Mapped[str] = mapped_column(String(64))
    member_id: Mapped[int | None] = mapped_column(DiscordId)
    reason: Mapped[str | None] = mapped_column(String(MAX_REASON))
    blocked_by: Mapped[int | None] = mapped_column(DiscordId)
    blocked_at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (
        UniqueConstraint("guild_id", "digest"),
        Index("ix_blocks_member_id", "member_id"),
        Index("ix_blocks_blocked_by", "blocked_by"),
        {"sqlite_autoincrement": True},
    )


class BlockKeyRow(Table):
    """The key of the hashes: a single row, made with the first block."""

    __tablename__ = "block_keys"
    __held__ = NotPersonal("the key of the hashes of blocks")

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    key: Mapped[str] = mapped_column(String(64))


async def key(session: AsyncSession) -> str | None:
    """Return the key; None before the first block."""
    return await session.scalar(select(BlockKeyRow.key))


async def make_key(session: AsyncSession, new: str) -> str:
    """Keep a key unless there is one, and return the one there is."""
    insert = postgresql.insert if on_postgres(session) else sqlite.insert
    await session.execute(insert(BlockKeyRow).values(id=THE_KEY, key=new).on_conflict_do_nothing())
    return await key(session) or new


async def keep(session: AsyncSession, guild_id: int, digest: str, **values: Any) -> Block:
    """Keep a block, in the place of one of the same member."""
    insert = postgresql.insert if on_postgres(session) else sqlite.insert
    key = {"guild_id": guild_id, "digest": digest}
    statement = insert(BlockRow).values(**key, **values)
    statement = statement.on_conflict_do_update(index_elements=[*key], set_=values)
    rows = await session.scalars(
        statement.returning(BlockRow), execution_options={"populate_existing": True}
    )
    return _block(rows.one())


async def drop(session: AsyncSession, guild_id: int, digest: str) -> bool:
    """Remove a block; return whether there was one."""
    this = (BlockRow.guild_id == guild_id) & (BlockRow.digest == digest)
    gone = await session.scalar(delete(BlockRow).where(this).returning(BlockRow.id))
    return gone is not None


async def has(session: AsyncSession, guild_id: int, digest: str) -> bool:
    """Return whether there is a block."""
    this = (BlockRow.guild_id == guild_id) & (BlockRow.digest == digest)
    return await session.scalar(select(BlockRow.id).where(this)) is not None


async def count(session: AsyncSession, guild_id: int) -> int:
    """Return how many blocks a server has."""
    return await session.scalar(select(func.count()).where(BlockRow.guild_id == guild_id)) or 0


async def of_guild(
    session: AsyncSession, guild_id: int, limit: int, after: int = 0
) -> Sequence[Block]:
    """Return a server's blocks, the newest first, without the first ones."""
    statement = select(BlockRow).where(BlockRow.guild_id == guild_id)
    ordered = statement.order_by(BlockRow.id.desc()).limit(limit).offset(after)
    rows = await session.scalars(ordered)
    return [*map(_block, rows)]


def _block(row: BlockRow) -> Block:
    return Block(row.id, row.guild_id, row.member_id, row.reason, row.blocked_by, row.blocked_at)
