"""Remember how each token stands with its forge, and which effects may be there twice."""

import sqlalchemy as sa
from alembic import op

from connector.db.columns import UtcDateTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "credential",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("paused_until", UtcDateTime(), nullable=True),
        sa.Column("limits", sa.Integer(), nullable=False),
        sa.Column("revoked_at", UtcDateTime(), nullable=True),
        sa.Column("writes", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credential")),
        sa.UniqueConstraint("source", "host", "fingerprint", name=op.f("uq_credential_source_host_fingerprint")),
    )
    op.add_column("effect", sa.Column("sweep_at", UtcDateTime(), nullable=True))
    op.create_index(op.f("ix_effect_sweep_at"), "effect", ["sweep_at"])


def downgrade() -> None:
    op.drop_index(op.f("ix_effect_sweep_at"), table_name="effect")
    op.drop_column("effect", "sweep_at")
    op.drop_table("credential")
