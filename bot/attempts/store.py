"""The tables of attempts and of votes on them."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Index,
    Select,
    String,
    Text,
    UniqueConstraint,
    delete,
    func,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from bot.attempts.counting import counts
from bot.attempts.model import MARK_LENGTH, Asked, Attempt, Result, Sharing
from bot.i18n import later
from bot.store.database import on_postgres
from bot.store.held import Held, Id, Parent
from bot.store.tables import Table
from bot.store.types import DiscordId, OwnId, UtcDateTime
from bot.streaks.model import Act, LocalDay

NOT_SAID, NONE_TICKED = "", "-"
"""What is kept of an attempt whose author has ticked nothing yet, or no key point at all."""

MAX_KEY = 130
"""Characters of a question's key."""


class AttemptRow(Table):
    """A member's answer to a posted question."""

    __tablename__ = "attempts"
    __held__ = Held(
        title=later("Answers to the question of the day"),
        about=later("What you answered, who may see it, and which key points you ticked."),
        theirs=(Id("member_id"),),
        guild=Id("guild_id"),
    )

    id: Mapped[int] = mapped_column(OwnId, primary_key=True)
    post_id: Mapped[int] = mapped_column(OwnId)
    guild_id: Mapped[int] = mapped_column(DiscordId)
    member_id: Mapped[int] = mapped_column(DiscordId)
    question_key: Mapped[str] = mapped_column(String(MAX_KEY))
    text: Mapped[str] = mapped_column(Text)
    sharing: Mapped[str] = mapped_column(String(9))
    ticked: Mapped[str] = mapped_column(String(40))
    sent_at: Mapped[datetime] = mapped_column(UtcDateTime)
    day: Mapped[date]
    ahead_s: Mapped[int]
    edited_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    late: Mapped[bool]
    counts: Mapped[bool]
    hidden: Mapped[bool]
    taken_back_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """The day on which it was sent still counts; after a day its text is erased."""

    __table_args__ = (
        UniqueConstraint("post_id", "member_id"),
        Index("ix_attempts_member", "member_id", "guild_id", "day"),
        Index("ix_attempts_guild", "guild_id", "day"),
        Index("ix_attempts_taken_back", "taken_back_at"),
        {"sqlite_autoincrement": True},  # an old button must never mean a new attempt
    )


class AttemptVoteRow(Table):
    """A member finds somebody else's attempt helpful."""

    __tablename__ = "attempt_votes"
    __held__ = Held(
        title=later("Votes for others' answers"),
        about=later("Which shared answers you found helpful."),
        theirs=(Id("member_id"),),
        parent=Parent("attempt_id", "attempts"),
    )

    attempt_id: Mapped[int] = mapped_column(OwnId, primary_key=True, autoincrement=False)
    member_id: Mapped[int] = mapped_column(
        DiscordId, primary_key=True, autoincrement=False, index=True
    )
    at: Mapped[datetime] = mapped_column(UtcDateTime)


attempts, votes = AttemptRow.__table__, AttemptVoteRow.__table__


async def insert(
    session: AsyncSession, asked: Asked, member_id: int, text: str, act: Act, *, late: bool
) -> bool:
    """Insert a member's attempt; return False if there is one already."""
    values = {
        "post_id": asked.post_id,
        "guild_id": asked.guild_id,
        "member_id": member_id,
        "question_key": asked.question_key,
        "text": text,
        "sharing": Sharing.PRIVATE.value,
        "ticked": NOT_SAID,
        "edited_at": None,
        "late": late,
        "counts": counts(text),
        "hidden": False,
        "taken_back_at": None,
    }
    values |= act_columns(act)
    added = await session.execute(
        _insert(session, AttemptRow).values(**values).on_conflict_do_nothing()
    )
    return _changed(added) == 1


async def update_attempt(session: AsyncSession, attempt_id: int, **values: Any) -> None:
    """Overwrite columns of an attempt."""
    await session.execute(update(AttemptRow).where(AttemptRow.id == attempt_id).values(**values))


async def remove_votes(session: AsyncSession, attempt_id: int) -> None:
    """Remove the votes on an attempt."""
    await session.execute(delete(AttemptVoteRow).where(AttemptVoteRow.attempt_id == attempt_id))


async def erase_taken_back(session: AsyncSession, before: datetime) -> None:
    """Erase texts and votes of what was taken back before; only when it was sent stays."""
    old = (AttemptRow.taken_back_at < before) & (AttemptRow.text != "")
    votes = AttemptVoteRow.attempt_id.in_(select(AttemptRow.id).where(old))
    await session.execute(delete(AttemptVoteRow).where(votes))
    await session.execute(update(AttemptRow).where(old).values(text="", ticked=NOT_SAID))


async def of_member(
    session: AsyncSession,
    post_id: int,
    member_id: int,
    *,
    locked: bool = False,
    taken_back: bool = False,
) -> Attempt | None:
    """Return a member's attempt at a posted question, or the one that was taken back."""
    wanted = _attempts(taken_back=taken_back)
    wanted = wanted.where(AttemptRow.post_id == post_id, AttemptRow.member_id == member_id)
    return await _one(session, wanted.with_for_update(of=AttemptRow) if locked else wanted)


async def by_id(session: AsyncSession, guild_id: int, attempt_id: int) -> Attempt | None:
    """Return a server's attempt."""
    mine = AttemptRow.guild_id == guild_id
    return await _one(session, _attempts().where(AttemptRow.id == attempt_id, mine))


async def best_of(session: AsyncSession, post_id: int, limit: int) -> list[Attempt]:
    """Return the shared attempts at a posted question, most votes first, then the earliest."""
    order = (_votes().desc(), AttemptRow.sent_at, AttemptRow.id)
    wanted = _attempts().where(AttemptRow.post_id == post_id, _shown())
    return await _all(session, wanted.order_by(*order).limit(limit))


async def shared_ids(session: AsyncSession, post_id: int, limit: int) -> list[int]:
    """Return the ids of the shared attempts at a posted question, in an order that stays."""
    present = AttemptRow.taken_back_at.is_(None)
    found = select(AttemptRow.id).where(AttemptRow.post_id == post_id, present, _shown())
    return [*await session.scalars(found.order_by(AttemptRow.id).limit(limit))]


async def ticked_of(session: AsyncSession, post_id: int) -> list[frozenset[str]]:
    """Return what each member who has said so says they covered."""
    present = (AttemptRow.post_id == post_id) & AttemptRow.taken_back_at.is_(None)
    rows = await session.scalars(select(AttemptRow.ticked).where(present))
    return [marks for marks in map(_marks, rows) if marks is not None]


async def count_of(session: AsyncSession, post_id: int) -> int:
    """Return how many members have answered a posted question."""
    present = (AttemptRow.post_id == post_id) & AttemptRow.taken_back_at.is_(None)
    counted = select(func.count()).select_from(AttemptRow).where(present)
    return await session.scalar(counted) or 0


async def acts_of(session: AsyncSession, guild_id: int, member_id: int) -> tuple[Act, ...]:
    """Return when a member gave answers that count in a server, and on which local days."""
    columns = (AttemptRow.sent_at, AttemptRow.day, AttemptRow.ahead_s)
    mine = (AttemptRow.guild_id == guild_id) & (AttemptRow.member_id == member_id)
    counting = select(*columns).where(mine, AttemptRow.counts)
    rows = await session.execute(counting.order_by(AttemptRow.sent_at))
    return tuple(_act(at, day, ahead_s) for at, day, ahead_s in rows)


async def results_of(session: AsyncSession, guild_id: int, member_id: int) -> list[Result]:
    """Return what came of each of a member's answers in a server."""
    mine = (AttemptRow.guild_id == guild_id) & (AttemptRow.member_id == member_id)
    present = AttemptRow.taken_back_at.is_(None)
    columns = (AttemptRow.day, AttemptRow.counts, _votes())
    rows = await session.execute(select(*columns).where(mine, present))
    return [Result(day, counting, number) for day, counting, number in rows]


async def vote(session: AsyncSession, attempt_id: int, member_id: int, now: datetime) -> None:
    """Keep a member's vote; a second one changes nothing."""
    values = {"attempt_id": attempt_id, "member_id": member_id, "at": now}
    await session.execute(
        _insert(session, AttemptVoteRow).values(**values).on_conflict_do_nothing()
    )


async def has_voted(session: AsyncSession, attempt_id: int, member_id: int) -> bool:
    """Return whether a member has voted for an attempt."""
    return await session.get(AttemptVoteRow, (attempt_id, member_id)) is not None


async def withdraw(session: AsyncSession, attempt_id: int, member_id: int) -> None:
    """Take a member's vote back."""
    mine = (AttemptVoteRow.attempt_id == attempt_id, AttemptVoteRow.member_id == member_id)
    await session.execute(delete(AttemptVoteRow).where(*mine))


def _insert(session: AsyncSession, table: type[Table]) -> Any:
    return postgresql.insert(table) if on_postgres(session) else sqlite.insert(table)


def _changed(result: Any) -> int:
    return int(result.rowcount)


def _votes() -> Any:
    counted = select(func.count()).where(AttemptVoteRow.attempt_id == AttemptRow.id)
    return counted.correlate(AttemptRow).scalar_subquery()


def _shown() -> ColumnElement[bool]:
    return (AttemptRow.sharing != Sharing.PRIVATE.value) & AttemptRow.hidden.is_(False)


def _attempts(*, taken_back: bool = False) -> Select[AttemptRow, int]:
    when = AttemptRow.taken_back_at
    return select(AttemptRow, _votes()).where(when.is_not(None) if taken_back else when.is_(None))


async def _one(session: AsyncSession, wanted: Select[AttemptRow, int]) -> Attempt | None:
    found = (await session.execute(wanted)).first()
    return _attempt(*found) if found else None


async def _all(session: AsyncSession, wanted: Select[AttemptRow, int]) -> list[Attempt]:
    return [_attempt(row, number) for row, number in await session.execute(wanted)]


def _attempt(row: AttemptRow, number: int) -> Attempt:
    return Attempt(
        id=row.id,
        post_id=row.post_id,
        guild_id=row.guild_id,
        member_id=row.member_id,
        question_key=row.question_key,
        text=row.text,
        sharing=Sharing(row.sharing),
        ticked=_marks(row.ticked),
        act=_act(row.sent_at, row.day, row.ahead_s),
        edited_at=row.edited_at,
        late=row.late,
        counts=row.counts,
        hidden=row.hidden,
        votes=number,
    )


def _act(at: datetime, day: date, ahead_s: int) -> Act:
    return Act(LocalDay(day, timedelta(seconds=ahead_s)), at)


def act_columns(act: Act) -> dict[str, Any]:
    """Return an act as it is kept."""
    ahead_s = round(act.day.ahead.total_seconds())
    return {"sent_at": act.at, "day": act.day.date, "ahead_s": ahead_s}


def written(ticked: Iterable[str]) -> str:
    """Return the marks of ticked key points as they are kept."""
    return "".join(sorted({*ticked})) or NONE_TICKED


def _marks(written: str) -> frozenset[str] | None:
    if written == NOT_SAID:
        return None
    marks = "" if written == NONE_TICKED else written
    starts = range(0, len(marks), MARK_LENGTH)
    return frozenset(marks[start : start + MARK_LENGTH] for start in starts)
