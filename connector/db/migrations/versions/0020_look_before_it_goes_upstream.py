"""A look is asked of everybody and given by whoever takes it: until then nobody's name stands there.

Nothing was ever written into the table of before, so it is made anew.
"""

import sqlalchemy as sa
from alembic import op

from connector.db.columns import UtcDateTime

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _make(sa.UniqueConstraint("task_id", "asked_by", name=op.f("uq_look_task_id_asked_by")), is_free=True)


def downgrade() -> None:
    _make(is_free=False)


def _make(*constraints: sa.Constraint, is_free: bool) -> None:
    op.drop_table("look")
    op.create_table(
        "look",
        sa.Column("id", ID, nullable=False),
        sa.Column("task_id", ID, nullable=False),
        sa.Column("asked_by", ID, nullable=False),
        sa.Column("person_id", ID, nullable=is_free),
        sa.Column("link", sa.Text(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("answered_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_look_task_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["asked_by"], ["person.id"], name=op.f("fk_look_asked_by"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_look_person_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_look")),
        *constraints,
    )
    for column in ("task_id", "asked_by", "person_id"):
        op.create_index(op.f(f"ix_look_{column}"), "look", [column])
