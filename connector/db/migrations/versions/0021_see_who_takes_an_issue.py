"""When somebody last wrote that they take an issue, and how many of its comments were read. No name, no text."""

import sqlalchemy as sa
from alembic import op

from connector.db.columns import UtcDateTime

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("issue") as table:
        table.add_column(sa.Column("spoken_for_at", UtcDateTime(), nullable=True))
        table.add_column(sa.Column("comments_read", sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    with op.batch_alter_table("issue") as table:
        table.drop_column("comments_read")
        table.drop_column("spoken_for_at")
