"""Remember the forge's own time of what a project's visibility says."""

import sqlalchemy as sa
from alembic import op

from connector.db.columns import UtcDateTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("project", sa.Column("visibility_at", UtcDateTime(), nullable=True))


def downgrade() -> None:
    op.drop_column("project", "visibility_at")
