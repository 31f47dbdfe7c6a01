"""After how long without news an issue is kept back, and what people said against a rule: still wanted, not so."""

import sqlalchemy as sa
from alembic import op

from connector.db.columns import UtcDateTime

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("offer_line", sa.Column("quiet_days", sa.Integer(), nullable=True))
    op.add_column("issue", sa.Column("wanted_until", UtcDateTime(), nullable=True))
    op.add_column("issue", sa.Column("set_aside", sa.JSON(), nullable=False, server_default="{}"))


def downgrade() -> None:
    op.drop_column("issue", "set_aside")
    op.drop_column("issue", "wanted_until")
    op.drop_column("offer_line", "quiet_days")
