"""The tables of pauses, and of the times at which questions came and Waymark was down."""

from datetime import date, datetime

from sqlalchemy import Index, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from bot.i18n import later
from bot.store.database import on_postgres
from bot.store.held import Held, Id, NotPersonal
from bot.store.tables import Table
from bot.store.types import DiscordId, OwnId, UtcDateTime
from bot.store.upsert import upsert
from bot.streaks.model import Outage, Pause

THE_PULSE = 1


class PauseRow(Table):
    """Local days on which a member rests in a server, the last one included."""

    __tablename__ = "streak_pauses"
    __held__ = Held(
        title=later("Streak pauses"),
        about=later("The days on which you let your streak rest."),
        theirs=(Id("member_id"),),
        guild=Id("guild_id"),
    )

    id: Mapped[int] = mapped_column(OwnId, primary_key=True)
    guild_id: Mapped[int] = mapped_column(DiscordId)
    member_id: Mapped[int] = mapped_column(DiscordId)
    first: Mapped[date]
    last: Mapped[date | None]

    __table_args__ = (Index("ix_streak_pauses_member", "member_id", "guild_id"),)


class OutageRow(Table):
    """A time in which no process of Waymark ran."""

    __tablename__ = "outages"
    __held__ = NotPersonal("when Waymark didn't run")

    began: Mapped[datetime] = mapped_column(UtcDateTime, primary_key=True)
    ended: Mapped[datetime] = mapped_column(UtcDateTime)


class AskedRow(Table):
    """A time at which a question was posted in a server, however long the post itself is kept."""

    __tablename__ = "asked_times"
    __held__ = Held(guild=Id("guild_id"))

    guild_id: Mapped[int] = mapped_column(DiscordId, primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(UtcDateTime, primary_key=True)


class PulseRow(Table):
    """When Waymark was last seen to run: a single row."""

    __tablename__ = "pulse"
    __held__ = NotPersonal("when Waymark was last seen to run")

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(UtcDateTime)


async def pauses_of(session: AsyncSession, guild_id: int, member_id: int) -> tuple[Pause, ...]:
    """Return a member's pauses in a server, in the order in which they begin."""
    mine = (PauseRow.guild_id == guild_id, PauseRow.member_id == member_id)
    rows = await session.execute(
        select(PauseRow.first, PauseRow.last).where(*mine).order_by(PauseRow.first, PauseRow.id)
    )
    return tuple(Pause(first, last) for first, last in rows)


async def add_pause(session: AsyncSession, guild_id: int, member_id: int, pause: Pause) -> None:
    """Keep a pause."""
    session.add(
        PauseRow(guild_id=guild_id, member_id=member_id, first=pause.first, last=pause.last)
    )
    await session.flush()


async def end_pauses(
    session: AsyncSession, guild_id: int, member_id: int, last: date, newest: date
) -> None:
    """Let pauses that go on after `last` end on it, and forget those that begin only after it.

    Those that begin after `newest` stay as they are.
    """
    theirs = (PauseRow.guild_id == guild_id, PauseRow.member_id == member_id)
    mine = (*theirs, PauseRow.first <= newest)
    await session.execute(delete(PauseRow).where(*mine, PauseRow.first > last))
    open_ended = (PauseRow.last.is_(None)) | (PauseRow.last > last)
    await session.execute(update(PauseRow).where(*mine, open_ended).values(last=last))


async def cut_pause(
    session: AsyncSession, guild_id: int, member_id: int, pause: Pause, last: date
) -> None:
    """Let one pause end on `last`, or forget it if it begins only after that."""
    mine = (PauseRow.guild_id == guild_id, PauseRow.member_id == member_id)
    this = (*mine, PauseRow.first == pause.first, PauseRow.last == pause.last)
    await session.execute(delete(PauseRow).where(*this, PauseRow.first > last))
    await session.execute(update(PauseRow).where(*this, PauseRow.last > last).values(last=last))


async def outages(session: AsyncSession, since: datetime) -> tuple[Outage, ...]:
    """Return the times in which Waymark was down and that ended since then, in order."""
    found = select(OutageRow.began, OutageRow.ended).where(OutageRow.ended >= since)
    rows = await session.execute(found.order_by(OutageRow.began))
    return tuple(Outage(began, ended) for began, ended in rows)


async def add_outage(session: AsyncSession, outage: Outage) -> None:
    """Keep a time in which Waymark was down; one that begins then is known already."""
    await upsert(session, OutageRow, began=outage.began, ended=outage.ended)


async def add_asked(session: AsyncSession, guild_id: int, at: datetime) -> None:
    """Keep that a question was posted."""
    insert = postgresql.insert if on_postgres(session) else sqlite.insert
    values = {"guild_id": guild_id, "at": at}
    await session.execute(insert(AskedRow).values(**values).on_conflict_do_nothing())


async def asked(session: AsyncSession, guild_id: int, since: datetime) -> list[datetime]:
    """Return when questions were posted in a server since then, in order."""
    found = select(AskedRow.at).where(AskedRow.guild_id == guild_id, AskedRow.at >= since)
    return [*await session.scalars(found.order_by(AskedRow.at))]


async def last_pulse(session: AsyncSession, *, locked: bool = False) -> datetime | None:
    """Return when Waymark was last seen to run; `locked`, nobody else notes it meanwhile."""
    found = select(PulseRow.at)
    return await session.scalar(found.with_for_update() if locked else found)


async def beat(session: AsyncSession, now: datetime) -> None:
    """Note that Waymark runs."""
    await upsert(session, PulseRow, id=THE_PULSE, at=now)
