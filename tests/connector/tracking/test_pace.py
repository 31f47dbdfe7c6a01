"""A project's usual times in coarse words."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from connector.db.engine import Database
from connector.db.tables import Request
from connector.tracking.pace import LAST, Band, Pace, band, pace_of
from tests.rows import project_row


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ([], Band.UNKNOWN),
        ([1, 1], Band.UNKNOWN),
        ([1, 2, 90], Band.DAYS),
        ([-1, 0, 5], Band.DAYS),
        ([1, 6, 90], Band.WEEK),
        ([1, 30, 30, 90], Band.MONTH),
        ([40, 50, 60], Band.LONGER),
    ],
)
def test_half_of_the_last_requests_took_no_longer(days: list[int], expected: Band) -> None:
    assert band(timedelta(days=each) for each in days) is expected


def test_only_the_last_requests_of_people_count(db: Database, now: datetime) -> None:
    with db.sessions.begin() as session:
        project = project_row(session, now)
        for number in range(LAST + 5):
            began = now - timedelta(days=200 - number)
            took = timedelta(days=60 if number < 5 else 1)
            session.add(request(project.id, number, began, merged_at=began + took))
        session.add(request(project.id, 100, now, merged_at=now + timedelta(days=90), is_by_bot=True))
        session.add(request(project.id, 101, now))
        project_id = project.id
    with db.readers() as session:
        assert pace_of(session, project_id) == Pace(Band.UNKNOWN, 0, Band.DAYS, LAST)


def request(project_id: int, number: int, created_at: datetime, **more: object) -> Request:
    return Request(
        project_id=project_id, number=number, url=f"https://x.example/{number}", state="open", created_at=created_at,
        remote_updated_at=created_at, **more,
    )  # fmt: skip
