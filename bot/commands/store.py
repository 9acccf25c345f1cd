"""The table of command syncs."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from bot.commands.model import CommandSync
from bot.store.held import NotPersonal
from bot.store.tables import Table
from bot.store.types import DiscordId, UtcDateTime
from bot.store.upsert import upsert


class CommandSyncRow(Table):
    """One row for each application and scope."""

    __tablename__ = "command_syncs"
    __held__ = NotPersonal("which commands Discord was last given")

    application_id: Mapped[int] = mapped_column(DiscordId, primary_key=True, autoincrement=False)
    scope: Mapped[str] = mapped_column(String(32), primary_key=True)
    fingerprint: Mapped[str] = mapped_column(String(64))
    synced_at: Mapped[datetime] = mapped_column(UtcDateTime)


async def last_sync(session: AsyncSession, application_id: int, scope: str) -> CommandSync | None:
    """Return the last sync of this application and scope."""
    row = await session.get(CommandSyncRow, (application_id, scope))
    if row is None:
        return None
    return CommandSync(row.application_id, row.scope, row.fingerprint, row.synced_at)


async def record_sync(session: AsyncSession, sync: CommandSync) -> None:
    """Keep this sync in place of the one before."""
    await upsert(
        session,
        CommandSyncRow,
        application_id=sync.application_id,
        scope=sync.scope,
        fingerprint=sync.fingerprint,
        synced_at=sync.synced_at,
    )
