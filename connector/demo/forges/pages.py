"""The web pages of a simulated forge: as plain as can be, so that every link of the demonstration leads somewhere."""

from __future__ import annotations

import re

from markupsafe import Markup, escape
from werkzeug import Response

from connector.demo.forges.model import Issue, Project, Request
from connector.demo.forges.state import Forge, NoSuchObject

_ITEM = re.compile(r"/(?P<path>.+?)(?:/-)?/(?P<kind>issues|pull|merge_requests)/(?P<number>\d+)")
_PAGE = Markup(
    '<!doctype html><html lang="en"><meta charset="utf-8"><title>{title}</title>'
    "<body style='font: 1rem/1.5 sans-serif; max-width: 42rem; margin: 2rem auto; padding: 0 1rem'>"
    "<p>A simulated forge. {where}</p><h1 dir=auto>{title}</h1><p>{facts}</p>"
    "<div dir=auto style='white-space: pre-wrap'>{text}</div></body></html>"
)


def page(forge: Forge, path: str) -> Response | None:
    """The page of a public project, issue or request; None where there is none."""
    found = _ITEM.fullmatch(path)
    try:
        project = forge.find(found["path"] if found else path.strip("/"))
        if project.is_private:
            return None
        return _item(forge, project, found["kind"], int(found["number"])) if found else _project(project)
    except NoSuchObject:
        return None


def _item(forge: Forge, project: Project, kind: str, number: int) -> Response | None:
    if kind == "issues" and number not in project.requests:
        issue = forge.issue(project, number)
        return None if issue.is_confidential else _issue(project, issue)
    return _request(project, forge.request(project, number))


def _project(project: Project) -> Response:
    waiting = sum(one.is_open and not one.is_confidential for one in project.issues.values())
    return _html(project.path, "", facts=f"{waiting} open issues", text=project.description)


def _issue(project: Project, issue: Issue) -> Response:
    words = ["open" if issue.is_open else "closed", *issue.labels, *(f"@{one.login}" for one in issue.assignees)]
    talk = "".join(f"\n\n{one.author.login if one.author else '?'}: {one.body}" for one in issue.comments)
    return _html(issue.title, f"{project.path} #{issue.number}", facts=", ".join(words), text=(issue.body or "") + talk)


def _request(project: Project, request: Request) -> Response:
    return _html(request.title, f"{project.path} !{request.number}", facts=request.state, text=request.body)


def _html(title: str, where: str, *, facts: str, text: str) -> Response:
    body = _PAGE.format(title=escape(title), where=escape(where), facts=escape(facts), text=escape(text))
    return Response(body, content_type="text/html; charset=utf-8")
