"""Start steps as the page tells them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from connector.db.engine import Database
from connector.tasks import changes
from connector.tasks.rules import Happening
from connector.tasks.story import Step, entries, steps
from connector.web.i18n import speaking
from tests.connector.tasks.conftest import Programme

TERMINAL, GUIDE, PAGE = "Type this in a terminal.", "Read the contribution guide of the project.", "Read this page."


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", []),
        ("git clone X\ncd x && make test", [Step(TERMINAL, ("git clone X", "cd x", "make test"))]),
        ("Get it.\ngit clone X\nThen test.\n$ tox", [Step("Get it.", ("git clone X",)), Step("Then test.", ("tox",))]),
        ("https://x.example/CONTRIBUTING.md", [Step(GUIDE, address="https://x.example/CONTRIBUTING.md")]),
        ("https://x.example\ncd y", [Step(PAGE, address="https://x.example"), Step(TERMINAL, ("cd y",))]),
        ("Go to the shop\r\n\r\n  make tea", [Step("Go to the shop", ("make tea",))]),
        ("javascript:alert(1)", [Step("javascript:alert(1)")]),
    ],
)
def test_commands_belong_to_the_sentence_before(text: str, told: list[Step]) -> None:
    assert steps(text) == told


@pytest.mark.parametrize(
    ("role", "shows_name", "days", "french", "english"),
    [
        ("coordinator", False, "0.5", "La coordination a dit", "A coordinator said that it takes half a day."),
        ("maintainer", False, "1", "Une personne du projet a dit", "A maintainer said that it takes one day."),
        ("maintainer", True, "2", "Anne a dit", "Anne said that it takes more than a day."),
        (
            "",
            False,
            "2",
            "Une personne qui connaît",
            "Somebody who knows the project said that it takes more than a day.",
        ),
    ],
)
def test_who_gave_a_size_and_which_is_told(
    db: Database, programme: Callable[[Session], Programme], role: str, french: str, english: str, days: str, *, shows_name: bool
) -> None:  # fmt: skip
    with db.sessions.begin() as session:
        here = programme(session)
        by = here.person("anne", role=role, shows_name=shows_name).id if role else None
        task = here.task(1)
        changes.note(session, task, Happening.SIZED, now=here.now, person_id=by, data={"days": days})
        session.flush()
        assert entries(session, task)[-1].text == english
        with speaking("fr"):
            assert entries(session, task)[-1].text.startswith(french)
