"""The commands for what was set aside."""

from __future__ import annotations

import json
from datetime import datetime

from connector.db.engine import Database
from connector.db.tables import Job, Mail
from connector.parked.rules import HELD
from tests.connector.cli.conftest import Wecena


def test_what_was_set_aside_is_listed_and_tried_again(wecena: Wecena, sqlite_db: Database, now: datetime) -> None:
    assert wecena("parked").stdout == "Nothing was set aside.\n"
    with sqlite_db.sessions.begin() as session:
        for number in (1, 2, 3):
            session.add(
                Job(id=number, key=f"j{number}", kind="harvest", run_at=now, parked_reason="two\nlines", created_at=now)
            )
    assert wecena("parked").stdout.splitlines()[0].split() == [
        "job/1",
        "2026-11-23",
        "09:05",
        "harvest",
        "two",
        "lines",
    ]
    assert [row["name"] for row in json.loads(wecena("parked", "--json").stdout)] == ["job/1", "job/2", "job/3"]
    assert wecena("parked", "--retry", "job/2").stdout == "job/2: 1 tried again\n"
    found = wecena("parked", "--retry", "job/2")
    assert (found.exit_code, "not set aside" in found.stderr) == (1, True)
    assert wecena("parked", "--retry", "job", "--json").stdout.strip() == json.dumps({"job": 2}, indent=2)
    assert wecena("parked", "--retry", "cat/1").exit_code == 1


def test_what_a_restore_held_is_released(wecena: Wecena, sqlite_db: Database, now: datetime) -> None:
    assert wecena("release").stdout == "Nothing is held.\n"
    with sqlite_db.sessions.begin() as session:
        session.add(Mail(to="a@example.org", subject="s", text="t", created_at=now, attempts=8, error=HELD))
    assert wecena("release").stdout == "1 effects and mails are released.\n"
