"""Sizing: the whole estimate of an issue, from its text to its reasons; and bodies of a megabyte."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import median
from time import perf_counter

from connector.sizing import rules
from connector.sizing.rules import Sizeable, estimate
from tests.bench.table import Goal, Sense, Size, Table
from tests.sized_issues import SUITABLE, UNSUITABLE

PIECES = (
    "a",
    "estimate ",
    "- [ ] \n",
    "requires ",
    "    at ",
    " ",
    "#|*",
    "1-2-",
    "it ",
    "```\n",
    "a day or ",
    "- [ ] 2h\n",
    "| a | 2h |\n",
    "it takes 2 h. ",
)
MEGABYTE = 1_000_000
LOG = "java.lang.IllegalStateException: no session\n    at org.example.Session.open(Session.java:41)\n"


def measure(size: Size) -> Iterator[Table]:
    """Milliseconds an issue, each text seen for the first time."""
    usual = [Sizeable(str(n), title, body, labels) for n, (title, body, labels, _) in enumerate(UNSUITABLE + SUITABLE)]
    long = [
        Sizeable(one.id, one.title, f"{one.body}\n\nIt stops after a while, see below.\n\n{LOG * 80}") for one in usual
    ]
    took = {
        "as written for the rules": _each(usual, size.rounds),
        "the same with a log of 8 KB": _each(long, size.rounds),
    }
    yield Table(
        "Sizes, one process",
        ("issues", "number", "ms each"),
        tuple((name, str(len(usual)), f"{value:.3f}") for name, value in took.items()),
        tuple(Goal(f"an issue, {name}", value, Sense.AT_MOST, 1.0, "ms") for name, value in took.items()),
    )
    worst = {piece: _each([_huge(piece)], 1) for piece in PIECES}
    yield Table(
        "A body of a megabyte that repeats one piece",
        ("piece", "ms"),
        tuple((repr(piece), f"{value:.0f}") for piece, value in worst.items()),
        (Goal("the slowest of them", max(worst.values()), Sense.AT_MOST, 1000, "ms"),),
    )


def _huge(piece: str) -> Sizeable:
    return Sizeable("1", "Show the map", piece * (MEGABYTE // len(piece)))


def _each(issues: Sequence[Sizeable], rounds: int) -> float:
    """The median of the rounds."""
    return median(_round(issues) for _ in range(rounds))


def _round(issues: Sequence[Sizeable]) -> float:
    rules.forget()
    started = perf_counter()
    for issue in issues:
        estimate(issue)
    return (perf_counter() - started) * 1000 / len(issues)
