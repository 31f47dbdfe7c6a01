"""Keep what a tracker tells of an issue besides its text, where it was moved to, and the numbers of agreed labels."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("issue", sa.Column("facts", sa.JSON(), nullable=False, server_default="{}"))
    op.add_column("issue", sa.Column("moved_to", sa.Text(), nullable=True))
    op.add_column("project", sa.Column("label_ids", sa.JSON(), nullable=False, server_default="{}"))


def downgrade() -> None:
    op.drop_column("project", "label_ids")
    op.drop_column("issue", "moved_to")
    op.drop_column("issue", "facts")
