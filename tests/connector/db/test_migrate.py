"""Migrations lead to the schema that the code believes in."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import insert, inspect
from sqlalchemy.exc import IntegrityError

from connector.db import migrate
from connector.db.engine import Database, open_database
from connector.db.tables import Base, Nonprofit, Project
from connector.errors import ConfigurationError
from tests.fakes import NOW

PLACE = {
    "source": "github", "host": "github.com", "path": "a/b", "base_url": "", "api_url": "", "web_url": "",
    "created_at": NOW, "skills": [], "languages": [], "labels": [], "known_labels": [], "allows": [], "etags": {},
}  # fmt: skip


@pytest.mark.filterwarnings("ignore:autogenerate skipping metadata-specified expression-based index")
@pytest.mark.filterwarnings("ignore:Skipped unsupported reflection of expression-based index")
def test_all_migrations_lead_to_the_tables(db: Database) -> None:
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_the_index_on_lower_case_paths_exists(db: Database) -> None:
    with db.engine.connect() as connection:
        table = "sqlite_master" if connection.dialect.name == "sqlite" else "pg_indexes"
        column = "name" if connection.dialect.name == "sqlite" else "indexname"
        found = connection.exec_driver_sql(
            f"SELECT count(*) FROM {table} WHERE {column} = 'uq_project_source_host_path'"  # noqa: S608  (constants)
        )
        assert found.scalar_one() == 1


def test_every_foreign_key_that_people_search_by_has_an_index(db: Database) -> None:
    indexes = {index["name"] for index in inspect(db.engine).get_indexes("task")}
    assert {"ix_task_project_id", "ix_task_status_id", "uq_task_issue_live"} <= indexes


def test_the_schemas_told_by_file_names_are_those_of_the_chain() -> None:
    config = Config()
    config.set_main_option("script_location", str(migrate.SCRIPTS))
    config.set_main_option("path_separator", "os")
    chain = [each.revision for each in ScriptDirectory.from_config(config).walk_revisions()]
    assert migrate.revisions() == chain[::-1]


@pytest.mark.parametrize("library", ["alembic", "psycopg", "github"])
def test_what_a_service_at_rest_does_not_need_is_not_loaded(library: str) -> None:
    """Each of them takes six megabytes and more in every process."""
    program = (
        f"import sys, connector.app, connector.cli.main, connector.cli.worker; sys.exit({library!r} in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False, timeout=60).returncode == 0  # noqa: S603 (own text)


def test_a_second_upgrade_changes_nothing(database_url: str, db: Database) -> None:
    migrate.upgrade(database_url)
    assert migrate.current(db.engine) == migrate.newest()


def test_a_missing_database_is_seen_and_not_created(tmp_path: Path) -> None:
    path = tmp_path / "nowhere.db"
    assert not migrate.exists(f"sqlite:///{path}")
    assert not path.exists()


def test_an_unreachable_server_is_named_without_its_password() -> None:
    with pytest.raises(ConfigurationError) as refusal:
        migrate.upgrade("postgresql://someone:s3cr3t@127.0.0.1:1/wecena")
    assert "127.0.0.1:1/wecena" in refusal.value.message
    assert "s3cr3t" not in refusal.value.message


def test_each_schema_leads_back_to_the_one_before(database_url: str, db: Database) -> None:
    """R9: an older release can be installed again."""
    before = inspect(db.engine).get_table_names()
    for revision in reversed(migrate.revisions()[:-1]):
        migrate.downgrade(database_url, revision)
        assert migrate.current(db.engine) == revision
    migrate.upgrade(database_url)
    assert sorted(inspect(db.engine).get_table_names()) == sorted(before)


def test_an_unknown_schema_is_refused_with_those_that_exist(sqlite_url: str) -> None:
    with pytest.raises(ConfigurationError, match=r"There is no schema 9999\. Known: 0001, 0002"):
        migrate.downgrade(sqlite_url, "9999")


def test_a_migration_gives_up_rather_than_making_everybody_wait(
    database_url: str, db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """R9: with a table locked, the migration ends with a sentence and has changed nothing."""
    monkeypatch.setattr(migrate, "LOCK_SECONDS", 0.05)
    with db.engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("LOCK TABLE project IN ACCESS SHARE MODE")
        with pytest.raises(ConfigurationError, match="Something holds a lock"):
            migrate.downgrade(database_url, "0001")
    assert migrate.current(db.engine) == migrate.newest()


def test_a_hook_without_a_project_lives_and_the_older_schema_drops_it_alone(sqlite_url: str) -> None:
    """R9: the deliveries of other hooks stay."""
    engine = open_database(sqlite_url).engine
    hook = "INSERT INTO hook (project_id, source, key, created_at) VALUES"
    with engine.begin() as connection:
        now = "'2026-11-23 09:00:00'"
        connection.execute(insert(Nonprofit).values(id=1, name="A", created_at=NOW))
        connection.execute(insert(Project).values(id=1, nonprofit_id=1, **PLACE))
        connection.exec_driver_sql(f"{hook} (1, 'github', 'a', {now}), (NULL, 'github', 'b', {now})")
        delivery = (
            "INSERT INTO delivery (hook_id, external_id, event, headers, received_at, tries) SELECT id, 'd', '', '{}'"
        )
        connection.exec_driver_sql(f"{delivery}, {now}, 0 FROM hook")
    engine.dispose()
    migrate.downgrade(sqlite_url, "0005")
    with engine.begin() as connection:
        assert connection.exec_driver_sql("SELECT key FROM hook").scalars().all() == ["a"]
        assert connection.exec_driver_sql("SELECT count(*) FROM delivery").scalar_one() == 1
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar_one() == "ok"
        with pytest.raises(IntegrityError):
            connection.exec_driver_sql(f"{hook} (NULL, 'github', 'c', {now})")
    engine.dispose()
    migrate.upgrade(sqlite_url)
