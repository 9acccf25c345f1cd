"""The tables of daily questions; `bot.daily.statements` has what is done with them."""

from datetime import date, datetime
from typing import cast

import sqlalchemy as sa
from sqlalchemy import BigInteger, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.i18n import later
from bot.store.held import Held, Id, Named
from bot.store.tables import Table
from bot.store.types import DiscordId, OwnId, UtcDateTime


class DailyConfigRow(Table):
    """A configuration; its schedule in the queue has the channel, the time and the weekdays."""

    __tablename__ = "daily_configs"
    __held__ = Held(
        title=later("Questions of the day that you set up"),
        about=later("Which questions are asked, and how."),
        named=(Named("configured_by", exported=("role", "levels", "kinds", "created_at")),),
        guild=Id("guild_id"),
    )

    id: Mapped[int] = mapped_column(OwnId, primary_key=True)
    guild_id: Mapped[int] = mapped_column(DiscordId)
    schedule_id: Mapped[int] = mapped_column(OwnId)
    role: Mapped[str | None] = mapped_column(String(100))
    levels: Mapped[str] = mapped_column(String(60))
    kinds: Mapped[str] = mapped_column(String(100))
    ping_role: Mapped[int | None] = mapped_column(DiscordId)
    thread: Mapped[bool]
    reveal_hours: Mapped[int]
    seed: Mapped[int] = mapped_column(BigInteger)
    state: Mapped[str] = mapped_column(String(8))
    configured_by: Mapped[int | None] = mapped_column(DiscordId)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    recorded_until: Mapped[datetime] = mapped_column(UtcDateTime)
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (
        Index("ix_daily_configs_guild", "guild_id", "removed_at"),
        Index("ix_daily_configs_recorded", "removed_at", "recorded_until"),
        {"sqlite_autoincrement": True},  # an old button must never mean a new configuration
    )


class DailyPostRow(Table):
    """A local day of a configuration, with its question or why there was none."""

    __tablename__ = "daily_posts"
    __held__ = Held(guild=Id("guild_id"))

    id: Mapped[int] = mapped_column(OwnId, primary_key=True)
    config_id: Mapped[int] = mapped_column(OwnId)
    guild_id: Mapped[int] = mapped_column(DiscordId)
    day: Mapped[date]
    due: Mapped[datetime] = mapped_column(UtcDateTime)
    delivery_id: Mapped[int | None] = mapped_column(OwnId)
    state: Mapped[str] = mapped_column(String(8))
    reason: Mapped[str | None] = mapped_column(String(32))
    question_key: Mapped[str | None] = mapped_column(String(200))
    level: Mapped[str | None] = mapped_column(String(8))
    round: Mapped[int | None]
    channel_id: Mapped[int | None] = mapped_column(DiscordId)
    message_id: Mapped[int | None] = mapped_column(DiscordId)
    posted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    thread_id: Mapped[int | None] = mapped_column(DiscordId)
    thread_reason: Mapped[str | None] = mapped_column(String(32))
    reveal_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    revealed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reveal_reason: Mapped[str | None] = mapped_column(String(32))

    __table_args__ = (
        UniqueConstraint("config_id", "day"),
        Index("ix_daily_posts_guild", "guild_id", "day"),
        {"sqlite_autoincrement": True},
    )


configs = cast("sa.Table", DailyConfigRow.__table__)
posts = cast("sa.Table", DailyPostRow.__table__)
