"""Find a member's rows by index; give no schedule's id twice; say whose channel's settings are.

A check-in's day keeps the questions it was asked and the tasks that were ticked with it.
"""

import sqlalchemy as sa
from alembic import op

from bot.store.types import DiscordId, UtcDateTime

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

INDEXED = (
    ("attempt_votes", "member_id"),
    ("deliveries", "target_id"),
    ("faq_entries", "changed_by"),
    ("faq_versions", "changed_by"),
    ("faq_waiting", "answered_by"),
    ("memberships", "member_id"),
    ("notices", "configured_by"),
    ("notices", "target_id"),
    ("notices", "told_id"),
    ("own_question_versions", "changed_by"),
    ("own_questions", "changed_by"),
    ("schedules", "target_id"),
    ("scores", "member_id"),
    ("settings", "changed_by"),
    ("settings", "guild_id"),
    ("standings", "member_id"),
)
QUEUE = ("deliveries", "schedules")
BY_SOMEBODY = sa.text("configured_by IS NOT NULL")
NONE = "[]"


def upgrade() -> None:
    op.add_column("settings", sa.Column("guild_id", DiscordId(), nullable=True))
    for name in ("asked", "ticked"):
        column = sa.Column(name, sa.Text(), nullable=False, server_default=NONE)
        op.add_column("checkin_days", column)
    _rebuild_schedules(counts_up=True)
    op.add_column("schedules", sa.Column("ended_at", UtcDateTime(), nullable=True))
    for table, column in INDEXED:
        op.create_index(f"ix_{table}_{column}", table, [column])
    for table in QUEUE:
        op.create_index(
            f"ix_{table}_configured_by",
            table,
            ["configured_by"],
            sqlite_where=BY_SOMEBODY,
            postgresql_where=BY_SOMEBODY,
        )


def downgrade() -> None:
    for table in QUEUE:
        op.drop_index(f"ix_{table}_configured_by", table)
    for table, column in INDEXED:
        op.drop_index(f"ix_{table}_{column}", table)
    op.drop_column("schedules", "ended_at")
    _rebuild_schedules(counts_up=False)
    for name in ("ticked", "asked"):
        op.drop_column("checkin_days", name)
    op.drop_column("settings", "guild_id")


def _rebuild_schedules(*, counts_up: bool) -> None:
    """Let SQLite count ids up only, or not; nothing else of the table changes.

    Ids of schedules that deliveries still name are counted as given.
    """
    if op.get_bind().dialect.name != "sqlite":
        return
    autoincrement = {"sqlite_autoincrement": counts_up}
    with op.batch_alter_table("schedules", recreate="always", table_kwargs=autoincrement):
        pass
    if counts_up:
        _count_up_from_the_highest_known()


def _count_up_from_the_highest_known() -> None:
    known = " UNION ALL ".join(
        f"SELECT max({column}) AS id FROM {table}"  # noqa: S608 - names of our own tables
        for table, column in (
            ("schedules", "id"),
            ("deliveries", "schedule_id"),
            ("reminders", "schedule_id"),
            ("daily_configs", "schedule_id"),
            ("checkin_configs", "schedule_id"),
            ("checkin_groups", "schedule_id"),
        )
    )
    op.execute("DELETE FROM sqlite_sequence WHERE name = 'schedules'")
    highest = f"SELECT 'schedules', coalesce(max(id), 0) FROM ({known})"  # noqa: S608 - the same
    op.execute(f"INSERT INTO sqlite_sequence (name, seq) {highest}")
