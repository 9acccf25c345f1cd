"""Keep for a day what was taken back, and what facilitators hid; forget ticks by place."""

import sqlalchemy as sa
from alembic import op

from bot.store.types import UtcDateTime

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    hidden = sa.Column("hidden", sa.Boolean(), nullable=False, server_default=sa.false())
    op.add_column("attempts", hidden)
    op.add_column("attempts", sa.Column("taken_back_at", UtcDateTime()))
    op.create_index("ix_attempts_taken_back", "attempts", ["taken_back_at"])
    op.execute("UPDATE attempts SET ticked = ''")  # places of points, which edits had moved


def downgrade() -> None:
    op.execute("UPDATE attempts SET ticked = ''")
    op.drop_index("ix_attempts_taken_back", "attempts")
    op.drop_column("attempts", "taken_back_at")
    op.drop_column("attempts", "hidden")
