"""A webhook that we make with a token: one press, both triggers, repaired by one press, gone when we leave."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from connector.cli.worker import enqueue_hooks
from connector.db.tables import Delivery
from connector.demo.forges.gitlab import GitLabServer
from connector.projects import hooks
from tests.journeys.joining import LABEL, Joining

NOTE = "Mira, by mail, 2 November"


def page_of(joining: Joining) -> str:
    return f"/coordinator/projects/{joining.project().id}"


def join(joining: Joining, **form: str) -> tuple[object, str]:
    client = joining.sign_in()
    joining.forge.add_issue(joining.there, "First", labels=[LABEL])
    assert joining.follow(client, labels=LABEL, agreed_note=NOTE)[0] == 200
    page = page_of(joining)
    status, answer = joining.press(client, f"{page}/hook", page=page, **form)
    assert (status, answer) == (302, f"{page}#hook")
    return client, page


def test_one_press_makes_a_hook_and_what_it_tells_arrives(joining: Joining) -> None:
    client, page = join(joining)
    (hook,) = joining.there.hooks.values()
    assert hook.events in {
        ("issues", "issue_comment", "label", "pull_request", "pull_request_review", "repository"),
        ("Confidential Issue Hook", "Issue Hook", "Merge Request Hook", "Note Hook"),
    }
    joining.work()
    joining.forge.add_issue(joining.there, "Second", labels=[LABEL])
    joining.work()
    assert joining.tasks()["Second"] == "ready"
    assert {sent.status for sent in joining.deliveries.sent} == {202}
    assert "We are" not in client.get(page).text
    assert joining.hooks()[0].pinged_at or joining.hooks()[0].last_delivery_at


def test_pressing_twice_makes_one_hook(joining: Joining) -> None:
    client, page = join(joining)
    joining.press(client, f"{page}/hook", page=page)
    assert len(joining.there.hooks) == 1
    assert len(joining.hooks()) == 1


def test_what_is_wrong_is_said_and_one_press_repairs_it(joining: Joining) -> None:
    client, page = join(joining)
    joining.work()
    (there,) = joining.there.hooks.values()
    there.events = ("push",)
    there.url = there.url.replace(joining.settings.public_url, "https://old.example.org")
    there.is_active = False
    joining.work(minutes=20)
    with joining.services.db.sessions.begin() as session:
        enqueue_hooks(session, joining.clock(), joining.clock())
    joining.work()
    text = client.get(f"{page}?lang=en").text
    assert "Missing in its form: Issues" in text
    assert "The forge disabled the webhook" in text
    assert "an old address of ours" in text
    assert joining.press(client, f"{page}/hook", page=page)[0] == 302
    joining.work()
    joining.forge.add_issue(joining.there, "After", labels=[LABEL])
    joining.work()
    assert joining.tasks()["After"] == "ready"
    assert "Missing in its form" not in client.get(f"{page}?lang=en").text


def test_leaving_takes_the_hook_away(joining: Joining) -> None:
    client, page = join(joining)
    joining.press(client, f"{page}/remove", page=f"{page}/remove")
    joining.work()
    assert joining.there.hooks == {}
    assert joining.hooks()[0].remote_id is None


def test_a_hook_of_the_owner_serves_all_its_projects_that_are_followed(joining: Joining) -> None:
    other = joining.forge.add_project("asso/app", labels=[LABEL])
    joining.forge.add_project("asso/private", labels=[LABEL])
    client, page = join(joining, level="owner")
    assert joining.follow(client, "asso/app", labels=LABEL, agreed_note=NOTE)[0] == 200
    joining.work()
    joining.forge.add_issue(other, "Elsewhere", labels=[LABEL])
    joining.forge.add_issue(joining.there, "Here", labels=[LABEL])
    joining.forge.add_issue(joining.forge.find("asso/private"), "Nobody follows this", labels=[LABEL])
    joining.work()
    assert joining.tasks() == {"First": "ready", "Elsewhere": "ready", "Here": "ready"}
    with joining.services.db.readers() as session:
        unfollowed = select(Delivery.body).where(Delivery.reason == "not_followed")
        assert set(session.scalars(unfollowed)) == {None}, "nothing is kept of it"
    joining.press(client, f"{page}/remove", page=f"{page}/remove")
    joining.work()
    assert len(joining.forge.owner_hooks["asso"]) == 1, "another project still needs it"
    second = f"/coordinator/projects/{joining.project('asso/app').id}"
    joining.press(client, f"{second}/remove", page=f"{second}/remove")
    joining.work()
    assert joining.forge.owner_hooks["asso"] == {}


def test_what_the_token_may_not_do_is_named(joining: Joining) -> None:
    joining.there.members.clear()
    client = joining.sign_in()
    joining.follow(client)
    page = page_of(joining)
    status, text = joining.press(client, f"{page}/hook", page=f"{page}?lang=en")
    assert status == 400
    assert "Our token may not make a webhook there" in text
    assert joining.there.hooks == {}


def test_a_hook_that_gitlab_disabled_is_awake_again_after_one_press(joining: Joining) -> None:
    if not isinstance(joining.server, GitLabServer):
        pytest.skip("GitHub disables no hooks")
    joining.server.disables_hooks = True
    client, page = join(joining)
    joining.deliveries.is_losing = True
    for number in range(4):
        joining.forge.add_issue(joining.there, f"Lost {number}", labels=[LABEL])
        joining.deliveries.settle()
    joining.deliveries.is_losing = False
    with joining.services.db.sessions.begin() as session:
        enqueue_hooks(session, joining.clock(), joining.clock())
    joining.work()
    assert "paused the webhook after failures, until" in client.get(f"{page}?lang=en").text
    joining.press(client, f"{page}/hook", page=page)
    joining.work()
    assert joining.hooks()[0].scope == hooks.PROJECT
    assert joining.server.sends(next(iter(joining.there.hooks.values())))
