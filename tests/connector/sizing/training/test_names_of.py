"""Names are told from words by how people write them inside sentences."""

from __future__ import annotations

from connector.sizing.training.names import names_of


def test_what_is_written_with_a_capital_inside_sentences_is_a_name() -> None:
    texts = ["we start Titanium on the page or a page, then the API and Titanium fail, the Page too"] * 5
    assert names_of(texts, ["acme/XD-tool"]) == ["acme", "titanium", "tool", "xd"]


def test_what_is_seldom_so_written_is_none() -> None:
    assert names_of(["we start Titanium"] * 4, []) == []
