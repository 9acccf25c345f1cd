"""Count the changes of servers' questions, so that each process knows when to read them again."""

import sqlalchemy as sa
from alembic import op

from bot.store.types import DiscordId

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "question_revisions",
        sa.Column("guild_id", DiscordId(), autoincrement=False, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("guild_id", name="pk_question_revisions"),
    )


def downgrade() -> None:
    op.drop_table("question_revisions")
