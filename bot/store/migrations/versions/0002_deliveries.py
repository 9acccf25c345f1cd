"""Queue what is to be posted later."""

import sqlalchemy as sa
from alembic import op

import bot.store.types

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "delivery_pauses",
        sa.Column("guild_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("until", bot.store.types.UtcDateTime(), nullable=False),
        sa.Column("paused_by", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("guild_id", name="pk_delivery_pauses"),
    )
    _create_deliveries()
    _create_schedules()


def _create_deliveries() -> None:
    op.create_table(
        "deliveries",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("subject_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "schedule_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("schedule_version", sa.Integer(), nullable=True),
        sa.Column("guild_id", sa.BigInteger(), nullable=True),
        sa.Column("configured_by", sa.BigInteger(), nullable=True),
        sa.Column("target_kind", sa.String(8), nullable=False),
        sa.Column("target_id", sa.BigInteger(), nullable=False),
        sa.Column("urgency", sa.Integer(), nullable=False),
        sa.Column("dedupe_key", sa.String(160), nullable=False),
        sa.Column("due", bot.store.types.UtcDateTime(), nullable=False),
        sa.Column("expires", bot.store.types.UtcDateTime(), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("next_try", bot.store.types.UtcDateTime(), nullable=True),
        sa.Column("lease_owner", sa.String(32), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("tried_at", bot.store.types.UtcDateTime(), nullable=True),
        sa.Column("nonce", sa.String(25), nullable=False),
        sa.Column("fallbacks", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("settled_at", bot.store.types.UtcDateTime(), nullable=True),
        sa.Column("reason", sa.String(32), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_deliveries"),
        sa.UniqueConstraint("dedupe_key", name="uq_deliveries_dedupe_key"),
    )
    op.create_index("ix_deliveries_guild", "deliveries", ["guild_id", "state", "due"])
    op.create_index(
        "ix_deliveries_order",
        "deliveries",
        ["target_id", "urgency", "due"],
        sqlite_where=sa.text("next_try IS NOT NULL"),
        postgresql_where=sa.text("next_try IS NOT NULL"),
    )
    op.create_index("ix_deliveries_schedule", "deliveries", ["schedule_id", "due"])
    op.create_index("ix_deliveries_subject", "deliveries", ["kind", "subject_id", "due"])
    op.create_index(
        "ix_deliveries_wanting",
        "deliveries",
        ["urgency", "next_try"],
        sqlite_where=sa.text("next_try IS NOT NULL"),
        postgresql_where=sa.text("next_try IS NOT NULL"),
    )


def _create_schedules() -> None:
    op.create_table(
        "schedules",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("subject_id", sa.BigInteger(), nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=True),
        sa.Column("configured_by", sa.BigInteger(), nullable=True),
        sa.Column("target_kind", sa.String(8), nullable=False),
        sa.Column("target_id", sa.BigInteger(), nullable=False),
        sa.Column("rule", sa.String(200), nullable=False),
        sa.Column("start", sa.String(32), nullable=False),
        sa.Column("zone", sa.String(64), nullable=False),
        sa.Column("skipped", sa.Text(), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(32), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_schedules"),
    )
    op.create_index("ix_schedules_guild", "schedules", ["guild_id", "state"])
    op.create_index("ix_schedules_subject", "schedules", ["kind", "subject_id"])


def downgrade() -> None:
    op.drop_index("ix_schedules_subject", table_name="schedules")
    op.drop_index("ix_schedules_guild", table_name="schedules")
    op.drop_table("schedules")
    op.drop_index("ix_deliveries_wanting", table_name="deliveries")
    op.drop_index("ix_deliveries_subject", table_name="deliveries")
    op.drop_index("ix_deliveries_schedule", table_name="deliveries")
    op.drop_index("ix_deliveries_order", table_name="deliveries")
    op.drop_index("ix_deliveries_guild", table_name="deliveries")
    op.drop_table("deliveries")
    op.drop_table("delivery_pauses")
