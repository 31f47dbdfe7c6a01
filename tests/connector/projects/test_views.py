"""The pages about projects, asked for as each role."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient
from sqlalchemy import insert, select

from connector.accounts import service as people
from connector.accounts import views as account_views
from connector.accounts.rules import LinkKind, Role
from connector.accounts.service import Invitation
from connector.app import create_app
from connector.db.engine import Database
from connector.db.tables import Audit, Delivery, Hook, Issue, Project, Task, maintainership
from connector.db.vault import Vault
from connector.projects import guide, hooks, queries, service, views
from connector.projects.service import NewProject
from connector.settings import load_settings
from sources.model import ProjectAddress, ProjectFacts

ADDRESS = ProjectAddress("github", "github.com", "agenda/solidaire", "https://github.com")
FACTS = ProjectFacts(
    "42",
    "agenda/solidaire",
    "https://github.com/agenda/solidaire",
    "https://github.com/agenda/solidaire.git",
    is_public=True,
)
NEW = NewProject(ADDRESS, "https://api.github.com", facts=FACTS, labels=("easy",))
VAULT = Vault("x" * 40)

SignIn = Callable[[Role], FlaskClient]


@pytest.fixture
def app(sqlite_url: str, tmp_path: Path, now: datetime) -> Iterator[APIFlask]:
    """The application with the pages of people and projects."""
    settings = load_settings(
        {"WECENA_DATABASE_URL": sqlite_url, "WECENA_DATA_DIR": str(tmp_path), "WECENA_RATE_LIMITS": "off"}
    )
    app = create_app(settings, clock=lambda: now)
    for blueprint in (account_views.blueprint, views.blueprint):
        if blueprint.name not in app.blueprints:
            app.register_blueprint(blueprint)
    yield app
    app.extensions["wecena"].db.engine.dispose()


@pytest.fixture
def base(app: APIFlask) -> Database:
    """The application's database."""
    found: Database = app.extensions["wecena"].db
    return found


@pytest.fixture
def project(app: APIFlask, base: Database, now: datetime) -> Project:
    """A project with an agreed label."""
    with base.sessions.begin() as session:
        return service.add(session, NEW, vault=app.extensions["wecena"].vault, now=now).project


@pytest.fixture
def sign_in(app: APIFlask, base: Database, project: Project, now: datetime) -> SignIn:
    """Gives a browser in which a person with this role, belonging to the project, is signed in."""

    def signed_in(role: Role) -> FlaskClient:
        with base.sessions.begin() as session:
            invitation = Invitation(
                f"{role}@example.org",
                role,
                company="C",
                project_ids=(project.id,),
                nonprofit=session.get_one(Project, project.id).nonprofit.name,
            )
            person = people.invite(session, invitation, now=now).person
            token = people.make_link(session, person, LinkKind.SIGN_IN, now=now)
            if role is not Role.MAINTAINER:
                session.execute(maintainership.delete().where(maintainership.c.person_id == person.id))
        client = app.test_client()
        assert send(client, f"/sign-in/{token}", page=f"/sign-in/{token}")[0] == 302
        return client

    return signed_in


def send(client: FlaskClient, path: str, *, page: str, **form: str) -> tuple[int, str]:
    """Send a form that stands on ``page``; status, and address or text of the answer."""
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get(page).text)
    answer = client.post(path, data={**form, "csrf_token": token[1] if token else ""})
    return answer.status_code, answer.headers.get("Location", answer.text)


def an_issue(
    base: Database, project: Project, number: int, now: datetime, status: str | None, *reasons: str, **more: object
) -> None:
    """An open issue, with a task in this state where one is given."""
    with base.sessions.begin() as session:
        known: dict[str, object] = {
            "is_open": True,
            "external_id": str(number),
            "remote_updated_at": now,
            "seen_at": now,
        }
        issue = Issue(project_id=project.id, number=number, **(known | more))
        session.add(issue)
        session.flush()
        if status is not None:
            session.add(
                Task(
                    issue_id=issue.id,
                    project_id=project.id,
                    title="t",
                    status=status,
                    not_offered=list(reasons),
                    days=1,
                    created_at=now,
                    updated_at=now,
                )
            )


def test_the_list_shows_state_and_funnel(sign_in: SignIn, base: Database, project: Project, now: datetime) -> None:
    an_issue(base, project, 1, now, "ready")
    an_issue(base, project, 2, now, None)
    text = sign_in(Role.COORDINATOR).get("/coordinator/projects?lang=en").text
    assert "agenda/solidaire" in text
    assert "Trial" in text
    assert re.search(r'data-name="Issues">2<.*data-name="Offered">1<', text, re.DOTALL)


def test_each_issue_counts_once_in_the_funnel(db: Database, now: datetime) -> None:
    with db.sessions.begin() as session:
        made = service.add(session, NEW, vault=VAULT, now=now).project
        other = service.add(
            session, replace(NEW, address=replace(ADDRESS, path="a/b"), facts=None, labels=()), vault=VAULT, now=now
        ).project
    an_issue(db, made, 1, now, "ready")
    an_issue(db, made, 2, now, "draft", "assigned", "too_big")
    an_issue(db, made, 3, now, "draft", "assigned")
    an_issue(db, made, 4, now, "claimed")
    an_issue(db, made, 5, now, None)
    an_issue(db, made, 6, now, None, is_request=True)
    an_issue(db, made, 7, now, None, is_open=False)
    an_issue(db, made, 8, now, "draft", "not_public", visibility="confidential")
    an_issue(db, other, 1, now, None)
    with db.readers() as session:
        found = queries.funnels(session, [made, other])
    assert found[made.id] == queries.Funnel(5, (("assigned", 2), ("in_hand", 1), ("unlabelled", 1)), 1)
    assert found[other.id] == queries.Funnel(1, (("not_agreed", 1),), 0)
    assert found[made.id].seen == sum(count for _reason, count in found[made.id].losses) + found[made.id].offered


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.VOLUNTEER, 403),
        (Role.COMPANY_CONTACT, 403),
        (Role.NONPROFIT_CONTACT, 200),
        (Role.MAINTAINER, 200),
        (Role.COORDINATOR, 200),
        (Role.ADMIN, 200),
    ],
)
def test_a_project_is_shown_to_those_it_belongs_to(sign_in: SignIn, project: Project, role: Role, status: int) -> None:
    client = sign_in(role)
    assert client.get(f"/coordinator/projects/{project.id}").status_code == status
    assert client.get("/coordinator/projects/999").status_code == (403 if status == 403 else 404)


@pytest.mark.parametrize(
    ("known", "is_told"), [([], False), (["bug"], True), (["bug", "Good First  Issue"], False)]
)  # fmt: skip
def test_an_agreed_label_that_nobody_saw_there_is_told(
    sign_in: SignIn, base: Database, project: Project, known: list[str], *, is_told: bool
) -> None:
    with base.sessions.begin() as session:
        row = session.get_one(Project, project.id)
        row.labels, row.known_labels = ["good first issue"], known
    client = sign_in(Role.COORDINATOR)
    for path in (f"/coordinator/projects/{project.id}?lang=en", f"/maintainers/projects/{project.id}?lang=en"):
        assert ("was not seen in the project so far" in client.get(path).text) is is_told


@pytest.mark.parametrize("role", [Role.MAINTAINER, Role.NONPROFIT_CONTACT])
def test_a_foreign_project_looks_missing(
    sign_in: SignIn, app: APIFlask, base: Database, now: datetime, role: Role
) -> None:
    with base.sessions.begin() as session:
        new = NewProject(replace(ADDRESS, path="other/thing"), "https://api.github.com", nonprofit="Other")
        foreign = service.add(session, new, vault=app.extensions["wecena"].vault, now=now).project
    client = sign_in(role)
    for path in (f"/coordinator/projects/{foreign.id}", f"/coordinator/projects/{foreign.id + 1}"):
        assert client.get(path).status_code == 404
    assert "other/thing" not in client.get("/coordinator/projects").text


def test_start_steps_begin_with_the_default_and_can_be_changed(
    sign_in: SignIn, base: Database, project: Project
) -> None:
    client, page = sign_in(Role.COORDINATOR), f"/coordinator/projects/{project.id}"
    assert "git clone https://github.com/agenda/solidaire.git" in client.get(page).text
    send(client, f"{page}/steps", page=page, steps="make run\r\nopen the page ")
    with base.readers() as session:
        assert session.get_one(Project, project.id).start_steps == "make run\nopen the page"
    send(client, f"{page}/steps", page=page, steps=guide.default_steps(project))
    with base.readers() as session:
        assert session.get_one(Project, project.id).start_steps == ""


def test_a_coordinator_names_who_agreed_to_a_write(sign_in: SignIn, base: Database, project: Project) -> None:
    client, page = sign_in(Role.COORDINATOR), f"/coordinator/projects/{project.id}"
    path = f"/maintainers/projects/{project.id}/allow"
    assert send(client, path, page=page, action="comment", on="1")[0] == 400
    assert send(client, path, page=page, action="comment", on="1", agreement="Malo, by mail, 3 Nov")[0] == 302
    with base.readers() as session:
        assert session.get_one(Project, project.id).allows == ["comment"]
        assert (
            session.scalars(select(Audit.data).where(Audit.kind == "writing_allowed")).one()["agreement"]
            == "Malo, by mail, 3 Nov"
        )
    assert "Malo, by mail" in client.get(page).text
    assert send(client, path, page=page, action="comment", on="0")[0] == 302
    with base.readers() as session:
        assert session.get_one(Project, project.id).allows == []


def test_a_maintainer_allows_for_themselves(sign_in: SignIn, base: Database, project: Project) -> None:
    client, page = sign_in(Role.MAINTAINER), f"/maintainers/projects/{project.id}"
    assert send(client, f"{page}/allow", page=page, action="assign", on="1") == (302, page)
    with base.readers() as session:
        assert session.get_one(Project, project.id).allows == ["assign"]
        assert queries.permissions(session, project.id)["assign"][1] == "maintainer"


@pytest.mark.parametrize(("action", "status"), [("merge", 400), ("", 400), ("close", 400)])
def test_only_offered_actions_can_be_allowed(sign_in: SignIn, project: Project, action: str, status: int) -> None:
    client, page = sign_in(Role.MAINTAINER), f"/maintainers/projects/{project.id}"
    assert send(client, f"{page}/allow", page=page, action=action, on="1")[0] == status


def test_the_words_of_a_comment_are_shown_before_it_is_allowed(sign_in: SignIn, project: Project) -> None:
    text = sign_in(Role.MAINTAINER).get(f"/maintainers/projects/{project.id}?lang=en").text
    assert "A volunteer has taken this issue" in text
    assert "Not allowed" in text
    assert "Nothing yet" in text


def test_everything_written_upstream_is_listed(
    sign_in: SignIn, base: Database, project: Project, now: datetime
) -> None:
    url = "https://github.com/agenda/solidaire/issues/7#issuecomment-1"
    with base.sessions.begin() as session:
        data = {"kind": "comment", "number": 7, "state": "claimed", "url": url}
        session.execute(insert(Audit).values(at=now, kind="written_upstream", project_id=project.id, data=data))
    text = sign_in(Role.MAINTAINER).get(f"/maintainers/projects/{project.id}").text
    assert url in text
    assert "#7" in text


def test_a_new_secret_is_shown_once_and_the_old_one_still_works(
    sign_in: SignIn, app: APIFlask, base: Database, project: Project, now: datetime
) -> None:
    client, page = sign_in(Role.MAINTAINER), f"/coordinator/projects/{project.id}"
    status, text = send(client, f"{page}/secret", page=page)
    with base.readers() as session:
        hook = session.scalars(select(Hook)).one()
        keys = hooks.live_keys(session, hook, app.extensions["wecena"].vault, now)
    assert (status, len(keys)) == (200, 2)
    assert hook.key in text
    assert keys[0].hex() in text
    assert keys[0].hex() not in client.get(page).text


def test_messages_that_could_not_be_used_are_listed(
    sign_in: SignIn, base: Database, project: Project, now: datetime
) -> None:
    with base.sessions.begin() as session:
        hook = session.scalars(select(Hook)).one()
        session.add(
            Delivery(
                hook_id=hook.id,
                external_id="1",
                event="issues",
                body=b"",
                received_at=now,
                outcome="quarantined",
                reason="not JSON",
            )
        )
    assert "not JSON" in sign_in(Role.COORDINATOR).get(f"/coordinator/projects/{project.id}").text


@pytest.mark.parametrize("cap", ["0", "x", "-1", "²", "9999"])
def test_a_cap_that_is_no_small_number_is_refused(sign_in: SignIn, base: Database, project: Project, cap: str) -> None:
    client, page = sign_in(Role.COORDINATOR), f"/coordinator/projects/{project.id}"
    assert send(client, f"{page}/cap", page=page, cap=cap)[0] == 400
    with base.readers() as session:
        assert session.get_one(Project, project.id).wip_cap == 2


def test_a_nonprofit_reads_and_changes_nothing(sign_in: SignIn, project: Project) -> None:
    client, page = sign_in(Role.NONPROFIT_CONTACT), f"/coordinator/projects/{project.id}"
    assert "<form" not in client.get(page).text.split("<main")[1]
    for path in (f"{page}/steps", f"{page}/cap", f"{page}/secret", f"/maintainers/projects/{project.id}/allow"):
        assert send(client, path, page="/sign-in")[0] in {400, 403}
