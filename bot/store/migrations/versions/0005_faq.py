"""Keep servers' own answers, the questions that wait for one, and what is asked."""

import sqlalchemy as sa
from alembic import op

from bot.store.types import DiscordId, OwnId, UtcDateTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_entries()
    create_names()
    create_versions()
    create_revisions()
    create_waiting()
    create_misses()
    create_votes()
    create_tallies()


def create_entries() -> None:
    op.create_table(
        "faq_entries",
        sa.Column("id", OwnId, nullable=False),
        sa.Column("guild_id", DiscordId(), nullable=False),
        sa.Column("question", sa.String(200), nullable=False),
        sa.Column("aliases", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("role", sa.String(60)),
        sa.Column("source", sa.String(300)),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_by", DiscordId()),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_faq_entries"),
        sqlite_autoincrement=True,
    )
    guild = ["guild_id", "removed", "changed_at"]
    op.create_index("ix_faq_entries_guild", "faq_entries", guild)
    op.create_index("ix_faq_entries_removed", "faq_entries", ["removed", "changed_at"])


def create_names() -> None:
    op.create_table(
        "faq_names",
        sa.Column("guild_id", DiscordId(), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("entry_id", OwnId, nullable=False),
        sa.PrimaryKeyConstraint("guild_id", "name", name="pk_faq_names"),
    )
    op.create_index("ix_faq_names_entry_id", "faq_names", ["entry_id"])


def create_versions() -> None:
    op.create_table(
        "faq_versions",
        sa.Column("entry_id", OwnId, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(200), nullable=False),
        sa.Column("aliases", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("role", sa.String(60)),
        sa.Column("source", sa.String(300)),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.Column("changed_by", DiscordId()),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.Column("what", sa.String(8), nullable=False),
        sa.PrimaryKeyConstraint("entry_id", "version", name="pk_faq_versions"),
    )


def create_revisions() -> None:
    op.create_table(
        "faq_revisions",
        sa.Column("guild_id", DiscordId(), autoincrement=False, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("guild_id", name="pk_faq_revisions"),
    )


def create_waiting() -> None:
    op.create_table(
        "faq_waiting",
        sa.Column("id", OwnId, nullable=False),
        sa.Column("guild_id", DiscordId(), nullable=False),
        sa.Column("asker_id", DiscordId(), nullable=False),
        sa.Column("channel_id", DiscordId()),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("key", sa.String(200), nullable=False),
        sa.Column("role", sa.String(60)),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("state", sa.String(9), nullable=False),
        sa.Column("answer", sa.Text()),
        sa.Column("answered_by", DiscordId()),
        sa.Column("answered_at", UtcDateTime()),
        sa.Column("entry_id", OwnId),
        sa.PrimaryKeyConstraint("id", name="pk_faq_waiting"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_faq_waiting_guild", "faq_waiting", ["guild_id", "state", "id"])
    op.create_index("ix_faq_waiting_asker", "faq_waiting", ["asker_id", "guild_id", "state"])
    op.create_index("ix_faq_waiting_answered", "faq_waiting", ["answered_at"])


def create_misses() -> None:
    op.create_table(
        "faq_misses",
        sa.Column("guild_id", DiscordId(), nullable=False),
        sa.Column("key", sa.String(200), nullable=False),
        sa.Column("sample", sa.String(300), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("last_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("guild_id", "key", name="pk_faq_misses"),
    )
    op.create_index("ix_faq_misses_count", "faq_misses", ["guild_id", "count"])
    op.create_index("ix_faq_misses_last_at", "faq_misses", ["last_at"])


def create_votes() -> None:
    op.create_table(
        "faq_votes",
        sa.Column("guild_id", DiscordId(), nullable=False),
        sa.Column("answer_key", sa.String(120), nullable=False),
        sa.Column("member_id", DiscordId(), nullable=False),
        sa.Column("helpful", sa.Boolean(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("guild_id", "answer_key", "member_id", name="pk_faq_votes"),
    )
    op.create_index("ix_faq_votes_member_id", "faq_votes", ["member_id"])


def create_tallies() -> None:
    op.create_table(
        "faq_tallies",
        sa.Column("guild_id", DiscordId(), nullable=False),
        sa.Column("answer_key", sa.String(120), nullable=False),
        sa.Column("entry_id", OwnId),
        sa.Column("title", sa.String(300), nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("helpful", sa.Integer(), nullable=False),
        sa.Column("unhelpful", sa.Integer(), nullable=False),
        sa.Column("last_asked", UtcDateTime()),
        sa.PrimaryKeyConstraint("guild_id", "answer_key", name="pk_faq_tallies"),
    )
    op.create_index("ix_faq_tallies_entry_id", "faq_tallies", ["entry_id"])
    op.create_index("ix_faq_tallies_asked", "faq_tallies", ["guild_id", "asked"])


def downgrade() -> None:
    for table in ("tallies", "votes", "misses", "waiting", "revisions", "versions", "names"):
        op.drop_table(f"faq_{table}")
    op.drop_table("faq_entries")
