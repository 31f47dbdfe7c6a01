"""What was set aside is listed with its reason and can be tried again, on the page and by the command."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient
from sqlalchemy import select

from connector.accounts.rules import Role
from connector.db.engine import Database
from connector.db.tables import Audit, Delivery, Effect, Hook, Job, Mail
from connector.parked import queries, service
from connector.parked.rules import HELD, Kind, parse_name
from tests.browser import application, signed_in
from tests.rows import project_row

HOUR = timedelta(hours=1)


def set_aside(db: Database, now: datetime) -> None:
    """One of each kind, beside others that are fit."""
    with db.sessions.begin() as session:
        project = project_row(session, now)
        hook = Hook(project_id=project.id, source="github", key="k", created_at=now)
        session.add(hook)
        session.flush()
        for number, outcome in enumerate(("quarantined", "parked", "applied"), start=1):
            session.add(
                Delivery(
                    hook_id=hook.id, external_id=f"d{number}", event="issues", headers={}, body=zlib.compress(b"{}"),
                    received_at=now - number * HOUR, processed_at=now, outcome=outcome, reason=f"reason <{number}>",
                )
            )  # fmt: skip
        for number, reason in ((1, "The tracker answered 502."), (2, None)):
            session.add(
                Job(key=f"j{number}", kind="reread", ref=f"{project.id}:7", run_at=now, tries=8, parked_reason=reason,
                    created_at=now - 5 * HOUR)
            )  # fmt: skip
        for key, error, due in (("refused", "no permission", None), ("held", HELD, None), ("due", None, now)):
            session.add(
                Effect(key=key, project_id=project.id, kind="comment", data={"number": 7}, created_at=now - 6 * HOUR,
                       next_attempt_at=due, error=error)
            )  # fmt: skip
        for attempts, error in ((8, "SMTPException"), (8, HELD), (1, None)):
            session.add(
                Mail(to="lea@example.org", subject="s", text="t", created_at=now, attempts=attempts, error=error)
            )


@pytest.fixture
def filled(db: Database, now: datetime) -> Database:
    set_aside(db, now)
    return db


def test_everything_set_aside_is_listed_with_its_reason(filled: Database) -> None:
    """R1: what is not processed is parked with a reason that somebody sees."""
    with filled.readers() as session:
        found = {(row.kind, row.about, row.where, row.reason) for row in queries.parked(session)}
        counts = queries.counts(session)
    assert found == {
        (Kind.QUARANTINED, "issues", "asso/site", "reason <1>"),
        (Kind.DELIVERY, "issues", "asso/site", "reason <2>"),
        (Kind.JOB, "reread #7", "asso/site", "The tracker answered 502."),
        (Kind.EFFECT, "comment #7", "asso/site", "no permission"),
        (Kind.EFFECT, "comment #7", "asso/site", HELD),
        (Kind.MAIL, "mail 1", "", "SMTPException"),
        (Kind.MAIL, "mail 2", "", HELD),
    }
    assert counts == {Kind.QUARANTINED: 1, Kind.DELIVERY: 1, Kind.JOB: 1, Kind.EFFECT: 2, Kind.MAIL: 2}


def test_a_delivery_to_a_hook_of_many_projects_is_listed_too(db: Database, now: datetime) -> None:
    """R1: such a hook has an owner at most, and no project."""
    with db.sessions.begin() as session:
        hook = Hook(source="github", scope="owner", owner="asso", key="k", created_at=now)
        session.add(hook)
        session.flush()
        session.add(
            Delivery(
                hook_id=hook.id, external_id="d", event="issues", headers={}, body=b"", received_at=now,
                processed_at=now, outcome="parked", reason="reason",
            )
        )  # fmt: skip
    with db.readers() as session:
        (row,) = queries.parked(session)
    assert (row.kind, row.where, row.project_id, row.can_retry) == (Kind.DELIVERY, "asso", None, True)


@pytest.mark.parametrize("kind", Kind)
def test_all_of_a_kind_are_tried_again(filled: Database, now: datetime, kind: Kind) -> None:
    with filled.sessions.begin() as session:
        before = queries.counts(session)
        assert service.retry_all(session, kind, now=now, by=None) == before[kind]
        assert service.retry_all(session, kind, now=now, by=None) == 0
        assert queries.counts(session) == {each: count for each, count in before.items() if each is not kind}
        (note,) = session.scalars(select(Audit)).all()
        assert (note.kind, note.data) == ("parked_retried", {"kind": kind.value, "count": before[kind]})


def test_one_that_is_not_set_aside_is_left_alone(filled: Database, now: datetime) -> None:
    with filled.sessions.begin() as session:
        assert not service.retry(session, Kind.DELIVERY, 3, now=now, by=None)
        assert not service.retry(session, Kind.JOB, 2, now=now, by=None)
        assert not service.retry(session, Kind.EFFECT, 3, now=now, by=None)
        assert not service.retry(session, Kind.MAIL, 3, now=now, by=None)
        assert session.scalars(select(Audit)).all() == []


def test_only_what_was_held_is_released(filled: Database, now: datetime) -> None:
    """R10: what a restore held goes on when somebody says so; what was given up stays given up."""
    with filled.sessions.begin() as session:
        assert service.release(session, now=now, by=None) == 2
        assert queries.counts(session)[Kind.EFFECT] == queries.counts(session)[Kind.MAIL] == 1
        assert service.release(session, now=now, by=None) == 0


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("job/12", (Kind.JOB, 12)), ("mail", (Kind.MAIL, None)), ("quarantined", (Kind.QUARANTINED, None)),
        ("job/", None), ("job/x", None), ("job/1/2", None), ("nothing", None), ("", None), ("JOB", None),
        (f"job/{'9' * 30}", None), ("job/²", None),
    ],
)  # fmt: skip
def test_names(text: str, expected: tuple[Kind, int | None] | None) -> None:
    assert parse_name(text) == expected


# --- the page -----------------------------------------------------------------------------------------------------


@pytest.fixture
def app(sqlite_url: str, tmp_path: Path, now: datetime) -> Iterator[APIFlask]:
    app = application(sqlite_url, tmp_path, now)
    yield app
    app.extensions["wecena"].db.engine.dispose()


def token(browser: FlaskClient, path: str) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', browser.get(path).text)
    assert found
    return found[1]


def test_an_admin_tries_again_from_the_page(app: APIFlask, now: datetime) -> None:
    db: Database = app.extensions["wecena"].db
    set_aside(db, now)
    browser = signed_in(app, Role.ADMIN, now)
    assert "/admin/parked" in browser.get("/coordinator/waiting?lang=en").text
    page = browser.get("/admin/parked?lang=en").text
    assert "reason &lt;1&gt;" in page
    assert "lea@example.org" not in page
    data = {"csrf_token": token(browser, "/admin/parked")}
    assert "One is tried again now." in browser.post("/admin/parked/job/1", data=data, follow_redirects=True).text
    assert "2 are tried again now." in browser.post("/admin/parked/effect", data=data, follow_redirects=True).text
    assert "There was nothing left" in browser.post("/admin/parked/job/1", data=data, follow_redirects=True).text
    assert "One is tried again now." in browser.post("/admin/released", data=data, follow_redirects=True).text
    assert browser.post("/admin/parked/other/1", data=data).status_code == 404
    with db.readers() as session:
        by = session.scalars(select(Audit.person_id).where(Audit.kind.in_(("parked_retried", "held_released")))).all()
    assert len(by) == 3
    assert None not in by


def test_without_anything_set_aside_the_page_says_so(app: APIFlask, now: datetime) -> None:
    browser = signed_in(app, Role.ADMIN, now)
    assert "Nothing was set aside." in browser.get("/admin/parked?lang=en").text
    assert "/admin/parked" not in browser.get("/coordinator/waiting").text


@pytest.mark.parametrize("role", [None, Role.VOLUNTEER, Role.COORDINATOR])
def test_only_admins_see_it_and_nobody_without_a_form_of_ours(app: APIFlask, now: datetime, role: Role | None) -> None:
    """S2 and S4."""
    set_aside(app.extensions["wecena"].db, now)
    browser = app.test_client() if role is None else signed_in(app, role, now)
    assert browser.get("/admin/parked").status_code in {302, 403}
    assert browser.post("/admin/parked/job/1", data={}).status_code in {302, 400, 403}
    assert signed_in(app, Role.ADMIN, now).post("/admin/parked/job/1", data={}).status_code == 400
    with app.extensions["wecena"].db.readers() as session:
        assert queries.counts(session)[Kind.JOB] == 1
