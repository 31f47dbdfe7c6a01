"""Remember how far a hook's failed deliveries were asked for, and why they cannot be."""

import sqlalchemy as sa
from alembic import op

from connector.db.columns import UtcDateTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("hook", sa.Column("recovered_to", sa.BigInteger(), nullable=True))
    op.add_column("hook", sa.Column("recovered_at", UtcDateTime(), nullable=True))
    op.add_column("hook", sa.Column("recovery_refused", sa.Text(), nullable=True))


def downgrade() -> None:
    for column in ("recovery_refused", "recovered_at", "recovered_to"):
        op.drop_column("hook", column)
