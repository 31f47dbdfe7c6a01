"""Whether what is committed survives a power loss, read from the live settings of a connection."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection

SAFE: Mapping[str, Mapping[str, frozenset[str]]] = {
    "sqlite": {
        "journal_mode": frozenset({"wal"}),
        "synchronous": frozenset({"full", "extra"}),
    },
    "postgresql": {
        "synchronous_commit": frozenset({"on", "local", "remote_write", "remote_apply"}),
        "fsync": frozenset({"on"}),
        "full_page_writes": frozenset({"on"}),
    },
}
LEVELS = ("off", "normal", "full", "extra")
WHY = {
    "journal_mode": "pages and worker would wait for each other",
    "synchronous": "an answered delivery may be gone after a power loss",
    "synchronous_commit": "an answered delivery may be gone after a power loss",
    "fsync": "a power loss may destroy the whole database",
    "full_page_writes": "a power loss may leave half-written pages",
}


def live_settings(connection: Connection) -> dict[str, str]:
    """The settings that durability hangs on, as this connection has them now."""
    if connection.dialect.name == "sqlite":
        level = int(connection.exec_driver_sql("PRAGMA synchronous").scalar_one())
        mode = str(connection.exec_driver_sql("PRAGMA journal_mode").scalar_one())
        return {"journal_mode": mode, "synchronous": LEVELS[level]}
    return {name: str(connection.exec_driver_sql(f"SHOW {name}").scalar_one()) for name in SAFE["postgresql"]}


def weaknesses(dialect: str, settings: Mapping[str, str]) -> dict[str, str]:
    """The settings that are not safe, and why; empty where a commit is durable."""
    return {f"{name}={settings[name]}": WHY[name] for name, safe in SAFE[dialect].items() if settings[name] not in safe}
