"""DOMAIN 8, rules 1 to 6 and 12: what is written upstream, and above all what is not."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace

import pytest
from sqlalchemy import select

from connector.accounts.rules import Role
from connector.cli import worker
from connector.courtesy.links import stop_link
from connector.courtesy.texts import MAX_LENGTH, faults, opt_out
from connector.db.tables import Audit
from connector.demo.forges.answers import Answer
from connector.outbox.comments import marker
from tests.courtesy.conftest import US, Manners
from tests.journeys.joining import LABEL

COMMENT = {"github": r".*/issues/(\d+/comments|comments/\d+)", "gitlab": r".*/issues/\d+/notes(/\d+)?"}


def test_rule_01_nothing_is_offered_before_somebody_agreed(here: Manners) -> None:
    """Opt-in per project, recorded: who, when, which labels, which actions, and what proves it."""
    here.follow(labels="")
    volunteer = here.volunteer("ines")
    assert {here.task(title) and here.task(title).status for title in ("First", "Second")} <= {None, "draft"}
    page = f"/coordinator/projects/{here.project.id}"
    form = {"labels": LABEL, "note": "Ana, by mail on Monday"}
    assert here.joining.press(here.admin, f"{page}/labels", page=page, **form)[0] == 302
    here.settle()
    assert here.claim(volunteer, "First") == 302
    with here.services.db.readers() as session:
        agreed = session.scalars(select(Audit).where(Audit.kind == "labels_agreed")).one()
    assert agreed.person_id is not None
    assert agreed.data == {"labels": [LABEL], "note": "Ana, by mail on Monday", "proof": "attested"}
    here.allow(kept=2)
    assert here.claim(here.volunteer("malo"), "Second") == 409, "two are left to the project's own newcomers"
    assert here.writes() == []


@pytest.mark.parametrize("way", ["label", "file", "mail", "unsubscribe", "button"])
def test_rule_02_one_line_stops_it_all(here: Manners, way: str) -> None:
    """Every way out frees all claims, and nothing is written after it but what takes our own marks away."""
    here.follow()
    here.allow("comment", "assign")
    first, second = here.volunteer("ines"), here.volunteer("malo")
    assert [here.claim(first, "First"), here.claim(second, "Second")] == [302, 302]
    here.settle()
    _leave(here, way)
    here.later(minutes=15)
    if way in {"label", "file"}:
        here.harvest()
    assert here.project.paused_at is not None
    assert "ready" not in here.joining.tasks().values()
    assert "claimed" not in here.joining.tasks().values()
    assert len(list(here.mails(Role.VOLUNTEER))) == 2, "both are told"
    assert here.claim(first, "Third") == 404, "it is not even shown"
    here.settle(hours=3)
    assert len(here.comments()) == 2, "none was added"
    assert all("Nobody works on this now" in text for text in here.comments())
    assert [issue.assignees for issue in here.issues] == [[], [], []]


def _leave(here: Manners, way: str) -> None:
    secret = here.services.settings.secret_key.get_secret_value()
    link = stop_link("", secret, here.project.id)
    anybody, page = here.joining.app.test_client(), f"/maintainers/projects/{here.project.id}"
    match way:
        case "label":
            here.forge.label_issue(here.there, here.issues[2].number, "no-wecena")
        case "file":
            here.forge.write_file(here.there, ".wecena.yml", "stop: true\n")
        case "mail":
            assert "Stop everything" in anybody.get(f"{link}?lang=en").text
            assert here.project.paused_at is None, "a program that looks into links stops nothing"
            assert here.joining.press(anybody, link, page=link)[0] == 200
        case "unsubscribe":
            assert anybody.post(link, data={"List-Unsubscribe": "One-Click"}).status_code == 200
        case _:
            assert here.joining.press(here.admin, f"{page}/stop", page=f"{page}/policy")[0] == 302


def test_rule_03_a_claim_has_one_comment_that_is_edited_in_place(here: Manners) -> None:
    """Quiet by default; where a comment is allowed, one a claim, never a second."""
    here.follow()
    quiet, loud = here.volunteer("ines"), here.volunteer("malo")
    here.claim(quiet, "First")
    here.settle()
    assert here.writes() == []
    here.allow("comment")
    here.claim(loud, "Second")
    here.settle()
    (said,) = here.comments()
    assert "has taken this issue" in said
    here.press(loud, "Second", "handover", done="a", remaining="b", link="c")
    here.settle()
    (said,) = here.comments()
    assert "Nobody works on this now" in said
    here.claim(loud, "Second")
    request = here.submit(loud, "Second", "malo")
    here.forge.merge_request(here.there, request.number)
    here.harvest()
    assert len(here.comments()) == 2, "two claims, two comments"
    assert "is done" in here.comments()[1]
    assert [one.method for one in here.writes()].count("POST") == 2


def test_rule_04_nothing_is_done_that_was_not_allowed_exactly(here: Manners) -> None:
    """With a comment allowed, only comments: never a state, a label, an assignee, a title, a lock or a mention."""
    here.follow()
    here.allow("comment", claim_label="bug")
    volunteer = here.volunteer("ines")
    before = _state(here)
    here.claim(volunteer, "First")
    here.settle()
    here.press(volunteer, "First", "recall")
    here.settle()
    here.claim(volunteer, "First")
    here.submit(volunteer, "First", "ines")
    assert _state(here) == before
    wrong = [one.path for one in here.writes() if not re.fullmatch(COMMENT[here.joining.kind], one.path)]
    assert wrong == []
    assert here.writes() != []
    assert not any("@" in text for text in here.comments())


def _state(here: Manners) -> list[tuple[object, ...]]:
    return [
        (issue.title, issue.body, tuple(issue.labels), tuple(issue.assignees), issue.is_open, issue.is_locked)
        for issue in here.issues
    ]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_rule_05_the_text_is_short_automated_and_leads_to_the_way_out(here: Manners, language: str) -> None:
    """No campaign, logo, company, emoji; at most 400 characters in the project's language."""
    here.follow()
    here.allow("comment", languages=[language])
    volunteer = here.volunteer("ines")
    here.claim(volunteer, "First")
    here.settle()
    (said,) = here.comments()
    address = opt_out(here.services.settings.public_url)
    visible = re.sub(r"<!--.*?-->", "", said).strip()
    assert faults(visible, address=address) == ()
    assert len(said) <= MAX_LENGTH
    assert ("automatique" in said) is (language == "fr")
    assert "automat" in said
    assert "ines" not in said
    assert marker("claim:")[:-4] in said
    assert 'id="stop"' in here.joining.app.test_client().get("/maintainers").text


def test_rule_05_a_text_that_breaks_a_rule_is_not_sent(here: Manners) -> None:
    here.follow()
    here.allow("comment")
    here.claim(here.volunteer("ines"), "First")
    address = f"https://{'a' * MAX_LENGTH}.example.org"
    settings = here.services.settings.model_copy(update={"public_url": address})
    worker.send(replace(here.services, settings=settings))
    here.settle()
    assert here.writes() == []


def test_rule_06_no_more_is_open_than_the_project_and_its_forge_take(here: Manners) -> None:
    """The cap is checked at the claim and the tasks stay listed; a refused creation means the cap is reached."""
    here.follow()
    here.allow("comment")
    first, second, third = (here.volunteer(name) for name in ("ines", "malo", "karim"))
    here.claim(first, "First")
    here.submit(first, "First", "ines")
    assert here.claim(second, "Second") == 302
    assert here.claim(third, "Third") == 409
    assert here.task("Third").status == "ready"
    assert "Third" in here.text("/", third)
    here.press(second, "Second", "refused")
    assert here.project.forge_cap == 1, "as many as are open there now"
    here.press(second, "Second", "recall")
    assert here.claim(third, "Third") == 409
    assert "enough tasks under way" in here.text(f"/tasks/{here.task('Third').id}", third)


@pytest.mark.parametrize("status", [403, 422])
def test_rule_06_a_refused_comment_is_never_sent_again(here: Manners, status: int) -> None:
    here.follow()
    here.allow("comment")
    here.server.answers.program("POST", "*", *[Answer(status, body={"message": "no"})] * 9)
    here.claim(here.volunteer("ines"), "First")
    here.settle()
    for _hour in range(4):
        here.later(hours=6)
    assert [one.method for one in here.writes()] == ["POST"]


def test_rule_12_writes_come_one_after_the_other_and_can_all_be_read(here: Manners) -> None:
    """Spaced by a second, back-off honoured, idempotent, and all in a list that the maintainer can read."""
    here.follow()
    here.allow("comment", "assign", "label", claim_label="bug", wip_cap=3)
    at = _times(here)
    wait = Answer(429, headers={"Retry-After": "120"})
    here.server.answers.program("POST", "*", wait)
    for name, title in (("ines", "First"), ("malo", "Second"), ("karim", "Third")):
        here.claim(here.volunteer(name), title)
    here.settle()
    refused = at[0]
    assert all(moment - refused >= 120 for moment in at[1:]), "the forge said how long"
    here.settle(minutes=3)
    here.settle(minutes=1)
    assert len(here.writes()) == 1 + 9, "a comment, an assignee and a label each"
    assert all(later - sooner >= 1 for sooner, later in itertools.pairwise(at))
    here.settle(minutes=5)
    assert len(here.writes()) == 10, "nothing is written twice"
    assert sorted(row.data["kind"] for row in here.audit()) == sorted(["assign", "comment", "label"] * 3)
    page = here.text(f"/maintainers/projects/{here.project.id}/policy")
    assert page.count("Put the label bug there") == 3
    assert all(f"Assigned {name}" in page for name in ("ines", "malo", "karim"))
    assert [[one.login for one in issue.assignees] for issue in here.issues] == [["ines"], ["malo"], ["karim"]]
    assert all(issue.labels == [LABEL, "bug"] for issue in here.issues)


def _times(here: Manners) -> list[float]:
    """When each write reaches the forge, in seconds."""
    found: list[float] = []
    seen = here.server.requests.append

    class Listening(list):  # type: ignore[type-arg]  # a log of the forge
        def append(self, one: object) -> None:
            super().append(one)
            if getattr(one, "method", "GET") != "GET" and "graphql" not in getattr(one, "path", ""):
                found.append(here.clock().timestamp())

    del seen
    here.server.requests = Listening(here.server.requests)
    return found


def test_the_brake_holds_everything_and_tells_the_coordinators(here: Manners) -> None:
    """More writes within an hour than can be right: nothing goes out until somebody has looked."""
    here.follow()
    here.allow("comment")
    here.joining.sign_in(Role.COORDINATOR)
    with here.services.db.sessions.begin() as session:
        for _one in range(30):
            session.add(Audit(at=here.clock(), kind="written_upstream", project_id=here.project.id, data={}))
    here.claim(here.volunteer("ines"), "First")
    here.settle()
    here.settle(hours=5)
    assert here.writes() == []
    assert here.project.held_at is not None
    assert len([mail for mail in here.mails() if "retenue" in mail.subject or "held" in mail.subject]) == 2
    page = f"/maintainers/projects/{here.project.id}"
    boss = here.again("admin@example.org")
    assert here.joining.press(boss, f"{page}/let-go", page=f"{page}/policy")[0] == 302
    here.settle(hours=1)
    assert len(here.comments()) == 1
    assert US
