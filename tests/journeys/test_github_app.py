"""A GitHub App: made from our form, installed by a maintainer, lent tokens, suspended, taken away."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import select

from connector.accounts.rules import Role
from connector.cli import worker
from connector.db.tables import App, Installation, Mail
from connector.demo.forges.github import GitHubServer
from connector.demo.forges.github_apps import Apps, ForgeApp
from connector.demo.forges.model import Attempt
from connector.harvest import pulling
from connector.projects import apps
from connector.projects.app_tokens import AppTokens, client_of
from connector.projects.hooks import live_keys
from connector.queue import service as queue
from tests.journeys.joining import LABEL, Joining


@pytest.fixture
def joining(database_url: str, tmp_path: Path) -> Iterator[Joining]:
    """A service that has no token of its own, beside a simulated GitHub."""
    made = Joining("github", database_url, tmp_path, token=None)
    made.forge.add_issue(made.there, "First", labels=[LABEL])
    made.client = made.sign_in()
    yield made
    made.close()


def apps_of(joining: Joining) -> Apps:
    assert isinstance(joining.server, GitHubServer)
    return joining.server.apps


def make_app(joining: Joining, level: str = "read") -> ForgeApp:
    """What an operator does, on our pages and on GitHub's."""
    page = "/admin/apps"
    status, text = joining.press(joining.client, page, page=page, level=level, forge=joining.server.url, owner="asso")
    assert status == 200
    assert f"{joining.server.url}/organizations/asso/settings/apps/new?state=" in text
    manifest = html.unescape(re.search(r'name="manifest" value="([^"]+)"', text)[1])
    state = html.unescape(re.search(r"state=([^\"]+)\"", text)[1])
    code = apps_of(joining).submit(manifest)
    answer = joining.client.get(f"{page}/back?code={code}&state={state}")
    assert answer.headers["Location"] == page
    (app,) = apps_of(joining).apps.values()
    return app


def follow(joining: Joining) -> str:
    assert joining.follow(joining.client)[0] == 200
    return f"/coordinator/projects/{joining.project().id}"


def harvest(joining: Joining) -> None:
    pulling.pull(joining.services.db, joining.services.connect, joining.project().id, joining.clock)


def test_installing_it_is_the_agreement_and_its_messages_arrive(joining: Joining) -> None:
    app, page = make_app(joining), follow(joining)
    joining.server.apps.install(app, "asso", [joining.there])
    joining.work()
    assert "installed our App there" in joining.client.get(f"{page}?lang=en").text
    assert joining.press(joining.client, f"{page}/labels", page=page, labels=LABEL)[0] == 302
    assert (joining.project().agreed_proof, joining.tasks()) == ("app", {"First": "ready"})
    joining.forge.add_issue(joining.there, "Second", labels=[LABEL])
    joining.work()
    assert joining.tasks()["Second"] == "ready"
    assert {sent.status for sent in joining.deliveries.sent} == {202}


@pytest.mark.parametrize("count", [1, 7])
def test_messages_it_could_not_hand_over_are_asked_for_again(joining: Joining, count: int) -> None:
    """Five at a look, and the rest a minute later; nothing is asked for twice."""
    app, page = make_app(joining), follow(joining)
    joining.server.apps.install(app, "asso", [joining.there])
    joining.work()
    joining.press(joining.client, f"{page}/labels", page=page, labels=LABEL)
    joining.deliveries.is_losing = True
    for number in range(count):
        joining.forge.add_issue(joining.there, f"Lost {number}", labels=[LABEL])
    joining.deliveries.settle()
    joining.deliveries.is_losing = False
    assert "Lost 0" not in joining.tasks()
    for _look in range(3):
        look_for_lost(joining)
    assert {f"Lost {number}" for number in range(count)} < set(joining.tasks())
    asked = joining.server.requests_to("/api/v3/app/hook/deliveries/.*/attempts", "POST")
    assert len(asked) == len({one.path for one in asked}) == count


def test_a_long_list_of_what_failed_is_read_page_by_page_and_once(joining: Joining) -> None:
    app = make_app(joining)
    at = joining.clock()
    app.hook.attempts += [Attempt(number, f"guid-{number}", "issues", b"", 503, at) for number in range(1, 231)]
    with joining.services.db.readers() as session:
        client = client_of(session.scalars(select(App)).one(), joining.services.vault, joining.services.transport)
    found = client.undelivered("")
    assert (found.newest, [each.number for each in found.failed]) == (230, list(range(1, 231)))
    assert len(joining.server.requests_to("/api/v3/app/hook/deliveries")) == 3
    assert [each.number for each in client.undelivered("", after=228).failed] == [229, 230]
    assert len(joining.server.requests_to("/api/v3/app/hook/deliveries")) == 4


def look_for_lost(joining: Joining) -> None:
    """What the schedule does every quarter of an hour, and a minute later where something is left."""
    now = joining.clock()
    with joining.services.db.sessions.begin() as session:
        worker.enqueue_recoveries(session, now, now)
    while True:
        with joining.services.db.sessions.begin() as session:
            job = queue.lease_next(session, now=joining.clock(), kinds=[worker.RECOVER])
        if job is None:
            break
        worker.recover(joining.services, job)
        with joining.services.db.sessions.begin() as session:
            queue.finish(session, [job], joining.clock())
    joining.work(minutes=15)


def test_its_key_and_secret_are_kept_encrypted_and_its_rights_are_the_least(joining: Joining) -> None:
    app = make_app(joining)
    assert app.manifest["default_permissions"] == {
        "metadata": "read", "issues": "read", "pull_requests": "read", "single_file": "read",
    }  # fmt: skip
    assert set(app.manifest["default_events"]) == {
        "issues", "issue_comment", "label", "pull_request", "pull_request_review", "repository",
    }  # fmt: skip
    with joining.services.db.readers() as session:
        row = session.scalars(select(App)).one()
    assert b"PRIVATE KEY" not in row.private_key
    assert joining.services.vault.open(row.private_key).decode() == app.pem
    assert make_key_secret(joining) == app.hook.secret


def make_key_secret(joining: Joining) -> str:
    """The secret that our half of the App's hook expects."""
    with joining.services.db.readers() as session:
        hook = joining.hooks()[0]
        return live_keys(session, hook, joining.services.vault, joining.clock())[0].hex()


@pytest.mark.parametrize("length", [40, 520])
def test_a_token_of_any_length_is_narrowed_kept_and_renewed(joining: Joining, length: int) -> None:
    apps = apps_of(joining)
    apps.token_length = length
    app = make_app(joining, level="write")
    follow(joining)
    apps.install(app, "asso", [joining.there])
    joining.work()
    harvest(joining)
    harvest(joining)
    (lent,) = joining.server.requests_to("/api/v3/app/installations/.*/access_tokens", "POST")
    assert lent.body["repository_ids"] == [joining.there.id]
    assert lent.body["permissions"]["issues"] == "read", "nothing may be written in this project"
    assert len(next(iter(apps.grants))) == length
    joining.clock.advance(minutes=56)
    harvest(joining)
    assert len(apps.grants) == 2, "the first would have ended during the call"
    apps.grants.clear()
    harvest(joining)
    assert len(joining.server.requests_to("/api/v3/app/installations/.*/access_tokens", "POST")) == 3


def test_a_suspended_app_rests_the_project_and_an_unsuspended_one_wakes_it(joining: Joining) -> None:
    app, page = make_app(joining), follow(joining)
    installation = joining.server.apps.install(app, "asso", [joining.there])
    joining.work()
    joining.press(joining.client, f"{page}/labels", page=page, labels=LABEL)
    joining.server.apps.suspend(app, installation)
    joining.work()
    assert (joining.project().installation_id, joining.tasks()) == (None, {"First": "draft"})
    with joining.services.db.readers() as session:
        assert any("asso/site" in subject for subject in session.scalars(select(Mail.subject)))
    harvest(joining)
    joining.server.apps.suspend(app, installation, is_suspended=False)
    joining.work()
    assert joining.tasks() == {"First": "ready"}


def test_a_removed_app_leaves_what_anybody_may_read(joining: Joining) -> None:
    app, page = make_app(joining), follow(joining)
    installation = joining.server.apps.install(app, "asso", [joining.there])
    joining.work()
    joining.press(joining.client, f"{page}/labels", page=page, labels=LABEL, note="Mira, by mail")
    joining.server.apps.remove(app, installation)
    joining.work()
    assert joining.tasks() == {"First": "ready"}, "a person attested the agreement too"
    harvest(joining)
    assert not joining.server.requests[-1].is_authorised


def test_repositories_come_and_go(joining: Joining) -> None:
    app, _page = make_app(joining), follow(joining)
    other = joining.forge.add_project("asso/app", labels=[LABEL])
    installation = joining.server.apps.install(app, "asso", [other])
    joining.work()
    assert joining.project().installation_id is None
    joining.server.apps.add(app, installation, joining.there)
    joining.work()
    assert joining.project().installation_id is not None
    joining.server.apps.drop(app, installation, joining.there)
    joining.work()
    assert joining.project().installation_id is None
    assert joining.follow(joining.client, "asso/app")[0] == 200
    assert joining.project("asso/app").installation_id is not None, "it was installed before we followed it"


def test_a_foreign_or_late_way_back_makes_nothing(joining: Joining) -> None:
    assert joining.client.get("/admin/apps/back?code=x&state=forged").status_code == 400
    assert joining.sign_in(Role.COORDINATOR).get("/admin/apps").status_code in {403, 404}
    with joining.services.db.readers() as session:
        assert session.scalars(select(Installation)).all() == []


def test_an_installation_that_is_gone_unheard_is_read_as_anybody(joining: Joining) -> None:
    app = make_app(joining)
    follow(joining)
    installation = joining.server.apps.install(app, "asso", [joining.there])
    joining.work()
    with joining.forge.silent():
        joining.server.apps.remove(app, installation)
    services = joining.services
    tokens = AppTokens(services.db, services.vault, services.transport, joining.clock)
    assert tokens.token(joining.project()) is None


def test_an_app_made_by_hand_is_taken_over_from_the_settings(joining: Joining) -> None:
    app = make_app(joining)
    with joining.services.db.sessions.begin() as session:
        session.delete(session.scalars(select(App)).one())
    named = {"github_app_id": str(app.id), "github_app_key": SecretStr(app.pem)}
    services = replace(joining.services, settings=joining.settings.model_copy(update=named))
    with services.db.readers() as session:
        assert apps.can_adopt(session, services)
    apps.adopt(services, joining.server.url, by=None)
    with services.db.readers() as session:
        assert session.scalars(select(App.external_id)).all() == [str(app.id)]
        assert not apps.can_adopt(session, services)
    follow(joining)
    joining.server.apps.install(app, "asso", [joining.there])
    joining.work()
    assert joining.project().installation_id is not None, "its webhook has our address and secret now"
