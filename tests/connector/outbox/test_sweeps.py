"""Second copies of a comment: how they come about, who notices, and that one sweep leaves the oldest (R3)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select, update

from connector.cli import worker
from connector.db.tables import Audit, Effect, Project
from connector.demo.forges.answers import Answer
from connector.outbox import rules
from connector.outbox import service as outbox
from connector.outbox.comments import marker
from sources.base import Client
from tests.connector.outbox.conftest import Upstream


class Died(Exception):
    """The process is gone."""


class Watched:
    """A client with something that happens around one of its calls."""

    def __init__(self, client: Client, name: str, around: Callable[[Callable[[], object]], object]) -> None:
        self._client = client
        self._name = name
        self._around = around

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  (stands in for any attribute)
        found = getattr(self._client, name)
        if name != self._name:
            return found
        return lambda *arguments: self._around(lambda: found(*arguments))


def send_with(upstream: Upstream, name: str, around: Callable[[Callable[[], object]], object]) -> int:
    """One worker's turn, with something around this call."""
    services = upstream.services
    watched: Any = lambda project: Watched(services.connect(project), name, around)  # noqa: E731  (stands in for a client)
    return worker.send(replace(services, connect=watched))


def let_the_lease_end(upstream: Upstream) -> None:
    with upstream.services.db.sessions.begin() as session:
        for row in session.scalars(select(Effect).where(Effect.claimed_at.is_not(None))):
            assert row.claimed_at is not None
            row.claimed_at -= 2 * rules.LEASE


def overtaken(upstream: Upstream) -> None:
    """The worker sleeps past its lease, and another one does its work."""
    let_the_lease_end(upstream)
    upstream.clock.advance(seconds=2)
    assert upstream.send() == 1


def sweep(upstream: Upstream) -> None:
    upstream.clock.advance(minutes=6)
    upstream.send()
    upstream.clock.advance(minutes=6)
    upstream.send()


def is_there_once(upstream: Upstream, state: str = "has taken") -> bool:
    row = upstream.effect()
    (found,) = upstream.issue.comments
    assert state in found.body
    assert (row.sweep_at, row.claimed_at, row.next_attempt_at) == (None, None, None)
    return row.sent_at is not None and row.result["comment_id"] == str(found.id)


def test_a_worker_that_sleeps_before_it_creates_makes_a_copy_that_is_swept(upstream: Upstream) -> None:
    def late(create: Callable[[], object]) -> object:
        overtaken(upstream)
        return create()

    upstream.wish()
    send_with(upstream, "create_comment", late)
    assert len(upstream.comments()) == 2
    sweep(upstream)
    assert is_there_once(upstream)
    with upstream.services.db.readers() as session:
        assert any("deleted" in line.data for line in session.scalars(select(Audit)))


def test_a_worker_that_sleeps_while_it_looks_creates_nothing(upstream: Upstream) -> None:
    def late(look: Callable[[], object]) -> object:
        found = look()
        overtaken(upstream)
        return found

    upstream.wish()
    send_with(upstream, "find_comments", late)
    sweep(upstream)
    assert is_there_once(upstream)
    assert len(upstream.server.requests_to(".*/(comments|notes)", "POST")) == 1


def test_a_late_worker_that_dies_after_creating_is_found_out_at_night(upstream: Upstream) -> None:
    def late(create: Callable[[], object]) -> object:
        overtaken(upstream)
        sweep(upstream)
        create()
        raise Died

    upstream.wish()
    with pytest.raises(Died):
        send_with(upstream, "create_comment", late)
    sweep(upstream)
    assert len(upstream.comments()) == 2
    with upstream.services.db.sessions.begin() as session:
        assert outbox.doubt_recent(session, upstream.clock()) == 1
    sweep(upstream)
    assert is_there_once(upstream)


def test_a_worker_that_dies_after_creating_is_taken_over(upstream: Upstream) -> None:
    def dying(create: Callable[[], object]) -> object:
        create()
        raise Died

    upstream.wish()
    with pytest.raises(Died):
        send_with(upstream, "create_comment", dying)
    overtaken(upstream)
    sweep(upstream)
    assert is_there_once(upstream)
    assert len(upstream.server.requests_to(".*/(comments|notes)", "POST")) == 1


def test_a_lost_answer_and_a_stale_list_make_a_copy_that_is_swept(upstream: Upstream) -> None:
    upstream.server.answers.program("POST", upstream.notes, Answer(drop_after_applying=True))
    upstream.wish()
    upstream.send()
    upstream.server.stale_seconds = 60
    upstream.clock.advance(seconds=11)
    upstream.send()
    assert len(upstream.comments()) == 2
    sweep(upstream)
    assert is_there_once(upstream)


def test_a_copy_written_long_after_the_doubt_is_swept_once_lists_show_it(upstream: Upstream) -> None:
    """Found by the drill of pauses: the second of two sleepers wrote when the sweep was due already."""
    upstream.server.stale_seconds = 60

    def late(create: Callable[[], object]) -> object:
        def later_still(create_too: Callable[[], object]) -> object:
            create()
            upstream.clock.advance(minutes=6)
            return create_too()

        let_the_lease_end(upstream)
        upstream.clock.advance(seconds=2)
        send_with(upstream, "create_comment", later_still)
        raise Died

    upstream.wish()
    with pytest.raises(Died):
        send_with(upstream, "create_comment", late)
    upstream.send()
    assert len(upstream.comments()) == 2
    sweep(upstream)
    assert is_there_once(upstream)


def test_an_edit_goes_to_the_copy_that_was_kept(upstream: Upstream) -> None:
    def late(create: Callable[[], object]) -> object:
        overtaken(upstream)
        return create()

    upstream.wish()
    send_with(upstream, "create_comment", late)
    sweep(upstream)
    upstream.wish(state="done")
    upstream.send()
    assert is_there_once(upstream, "is done")


def test_a_late_workers_old_text_is_put_right(upstream: Upstream) -> None:
    def late(edit: Callable[[], object]) -> object:
        let_the_lease_end(upstream)
        upstream.wish(state="done")
        upstream.clock.advance(seconds=2)
        assert upstream.send() == 1
        return edit()

    upstream.wish()
    upstream.send()
    upstream.wish(state="in_review")
    upstream.clock.advance(seconds=2)
    send_with(upstream, "edit_comment", late)
    assert "submitted" in upstream.comments()[0]
    sweep(upstream)
    assert is_there_once(upstream, "is done")


def test_what_others_wrote_is_never_deleted(upstream: Upstream) -> None:
    forge = upstream.server.forge
    quoted = f"Look at this: {marker('claim:1')}"
    forge.comment(upstream.project, upstream.issue.number, quoted)
    upstream.wish()
    upstream.send()
    forge.comment(upstream.project, upstream.issue.number, quoted, by="somebody")
    forge.comment(upstream.project, upstream.issue.number, "Ours too, but another", by="wecena-bot")
    forge.comment(upstream.project, upstream.issue.number, f"A copy {marker('claim:1')}", by="wecena-bot")
    with upstream.services.db.sessions.begin() as session:
        outbox.doubt_recent(session, upstream.clock())
    sweep(upstream)
    assert [one.split()[0] for one in upstream.comments()] == ["Look", "A", "Look", "Ours"]


def test_a_comment_that_somebody_deleted_is_not_written_again(upstream: Upstream) -> None:
    upstream.wish()
    upstream.send()
    upstream.issue.comments.clear()
    with upstream.services.db.sessions.begin() as session:
        outbox.doubt_recent(session, upstream.clock())
    sweep(upstream)
    upstream.wish(state="done")
    for _turn in range(3):
        upstream.clock.advance(minutes=11)
        upstream.send()
    assert upstream.comments() == []
    assert "deleted upstream" in str(upstream.effect().error)


def test_a_sweep_that_fails_is_done_again(upstream: Upstream) -> None:
    upstream.wish()
    upstream.send()
    upstream.server.forge.comment(
        upstream.project, upstream.issue.number, f"A copy {marker('claim:1')}", by="wecena-bot"
    )
    with upstream.services.db.sessions.begin() as session:
        outbox.doubt_recent(session, upstream.clock())
    upstream.server.answers.program("DELETE", "*", Answer(502))
    upstream.send()
    assert len(upstream.comments()) == 2
    sweep(upstream)
    assert is_there_once(upstream)


def test_a_worker_that_dies_in_a_sweep_leaves_it_to_the_next(upstream: Upstream) -> None:
    def dying(_look: Callable[[], object]) -> object:
        raise Died

    upstream.wish()
    upstream.send()
    upstream.server.forge.comment(
        upstream.project, upstream.issue.number, f"A copy {marker('claim:1')}", by="wecena-bot"
    )
    with upstream.services.db.sessions.begin() as session:
        outbox.doubt_recent(session, upstream.clock())
    with pytest.raises(Died):
        send_with(upstream, "find_comments", dying)
    assert upstream.send() == 0
    let_the_lease_end(upstream)
    sweep(upstream)
    assert is_there_once(upstream)


def test_without_agreement_nothing_is_swept_either(upstream: Upstream) -> None:
    upstream.wish()
    upstream.send()
    with upstream.services.db.sessions.begin() as session:
        session.execute(update(Project).values(allows=[]))
        outbox.doubt_recent(session, upstream.clock())
    asked = upstream.asked()
    sweep(upstream)
    assert upstream.asked() == asked
    assert is_there_once(upstream)


def test_a_comment_nobody_knew_of_says_that_nobody_is_at_work_after_a_stop(upstream: Upstream) -> None:
    def dying(create: Callable[[], object]) -> object:
        create()
        raise Died

    upstream.wish()
    with pytest.raises(Died):
        send_with(upstream, "create_comment", dying)
    upstream.wish(state="freed")
    with upstream.services.db.sessions.begin() as session:
        session.execute(update(Project).values(paused_at=upstream.clock()))
    let_the_lease_end(upstream)
    upstream.send()
    sweep(upstream)
    sweep(upstream)
    assert is_there_once(upstream, "Nobody works on this now")


def test_a_late_assignment_is_set_right(upstream: Upstream) -> None:
    """A worker that sleeps puts somebody on who was taken off meanwhile."""

    def late(assign: Callable[[], object]) -> object:
        let_the_lease_end(upstream)
        upstream.wish("assign:1", "unassign", login="mainteneuse")
        upstream.clock.advance(seconds=2)
        assert upstream.send() == 1
        return assign()

    upstream.wish("assign:1", "assign", login="mainteneuse")
    send_with(upstream, "assign", late)
    assert [one.login for one in upstream.issue.assignees] == ["mainteneuse"]
    sweep(upstream)
    assert upstream.issue.assignees == []
    assert upstream.effect("assign:1").sent_at is not None


def test_an_issue_hidden_meanwhile_is_not_written_to(upstream: Upstream) -> None:
    upstream.read()
    upstream.work()
    upstream.wish()
    if upstream.server.kind == "gitlab":
        upstream.server.forge.make_confidential(upstream.project, upstream.issue.number)
    else:
        upstream.server.forge.delete_issue(upstream.project, upstream.issue.number)
    with upstream.services.db.sessions.begin() as session:
        project = session.get_one(Project, upstream.project_id)
        worker.doubt_issue(session, project, upstream.issue.number, upstream.clock())
    assert upstream.work() == 1
    upstream.send()
    assert (upstream.comments(), upstream.effect().error) == ([], "the issue is not public any more")
