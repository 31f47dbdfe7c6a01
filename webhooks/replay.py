"""Feed recorded deliveries again, signed anew, through the same door as the forge's own."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sources.base import Source

if TYPE_CHECKING:
    from wsgiref.types import WSGIApplication

SUFFIXES = frozenset({".json", ".form"})


@dataclass(frozen=True, slots=True)
class Recorded:
    """A recorded delivery: the bytes of its body and the value of its event header."""

    path: Path
    event: str
    body: bytes

    @property
    def content_type(self) -> str:
        """Form-encoded where the file says so, else JSON."""
        return "application/x-www-form-urlencoded" if self.path.suffix == ".form" else "application/json"

    @property
    def delivery_id(self) -> str:
        """The same recording always has the same id, so that replaying twice changes nothing."""
        return hashlib.sha256(self.event.encode() + b"\0" + self.body).hexdigest()


def recorded(paths: Iterable[Path], event: str | None = None) -> Iterator[Recorded]:
    """The recordings in these files and folders, in order of their names.

    ``event``: value of the event header; by default the name of the folder that the file is in.
    Raises ``OSError`` for a path that cannot be read.
    """
    for path in paths:
        for file in _files(path):
            yield Recorded(path=file, event=event or file.absolute().parent.name, body=file.read_bytes())


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    return sorted(file for file in path.rglob("*") if file.is_file() and file.suffix in SUFFIXES)


def signed(source: Source, recording: Recorded, *, key: bytes, now: datetime) -> dict[str, str]:
    """The headers (lower case) with which the forge would send this recording to a hook that has ``key``."""
    headers = source.sign(recording.body, key=key, event=recording.event, delivery_id=recording.delivery_id, now=now)
    return {**headers, "content-type": recording.content_type}


def post(door: WSGIApplication, path: str, *, headers: dict[str, str], body: bytes) -> int:
    """Hand one request to a WSGI application in this process, and tell the status that it answered."""
    statuses: list[int] = []

    def start_response(
        status: str, _headers: list[tuple[str, str]], _exc_info: object = None
    ) -> Callable[[bytes], object]:
        statuses.append(int(status.partition(" ")[0]))
        return lambda _data: None

    for _piece in door(_environ(path, headers, body), start_response):
        pass
    return statuses[0]


def _environ(path: str, headers: dict[str, str], body: bytes) -> dict[str, Any]:
    environ: dict[str, Any] = {
        f"HTTP_{name.upper().replace('-', '_')}": value for name, value in headers.items() if name != "content-type"
    }
    environ |= {
        "REQUEST_METHOD": "POST",
        "SCRIPT_NAME": "",
        "PATH_INFO": path,
        "CONTENT_TYPE": headers.get("content-type", ""),
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.input": io.BytesIO(body),
    }
    return environ
