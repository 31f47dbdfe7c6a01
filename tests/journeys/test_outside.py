"""The whole way from outside: the command, signed deliveries over HTTP, the API and the report, on real processes."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import signal
import subprocess
import sys
import time
from base64 import b64decode
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import requests
from standardwebhooks import Webhook

from tests.ports import free_port

ROOT = Path(__file__).parents[2]
COMMAND = [sys.executable, "-c", "from connector.cli.main import main; main()"]
LABEL = {"id": 1, "name": "good first issue"}
REPOSITORY = {
    "id": 77, "name": "tool", "full_name": "acme/tool", "private": False, "html_url": "https://github.com/acme/tool",
    "owner": {"login": "acme"},
}  # fmt: skip
Json = dict[str, Any]
PATIENCE = 60.0
SOON = 2.0
"""Seconds in which a labelled issue must be a task."""


class Service:
    """A running service, its command, and its address."""

    def __init__(self, folder: Path, database_url: str) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.environment = {
            **os.environ,
            "WECENA_DATA_DIR": str(folder),
            "WECENA_DATABASE_URL": database_url,
            "WECENA_PUBLIC_URL": self.url,
            "WECENA_RATE_LIMITS": "off",
        }

    def start(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(  # noqa: S603  (our own command)
            [*COMMAND, "run", "--port", str(self.port)],
            cwd=ROOT, env=self.environment, start_new_session=True, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def call(self, *arguments: str) -> Json:
        done = subprocess.run(  # noqa: S603  (our own command)
            [*COMMAND, *arguments], cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False
        )
        assert (done.returncode, done.stderr) == (0, "")
        found: Json = json.loads(done.stdout)
        return found

    def get(self, path: str, token: str | None = None) -> Json:
        found: Json = requests.get(self.url + path, headers=bearer(token), timeout=10).json()
        return found

    def wish(self, path: str, token: str, **body: object) -> tuple[int, Json]:
        answer = requests.post(self.url + path, json=body, headers=bearer(token), timeout=10)
        return answer.status_code, answer.json()

    def token(self, email: str, role: str) -> str:
        self.call("person", "invite", email, "--role", role, "--company", "Lanterne", "--json")
        return str(self.call("token", "create", "--person", email, "--json")["token"])


@pytest.fixture
def service(tmp_path: Path, database_url: str) -> Iterator[Service]:
    service = Service(tmp_path / "var", database_url)
    with service.start() as process:
        try:
            until(lambda: is_up(service.url), PATIENCE)
            yield service
        finally:
            os.killpg(process.pid, signal.SIGTERM)


def is_up(url: str) -> bool:
    try:
        return requests.get(f"{url}/readyz", timeout=5).ok
    except requests.RequestException:
        return False


def until(happens: Callable[[], bool], seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not happens():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def bearer(token: str | None) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"} if token else {}


def issue(number: int, second: int = 0, **changes: object) -> dict[str, object]:
    return {
        "id": 1000 + number, "number": number, "title": f"Fix the filter {number}", "body": "It shows nothing.",
        "user": {"login": "ann", "id": 1, "type": "User"}, "labels": [LABEL], "assignees": [], "comments": 0,
        "state": "open", "locked": False, "author_association": "MEMBER", "closed_at": None,
        "created_at": "2026-11-20T10:00:00Z", "updated_at": f"2026-11-20T10:00:{second:02}Z",
        "html_url": f"https://github.com/acme/tool/issues/{number}", **changes,
    }  # fmt: skip


def post(hook: dict[str, str], body: dict[str, object], *, event: str = "issues", secret: str | None = None) -> int:
    """A delivery as GitHub sends it, signed here and not by the code under test."""
    data = json.dumps({**body, "repository": REPOSITORY, "sender": {"login": "ann", "id": 1, "type": "User"}}).encode()
    digest = hmac.new((secret or hook["webhook_secret"]).encode(), data, hashlib.sha256).hexdigest()
    headers = {
        "Content-Type": "application/json",
        "X-GitHub-Event": event,
        "X-GitHub-Delivery": hashlib.sha256(data).hexdigest()[:32],
        "X-Hub-Signature-256": f"sha256={digest}",
    }
    answer = requests.post(hook["webhook_url"], data=data, headers=headers, timeout=10)
    assert answer.content == b""
    return answer.status_code


def test_from_the_command_to_the_report(service: Service) -> None:
    hook = service.call(
        "project", "add", "https://github.com/acme/tool", "--offline", "--label", LABEL["name"], "--json"
    )
    assert set(hook) == {"project", "webhook_url", "webhook_secret"}
    labelled = {"action": "labeled", "issue": issue(1), "label": LABEL}
    assert post(hook, labelled, secret="somebody else's") == 401
    assert post(hook, labelled) == 202
    until(lambda: service.get("/api/v1/tasks")["total"] == 1, SOON)
    assert post(hook, labelled) == 200
    (task,) = service.get("/api/v1/tasks")["items"]
    assert (task["title"], task["status"], task["issue"]["number"]) == ("Fix the filter 1", "ready", 1)

    malo, ines = (
        service.token("malo@lanterne.example", "volunteer"),
        service.token("ines@lanterne.example", "volunteer"),
    )
    place = f"/api/v1/tasks/{task['id']}"
    assert service.wish(f"{place}/claim", malo)[0] == 200
    status, answer = service.wish(f"{place}/claim", ines)
    assert (status, answer) == (409, {"error": "conflict", "reason": "TAKEN", "alternative": None})
    note = {"done": "The query is found.", "remaining": "A test.", "link": "branch fix-1"}
    assert service.wish(f"{place}/handover", malo, **note, days=0.5)[1]["handovers"] == 1
    assert service.wish(f"{place}/claim", ines)[0] == 200
    assert service.wish(f"{place}/submit", ines, url="https://github.com/acme/tool/pull/9", days=1)[0] == 200
    merged = {
        "id": 5, "number": 9, "state": "closed", "merged": True, "merged_at": "2026-11-22T10:00:00Z", "title": "Fix",
        "body": "Closes #1", "html_url": "https://github.com/acme/tool/pull/9", "draft": False,
        "user": {"login": "zoe", "id": 9, "type": "User"}, "created_at": "2026-11-21T10:00:00Z",
        "updated_at": "2026-11-22T10:00:00Z", "base": {"repo": REPOSITORY}, "head": {"repo": REPOSITORY},
    }  # fmt: skip
    assert post(hook, {"action": "closed", "number": 9, "pull_request": merged}, event="pull_request") == 202
    until(lambda: service.get(place)["status"] == "done", SOON * 5)

    year = date.today().year  # noqa: DTZ011  (the service's own day, whatever its zone)
    report = service.call(
        "report",
        "--company",
        "Lanterne",
        "--from",
        f"{year - 1}-01-01",
        "--to",
        f"{year + 1}-12-31",
        "--format",
        "json",
    )
    (section,) = report["nonprofits"]
    assert [(line["days"], line["outcome"]) for line in section["lines"]] == [(0.5, "handed_over"), (1.0, "accepted")]
    assert section["totals"] == report["totals"] == {"days": 1.5, "hours": 10.5, "tasks": 1}
    assert {line["url"] for line in section["lines"]} == {"https://github.com/acme/tool/pull/9"}


def test_gitlabs_token_and_signature_are_both_taken(service: Service) -> None:
    hook = service.call("project", "add", "https://gitlab.com/grp/sub/tool", "--offline", "--label", "easy", "--json")
    assert set(hook) == {"project", "webhook_url", "webhook_secret", "signing_token"}
    assert len(b64decode(hook["signing_token"].removeprefix("whsec_"))) == 32
    project = {
        "id": 5, "path_with_namespace": "grp/sub/tool", "web_url": "https://gitlab.com/grp/sub/tool",
        "visibility_level": 20,
    }  # fmt: skip
    attributes = {
        "id": 1, "iid": 7, "project_id": 5, "title": "Traduire l’aide", "description": "", "state": "opened",
        "action": "open", "confidential": False, "created_at": "2026-11-20 10:00:00 UTC",
        "updated_at": "2026-11-20 10:00:00 UTC", "url": "https://gitlab.com/grp/sub/tool/-/issues/7",
    }  # fmt: skip
    body = json.dumps(
        {
            "object_kind": "issue", "event_type": "issue", "user": {"id": 3, "username": "ann"}, "project": project,
            "object_attributes": attributes, "labels": [{"id": 2, "title": "easy"}], "assignees": [],
        }
    )  # fmt: skip
    headers = {"Content-Type": "application/json", "X-Gitlab-Event": "Issue Hook"}

    def deliver(**proof: str) -> int:
        sent = {**headers, **{name.replace("_", "-"): value for name, value in proof.items()}}
        return requests.post(hook["webhook_url"], data=body.encode(), headers=sent, timeout=10).status_code

    assert deliver(X_Gitlab_Token="wrong", Idempotency_Key="a") == 401
    assert deliver(X_Gitlab_Token=hook["webhook_secret"], Idempotency_Key="a") == 202
    until(lambda: service.get("/api/v1/tasks")["total"] == 1, SOON)
    now = datetime.now(UTC)
    signature = Webhook(hook["signing_token"]).sign("b", now, body)
    stamp = str(int(now.timestamp()))
    assert deliver(webhook_id="b", webhook_timestamp=stamp, webhook_signature=signature) == 202
    forged = signature[:-3] + ("AA=" if not signature.endswith("AA=") else "BB=")
    token = hook["webhook_secret"]
    assert deliver(webhook_id="c", webhook_timestamp=stamp, webhook_signature=forged, X_Gitlab_Token=token) == 401


def test_requests_and_issues_never_labelled_make_no_task(service: Service) -> None:
    hook = service.call(
        "project", "add", "https://github.com/acme/tool", "--offline", "--label", LABEL["name"], "--json"
    )
    assert post(hook, {"action": "opened", "issue": issue(5, pull_request={"url": "x"})}) == 202
    assert post(hook, {"action": "opened", "issue": issue(6, labels=[{"id": 2, "name": "bug"}])}) == 202
    assert post(hook, {"action": "labeled", "issue": issue(7), "label": LABEL}) == 202
    until(lambda: service.get("/api/v1/tasks")["total"] == 1, SOON * 5)
    coordinator = service.token("anne@programme.example", "coordinator")
    shown = service.get("/api/v1/tasks?status=all", coordinator)["items"]
    assert [task["issue"]["number"] for task in shown] == [7]
