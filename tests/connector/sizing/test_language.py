"""The language of an issue and the skills it asks for."""

from __future__ import annotations

import pytest

from connector.sizing.language import guess_language
from connector.sizing.skills import skills_of


@pytest.mark.parametrize(
    ("title", "body", "language"),
    [
        ("Corriger la faute dans le titre", "Le titre est faux sur la page.", "fr"),
        ("Fix the broken link", "The link to the guide is dead.", "en"),
        ("Fix typo", "", "en"),
        ("Ajouter une légende", "", "fr"),
        ("Fehler beim Speichern", "Die Datei wird nicht gespeichert und das Programm stürzt ab", None),
        ("修复错误", "", None),
        ("", "", None),
    ],
)
def test_the_small_words_tell_the_language(title: str, body: str, language: str | None) -> None:
    assert guess_language(title, body) == language


@pytest.mark.parametrize(
    ("labels", "languages", "skills"),
    [
        (["Python", "good first issue"], [], ("python",)),
        (["lang: C++", "language/rust"], [], ("c++", "rust")),
        (["C", "lang:c"], [], ("c",)),
        (["docs"], ["TypeScript", "Go"], ("documentation", "go", "typescript")),
        (["priority: go"], [], ()),
        ([], [], ()),
    ],
)
def test_skills_come_from_labels_and_from_the_project(
    labels: list[str], languages: list[str], skills: tuple[str, ...]
) -> None:
    assert skills_of(labels, languages) == skills
