"""Secrets at rest open with their key only."""

from __future__ import annotations

import pytest

from connector.db.vault import Vault
from connector.errors import ConfigurationError

KEY = "k" * 40


def test_what_is_sealed_opens_again() -> None:
    assert Vault(KEY).open(Vault(KEY).seal(b"secret")) == b"secret"


def test_the_same_secret_never_looks_the_same_twice() -> None:
    assert Vault(KEY).seal(b"secret") != Vault(KEY).seal(b"secret")


def test_another_key_is_refused_with_what_to_do() -> None:
    with pytest.raises(ConfigurationError, match=r"restore the file secret\.key"):
        Vault("x" * 40).open(Vault(KEY).seal(b"secret"))


@pytest.mark.parametrize("position", [0, 5, 20, -1])
def test_a_changed_byte_is_refused(position: int) -> None:
    sealed = bytearray(Vault(KEY).seal(b"secret"))
    sealed[position] ^= 1
    with pytest.raises(ConfigurationError):
        Vault(KEY).open(bytes(sealed))


def test_a_truncated_value_is_refused() -> None:
    with pytest.raises(ConfigurationError):
        Vault(KEY).open(b"short")
