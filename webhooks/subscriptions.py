"""What to type into a forge's hook form."""

from __future__ import annotations

from sources.base import Source


def hook_form(source: Source, webhook_url: str, key: bytes) -> dict[str, str]:
    """``webhook_url``, ``webhook_secret`` and, where the forge has one, ``signing_token``."""
    return {"webhook_url": webhook_url, **source.credentials(key)}
