"""Keep what a project's maintainers wish besides: quiet weeks, caps, how AI may be used, and what marks a claim."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("project", sa.Column("quiet", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("project", sa.Column("weekly_cap", sa.Integer(), nullable=True))
    op.add_column("project", sa.Column("forge_cap", sa.Integer(), nullable=True))
    op.add_column("project", sa.Column("kept", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("project", sa.Column("ai_policy", sa.String(12), nullable=False, server_default="unknown"))
    op.add_column("project", sa.Column("claim_label", sa.Text(), nullable=False, server_default=""))
    op.add_column("project", sa.Column("suggests", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("project", sa.Column("held_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    for name in ("held_at", "suggests", "claim_label", "ai_policy", "kept", "forge_cap", "weekly_cap", "quiet"):
        op.drop_column("project", name)
