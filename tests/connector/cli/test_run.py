"""``wecena run``: one process group that starts together and ends together, however it ends."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from connector.cli.processes import free_port
from connector.errors import UserError
from tests import ports

ROOT = Path(__file__).parents[3]
COMMAND = [sys.executable, "-c", "from connector.cli.main import main; main()", "run", "--port"]
PATIENCE = 60.0


@pytest.fixture
def service(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """A running service in a group of its own, and its port."""
    port = ports.free_port()
    environment = {
        **os.environ,
        "WECENA_DATA_DIR": str(tmp_path / "var"),
        "WECENA_DATABASE_URL": "",
        "WECENA_WEB_WORKERS": "2",
    }
    with (
        (tmp_path / "out").open("w") as out,
        (tmp_path / "err").open("w") as err,
        subprocess.Popen(  # noqa: S603  (our own command)
            [*COMMAND, str(port)], cwd=ROOT, env=environment, start_new_session=True, text=True, stdout=out, stderr=err
        ) as process,
    ):
        try:
            until(lambda: answers(port), tmp_path / "err")
            yield process, port
        finally:
            if lives(process.pid):
                os.killpg(process.pid, signal.SIGKILL)


def until(happens: Callable[[], bool], log: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while not happens():
        assert time.monotonic() < deadline, log.read_text(encoding="utf-8")
        time.sleep(0.1)


def answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/sizing", timeout=5) as answer:
            return int(answer.status) == 200
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


def lives(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_service_ends_whole_when_asked(
    service: tuple[subprocess.Popen[str], int], tmp_path: Path, number: signal.Signals
) -> None:
    process, port = service
    said = (tmp_path / "out").read_text(encoding="utf-8")
    assert f"wecena is on http://127.0.0.1:{port}" in said
    assert f"http://127.0.0.1:{port}/sign-in/" in said
    process.send_signal(number)
    assert process.wait(PATIENCE) == 0
    until(lambda: not lives(process.pid), tmp_path / "err")


def test_no_process_outlives_a_killed_parent(service: tuple[subprocess.Popen[str], int], tmp_path: Path) -> None:
    process, port = service
    process.kill()
    process.wait(PATIENCE)
    until(lambda: not lives(process.pid), tmp_path / "err")
    assert not answers(port)


def test_a_port_in_use_is_refused_in_one_sentence(wecena_port_taken: int, tmp_path: Path) -> None:
    environment = {**os.environ, "WECENA_DATA_DIR": str(tmp_path / "var"), "WECENA_DATABASE_URL": ""}
    found = subprocess.run(  # noqa: S603  (our own command)
        [*COMMAND, str(wecena_port_taken)], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert found.returncode == 1
    assert found.stderr.startswith(f"wecena: Port {wecena_port_taken} of 127.0.0.1 is in use")
    assert found.stderr.count("\n") == 1
    assert not (tmp_path / "var" / "wecena.db").exists()


@pytest.fixture
def wecena_port_taken() -> Iterator[int]:
    """A port that something else listens on."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        yield taken.getsockname()[1]


def test_a_free_port_is_found(wecena_port_taken: int) -> None:
    assert free_port("127.0.0.1", 0) > 1023
    with pytest.raises(UserError, match="choose another with --port"):
        free_port("127.0.0.1", wecena_port_taken)
