"""``wecena backup`` and ``wecena restore``: the whole database as one file, taken while the service runs."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import click
from sqlalchemy import update
from sqlalchemy.engine import make_url

from connector.cli.context import open_services, place
from connector.db import migrate
from connector.db.engine import open_database
from connector.db.tables import Effect, Mail
from connector.errors import ConfigurationError, UserError
from connector.outbox import mails
from connector.parked.rules import HELD
from connector.settings import Settings, key_path, load_settings

MANIFEST = "manifest.json"
SQLITE = "wecena.db"
POSTGRESQL = "wecena.pgdump"
KEY = "secret.key"
FORMAT = 1


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an archive holds."""

    kind: str
    has_key: bool
    schema: str | None
    made_at: str


@click.command(short_help="Write the whole database into one file.")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--with-key", is_flag=True, help="Put the secret key inside: then keep the file secret.")
def backup(file: Path, *, with_key: bool) -> None:
    """Write database and key state into FILE while the service runs, and say whether the key is inside.

    Example: wecena backup wecena-2026-11-23.tar.gz
    """
    services = open_services()
    settings = services.settings
    write_backup(settings, file, with_key=with_key, now=services.clock())
    key = key_path(settings)
    inside = (
        "the secret key is inside, keep the file secret"
        if with_key
        else f"the secret key is not inside, keep a copy of {key}"
    )
    click.echo(f"{file} holds {place(settings)}; {inside}.")


def write_backup(settings: Settings, file: Path, *, with_key: bool, now: datetime) -> None:
    """Write the whole database into one file that only its owner may read; whole or not at all."""
    key = key_path(settings)
    if with_key and not key.exists():
        raise UserError("The key is in WECENA_SECRET_KEY, not in a file: leave out --with-key and keep it yourself.")
    with tempfile.TemporaryDirectory(dir=_folder_of(file)) as folder:
        dump = _dump(settings, Path(folder))
        manifest = Manifest(dump.name, with_key, migrate.newest(), now.isoformat())
        _pack(Path(folder) / "archive", manifest, dump, key if with_key else None, file)


def can_dump(settings: Settings) -> bool:
    """Whether this machine has what a backup of the configured database needs."""
    return settings.is_sqlite or shutil.which("pg_dump") is not None


@click.command(short_help="Put a backup in place.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--force", is_flag=True, help="Overwrite the database that is there.")
def restore(file: Path, *, force: bool) -> None:
    """Put the backup FILE in place of the configured database. Stop the service before.

    What waited to be sent is held, so that nothing is sent twice: start the service, let it read its projects
    (`wecena harvest`), then release it with `wecena release` or on the page /admin/parked.

    Example: wecena restore wecena-2026-11-23.tar.gz
    """
    settings = load_settings(makes_key=False)
    with tempfile.TemporaryDirectory() as folder:
        manifest = unpacked(file, Path(folder))
        _check(settings, manifest, force=force)
        _load(settings, Path(folder) / manifest.kind)
        if manifest.has_key:
            _put_key(settings, Path(folder) / KEY)
    migrate.upgrade(settings.database_url)
    held = hold_outbox(settings)
    where = (
        "taken from the file" if manifest.has_key else f"not inside: {key_path(settings)} must be the one of that time"
    )
    click.echo(f"{place(settings)} is as of {manifest.made_at}; key {where}; {held} effects and mails are held.")
    if held:
        click.echo("Start the service, let it read its projects (`wecena harvest`), then `wecena release` sends them.")


def hold_outbox(settings: Settings) -> int:
    """Park what was not sent yet when the backup was made; how many."""
    db = open_database(settings.database_url)
    effects = update(Effect).where(Effect.sent_at.is_(None)).values(next_attempt_at=None, error=HELD)
    unsent = update(Mail).where(Mail.sent_at.is_(None)).values(attempts=mails.MAX_ATTEMPTS, error=HELD)
    with db.sessions.begin() as session:
        held = [*session.scalars(effects.returning(Effect.id)), *session.scalars(unsent.returning(Mail.id))]
    db.engine.dispose()
    return len(held)


def unpacked(file: Path, folder: Path) -> Manifest:
    """What is in the archive, its files put into ``folder``; raises `UserError` for another kind of file."""
    try:
        with tarfile.open(file, "r:gz") as archive:
            archive.extractall(folder, filter="data")
        value = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        manifest = Manifest(value["kind"], bool(value["has_key"]), value["schema"], value["made_at"])
    except (OSError, tarfile.TarError, ValueError, KeyError, TypeError) as exc:
        raise UserError(f"{file} is not a backup made by `wecena backup`.") from exc
    if (
        value.get("format") != FORMAT
        or manifest.kind not in {SQLITE, POSTGRESQL}
        or not (folder / manifest.kind).is_file()
    ):
        raise UserError(f"{file} was made by another version of `wecena backup`.")
    return manifest


def _folder_of(file: Path) -> Path:
    folder = file.absolute().parent
    if not os.access(folder, os.W_OK):
        raise UserError(f"The folder {folder} is not there or cannot be written.")
    return folder


def _dump(settings: Settings, folder: Path) -> Path:
    if not settings.is_sqlite:
        target = folder / POSTGRESQL
        _run("pg_dump", [f"--file={target}", "--format=custom", "--no-owner", "--no-privileges"], settings)
        return target
    target = folder / SQLITE
    source, copy = sqlite3.connect(place(settings)), sqlite3.connect(target)
    try:
        source.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
    finally:
        source.close()
        copy.close()
    return target


def _pack(archive: Path, manifest: Manifest, dump: Path, key: Path | None, file: Path) -> None:
    told = archive.with_name(MANIFEST)
    value = {"format": FORMAT, "kind": manifest.kind, "has_key": manifest.has_key, "schema": manifest.schema}
    told.write_text(json.dumps({**value, "made_at": manifest.made_at}), encoding="utf-8")
    archive.touch(mode=0o600)
    with tarfile.open(archive, "w:gz", compresslevel=6) as out:
        out.add(told, MANIFEST)
        out.add(dump, dump.name)
        if key is not None:
            out.add(key, KEY)
    archive.replace(file)  # whole or not at all


def _check(settings: Settings, manifest: Manifest, *, force: bool) -> None:
    if (manifest.kind == SQLITE) != settings.is_sqlite:
        kinds = ("SQLite", "PostgreSQL") if manifest.kind == SQLITE else ("PostgreSQL", "SQLite")
        raise UserError(f"The backup is of {kinds[0]}, WECENA_DATABASE_URL is {kinds[1]}: set it to the same kind.")
    if migrate.exists(settings.database_url) and not force:
        raise UserError(f"There is a database at {place(settings)} already: stop the service, then use --force.")


def _load(settings: Settings, dump: Path) -> None:
    if not settings.is_sqlite:
        _run(
            "pg_restore",
            ["--clean", "--if-exists", "--no-owner", "--no-privileges", "--single-transaction", str(dump)],
            settings,
        )
        return
    target = Path(place(settings))
    target.parent.mkdir(parents=True, exist_ok=True)
    for suffix in ("-wal", "-shm"):
        target.with_name(target.name + suffix).unlink(missing_ok=True)
    beside = target.with_name(target.name + ".restored")
    shutil.copyfile(dump, beside)
    beside.replace(target)


def _put_key(settings: Settings, key: Path) -> None:
    target = key_path(settings)
    if target.exists() and target.read_bytes() != key.read_bytes():
        raise ConfigurationError(f"{target} is another key than the one in the backup: move it away and restore again.")
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(key, target)
    target.chmod(0o600)


def _run(tool: str, arguments: Sequence[str], settings: Settings) -> None:
    """Run a tool of PostgreSQL on the configured database; the password goes through the environment, not the list."""
    path = shutil.which(tool)
    if path is None:
        raise UserError(f"{tool} is not installed (Debian: apt-get install postgresql-client).")
    url = make_url(settings.database_url)
    address = url.set(drivername="postgresql", password=None).render_as_string(hide_password=False)
    environment = {**os.environ, **({"PGPASSWORD": str(url.password)} if url.password else {})}
    command = [path, f"--dbname={address}", *arguments]
    try:
        subprocess.run(command, env=environment, check=True, capture_output=True, text=True)  # noqa: S603  (a fixed tool)
    except subprocess.CalledProcessError as exc:
        reason = (exc.stderr or "").strip().splitlines()
        raise UserError(f"{tool} failed: {reason[-1] if reason else exc.returncode}.") from exc
