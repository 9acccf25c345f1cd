"""Keep whom a server has blocked, told by a keyed hash."""

import sqlalchemy as sa
from alembic import op

from bot.store.types import DiscordId, OwnId, UtcDateTime

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "block_keys",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("key", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_block_keys"),
    )
    op.create_table(
        "blocks",
        sa.Column("id", OwnId, nullable=False),
        sa.Column("guild_id", DiscordId(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("member_id", DiscordId()),
        sa.Column("reason", sa.String(200)),
        sa.Column("blocked_by", DiscordId()),
        sa.Column("blocked_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_blocks"),
        sa.UniqueConstraint("guild_id", "digest", name="uq_blocks_guild_id"),
        sqlite_autoincrement=True,
    )
    for column in ("member_id", "blocked_by"):
        op.create_index(f"ix_blocks_{column}", "blocks", [column])


def downgrade() -> None:
    op.drop_table("blocks")
    op.drop_table("block_keys")
