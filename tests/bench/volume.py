"""A harvest of ``--count`` labelled issues by `wecena harvest`, killed on its way and begun again: memory, pages, nothing lost."""

from __future__ import annotations

import hashlib
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from sqlalchemy import func, select

from connector.clock import utc_now
from connector.db import migrate
from connector.db.engine import open_database
from connector.db.tables import Issue, Project, Task
from tests.bench.table import Goal, Sense, Size, Table
from tests.rows import project_row

LABEL = "good first issue"
PER_PAGE = 100
KILLS = 3
MOST_MB = 300
PATH = "asso/big"
_CHILD = "from connector.cli.main import main; main()"


def measure(size: Size) -> Iterator[Table]:
    """Kill the command three times on its way, then let it end."""
    with tempfile.TemporaryDirectory(prefix="wecena-bench-") as folder, _Forge(size.count) as forge:
        place = _installation(Path(folder), forge)
        began, memory = time.monotonic(), 0.0
        for kill in range(KILLS):
            memory = max(memory, _run(place, until=lambda kill=kill: forge.pages_sent >= (kill + 1) * forge.pages // 4))  # type: ignore[misc]  # bound early
        memory = max(memory, _run(place, until=lambda: False))
        took = time.monotonic() - began
        issues, tasks = _found(place["WECENA_DATABASE_URL"])
        again = forge.pages_sent - forge.pages
    yield Table(
        f"{size.count:,} labelled issues of one project, killed {KILLS} times",
        ("figure", "value"),
        (
            ("issues found", f"{issues:,}"), ("tasks made", f"{tasks:,}"), ("pages sent", f"{forge.pages_sent:,}"),
            ("pages answered 304", f"{forge.unchanged:,}"), ("seconds", f"{took:.0f}"),
            ("issues a second", f"{size.count / took:.0f}"), ("peak memory, MB", f"{memory:.0f}"),
        ),
        (
            Goal("peak memory", memory, Sense.AT_MOST, MOST_MB, "MB"),
            Goal("issues lost", size.count - issues, Sense.AT_MOST, 0),
            Goal("pages sent twice", again, Sense.AT_MOST, KILLS),
        ),
    )  # fmt: skip


def _installation(folder: Path, forge: _Forge) -> dict[str, str]:
    url = f"sqlite:///{folder / 'wecena.db'}"
    migrate.upgrade(url)
    db = open_database(url)
    with db.sessions.begin() as session:
        project_row(
            session, utc_now(), source="github", host="127.0.0.1", path=PATH, labels=[LABEL], external_id="1",
            base_url=forge.url, api_url=forge.url, web_url=f"{forge.url}/{PATH}",
        )  # fmt: skip
    db.engine.dispose()
    return {
        **os.environ, "WECENA_DATABASE_URL": url, "WECENA_SECRET_KEY": "k" * 32, "WECENA_DATA_DIR": str(folder),
        "WECENA_ALLOWED_NETWORKS": "127.0.0.0/8", "WECENA_FORGE_TOKENS": "127.0.0.1=t0ken",
    }  # fmt: skip


def _run(place: dict[str, str], *, until: object) -> float:
    """Run the command until it ends or is killed; its greatest memory in megabytes."""
    child = subprocess.Popen(  # noqa: S603  (our own command)
        [sys.executable, "-c", _CHILD, "harvest"], env=place, stdout=subprocess.DEVNULL, stderr=sys.stderr
    )
    memory = 0.0
    while child.poll() is None:
        memory = max(memory, _peak(child.pid))
        if until():  # type: ignore[operator]  # a question without arguments
            child.send_signal(signal.SIGKILL)
            child.wait()
        time.sleep(0.1)
    return memory


def _peak(pid: int) -> float:
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    return int(found[1]) / 1024 if found else 0.0


def _found(url: str) -> tuple[int, int]:
    db = open_database(url)
    with db.readers() as session:
        mine = select(Project.id).where(Project.path == PATH)
        issues = session.scalar(select(func.count(Issue.id)).where(Issue.project_id.in_(mine))) or 0
        tasks = session.scalar(select(func.count(Task.id)).where(Task.project_id.in_(mine))) or 0
    db.engine.dispose()
    return issues, tasks


class _Forge:
    """A GitHub of one repository, whose rows are made when they are asked for: it may have any number."""

    def __init__(self, count: int) -> None:
        self.pages = -(-count // PER_PAGE)
        self.sent: Counter[int] = Counter()
        self.unchanged = 0
        forge = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                """Answer as GitHub does."""
                forge.answer(self, count)

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> _Forge:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def pages_sent(self) -> int:
        """How many pages were sent whole."""
        return self.sent.total()

    def answer(self, http: BaseHTTPRequestHandler, count: int) -> None:
        """One request."""
        asked = urlsplit(http.path)
        query = parse_qs(asked.query)
        page = int(query.get("page", ["1"])[0])
        etag = f'"{hashlib.sha256(http.path.encode()).hexdigest()}"'
        headers = {"ETag": etag}
        if asked.path.endswith("/issues") and page < self.pages:
            onward = f"{self.url}{asked.path}?per_page=100&state=open&labels=good+first+issue&page="
            headers["Link"] = f'<{onward}{page + 1}>; rel="next", <{onward}{self.pages}>; rel="last"'
        if http.headers.get("If-None-Match") == etag:
            self.unchanged += 1
            _send(http, 304, headers, b"")
            return
        body = self._body(asked.path, page, count, is_since="since" in query)
        _send(http, 200 if body is not None else 404, headers, json.dumps(body if body is not None else {}).encode())

    def _body(self, path: str, page: int, count: int, *, is_since: bool) -> object:
        home = f"/repos/{PATH}"
        if path == f"{home}/issues" and not is_since:
            self.sent[page] += 1
            return [
                _row(self.url, number) for number in range((page - 1) * PER_PAGE + 1, min(page * PER_PAGE, count) + 1)
            ]
        return {
            home: {
                "id": 1, "full_name": PATH, "html_url": f"{self.url}/{PATH}", "private": False, "open_issues_count": count,
                "clone_url": f"{self.url}/{PATH}.git", "default_branch": "main", "pushed_at": "2026-11-01T00:00:00Z",
            },
            f"{home}/languages": {"Python": 1}, f"{home}/labels": [{"id": 5, "name": LABEL}], f"{home}/issues": [],
        }.get(path)  # fmt: skip


def _send(http: BaseHTTPRequestHandler, status: int, headers: dict[str, str], body: bytes) -> None:
    http.send_response(status)
    for name, value in {**headers, "Content-Type": "application/json", "Content-Length": str(len(body))}.items():
        http.send_header(name, value)
    http.end_headers()
    http.wfile.write(body)


def _row(url: str, number: int) -> dict[str, object]:
    """A row as long as the usual ones: two kilobytes of text."""
    return {
        "id": 10_000 + number, "number": number, "title": f"The legend of map {number} is wrong", "state": "open",
        "html_url": f"{url}/{PATH}/issues/{number}", "repository_url": f"{url}/repos/{PATH}", "assignees": [],
        "user": {"login": "mainteneuse", "id": 7, "type": "User"}, "labels": [{"id": 5, "name": LABEL}],
        "comments": number % 5, "created_at": "2026-10-01T00:00:00Z", "updated_at": "2026-10-02T00:00:00Z",
        "closed_at": None, "author_association": "OWNER", "body": f"On sheet {number} the colours are mixed up. " * 45,
    }  # fmt: skip
