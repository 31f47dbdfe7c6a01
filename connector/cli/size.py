"""``wecena size``: issues in, sizes out, as JSON Lines."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import BinaryIO

import click

from connector.errors import UserError
from connector.sizing.line import DEFAULT, is_below
from connector.sizing.rules import Size, Sizeable, estimate


@click.command(short_help="Size issues given as JSON Lines.")
@click.argument("file", type=click.File("rb"), default="-")
def size(file: BinaryIO) -> None:
    """Read issues as JSON Lines (id, title, body, labels) from FILE or stdin, write their sizes as JSON Lines.

    An issue is offered if nothing speaks against it and its chance reaches the line, 0.67 unless a programme moves its own.
    A line that cannot be read gives `line N: ...` on stderr; the others are answered, and the exit code is 1.

    Example: echo '{"id": 1, "title": "Fix a typo"}' | wecena size
    """
    is_clean = True
    for number, line in enumerate(file, start=1):
        if not line.strip():
            continue
        try:
            click.echo(answer(line))
        except UserError as exc:
            is_clean = False
            click.echo(f"line {number}: {exc.message}", err=True)
    if not is_clean:
        raise click.exceptions.Exit(1)


def answer(line: bytes) -> str:
    """The size of the issue in this line, as JSON; raises `UserError` saying what is wrong with the line."""
    try:
        row = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError) as exc:
        raise UserError("not JSON, or not UTF-8") from exc
    if not isinstance(row, dict):
        raise UserError("not a JSON object")
    if isinstance(row.get("id"), bool) or not isinstance(row.get("id"), int | str):
        raise UserError("`id` is missing, or neither a number nor a text")
    return json.dumps({"id": row["id"], **as_json(estimate(sizeable(row)))})


def sizeable(row: Mapping[str, object]) -> Sizeable:
    """What the line says of its issue; raises `UserError`."""
    title = row.get("title")
    if not isinstance(title, str):
        raise UserError("`title` is missing or no text")
    body = row.get("body")
    if body is not None and not isinstance(body, str):
        raise UserError("`body` is no text")
    project = row.get("project")
    named = project if isinstance(project, str) else ""
    return Sizeable(str(row["id"]), title, body or "", labels=_labels(row.get("labels")), project=named)


def as_json(found: Size) -> dict[str, object]:
    """The keys that scripts rely on."""
    return {
        "p_one_day": found.p_one_day,
        "p_team_day": found.p_team_day,
        "hours_mid": found.hours_mid,
        "hours_low": found.hours_low,
        "hours_high": found.hours_high,
        "offer": found.offer and not is_below(found.p_one_day, DEFAULT, is_judged=found.is_judged),
        "reasons": [{"text": reason.text, "effect": reason.effect} for reason in found.reasons],
        "unsuitable": list(found.unsuitable),
    }


def _labels(value: object) -> tuple[str, ...]:
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(label, str) for label in value):
        raise UserError("`labels` is no list of texts")
    return tuple(value)
