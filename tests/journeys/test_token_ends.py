"""The end of a token is told 30, 7 and 1 days ahead, once each, in a mail, on the page and by the doctor."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from connector.accounts.rules import Role
from connector.cli.doctor import findings
from connector.cli.worker import enqueue_tokens
from connector.db.tables import Mail
from connector.projects.rules import warning_due
from tests.fakes import NOW
from tests.journeys.joining import TOKEN, Joining


def night(joining: Joining, **later: float) -> int:
    """A day's look at the tokens; how many mails there are in all."""
    joining.clock.advance(**later)
    with joining.services.db.sessions.begin() as session:
        enqueue_tokens(session, joining.clock(), joining.clock())
    joining.work()
    with joining.services.db.readers() as session:
        return len(session.scalars(select(Mail.id)).all())


def test_it_is_told_in_time_and_once(joining: Joining) -> None:
    joining.forge.token_ends[TOKEN] = joining.clock() + timedelta(days=40)
    joining.follow(joining.sign_in())
    assert night(joining) == 0
    assert night(joining, days=11) == 1
    assert night(joining, days=1) == 1
    assert night(joining, days=21, hours=1) == 2
    assert night(joining, days=6) == 3
    page = joining.sign_in(Role.COORDINATOR).get(f"/coordinator/projects/{joining.project().id}?lang=en").text
    assert "Our token there ends on" in page


def test_the_doctor_names_the_day_and_what_is_wrong_with_a_hook(joining: Joining) -> None:
    joining.forge.token_ends[TOKEN] = joining.clock() + timedelta(days=5)
    client = joining.sign_in()
    joining.follow(client)
    page = f"/coordinator/projects/{joining.project().id}"
    joining.press(client, f"{page}/hook", page=page)
    night(joining)
    with joining.services.db.sessions.begin() as session:
        joining.hooks()
        hook = session.merge(joining.hooks()[0])
        hook.state = {"status": "disabled", "missing": ["Issues"]}
    said = [each.what for each in findings(joining.settings)]
    assert any(text.startswith("our token ends on 2026-11-2") for text in said)
    assert "Missing in its form: Issues." in said


@pytest.mark.parametrize(
    ("days", "warned", "due"),
    [(31, None, None), (30, None, 30), (8, 30, None), (7, 30, 7), (7, 7, None), (2, 7, None), (1, 7, 1), (-3, 1, None), (0, None, 1)],
)  # fmt: skip
def test_which_warning_is_due(days: int, warned: int | None, due: int | None) -> None:
    ends: datetime = NOW + timedelta(days=days)
    assert warning_due(ends, NOW, warned=warned) == due
