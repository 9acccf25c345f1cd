"""Keep members' answers to interview questions, the votes on them, and what streaks rest on."""

import sqlalchemy as sa
from alembic import op

from bot.store.types import DiscordId, OwnId, UtcDateTime

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "attempts",
        sa.Column("id", OwnId, nullable=False),
        sa.Column("post_id", OwnId, nullable=False),
        sa.Column("guild_id", DiscordId(), nullable=False),
        sa.Column("member_id", DiscordId(), nullable=False),
        sa.Column("question_key", sa.String(130), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("sharing", sa.String(9), nullable=False),
        sa.Column("ticked", sa.String(40), nullable=False),
        sa.Column("sent_at", UtcDateTime(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("ahead_s", sa.Integer(), nullable=False),
        sa.Column("edited_at", UtcDateTime()),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_attempts"),
        sa.UniqueConstraint("post_id", "member_id", name="uq_attempts_post_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_attempts_member", "attempts", ["member_id", "guild_id", "day"])
    op.create_index("ix_attempts_guild", "attempts", ["guild_id", "day"])
    op.create_table(
        "attempt_votes",
        sa.Column("attempt_id", OwnId, autoincrement=False, nullable=False),
        sa.Column("member_id", DiscordId(), autoincrement=False, nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("attempt_id", "member_id", name="pk_attempt_votes"),
    )
    create_streak_tables()


def create_streak_tables() -> None:
    op.create_table(
        "streak_pauses",
        sa.Column("id", OwnId, nullable=False),
        sa.Column("guild_id", DiscordId(), nullable=False),
        sa.Column("member_id", DiscordId(), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date()),
        sa.PrimaryKeyConstraint("id", name="pk_streak_pauses"),
    )
    op.create_index("ix_streak_pauses_member", "streak_pauses", ["member_id", "guild_id"])
    op.create_table(
        "outages",
        sa.Column("began", UtcDateTime(), nullable=False),
        sa.Column("ended", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("began", name="pk_outages"),
    )
    op.create_table(
        "pulse",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_pulse"),
    )


def downgrade() -> None:
    for table in ("pulse", "outages", "streak_pauses", "attempt_votes", "attempts"):
        op.drop_table(table)
