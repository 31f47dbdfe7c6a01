"""The project's own file: what is understood, and which line keeps it from being taken."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from connector.projects.wecena_file import Why, Wishes, read, said

WHOLE = """\
---
# For volunteers
labels: [good first issue, "easy, really", 'status: ready']   # ours
language: FR
start: |
  git clone https://example.org/a.git

  make test   # quick
needs: docker
limits:
  at_once: 3
allow:
  - comment
  - assign
stop: no
"""


def test_a_whole_file_is_understood() -> None:
    found = read(WHOLE)
    assert found.faults == ()
    assert found.wishes == Wishes(
        labels=("good first issue", "easy, really", "status: ready"),
        language="fr",
        start=("git clone https://example.org/a.git", "", "make test   # quick"),
        needs="docker",
        at_once=3,
        allow=("comment", "assign"),
        stop=False,
    )


@pytest.mark.parametrize(
    ("text", "wishes"),
    [
        ("", Wishes()),
        ("# nothing\n\n", Wishes()),
        ("\ufefflabels:\n- easy\n- bug # yes\n", Wishes(labels=("easy", "bug"))),
        ("labels: []", Wishes(labels=())),
        ("labels: [easy,]", Wishes(labels=("easy",))),
        ("start:\n  - make\n  - 'make test'\n", Wishes(start=("make", "make test"))),
        ("start: make run", Wishes(start=("make run",))),
        ("stop: True", Wishes(stop=True)),
        ("stop: yes # enough", Wishes(stop=True)),
        ("labels: [C#]\n", Wishes(labels=("C#",))),
        ("stop: true\r\nneeds: git\r\n", Wishes(needs="git", stop=True)),
    ],
)
def test_what_is_understood(text: str, wishes: Wishes) -> None:
    assert (read(text).wishes, read(text).faults) == (wishes, ())


@pytest.mark.parametrize(
    ("text", "line", "why"),
    [
        ("labls: [easy]", 1, Why.UNKNOWN_KEY),
        ("\nlabels: easy", 2, Why.NEEDS_LIST),
        ("labels: [easy", 1, Why.UNCLOSED),
        ("labels: ['easy]", 1, Why.UNCLOSED),
        ("labels:\n  easy: 1", 2, Why.NEEDS_LIST),
        ("labels:", 1, Why.NO_VALUE),
        ("labels: [a]\nneeds: git\nlabels: [b]", 3, Why.TWICE),
        ("needs: kubernetes", 1, Why.NOT_ONE_OF),
        ("allow: [merge]", 1, Why.NOT_ONE_OF),
        ("stop: perhaps", 1, Why.NEEDS_YES_OR_NO),
        ("limits:\n  at_once: many", 2, Why.NEEDS_NUMBER),
        ("limits:\n  at_once: 0", 2, Why.NEEDS_NUMBER),
        ("limits:\n  weekly: 3", 2, Why.UNKNOWN_KEY),
        ("limits: 3", 1, Why.NO_VALUE),
        ("  needs: git", 1, Why.NOT_UNDERSTOOD),
        ("\tneeds: git", 1, Why.TAB),
        ("needs: &a git", 1, Why.NOT_UNDERSTOOD),
        ("needs: !!python/object:os.system git", 1, Why.NOT_UNDERSTOOD),
        ("labels: *all", 1, Why.NEEDS_LIST),
        ("start: >\n  folded", 1, Why.NOT_UNDERSTOOD),
        ("just words", 1, Why.NOT_UNDERSTOOD),
        ("{labels: [a]}", 1, Why.NOT_UNDERSTOOD),
        ("language: klingon", 1, Why.NOT_ONE_OF),
        ("labels: [" + "a," * 51 + "]", 1, Why.TOO_MANY),
        ("x" * 70_000, 1, Why.TOO_LARGE),
    ],
)
def test_a_fault_is_told_with_its_line(text: str, line: int, why: Why) -> None:
    (fault, *_) = read(text).faults
    assert (fault.line, fault.why) == (line, why)


def test_all_faults_are_told_at_once() -> None:
    assert [fault.line for fault in read("needs: x\nlabls: [a]\nstop: hm\n").faults] == [1, 2, 3]


def test_a_stop_is_heard_in_a_file_that_is_otherwise_wrong() -> None:
    found = read("labels: [a\nstop: true\n")
    assert found.wishes == Wishes(stop=True)
    assert found.faults


@given(some.text(alphabet=some.sampled_from("ab:-#[]|'\"> \n,\t&*{}stoplabels"), max_size=200))
def test_no_text_breaks_the_reader(text: str) -> None:
    found = read(text)
    assert all(1 <= fault.line <= len(text.split("\n")) for fault in found.faults)


def test_a_file_that_allows_nothing_says_so() -> None:
    assert said(read("allow: []\n").wishes) == {"allow": []}
    assert said(read("language: fr\nstop: false\n").wishes) == {"language": "fr"}
