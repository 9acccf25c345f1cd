"""The tables of groups and of who is in them.

`bot.study.statements` has what is done with them.
"""

from datetime import datetime

from sqlalchemy import Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.i18n import later
from bot.store.held import Held, Id, Named
from bot.store.tables import Table
from bot.store.types import DiscordId, OwnId, UtcDateTime
from bot.study.model import MAX_NAME, MAX_TOPIC, OF_ENTRIES, OF_GROUPS


class GroupRow(Table):
    """A group of a server."""

    __tablename__ = "study_groups"
    __held__ = Held(
        title=later("Study groups"),
        about=later("Groups that you have made."),
        named=(Named("made_by", exported=("name", "topic")),),
        guild=Id("guild_id"),
        queued=OF_GROUPS,
        texts=("name", "topic"),
    )

    id: Mapped[int] = mapped_column(OwnId, primary_key=True)
    guild_id: Mapped[int] = mapped_column(DiscordId)
    name: Mapped[str] = mapped_column(String(MAX_NAME))
    topic: Mapped[str] = mapped_column(String(MAX_TOPIC))
    role: Mapped[str | None] = mapped_column(String(60))
    phase: Mapped[str | None] = mapped_column(String(100))
    size: Mapped[int]
    admission: Mapped[str] = mapped_column(String(7))
    zone: Mapped[str] = mapped_column(String(64))
    channel_id: Mapped[int] = mapped_column(DiscordId)
    own_thread: Mapped[bool]
    state: Mapped[str] = mapped_column(String(8))
    made_by: Mapped[int | None] = mapped_column(DiscordId, index=True)
    active_at: Mapped[datetime] = mapped_column(UtcDateTime)
    asked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    looked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    message_id: Mapped[int | None] = mapped_column(DiscordId, index=True)
    card_due: Mapped[datetime | None] = mapped_column(UtcDateTime)
    pinned: Mapped[bool | None]

    __table_args__ = (
        Index("ix_study_groups_guild", "guild_id", "state"),
        Index("ix_study_groups_state", "state", "active_at"),
        {"sqlite_autoincrement": True},  # an old button must never mean a new group
    )


class EntryRow(Table):
    """Somebody in a group, on their way into it, or out of it."""

    __tablename__ = "study_entries"
    __held__ = Held(
        title=later("Study groups"),
        about=later("Groups that you are in, wait for or have left, and what you are there."),
        theirs=(Id("member_id"),),
        guild=Id("guild_id"),
        queued=OF_ENTRIES,
    )

    id: Mapped[int] = mapped_column(OwnId, primary_key=True)
    group_id: Mapped[int] = mapped_column(OwnId)
    guild_id: Mapped[int] = mapped_column(DiscordId)
    member_id: Mapped[int] = mapped_column(DiscordId)
    standing: Mapped[str] = mapped_column(String(8))
    rank: Mapped[str] = mapped_column(String(9))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    offered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    refused: Mapped[bool]

    __table_args__ = (
        UniqueConstraint("group_id", "member_id"),
        Index("ix_study_entries_member", "member_id", "guild_id"),
        Index("ix_study_entries_standing", "standing", "at"),
        {"sqlite_autoincrement": True},  # ids say who came first, and old buttons carry them
    )
