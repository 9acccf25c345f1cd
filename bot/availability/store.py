"""The table of members' weekly hours."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Text, delete, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from bot.availability.model import Known, WeeklyHours
from bot.availability.reading import read
from bot.availability.wording import written
from bot.i18n import later
from bot.store.held import Held, Id
from bot.store.slices import sliced
from bot.store.tables import Table
from bot.store.types import DiscordId, UtcDateTime
from bot.store.upsert import upsert


class AvailabilityRow(Table):
    """When a member has time, in words; no row where they haven't said."""

    __tablename__ = "availability"
    __held__ = Held(
        title=later("Hours in which you have time"),
        about=later("The weekly hours that you gave, in your own time zone."),
        theirs=(Id("member_id"),),
    )

    member_id: Mapped[int] = mapped_column(DiscordId, primary_key=True, autoincrement=False)
    hours: Mapped[str] = mapped_column(Text)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)


async def of(session: AsyncSession, member_id: int) -> Known:
    """Return what a member has said."""
    statement = select(AvailabilityRow.hours, AvailabilityRow.changed_at)
    row = (await session.execute(statement.where(AvailabilityRow.member_id == member_id))).first()
    return Known(read(row.hours), row.changed_at) if row else Known()


async def of_each(session: AsyncSession, member_ids: Sequence[int]) -> dict[int, WeeklyHours]:
    """Return the hours of those of many members who have said them."""
    found: dict[int, WeeklyHours] = {}
    for ids in sliced(member_ids):
        statement = select(AvailabilityRow.member_id, AvailabilityRow.hours)
        rows = await session.execute(statement.where(AvailabilityRow.member_id.in_(ids)))
        found |= {row.member_id: read(row.hours) for row in rows}
    return found


async def keep(session: AsyncSession, member_id: int, hours: WeeklyHours, at: datetime) -> None:
    """Keep a member's hours in place of those before."""
    values = {"hours": written(hours), "changed_at": at}
    await upsert(session, AvailabilityRow, member_id=member_id, **values)


async def drop(session: AsyncSession, member_id: int) -> None:
    """Keep nothing of a member."""
    await session.execute(delete(AvailabilityRow).where(AvailabilityRow.member_id == member_id))
