"""What a comment tells us to do, and what is none of a command."""

from __future__ import annotations

from decimal import Decimal

import pytest

from connector.tracking.commands import Resize, Stop, command_of

HALF, ONE, TWO = (Resize(Decimal(days)) for days in ("0.5", "1", "2"))


@pytest.mark.parametrize(
    ("body", "command"),
    [
        ("/wecena stop", Stop()),
        ("Thank you, but no.\r\n/Wecena  STOP \n", Stop()),
        ("/wecena size 2h", HALF),
        ("/wecena size 4 hours", HALF),
        ("/wecena size 4,5 heures", ONE),
        ("/wecena size 1d", ONE),
        ("/wecena size 0.5 jour", HALF),
        ("/wecena size 3 days", TWO),
        ("/wecena size 0h", None),
        ("/wecena size S", None),
        ("/wecena size 2", None),
        ("/wecena size -2h", None),
        ("/wecena size 1000000h", None),
        ("/wecena", None),
        ("/wecena stop now", None),
        ("Say /wecena stop to stop it.", None),
        ("> /wecena stop", None),
        ("    /wecena stop", None),
        ("```\n/wecena stop\n```", None),
        ("```\n/wecena stop\n```\n/wecena size 1h", HALF),
        ("/wecena size 1h\n/wecena stop", HALF),
        ("", None),
        ("x" * 20_000 + "\n/wecena stop", None),
    ],
)
def test_a_command_is_a_line_of_its_own(body: str, command: Stop | Resize | None) -> None:
    assert command_of(body) == command
