"""Keep what was answered of a project before it is accepted, with who said so and when."""

import sqlalchemy as sa
from alembic import op

from connector.db.columns import UtcDateTime

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "eligibility_answer",
        sa.Column("id", ID, nullable=False),
        sa.Column("project_id", ID, nullable=False),
        sa.Column("question", sa.String(20), nullable=False),
        sa.Column("choice", sa.String(20), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=True),
        sa.Column("person_id", ID, nullable=True),
        sa.Column("answered_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_eligibility_answer_project_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_eligibility_answer_person_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_eligibility_answer")),
    )
    op.create_index(op.f("ix_eligibility_answer_project_id"), "eligibility_answer", ["project_id"])


def downgrade() -> None:
    op.drop_table("eligibility_answer")
