"""Keep servers' daily questions, and what became of each day."""

import sqlalchemy as sa
from alembic import op

from bot.store.types import DiscordId, OwnId, UtcDateTime

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_configs()
    create_posts()


def create_configs() -> None:
    op.create_table(
        "daily_configs",
        sa.Column("id", OwnId, nullable=False),
        sa.Column("guild_id", DiscordId(), nullable=False),
        sa.Column("schedule_id", OwnId, nullable=False),
        sa.Column("role", sa.String(100)),
        sa.Column("levels", sa.String(60), nullable=False),
        sa.Column("kinds", sa.String(100), nullable=False),
        sa.Column("ping_role", DiscordId()),
        sa.Column("thread", sa.Boolean(), nullable=False),
        sa.Column("reveal_hours", sa.Integer(), nullable=False),
        sa.Column("seed", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("configured_by", DiscordId(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("recorded_until", UtcDateTime(), nullable=False),
        sa.Column("removed_at", UtcDateTime()),
        sa.PrimaryKeyConstraint("id", name="pk_daily_configs"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_daily_configs_guild", "daily_configs", ["guild_id", "removed_at"])
    op.create_index("ix_daily_configs_recorded", "daily_configs", ["removed_at", "recorded_until"])


def create_posts() -> None:
    op.create_table(
        "daily_posts",
        sa.Column("id", OwnId, nullable=False),
        sa.Column("config_id", OwnId, nullable=False),
        sa.Column("guild_id", DiscordId(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("due", UtcDateTime(), nullable=False),
        sa.Column("delivery_id", OwnId),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("reason", sa.String(32)),
        sa.Column("question_key", sa.String(200)),
        sa.Column("level", sa.String(8)),
        sa.Column("round", sa.Integer()),
        sa.Column("channel_id", DiscordId()),
        sa.Column("message_id", DiscordId()),
        sa.Column("posted_at", UtcDateTime()),
        sa.Column("thread_id", DiscordId()),
        sa.Column("thread_reason", sa.String(32)),
        sa.Column("reveal_at", UtcDateTime()),
        sa.Column("revealed_at", UtcDateTime()),
        sa.Column("reveal_reason", sa.String(32)),
        sa.PrimaryKeyConstraint("id", name="pk_daily_posts"),
        sa.UniqueConstraint("config_id", "day", name="uq_daily_posts_config_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_daily_posts_guild", "daily_posts", ["guild_id", "day"])


def downgrade() -> None:
    op.drop_table("daily_posts")
    op.drop_table("daily_configs")
