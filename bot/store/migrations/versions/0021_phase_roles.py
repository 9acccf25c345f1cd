"""Keep which Discord roles are given for finished phases, and who has earned and got them."""

import sqlalchemy as sa
from alembic import op

from bot.store.types import DiscordId, OwnId, UtcDateTime

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "phase_roles",
        sa.Column("id", OwnId, nullable=False),
        sa.Column("guild_id", DiscordId(), nullable=False),
        sa.Column("role", sa.String(60), nullable=False),
        sa.Column("phase", sa.String(100), nullable=False),
        sa.Column("role_id", DiscordId(), nullable=False),
        sa.Column("set_by", DiscordId()),
        sa.Column("set_at", UtcDateTime(), nullable=False),
        sa.Column("removed_at", UtcDateTime()),
        sa.PrimaryKeyConstraint("id", name="pk_phase_roles"),
        sa.UniqueConstraint("guild_id", "role", "phase", name="uq_phase_roles_guild_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_phase_roles_set_by", "phase_roles", ["set_by"])
    create_grants()
    op.create_index("ix_journeys_career", "journeys", ["guild_id", "role", "member_id"])


def create_grants() -> None:
    op.create_table(
        "phase_role_grants",
        sa.Column("id", OwnId, nullable=False),
        sa.Column("guild_id", DiscordId(), nullable=False),
        sa.Column("member_id", DiscordId(), nullable=False),
        sa.Column("phase_role_id", OwnId, nullable=False),
        sa.Column("earned", sa.Boolean(), nullable=False),
        sa.Column("role_id", DiscordId()),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("planned_at", UtcDateTime()),
        sa.PrimaryKeyConstraint("id", name="pk_phase_role_grants"),
        sa.UniqueConstraint(
            "phase_role_id", "member_id", name="uq_phase_role_grants_phase_role_id"
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_phase_role_grants_member", "phase_role_grants", ["member_id", "guild_id"])
    op.create_index("ix_phase_role_grants_state", "phase_role_grants", ["state", "guild_id"])


def downgrade() -> None:
    op.drop_index("ix_journeys_career", "journeys")
    op.drop_table("phase_role_grants")
    op.drop_table("phase_roles")
