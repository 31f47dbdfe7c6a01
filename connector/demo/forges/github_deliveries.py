"""What GitHub's deliveries say about a change, and how they are signed."""

from __future__ import annotations

from connector.demo.forges.github_shapes import GitHubShapes
from connector.demo.forges.model import Account, Change, Hook, Json, Label, Request, Review
from sources.signing import hex_signature

_ZEN = "Small steps, often."


def github_payload(change: Change, shapes: GitHubShapes) -> tuple[str, Json] | None:
    """The delivery of GitHub about this change; None where GitHub says nothing."""
    if change.data is not None:
        return change.subject, {**change.data, "sender": shapes.user(change.sender)}
    match change.subject:
        case "issue":
            event, data = "issues", _github_issue(change, shapes)
        case "comment" if change.request:
            event, data = "issue_comment", _comment_on_request(change, change.request, shapes)
        case "review" if change.request and change.review:
            event, data = "pull_request_review", _review(change, change.request, change.review, shapes)
        case "checks" if change.request:
            event, data = "check_suite", {"check_suite": shapes.check_suite(change.request, change.request.updated_at)}
        case "comment":
            event, data = "issue_comment", _github_comment(change, shapes)
        case "request":
            event, data = "pull_request", _github_request(change, shapes)
        case "label" if change.label:
            event, data = "label", _github_label(change, change.label, shapes)
        case "project":
            event, data = "repository", _github_repository(change)
        case _:
            return _github_ping(change, shapes)
    common = {"repository": shapes.repository(change.project), "sender": shapes.user(change.sender)}
    return event, {"action": change.action, **data, **common}


def _comment_on_request(change: Change, request: Request, shapes: GitHubShapes) -> Json:
    row = shapes.request_row(change.project, request)
    comment = shapes.comment(change.project, request, change.comment) if change.comment else {}
    return {"issue": row, "comment": comment}


def _review(change: Change, request: Request, review: Review, shapes: GitHubShapes) -> Json:
    said = shapes.review(change.project, request, review, is_listed=False)
    return {"action": "submitted", "review": said, "pull_request": shapes.request(change.project, request)}


def _github_issue(change: Change, shapes: GitHubShapes) -> Json:
    data: Json = {"issue": shapes.issue(change.project, change.issue) if change.issue else {}}
    if "moved" in change.before:
        project, issue = change.before["moved"]
        data["changes"] = {"new_issue": shapes.issue(project, issue), "new_repository": shapes.repository(project)}
    match change.about:
        case Label() as label:
            data["label"] = shapes.label(change.project, label)
        case Account() as account:
            data["assignee"] = shapes.user(account)
        case _ if change.action == "edited":
            texts = {name: change.before[name] for name in ("title", "body") if name in change.before}
            data["changes"] = {name: {"from": old or ""} for name, old in texts.items()}
    return data


def _github_comment(change: Change, shapes: GitHubShapes) -> Json:
    data = _github_issue(change, shapes)
    if change.issue and change.comment:
        data["comment"] = shapes.comment(change.project, change.issue, change.comment)
    if "body" in change.before:
        data["changes"] = {"body": {"from": change.before["body"]}}
    return data


def _github_request(change: Change, shapes: GitHubShapes) -> Json:
    if change.request is None:
        return {}
    action = "closed" if change.action == "merged" else change.action
    request = shapes.request(change.project, change.request)
    return {"action": action, "number": change.request.number, "pull_request": request}


def _github_label(change: Change, label: Label, shapes: GitHubShapes) -> Json:
    data: Json = {"label": shapes.label(change.project, label)}
    if "name" in change.before:
        data["changes"] = {"name": {"from": change.before["name"]}}
    return data


def _github_repository(change: Change) -> Json:
    if "path" not in change.before:
        return {}
    return {"changes": {"repository": {"name": {"from": str(change.before["path"]).rpartition("/")[2]}}}}


def _github_ping(change: Change, shapes: GitHubShapes) -> tuple[str, Json] | None:
    if change.hook is None:
        return None
    common = {"repository": shapes.repository(change.project), "sender": shapes.user(change.sender)}
    hook = shapes.hook(change.project, change.hook)
    return "ping", {"zen": _ZEN, "hook_id": change.hook.id, "hook": hook, **common}


def github_headers(hook: Hook, body: bytes, *, event: str, delivery_id: str) -> dict[str, str]:
    """The headers of GitHub; without a secret there is no signature."""
    signature = {"X-Hub-Signature-256": hex_signature(hook.secret.encode(), body)} if hook.secret else {}
    return {
        "Content-Type": "application/json",
        "User-Agent": "GitHub-Hookshot/demo",
        "X-GitHub-Event": event,
        "X-GitHub-Delivery": delivery_id,
        "X-GitHub-Hook-ID": str(hook.id),
        "X-GitHub-Hook-Installation-Target-Type": "repository",
        **signature,
    }
