"""A look that a volunteer asks of another before work goes upstream."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from connector.accounts.rules import Role
from connector.db.tables import Look, Mail, Project
from connector.tasks.looks import Wish
from tests.browser import application, signed_in
from tests.connector.tasks.conftest import Programme

LINK = "https://example.org/ines/site/compare/fix"


class Two:
    """Inès, who holds the one task; Malo and Noé, who could look at her work."""

    def __init__(self, app: APIFlask, now: datetime) -> None:
        self.db = app.extensions["wecena"].db
        with self.db.sessions.begin() as session:
            self.task_id = Programme(session, now).task().id
        self.ines, self.malo, self.noe = (
            signed_in(app, Role.VOLUNTEER, now, name=name) for name in ("Ines", "Malo", "Noe")
        )
        assert post(self.ines, f"/tasks/{self.task_id}/claim") == 302

    def ask(self, link: str = LINK, question: str = "Is the test enough?") -> int:
        return post(self.ines, f"/tasks/{self.task_id}/look", link=link, question=question)

    def look(self) -> Look | None:
        with self.db.readers() as session:
            return session.scalar(select(Look))

    def page(self, browser: FlaskClient) -> str:
        return browser.get(f"/tasks/{self.task_id}?lang=en").text


def post(browser: FlaskClient, path: str, **fields: str) -> int:
    return browser.post(path, data={"csrf_token": browser.get("/form-token").text, **fields}).status_code


@pytest.fixture
def two(database_url: str, tmp_path: Path, now: datetime) -> Iterator[Two]:
    app = application(database_url, tmp_path, now)
    yield Two(app, now)
    app.extensions["wecena"].db.engine.dispose()


def test_a_colleague_looks_and_answers(two: Two) -> None:
    assert two.ask() == 302
    assert "Nobody has begun yet" in two.page(two.ines)
    assert "A colleague asks for a look" in two.malo.get("/?lang=en").text
    assert "Ines asks for a second pair of eyes" in two.malo.get("/me?lang=en").text
    shown = two.malo.get("/looks/1?lang=en").text
    assert LINK in shown
    assert "Is the test enough?" in shown
    assert post(two.malo, "/looks/1/take") == 302
    assert "Malo looks at your work" in two.page(two.ines)
    assert post(two.malo, "/looks/1/answer", answer="Add a case for an empty list.") == 302
    assert "Add a case for an empty list." in two.page(two.ines)
    with two.db.readers() as session:
        (mail,) = session.scalars(select(Mail).where(Mail.to == "ines@example.org")).all()
    assert (mail.subject, mail.text.rpartition("\n")[2]) == ("Quelqu’un a relu votre travail", f"/tasks/{two.task_id}")
    assert "Add a case" not in two.page(two.noe)


def test_one_of_two_looks_and_the_other_is_told(two: Two) -> None:
    two.ask()
    assert post(two.malo, "/looks/1/take") == 302
    assert post(two.noe, "/looks/1/take") == 404
    assert two.noe.get("/looks/1").status_code == 404
    assert post(two.noe, "/looks/1/answer", answer="Fine") == 404
    assert post(two.malo, "/looks/1/leave") == 302
    assert post(two.noe, "/looks/1/take") == 302


def test_nobody_looks_at_their_own_work_or_answers_without_having_begun(two: Two) -> None:
    two.ask()
    assert two.ines.get("/looks/1").status_code == 404
    assert post(two.ines, "/looks/1/take") == 404
    assert post(two.malo, "/looks/1/answer", answer="Fine") == 400
    post(two.malo, "/looks/1/take")
    assert post(two.malo, "/looks/1/answer", answer=" ") == 400
    assert post(two.malo, "/looks/1/answer", answer="x" * 4001) == 400


def test_only_the_holder_asks(two: Two) -> None:
    assert two.malo.get(f"/tasks/{two.task_id}/look").status_code == 404
    assert post(two.malo, f"/tasks/{two.task_id}/look", link=LINK) == 404
    post(two.ines, f"/tasks/{two.task_id}/recall")
    assert two.ask() == 404


@pytest.mark.parametrize("ends", ["recall", "look/withdraw"])
def test_it_stands_open_no_longer_than_the_work(two: Two, ends: str) -> None:
    two.ask()
    assert post(two.ines, f"/tasks/{two.task_id}/{ends}") == 302
    assert two.malo.get("/looks/1").status_code == 404
    assert "asks for a look" not in two.malo.get("/?lang=en").text


def test_nothing_is_held_up_by_it(two: Two) -> None:
    two.ask()
    with two.db.readers() as session:
        url = f"{session.scalars(select(Project.web_url)).one()}/pull/7"
    assert post(two.ines, f"/tasks/{two.task_id}/submit", url=url, tested="1") == 302


def test_asking_again_begins_anew(two: Two) -> None:
    two.ask()
    post(two.malo, "/looks/1/take")
    post(two.malo, "/looks/1/answer", answer="Nearly.")
    assert LINK in two.ines.get(f"/tasks/{two.task_id}/look").text
    assert two.ask(question="And now?") == 302
    look = two.look()
    assert look is not None
    assert (look.question, look.person_id, look.answer) == ("And now?", None, "")


def test_what_is_not_public_any_more_is_looked_at_by_nobody(two: Two) -> None:
    two.ask()
    with two.db.sessions.begin() as session:
        session.scalars(select(Project)).one().is_public = False
    assert two.malo.get("/looks/1").status_code == 404


@pytest.mark.parametrize(
    ("link", "question", "wrong"),
    [
        (LINK, "", set()), ("http://git.example.org/x", "y" * 4000, set()), ("", "", {"link"}),
        ("fix-branch", "", {"link"}), ("javascript:alert(1)", "", {"link"}), ("https://", "", {"link"}),
        ("https://[::1", "", {"link"}), (f"https://example.org/{'x' * 500}", "", {"link"}), (LINK, "y" * 4001, {"question"}),
    ],
)  # fmt: skip
def test_what_is_typed_is_checked(link: str, question: str, wrong: set[str]) -> None:
    assert set(Wish.of_form(MultiDict({"link": link, "question": question})).wrong()) == wrong


def test_it_is_in_the_data_that_one_takes_away(two: Two) -> None:
    two.ask()
    post(two.malo, "/looks/1/take")
    post(two.malo, "/looks/1/answer", answer="Fine.")
    (asked,) = two.ines.get("/me/data.json").get_json()["looks"]
    (given,) = two.malo.get("/me/data.json").get_json()["looks"]
    assert (asked["link"], asked["asked_by_you"], "answer" in asked) == (LINK, True, False)
    assert (given["answer"], given["asked_by_you"], "link" in given) == ("Fine.", False, False)
