"""What a forge told once is told again under a fresh id, at once or long after: nothing that we know or did changes."""

from __future__ import annotations

import random
from collections.abc import Iterator
from urllib.parse import urlsplit
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from connector.accounts.rules import Role
from connector.db.tables import Account, Assignment, Base, Person, Task
from connector.demo.forges.deliveries import Sent
from connector.tasks import service as tasks
from tests.journeys.joining import LABEL, Joining
from webhooks.replay import post

SEED = 2026
WE, STRANGER = "ines", "passer-by"
STATE = (
    "project",
    "issue",
    "request",
    "issue_request",
    "task",
    "task_event",
    "assignment",
    "estimate",
    "effect",
    "mail",
)
"""What must stay as it is. Jobs, deliveries and what is kept of readings may come and go."""
WHEN_WE_LOOKED = frozenset({"seen_at", "reread_at", "cursor", "etags", "visible_at"})


def story(joining: Joining) -> Iterator[str]:
    """What happens at the forge, a minute apart: each kind of news that we follow, and back again where there is a back."""
    forge, there = joining.forge, joining.there
    first = forge.add_issue(there, "First", body="One.", labels=[LABEL]).number
    yield "opened"
    second = forge.add_issue(there, "Second", body="Two.", labels=["bug"]).number
    yield "opened without the label"
    forge.label_issue(there, second, LABEL)
    yield "labelled"
    forge.edit_issue(there, first, title="First, better", body="One and a half.")
    yield "edited"
    forge.assign(there, second, STRANGER)
    yield "assigned to a stranger"
    forge.unassign(there, second, STRANGER)
    yield "unassigned"
    take(joining, "First, better")
    request = forge.open_request(there, "Mend it", author=WE, closes=[first]).number
    yield "our volunteer's request"
    refused = forge.open_request(there, "Mend it too", author=STRANGER, closes=[second]).number
    yield "a stranger's request"
    forge.close_request(there, refused)
    yield "refused"
    forge.merge_request(there, request)
    yield "merged"
    forge.close_issue(there, second, "not_planned")
    yield "closed"
    forge.reopen_issue(there, second)
    yield "reopened"
    forge.unlabel_issue(there, second, LABEL)
    yield "label taken off"
    forge.label_issue(there, second, LABEL)
    yield "and put back"
    third = forge.add_issue(there, "Third", labels=[LABEL]).number
    yield "one more"
    forge.make_confidential(there, third)
    yield "hidden"
    fourth = forge.add_issue(there, "Fourth", labels=[LABEL]).number
    yield "the last"
    forge.delete_issue(there, fourth)
    yield "deleted"


def take(joining: Joining, title: str) -> None:
    """Our volunteer takes a task."""
    joining.sign_in(Role.VOLUNTEER)
    now = joining.clock()
    with joining.services.db.sessions.begin() as session:
        person = session.scalars(select(Person).where(Person.role == Role.VOLUNTEER.value)).one()
        session.add(Account(person_id=person.id, source=joining.kind, host=joining.host, login=WE, created_at=now))
        task = next(one for one in session.scalars(select(Task)) if one.title == title)
        taken = tasks.claim(session, task, person.id, now=now, zone=ZoneInfo("Europe/Paris"))
    assert isinstance(taken, Assignment)


def followed(joining: Joining) -> None:
    """A project that tells us what happens by a webhook."""
    client = joining.sign_in()
    assert joining.follow(client, labels=LABEL, agreed_note="Mira, by mail, 2 November")[0] == 200
    page = f"/coordinator/projects/{joining.project().id}"
    assert joining.press(client, f"{page}/hook", page=page)[0] == 302
    joining.work()


def told_again(joining: Joining, one: Sent) -> None:
    """The same news under a fresh id, signed as the forge signs."""
    headers = joining.server.delivery_headers(one.hook, one.body, event=one.event, delivery_id=str(uuid4()))
    lowered = {name.lower(): value for name, value in headers.items()}
    assert post(joining.door, urlsplit(one.hook.url).path, headers=lowered, body=one.body) == 202


def snapshot(joining: Joining) -> dict[str, list[tuple[object, ...]]]:
    """Every row that counts, in order."""
    joining.deliveries.settle()
    with joining.services.db.readers() as session:
        return {name: _rows(session, Base.metadata.tables[name]) for name in STATE}


def _rows(session: Session, table: Table) -> list[tuple[object, ...]]:
    columns = [column for column in table.columns if column.name not in WHEN_WE_LOOKED]
    return [tuple(row) for row in session.execute(select(*columns).order_by(*columns[:2]))]


def changed(before: dict[str, list[tuple[object, ...]]], after: dict[str, list[tuple[object, ...]]]) -> list[str]:
    """What differs, readable."""
    return [
        f"{name}: {sign} {row}"
        for name in before
        for sign, rows, others in (("-", before[name], after[name]), ("+", after[name], before[name]))
        for row in rows
        if row not in others
    ]


def test_each_news_told_twice_at_once_counts_once(joining: Joining) -> None:
    """R2: the same delivery under a fresh id, after each step of the story."""
    followed(joining)
    told, wrong = 0, {}
    for step in story(joining):
        joining.work(minutes=1)
        before = snapshot(joining)
        for one in joining.deliveries.sent[told:]:
            told_again(joining, one)
        told = len(joining.deliveries.sent)
        joining.work(seconds=2)
        if found := changed(before, snapshot(joining)):
            wrong[step] = found
    assert wrong == {}
    assert told > len(wrong)


@pytest.mark.parametrize("order", ["newest first", "any"])
def test_very_old_news_told_again_changes_nothing(joining: Joining, order: str) -> None:
    """R2: the whole story once more, a month later."""
    followed(joining)
    for _step in story(joining):
        joining.work(minutes=1)
    joining.work(days=30)
    before, sent = snapshot(joining), list(joining.deliveries.sent)
    if order == "any":
        random.Random(SEED).shuffle(sent)  # noqa: S311  (no secret is drawn)
    wrong = []
    for one in reversed(sent) if order == "newest first" else sent:
        told_again(joining, one)
        joining.work(seconds=2)
        if found := changed(before, snapshot(joining)):
            wrong.append((one.event, one.body[:300], found))
    assert wrong == []
