"""The tables of who takes part in leaderboards, and of what they have done.

What is kept here follows from answers and votes, and is counted anew whenever one of them changes.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Self

from sqlalchemy import ColumnElement, Index, String, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from bot.attempts.store import AttemptRow
from bot.i18n import later
from bot.leaderboard.model import Measure, Span, Tally
from bot.store.held import Held, Id
from bot.store.tables import Table
from bot.store.types import DiscordId, UtcDateTime
from bot.store.upsert import upsert


class StandingRow(Table):
    """A member who takes part in a server, and their streak as of `counted_at`."""

    __tablename__ = "standings"
    __held__ = Held(
        title=later("Leaderboards that you take part in"),
        about=later("Since when you take part, and your streak."),
        theirs=(Id("member_id"),),
        guild=Id("guild_id"),
    )

    guild_id: Mapped[int] = mapped_column(DiscordId, primary_key=True, autoincrement=False)
    member_id: Mapped[int] = mapped_column(
        DiscordId, primary_key=True, autoincrement=False, index=True
    )
    joined_at: Mapped[datetime] = mapped_column(UtcDateTime)
    streak: Mapped[int]
    stale_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When the streak may have ended, if nothing is answered until then."""

    gone: Mapped[bool]
    """Found to have left the server; nothing is shown of them until they answer again."""

    __table_args__ = (
        Index("ix_standings_streak", "guild_id", "streak", "member_id"),
        Index("ix_standings_stale", "stale_at"),
    )


class ScoreRow(Table):
    """What a member who takes part has done in a week, month or year, or ever."""

    __tablename__ = "scores"
    __held__ = Held(
        title=later("Scores on leaderboards"),
        about=later("Your answers and helpful votes, by week, month and year."),
        theirs=(Id("member_id"),),
        guild=Id("guild_id"),
    )

    guild_id: Mapped[int] = mapped_column(DiscordId, primary_key=True, autoincrement=False)
    member_id: Mapped[int] = mapped_column(
        DiscordId, primary_key=True, autoincrement=False, index=True
    )
    length: Mapped[str] = mapped_column(String(5), primary_key=True)
    begins: Mapped[date] = mapped_column(primary_key=True)
    answers: Mapped[int]
    helpful: Mapped[int]

    __table_args__ = (
        Index("ix_scores_answers", "guild_id", "length", "begins", "answers", "member_id"),
        Index("ix_scores_helpful", "guild_id", "length", "begins", "helpful", "member_id"),
    )


standings, scores = StandingRow.__table__, ScoreRow.__table__


async def lock(session: AsyncSession, guild_id: int, member_id: int) -> bool | None:
    """Return whether a member who takes part is hidden; None if they take no part.

    Nobody else counts what is theirs until the unit of work ends.
    """
    found = select(StandingRow.gone).where(_standing(guild_id, member_id)).with_for_update()
    return await session.scalar(found)


async def takes_part(session: AsyncSession, guild_id: int, member_id: int) -> bool:
    """Return whether a member takes part."""
    found = select(StandingRow.gone).where(_standing(guild_id, member_id))
    return await session.scalar(found) is not None


async def add(session: AsyncSession, guild_id: int, member_id: int, now: datetime) -> None:
    """Let a member who doesn't yet take part."""
    values = {"guild_id": guild_id, "member_id": member_id, "joined_at": now}
    counted = {"streak": 0, "stale_at": now, "gone": False}
    await session.execute(insert(StandingRow).values(**values, **counted))


async def remove(session: AsyncSession, guild_id: int, member_id: int) -> None:
    """Forget all that is counted of a member."""
    await session.execute(delete(StandingRow).where(_standing(guild_id, member_id)))
    await session.execute(delete(ScoreRow).where(_score(guild_id, member_id)))


async def keep_streak(
    session: AsyncSession, guild_id: int, member_id: int, streak: int, stale_at: datetime | None
) -> None:
    """Keep a member's streak; they are here."""
    counted = {"streak": streak, "stale_at": stale_at, "gone": False}
    this = _standing(guild_id, member_id)
    await session.execute(update(StandingRow).where(this).values(**counted))


async def keep_tallies(
    session: AsyncSession, guild_id: int, member_id: int, tallies: Mapping[Span, Tally]
) -> None:
    """Keep what a member has done in these spans."""
    for span, tally in tallies.items():
        where = {"guild_id": guild_id, "member_id": member_id}
        which = {"length": span.length.value, "begins": span.begins}
        counted = {"answers": tally.answers, "helpful": tally.helpful}
        await upsert(session, ScoreRow, **where, **which, **counted)


async def hide(session: AsyncSession, guild_id: int, members: Collection[int]) -> None:
    """Show nothing of members until they are counted again."""
    theirs = (StandingRow.guild_id == guild_id) & StandingRow.member_id.in_(members)
    hidden = {"gone": True, "streak": 0, "stale_at": None}
    await session.execute(update(StandingRow).where(theirs).values(**hidden))
    shown = (ScoreRow.guild_id == guild_id) & ScoreRow.member_id.in_(members)
    await session.execute(delete(ScoreRow).where(shown))


async def stale(session: AsyncSession, now: datetime, limit: int) -> list[tuple[int, int]]:
    """Return the servers and members whose streak may have ended, the longest ago first."""
    found = select(StandingRow.guild_id, StandingRow.member_id).where(StandingRow.stale_at <= now)
    rows = await session.execute(found.order_by(StandingRow.stale_at).limit(limit))
    return [(guild_id, member_id) for guild_id, member_id in rows]


async def stale_among(
    session: AsyncSession, guild_id: int, members: Collection[int], now: datetime
) -> list[int]:
    """Return those of a server's members whose streak may have ended."""
    theirs = (StandingRow.guild_id == guild_id) & StandingRow.member_id.in_(members)
    found = select(StandingRow.member_id).where(theirs, StandingRow.stale_at <= now)
    return [*await session.scalars(found)]


async def forget_before(session: AsyncSession, spans: Collection[Span]) -> None:
    """Erase the scores of spans that began before the first of these of the same length."""
    for length in {span.length for span in spans}:
        first = min(span.begins for span in spans if span.length is length)
        old = (ScoreRow.length == length.value) & (ScoreRow.begins < first)
        await session.execute(delete(ScoreRow).where(old))


async def answers_of(
    session: AsyncSession, attempts: Collection[int]
) -> list[tuple[int, int, date]]:
    """Return the servers, the members and the days of answers that are still there."""
    columns = (AttemptRow.guild_id, AttemptRow.member_id, AttemptRow.day)
    found = select(*columns).where(AttemptRow.id.in_(attempts)).distinct().order_by(*columns)
    return [(guild_id, member_id, day) for guild_id, member_id, day in await session.execute(found)]


@dataclass(frozen=True)
class Scores:
    """What is counted of a server's members in one respect; those without any aren't on it."""

    member_id: ColumnElement[int]
    score: ColumnElement[int]
    counted: ColumnElement[bool]

    @classmethod
    def of(cls, guild_id: int, measure: Measure, span: Span) -> Self:
        """Return where a measure is found; streaks are as of now, whatever the span."""
        if measure is Measure.STREAK:
            here = (standings.c.guild_id == guild_id) & (standings.c.streak > 0)
            return cls(standings.c.member_id, standings.c.streak, here)
        score = scores.c.answers if measure is Measure.ANSWERS else scores.c.helpful
        within = (scores.c.length == span.length.value) & (scores.c.begins == span.begins)
        here = (scores.c.guild_id == guild_id) & within & (score > 0)
        return cls(scores.c.member_id, score, here)

    async def number(self, session: AsyncSession, than: int | None) -> tuple[int, int]:
        """Return how many members have a score, and how many a higher one than `than`."""
        better = func.count().filter(self.score > (than or 0))
        row = (await session.execute(select(func.count(), better).where(self.counted))).one()
        return row[0], row[1]

    async def equals_before(self, session: AsyncSession, member_id: int, score: int) -> int:
        """Return how many members with this score come before one of them."""
        equal = (self.counted, self.score == score, self.member_id > member_id)
        return await session.scalar(select(func.count()).where(*equal)) or 0

    async def own(self, session: AsyncSession, member_id: int) -> int | None:
        """Return a member's score."""
        this = (self.counted, self.member_id == member_id)
        return await session.scalar(select(self.score).where(*this))

    async def page(self, session: AsyncSession, skip: int, limit: int) -> list[tuple[int, int]]:
        """Return members and scores, highest first; equals from the newest account to the oldest.

        That order is the index read backwards.
        """
        found = select(self.member_id, self.score).where(self.counted)
        order = (self.score.desc(), self.member_id.desc())
        rows = await session.execute(found.order_by(*order).offset(skip).limit(limit))
        return [(member_id, score) for member_id, score in rows]


def _standing(guild_id: int, member_id: int) -> ColumnElement[bool]:
    return (StandingRow.guild_id == guild_id) & (StandingRow.member_id == member_id)


def _score(guild_id: int, member_id: int) -> ColumnElement[bool]:
    return (ScoreRow.guild_id == guild_id) & (ScoreRow.member_id == member_id)
