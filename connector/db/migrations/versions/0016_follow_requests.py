"""Remember how requests go on: reviews, checks, first answers, what links them; and looks among volunteers."""

import sqlalchemy as sa
from alembic import op

from connector.db.columns import UtcDateTime

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("request", sa.Column("association", sa.String(24), nullable=False, server_default=""))
    op.add_column("request", sa.Column("head", sa.String(64), nullable=False, server_default=""))
    op.add_column("request", sa.Column("reviews", sa.JSON(), nullable=False, server_default="{}"))
    op.add_column("request", sa.Column("checks", sa.JSON(), nullable=False, server_default="{}"))
    op.add_column("request", sa.Column("answered_at", UtcDateTime(), nullable=True))
    op.add_column("request", sa.Column("is_by_bot", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_index(op.f("ix_request_head"), "request", ["head"])
    op.add_column("issue_request", sa.Column("found_by", sa.String(10), nullable=False, server_default="text"))
    op.create_table(
        "request_event",
        sa.Column("id", ID, nullable=False),
        sa.Column("request_id", ID, nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.ForeignKeyConstraint(
            ["request_id"], ["request.id"], name=op.f("fk_request_event_request_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request_event")),
    )
    op.create_index(op.f("ix_request_event_request_id"), "request_event", ["request_id"])
    op.create_table(
        "look",
        sa.Column("id", ID, nullable=False),
        sa.Column("task_id", ID, nullable=False),
        sa.Column("asked_by", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("link", sa.Text(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("answered_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_look_task_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["asked_by"], ["person.id"], name=op.f("fk_look_asked_by"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_look_person_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_look")),
    )
    op.create_index(op.f("ix_look_task_id"), "look", ["task_id"])
    op.create_index(op.f("ix_look_asked_by"), "look", ["asked_by"])
    op.create_index(op.f("ix_look_person_id"), "look", ["person_id"])


def downgrade() -> None:
    op.drop_table("look")
    op.drop_table("request_event")
    op.drop_column("issue_request", "found_by")
    op.drop_index(op.f("ix_request_head"), table_name="request")
    for column in ("is_by_bot", "answered_at", "checks", "reviews", "head", "association"):
        op.drop_column("request", column)
