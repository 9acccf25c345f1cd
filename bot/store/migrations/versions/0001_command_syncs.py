"""Remember which commands Discord was last given."""

import sqlalchemy as sa
from alembic import op

import bot.store.types

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "command_syncs",
        sa.Column("application_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("scope", sa.String(32), nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("synced_at", bot.store.types.UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("application_id", "scope", name="pk_command_syncs"),
    )


def downgrade() -> None:
    op.drop_table("command_syncs")
