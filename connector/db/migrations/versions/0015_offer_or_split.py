"""Draw a line between offering and splitting, split tasks into parts, keep what people say of sizes."""

import sqlalchemy as sa
from alembic import op

from connector.db.columns import UtcDateTime

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
LIVE = "status not in ('done', 'split')"


def upgrade() -> None:
    op.create_table(
        "offer_line",
        sa.Column("id", ID, nullable=False),
        sa.Column("chance", sa.Double(), nullable=False),
        sa.Column("person_id", ID, nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_offer_line_person_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offer_line")),
    )
    op.add_column("estimate", sa.Column("part", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("estimate", sa.Column("is_judged", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("estimate", sa.Column("days", sa.Numeric(6, 2), nullable=True))
    op.add_column("task", sa.Column("part", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("project", sa.Column("size_meanings", sa.JSON(), nullable=False, server_default="{}"))
    op.drop_index("uq_task_issue_live", table_name="task")
    op.create_index(
        "uq_task_issue_live",
        "task",
        ["issue_id", "part"],
        unique=True,
        sqlite_where=sa.text(LIVE),
        postgresql_where=sa.text(LIVE),
    )


def downgrade() -> None:
    op.execute("DELETE FROM task WHERE part > 0")
    op.execute("DELETE FROM estimate WHERE part > 0")
    op.drop_index("uq_task_issue_live", table_name="task")
    op.create_index(
        "uq_task_issue_live",
        "task",
        ["issue_id"],
        unique=True,
        sqlite_where=sa.text(LIVE),
        postgresql_where=sa.text(LIVE),
    )
    op.drop_column("project", "size_meanings")
    op.drop_column("task", "part")
    op.drop_column("estimate", "days")
    op.drop_column("estimate", "is_judged")
    op.drop_column("estimate", "part")
    op.drop_table("offer_line")
