"""What the page of a task says of its size."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from connector.db.engine import Database
from connector.db.tables import Observation
from connector.sizing.reasons import Reason
from connector.tasks import sizes
from connector.tasks.words import reason_sentence
from connector.web.i18n import speaking
from tests.connector.tasks.conftest import Programme

Make = Callable[[Session], Programme]
WORDS = [Reason("word_less", "+", {"word": word}) for word in ("typo", "page", "text", "title")]
FLAGS = [Reason("few_words", "-"), Reason("other_language", "-")]
AGAINST = [Reason(name, "-") for name in ("kind_feature", "priority_high", "has_code", "long_list")]


def test_three_each_way_and_every_flag_are_told(db: Database, programme: Make) -> None:
    with db.sessions.begin() as session:
        task = programme(session).task(1)
        assert task.estimate is not None
        own = Reason("own_tasks", "-", {"count": "2"})
        task.estimate.reasons = [one.as_json() for one in (own, *WORDS, *AGAINST, *FLAGS)]
        told = sizes.reasons(task)
    assert [one["is_for"] for one in told] == [True] * 3 + [False] * 5
    assert {one["text"] for one in told[-2:]} == {one.text for one in FLAGS}
    assert own.text not in {one["text"] for one in told}


@pytest.mark.parametrize(
    ("finished", "english", "french"),
    [
        (0, "No finished task of this project stands behind it yet.", "Aucune tâche terminée"),
        (1, "One finished task of this project stands behind it.", "Une tâche terminée"),
        (2, "2 finished tasks of this project stand behind it.", "2 tâches terminées"),
    ],
)
def test_the_finished_tasks_behind_it_are_counted(
    db: Database, programme: Make, finished: int, english: str, french: str
) -> None:
    with db.sessions.begin() as session:
        here = programme(session)
        task = here.task(1)
        assert task.estimate is not None
        for number in range(finished + 1):
            row = Observation(
                project_id=task.project_id, task_id=here.task(number + 2).id, kind="worked", hours=9.0, expected=2.0,
                is_finished=number < finished, created_at=here.now,
            )  # fmt: skip
            session.add(row)
        session.flush()
        task.estimate.rules_version = "words-4 o99 n3+1 +0.210 x1.80"
        task.estimate.reasons = [Reason("own_words", "+", {"count": "1"}).as_json()]
        assert sizes.behind(session, task) == [
            english,
            "People who know the project said how long one of its tasks takes.",
        ]
        with speaking("fr"):
            assert sizes.behind(session, task)[0].startswith(french)


def test_what_a_project_stated_has_no_tasks_behind_it(db: Database, programme: Make) -> None:
    with db.sessions.begin() as session:
        task = programme(session).task(1)
        assert sizes.behind(session, task) == []
        assert (sizes.whose_hours(task), sizes.outsider(session, task)) == ("Hours of whoever takes it.", "")


def test_what_is_assumed_of_somebody_new_is_told_where_the_model_spoke(db: Database, programme: Make) -> None:
    with db.sessions.begin() as session:
        task = programme(session).task(1)
        assert task.estimate is not None
        task.estimate.rules_version = "words-4"
        assert sizes.whose_hours(task) == "Hours of somebody who knows the project."
        assert sizes.outsider(session, task) == "We assume that somebody new needs twice as long."


def test_what_volunteers_taught_is_told_with_its_number(db: Database, programme: Make) -> None:
    with db.sessions.begin() as session:
        here = programme(session)
        task = here.task(1)
        assert task.estimate is not None
        row = Observation(
            project_id=task.project_id, task_id=here.task(2).id, kind="worked", hours=2.0, expected=2.0,
            is_finished=True, created_at=here.now,
        )  # fmt: skip
        session.add(row)
        session.flush()
        task.estimate.rules_version = f"words-4 o{row.id} n1+0 -0.210 x1.90"
        assert sizes.outsider(session, task) == "Somebody new needs about 1.9 times as long, by what one task took."
        with speaking("fr"):
            assert "1,9 fois" in sizes.outsider(session, task)


@pytest.mark.parametrize(
    ("reason", "french", "english"),
    [
        (Reason("stated_text", "+", {"hours": "0–8"}), "Le texte indique au plus 8 h.", "The text says at most 8 h."),
        (Reason("stated_text", "+", {"hours": "1–2"}), "Le texte indique 1 à 2 h.", "The text says 1–2 h."),
        (Reason("stated_field", "-", {"hours": "> 4"}), "de plus de 4 h.", "estimate is more than 4 h."),
        (Reason("overridden", "-", {"hours": "16"}), "plus d’un jour.", "said: more than a day."),
        (Reason("own_words", "+", {"count": "1"}), "une de ses tâches.", "one of its tasks takes."),
    ],
)
def test_reasons_are_told_in_both_languages(reason: Reason, french: str, english: str) -> None:
    assert reason_sentence(reason.as_json()).endswith(english)
    with speaking("fr"):
        assert reason_sentence(reason.as_json()).endswith(french)


def test_a_reason_of_another_version_keeps_its_english_text() -> None:
    assert reason_sentence({"id": "gone", "text": "As it was.", "params": {}}) == "As it was."
