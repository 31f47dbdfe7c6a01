"""Choosing, sorting and cutting the rows of a list, as the query of a request asks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import BadRequest

from connector.demo.forges.model import Json

Row = TypeVar("Row")
MOST_A_PAGE = 100


@dataclass(frozen=True, slots=True)
class ListRow:
    """What a list of issues needs to know of a row before its JSON is built."""

    id: int
    is_open: bool
    labels: frozenset[str]
    assignees: frozenset[str]
    created_at: datetime
    updated_at: datetime
    is_confidential: bool
    json: Callable[[], Json]


def carries(row: ListRow, wanted: str) -> bool:
    """Whether the row has all labels of a comma-separated list; forges do not look at case."""
    return {name.strip().casefold() for name in wanted.split(",") if name.strip()} <= row.labels


def moment(text: str) -> datetime:
    """A time in a query; raises `BadRequest`."""
    try:
        at = datetime.fromisoformat(text.replace(" ", "+"))
    except ValueError as exc:
        raise BadRequest(f"{text!r} is not a time") from exc
    if at.tzinfo is None:
        raise BadRequest(f"{text!r} has no zone")
    return at


def sizes(args: MultiDict[str, str], usual: int) -> tuple[int, int]:
    """The page number and how many rows a page has; raises `BadRequest`."""
    try:
        page, size = int(args.get("page", 1)), int(args.get("per_page", usual))
    except ValueError as exc:
        raise BadRequest("page and per_page are numbers") from exc
    return max(page, 1), min(max(size, 1), MOST_A_PAGE)


def cut(rows: Sequence[Row], page: int, size: int) -> Sequence[Row]:
    """One page of the rows."""
    return rows[(page - 1) * size : page * size]


def link_header(links: Sequence[tuple[str, str]]) -> dict[str, str]:
    """The ``Link`` header of (relation, address) pairs; nothing where there are none."""
    return {"Link": ", ".join(f'<{url}>; rel="{name}"' for name, url in links)} if links else {}
