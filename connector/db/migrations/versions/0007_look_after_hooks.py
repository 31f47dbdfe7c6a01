"""Remember how a hook stands at its forge, and let a hook belong to a whole owner instead of one project."""

import sqlalchemy as sa
from alembic import op

from connector.db.columns import UtcDateTime

revision = "0007"
down_revision = "0005"
branch_labels = None
depends_on = None

NEEDED, FREE = "project_id INTEGER NOT NULL", "project_id INTEGER"
COLUMNS = (
    sa.Column("scope", sa.String(10), nullable=False, server_default="project"),
    sa.Column("host", sa.Text(), nullable=False, server_default=""),
    sa.Column("owner", sa.Text(), nullable=False, server_default=""),
    sa.Column("remote_id", sa.Text(), nullable=True),
    sa.Column("state", sa.JSON(), nullable=False, server_default="{}"),
    sa.Column("checked_at", UtcDateTime(), nullable=True),
    sa.Column("failures", sa.Integer(), nullable=False, server_default="0"),
)


def upgrade() -> None:
    for column in COLUMNS:
        op.add_column("hook", column)
    op.add_column("credential", sa.Column("expires_at", UtcDateTime(), nullable=True))
    op.add_column("credential", sa.Column("warned_days", sa.Integer(), nullable=True))
    _project(needed=False)


def downgrade() -> None:
    op.execute("DELETE FROM hook WHERE project_id IS NULL")
    _project(needed=True)
    op.drop_column("credential", "warned_days")
    op.drop_column("credential", "expires_at")
    for column in reversed(COLUMNS):
        op.drop_column("hook", column.name)


def _project(*, needed: bool) -> None:
    """Say whether a hook needs a project. SQLite writes a table anew for that, and its deliveries would go with it;
    so its stored definition is changed, in the way that its manual describes for such constraints.
    """
    if op.get_bind().dialect.name != "sqlite":
        op.alter_column("hook", "project_id", nullable=not needed)
        return
    old, new = (FREE, NEEDED) if needed else (NEEDED, FREE)
    version = op.get_bind().exec_driver_sql("PRAGMA schema_version").scalar_one()
    op.get_bind().exec_driver_sql("PRAGMA writable_schema=ON")
    op.get_bind().exec_driver_sql(
        "UPDATE sqlite_master SET sql = replace(sql, ?, ?) WHERE type = 'table' AND name = 'hook'", (old, new)
    )
    op.get_bind().exec_driver_sql(f"PRAGMA schema_version={version + 1}")
    op.get_bind().exec_driver_sql("PRAGMA writable_schema=OFF")
