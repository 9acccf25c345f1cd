"""The tables of check-ins; `bot.checkins.statements` has what is done with them."""

from datetime import date, datetime
from typing import cast

import sqlalchemy as sa
from sqlalchemy import Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.i18n import later
from bot.store.held import Held, Id, Named
from bot.store.tables import Table
from bot.store.types import DiscordId, OwnId, UtcDateTime


class CheckinConfigRow(Table):
    """A member's check-ins in a server; their schedule in the queue has the times and the place."""

    __tablename__ = "checkin_configs"
    __held__ = Held(
        title=later("Check-ins that you set up"),
        about=later("Where and what you are asked; when, says the schedule."),
        theirs=(Id("member_id"),),
        withheld=("zone_is_old",),
        queued=("checkin",),
        guild=Id("guild_id"),
    )

    id: Mapped[int] = mapped_column(OwnId, primary_key=True)
    guild_id: Mapped[int] = mapped_column(DiscordId)
    member_id: Mapped[int] = mapped_column(DiscordId)
    schedule_id: Mapped[int | None] = mapped_column(OwnId)
    follows_zone: Mapped[bool]
    zone_is_old: Mapped[bool]
    place: Mapped[str] = mapped_column(String(4))
    channel_id: Mapped[int | None] = mapped_column(DiscordId)
    questions: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(8))
    covered: Mapped[date]
    asked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    left_out: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (
        UniqueConstraint("member_id", "guild_id"),
        Index("ix_checkin_configs_guild", "guild_id", "follows_zone"),
        Index("ix_checkin_configs_zone", "zone_is_old"),
        {"sqlite_autoincrement": True},
    )


class CheckinDayRow(Table):
    """A local day of a member: asked or why not, and what they answered."""

    __tablename__ = "checkin_days"
    __held__ = Held(
        title=later("Your check-ins"),
        about=later("What you answered on each day, and whether you asked for help."),
        theirs=(Id("member_id"),),
        queued=("checkin_nudge", "checkin_help"),
        guild=Id("guild_id"),
    )

    id: Mapped[int] = mapped_column(OwnId, primary_key=True)
    config_id: Mapped[int] = mapped_column(OwnId)
    guild_id: Mapped[int] = mapped_column(DiscordId)
    member_id: Mapped[int] = mapped_column(DiscordId)
    day: Mapped[date]
    state: Mapped[str] = mapped_column(String(8))
    reason: Mapped[str | None] = mapped_column(String(32))
    delivery_id: Mapped[int | None] = mapped_column(OwnId)
    channel_id: Mapped[int | None] = mapped_column(DiscordId)
    message_id: Mapped[int | None] = mapped_column(DiscordId)
    asked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    answer: Mapped[str | None] = mapped_column(String(8))
    asked: Mapped[str] = mapped_column(Text)
    """The questions that `said` answers; of old days they aren't known."""

    said: Mapped[str] = mapped_column(Text)
    finished: Mapped[int]
    ticked: Mapped[str] = mapped_column(Text)
    """The tasks that were finished with it, to be opened again."""

    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    help_wanted: Mapped[str | None] = mapped_column(Text)

    __table_args__ = (
        UniqueConstraint("config_id", "day"),
        Index("ix_checkin_days_member", "member_id", "guild_id", "day"),
        Index("ix_checkin_days_day", "day"),
        {"sqlite_autoincrement": True},  # an old button must never mean a new day
    )


class CheckinAwayRow(Table):
    """The span in which a member isn't asked in a server."""

    __tablename__ = "checkin_away"
    __held__ = Held(
        title=later("Days away"),
        about=later("The days on which you aren't asked."),
        theirs=(Id("member_id"),),
        guild=Id("guild_id"),
    )

    member_id: Mapped[int] = mapped_column(DiscordId, primary_key=True, autoincrement=False)
    guild_id: Mapped[int] = mapped_column(DiscordId, primary_key=True, autoincrement=False)
    first: Mapped[date]
    back: Mapped[date]


class CheckinGroupRow(Table):
    """Check-ins of a channel; their schedule in the queue has the times and the channel."""

    __tablename__ = "checkin_groups"
    __held__ = Held(
        title=later("Check-ins of channels that you set up"),
        about=later("How long they are open, and since when there are any."),
        named=(Named("configured_by", exported=("hours", "mode", "created_at")),),
        guild=Id("guild_id"),
    )

    id: Mapped[int] = mapped_column(OwnId, primary_key=True)
    guild_id: Mapped[int] = mapped_column(DiscordId)
    schedule_id: Mapped[int] = mapped_column(OwnId)
    hours: Mapped[int]
    mode: Mapped[str] = mapped_column(String(8))
    state: Mapped[str] = mapped_column(String(8))
    configured_by: Mapped[int | None] = mapped_column(DiscordId)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (
        Index("ix_checkin_groups_guild", "guild_id", "removed_at"),
        {"sqlite_autoincrement": True},
    )


class CheckinJoinedRow(Table):
    """A member who wants to be called to a channel's rounds."""

    __tablename__ = "checkin_joined"
    __held__ = Held(
        title=later("Check-ins to which you are called"),
        about=later("The channels' check-ins that you want to be called to."),
        theirs=(Id("member_id"),),
        guild=Id("guild_id"),
    )

    group_id: Mapped[int] = mapped_column(OwnId, primary_key=True, autoincrement=False)
    member_id: Mapped[int] = mapped_column(DiscordId, primary_key=True, autoincrement=False)
    guild_id: Mapped[int] = mapped_column(DiscordId)
    called_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (Index("ix_checkin_joined_member", "member_id", "guild_id"),)


class CheckinRoundRow(Table):
    """A local day's check-in of a channel."""

    __tablename__ = "checkin_rounds"
    __held__ = Held(guild=Id("guild_id"))

    id: Mapped[int] = mapped_column(OwnId, primary_key=True)
    group_id: Mapped[int] = mapped_column(OwnId)
    guild_id: Mapped[int] = mapped_column(DiscordId)
    day: Mapped[date]
    state: Mapped[str] = mapped_column(String(8))
    reason: Mapped[str | None] = mapped_column(String(32))
    delivery_id: Mapped[int] = mapped_column(OwnId)
    channel_id: Mapped[int | None] = mapped_column(DiscordId)
    message_id: Mapped[int | None] = mapped_column(DiscordId)
    posted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closes_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    thread_id: Mapped[int | None] = mapped_column(DiscordId)
    thread_reason: Mapped[str | None] = mapped_column(String(32))
    wrap_id: Mapped[int | None] = mapped_column(DiscordId)
    wrapped_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (
        UniqueConstraint("group_id", "day"),
        Index("ix_checkin_rounds_day", "day"),
        {"sqlite_autoincrement": True},  # an old button must never mean a new round
    )


class CheckinReplyRow(Table):
    """A member's reply to a round."""

    __tablename__ = "checkin_replies"
    __held__ = Held(
        title=later("Replies to check-ins"),
        about=later("What you replied to channels' check-ins."),
        theirs=(Id("member_id"),),
        queued=("checkin_reply", "checkin_reply_edit"),
        guild=Id("guild_id"),
    )

    id: Mapped[int] = mapped_column(OwnId, primary_key=True)
    round_id: Mapped[int] = mapped_column(OwnId)
    guild_id: Mapped[int] = mapped_column(DiscordId)
    member_id: Mapped[int] = mapped_column(DiscordId)
    answer: Mapped[str | None] = mapped_column(String(8))
    wins: Mapped[str] = mapped_column(Text)
    plans: Mapped[str] = mapped_column(Text)
    blockers: Mapped[str] = mapped_column(Text)
    late: Mapped[bool]
    replied_at: Mapped[datetime] = mapped_column(UtcDateTime)
    message_id: Mapped[int | None] = mapped_column(DiscordId)

    __table_args__ = (
        UniqueConstraint("round_id", "member_id"),
        Index("ix_checkin_replies_member", "member_id", "guild_id"),
        {"sqlite_autoincrement": True},
    )


configs = cast("sa.Table", CheckinConfigRow.__table__)
days = cast("sa.Table", CheckinDayRow.__table__)
away = cast("sa.Table", CheckinAwayRow.__table__)
groups = cast("sa.Table", CheckinGroupRow.__table__)
rounds = cast("sa.Table", CheckinRoundRow.__table__)
replies = cast("sa.Table", CheckinReplyRow.__table__)
joined = cast("sa.Table", CheckinJoinedRow.__table__)
