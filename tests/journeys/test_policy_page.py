"""The rules of a project on one page: for its maintainers, with or without an account, and for the coordinator."""

from __future__ import annotations

import html

from sqlalchemy import select

from connector.accounts.rules import Role
from connector.courtesy.queries import policy_of
from connector.courtesy.rules import AiPolicy, Upstream
from connector.db.tables import Audit
from tests.journeys.joining import LABEL, Joining
from tests.journeys.test_link_for_maintainers import begin

RULES = {
    "open_cap": "3", "weekly_cap": "4", "forge_cap": "5", "quiet": "2026-W52", "ai": "forbidden", "language": "fr",
    "claim_label": "bug",
}  # fmt: skip


def page_of(joining: Joining) -> str:
    return f"/maintainers/projects/{joining.project().id}/policy"


def followed(joining: Joining) -> str:
    joining.forge.add_issue(joining.there, "First", labels=[LABEL])
    joining.follow(joining.sign_in(), labels=LABEL, agreed_note="Ana, today")
    joining.client = joining.sign_in(Role.COORDINATOR)
    joining.work()
    return page_of(joining)


def test_a_coordinator_changes_the_rules_and_names_who_agreed(joining: Joining) -> None:
    page = followed(joining)
    assert joining.press(joining.client, page, page=page, allow="comment", **RULES)[0] == 400
    assert policy_of(joining.project()).open_cap == 2, "nothing of a refused form is kept"
    assert joining.press(joining.client, page, page=page, allow="comment", agreement="Ana, today", **RULES)[0] == 302
    policy = policy_of(joining.project())
    assert (policy.allows, policy.open_cap, policy.weekly_cap) == ({Upstream.COMMENT}, 3, 4)
    assert (policy.ai, policy.language, policy.claim_label) == (AiPolicy.FORBIDDEN, "fr", "bug")
    assert [(quiet.first.isoformat(), quiet.last.isoformat()) for quiet in policy.quiet] == [
        ("2026-12-21", "2026-12-27")
    ]
    with joining.services.db.readers() as session:
        told = session.scalars(select(Audit).where(Audit.kind == "manners_changed")).one()
        assert told.data["agreement"] == "Ana, today"


def test_what_cannot_be_meant_is_refused(joining: Joining) -> None:
    page = followed(joining)
    for wrong in ({"open_cap": "0"}, {"quiet": "soon"}, {"claim_label": "no such label"}, {"weekly_cap": "x"}):
        assert joining.press(joining.client, page, page=page, **{**RULES, **wrong})[0] == 400
    assert policy_of(joining.project()).quiet == ()


def test_every_text_stands_there_in_the_project_s_language(joining: Joining) -> None:
    page = followed(joining)
    joining.press(joining.client, page, page=page, **RULES)
    text = html.unescape(joining.client.get(f"{page}?lang=en").text)
    assert text.count("Ce commentaire automatique est modifié sur place") == 5
    assert "The label bug is put beside the others" in text
    assert text.count('lang="fr"') >= 5


def test_the_link_shows_the_rules_and_changes_them_once_rights_are_proved(joining: Joining) -> None:
    home = begin(joining)
    path, anybody = f"{home}/policy", joining.app.test_client()
    assert "Only the maintainers" in anybody.get(f"{path}?lang=en").text
    assert joining.press(anybody, path, page=path, allow="comment", **RULES)[0] == 403
    joining.forge.write_file(joining.there, ".wecena.yml", f"labels: [{LABEL}]\n")
    joining.press(anybody, f"{home}/look", page=home)
    joining.work()
    assert joining.press(anybody, path, page=path, allow="comment", **RULES) == (302, path)
    assert policy_of(joining.project()).allows == {Upstream.COMMENT}


def test_a_file_narrows_what_a_person_allowed_and_gives_it_back_when_it_goes(joining: Joining) -> None:
    page = followed(joining)
    for action in ("comment", "assign"):
        form = {"action": action, "on": "1", "agreement": "Ana, today"}
        joining.press(joining.client, f"/maintainers/projects/{joining.project().id}/allow", page=page, **form)
    joining.forge.write_file(joining.there, ".wecena.yml", "allow: [comment, label]\nlimits:\n  at_once: 1\n")
    joining.press(joining.client, f"/coordinator/projects/{joining.project().id}/harvest", page=page)
    joining.work()
    policy = policy_of(joining.project())
    assert (policy.allows, policy.open_cap) == ({Upstream.COMMENT}, 1)
    assert joining.project().allows == ["assign", "comment"]
    joining.forge.write_file(joining.there, ".wecena.yml", "language: en\n")
    joining.press(joining.client, f"/coordinator/projects/{joining.project().id}/harvest", page=page)
    joining.work()
    assert policy_of(joining.project()).allows == {Upstream.COMMENT, Upstream.ASSIGN}
