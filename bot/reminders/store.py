"""The tables of reminders and of drafts."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, String, Text, delete, func, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from bot.i18n import later
from bot.reminders.model import KEPT as STATES_KEPT
from bot.reminders.model import Draft, Place, Reminder, ReminderState, Wish
from bot.store.database import on_postgres
from bot.store.held import Held, Id
from bot.store.tables import Table
from bot.store.types import DiscordId, OwnId, UtcDateTime

KEPT = tuple(state.value for state in STATES_KEPT)
MEMBER_LOCK = 0x52656D64 << 32  # "Remd" in ASCII: apart from other advisory locks


class ReminderRow(Table):
    """A reminder of one member."""

    __tablename__ = "reminders"
    __held__ = Held(
        title=later("Reminders"),
        about=later("What you asked to be reminded of, when, and where."),
        theirs=(Id("user_id"),),
        guild=Id("guild_id", {"place": ("here",)}),
        placed=("guild_id", "channel_id"),
        queued=("reminder",),
    )

    id: Mapped[int] = mapped_column(OwnId, primary_key=True)
    user_id: Mapped[int] = mapped_column(DiscordId)
    guild_id: Mapped[int | None] = mapped_column(DiscordId)
    channel_id: Mapped[int | None] = mapped_column(DiscordId)
    place: Mapped[str] = mapped_column(String(4))
    what: Mapped[str] = mapped_column(Text)
    phrase: Mapped[str] = mapped_column(String(200))
    due: Mapped[datetime | None] = mapped_column(UtcDateTime)
    schedule_id: Mapped[int | None] = mapped_column(OwnId)
    state: Mapped[str] = mapped_column(String(8))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (
        Index("ix_reminders_user", "user_id", "state"),
        {"sqlite_autoincrement": True},  # an old button must never mean a new reminder
    )


class DraftRow(Table):
    """What a member typed and could not be understood yet."""

    __tablename__ = "reminder_drafts"
    __held__ = Held(
        title=later("Unfinished reminders"),
        about=later("Reminders whose time I didn't understand yet."),
        theirs=(Id("user_id"),),
        placed=("guild_id", "channel_id"),
    )

    id: Mapped[int] = mapped_column(OwnId, primary_key=True)
    user_id: Mapped[int] = mapped_column(DiscordId, index=True)
    guild_id: Mapped[int | None] = mapped_column(DiscordId)
    channel_id: Mapped[int | None] = mapped_column(DiscordId)
    place: Mapped[str] = mapped_column(String(4))
    phrase: Mapped[str] = mapped_column(Text)
    what: Mapped[str] = mapped_column(Text)
    choices: Mapped[str] = mapped_column(Text)
    reminder_id: Mapped[int | None] = mapped_column(OwnId)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = ({"sqlite_autoincrement": True},)


async def add(session: AsyncSession, wish: Wish, now: datetime) -> Reminder:
    """Add a reminder that is not planned yet."""
    statement = insert(ReminderRow).values(
        user_id=wish.user_id,
        guild_id=wish.guild_id,
        channel_id=wish.channel_id,
        place=wish.place.value,
        what=wish.what,
        phrase=wish.when,
        state=ReminderState.ACTIVE.value,
        created_at=now,
        changed_at=now,
    )
    rows = await session.scalars(statement.returning(ReminderRow))
    return _reminder(rows.one())


async def change(session: AsyncSession, reminder_id: int, now: datetime, **values: Any) -> Reminder:
    """Change columns of a reminder, and return it."""
    statement = update(ReminderRow).where(ReminderRow.id == reminder_id)
    rows = await session.scalars(
        statement.values(changed_at=now, **values).returning(ReminderRow),
        execution_options={"populate_existing": True, "synchronize_session": False},
    )
    return _reminder(rows.one())


async def by_id(
    session: AsyncSession, reminder_id: int, *, locked: bool = False
) -> Reminder | None:
    """Return one reminder; `locked`, nobody else changes it until the unit of work ends."""
    row = await session.get(ReminderRow, reminder_id, with_for_update=locked or None)
    return None if row is None else _reminder(row)


async def lock_member(session: AsyncSession, user_id: int) -> None:
    """Let nobody else count or change a member's reminders until the unit of work ends."""
    if on_postgres(session):  # on SQLite a writing unit of work is alone anyway
        lock = text("SELECT pg_advisory_xact_lock(:key)")
        await session.execute(lock, {"key": user_id ^ MEMBER_LOCK})


async def kept_by(session: AsyncSession, user_id: int) -> list[Reminder]:
    """Return a member's active and paused reminders, in the order they were made."""
    mine = (ReminderRow.user_id == user_id) & ReminderRow.state.in_(KEPT)
    rows = await session.scalars(select(ReminderRow).where(mine).order_by(ReminderRow.id))
    return [_reminder(row) for row in rows]


async def like(session: AsyncSession, wish: Wish) -> int | None:
    """Return a member's active reminder that says what a wish says, and when."""
    mine = (ReminderRow.user_id == wish.user_id) & (ReminderRow.guild_id == wish.guild_id)
    active = ReminderRow.state == ReminderState.ACTIVE.value
    same = (ReminderRow.what == wish.what) & (ReminderRow.phrase == wish.when)
    return await session.scalar(select(ReminderRow.id).where(mine, active, same).limit(1))


async def count_of(session: AsyncSession, user_id: int) -> int:
    """Return how many reminders a member has."""
    mine = (ReminderRow.user_id == user_id) & ReminderRow.state.in_(KEPT)
    return await session.scalar(select(func.count()).where(mine)) or 0


async def keep_draft(
    session: AsyncSession, wish: Wish, choices: tuple[str, ...], now: datetime
) -> Draft:
    """Keep what could not be understood."""
    statement = insert(DraftRow).values(
        user_id=wish.user_id,
        guild_id=wish.guild_id,
        channel_id=wish.channel_id,
        place=wish.place.value,
        phrase=wish.when,
        what=wish.what,
        choices="\n".join(choices),
        reminder_id=wish.reminder_id,
        created_at=now,
    )
    rows = await session.scalars(statement.returning(DraftRow))
    return _draft(rows.one())


async def draft_by_id(session: AsyncSession, draft_id: int) -> Draft | None:
    """Return one draft."""
    row = await session.get(DraftRow, draft_id)
    return None if row is None else _draft(row)


async def take_draft(session: AsyncSession, draft_id: int) -> bool:
    """Use a draft up; return whether it was still there."""
    taken = delete(DraftRow).where(DraftRow.id == draft_id).returning(DraftRow.id)
    return (await session.scalar(taken)) is not None


async def note_posted(
    session: AsyncSession, reminder_id: int, due: datetime, now: datetime
) -> None:
    """Note that a reminder that doesn't repeat was posted, unless it was snoozed since."""
    this = (ReminderRow.id == reminder_id) & (ReminderRow.due == due)
    active = ReminderRow.state == ReminderState.ACTIVE.value
    done = {"state": ReminderState.DONE.value, "changed_at": now}
    await session.execute(update(ReminderRow).where(this, active).values(done))


async def note_over(session: AsyncSession, reminder_id: int, now: datetime) -> None:
    """Note that the rule of a reminder has ended."""
    active = ReminderRow.state == ReminderState.ACTIVE.value
    over = {"state": ReminderState.DONE.value, "changed_at": now}
    await session.execute(
        update(ReminderRow).where(ReminderRow.id == reminder_id, active).values(over)
    )


async def forget_old(
    session: AsyncSession, deleted_before: datetime, done_before: datetime
) -> None:
    """Erase old drafts, and reminders that were done or deleted before then."""
    for state, before in (
        (ReminderState.DELETED, deleted_before),
        (ReminderState.DONE, done_before),
    ):
        old = (ReminderRow.state == state.value) & (ReminderRow.changed_at < before)
        await session.execute(delete(ReminderRow).where(old))
    await session.execute(delete(DraftRow).where(DraftRow.created_at < deleted_before))


def _reminder(row: ReminderRow) -> Reminder:
    return Reminder(
        id=row.id,
        user_id=row.user_id,
        guild_id=row.guild_id,
        channel_id=row.channel_id,
        place=Place(row.place),
        what=row.what,
        phrase=row.phrase,
        due=row.due,
        schedule_id=row.schedule_id,
        state=ReminderState(row.state),
        created_at=row.created_at,
    )


def _draft(row: DraftRow) -> Draft:
    wish = Wish(
        user_id=row.user_id,
        guild_id=row.guild_id,
        channel_id=row.channel_id,
        place=Place(row.place),
        when=row.phrase,
        what=row.what,
        reminder_id=row.reminder_id,
    )
    return Draft(row.id, wish, tuple(row.choices.splitlines()))
