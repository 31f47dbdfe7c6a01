"""Remember what a project's own file said, and by what an agreement is proved."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("project", sa.Column("own_file", sa.JSON(), nullable=False, server_default="{}"))
    op.add_column("project", sa.Column("agreed_proof", sa.String(12), nullable=False, server_default=""))
    op.execute("UPDATE project SET agreed_proof = 'attested' WHERE agreed_at IS NOT NULL")


def downgrade() -> None:
    op.drop_column("project", "agreed_proof")
    op.drop_column("project", "own_file")
