"""Keep groups that prepare together, and who is in them."""

import sqlalchemy as sa
from alembic import op

from bot.store.types import DiscordId, OwnId, UtcDateTime

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "study_groups",
        sa.Column("id", OwnId, nullable=False),
        sa.Column("guild_id", DiscordId(), nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("topic", sa.String(200), nullable=False),
        sa.Column("role", sa.String(60)),
        sa.Column("phase", sa.String(100)),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("admission", sa.String(7), nullable=False),
        sa.Column("zone", sa.String(64), nullable=False),
        sa.Column("channel_id", DiscordId(), nullable=False),
        sa.Column("own_thread", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("made_by", DiscordId()),
        sa.Column("active_at", UtcDateTime(), nullable=False),
        sa.Column("asked_at", UtcDateTime()),
        sa.Column("closed_at", UtcDateTime()),
        sa.Column("looked_at", UtcDateTime(), nullable=False),
        sa.Column("message_id", DiscordId()),
        sa.Column("card_due", UtcDateTime()),
        sa.Column("pinned", sa.Boolean()),
        sa.PrimaryKeyConstraint("id", name="pk_study_groups"),
        sqlite_autoincrement=True,
    )
    for column in ("made_by", "message_id"):
        op.create_index(f"ix_study_groups_{column}", "study_groups", [column])
    op.create_index("ix_study_groups_guild", "study_groups", ["guild_id", "state"])
    op.create_index("ix_study_groups_state", "study_groups", ["state", "active_at"])
    op.create_table(
        "study_entries",
        sa.Column("id", OwnId, nullable=False),
        sa.Column("group_id", OwnId, nullable=False),
        sa.Column("guild_id", DiscordId(), nullable=False),
        sa.Column("member_id", DiscordId(), nullable=False),
        sa.Column("standing", sa.String(8), nullable=False),
        sa.Column("rank", sa.String(9), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("offered_at", UtcDateTime()),
        sa.Column("refused", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_study_entries"),
        sa.UniqueConstraint("group_id", "member_id", name="uq_study_entries_group_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_study_entries_member", "study_entries", ["member_id", "guild_id"])
    op.create_index("ix_study_entries_standing", "study_entries", ["standing", "at"])


def downgrade() -> None:
    op.drop_table("study_entries")
    op.drop_table("study_groups")
