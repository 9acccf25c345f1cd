"""Keep what a notice is about, so that a member is told of each thing that didn't reach them."""

import sqlalchemy as sa
from alembic import op

from bot.store.types import OwnId

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("notices", sa.Column("subject_id", OwnId))


def downgrade() -> None:
    op.drop_column("notices", "subject_id")
