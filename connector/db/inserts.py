"""Inserts that leave an existing row alone: the database decides races through its unique indexes."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import DeclarativeBase, Session


def insert_or_ignore(
    session: Session, table: type[DeclarativeBase] | Table, *, key: Iterable[str] = ()
) -> sqlite.Insert | postgresql.Insert:
    """An insert that does nothing where a row with the same ``key`` columns is there already; no key: any unique ones."""
    insert = sqlite.insert(table) if session.get_bind().dialect.name == "sqlite" else postgresql.insert(table)
    return insert.on_conflict_do_nothing(index_elements=list(key) or None)
