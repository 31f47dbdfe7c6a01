"""The sentences that hints are learned from: how their files are written, and that learning is the same twice."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import connector.sizing

FOLDER = Path(connector.sizing.__file__).parent / "training" / "said"
RULES = ("in_progress", "blocked", "needs_access", "platform", "security", "draft", "discussion", "sub_issues", "none")
FILES = sorted(FOLDER.glob("*.txt"))


def test_every_rule_has_sentences_in_both_languages() -> None:
    assert [path.name for path in FILES] == sorted(
        f"{rule}.{language}.txt" for rule in RULES for language in ("en", "fr")
    )


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_each_line_states_something_or_only_sounds_like_it(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if not re.match(r"[+-] \S", line) or line != line.strip()] == []
    stating = [line for line in lines if line.startswith("+")]
    assert (not stating) if path.name.startswith("none") else 0.3 < len(stating) / len(lines) < 0.7


def test_no_sentence_stands_twice() -> None:
    texts = [line[2:].lower() for path in FILES for line in path.read_text(encoding="utf-8").splitlines()]
    assert len(set(texts)) == len(texts)


def test_the_same_sentences_teach_the_same() -> None:
    pytest.importorskip("sklearn", reason="scikit-learn is a development extra")
    said = pytest.importorskip("connector.sizing.training.said")
    one = said.fit([])
    assert one == said.fit([])
    assert one["rules"] == [rule for rule in RULES if rule != "none"]
