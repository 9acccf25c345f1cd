"""Keep check-ins: how members and channels are asked, what came of it, and who is away."""

import sqlalchemy as sa
from alembic import op

from bot.store.types import DiscordId, OwnId, UtcDateTime

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "checkin_configs",
        sa.Column("id", OwnId, nullable=False),
        sa.Column("guild_id", DiscordId(), nullable=False),
        sa.Column("member_id", DiscordId(), nullable=False),
        sa.Column("schedule_id", OwnId),
        sa.Column("follows_zone", sa.Boolean(), nullable=False),
        sa.Column("zone_is_old", sa.Boolean(), nullable=False),
        sa.Column("place", sa.String(4), nullable=False),
        sa.Column("channel_id", DiscordId()),
        sa.Column("questions", sa.Text(), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("covered", sa.Date(), nullable=False),
        sa.Column("asked_at", UtcDateTime()),
        sa.Column("left_out", sa.Text(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_checkin_configs"),
        sa.UniqueConstraint("member_id", "guild_id", name="uq_checkin_configs_member_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_checkin_configs_guild", "checkin_configs", ["guild_id", "follows_zone"])
    op.create_index("ix_checkin_configs_zone", "checkin_configs", ["zone_is_old"])
    create_days()
    op.create_table(
        "checkin_away",
        sa.Column("member_id", DiscordId(), autoincrement=False, nullable=False),
        sa.Column("guild_id", DiscordId(), autoincrement=False, nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("back", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("member_id", "guild_id", name="pk_checkin_away"),
    )
    create_groups()
    create_rounds()


def create_days() -> None:
    op.create_table(
        "checkin_days",
        sa.Column("id", OwnId, nullable=False),
        sa.Column("config_id", OwnId, nullable=False),
        sa.Column("guild_id", DiscordId(), nullable=False),
        sa.Column("member_id", DiscordId(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("reason", sa.String(32)),
        sa.Column("delivery_id", OwnId),
        sa.Column("channel_id", DiscordId()),
        sa.Column("message_id", DiscordId()),
        sa.Column("asked_at", UtcDateTime()),
        sa.Column("answer", sa.String(8)),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("finished", sa.Integer(), nullable=False),
        sa.Column("answered_at", UtcDateTime()),
        sa.Column("help_wanted", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="pk_checkin_days"),
        sa.UniqueConstraint("config_id", "day", name="uq_checkin_days_config_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_checkin_days_member", "checkin_days", ["member_id", "guild_id", "day"])
    op.create_index("ix_checkin_days_day", "checkin_days", ["day"])


def create_groups() -> None:
    op.create_table(
        "checkin_groups",
        sa.Column("id", OwnId, nullable=False),
        sa.Column("guild_id", DiscordId(), nullable=False),
        sa.Column("schedule_id", OwnId, nullable=False),
        sa.Column("hours", sa.Integer(), nullable=False),
        sa.Column("mode", sa.String(8), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("configured_by", DiscordId(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("removed_at", UtcDateTime()),
        sa.PrimaryKeyConstraint("id", name="pk_checkin_groups"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_checkin_groups_guild", "checkin_groups", ["guild_id", "removed_at"])
    op.create_table(
        "checkin_joined",
        sa.Column("group_id", OwnId, autoincrement=False, nullable=False),
        sa.Column("member_id", DiscordId(), autoincrement=False, nullable=False),
        sa.Column("guild_id", DiscordId(), nullable=False),
        sa.Column("called_at", UtcDateTime()),
        sa.PrimaryKeyConstraint("group_id", "member_id", name="pk_checkin_joined"),
    )
    op.create_index("ix_checkin_joined_member", "checkin_joined", ["member_id", "guild_id"])


def create_rounds() -> None:
    op.create_table(
        "checkin_rounds",
        sa.Column("id", OwnId, nullable=False),
        sa.Column("group_id", OwnId, nullable=False),
        sa.Column("guild_id", DiscordId(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("reason", sa.String(32)),
        sa.Column("delivery_id", OwnId, nullable=False),
        sa.Column("channel_id", DiscordId()),
        sa.Column("message_id", DiscordId()),
        sa.Column("posted_at", UtcDateTime()),
        sa.Column("closes_at", UtcDateTime()),
        sa.Column("thread_id", DiscordId()),
        sa.Column("thread_reason", sa.String(32)),
        sa.Column("wrap_id", DiscordId()),
        sa.Column("wrapped_at", UtcDateTime()),
        sa.PrimaryKeyConstraint("id", name="pk_checkin_rounds"),
        sa.UniqueConstraint("group_id", "day", name="uq_checkin_rounds_group_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_checkin_rounds_day", "checkin_rounds", ["day"])
    op.create_table(
        "checkin_replies",
        sa.Column("id", OwnId, nullable=False),
        sa.Column("round_id", OwnId, nullable=False),
        sa.Column("guild_id", DiscordId(), nullable=False),
        sa.Column("member_id", DiscordId(), nullable=False),
        sa.Column("answer", sa.String(8)),
        sa.Column("wins", sa.Text(), nullable=False),
        sa.Column("plans", sa.Text(), nullable=False),
        sa.Column("blockers", sa.Text(), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("replied_at", UtcDateTime(), nullable=False),
        sa.Column("message_id", DiscordId()),
        sa.PrimaryKeyConstraint("id", name="pk_checkin_replies"),
        sa.UniqueConstraint("round_id", "member_id", name="uq_checkin_replies_round_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_checkin_replies_member", "checkin_replies", ["member_id", "guild_id"])


def downgrade() -> None:
    for table in ("replies", "rounds", "joined", "groups", "away", "days", "configs"):
        op.drop_table(f"checkin_{table}")
