"""Know who has left a server; let rows of a server lose the name of whoever made them."""

import sqlalchemy as sa
from alembic import op

from bot.store.types import DiscordId, OwnId, UtcDateTime

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

NOBODY = 0
NAMED = (
    ("settings", "changed_by", False),
    ("delivery_pauses", "paused_by", False),
    ("daily_configs", "configured_by", True),
    ("checkin_groups", "configured_by", True),
)
"""Columns that can lose their name, and whether SQLite counts their table's ids up only."""


def upgrade() -> None:
    op.create_table(
        "memberships",
        sa.Column("id", OwnId, nullable=False),
        sa.Column("guild_id", DiscordId(), nullable=False),
        sa.Column("member_id", DiscordId(), nullable=False),
        sa.Column("checked_at", UtcDateTime()),
        sa.Column("left_at", UtcDateTime()),
        sa.Column("channels", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_memberships"),
        sa.UniqueConstraint("guild_id", "member_id", name="uq_memberships_guild_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_memberships_checked_at", "memberships", ["checked_at"])
    for table, column, counts_up in NAMED:
        with op.batch_alter_table(
            table, table_kwargs={"sqlite_autoincrement": counts_up}
        ) as altered:
            altered.alter_column(column, existing_type=sa.BigInteger(), nullable=True)


def downgrade() -> None:
    for table, column, counts_up in NAMED:
        unnamed = sa.table(table, sa.column(column))
        op.execute(unnamed.update().where(unnamed.c[column].is_(None)).values({column: NOBODY}))
        with op.batch_alter_table(
            table, table_kwargs={"sqlite_autoincrement": counts_up}
        ) as altered:
            altered.alter_column(column, existing_type=sa.BigInteger(), nullable=False)
    op.drop_table("memberships")
