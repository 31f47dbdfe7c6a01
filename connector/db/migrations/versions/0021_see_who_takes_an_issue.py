"""When somebody last wrote that they take an issue, and how many of its comments were read. No name, no text."""

import sqlalchemy as sa
from alembic import op

from connector.db.columns import UtcDateTime

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("issue", sa.Column("spoken_for_at", UtcDateTime(), nullable=True))
    op.add_column("issue", sa.Column("comments_read", sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    op.drop_column("issue", "comments_read")
    op.drop_column("issue", "spoken_for_at")
