"""What GitLab's deliveries say about a change, and how they are signed."""

from __future__ import annotations

import base64
import uuid
from datetime import datetime

from connector.demo.forges.gitlab_shapes import GitLabShapes, hook_stamp
from connector.demo.forges.model import Change, Comment, Hook, Issue, Json, Request
from sources.signing import standard_signature

_ISSUE_ACTIONS = {"opened": "open", "closed": "close", "reopened": "reopen"}
_REQUEST_ACTIONS = {"opened": "open", "closed": "close", "merged": "merge", "approved": "approved"}
_SIGNING_TOKEN = "whsec_"  # noqa: S105  (how such a token begins)


def gitlab_payload(change: Change, shapes: GitLabShapes) -> tuple[str, Json] | None:
    """The delivery of GitLab about this change; None where GitLab says nothing."""
    match change.subject:
        case "issue" if change.issue and change.action != "deleted":
            return _issue(change, change.issue, shapes)
        case "comment" if change.request and change.comment:
            return "Note Hook", _note_on_request(change, change.request, change.comment, shapes)
        case "checks" if change.request:
            return "Pipeline Hook", _pipeline(change, change.request, shapes)
        case "review" if change.request:
            return "Merge Request Hook", _request(change, shapes)
        case "comment" if change.issue and change.comment:
            return _note(change, change.issue, shapes)
        case "hook" if change.action == "test":
            return _sample(change, shapes)
        case "request" if change.request:
            return "Merge Request Hook", _request(change, shapes)
        case _:
            return None


def _issue(change: Change, issue: Issue, shapes: GitLabShapes) -> tuple[str, Json]:
    action = _ISSUE_ACTIONS.get(change.action, "update")
    people = [shapes.hook_user(one) for one in issue.assignees]
    data = {
        "object_kind": "issue",
        "event_type": "confidential_issue" if issue.is_confidential else "issue",
        **_common(change, shapes),
        "object_attributes": {**shapes.issue_attributes(change.project, issue), "action": action},
        "labels": shapes.hook_labels(change.project, issue.labels),
        "changes": _changes(change, issue, shapes),
        **({"assignees": people, "assignee": people[0]} if people else {}),
    }
    return "Confidential Issue Hook" if issue.is_confidential else "Issue Hook", data


def _sample(change: Change, shapes: GitLabShapes) -> tuple[str, Json] | None:
    """What "Test" sends: an issue as it is, without an action."""
    issue = next((one for one in change.project.issues.values() if not one.is_confidential), None)
    if issue is None:
        return None
    event, data = _issue(change, issue, shapes)
    data["object_attributes"].pop("action")
    return event, data


def _changes(change: Change, issue: Issue, shapes: GitLabShapes) -> Json:
    now: Json = {
        "title": issue.title,
        "body": issue.body,
        "confidential": issue.is_confidential,
        "labels": shapes.hook_labels(change.project, issue.labels),
        "assignees": [shapes.hook_user(one) for one in issue.assignees],
    }
    old = dict(change.before)
    if "labels" in old:
        old["labels"] = shapes.hook_labels(change.project, old["labels"])
    if "assignees" in old:
        old["assignees"] = [shapes.hook_user(one) for one in old["assignees"]]
    names = {"body": "description"}
    return {names.get(key, key): {"previous": old[key], "current": now[key]} for key in old if key in now}


def _note(change: Change, issue: Issue, shapes: GitLabShapes) -> tuple[str, Json]:
    note = shapes.note(issue, change.comment, project=change.project) if change.comment else {}
    attributes = {
        "note": note.get("body"),
        "id": note.get("id"),
        "noteable_type": "Issue",
        "noteable_id": issue.id,
        "project_id": change.project.id,
        "system": False,
        "created_at": hook_stamp(change.comment.created_at) if change.comment else None,
        "action": "create" if change.action == "created" else "update",
        "url": f"{shapes.web}/{change.project.path}/-/issues/{issue.number}#note_{note.get('id')}",
    }
    data = {
        "object_kind": "note",
        "event_type": "confidential_note" if issue.is_confidential else "note",
        **_common(change, shapes),
        "project_id": change.project.id,
        "object_attributes": attributes,
        "issue": shapes.issue_attributes(change.project, issue),
    }
    return "Confidential Note Hook" if issue.is_confidential else "Note Hook", data


def _request(change: Change, shapes: GitLabShapes) -> Json:
    if change.request is None:
        return {}
    action = _REQUEST_ACTIONS.get(change.action, "update")
    return {
        "object_kind": "merge_request",
        "event_type": "merge_request",
        **_common(change, shapes),
        "object_attributes": {**shapes.request_attributes(change.project, change.request), "action": action},
        "labels": shapes.hook_labels(change.project, change.request.labels),
        "changes": {},
        "reviewers": [
            {**one["user"], "state": one["state"], "re_requested": False} for one in shapes.reviewers(change.request)
        ],
    }


def _note_on_request(change: Change, request: Request, comment: Comment, shapes: GitLabShapes) -> Json:
    return {
        "object_kind": "note",
        "event_type": "note",
        **_common(change, shapes),
        "project_id": change.project.id,
        "object_attributes": {
            "note": comment.body, "id": comment.id, "noteable_type": "MergeRequest", "noteable_id": request.id,
            "project_id": change.project.id, "system": False, "action": "create",
            "created_at": hook_stamp(comment.created_at),
        },
        "merge_request": shapes.request_attributes(change.project, request),
    }  # fmt: skip


def _pipeline(change: Change, request: Request, shapes: GitLabShapes) -> Json:
    return {"object_kind": "pipeline", **_common(change, shapes), "object_attributes": shapes.pipeline(request)}


def _common(change: Change, shapes: GitLabShapes) -> Json:
    project = shapes.hook_project(change.project)
    repository = {name: project[name] for name in ("name", "url", "description", "homepage")}
    return {"user": shapes.hook_user(change.sender), "project": project, "repository": repository}


def gitlab_headers(hook: Hook, body: bytes, *, event: str, delivery_id: str, now: datetime) -> dict[str, str]:
    """The headers of GitLab 19, with what was typed into its form: a plain token, a signing token, or both."""
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "GitLab/19.1.0",
        "X-Gitlab-Event": event,
        "X-Gitlab-Event-UUID": delivery_id,
        "X-Gitlab-Webhook-UUID": str(uuid.uuid5(uuid.NAMESPACE_URL, hook.url)),
        "Idempotency-Key": delivery_id,
    }
    if hook.secret:
        headers["X-Gitlab-Token"] = hook.secret
    if hook.signing_token:
        key = base64.b64decode(hook.signing_token.removeprefix(_SIGNING_TOKEN))
        timestamp = str(int(now.timestamp()))
        signature = standard_signature(key, delivery_id, timestamp, body)
        headers |= {"webhook-id": delivery_id, "webhook-timestamp": timestamp, "webhook-signature": signature}
    return headers
