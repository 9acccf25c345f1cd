"""Keep what members practise, and the interview sets that they answer."""

import sqlalchemy as sa
from alembic import op

from bot.store.types import DiscordId, OwnId, UtcDateTime

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_cards()
    create_reviews()
    create_sets()


def create_cards() -> None:
    op.create_table(
        "practice_cards",
        sa.Column("user_id", DiscordId(), nullable=False),
        sa.Column("key", sa.String(140), nullable=False),
        sa.Column("due", UtcDateTime(), nullable=False),
        sa.Column("phase", sa.Integer(), nullable=False),
        sa.Column("step", sa.Integer()),
        sa.Column("stability", sa.Float(53)),
        sa.Column("difficulty", sa.Float(53)),
        sa.Column("last_review", UtcDateTime()),
        sa.Column("reviews", sa.Integer(), nullable=False),
        sa.Column("first_review", UtcDateTime()),
        sa.Column("suspended", sa.Boolean(), nullable=False),
        sa.Column("added_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("user_id", "key", name="pk_practice_cards"),
    )


def create_reviews() -> None:
    op.create_table(
        "practice_reviews",
        sa.Column("user_id", DiscordId(), nullable=False),
        sa.Column("key", sa.String(140), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("rating", sa.Integer(), nullable=False),
        sa.Column("phase_before", sa.Integer(), nullable=False),
        sa.Column("reviewed_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("user_id", "key", "number", name="pk_practice_reviews"),
    )
    op.create_index("ix_practice_reviews_user", "practice_reviews", ["user_id", "reviewed_at"])
    op.create_index("ix_practice_reviews_reviewed_at", "practice_reviews", ["reviewed_at"])


def create_sets() -> None:
    op.create_table(
        "interview_sets",
        sa.Column("id", OwnId, nullable=False),
        sa.Column("user_id", DiscordId(), nullable=False),
        sa.Column("guild_id", DiscordId(), nullable=False),
        sa.Column("role", sa.String(60)),
        sa.Column("level", sa.String(6)),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("is_over", sa.Boolean(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_interview_sets"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_interview_sets_user", "interview_sets", ["user_id", "guild_id"])
    op.create_index("ix_interview_sets_changed_at", "interview_sets", ["changed_at"])
    op.create_table(
        "interview_questions",
        sa.Column("set_id", OwnId, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(140), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("set_id", "place", name="pk_interview_questions"),
    )


def downgrade() -> None:
    for table in ("interview_questions", "interview_sets", "practice_reviews", "practice_cards"):
        op.drop_table(table)
