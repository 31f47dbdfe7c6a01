"""Every answer in the table of outbound writes, over HTTP, for writing and for reading (R3, R6, R7)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from connector.db.tables import Audit, HarvestRun, Mail, Person, Project, Task, maintainership
from connector.demo.forges.answers import Answer
from connector.outbox import credentials
from connector.queue import service as queue
from tests.connector.outbox.conftest import CALL_SECONDS, PATH, Upstream

HOUR = 3600
TOO_LONG = "x" * (11 * 1024 * 1024)
LIMITED = '{"message": "You have exceeded a secondary rate limit. Please wait a few minutes."}'

BROKEN = {
    "timeout": Answer(delay=2 * CALL_SECONDS),
    "reset": Answer(500, drop_after_applying=True),
    "lost": Answer(drop_after_applying=True),
    "500": Answer(500),
    "502 applied": Answer(502, apply_first=True),
    "503": Answer(503, body="<html>"),
    "drip": Answer(201, body={"id": 1, "body": "slow"}, drip=0.05, apply_first=True),
    "too long": Answer(201, body=TOO_LONG),
    "no json": Answer(201, body="<html>", apply_first=True),
    "no schema": Answer(201, body={"unheard": "of"}, apply_first=True),
}
"""Answers after which nobody knows, or nobody can: try again later."""

LIMITS: dict[str, tuple[int, Mapping[str, str], Any, float]] = {
    "429": (429, {}, None, 60),
    "429 for 2 min": (429, {"Retry-After": "120"}, None, 120),
    "403 for 90 s": (403, {"Retry-After": "90"}, None, 90),
    "403 by text": (403, {}, LIMITED, 60),
}
"""Status, headers, body -> how long nothing is asked."""


def programmed(upstream: Upstream, answer: Answer, *, method: str = "POST", times: int = 1) -> None:
    upstream.server.answers.program(method, upstream.notes, *[answer] * times)


# --- writing ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", BROKEN)
def test_a_comment_whose_answer_is_broken_is_there_once_in_the_end(name: str, upstream: Upstream) -> None:
    """R3: tried again after a while, found if it was written, and swept once."""
    programmed(upstream, BROKEN[name])
    upstream.wish()
    upstream.send()
    upstream.wait_for("POST")
    row = upstream.effect()
    assert row.sent_at is None
    assert row.next_attempt_at is not None
    assert timedelta(seconds=1) <= row.next_attempt_at - upstream.clock() <= timedelta(seconds=11)
    assert upstream.send() == 0
    upstream.clock.advance(seconds=11)
    upstream.send()
    row = upstream.effect()
    (found,) = upstream.issue.comments
    assert (row.sent_at is not None, row.result["comment_id"]) == (True, str(found.id))
    upstream.clock.advance(minutes=6)
    assert upstream.send() == 1
    assert upstream.effect().sweep_at is None
    assert len(upstream.comments()) == 1


@pytest.mark.parametrize("name", LIMITS)
def test_a_limit_pauses_everything_of_that_credential_and_nothing_else(
    name: str, upstream: Upstream, other: Upstream
) -> None:
    """R7: no call before the time is over, neither to write nor to read; the other forge goes on."""
    status, headers, body, seconds = LIMITS[name]
    programmed(upstream, Answer(status, headers, body))
    upstream.wish()
    upstream.send()
    upstream.wish("claim:2")
    upstream.read()
    other.wish("claim:3")
    asked = upstream.asked()
    upstream.clock.advance(seconds=seconds - 1)
    assert upstream.send() == 1
    assert upstream.work() == 1
    assert (upstream.asked(), len(other.comments())) == (asked, 1)
    assert [job.run_at - upstream.clock() for job in upstream.jobs()] == [timedelta(seconds=1)]
    upstream.clock.advance(seconds=1)
    upstream.send()
    upstream.clock.advance(seconds=1)
    upstream.send()
    assert upstream.work() == 1
    assert (len(upstream.comments()), upstream.effect().attempts) == (2, 1)
    assert upstream.mirrored() is not None


def test_a_limit_with_a_reset_time_is_kept_until_then(upstream: Upstream) -> None:
    at = upstream.clock() + timedelta(seconds=HOUR)
    names = ("X-RateLimit-Remaining", "X-RateLimit-Reset")
    if upstream.server.kind == "gitlab":
        names = ("RateLimit-Remaining", "RateLimit-Reset")
    programmed(upstream, Answer(403, {names[0]: "0", names[1]: str(int(at.timestamp()))}))
    upstream.wish()
    upstream.send()
    assert upstream.credential().paused_until == at


def test_limits_that_name_no_time_double_and_one_that_ends_starts_afresh(upstream: Upstream) -> None:
    upstream.wish()
    waits = []
    for _turn in range(3):
        programmed(upstream, Answer(429))
        upstream.send()
        until = upstream.credential().paused_until
        assert until is not None
        waits.append((until - upstream.clock()).total_seconds())
        upstream.clock.at = until
    assert waits == [60, 120, 240]
    upstream.send()
    assert (upstream.credential().limits, len(upstream.comments())) == (0, 1)


def people(upstream: Upstream) -> None:
    """A coordinator, a maintainer of the project, and somebody else's."""
    with upstream.services.db.sessions.begin() as session:
        rows = [
            Person(email="c@example.org", role="coordinator", language="fr", created_at=upstream.clock()),
            Person(email="m@example.org", role="maintainer", language="en", created_at=upstream.clock()),
            Person(email="n@example.org", role="maintainer", created_at=upstream.clock()),
        ]
        session.add_all(rows)
        session.flush()
        session.execute(maintainership.insert().values(person_id=rows[1].id, project_id=upstream.project_id))


@pytest.mark.parametrize("by_reading", [False, True])
def test_a_refused_token_is_shown_no_more_and_told_once(
    by_reading: bool,  # noqa: FBT001  (a column)
    upstream: Upstream,
    other: Upstream,
) -> None:
    """R7: effects and jobs are held, one notice each to maintainer and coordinators, until the token is replaced."""
    people(upstream)
    upstream.server.answers.program("*", "*", Answer(401))
    for key in ("claim:1", "claim:2"):
        upstream.wish(key)
    upstream.read()
    assert (upstream.work() if by_reading else upstream.send()) == 1
    other.wish("claim:3")
    asked = upstream.asked()
    for _day in range(3):
        upstream.clock.advance(days=1)
        upstream.send()
        upstream.work()
    assert (upstream.asked(), len(other.comments())) == (asked, 1)
    assert [job.parked_reason for job in upstream.jobs()] == [None]
    with upstream.services.db.readers() as session:
        told = dict(session.execute(select(Mail.to, Mail.subject).order_by(Mail.id)).all())  # type: ignore[arg-type]  # rows are pairs
    host = upstream.credential().host
    assert told == {"c@example.org": f"{host} refuse notre jeton", "m@example.org": f"{host} refuses our token"}


def test_a_new_token_is_open_at_once(upstream: Upstream) -> None:
    """The pause belongs to the old token's fingerprint."""
    upstream.server.answers.program("*", "*", Answer(401))
    upstream.wish()
    upstream.send()
    upstream.server.forge.add_token("n3w", "wecena-bot")
    upstream.use_token("n3w")
    upstream.send()
    assert len(upstream.comments()) == 1


def test_a_reconnected_token_is_used_again(upstream: Upstream) -> None:
    upstream.server.answers.program("*", "*", Answer(401))
    upstream.wish()
    upstream.send()
    with upstream.services.db.sessions.begin() as session:
        assert credentials.reopen(session, upstream.server.kind, upstream.credential().host) == 1
    upstream.send()
    assert len(upstream.comments()) == 1


@pytest.mark.parametrize(
    ("headers", "body", "reason"),
    [
        ({"X-Accepted-GitHub-Permissions": "issues=write"}, None, "the permission issues=write is missing"),
        ({}, {"message": "403 Forbidden - insufficient_scope"}, "insufficient_scope"),
    ],
)
def test_a_missing_permission_is_named_and_parks_the_effect(
    headers: dict[str, str], body: object, reason: str, upstream: Upstream
) -> None:
    programmed(upstream, Answer(403, headers, body))
    upstream.wish()
    upstream.send()
    row = upstream.effect()
    assert (row.sent_at, row.next_attempt_at, row.claimed_at) == (None, None, None)
    assert reason in str(row.error)


@pytest.mark.parametrize("status", [404, 410])
def test_an_issue_that_is_gone_is_hidden_at_once_and_given_up_after_a_second_look(
    status: int, upstream: Upstream
) -> None:
    upstream.read()
    upstream.work()
    upstream.server.answers.program("*", f"*/issues/{upstream.issue.number}*", *[Answer(status)] * 20)
    upstream.wish()
    upstream.send()
    assert upstream.work() == 1
    assert shown(upstream) == ("confidential", "")
    upstream.clock.advance(minutes=10)
    upstream.send()
    assert upstream.work() == 1
    assert shown(upstream) == ("gone", "")
    row = upstream.effect()
    assert (row.sent_at, row.next_attempt_at) == (None, None)
    assert upstream.comments() == []


def test_what_the_law_blocks_is_erased_and_the_reason_kept(upstream: Upstream) -> None:
    upstream.read()
    upstream.work()
    body = {"message": "Repository access blocked", "block": {"reason": "dmca"}}
    upstream.server.answers.program("*", f"*/issues/{upstream.issue.number}*", *[Answer(451, body=body)] * 9)
    upstream.wish()
    upstream.send()
    assert upstream.work() == 1
    assert shown(upstream) == ("gone", "")
    reason = "Blocked for legal reasons: Repository access blocked (dmca)"
    assert upstream.effect().error == reason
    with upstream.services.db.readers() as session:
        (line,) = session.scalars(select(Audit).where(Audit.kind == "blocked_by_law"))
        assert line.data == {"number": upstream.issue.number, "reason": reason}
        assert session.scalars(select(Task.title)).all() == [""]


def test_a_renamed_project_is_written_to_under_its_new_name_which_the_next_reading_keeps(upstream: Upstream) -> None:
    """Only one that has the same number."""
    upstream.server.forge.rename(upstream.project, "asso/new-site")
    upstream.wish()
    upstream.send()
    assert len(upstream.comments()) == 1
    harvest(upstream)
    with upstream.services.db.readers() as session:
        assert session.get_one(Project, upstream.project_id).path == "asso/new-site"


def test_a_stranger_who_took_the_old_name_is_not_written_to(upstream: Upstream) -> None:
    """A different number is treated as 404."""
    forge = upstream.server.forge
    forge.rename(upstream.project, "asso/new-site")
    if upstream.server.kind == "github":
        forge.delete_project(upstream.project)  # GitLab's client asks by number, so that only there it would be found
    stranger = forge.add_project(PATH)
    theirs = forge.add_issue(stranger, "Not ours")
    upstream.wish()
    upstream.send()
    assert theirs.comments == []


# --- reading ------------------------------------------------------------------------------------------------------


def shown(upstream: Upstream) -> tuple[str, str]:
    row = upstream.mirrored()
    assert row is not None
    return row.visibility, row.title


def harvest(upstream: Upstream) -> None:
    with upstream.services.db.sessions.begin() as session:
        now = upstream.clock()
        queue.enqueue(session, f"harvest:{now}", "harvest", ref=str(upstream.project_id), run_at=now, now=now)
    assert upstream.work() == 1


@pytest.mark.parametrize("name", [name for name in BROKEN if "applied" not in name and name != "lost"])
def test_a_reading_that_breaks_keeps_the_last_good_state_and_is_repeated(name: str, upstream: Upstream) -> None:
    """R6: the list, three times broken; nothing is hidden, nothing is parked."""
    harvest(upstream)
    upstream.server.answers.program("GET", "*/issues", *[BROKEN[name]] * 3)
    upstream.clock.advance(minutes=15)
    harvest(upstream)
    assert shown(upstream) == ("public", "Search ignores accents")
    with upstream.services.db.readers() as session:
        errors = session.scalars(select(HarvestRun.error).order_by(HarvestRun.id)).all()
    assert [error is None for error in errors] == [True, False]
    upstream.server.forge.edit_issue(upstream.project, upstream.issue.number, title="Search finds accents")
    upstream.server.answers.clear()
    upstream.clock.advance(minutes=1)
    assert upstream.work() == 1
    assert shown(upstream) == ("public", "Search finds accents")


@pytest.mark.parametrize("name", LIMITS)
def test_a_limit_met_by_reading_holds_back_the_writes_too(name: str, upstream: Upstream) -> None:
    status, headers, body, seconds = LIMITS[name]
    upstream.server.answers.program("GET", "*/issues", Answer(status, headers, body))
    harvest(upstream)
    upstream.wish()
    asked = upstream.asked()
    upstream.clock.advance(seconds=seconds - 1)
    assert (upstream.send(), upstream.work(), upstream.asked()) == (0, 0, asked)
    upstream.clock.advance(seconds=1)
    assert (upstream.send(), upstream.work()) == (1, 1)
    assert shown(upstream)[0] == "public"


@pytest.mark.parametrize("status", [404, 410])
def test_a_project_that_is_not_shown_is_hidden_and_comes_back(status: int, upstream: Upstream) -> None:
    harvest(upstream)
    base = f"*/projects/{upstream.project.id}" if upstream.server.kind == "gitlab" else f"*/repos/{PATH}"
    upstream.server.answers.program("GET", base, Answer(status))
    upstream.clock.advance(minutes=15)
    harvest(upstream)
    with upstream.services.db.readers() as session:
        assert session.get_one(Project, upstream.project_id).is_public is False
        assert session.scalars(select(Task.status)).all() == ["draft"]
    upstream.clock.advance(minutes=15)
    harvest(upstream)
    with upstream.services.db.readers() as session:
        assert session.scalars(select(Task.status)).all() == ["ready"]


def test_a_project_that_the_law_blocks_is_erased(upstream: Upstream) -> None:
    harvest(upstream)
    base = f"*/projects/{upstream.project.id}" if upstream.server.kind == "gitlab" else f"*/repos/{PATH}"
    upstream.server.answers.program("GET", base, Answer(451, body={"message": "Blocked", "block": {"reason": "dmca"}}))
    upstream.clock.advance(minutes=15)
    harvest(upstream)
    assert shown(upstream) == ("gone", "")
    with upstream.services.db.readers() as session:
        (line,) = session.scalars(select(Audit).where(Audit.kind == "blocked_by_law"))
    assert line.data == {"reason": "Blocked for legal reasons: Blocked (dmca)"}
