"""``python -m tests.bench [SCENARIO...]``: measure, beside peers in the same run, and print tables.

A scenario is a module of this folder with ``measure(size) -> Iterator[Table]`` and a first sentence that says what it
measures.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from importlib import import_module

from tests.bench.table import Size

SCENARIOS = ("intake", "load", "memory", "drain", "jobs", "harvest", "volume", "sizing")


def main() -> int:
    """Run the scenarios asked for, all by default; 1 where a goal is missed."""
    usual = Size()
    parser = ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("scenarios", nargs="*", metavar="SCENARIO", help=", ".join(SCENARIOS))
    parser.add_argument("--seconds", type=float, default=usual.seconds, help="of each measurement")
    parser.add_argument("--rounds", type=int, default=usual.rounds, help="of which the median is taken")
    parser.add_argument("--count", type=int, default=usual.count, help="of things, where a scenario counts things")
    asked = parser.parse_args()
    size = Size(asked.seconds, asked.rounds, asked.count)
    are_met = [_shown(name, size) for name in asked.scenarios or SCENARIOS]
    return 0 if all(are_met) else 1


def _shown(name: str, size: Size) -> bool:
    goals = []
    for table in import_module(f"tests.bench.{name}").measure(size):
        sys.stdout.write(f"\n{table}\n")
        sys.stdout.flush()
        goals += table.goals
    return all(goal.is_met for goal in goals)


if __name__ == "__main__":
    sys.exit(main())
