"""Start steps as the page tells them."""

from __future__ import annotations

import pytest

from connector.tasks.story import Step, steps

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
