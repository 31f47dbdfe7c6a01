"""What holds for every command: help, exit codes, one line for what went wrong."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from connector.cli.main import main
from tests.connector.cli.conftest import Wecena


def commands(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Every command with its full name."""
    for name, command in group.commands.items():
        yield (*path, name), command
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))


@pytest.mark.parametrize("path", [path for path, _command in commands(main)], ids=" ".join)
def test_every_command_has_a_help_with_an_example(wecena_without_database: Wecena, path: tuple[str, ...]) -> None:
    found = wecena_without_database(*path, "--help")
    assert found.exit_code == 0
    assert "Example:" in found.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ("project", "list"),
        ("project", "add", "https://github.com/a/b", "--offline"),
        ("person", "link", "lea@example.org"),
        ("token", "create", "--person", "lea@example.org"),
        ("report", "--company", "C", "--from", "2026-11-01", "--to", "2026-11-30", "--format", "csv"),
        ("backup", "file.tar.gz"),
        ("web", "--port", "0"),
        ("work",),
    ],
    ids=" ".join,
)
def test_a_command_that_finds_no_database_says_where_it_looked(
    wecena_without_database: Wecena, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    found = wecena_without_database(*arguments)
    assert found.exit_code == 1
    assert str(tmp_path / "var" / "wecena.db") in found.stderr
    assert found.stderr.count("\n") == 1
    assert not (tmp_path / "var" / "wecena.db").exists()


def test_only_migrate_makes_a_database(wecena_without_database: Wecena, tmp_path: Path) -> None:
    assert wecena_without_database("migrate").exit_code == 0
    assert (tmp_path / "var" / "wecena.db").exists()
    assert wecena_without_database("project", "list").exit_code == 0


@pytest.mark.parametrize(
    "arguments", [("nonsense",), ("project", "add"), ("report", "--company", "x"), ("run", "--port", "x")]
)
def test_wrong_usage_has_its_own_exit_code(wecena: Wecena, arguments: tuple[str, ...]) -> None:
    assert wecena(*arguments).exit_code == 2


def test_a_wrong_setting_is_named(wecena: Wecena, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WECENA_WEB_WORKERS", "many")
    found = wecena("project", "list")
    assert found.exit_code == 1
    assert "WECENA_WEB_WORKERS" in found.stderr


def test_a_database_that_cannot_be_reached_is_named_without_its_password(
    wecena: Wecena, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WECENA_DATABASE_URL", "postgresql://someone:hunter2@127.0.0.1:1/wecena")
    found = wecena("project", "list")
    assert found.exit_code == 1
    assert "127.0.0.1:1" in found.stderr
    assert "hunter2" not in found.stderr
    assert found.stderr.count("\n") == 1


def test_a_fault_of_ours_is_one_line_too(wecena: Wecena, monkeypatch: pytest.MonkeyPatch) -> None:
    def break_down(*_arguments: object) -> None:
        raise ZeroDivisionError("by zero")

    monkeypatch.setattr("connector.projects.queries.visible", break_down)  # our own seam: any fault inside a command
    found = wecena("project", "list")
    assert found.exit_code == 1
    assert found.stderr.startswith("wecena: Something broke: ZeroDivisionError: by zero.")
    assert found.stderr.count("\n") == 1
