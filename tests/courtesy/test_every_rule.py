"""Each of the 14 rules has a test, and each of those runs on both forges."""

from __future__ import annotations

import ast
from pathlib import Path

from tests.courtesy import conftest

HERE = Path(__file__).parent
ALL = {f"{number:02}" for number in range(1, 15)}


def rule_tests() -> dict[str, list[str]]:
    """Number of a rule -> the arguments of its tests."""
    found: dict[str, list[str]] = {}
    for path in HERE.glob("test_*.py"):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_rule_"):
                found.setdefault(node.name[10:12], []).extend(arg.arg for arg in node.args.args)
    return found


def test_every_rule_has_a_test_on_both_forges() -> None:
    tests = rule_tests()
    assert set(tests) == ALL
    assert all("here" in arguments for arguments in tests.values())
    assert conftest.FORGES == ("github", "gitlab")
