"""The servers that are measured, each in processes of its own: ours, and its peers."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from tests.bench.payloads import Hook

ROOT = Path(__file__).parents[2]
WECENA = (sys.executable, "-c", "from connector.cli.main import main; main()")
GUNICORN = (sys.executable, "-m", "gunicorn", "--preload", "--worker-class", "gthread", "--workers", "2")
START_SECONDS = 60.0
STOP_SECONDS = 20.0
SECRET = "0f" * 32


@dataclass(frozen=True, slots=True)
class Running:
    """A server that answers, and the process group it lives in."""

    url: str
    group: int


@dataclass(frozen=True, slots=True)
class Installation:
    """A data folder with its database, and the environment that names it."""

    folder: Path
    environment: Mapping[str, str]

    def command(self, *arguments: str) -> str:
        """What a `wecena` command prints."""
        done = subprocess.run(  # noqa: S603  (our own command)
            [*WECENA, *arguments], cwd=ROOT, env=dict(self.environment), capture_output=True, text=True, check=True
        )
        return done.stdout


def installation(folder: Path, **settings: object) -> Installation:
    """A fresh data folder with a migrated SQLite database."""
    chosen = {f"WECENA_{name.upper()}": str(value) for name, value in settings.items()}
    kept = {name: value for name, value in os.environ.items() if not name.startswith("WECENA_")}
    made = Installation(folder, {**kept, "WECENA_DATA_DIR": str(folder), "WECENA_RATE_LIMITS": "off", **chosen})
    made.command("migrate")
    return made


def hook_of(place: Installation, base_url: str, project: str = "https://github.com/acme/tool") -> Hook:
    """A project that is asked nothing, and its hook at the server of this address."""
    added = json.loads(place.command("project", "add", project, "--offline", "--label", "good first issue", "--json"))
    path = str(added["webhook_url"]).partition("/webhooks/")[2]
    return Hook(f"{base_url}/webhooks/{path}", str(added["webhook_secret"]))


@contextmanager
def wecena(place: Installation, command: str, port: int) -> Iterator[Running]:
    """`wecena run` or `web` on this port, until the end of the block."""
    with _running([*WECENA, command, "--port", str(port)], place.environment, port) as running:
        yield running


@contextmanager
def gunicorn(application: str, environment: Mapping[str, str], port: int, *, threads: int = 4) -> Iterator[Running]:
    """An application under gunicorn, two processes of so many threads."""
    command = [
        *GUNICORN,
        "--threads",
        str(threads),
        "--log-level",
        "warning",
        "--bind",
        f"127.0.0.1:{port}",
        application,
    ]
    with _running(command, environment, port) as running:
        yield running


def get(url: str) -> int:
    """The status of a page."""
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=START_SECONDS)
    connection.request("GET", urlsplit(url).path)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status


def until_drained(folder: Path, seconds: float) -> None:
    """Wait until no stored delivery waits to be processed; raises `TimeoutError`."""
    latest = time.monotonic() + seconds
    with closing(sqlite3.connect(folder / "wecena.db", timeout=START_SECONDS)) as connection:
        while connection.execute("SELECT count(*) FROM delivery WHERE processed_at IS NULL").fetchone()[0]:
            if time.monotonic() > latest:
                raise TimeoutError("deliveries still wait to be processed")
            time.sleep(0.5)


@contextmanager
def _running(command: list[str], environment: Mapping[str, str], port: int) -> Iterator[Running]:
    process = subprocess.Popen(  # noqa: S603  (our own commands)
        command, cwd=ROOT, env=dict(environment), start_new_session=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        _wait_for(port, process)
        yield Running(f"http://127.0.0.1:{port}", process.pid)
    finally:
        _end(process)


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    latest = time.monotonic() + START_SECONDS
    while time.monotonic() < latest and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise TimeoutError(f"{' '.join(process.args)} does not answer")  # type: ignore[arg-type]  # a list of texts


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
