"""Keep when questions were posted, also after the posts are forgotten: streaks follow from it."""

import sqlalchemy as sa
from alembic import op

from bot.store.types import DiscordId, UtcDateTime

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "asked_times",
        sa.Column("guild_id", DiscordId(), autoincrement=False, nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("guild_id", "at", name="pk_asked_times"),
    )
    op.execute(
        "INSERT INTO asked_times (guild_id, at) SELECT DISTINCT guild_id, posted_at "
        "FROM daily_posts WHERE posted_at IS NOT NULL"
    )


def downgrade() -> None:
    op.drop_table("asked_times")
