"""What every request may hold, whatever route it is for: ids that a row can have, and texts that can be stored."""

from __future__ import annotations

from collections.abc import Iterable

from flask import Flask, abort, request
from werkzeug.routing import IntegerConverter, Map

from connector.web.security import API_PREFIX

LARGEST_ID = 2**63 - 1


class RowId(IntegerConverter):
    """``<int:…>`` in a route: a larger number than any row's is an address where nothing is."""

    def __init__(self, url_map: Map) -> None:
        super().__init__(url_map, max=LARGEST_ID)


def install(app: Flask) -> None:
    """Apply this to every route; before any route is added."""
    app.url_map.converters["int"] = RowId
    app.before_request(_refuse_nul)


def row_id(text: str) -> int:
    """The id that a text means; raises ``ValueError`` for what is no row's."""
    if not (text.isascii() and text.isdigit() and len(text) < 20 and int(text) <= LARGEST_ID):
        raise ValueError("not an id")
    return int(text)


def _refuse_nul() -> None:
    # No database stores it in a text. The API says so for each of its fields.
    if not request.path.startswith(API_PREFIX) and any("\0" in text for text in _texts()):
        abort(400)


def _texts() -> Iterable[str]:
    for values in (request.args, request.form):
        for name, value in values.items(multi=True):
            yield name
            yield value
    yield from map(str, (request.view_args or {}).values())
