"""Keep members' milestones and the steps of their applications."""

import sqlalchemy as sa
from alembic import op

from bot.store.types import DiscordId, OwnId, UtcDateTime

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "milestones",
        sa.Column("id", OwnId, nullable=False),
        sa.Column("guild_id", DiscordId(), nullable=False),
        sa.Column("member_id", DiscordId(), nullable=False),
        sa.Column("kind", sa.String(11), nullable=False),
        sa.Column("title", sa.String(100), nullable=False),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("category", sa.String(50), nullable=False),
        sa.Column("visibility", sa.String(6), nullable=False),
        sa.Column("due", sa.Date()),
        sa.Column("progress", sa.Integer()),
        sa.Column("progress_of", sa.Integer()),
        sa.Column("next_step", sa.String(200), nullable=False),
        sa.Column("next_on", sa.Date()),
        sa.Column("stage", sa.String(9)),
        sa.Column("reached", sa.String(9)),
        sa.Column("stage_since", UtcDateTime()),
        sa.Column("outcome", sa.String(9)),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.Column("done_at", UtcDateTime()),
        sa.Column("was_done_at", UtcDateTime()),
        sa.Column("times_done", sa.Integer(), nullable=False),
        sa.Column("removed_at", UtcDateTime()),
        sa.Column("reminder_id", OwnId),
        sa.PrimaryKeyConstraint("id", name="pk_milestones"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_milestones_member", "milestones", ["member_id", "guild_id"])
    op.create_index(
        "ix_milestones_removed",
        "milestones",
        ["removed_at"],
        sqlite_where=sa.text("removed_at IS NOT NULL"),
        postgresql_where=sa.text("removed_at IS NOT NULL"),
    )
    op.create_table(
        "milestone_steps",
        sa.Column("milestone_id", OwnId, autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("stage", sa.String(9), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("milestone_id", "number", name="pk_milestone_steps"),
    )


def downgrade() -> None:
    op.drop_table("milestone_steps")
    op.drop_table("milestones")
