"""Writing and reading when members are away."""

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.checkins.model import Away
from bot.checkins.store import CheckinAwayRow, away
from bot.store.upsert import upsert


async def keep(session: AsyncSession, guild_id: int, member_id: int, span: Away) -> None:
    """Keep the span in which a member is away, in place of the one before."""
    whose = {"member_id": member_id, "guild_id": guild_id}
    await upsert(session, CheckinAwayRow, **whose, first=span.first, back=span.back)


async def of_member(session: AsyncSession, guild_id: int, member_id: int) -> Away | None:
    """Return when a member is away, or was until they are asked again."""
    mine = (away.c.member_id == member_id) & (away.c.guild_id == guild_id)
    row = (await session.execute(select(away.c.first, away.c.back).where(mine))).one_or_none()
    return None if row is None else Away(row.first, row.back)


async def drop(session: AsyncSession, guild_id: int, member_id: int) -> None:
    """Forget when a member was away."""
    mine = (away.c.member_id == member_id) & (away.c.guild_id == guild_id)
    await session.execute(delete(away).where(mine))
