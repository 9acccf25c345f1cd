"""The tables of a server's own answers; the statements on them are in `bot.faq.statements`."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy import Index, String, Text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from bot.careers.model import MAX_SLUG
from bot.faq.model import MAX_ANSWER_KEY, MAX_TITLE
from bot.faq.text import MAX_KEY, MAX_QUESTION, MAX_SOURCE
from bot.i18n import later
from bot.store.held import Held, Id, Named, Parent
from bot.store.tables import Table
from bot.store.types import DiscordId, OwnId, UtcDateTime


async def count_votes(session: AsyncSession, guild_id: int, answer_key: str) -> None:
    """Count all votes on an answer anew."""
    cast_on = (votes.c.guild_id == guild_id) & (votes.c.answer_key == answer_key)
    counted = sa.select(sa.func.count()).select_from(votes).where(cast_on)
    this = (tallies.c.guild_id == guild_id) & (tallies.c.answer_key == answer_key)
    await session.execute(
        tallies.update()
        .where(this)
        .values(
            helpful=counted.where(votes.c.helpful.is_(True)).scalar_subquery(),
            unhelpful=counted.where(votes.c.helpful.is_(False)).scalar_subquery(),
        )
    )


async def recount_votes(session: AsyncSession, gone: Sequence[sa.Row[Any]]) -> None:
    """Count anew what a forgotten member voted on."""
    for guild_id, answer_key in sorted({(row.guild_id, row.answer_key) for row in gone}):
        await count_votes(session, guild_id, answer_key)


async def forget_misses(session: AsyncSession, gone: Sequence[sa.Row[Any]]) -> None:
    """Forget the questions without an answer that nobody but a forgotten member has asked."""
    asked = Counter((row.guild_id, row.key) for row in gone)
    for (guild_id, key), times in sorted(asked.items()):
        same = (misses.c.guild_id == guild_id) & (misses.c.key == key)
        await session.execute(misses.delete().where(same, misses.c.count <= times))


class EntryRow(Table):
    """An answer of a server, as it is now; aliases are one a line."""

    __tablename__ = "faq_entries"
    __held__ = Held(
        title=later("A server's own answers"),
        about=later("Answers of a server that you changed last."),
        named=(Named("changed_by", exported=("question", "aliases", "answer", "changed_at")),),
        guild=Id("guild_id"),
        texts=("question", "aliases", "answer"),
    )

    id: Mapped[int] = mapped_column(OwnId, primary_key=True)
    guild_id: Mapped[int] = mapped_column(DiscordId)
    question: Mapped[str] = mapped_column(String(MAX_QUESTION))
    aliases: Mapped[str] = mapped_column(Text)
    answer: Mapped[str] = mapped_column(Text)
    role: Mapped[str | None] = mapped_column(String(MAX_SLUG))
    source: Mapped[str | None] = mapped_column(String(MAX_SOURCE))
    version: Mapped[int]
    changed_by: Mapped[int | None] = mapped_column(DiscordId, index=True)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    removed: Mapped[bool]

    __table_args__ = (
        Index("ix_faq_entries_guild", "guild_id", "removed", "changed_at"),
        Index("ix_faq_entries_removed", "removed", "changed_at"),
        {"sqlite_autoincrement": True},  # an old button must never mean a new answer
    )


class NameRow(Table):
    """A name by which an answer is found, as names are compared; a removed answer has none."""

    __tablename__ = "faq_names"
    __held__ = Held(parent=Parent("entry_id", "faq_entries"), guild=Id("guild_id"), texts=("name",))

    guild_id: Mapped[int] = mapped_column(DiscordId, primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(String(MAX_KEY), primary_key=True)
    entry_id: Mapped[int] = mapped_column(OwnId, index=True)


class VersionRow(Table):
    """An answer as it was since a change."""

    __tablename__ = "faq_versions"
    __held__ = Held(
        title=later("Changes of a server's answers"),
        about=later("Answers of a server as you changed them."),
        named=(
            Named("changed_by", exported=("question", "aliases", "answer", "what", "changed_at")),
        ),
        parent=Parent("entry_id", "faq_entries"),
        texts=("question", "aliases", "answer"),
    )

    entry_id: Mapped[int] = mapped_column(OwnId, primary_key=True, autoincrement=False)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    question: Mapped[str] = mapped_column(String(MAX_QUESTION))
    aliases: Mapped[str] = mapped_column(Text)
    answer: Mapped[str] = mapped_column(Text)
    role: Mapped[str | None] = mapped_column(String(MAX_SLUG))
    source: Mapped[str | None] = mapped_column(String(MAX_SOURCE))
    removed: Mapped[bool]
    changed_by: Mapped[int | None] = mapped_column(DiscordId, index=True)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    what: Mapped[str] = mapped_column(String(8))


class RevisionRow(Table):
    """How often the answers of a server were changed."""

    __tablename__ = "faq_revisions"
    __held__ = Held(guild=Id("guild_id"))

    guild_id: Mapped[int] = mapped_column(DiscordId, primary_key=True, autoincrement=False)
    revision: Mapped[int]


class WaitingRow(Table):
    """A question that was passed on to people; `key` is how questions are compared."""

    __tablename__ = "faq_waiting"
    __held__ = Held(
        title=later("Questions passed on to people"),
        about=later("What you asked people, and what you answered to others."),
        theirs=(Id("asker_id"),),
        named=(Named("answered_by", exported=("answer", "answered_at")),),
        guild=Id("guild_id"),
        withheld=("key",),
        queued=("faq_answer",),
        gone=forget_misses,
    )

    id: Mapped[int] = mapped_column(OwnId, primary_key=True)
    guild_id: Mapped[int] = mapped_column(DiscordId)
    asker_id: Mapped[int] = mapped_column(DiscordId)
    channel_id: Mapped[int | None] = mapped_column(DiscordId)
    question: Mapped[str] = mapped_column(Text)
    key: Mapped[str] = mapped_column(String(MAX_KEY))
    role: Mapped[str | None] = mapped_column(String(MAX_SLUG))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    state: Mapped[str] = mapped_column(String(9))
    answer: Mapped[str | None] = mapped_column(Text)
    answered_by: Mapped[int | None] = mapped_column(DiscordId, index=True)
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    entry_id: Mapped[int | None] = mapped_column(OwnId)

    __table_args__ = (
        Index("ix_faq_waiting_guild", "guild_id", "state", "id"),
        Index("ix_faq_waiting_asker", "asker_id", "guild_id", "state"),
        Index("ix_faq_waiting_answered", "answered_at"),
        {"sqlite_autoincrement": True},
    )


class MissRow(Table):
    """A question to which no answer was found, whoever asked it."""

    __tablename__ = "faq_misses"
    __held__ = Held(guild=Id("guild_id"), texts=("key", "sample"))

    guild_id: Mapped[int] = mapped_column(DiscordId, primary_key=True, autoincrement=False)
    key: Mapped[str] = mapped_column(String(MAX_KEY), primary_key=True)
    sample: Mapped[str] = mapped_column(String(MAX_TITLE))
    count: Mapped[int]
    last_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)

    __table_args__ = (Index("ix_faq_misses_count", "guild_id", "count"),)


class VoteRow(Table):
    """What a member thinks of an answer, a built-in one or the server's own."""

    __tablename__ = "faq_votes"
    __held__ = Held(
        title=later("Votes on answers"),
        about=later("Which answers you found helpful, and which not."),
        theirs=(Id("member_id"),),
        guild=Id("guild_id"),
        gone=recount_votes,
    )

    guild_id: Mapped[int] = mapped_column(DiscordId, primary_key=True, autoincrement=False)
    answer_key: Mapped[str] = mapped_column(String(MAX_ANSWER_KEY), primary_key=True)
    member_id: Mapped[int] = mapped_column(
        DiscordId, primary_key=True, autoincrement=False, index=True
    )
    helpful: Mapped[bool]
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class TallyRow(Table):
    """How often an answer was given, and its votes; `entry_id` is the server's own answer."""

    __tablename__ = "faq_tallies"
    __held__ = Held(guild=Id("guild_id"), texts=("title",))

    guild_id: Mapped[int] = mapped_column(DiscordId, primary_key=True, autoincrement=False)
    answer_key: Mapped[str] = mapped_column(String(MAX_ANSWER_KEY), primary_key=True)
    entry_id: Mapped[int | None] = mapped_column(OwnId, index=True)
    title: Mapped[str] = mapped_column(String(MAX_TITLE))
    asked: Mapped[int]
    helpful: Mapped[int]
    unhelpful: Mapped[int]
    last_asked: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (Index("ix_faq_tallies_asked", "guild_id", "asked"),)


entries = cast("sa.Table", EntryRow.__table__)
names = cast("sa.Table", NameRow.__table__)
versions = cast("sa.Table", VersionRow.__table__)
misses = cast("sa.Table", MissRow.__table__)
votes = cast("sa.Table", VoteRow.__table__)
tallies = cast("sa.Table", TallyRow.__table__)
waiting = cast("sa.Table", WaitingRow.__table__)
revisions = cast("sa.Table", RevisionRow.__table__)
