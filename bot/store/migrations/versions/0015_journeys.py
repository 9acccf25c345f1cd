"""Keep members' journeys: the plan, its pauses, and what became of each task."""

import sqlalchemy as sa
from alembic import op

from bot.store.types import DiscordId, OwnId, UtcDateTime

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_journeys()
    op.create_table(
        "journey_pauses",
        sa.Column("id", OwnId, nullable=False),
        sa.Column("journey_id", OwnId, nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date()),
        sa.PrimaryKeyConstraint("id", name="pk_journey_pauses"),
    )
    op.create_index("ix_journey_pauses_journey_id", "journey_pauses", ["journey_id"])
    create_tasks()


def create_journeys() -> None:
    op.create_table(
        "journeys",
        sa.Column("id", OwnId, nullable=False),
        sa.Column("guild_id", DiscordId(), nullable=False),
        sa.Column("member_id", DiscordId(), nullable=False),
        sa.Column("role", sa.String(60), nullable=False),
        sa.Column("role_title", sa.String(100), nullable=False),
        sa.Column("outline", sa.String(24), nullable=False),
        sa.Column("hours", sa.Integer(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("target", sa.Date()),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("started_at", UtcDateTime(), nullable=False),
        sa.Column("ended_at", UtcDateTime()),
        sa.PrimaryKeyConstraint("id", name="pk_journeys"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "uq_journeys_active",
        "journeys",
        ["guild_id", "member_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_index("ix_journeys_member", "journeys", ["member_id", "guild_id"])


def create_tasks() -> None:
    op.create_table(
        "journey_tasks",
        sa.Column("id", OwnId, nullable=False),
        sa.Column("journey_id", OwnId, nullable=False),
        sa.Column("key", sa.String(24), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("phase", sa.Integer(), nullable=False),
        sa.Column("phase_title", sa.String(100), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("is_milestone", sa.Boolean(), nullable=False),
        sa.Column("effort", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(7), nullable=False),
        sa.Column("archived", sa.Boolean(), nullable=False),
        sa.Column("done_at", UtcDateTime()),
        sa.Column("done_on", sa.Date()),
        sa.Column("first_done_at", UtcDateTime()),
        sa.Column("note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_journey_tasks"),
        sa.UniqueConstraint("journey_id", "key", name="uq_journey_tasks_journey_id"),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    for table in ("journey_tasks", "journey_pauses", "journeys"):
        op.drop_table(table)
