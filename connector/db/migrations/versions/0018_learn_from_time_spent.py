"""Keep the time that people say they spent, what each task taught, and the calibrations made of it."""

import sqlalchemy as sa
from alembic import op

from connector.db.columns import UtcDateTime

revision = "0018"
down_revision = "0016"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("assignment", sa.Column("minutes", sa.Integer(), nullable=True))
    op.create_table(
        "observation",
        sa.Column("id", ID, nullable=False),
        sa.Column("project_id", ID, nullable=False),
        sa.Column("task_id", ID, nullable=True),
        sa.Column("estimate_id", ID, nullable=True),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("hours", sa.Double(), nullable=False),
        sa.Column("expected", sa.Double(), nullable=False),
        sa.Column("is_finished", sa.Boolean(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_observation_project_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_observation_task_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(
            ["estimate_id"], ["estimate.id"], name=op.f("fk_observation_estimate_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_observation")),
    )
    op.create_index(op.f("ix_observation_project_id"), "observation", ["project_id"])
    op.create_index(op.f("ix_observation_task_id"), "observation", ["task_id"])
    op.create_table(
        "calibration",
        sa.Column("id", ID, nullable=False),
        sa.Column("finished", sa.Integer(), nullable=False),
        sa.Column("start", sa.Double(), nullable=False),
        sa.Column("slope", sa.Double(), nullable=False),
        sa.Column("wider", sa.Double(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calibration")),
    )


def downgrade() -> None:
    op.drop_table("calibration")
    op.drop_index(op.f("ix_observation_task_id"), table_name="observation")
    op.drop_index(op.f("ix_observation_project_id"), table_name="observation")
    op.drop_table("observation")
    op.drop_column("assignment", "minutes")
