"""What we say upstream: short, automated, leading to the way out, mentioning nobody."""

from __future__ import annotations

import pytest

from connector.courtesy.texts import MAX_LENGTH, language_of
from connector.outbox.comments import comment_text, marker

STATES = ["claimed", "handed_over", "in_review", "done", "released"]
ADDRESS = "https://wecena.a-rather-long-name-of-an-organisation.example.org/maintainers"


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("state", STATES)
def test_a_comment_keeps_the_rules(state: str, language: str) -> None:
    text = comment_text(state, languages=[language], address=ADDRESS)
    assert len(text) + len(marker("comment:123456")) + 2 <= MAX_LENGTH
    assert ADDRESS in text
    assert "automat" in text.lower()
    assert "@" not in text
    assert not text.startswith("/")


def test_each_state_says_something_else() -> None:
    assert len({comment_text(state, languages=["en"], address=ADDRESS) for state in STATES}) == len(STATES)


@pytest.mark.parametrize(
    ("languages", "spoken"),
    [([], "en"), (["de"], "en"), (["fr"], "fr"), (["de", "fr", "en"], "fr"), (["en", "fr"], "en")],
)
def test_the_project_s_language_is_spoken(languages: list[str], spoken: str) -> None:
    assert language_of(languages) == spoken
