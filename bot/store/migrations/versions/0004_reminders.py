"""Keep reminders, their drafts, and what somebody must be told."""

import sqlalchemy as sa
from alembic import op

from bot.store.types import DiscordId, OwnId, UtcDateTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_reminders()
    create_reminder_drafts()
    create_notices()


def create_reminders() -> None:
    op.create_table(
        "reminders",
        sa.Column("id", OwnId, nullable=False),
        sa.Column("user_id", DiscordId(), nullable=False),
        sa.Column("guild_id", DiscordId()),
        sa.Column("channel_id", DiscordId()),
        sa.Column("place", sa.String(4), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("phrase", sa.String(200), nullable=False),
        sa.Column("due", UtcDateTime()),
        sa.Column("schedule_id", OwnId),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_reminders"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_reminders_user", "reminders", ["user_id", "state"])


def create_reminder_drafts() -> None:
    op.create_table(
        "reminder_drafts",
        sa.Column("id", OwnId, nullable=False),
        sa.Column("user_id", DiscordId(), nullable=False),
        sa.Column("guild_id", DiscordId()),
        sa.Column("channel_id", DiscordId()),
        sa.Column("place", sa.String(4), nullable=False),
        sa.Column("phrase", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("choices", sa.Text(), nullable=False),
        sa.Column("reminder_id", OwnId),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_reminder_drafts"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_reminder_drafts_user_id", "reminder_drafts", ["user_id"])


def create_notices() -> None:
    op.create_table(
        "notices",
        sa.Column("id", OwnId, nullable=False),
        sa.Column("open_key", sa.String(80)),
        sa.Column("guild_id", DiscordId()),
        sa.Column("member_id", DiscordId()),
        sa.Column("configured_by", DiscordId()),
        sa.Column("target_kind", sa.String(8), nullable=False),
        sa.Column("target_id", DiscordId(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("reason", sa.String(32), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("opened_at", UtcDateTime(), nullable=False),
        sa.Column("told_at", UtcDateTime()),
        sa.Column("told_kind", sa.String(8)),
        sa.Column("told_id", DiscordId()),
        sa.Column("closed_at", UtcDateTime()),
        sa.PrimaryKeyConstraint("id", name="pk_notices"),
        sa.UniqueConstraint("open_key", name="uq_notices_open_key"),
    )
    op.create_index("ix_notices_guild", "notices", ["guild_id", "told_at"])
    op.create_index("ix_notices_member", "notices", ["member_id", "told_at"])


def downgrade() -> None:
    for table in ("notices", "reminder_drafts", "reminders"):
        op.drop_table(table)
