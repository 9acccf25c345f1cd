"""Keep servers' own interview questions."""

import sqlalchemy as sa
from alembic import op

from bot.store.types import DiscordId, OwnId, UtcDateTime

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "own_questions",
        sa.Column("id", OwnId, nullable=False),
        sa.Column("guild_id", DiscordId(), nullable=False),
        sa.Column("name", sa.String(500), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(9), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_by", DiscordId()),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.Column("suggested_by", DiscordId()),
        sa.Column("reason", sa.String(500)),
        sa.PrimaryKeyConstraint("id", name="pk_own_questions"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_own_questions_guild", "own_questions", ["guild_id", "state", "id"])
    op.create_index("ix_own_questions_suggested_by", "own_questions", ["suggested_by"])
    op.create_index("ix_own_questions_state", "own_questions", ["state", "changed_at"])
    create_versions()


def create_versions() -> None:
    op.create_table(
        "own_question_versions",
        sa.Column("question_id", OwnId, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(9), nullable=False),
        sa.Column("changed_by", DiscordId()),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.Column("what", sa.String(9), nullable=False),
        sa.PrimaryKeyConstraint("question_id", "version", name="pk_own_question_versions"),
    )


def downgrade() -> None:
    op.drop_table("own_question_versions")
    op.drop_table("own_questions")
