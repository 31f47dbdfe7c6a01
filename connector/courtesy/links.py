"""The link in each mail to a maintainer that stops everything in a project: signed, for this project only, lasting."""

from __future__ import annotations

from itsdangerous import BadSignature, URLSafeSerializer

PREFIX = "/stop/"
"""Where these links lead. Mail programs press them for their readers (RFC 8058), so no form token is asked for there."""


def stop_link(public_url: str, secret: str, project_id: int) -> str:
    """The address that stops everything in this project."""
    return f"{public_url}{PREFIX}{_serializer(secret).dumps(project_id)}"


def project_of(token: str, secret: str) -> int | None:
    """The project that a link is for, None where it is none of ours."""
    try:
        found = _serializer(secret).loads(token)
    except BadSignature:
        return None
    return found if isinstance(found, int) else None


def _serializer(secret: str) -> URLSafeSerializer:
    return URLSafeSerializer(secret, salt="stop")
