"""Keep the weekly hours in which members have time."""

import sqlalchemy as sa
from alembic import op

from bot.store.types import DiscordId, UtcDateTime

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "availability",
        sa.Column("member_id", DiscordId(), autoincrement=False, nullable=False),
        sa.Column("hours", sa.Text(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("member_id", name="pk_availability"),
    )


def downgrade() -> None:
    op.drop_table("availability")
