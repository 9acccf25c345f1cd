"""Keep what members and servers choose."""

import sqlalchemy as sa
from alembic import op

import bot.store.types

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "settings",
        sa.Column("owner_kind", sa.String(8), nullable=False),
        sa.Column("owner_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("changed_by", sa.BigInteger(), nullable=False),
        sa.Column("changed_at", bot.store.types.UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("owner_kind", "owner_id", "name", name="pk_settings"),
    )


def downgrade() -> None:
    op.drop_table("settings")
