"""A throw-away PostgreSQL server on a free port, also when the tests run as root (initdb refuses root)."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import psycopg

from tests.ports import free_port

OWNER = "wecena"
SMALL = ("max_connections=80", "shared_buffers=32MB")
SETTINGS = (*SMALL, "fsync=off", "full_page_writes=off")


@dataclass(slots=True)
class PostgresServer:
    """Databases are made by copying a template, which takes some tens of milliseconds.

    ``settings`` without those that make it fast and forgetful: `SMALL`.
    """

    binaries: Path
    port: int = 0
    settings: tuple[str, ...] = SETTINGS
    folder: Path = Path()
    numbers: Iterator[int] = field(default_factory=count)

    @classmethod
    def find(cls) -> PostgresServer | None:
        """The newest server installed, or None."""
        candidates = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
        on_path = shutil.which("initdb")
        folders = [*candidates, *([Path(on_path).parent] if on_path else [])]
        usable = [folder for folder in folders if (folder / "initdb").exists()]
        return cls(usable[-1]) if usable else None

    @contextmanager
    def running(self) -> Iterator[None]:
        """Start on a free port, stop and delete at the end."""
        folder = self.folder = Path(tempfile.mkdtemp(prefix="wecena-pg-"))
        self.port = free_port()
        try:
            if os.geteuid() == 0:
                shutil.chown(folder, "nobody")
            data = folder / "data"
            self._call("initdb", "-D", data, "-U", OWNER, "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync")
            self.start()
            try:
                yield
            finally:
                self.stop()
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def start(self) -> None:
        """Start, or start again what was stopped, on the same port; returns when it answers."""
        options = " ".join(f"-c {setting}" for setting in self.settings)
        self._call(
            "pg_ctl", "-D", self.folder / "data", "-w", "-l", self.folder / "log", "start",
            "-o", f"-p {self.port} -h 127.0.0.1 -k {self.folder} {options}",
        )  # fmt: skip

    def stop(self, mode: str = "immediate") -> None:
        """Stop: ``immediate`` as in a crash, ``fast`` as in an upgrade. Stopping twice is no fault."""
        if (self.folder / "data" / "postmaster.pid").exists():
            self._call("pg_ctl", "-D", self.folder / "data", "-w", "-m", mode, "stop")

    def url(self, name: str) -> str:
        """The address of a database of this server."""
        return f"postgresql://{OWNER}@127.0.0.1:{self.port}/{name}"

    def create(self, name: str, *, template: str = "template0") -> str:
        """Make a database and say its address."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"'.encode())
        return self.url(name)

    def copy(self, template: str) -> str:
        """A fresh database with the content of the template."""
        return self.create(f"test_{next(self.numbers)}", template=template)

    def _call(self, program: str, *arguments: object) -> None:
        command = [str(self.binaries / program), *map(str, arguments)]
        if os.geteuid() == 0:
            command = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", *command]
        subprocess.run(  # noqa: S603  (a fixed program with our own arguments)
            command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL, cwd="/"
        )
