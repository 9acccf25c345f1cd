"""Keep what members finish and may have announced, its posts, and who has congratulated."""

import sqlalchemy as sa
from alembic import op

from bot.store.types import DiscordId, OwnId, UtcDateTime

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "celebrations",
        sa.Column("id", OwnId, nullable=False),
        sa.Column("guild_id", DiscordId(), nullable=False),
        sa.Column("member_id", DiscordId(), nullable=False),
        sa.Column("occasion", sa.String(9), nullable=False),
        sa.Column("subject_id", OwnId, nullable=False),
        sa.Column("part", OwnId, nullable=False),
        sa.Column("state", sa.String(9), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("agreed", sa.Boolean(), nullable=False),
        sa.Column("offered", sa.Boolean(), nullable=False),
        sa.Column("post_id", OwnId),
        sa.PrimaryKeyConstraint("id", name="pk_celebrations"),
        sa.UniqueConstraint("occasion", "subject_id", "part", name="uq_celebrations_occasion"),
    )
    op.create_index("ix_celebrations_member", "celebrations", ["member_id", "guild_id"])
    op.create_index("ix_celebrations_state", "celebrations", ["state", "at"])
    op.create_index("ix_celebrations_post_id", "celebrations", ["post_id"])
    op.create_table(
        "celebration_posts",
        sa.Column("id", OwnId, nullable=False),
        sa.Column("guild_id", DiscordId(), nullable=False),
        sa.Column("member_id", DiscordId(), nullable=False),
        sa.Column("began_at", UtcDateTime(), nullable=False),
        sa.Column("due", UtcDateTime(), nullable=False),
        sa.Column("delivery_id", OwnId),
        sa.Column("channel_id", DiscordId()),
        sa.Column("message_id", DiscordId()),
        sa.PrimaryKeyConstraint("id", name="pk_celebration_posts"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_celebration_posts_member", "celebration_posts", ["member_id", "guild_id"])
    op.create_index("ix_celebration_posts_guild_id", "celebration_posts", ["guild_id"])
    op.create_index(
        "ix_celebration_posts_unseen",
        "celebration_posts",
        ["due"],
        sqlite_where=sa.text("message_id IS NULL"),
        postgresql_where=sa.text("message_id IS NULL"),
    )
    op.create_table(
        "congratulations",
        sa.Column("post_id", OwnId, autoincrement=False, nullable=False),
        sa.Column("member_id", DiscordId(), autoincrement=False, nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("post_id", "member_id", name="pk_congratulations"),
    )
    op.create_index("ix_congratulations_member_id", "congratulations", ["member_id"])


def downgrade() -> None:
    op.drop_table("congratulations")
    op.drop_table("celebration_posts")
    op.drop_table("celebrations")
