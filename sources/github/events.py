"""GitHub's deliveries to events. The event's name is not signed, so the body must look like that event."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from urllib.parse import unquote_to_bytes

from sources.errors import UnreadablePayload
from sources.github.app import installed
from sources.github.payloads import (
    actor_of,
    checks_of,
    issue_of,
    label_of,
    project_named_in,
    project_of,
    remark_of,
    request_of,
    review_of,
)
from sources.model import (
    ChecksSeen,
    Event,
    Ignored,
    InstallationChanged,
    IssueGone,
    IssueSeen,
    LabelChanged,
    Ping,
    ProjectChanged,
    ProjectRef,
    RemarkSeen,
    RequestSeen,
    Review,
)
from sources.payload import Json, child, children, decode_object, flag, integer, text
from sources.times import parse_time

# Genuine, and nothing for us in them. Any other name is an event that GitHub added later.
_OTHER_EVENTS = """
    branch_protection_configuration branch_protection_rule check_run code_scanning_alert commit_comment
    create custom_property custom_property_values delete dependabot_alert deploy_key deployment deployment_protection_rule
    deployment_review deployment_status discussion discussion_comment fork github_app_authorization gollum installation_target issue_dependencies marketplace_purchase member membership
    merge_group meta milestone org_block organization package page_build personal_access_token_request project project_card
    project_column projects_v2 projects_v2_item projects_v2_status_update
    pull_request_review_comment pull_request_review_thread push registry_package release repository_advisory
    repository_dispatch repository_import repository_ruleset repository_vulnerability_alert secret_scanning_alert
    secret_scanning_alert_location secret_scanning_scan security_advisory security_and_analysis sponsorship star
    sub_issues team team_add watch workflow_dispatch workflow_job workflow_run"""
KNOWN = frozenset(_OTHER_EVENTS.split())
_FRAME = frozenset({"action", "repository", "organization", "sender", "installation", "enterprise", "changes"})
_OTHER_SUBJECTS = frozenset({"comment", "review", "thread", "discussion", "check_run", "check_suite", "workflow_run"})


def event_of(name: str, body: bytes) -> Event:
    """What a delivery means; raises `UnreadablePayload`."""
    data = decode_object(_json_of(body))
    reader = _READERS.get(name)
    if reader is not None:
        return reader(data)
    return Ignored(f"event:{name}" if name in KNOWN else "unknown_event", project_of(data.get("repository")))


def _json_of(body: bytes) -> bytes:
    """The JSON inside a form-encoded delivery; any other body as it is."""
    for field in body.split(b"&") if body.startswith(b"payload=") else ():
        name, _, value = field.partition(b"=")
        if name == b"payload":
            return unquote_to_bytes(value.replace(b"+", b" "))
    return body


def _issue(data: Json) -> Event:
    _demand("issues", "issue" in data and "pull_request" not in data and not _OTHER_SUBJECTS & data.keys())
    issue, action = issue_of(data.get("issue")), text(data, "action")
    project = project_of(data.get("repository")) or project_named_in(child(data, "issue"))
    if project is None:
        raise UnreadablePayload("The delivery names no repository.")
    match action:
        case "deleted":
            return IssueGone(project, issue.number, updated_at=issue.updated_at)
        case "transferred":
            new = child(child(data, "changes"), "new_issue")
            moved_to = text(new, "html_url") or None
            return IssueGone(project, issue.number, moved_to=moved_to, updated_at=issue.updated_at)
        case _:
            return IssueSeen(project, issue, action, actor_of(data.get("sender")))


def _request(data: Json) -> Event:
    _demand("pull_request", "pull_request" in data and "issue" not in data and not _OTHER_SUBJECTS & data.keys())
    project = _repository(data)
    request = request_of(data.get("pull_request"), project)
    return RequestSeen(project, request, text(data, "action"), actor_of(data.get("sender")))


def _review(data: Json) -> Event:
    _demand("pull_request_review", {"pull_request", "review"} <= data.keys() and "comment" not in data)
    project = _repository(data)
    request = request_of(data.get("pull_request"), project)
    remark, review = review_of(data.get("review"))
    if remark.author is not None and text(data, "action") in ("submitted", "dismissed"):
        said = review if text(data, "action") == "submitted" else Review.NOTHING
        request = replace(request, reviews=(*(request.reviews or ()), (remark.author.external_id, said)))
    return RequestSeen(project, request, text(data, "action"), actor_of(data.get("sender")), remark)


def _comment(data: Json) -> Event:
    _demand("issue_comment", {"issue", "comment"} <= data.keys())
    project, number = project_of(data.get("repository")), integer(child(data, "issue"), "number")
    if project is None or number is None or text(data, "action") != "created":
        return Ignored("event:issue_comment", project)
    is_on_request = child(data, "issue").get("pull_request") is not None
    return RemarkSeen(project, number, remark_of(data.get("comment")), is_on_request)


def _check_suite(data: Json) -> Event:
    _demand("check_suite", "check_suite" in data)
    suite = child(data, "check_suite")
    name = text(child(suite, "app"), "id") or "suite"
    return _checks(data, suite, head=text(suite, "head_sha"), name=name)


def _status(data: Json) -> Event:
    _demand("status", {"sha", "state"} <= data.keys())
    return _checks(data, data, head=text(data, "sha"), name=text(data, "context") or "status")


def _checks(data: Json, check: Json, *, head: str, name: str) -> Event:
    project = project_of(data.get("repository"))
    if project is None or not head:
        return Ignored("event:checks", project)
    return ChecksSeen(project, head, name, checks_of(check), at=parse_time(check.get("updated_at")))


def _label(data: Json) -> Event:
    _demand("label", data.keys() <= _FRAME | {"label"})
    label = label_of(data.get("label"))
    if label is None:
        raise UnreadablePayload("The label has no name.")
    old_name = text(child(child(data, "changes"), "name"), "from") or None
    return LabelChanged(_repository(data), label, text(data, "action"), old_name)


def _project(data: Json) -> Event:
    _demand("repository", data.keys() <= _FRAME and bool(text(data, "action")))
    project = _repository(data)
    archived = flag(child(data, "repository"), "archived")
    return ProjectChanged(project, text(data, "action"), archived, _old_path(data, project))


def _made_public(data: Json) -> Event:
    _demand("public", data.keys() <= _FRAME and "action" not in data)
    return ProjectChanged(_repository(data), "publicized", flag(child(data, "repository"), "archived"))


def _installation(data: Json) -> Event:
    _demand("installation", "installation" in data and not {"issue", "pull_request", "label"} & data.keys())
    found = installed(child(data, "installation"))
    if not found.external_id:
        raise UnreadablePayload("The installation has no number.")
    return InstallationChanged(
        action=text(data, "action"),
        external_id=found.external_id,
        account=found.account,
        permissions=tuple(sorted(found.permissions.items())),
        added=_refs(data, "repositories") + _refs(data, "repositories_added"),
        removed=_refs(data, "repositories_removed"),
    )


def _refs(data: Json, key: str) -> tuple[ProjectRef, ...]:
    return tuple(ref for row in children(data, key) if (ref := project_of(row)) is not None)


def _ping(data: Json) -> Event:
    _demand("ping", "zen" in data or "hook_id" in data)
    return Ping(project_of(data.get("repository")))


_READERS: dict[str, Callable[[Json], Event]] = {
    "issues": _issue,
    "pull_request": _request,
    "pull_request_review": _review,
    "issue_comment": _comment,
    "check_suite": _check_suite,
    "status": _status,
    "label": _label,
    "repository": _project,
    "public": _made_public,
    "installation": _installation,
    "installation_repositories": _installation,
    "ping": _ping,
}


def _demand(event: str, fits: bool) -> None:  # noqa: FBT001 (the answer to the question that the caller just asked)
    if not fits:
        raise UnreadablePayload(f"The body does not look like the event {event!r} that its header names.")


def _repository(data: Json) -> ProjectRef:
    project = project_of(data.get("repository"))
    if project is None:
        raise UnreadablePayload("The delivery names no repository.")
    return project


def _old_path(data: Json, project: ProjectRef) -> str | None:
    """Where the repository was before it was renamed or given to somebody else."""
    changes, (owner, _, name) = child(data, "changes"), project.path.partition("/")
    old_name = text(child(child(changes, "repository"), "name"), "from")
    giver = child(child(changes, "owner"), "from")
    old_owner = text(child(giver, "user"), "login") or text(child(giver, "organization"), "login")
    return f"{old_owner or owner}/{old_name or name}" if old_name or old_owner else None
