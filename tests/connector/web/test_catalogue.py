"""The French catalogue is complete, and the check that says so can fail."""

from __future__ import annotations

import ast

import pytest
from babel.messages.catalog import Catalog

from connector.web import catalogue


def french(sentence: str | tuple[str, str], translation: str | tuple[str, str]) -> list[str]:
    """What the check says of one sentence and its translation."""
    code, written = Catalog(), Catalog(locale="fr")
    code.add(sentence)
    written.add(sentence, translation)
    return list(catalogue.problems(code, written))


def test_every_sentence_of_the_code_is_written_in_french() -> None:
    assert list(catalogue.problems(catalogue.extracted(), catalogue.french())) == []


def test_python_templates_and_pure_modules_are_all_read() -> None:
    code = catalogue.extracted()
    for sentence in (
        "Take this task",
        "How long do you have?",
        "It is about security.",
        "Your role does not allow this.",
    ):
        assert sentence in code, sentence


@pytest.mark.parametrize(
    ("sentence", "translation", "problem"),
    [
        ("Sign in", "Se connecter", None),
        ("Sign in", "", "untranslated"),
        ("%(n)s days", "%(n)s jours", None),
        ("%(n)s days", "%(m)s jours", "places differ"),
        ("%(n)s days", "des jours", "places differ"),
        (("One day", "%(num)s days"), ("Un jour", "%(num)s jours"), None),
        (("One day", "%(num)s days"), ("Un jour", "des jours"), "places differ"),
        ("Ready?", "Prêt\N{NARROW NO-BREAK SPACE}?", None),
        ("Ready?", "Prêt ?", "narrow no-break space"),
        ("Why: this", "Pourquoi : ceci", "no-break space goes before :"),
        ("The day", "L'heure", "apostrophe"),
    ],
)
def test_a_wrong_translation_is_told(
    sentence: str | tuple[str, str], translation: str | tuple[str, str], problem: str | None
) -> None:
    found = french(sentence, translation)
    assert (not found) if problem is None else any(problem in line for line in found)


def test_a_missing_and_an_unused_sentence_are_told() -> None:
    code, written = Catalog(), Catalog(locale="fr")
    code.add("New")
    written.add("Old", "Vieux")
    assert list(catalogue.problems(code, written)) == ["missing: New", "no longer used: Old"]


def test_what_a_refusal_says_counts_as_a_sentence() -> None:
    tree = ast.parse('raise UserError("Not so.")\nraise ValueError("Ours alone.")')
    assert list(catalogue._unwrapped(tree)) == ["Not so."]
