"""What a GitLab delivery means, and what may be kept of a confidential one."""

from __future__ import annotations

import json
import re

from sources.errors import UnreadablePayload
from sources.gitlab.payloads import (
    PIPELINE,
    actor,
    checks_of,
    issue_of_hook,
    project_of,
    remark_of_hook,
    request_of_hook,
    says_confidential,
)
from sources.model import (
    ChecksSeen,
    Event,
    Ignored,
    IssueGone,
    IssueHidden,
    IssueSeen,
    ProjectChanged,
    ProjectRef,
    RemarkSeen,
    RequestSeen,
)
from sources.payload import Json, child, decode_object, flag, integer, text
from sources.times import parse_time

DROPPED = b"(the body of a confidential delivery could not be read and was dropped)"
"""Kept instead of an unreadable confidential body. It is no JSON, so that the delivery is quarantined."""

_PROJECT_EVENTS = {
    "project_destroy": "deleted",
    "project_rename": "renamed",
    "project_transfer": "transferred",
    "project_update": "edited",
}
_KNOWN = frozenset(("build", "deployment", "push", "release", "tag_push", "wiki_page"))
_OURS = frozenset(("note", "pipeline"))
_REMARKED = {"issue": "issue", "mergerequest": "merge_request"}
"""What a comment is under -> where the delivery shows it."""


def event_of(header: str, body: Json) -> Event:
    """What a delivery with this event header means; raises `UnreadablePayload` where a needed field is missing.

    The body decides, not the header, which is not signed: it can only make a delivery confidential.
    """
    if is_confidential(header, body):
        return _hidden(body)
    kind = text(body, "object_kind") or text(body, "event_name")
    project = project_of(body)
    match kind:
        case "":
            return Ignored("custom_template", project)
        case "issue" if _is_plain_issue(child(body, "object_attributes")):
            return Ignored("group_item") if project is None else _issue_event(body, project)
        case "issue" | "work_item":
            return Ignored("work_item", project)
        case "merge_request":
            return Ignored("group_item") if project is None else _request_event(body, project)
        case "note" if project is not None:
            return _remark_event(body, project)
        case "pipeline" if project is not None:
            return _pipeline_event(body, project)
        case _ if kind in _PROJECT_EVENTS:
            return _project_event(body, _PROJECT_EVENTS[kind])
        case _:
            return Ignored(f"event:{kind}" if kind in _KNOWN or kind in _OURS else "unknown_event", project)


def is_confidential(header: str, body: Json) -> bool:
    """Does any of GitLab's four signs say that the delivery is confidential?

    A test delivery may be sent under a confidential header with a public issue: hiding that one is the safe mistake.
    """
    return (
        header.lower().startswith("confidential")
        or text(body, "event_type").startswith("confidential_")
        or says_confidential(child(body, "object_attributes"))
        or says_confidential(child(body, "issue"))
    )


def without_text(body: bytes) -> bytes:
    """What may be kept of a confidential delivery: which object it is about, in GitLab's own shape."""
    try:
        data = decode_object(body)
    except UnreadablePayload:
        return DROPPED
    kept: dict[str, object] = {name: _word(data, name) for name in ("object_kind", "event_type")}
    project = project_of(data)
    if project is not None:
        kept["project"] = {"id": integer({"id": project.external_id}, "id"), "path_with_namespace": project.path}
    for name in ("object_attributes", "issue"):
        if name in data:
            kept[name] = _key_of(child(data, name))
    return json.dumps(kept, separators=(",", ":")).encode()


def _issue_event(body: Json, project: ProjectRef) -> Event:
    attributes = child(body, "object_attributes")
    issue = issue_of_hook(body, attributes)
    if issue.moved_to:
        return IssueGone(project, issue.number, issue.moved_to, issue.updated_at)
    return IssueSeen(project, issue, text(attributes, "action") or "update", actor(body.get("user")))


def _request_event(body: Json, project: ProjectRef) -> Event:
    attributes = child(body, "object_attributes")
    action = text(attributes, "action") or "update"
    return RequestSeen(project, request_of_hook(body, attributes, project), action, actor(body.get("user")))


def _remark_event(body: Json, project: ProjectRef) -> Event:
    attributes = child(body, "object_attributes")
    place = _REMARKED.get(text(attributes, "noteable_type").lower(), "")
    number = integer(child(body, place), "iid")
    is_hidden = flag(attributes, "system") is True or flag(attributes, "internal") is True
    if number is None or is_hidden or text(attributes, "action") not in ("", "create"):
        return Ignored("event:note", project)
    return RemarkSeen(project, number, remark_of_hook(body), is_on_request=place == "merge_request")


def _pipeline_event(body: Json, project: ProjectRef) -> Event:
    attributes = child(body, "object_attributes")
    at = parse_time(attributes.get("finished_at")) or parse_time(attributes.get("created_at"))
    head, checks = text(attributes, "sha"), checks_of(text(attributes, "status"))
    return ChecksSeen(project, head, PIPELINE, checks, at=at) if head else Ignored("event:pipeline", project)


def _project_event(body: Json, action: str) -> Event:
    project = project_of(body)
    if project is None:
        raise UnreadablePayload("The delivery about a project does not say which one.")
    return ProjectChanged(project, action, old_path=text(body, "old_path_with_namespace") or None)


def _hidden(body: Json) -> Event:
    """The confidential object, if it is one of which we may hold a copy."""
    project, kind = project_of(body), text(body, "object_kind")
    subject = child(body, "issue") if kind == "note" else child(body, "object_attributes")
    if kind == "note" and not says_confidential(subject):
        return Ignored("confidential_note", project)  # an internal note of an issue that everybody may read
    number = integer(subject, "iid")
    if project is None or number is None or kind not in ("issue", "work_item", "note"):
        return Ignored("confidential", project)
    return IssueHidden(project, number, parse_time(subject.get("updated_at")))


def _key_of(data: Json) -> dict[str, object]:
    updated_at = parse_time(data.get("updated_at"))
    return {
        "iid": integer(data, "iid"),
        "updated_at": updated_at.isoformat() if updated_at else None,
        "confidential": says_confidential(data),
    }


def _word(data: Json, key: str) -> str:
    """A short identifier; anything longer could be text of a person."""
    value = text(data, key)
    return value if re.fullmatch(r"\w{1,40}", value, re.ASCII) else ""


def _is_plain_issue(attributes: Json) -> bool:
    return text(attributes, "type").lower() in ("", "issue")
