"""A statement prepared once for many rows. The library's own way takes twice as long over each row as SQLite does."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Dialect, Table
from sqlalchemy.sql.dml import Insert

Convert = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Bulk:
    """An insert as the driver takes it: its text, and how a value of each column is given to it."""

    text: str
    columns: tuple[tuple[str, Convert | None], ...]
    is_positional: bool

    def execute(self, connection: Connection, rows: Iterable[Mapping[str, Any]]) -> None:
        """Execute it for each row; a row has a value for each of the columns."""
        given = [
            {name: row[name] if convert is None else convert(row[name]) for name, convert in self.columns}
            for row in rows
        ]
        if given:
            connection.exec_driver_sql(
                self.text, [tuple(row.values()) for row in given] if self.is_positional else given
            )


def prepare(insert: Insert, table: Table, names: Iterable[str], dialect: Dialect) -> Bulk:
    """An insert into ``table`` of these columns."""
    compiled = insert.compile(dialect=dialect, column_keys=list(names))
    order = compiled.positiontup or list(compiled.params)
    converts = {name: table.c[name].type.dialect_impl(dialect).bind_processor(dialect) for name in order}
    return Bulk(compiled.string, tuple(converts.items()), is_positional=dialect.positional)
