"""The tables of what is, or may be, announced, of its posts, and of who has congratulated."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Index,
    String,
    UniqueConstraint,
    delete,
    func,
    insert,
    select,
    text,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from bot.celebrations.model import CELEBRATION, EDIT, Celebration, Occasion, Post, State, Subject
from bot.i18n import later
from bot.store import member_locks
from bot.store.database import on_postgres
from bot.store.held import Held, Id, Parent
from bot.store.tables import Table
from bot.store.types import DiscordId, OwnId, UtcDateTime

MEMBER_LOCK = 0x43656C65 << 32  # "Cele" in ASCII: apart from other advisory locks
UNSEEN = text("message_id IS NULL")


class CelebrationRow(Table):
    """Something that a member has finished; what it is, its own feature knows."""

    __tablename__ = "celebrations"
    __held__ = Held(
        title=later("Celebrations"),
        about=later("What you have finished that was, or may be, announced in a server."),
        theirs=(Id("member_id"),),
        guild=Id("guild_id"),
    )

    id: Mapped[int] = mapped_column(OwnId, primary_key=True)
    guild_id: Mapped[int] = mapped_column(DiscordId)
    member_id: Mapped[int] = mapped_column(DiscordId)
    occasion: Mapped[str] = mapped_column(String(9))
    subject_id: Mapped[int] = mapped_column(OwnId)
    part: Mapped[int] = mapped_column(OwnId)
    state: Mapped[str] = mapped_column(String(9))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    agreed: Mapped[bool]
    offered: Mapped[bool]
    post_id: Mapped[int | None] = mapped_column(OwnId, index=True)

    __table_args__ = (
        UniqueConstraint("occasion", "subject_id", "part"),
        Index("ix_celebrations_member", "member_id", "guild_id"),
        Index("ix_celebrations_state", "state", "at"),
    )


class PostRow(Table):
    """A message that announces what one member has finished."""

    __tablename__ = "celebration_posts"
    __held__ = Held(
        title=later("Celebrations"),
        about=later("The messages that announced it."),
        theirs=(Id("member_id"),),
        guild=Id("guild_id"),
        queued=(CELEBRATION.name, EDIT.name),
    )

    id: Mapped[int] = mapped_column(OwnId, primary_key=True)
    guild_id: Mapped[int] = mapped_column(DiscordId, index=True)
    member_id: Mapped[int] = mapped_column(DiscordId)
    began_at: Mapped[datetime] = mapped_column(UtcDateTime)
    due: Mapped[datetime] = mapped_column(UtcDateTime)
    delivery_id: Mapped[int | None] = mapped_column(OwnId)
    channel_id: Mapped[int | None] = mapped_column(DiscordId)
    message_id: Mapped[int | None] = mapped_column(DiscordId)

    __table_args__ = (
        Index("ix_celebration_posts_member", "member_id", "guild_id"),
        Index("ix_celebration_posts_unseen", "due", sqlite_where=UNSEEN, postgresql_where=UNSEEN),
        {"sqlite_autoincrement": True},  # an old button must never mean a new post
    )


class CongratulationRow(Table):
    """A member congratulates another."""

    __tablename__ = "congratulations"
    __held__ = Held(
        title=later("Congratulations"),
        about=later("Whom you have congratulated, and when."),
        theirs=(Id("member_id"),),
        parent=Parent("post_id", "celebration_posts"),
    )

    post_id: Mapped[int] = mapped_column(OwnId, primary_key=True, autoincrement=False)
    member_id: Mapped[int] = mapped_column(
        DiscordId, primary_key=True, autoincrement=False, index=True
    )
    at: Mapped[datetime] = mapped_column(UtcDateTime)


async def lock_member(session: AsyncSession, guild_id: int, member_id: int) -> None:
    """Let nobody else change what a member may have announced until the unit of work ends."""
    if on_postgres(session):  # on SQLite a writing unit of work is alone anyway
        lock = text("SELECT pg_advisory_xact_lock(:key)")
        await session.execute(lock, {"key": (guild_id ^ member_id) ^ MEMBER_LOCK})


async def await_forgetting(session: AsyncSession, member_id: int) -> None:
    """Let nobody forget a member about whom another writes, until the unit of work ends."""
    if on_postgres(session):
        await member_locks.share(session, member_id)


async def of_subject(session: AsyncSession, subject: Subject) -> list[Celebration]:
    """Return what is kept of something that was finished, by whichever of its parts."""
    return await _found(session, _is(subject))


async def of_act(
    session: AsyncSession, guild_id: int, member_id: int, at: datetime
) -> list[Celebration]:
    """Return what one act of a member has finished."""
    return await _found(session, _mine(guild_id, member_id), CelebrationRow.at == at)


async def of_post(session: AsyncSession, post_id: int) -> list[Celebration]:
    """Return what a post announces, or has announced."""
    return await _found(session, CelebrationRow.post_id == post_id)


async def add(session: AsyncSession, subject: Subject, at: datetime) -> Celebration:
    """Keep that something was finished, as not announced."""
    statement = insert(CelebrationRow).values(
        guild_id=subject.guild_id,
        member_id=subject.member_id,
        occasion=subject.occasion.value,
        subject_id=subject.subject_id,
        part=subject.part,
        state=State.ASKED.value,
        at=at,
        agreed=False,
        offered=False,
        post_id=None,
    )
    return _celebration((await session.scalars(statement.returning(CelebrationRow))).one())


async def change(session: AsyncSession, ids: Sequence[int], **values: Any) -> None:
    """Overwrite columns of what was finished."""
    these = CelebrationRow.id.in_(ids)
    await session.execute(
        update(CelebrationRow).where(these).values(**values),
        execution_options={"synchronize_session": False},
    )


async def newest_unoffered(session: AsyncSession, guild_id: int, member_id: int) -> datetime | None:
    """Return when a member last finished something that they haven't been shown."""
    new = (_mine(guild_id, member_id), CelebrationRow.offered.is_(False))
    return await session.scalar(select(func.max(CelebrationRow.at)).where(*new))


async def mark_offered(session: AsyncSession, guild_id: int, member_id: int, at: datetime) -> None:
    """Note that a member has been shown what they finished until then."""
    seen = (_mine(guild_id, member_id), CelebrationRow.at <= at)
    await session.execute(
        update(CelebrationRow).where(*seen).values(offered=True),
        execution_options={"synchronize_session": False},
    )


async def post_by_id(session: AsyncSession, post_id: int) -> Post | None:
    """Return a post."""
    row = await session.get(PostRow, post_id, populate_existing=True)
    return None if row is None else _post(row)


async def open_post(
    session: AsyncSession, guild_id: int, member_id: int, since: datetime
) -> Post | None:
    """Return a member's post that nobody has seen and that was begun since, if there is one."""
    mine = (PostRow.guild_id == guild_id, PostRow.member_id == member_id)
    waits = (PostRow.delivery_id.is_(None), PostRow.began_at > since)
    rows = await session.scalars(select(PostRow).where(*mine, *waits).order_by(PostRow.id.desc()))
    row = rows.first()
    return None if row is None else _post(row)


async def add_post(
    session: AsyncSession, guild_id: int, member_id: int, now: datetime, due: datetime
) -> Post:
    """Begin a post."""
    statement = insert(PostRow).values(
        guild_id=guild_id,
        member_id=member_id,
        began_at=now,
        due=due,
        delivery_id=None,
        channel_id=None,
        message_id=None,
    )
    return _post((await session.scalars(statement.returning(PostRow))).one())


async def change_post(session: AsyncSession, post_id: int, **values: Any) -> None:
    """Overwrite columns of a post."""
    await session.execute(
        update(PostRow).where(PostRow.id == post_id).values(**values),
        execution_options={"synchronize_session": False},
    )


async def drop_post(session: AsyncSession, post_id: int) -> None:
    """Delete a post that nobody has seen."""
    await session.execute(delete(PostRow).where(PostRow.id == post_id))


async def unseen_posts(session: AsyncSession, before: datetime) -> list[Post]:
    """Return the posts that were due before and of which no message is known."""
    which = (PostRow.message_id.is_(None), PostRow.due < before)
    return [*map(_post, await session.scalars(select(PostRow).where(*which)))]


async def congratulate(session: AsyncSession, post_id: int, member_id: int, now: datetime) -> None:
    """Keep a member's congratulations, or take them back where they were kept."""
    these = (CongratulationRow.post_id == post_id, CongratulationRow.member_id == member_id)
    removed: Any = await session.execute(delete(CongratulationRow).where(*these))
    if not removed.rowcount:
        kept = insert(CongratulationRow).values(post_id=post_id, member_id=member_id, at=now)
        await session.execute(kept)


async def count_of(session: AsyncSession, post_id: int) -> int:
    """Return how many members have congratulated."""
    counted = select(func.count()).where(CongratulationRow.post_id == post_id)
    return await session.scalar(counted) or 0


async def forget_unannounced(session: AsyncSession, before: datetime) -> None:
    """Erase what was finished before and never announced."""
    never = CelebrationRow.state.in_([State.ASKED.value, State.REOPENED.value])
    await session.execute(delete(CelebrationRow).where(never, CelebrationRow.at < before))


async def _found(session: AsyncSession, *which: ColumnElement[bool]) -> list[Celebration]:
    rows = await session.scalars(
        select(CelebrationRow).where(*which).order_by(CelebrationRow.at, CelebrationRow.id),
        execution_options={"populate_existing": True},
    )
    return [*map(_celebration, rows)]


def _mine(guild_id: int, member_id: int) -> ColumnElement[bool]:
    return (CelebrationRow.guild_id == guild_id) & (CelebrationRow.member_id == member_id)


def _is(subject: Subject) -> ColumnElement[bool]:
    return (
        (CelebrationRow.occasion == subject.occasion.value)
        & (CelebrationRow.subject_id == subject.subject_id)
        & CelebrationRow.part.in_([subject.part, *subject.known_by])
    )


def _celebration(row: CelebrationRow) -> Celebration:
    occasion = Occasion(row.occasion)
    return Celebration(
        id=row.id,
        subject=Subject(occasion, row.guild_id, row.member_id, row.subject_id, row.part),
        state=State(row.state),
        at=row.at,
        agreed=row.agreed,
        post_id=row.post_id,
    )


def _post(row: PostRow) -> Post:
    return Post(
        id=row.id,
        guild_id=row.guild_id,
        member_id=row.member_id,
        began_at=row.began_at,
        due=row.due,
        delivery_id=row.delivery_id,
        channel_id=row.channel_id,
        message_id=row.message_id,
    )
