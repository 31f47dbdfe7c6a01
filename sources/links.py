"""Addresses of pages that others wrote: in deliveries, in answers, in texts. Any text may stand there."""

from __future__ import annotations

from urllib.parse import SplitResult, urlsplit

NO_ADDRESS = SplitResult("", "", "", "", "")


def parts_of(address: str) -> SplitResult:
    """The parts of an address, all of them empty where it is none, such as ``http://[``."""
    try:
        return urlsplit(address)
    except ValueError:
        return NO_ADDRESS
