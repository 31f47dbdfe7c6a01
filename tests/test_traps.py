"""The register of traps is whole, and each of its proofs is a test that exists."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TRAPS = 36
_ROW = re.compile(r"^\| (\d+) \|.*\|([^|]+)\|$")
_PROOF = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")


def rows() -> dict[int, list[tuple[str, str]]]:
    """Number -> file and name of each proof, as the register lists them."""
    lines = (ROOT / "docs" / "traps.md").read_text(encoding="utf-8").splitlines()
    return {int(found[1]): _PROOF.findall(found[2]) for line in lines if (found := _ROW.match(line))}


def test_every_trap_is_in_the_register_once() -> None:
    assert list(rows()) == list(range(1, TRAPS + 1))
    assert all(rows().values()), "each has a proof"


@pytest.mark.parametrize(
    ("number", "file", "name"), [(number, *proof) for number, proofs in rows().items() for proof in proofs]
)
def test_each_proof_is_a_test_that_is_there(number: int, file: str, name: str) -> None:
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    tests = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    assert name in tests, f"the proof of trap {number} is gone"
