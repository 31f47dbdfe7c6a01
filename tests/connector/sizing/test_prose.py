"""What a text asserts: sentences without quotations, flat."""

from __future__ import annotations

import pytest

from connector.sizing.against.prose import LONGEST_SENTENCE, flat, sentences, without_asides


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("L’équipe", "L'equipe"), ("e\u0301te\u0301", "ete"), ("**Not** _ready_", "Not ready"), ("snake_case", "snake_case"),
        ("Cœur\u00a0: oui", "Coeur : oui"),
    ],
)  # fmt: skip
def test_accents_and_emphasis_make_no_difference(text: str, plain: str) -> None:
    assert flat(text) == plain


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("> quoted\nsaid", "\nsaid"), ("> [!NOTE]\n> framed\n", "[!NOTE]\nframed\n"), ("> Maintainer: framed", "Maintainer: framed"),
        ("a `code` b", "a   b"), ("~~gone~~ there", "  there"), ("see https://example.org/ios now", "see   now"),
        ("see https://example.org/a/b/issues/3", "see https://example.org/a/b/issues/3"),
    ],
)  # fmt: skip
def test_quotations_are_left_out_and_framed_remarks_kept(text: str, left: str) -> None:
    assert without_asides(text) == left


def test_sentences_are_told_apart_and_each_said_once() -> None:
    assert sentences("One. Two!\nOne.\n- [ ] not ticked\n- [x] ticked") == ("One.", "Two!", "- [x] ticked")


def test_a_wrapped_line_goes_on_and_a_sentence_without_end_is_cut() -> None:
    wrapped = "This line is long enough to have been wrapped by\nsomebody."
    assert sentences(wrapped) == (wrapped.replace("\n", " "),)
    assert [len(piece) for piece in sentences("ab" * LONGEST_SENTENCE)] == [LONGEST_SENTENCE]
