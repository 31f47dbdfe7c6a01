"""The JSON of GitLab: what its REST API answers and what its deliveries hold, built from the simulated state."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from connector.demo.forges.model import Account, Attempt, Comment, Hook, Issue, Json, Label, Project, Request

_PRIVATE, _PUBLIC = 0, 20
_STATE_IDS = {"open": 1, "closed": 2, "merged": 3}

TRIGGERS = {
    "issues_events": "Issue Hook",
    "confidential_issues_events": "Confidential Issue Hook",
    "merge_requests_events": "Merge Request Hook",
    "note_events": "Note Hook",
}
"""The boxes of the hook's form that are simulated, and the event that each stands for."""


class GitLabShapes:
    """JSON with addresses below ``web``, the root of the installation without a trailing slash."""

    def __init__(self, web: str) -> None:
        self.web = web

    def user(self, account: Account | None) -> Json | None:
        """An account; None where it was deleted."""
        if account is None:
            return None
        return {
            "id": account.id,
            "username": account.login,
            "name": account.name,
            "state": "active",
            "locked": False,
            "avatar_url": None,
            "web_url": f"{self.web}/{account.login}",
            "bot": account.is_bot,
        }

    def label(self, label: Label) -> Json:
        """A label of a project."""
        return {
            "id": label.id,
            "name": label.name,
            "description": label.description or None,
            "description_html": label.description,
            "text_color": "#1F1E24",
            "color": f"#{label.color}",
            "archived": False,
            "subscribed": False,
            "priority": None,
            "is_project_label": True,
        }

    def issue(self, project: Project, issue: Issue, *, has_label_details: bool = False) -> Json:
        """An issue of the REST API; a recorded one as it was recorded."""
        if issue.raw is not None:
            return dict(issue.raw)
        people = [self.user(one) for one in issue.assignees]
        api = f"{self.web}/api/v4/projects/{project.id}"
        return {
            "id": issue.id,
            "iid": issue.number,
            "project_id": project.id,
            "title": issue.title,
            "description": issue.body,
            "state": "opened" if issue.is_open else "closed",
            "created_at": stamp(issue.created_at),
            "updated_at": stamp(issue.updated_at),
            "closed_at": stamp(issue.closed_at),
            "closed_by": None,
            "labels": self._labels(project, issue, has_label_details=has_label_details),
            "milestone": {"id": 1, "iid": 1, "title": issue.milestone} if issue.milestone else None,
            "assignees": people,
            "assignee": next(iter(people), None),
            "author": self.user(issue.author),
            "type": "ISSUE",
            "issue_type": "issue",
            "user_notes_count": len(issue.comments),
            "merge_requests_count": sum(issue.number in one.closes for one in project.requests.values()),
            "upvotes": 0,
            "downvotes": 0,
            "due_date": None,
            "confidential": issue.is_confidential,
            "discussion_locked": True if issue.is_locked else None,
            "web_url": f"{self.web}/{project.path}/-/issues/{issue.number}",
            "time_stats": _time_stats(issue),
            "task_completion_status": _boxes(issue.body or ""),
            "weight": issue.weight,
            "blocking_issues_count": 0,
            "has_tasks": True,
            "_links": {
                "self": f"{api}/issues/{issue.number}", "notes": f"{api}/issues/{issue.number}/notes",
                "award_emoji": f"{api}/issues/{issue.number}/award_emoji", "project": api,
                "closed_as_duplicate_of": None,
            },
            "references": {
                "short": f"#{issue.number}", "relative": f"#{issue.number}", "full": f"{project.path}#{issue.number}",
            },
            "severity": "UNKNOWN",
            "moved_to_id": issue.moved_to,
            "imported": False,
            "service_desk_reply_to": None,
        }  # fmt: skip

    def note(self, issue: Issue | Request, comment: Comment, *, project: Project) -> Json:
        """A comment under an issue or a merge request."""
        return {
            "id": comment.id,
            "type": None,
            "body": comment.body,
            "author": self.user(comment.author),
            "created_at": stamp(comment.created_at),
            "updated_at": stamp(comment.updated_at),
            "system": False,
            "noteable_id": issue.id,
            "noteable_type": "MergeRequest" if isinstance(issue, Request) else "Issue",
            "project_id": project.id,
            "noteable_iid": issue.number,
            "resolvable": False,
            "confidential": False,
            "internal": False,
            "imported": False,
            "commands_changes": {},
        }

    def project(self, project: Project) -> Json:
        """A project with what GitLab says about it."""
        page = f"{self.web}/{project.path}"
        return {
            "id": project.id,
            "description": project.description or None,
            "name": project.name,
            "name_with_namespace": project.path.replace("/", " / "),
            "path": project.name,
            "path_with_namespace": project.path,
            "created_at": stamp(project.created_at),
            "default_branch": project.default_branch,
            "topics": [],
            "ssh_url_to_repo": f"git@127.0.0.1:{project.path}.git",
            "http_url_to_repo": f"{page}.git",
            "web_url": page,
            "readme_url": f"{page}/-/blob/{project.default_branch}/README.md",
            "forks_count": 0,
            "star_count": 0,
            "last_activity_at": stamp(project.updated_at),
            "visibility": "private" if project.is_private else "public",
            "namespace": {"id": project.id, "name": project.owner, "path": project.owner, "kind": "group",
                          "full_path": project.owner, "web_url": f"{self.web}/groups/{project.owner}"},
            "empty_repo": False,
            "archived": project.is_archived,
            "issues_enabled": project.has_issues,
            "issues_access_level": "enabled" if project.has_issues else "disabled",
            "merge_requests_enabled": True,
            "open_issues_count": sum(one.is_open for one in project.issues.values()),
        }  # fmt: skip

    def hook(self, place: Json, hook: Hook, *, status: str = "executable") -> Json:
        """A hook; its tokens are never shown. ``place`` names its project or group."""
        return {
            "id": hook.id,
            "url": hook.url,
            "created_at": stamp(hook.created_at),
            **place,
            **{trigger: not hook.events or event in hook.events for trigger, event in TRIGGERS.items()},
            "push_events": False,
            "enable_ssl_verification": True,
            "alert_status": status,
            "disabled_until": stamp(hook.disabled_until) if hook.disabled_until else None,
            "custom_webhook_template": hook.template or None,
            "token_present": bool(hook.secret),
            "signing_token_present": bool(hook.signing_token),
        }

    def attempt(self, hook: Hook, attempt: Attempt) -> Json:
        """One row of the list of a hook's events."""
        return {
            "id": attempt.number,
            "url": hook.url,
            "trigger": attempt.event.lower().replace(" ", "_") + "s",
            "request_headers": {
                "Content-Type": "application/json", "User-Agent": "GitLab/19.1.0",
                "Idempotency-Key": attempt.delivery_id, "X-Gitlab-Event": attempt.event,
            },
            "request_data": json.loads(attempt.body),
            "response_headers": {},
            "response_body": "",
            "execution_duration": 0.27,
            "response_status": str(attempt.status) if attempt.status else "internal error",
        }  # fmt: skip

    def request(self, project: Project, request: Request) -> Json:
        """A merge request in the API."""
        return {
            "id": request.id,
            "iid": request.number,
            "project_id": project.id,
            "title": request.title,
            "description": request.body,
            "state": "opened" if request.state == "open" else request.state,
            "draft": request.is_draft,
            "work_in_progress": request.is_draft,
            "author": self.user(request.author),
            "assignees": [],
            "reviewers": [self.user(one) for one in _reviewers(request)],
            "sha": request.head,
            "head_pipeline": {"id": request.id, "sha": request.head, "status": _PIPELINES[request.checks]}
            if request.checks
            else None,
            "labels": list(request.labels),
            "created_at": stamp(request.created_at),
            "updated_at": stamp(request.updated_at),
            "merged_at": stamp(request.merged_at),
            "closed_at": stamp(request.closed_at) if request.state == "closed" else None,
            "source_branch": request.branch,
            "target_branch": project.default_branch,
            "source_project_id": project.id,
            "target_project_id": project.id,
            "web_url": f"{self.web}/{project.path}/-/merge_requests/{request.number}",
        }

    # --- deliveries ---

    def hook_user(self, account: Account) -> Json:
        """Who did it, in a delivery."""
        return {
            "id": account.id,
            "name": account.name,
            "username": account.login,
            "avatar_url": None,
            "email": "[REDACTED]",
        }

    def hook_project(self, project: Project) -> Json:
        """The project, in a delivery."""
        page, ssh = f"{self.web}/{project.path}", f"git@127.0.0.1:{project.path}.git"
        return {
            "id": project.id,
            "name": project.name,
            "description": project.description,
            "web_url": page,
            "avatar_url": None,
            "git_ssh_url": ssh,
            "git_http_url": f"{page}.git",
            "namespace": project.owner,
            "visibility_level": _PRIVATE if project.is_private else _PUBLIC,
            "path_with_namespace": project.path,
            "default_branch": project.default_branch,
            "ci_config_path": None,
            "homepage": page,
            "url": ssh,
            "ssh_url": ssh,
            "http_url": f"{page}.git",
        }

    def hook_labels(self, project: Project, names: list[str]) -> list[Json]:
        """The labels of an item, in a delivery."""
        return [self._hook_label(project, project.labels[name]) for name in names]

    def issue_attributes(self, project: Project, issue: Issue) -> Json:
        """The issue, in a delivery."""
        return {
            "author_id": issue.author.id if issue.author else None,
            "closed_at": hook_stamp(issue.closed_at),
            "confidential": issue.is_confidential,
            "created_at": hook_stamp(issue.created_at),
            "description": issue.body,
            "discussion_locked": True if issue.is_locked else None,
            "due_date": None,
            "id": issue.id,
            "iid": issue.number,
            "last_edited_at": None,
            "milestone_id": None,
            "moved_to_id": issue.moved_to,
            "duplicated_to_id": None,
            "project_id": project.id,
            "relative_position": 0,
            "state_id": 1 if issue.is_open else 2,
            "time_estimate": issue.estimate_seconds,
            "title": issue.title,
            "updated_at": hook_stamp(issue.updated_at),
            "updated_by_id": None,
            "type": "Issue",
            "url": f"{self.web}/{project.path}/-/issues/{issue.number}",
            "total_time_spent": issue.spent_seconds,
            "weight": issue.weight,
            "time_change": 0,
            "human_total_time_spent": None,
            "human_time_change": None,
            "human_time_estimate": _human(issue.estimate_seconds),
            "assignee_ids": [one.id for one in issue.assignees],
            "assignee_id": issue.assignees[0].id if issue.assignees else None,
            "labels": self.hook_labels(project, issue.labels),
            "state": "opened" if issue.is_open else "closed",
            "severity": "unknown",
            "customer_relations_contacts": [],
        }

    def request_attributes(self, project: Project, request: Request) -> Json:
        """The merge request, in a delivery."""
        return {
            "id": request.id,
            "iid": request.number,
            "title": request.title,
            "description": request.body,
            "state": "opened" if request.state == "open" else request.state,
            "state_id": _STATE_IDS[request.state],
            "draft": request.is_draft,
            "work_in_progress": request.is_draft,
            "author_id": request.author.id if request.author else None,
            "created_at": hook_stamp(request.created_at),
            "updated_at": hook_stamp(request.updated_at),
            "merged_at": hook_stamp(request.merged_at),
            "source_branch": request.branch,
            "target_branch": project.default_branch,
            "source_project_id": project.id,
            "target_project_id": project.id,
            "source": self.hook_project(project),
            "target": self.hook_project(project),
            "merge_status": "can_be_merged",
            "assignee_ids": [],
            "reviewer_ids": [one.id for one in _reviewers(request)],
            "last_commit": {"id": request.head, "message": request.title},
            "labels": self.hook_labels(project, request.labels),
            "url": f"{self.web}/{project.path}/-/merge_requests/{request.number}",
        }

    def reviewers(self, request: Request) -> list[Json]:
        """Who was asked or spoke, with their states: those of the API; deliveries spread the user."""
        said = {one.author.id: _SAID[one.said] for one in request.reviews}
        waiting = {one.id for one in request.asked}
        return [
            {"user": self.hook_user(one), "state": "unreviewed" if one.id in waiting else said[one.id]}
            for one in _reviewers(request)
        ]

    def pipeline(self, request: Request) -> Json:
        """A pipeline, in its delivery."""
        return {"id": request.id, "sha": request.head, "status": _PIPELINES[request.checks], "source": "push"}

    def _labels(self, project: Project, issue: Issue, *, has_label_details: bool) -> list[Json] | list[str]:
        if not has_label_details:
            return list(issue.labels)
        return [self.label(project.labels[name]) for name in issue.labels]

    def _hook_label(self, project: Project, label: Label) -> Json:
        at = hook_stamp(project.created_at)
        return {
            "id": label.id,
            "title": label.name,
            "color": f"#{label.color}",
            "project_id": project.id,
            "created_at": at,
            "updated_at": at,
            "template": False,
            "description": label.description or None,
            "type": "ProjectLabel",
            "group_id": None,
        }


_SAID = {"approved": "approved", "changes_wanted": "requested_changes"}
_PIPELINES = {"": "created", "running": "running", "passed": "success", "failed": "failed"}


def _reviewers(request: Request) -> list[Account]:
    people = {one.author.id: one.author for one in request.reviews} | {one.id: one for one in request.asked}
    return list(people.values())


def stamp(at: datetime | None) -> str | None:
    """GitLab's times in the API: UTC with milliseconds."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z") if at else None


def hook_stamp(at: datetime | None) -> str | None:
    """GitLab's times in deliveries: UTC, whole seconds, in words of their own."""
    return at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S UTC") if at else None


def _time_stats(issue: Issue) -> Json:
    return {
        "time_estimate": issue.estimate_seconds,
        "total_time_spent": issue.spent_seconds,
        "human_time_estimate": _human(issue.estimate_seconds),
        "human_total_time_spent": None,
    }


def _boxes(body: str) -> Json:
    ticked, open_boxes = body.count("- [x] "), body.count("- [ ] ")
    return {"count": ticked + open_boxes, "completed_count": ticked}


def _human(seconds: int) -> str | None:
    return f"{seconds // 3600}h" if seconds else None
