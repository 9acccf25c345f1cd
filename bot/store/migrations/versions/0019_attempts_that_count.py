"""Keep whether an answer says enough to count; those there are count as they did."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    counts = sa.Column("counts", sa.Boolean(), nullable=False, server_default=sa.true())
    op.add_column("attempts", counts)


def downgrade() -> None:
    op.drop_column("attempts", "counts")
