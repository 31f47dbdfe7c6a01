"""Words and shape of texts of any kind."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connector.sizing.text import NAME, RELEASE, count_words, prose, read, stem, without_comments


def test_code_counts_for_the_shape_and_not_for_the_words() -> None:
    found = read("Crash", "It fails.\n```\nimport secretmodule\n```\nSee {code:java}otherthing{code} here.")
    assert set(found.body) == {"it", "fail", "see", "here"}
    assert found.shape["code_length"] > 0


@pytest.mark.parametrize(
    ("body", "feature"),
    [
        ("- one\n* two\n1. three", "items"), ("- [ ] one", "boxes"), ("## Steps", "headings"), ("h2. Steps", "headings"),
        ("see https://a.example/x", "links"), ("in src/a.py", "files"), ("![x](y.png)", "pictures"),
        ("Traceback:\n  File \"a.py\", line 3", "traces"), ("   at com.x.Y.run(Y.java:3)", "traces"),
        ("call saveAll and my_name", "names"), ("why?", "questions"), ("", "body_empty"),
    ],
)  # fmt: skip
def test_the_shape_sees(body: str, feature: str) -> None:
    plain = read("T", "Nothing to see here").shape
    assert read("T", body).shape[feature] > plain[feature]


def test_names_and_releases_are_classes_of_words() -> None:
    found = read("FooBarBaz breaks in 2.4.1", "")
    assert {NAME.removesuffix("e"), RELEASE} <= {*found.title}


@pytest.mark.parametrize(
    ("word", "same"),
    [("fixes", "fix"), ("fixed", "fix"), ("fixing", "fix"), ("queries", "query"), ("names", "name"), ("templates", "template"), ("process", "process")],
)  # fmt: skip
def test_endings_meet(word: str, same: str) -> None:
    assert stem(word) == stem(same)


@given(st.text(max_size=400), st.text(max_size=4000))
def test_every_text_has_the_same_features(title: str, body: str) -> None:
    assert read(title, body).shape.keys() == read("", "").shape.keys()
    assert all(value >= 0 for value in read(title, body).shape.values())


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("Fix the map", 3),
        ("Déjà vu, l'été", 3),
        ("页面显示错误。", 3),
        ("点击 save 按钮", 3),
        ("ページが表示されない", 5),
        ("หน้าเว็บ", 4),
        ("버튼이 작동하지 않음", 3),
        ("字" * 1500, 750),
    ],
)
def test_scripts_without_spaces_have_words_too(text: str, count: float) -> None:
    assert count_words(text) == pytest.approx(count, abs=1)


def test_prose_is_what_a_person_wrote() -> None:
    text = (
        "Hello <!-- hidden --> there `inline` <b>bold</b> https://a.example/x\n```\nfenced\n```\n    indented\n"
        "  at com.x.Y.run(Y.java:3)\nValueError: odd\nEnd"
    )
    assert prose(text).split() == ["Hello", "there", "bold", "End"]


@pytest.mark.parametrize("text", ["<!-- a -->b", "<!-- a --><!--\nc\n-->b", "b<!-- never closed"])
def test_comments_are_taken_out(text: str) -> None:
    assert without_comments(text).strip() == "b"
