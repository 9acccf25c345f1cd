"""The table of what members, servers and channels have chosen."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import String, Text, delete, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from bot.i18n import later
from bot.settings.model import Owner
from bot.store.held import Channel, Held, Id, Named
from bot.store.slices import sliced
from bot.store.tables import Table
from bot.store.types import DiscordId, UtcDateTime
from bot.store.upsert import upsert


class SettingRow(Table):
    """One choice of one owner; no row where the default holds."""

    __tablename__ = "settings"
    __held__ = Held(
        title=later("Settings"),
        about=later("What you chose, and settings of servers that you changed last."),
        theirs=(Id("owner_id", {"owner_kind": (Owner.MEMBER,)}),),
        named=(Named("changed_by", exported=("owner_kind", "name", "value", "changed_at")),),
        guild=Id("owner_id", {"owner_kind": (Owner.GUILD,)}),
        channel=Channel("owner_id", {"owner_kind": (Owner.CHANNEL,)}),
    )

    owner_kind: Mapped[str] = mapped_column(String(8), primary_key=True)
    owner_id: Mapped[int] = mapped_column(DiscordId, primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[str] = mapped_column(Text)
    changed_by: Mapped[int | None] = mapped_column(DiscordId, index=True)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    guild_id: Mapped[int | None] = mapped_column(DiscordId, index=True)
    """The server of a channel; None where it wasn't known yet when it was chosen."""


async def chosen(session: AsyncSession, owner: Owner, owner_id: int) -> Sequence[SettingRow]:
    """Return all that an owner has chosen."""
    mine = (SettingRow.owner_kind == owner.value) & (SettingRow.owner_id == owner_id)
    return (await session.scalars(select(SettingRow).where(mine))).all()


async def chosen_by(
    session: AsyncSession, owner: Owner, owner_ids: Sequence[int], name: str
) -> dict[int, str]:
    """Return what each of many owners has chosen for one setting, as it is written."""
    found: dict[int, str] = {}
    for ids in sliced(owner_ids):
        theirs = (SettingRow.owner_kind == owner.value) & SettingRow.owner_id.in_(ids)
        statement = select(SettingRow.owner_id, SettingRow.value)
        rows = await session.execute(statement.where(theirs, SettingRow.name == name))
        found |= {row.owner_id: row.value for row in rows}
    return found


async def keep(session: AsyncSession, owner: Owner, owner_id: int, **values: Any) -> None:
    """Keep a choice in place of the one before."""
    await upsert(session, SettingRow, owner_kind=owner.value, owner_id=owner_id, **values)


async def drop(session: AsyncSession, owner: Owner, owner_id: int, name: str) -> None:
    """Go back to the default."""
    mine = (SettingRow.owner_kind == owner.value) & (SettingRow.owner_id == owner_id)
    await session.execute(delete(SettingRow).where(mine, SettingRow.name == name))
