"""Whatever a field of a GitLab delivery holds, it is understood or unreadable, never a crash."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sources.errors import UnreadablePayload
from sources.gitlab.source import GitLab
from sources.model import Event, IssueSeen

GITLAB = GitLab()
FILES = sorted((Path(__file__).parent / "fixtures" / "gitlab").glob("*.json"))
MISSING = object()
ODD = (MISSING, None, True, -7, 1e300, "\N{HEAVY BLACK HEART}", [None, [1]], {"id": {}})


def places(value: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The path of every value inside ``value``."""
    if path:
        yield path
    entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in entries:
        yield from places(inner, (*path, key))


def changed(body: dict[str, Any], path: tuple[str | int, ...], value: object) -> dict[str, Any]:
    """The body with another value at one place, or without it."""
    made = copy.copy(body)
    inner: Any = made
    for key in path[:-1]:
        inner[key] = copy.copy(inner[key])
        inner = inner[key]
    if value is MISSING:
        del inner[path[-1]]
    else:
        inner[path[-1]] = value
    return made


def understood(headers: dict[str, str], body: dict[str, Any]) -> Event | None:
    """What the delivery means, None when it is unreadable."""
    try:
        raw = json.dumps(body).encode()
        return GITLAB.parse(headers, GITLAB.storable(headers, raw))
    except UnreadablePayload:
        return None


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_any_field_may_hold_anything_or_be_missing(path: Path) -> None:
    content = json.loads(path.read_text("utf-8"))
    is_announced = content["headers"]["x-gitlab-event"].startswith("Confidential")
    for place in places(content.get("body")):
        for value in ODD:
            event = understood(content["headers"], changed(content["body"], place, value))
            assert not (is_announced and isinstance(event, IssueSeen)), place
