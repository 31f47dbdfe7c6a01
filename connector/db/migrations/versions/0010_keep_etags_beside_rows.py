"""Keep the ETag of each answer beside the rows it brought, with what it showed."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "etag",
        sa.Column("project_id", ID, nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("etag", sa.Text(), nullable=False),
        sa.Column("following", sa.Text(), nullable=False),
        sa.Column("shown", sa.JSON(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_etag_project_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("project_id", "url", name=op.f("pk_etag")),
    )


def downgrade() -> None:
    op.drop_table("etag")
