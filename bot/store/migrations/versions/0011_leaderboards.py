"""Keep who takes part in leaderboards, and what they have done."""

import sqlalchemy as sa
from alembic import op

from bot.store.types import DiscordId, UtcDateTime

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

SPAN = ["guild_id", "length", "begins"]


def upgrade() -> None:
    op.create_table(
        "standings",
        sa.Column("guild_id", DiscordId(), autoincrement=False, nullable=False),
        sa.Column("member_id", DiscordId(), autoincrement=False, nullable=False),
        sa.Column("joined_at", UtcDateTime(), nullable=False),
        sa.Column("streak", sa.Integer(), nullable=False),
        sa.Column("stale_at", UtcDateTime()),
        sa.Column("gone", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("guild_id", "member_id", name="pk_standings"),
    )
    op.create_index("ix_standings_streak", "standings", ["guild_id", "streak", "member_id"])
    op.create_index("ix_standings_stale", "standings", ["stale_at"])
    op.create_table(
        "scores",
        sa.Column("guild_id", DiscordId(), autoincrement=False, nullable=False),
        sa.Column("member_id", DiscordId(), autoincrement=False, nullable=False),
        sa.Column("length", sa.String(5), nullable=False),
        sa.Column("begins", sa.Date(), nullable=False),
        sa.Column("answers", sa.Integer(), nullable=False),
        sa.Column("helpful", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("guild_id", "member_id", "length", "begins", name="pk_scores"),
    )
    op.create_index("ix_scores_answers", "scores", [*SPAN, "answers", "member_id"])
    op.create_index("ix_scores_helpful", "scores", [*SPAN, "helpful", "member_id"])


def downgrade() -> None:
    for table in ("scores", "standings"):
        op.drop_table(table)
