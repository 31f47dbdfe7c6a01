"""API v1 through the whole application."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from connector.accounts import service as accounts
from connector.app import create_app
from connector.db.engine import Database
from connector.db.tables import Assignment, DayRecord, Person
from connector.settings import load_settings
from tests.connector.tasks.conftest import Programme

Make = Callable[[Session], Programme]
TASK_KEYS = {
    "id", "title", "status", "kind", "project", "nonprofit", "issue", "languages", "skills", "size", "handovers",
    "updated_at",
}  # fmt: skip


@pytest.fixture
def app(sqlite_url: str, tmp_path: Path, now: datetime) -> Iterator[APIFlask]:
    """The application."""
    values = {"WECENA_DATABASE_URL": sqlite_url, "WECENA_DATA_DIR": str(tmp_path), "WECENA_RATE_LIMITS": "off"}
    app = create_app(load_settings(values), clock=lambda: now)
    yield app
    app.extensions["wecena"].db.engine.dispose()


@pytest.fixture
def client(app: APIFlask) -> FlaskClient:
    """A program."""
    return app.test_client()


@pytest.fixture
def db(app: APIFlask) -> Database:
    """The application's own database."""
    database: Database = app.extensions["wecena"].db
    return database


@pytest.fixture
def token(db: Database, programme: Make, now: datetime) -> Callable[..., dict[str, str]]:
    """The header of a person with this name and role, made where there is none."""

    def make(name: str = "malo", role: str = "volunteer") -> dict[str, str]:
        with db.sessions.begin() as session:
            email = f"{name}@example.org"
            person = session.query(Person).filter_by(email=email).one_or_none()
            person = person or programme(session).person(name, role=role)
            secret = accounts.make_token(session, person, now=now)
        return {"Authorization": f"Bearer {secret}"}

    return make


@pytest.fixture
def ready(db: Database, programme: Make) -> Callable[..., int]:
    """Makes a task and gives its id."""

    def make(number: int = 1, *reasons: str, **issue: object) -> int:
        with db.sessions.begin() as session:
            here = programme(session)
            return here.task(number, *reasons, project=here.project(wip_cap=50), **issue).id

    return make


def post(client: FlaskClient, path: str, body: object, headers: dict[str, str]) -> TestResponse:
    """A wish as JSON."""
    return client.post(f"/api/v1{path}", json=body, headers=headers)


def test_a_task_has_exactly_the_promised_shape(client: FlaskClient, ready: Callable[..., int], now: datetime) -> None:
    task_id = ready(7, title="Été", labels=["good first issue", "python"], language="fr")
    answer = client.get("/api/v1/tasks").get_json()
    assert answer == {
        "items": [
            {
                "id": task_id,
                "title": "Été",
                "status": "ready",
                "kind": "code",
                "project": {
                    "id": answer["items"][0]["project"]["id"],
                    "name": "asso/site",
                    "url": "https://github.com/asso/site",
                    "source": "github",
                },
                "nonprofit": "Asso",
                "issue": {
                    "number": 7,
                    "url": "https://github.com/asso/site/issues/7",
                    "labels": ["good first issue", "python"],
                },
                "languages": ["fr"],
                "skills": ["python"],
                "size": {
                    "p_one_day": 0.7,
                    "hours_low": 1.0,
                    "hours_high": 5.0,
                    "days": 1,
                    "reasons": [{"text": "Two in three.", "effect": "+"}],
                },
                "handovers": 0,
                "updated_at": now.isoformat(),
            }
        ],
        "total": 1,
        "page": 1,
        "next": None,
    }
    assert client.get(f"/api/v1/tasks/{task_id}").get_json() == answer["items"][0]


def test_the_next_page_has_an_address(client: FlaskClient, ready: Callable[..., int]) -> None:
    for number in range(1, 4):
        ready(number)
    first = client.get("/api/v1/tasks?per_page=2&q=issue").get_json()
    assert (first["total"], len(first["items"])) == (3, 2)
    assert first["next"].startswith("http://127.0.0.1:8000/api/v1/tasks?")
    second = client.get(first["next"]).get_json()
    assert [task["title"] for task in second["items"]] == ["Issue 3"]
    assert second["next"] is None


@pytest.mark.parametrize(
    "query",
    [
        "page=0", "page=-1", "page=x", "page=1.5", "page=99999999999999999999", "per_page=0", "per_page=101", "status=open",
        "kind=x", "size_max=x", "size_max=-1", "size_max=0", "size_max=nan", "size_max=1e3", "unknown=1", "page=1&page=2",
        "q=%00", "q=" + "x" * 201,
    ],
)  # fmt: skip
def test_a_bad_value_is_told_as_such(client: FlaskClient, query: str) -> None:
    answer = client.get(f"/api/v1/tasks?{query}")
    assert answer.status_code == 400
    assert set(answer.get_json()) == {"error", "detail"}


def test_drafts_are_for_coordinators_with_their_reasons(
    client: FlaskClient, ready: Callable[..., int], token: Callable[..., dict[str, str]]
) -> None:
    task_id = ready(1, "too_big", "assigned")
    assert client.get("/api/v1/tasks?status=all").get_json()["items"] == []
    assert client.get(f"/api/v1/tasks/{task_id}").status_code == 404
    coordinator = token("cora", "coordinator")
    found = client.get("/api/v1/tasks?status=draft", headers=coordinator).get_json()["items"][0]
    assert found["not_offered"] == ["assigned", "too_big"]
    assert set(found) == TASK_KEYS | {"not_offered"}


def test_from_claim_to_review(
    client: FlaskClient, ready: Callable[..., int], token: Callable[..., dict[str, str]], db: Database
) -> None:
    task_id, malo, ines = ready(), token(), token("ines")
    answer = post(client, f"/tasks/{task_id}/claim", {}, malo)
    assert (answer.status_code, answer.get_json()["status"]) == (200, "claimed")
    assert client.get("/api/v1/me", headers=malo).get_json()["task"]["id"] == task_id
    note = {"done": "Found it", "remaining": "Fix it", "link": "branch-1", "days": 0.5, "minutes": 90}
    answer = post(client, f"/tasks/{task_id}/handover", note, malo)
    assert (answer.get_json()["status"], answer.get_json()["handovers"]) == ("ready", 1)
    assert post(client, f"/tasks/{task_id}/claim", {}, ines).status_code == 200
    url = "https://github.com/asso/site/pull/3"
    answer = post(client, f"/tasks/{task_id}/submit", {"url": url, "days": 1, "minutes": 0}, ines)
    assert (answer.status_code, answer.get_json()["status"]) == (200, "in_review")
    assert client.get("/api/v1/me", headers=ines).get_json()["task"] is None
    with db.readers() as session:
        assert sorted(float(record.days) for record in session.query(DayRecord)) == [0.5, 1.0]
        assert [hold.minutes for hold in session.query(Assignment).order_by(Assignment.id)] == [90, 0]


def test_whoever_is_slower_gets_an_alternative_and_no_name(
    client: FlaskClient, ready: Callable[..., int], token: Callable[..., dict[str, str]]
) -> None:
    task_id, other_id = ready(1), ready(2)
    post(client, f"/tasks/{task_id}/claim", {}, token("malo"))
    answer = post(client, f"/tasks/{task_id}/claim", {}, token("ines"))
    assert answer.status_code == 409
    conflict = answer.get_json()
    assert (conflict["error"], conflict["reason"]) == ("conflict", "TAKEN")
    assert set(conflict) == {"error", "reason", "alternative"}
    assert conflict["alternative"]["id"] == other_id
    assert set(conflict["alternative"]) == TASK_KEYS
    assert "malo" not in answer.get_data(as_text=True).lower()


def test_refusals_name_their_reason(
    client: FlaskClient, ready: Callable[..., int], token: Callable[..., dict[str, str]]
) -> None:
    malo = token()
    first, second, draft = ready(1), ready(2), ready(3, "locked")
    post(client, f"/tasks/{first}/claim", {}, malo)
    wishes = {f"/tasks/{second}/claim": "ALREADY_HOLDS_A_TASK", f"/tasks/{draft}/claim": "NOT_READY"}
    for path, reason in wishes.items():
        assert post(client, path, {}, malo).get_json()["reason"] == reason
    answer = post(client, f"/tasks/{second}/release", {}, malo)
    assert (answer.status_code, answer.get_json()["reason"]) == (409, "STALE")
    assert post(client, f"/tasks/{first}/release", {}, malo).get_json()["status"] == "ready"
    assert post(client, f"/tasks/{second}/handover", {}, malo).get_json()["reason"] == "STALE"


@pytest.mark.parametrize(
    ("verb", "body"),
    [
        ("claim", {"unknown": 1}),
        ("claim", []),
        ("claim", "x"),
        ("release", {"days": 0.25}),
        ("release", {"days": 2}),
        ("release", {"days": "1"}),
        ("release", {"days": True}),
        ("release", {"days": None}),
        ("claim", {"minutes": 15}),
        ("handover", {"minutes": 10}),
        ("handover", {"minutes": 975}),
        ("handover", {"minutes": -15}),
        ("handover", {"minutes": "15"}),
        ("handover", {"minutes": True}),
        ("submit", {"url": "https://github.com/asso/site/pull/1", "minutes": 15.5}),
        ("handover", {"done": "x" * 4001}),
        ("handover", {"done": 5}),
        ("handover", {"done": None}),
        ("handover", {"done": "\u0000"}),
        ("handover", {"link": ["x"]}),
        ("handover", {"note": "x"}),
        ("submit", {}),
        ("submit", {"url": ""}),
        ("submit", {"url": 5}),
        ("submit", {"url": "https://github.com/other/site/pull/1"}),
        ("submit", {"url": "javascript:alert(1)"}),
        ("submit", {"url": "https://github.com/asso/site/pull/1", "days": 3}),
    ],
)
def test_bad_input_is_told_and_changes_nothing(
    client: FlaskClient, ready: Callable[..., int], token: Callable[..., dict[str, str]], verb: str, body: object
) -> None:
    task_id, malo = ready(), token()
    if verb != "claim":
        post(client, f"/tasks/{task_id}/claim", {}, malo)
    before = client.get(f"/api/v1/tasks/{task_id}").get_json()
    answer = post(client, f"/tasks/{task_id}/{verb}", body, malo)
    assert answer.status_code == 400
    assert set(answer.get_json()) == {"error", "detail"}
    assert client.get(f"/api/v1/tasks/{task_id}").get_json() == before


def test_an_all_empty_handover_of_4000_characters_at_most_is_taken(
    client: FlaskClient, ready: Callable[..., int], token: Callable[..., dict[str, str]]
) -> None:
    malo = token()
    for number, note in ((1, {}), (2, {"done": "é" * 4000, "days": 0})):
        task_id = ready(number)
        post(client, f"/tasks/{task_id}/claim", {}, malo)
        assert post(client, f"/tasks/{task_id}/handover", note, malo).status_code == 200


def test_errors_are_json_with_their_status(
    client: FlaskClient, ready: Callable[..., int], token: Callable[..., dict[str, str]]
) -> None:
    task_id, malo = ready(), token()
    claim = f"/api/v1/tasks/{task_id}/claim"
    huge = b'{"done": "' + b"x" * 300_000 + b'"}'
    answers = {
        400: client.post(claim, data=b"{", content_type="application/json", headers=malo),
        401: client.post(claim, json={}),
        403: client.post(claim, json={}, headers=token("cora", "coordinator")),
        404: client.post("/api/v1/tasks/999999/claim", json={}, headers=malo),
        405: client.delete("/api/v1/tasks", headers=malo),
        413: client.post(f"/api/v1/tasks/{task_id}/handover", data=huge, content_type="application/json", headers=malo),
        415: client.post(claim, data="days=1", content_type="application/x-www-form-urlencoded", headers=malo),
    }
    for status, answer in answers.items():
        assert (answer.status_code, answer.mimetype) == (status, "application/json")
        assert set(answer.get_json()) == {"error", "detail"}, status


@pytest.mark.parametrize("header", ["Bearer nonsense", "Basic eDp5", "Bearer", ""])
def test_a_bad_token_is_refused_even_where_none_is_needed(client: FlaskClient, header: str) -> None:
    answer = client.get("/api/v1/tasks", headers={"Authorization": header})
    assert answer.status_code == 401
    assert set(answer.get_json()) == {"error", "detail"}


@pytest.mark.parametrize("task_id", ["0", "9" * 16, "9" * 40])
def test_a_number_beyond_all_numbers_is_missing(client: FlaskClient, task_id: str) -> None:
    assert client.get(f"/api/v1/tasks/{task_id}").status_code == 404


def test_other_sites_may_read_what_is_public(
    client: FlaskClient, ready: Callable[..., int], token: Callable[..., dict[str, str]]
) -> None:
    task_id = ready()
    for path in ("/tasks", f"/tasks/{task_id}", "/projects"):
        headers = client.get(f"/api/v1{path}").headers
        assert headers["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in headers
    assert "Access-Control-Allow-Origin" not in client.get("/api/v1/me", headers=token()).headers


def test_projects_are_listed_with_their_ready_tasks(client: FlaskClient, ready: Callable[..., int]) -> None:
    ready()
    answer = client.get("/api/v1/projects").get_json()
    assert (answer["total"], answer["next"]) == (1, None)
    assert answer["items"][0]["name"] == "asso/site"
    assert (answer["items"][0]["nonprofit"], answer["items"][0]["ready"]) == ("Asso", 1)


def test_the_description_is_public_and_fits_the_answers(client: FlaskClient, ready: Callable[..., int]) -> None:
    ready(1, language="fr")
    spec = client.get("/api/v1/openapi.json").get_json()
    assert set(spec["paths"]) == {
        "/api/v1/me", "/api/v1/projects", "/api/v1/tasks", "/api/v1/tasks/{task_id}", "/api/v1/tasks/{task_id}/claim",
        "/api/v1/tasks/{task_id}/handover", "/api/v1/tasks/{task_id}/release", "/api/v1/tasks/{task_id}/submit",
    }  # fmt: skip
    described = {"$ref": "#/components/schemas/TasksOut", "components": spec["components"]}
    Draft202012Validator(described).validate(client.get("/api/v1/tasks").get_json())
