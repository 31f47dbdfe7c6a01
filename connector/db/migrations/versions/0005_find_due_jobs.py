"""Find due jobs, and those of one object, without passing by all that were done."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

DUE = sa.text("done_at is null and parked_reason is null")
OPEN = sa.text("done_at is null")


def upgrade() -> None:
    op.create_index("ix_job_due", "job", ["run_at", "id"], sqlite_where=DUE, postgresql_where=DUE)
    op.create_index("ix_job_object", "job", ["kind", "ref"], sqlite_where=OPEN, postgresql_where=OPEN)
    op.drop_index("ix_job_run_at", table_name="job")


def downgrade() -> None:
    op.create_index("ix_job_run_at", "job", ["run_at"])
    op.drop_index("ix_job_object", table_name="job")
    op.drop_index("ix_job_due", table_name="job")
