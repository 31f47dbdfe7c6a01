"""``wecena size``: JSON Lines in and out."""

from __future__ import annotations

import json

import pytest

from tests.connector.cli.conftest import Wecena

KEYS = ["id", "p_one_day", "p_team_day", "hours_mid", "hours_low", "hours_high", "offer", "reasons", "unsuitable"]


def test_each_line_is_answered_with_the_keys_that_scripts_rely_on(wecena_without_database: Wecena) -> None:
    lines = [
        {"id": "a-1", "title": "Fix it", "body": None, "labels": None, "project": "x", "created_at": "2026-01-01", "more": 1},
        {"id": 2, "title": "Fix it", "body": "Estimate: 2 days", "labels": ["question"]},
        {"id": 3, "title": "Écrire \ud83d\ude00"},
    ]  # fmt: skip
    found = wecena_without_database("size", stdin="\n\n".join(json.dumps(line) for line in lines))
    assert found.exit_code == 0
    answers = [json.loads(line) for line in found.stdout.splitlines()]
    assert [list(answer) for answer in answers] == [KEYS] * 3
    assert [answer["id"] for answer in answers] == ["a-1", 2, 3]
    assert [answer["offer"] for answer in answers] == [True, False, True]
    assert answers[1]["unsuitable"] == ["too_big", "rejecting_label"]
    assert set(answers[0]["reasons"][0]) == {"text", "effect"}


def test_what_is_unlikely_to_fit_a_day_is_not_offered(wecena_without_database: Wecena) -> None:
    long = "The architecture of the engine needs a redesign and a migration to another framework, in many places. " * 4
    lines = [{"id": 1, "title": "Rewrite the engine", "body": body} for body in (long, long + "\n\nEstimate: 3h")]
    found = wecena_without_database("size", stdin="\n".join(json.dumps(line) for line in lines))
    assert [json.loads(line)["offer"] for line in found.stdout.splitlines()] == [False, True]


@pytest.mark.parametrize(
    "bad",
    [
        b"nonsense", b"[1]", b'{"id": 1}', b'{"title": "x"}', b'{"id": true, "title": "x"}', b'{"id": 1, "title": 2}',
        b'{"id": 1, "title": "x", "body": 3}', b'{"id": 1, "title": "x", "labels": "bug"}', b'{"id": 1, "title": "\xff"}',
        b"[" * 100_000,
    ],
    ids=lambda bad: bad[:24].decode("latin-1"),
)  # fmt: skip
def test_a_bad_line_is_named_and_the_others_are_answered(wecena_without_database: Wecena, bad: bytes) -> None:
    good = b'{"id": 1, "title": "x"}\n'
    found = wecena_without_database("size", stdin=good + bad + b"\n" + good)
    assert found.exit_code == 1
    assert len(found.stdout.splitlines()) == 2
    assert found.stderr.startswith("line 2: ")
    assert found.stderr.count("\n") == 1


def test_a_file_is_read_like_stdin(wecena_without_database: Wecena, tmp_path: object) -> None:
    assert wecena_without_database("size", "/nonexistent").exit_code == 2
    assert wecena_without_database("size", stdin="").stdout == ""
