"""The tables of a server's own answers; the statements on them are in `bot.faq.statements`."""

from datetime import datetime
from typing import cast

import sqlalchemy as sa
from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from bot.careers.model import MAX_SLUG
from bot.faq.model import MAX_ANSWER_KEY, MAX_TITLE
from bot.faq.text import MAX_KEY, MAX_QUESTION, MAX_SOURCE
from bot.store.tables import Table
from bot.store.types import DiscordId, OwnId, UtcDateTime


class EntryRow(Table):
    """An answer of a server, as it is now; aliases are one a line."""

    __tablename__ = "faq_entries"

    id: Mapped[int] = mapped_column(OwnId, primary_key=True)
    guild_id: Mapped[int] = mapped_column(DiscordId)
    question: Mapped[str] = mapped_column(String(MAX_QUESTION))
    aliases: Mapped[str] = mapped_column(Text)
    answer: Mapped[str] = mapped_column(Text)
    role: Mapped[str | None] = mapped_column(String(MAX_SLUG))
    source: Mapped[str | None] = mapped_column(String(MAX_SOURCE))
    version: Mapped[int]
    changed_by: Mapped[int | None] = mapped_column(DiscordId)
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

    guild_id: Mapped[int] = mapped_column(DiscordId, primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(String(MAX_KEY), primary_key=True)
    entry_id: Mapped[int] = mapped_column(OwnId, index=True)


class VersionRow(Table):
    """An answer as it was since a change."""

    __tablename__ = "faq_versions"

    entry_id: Mapped[int] = mapped_column(OwnId, primary_key=True, autoincrement=False)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    question: Mapped[str] = mapped_column(String(MAX_QUESTION))
    aliases: Mapped[str] = mapped_column(Text)
    answer: Mapped[str] = mapped_column(Text)
    role: Mapped[str | None] = mapped_column(String(MAX_SLUG))
    source: Mapped[str | None] = mapped_column(String(MAX_SOURCE))
    removed: Mapped[bool]
    changed_by: Mapped[int | None] = mapped_column(DiscordId)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    what: Mapped[str] = mapped_column(String(8))


class RevisionRow(Table):
    """How often the answers of a server were changed."""

    __tablename__ = "faq_revisions"

    guild_id: Mapped[int] = mapped_column(DiscordId, primary_key=True, autoincrement=False)
    revision: Mapped[int]


class WaitingRow(Table):
    """A question that was passed on to people; `key` is how questions are compared."""

    __tablename__ = "faq_waiting"

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
    answered_by: Mapped[int | None] = mapped_column(DiscordId)
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

    guild_id: Mapped[int] = mapped_column(DiscordId, primary_key=True, autoincrement=False)
    key: Mapped[str] = mapped_column(String(MAX_KEY), primary_key=True)
    sample: Mapped[str] = mapped_column(String(MAX_TITLE))
    count: Mapped[int]
    last_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)

    __table_args__ = (Index("ix_faq_misses_count", "guild_id", "count"),)


class VoteRow(Table):
    """What a member thinks of an answer, a built-in one or the server's own."""

    __tablename__ = "faq_votes"

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
