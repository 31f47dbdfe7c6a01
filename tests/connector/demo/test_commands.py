"""`wecena demo` and `wecena recorded` as somebody types them."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from pathlib import Path

import requests

COMMAND = (sys.executable, "-c", "from connector.cli.main import main; main()")
SECONDS = 240


def test_the_demonstration_answers_and_ends_when_told(tmp_path: Path) -> None:
    log = tmp_path / "log"
    with log.open("w") as file, subprocess.Popen(  # noqa: S603  (our own command)
        (*COMMAND, "demo", "--port", "0", "--frozen"), stdout=file, stderr=subprocess.STDOUT
    ) as process:  # fmt: skip
        try:
            url = address_in(log, process)
            assert "Démonstration." in requests.get(url, headers={"Accept-Language": "fr"}, timeout=30).text
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(60)
    text = log.read_text()
    assert process.returncode == 0, text
    assert len(re.findall(r"/sign-in/\S+", text)) == 8


def address_in(log: Path, process: subprocess.Popen[bytes]) -> str:
    """Where the demonstration is, once it answers."""
    for _ in range(SECONDS * 2):
        found = re.search(r"The demonstration is on (http://\S+);", log.read_text())
        if found is not None and answers(found[1]):
            return found[1]
        try:
            process.wait(0.5)
        except subprocess.TimeoutExpired:
            continue
        break
    raise AssertionError(log.read_text())


def answers(url: str) -> bool:
    try:
        return requests.get(f"{url}/healthz", timeout=5).ok
    except requests.RequestException:
        return False


def test_the_recordings_are_fed_by_one_command(test_data: Path) -> None:
    done = subprocess.run(  # noqa: S603  (our own command)
        (*COMMAND, "recorded", str(test_data / "recorded"), "--port", "0", "--once"),
        capture_output=True, text=True, timeout=SECONDS, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert "answers: 605 x 202" in done.stdout
    assert "Deliveries: 605" in done.stdout
    assert "893 list entries" in done.stdout


def test_a_folder_without_recordings_is_refused(tmp_path: Path) -> None:
    command = (*COMMAND, "recorded", str(tmp_path))
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603  (our own command)
    assert done.returncode == 1
    assert done.stderr.startswith("wecena: ")
    assert "manifest.jsonl" in done.stderr
