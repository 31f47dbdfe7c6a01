"""Deliveries of Forgejo, Gitea and Gogs to events. The event's name is not signed, so the body must look like it."""

from __future__ import annotations

import json
from collections.abc import Callable

from sources.errors import UnreadablePayload
from sources.forgejo.payloads import actor_of, issue_of, project_of, request_of
from sources.model import Event, Ignored, IssueGone, IssueSeen, ProjectChanged, ProjectRef, RequestSeen
from sources.payload import Json, child, decode_object, text

# Genuine, and nothing for us in them. There is no ping: the button "Test delivery" sends a push.
_OTHER_EVENTS = """
    action_run action_run_failure action_run_recover action_run_success create delete fork issue_comment package
    pull_request_approved pull_request_comment pull_request_rejected pull_request_review
    pull_request_review_approved pull_request_review_comment pull_request_review_rejected push release schedule status
    wiki workflow_job workflow_run"""
KNOWN = frozenset(_OTHER_EVENTS.split())


def event_of(name: str, body: bytes) -> Event:
    """What a delivery means; raises `UnreadablePayload`."""
    data = decode_object(body)
    reader = _READERS.get(name)
    if reader is not None:
        return reader(data)
    return Ignored(f"event:{name}" if name in KNOWN else "unknown_event", project_of(data.get("repository")))


def without_secret(body: bytes) -> bytes:
    """The body without the hook's own secret, which Gogs and Gitea before 1.14 write into it in clear."""
    if b'"secret"' not in body:
        return body
    try:
        data = decode_object(body)
    except UnreadablePayload:
        return b"(a body that may hold a secret could not be read and was dropped)"
    kept = {key: value for key, value in data.items() if key != "secret"}
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":")).encode()


def _issue(data: Json) -> Event:
    _demand("issues", bool(data.get("issue")) and not any(map(data.get, ("pull_request", "comment"))))
    project, action = _repository(data), text(data, "action")
    issue = issue_of(data.get("issue"), child(data, "repository"))
    if action == "deleted":
        return IssueGone(project, issue.number, updated_at=issue.updated_at)
    return IssueSeen(project, issue, action, actor_of(data.get("sender")))


def _request(data: Json) -> Event:
    # "review" is there and null in all but reviews, which are events of their own.
    _demand("pull_request", bool(data.get("pull_request")) and not any(map(data.get, ("issue", "comment", "review"))))
    project = _repository(data)
    pull = {"number": data.get("number"), **child(data, "pull_request")}  # the first releases say it outside only
    request = request_of(pull, project, child(data, "repository"))
    return RequestSeen(project, request, text(data, "action"), actor_of(data.get("sender")))


def _project(data: Json) -> Event:
    """Sent to hooks of an organisation or of the whole instance, and only when one is made or deleted."""
    _demand("repository", "action" in data and not data.keys() & {"issue", "pull_request", "release"})
    return ProjectChanged(_repository(data), text(data, "action"))


_READERS: dict[str, Callable[[Json], Event]] = {"issues": _issue, "pull_request": _request, "repository": _project}


def _demand(event: str, fits: bool) -> None:  # noqa: FBT001 (the answer to the question that the caller just asked)
    if not fits:
        raise UnreadablePayload(f"The body does not look like the event {event!r} that its header names.")


def _repository(data: Json) -> ProjectRef:
    project = project_of(data.get("repository"))
    if project is None:
        raise UnreadablePayload("The delivery names no repository.")
    return project
