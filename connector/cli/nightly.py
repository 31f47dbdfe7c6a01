"""Nightly backups: one file a night beside the data, of which the newest few are kept."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import structlog

from connector.cli.backup import can_dump, write_backup
from connector.settings import Settings

log = structlog.get_logger(__name__)


def folder_of(settings: Settings) -> Path:
    """Where the nightly backups are."""
    return settings.data_dir / "backups"


def nightly_backups(settings: Settings) -> list[Path]:
    """The backups that are there, the newest first."""
    return sorted(folder_of(settings).glob("wecena-????-??-??.tar.gz"), reverse=True)


def back_up(settings: Settings, now: datetime) -> Path | None:
    """Write tonight's backup, without the key, and delete those beyond the number to keep; None where none is made."""
    if not settings.backups:
        return None
    if not can_dump(settings):
        log.warning("no nightly backup", because="pg_dump is not installed")
        return None
    folder = folder_of(settings)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    file = folder / f"wecena-{now:%Y-%m-%d}.tar.gz"
    write_backup(settings, file, with_key=False, now=now)
    for old in nightly_backups(settings)[settings.backups :]:
        old.unlink(missing_ok=True)
    log.info("nightly backup", file=str(file))
    return file
